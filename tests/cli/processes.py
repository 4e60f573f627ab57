"""Running `adjudge` as a process, and looking at what it wrote."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from adjudge.engines import durable_available
from adjudge_cli.evaluate import FALLBACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COMMAND = (sys.executable, "-m", "adjudge_cli")
CHECKOUT = Path(__file__).parents[2]
PHONE_PICTURES = "requirements: {photos.kind: jpeg, devices: [phone, laptop]}\n"

_TAB = 8


class Ran(NamedTuple):
    """What a process left behind."""

    code: int
    out: str
    err: str


class Run:
    """Runs `adjudge` with leading arguments of its own, in a folder and an environment."""

    def __init__(self, folder: Path, environment: Mapping[str, str], *leading: str | Path) -> None:
        self.folder, self.environment, self.leading = folder, environment, leading

    def __call__(self, *arguments: str | Path, given: str | bytes = "", **more: str) -> Ran:
        """Run it to its end with `given` on standard input and `more` in the environment."""
        ran = self.run(self.command(*arguments), given, **more)
        return ran._replace(err=heard(ran.err))

    def in_bash(self, script: str, *arguments: str | Path) -> Ran:
        """Run a bash script in which `"$@"` is the command."""
        ran = self.run(["bash", "-c", script, "bash", *self.command(*arguments)])
        return ran._replace(err=heard(ran.err))

    def run(self, command: list[str], given: str | bytes = "", **more: str) -> Ran:
        """Run any command in the folder and the environment."""
        ended = subprocess.run(
            command,
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            cwd=self.folder,
            env={**self.environment, **more},
            check=False,
            timeout=60,
        )
        return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def command(self, *arguments: str | Path) -> list[str]:
        """Return the whole command."""
        return [*COMMAND, *map(os.fspath, self.leading), *map(os.fspath, arguments)]

    def write(self, name: str, content: str | bytes = PHONE_PICTURES) -> str:
        """Write a file into the folder; return its name."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name


class PowerlessRun(Run):
    """Gives up, by the tool setpriv, the capabilities by which root reads every file."""

    def __init__(self, run: Run, setpriv: str) -> None:
        super().__init__(run.folder, run.environment, *run.leading)
        self.setpriv = setpriv

    def command(self, *arguments: str | Path) -> list[str]:
        without = "-dac_override,-dac_read_search"
        return [self.setpriv, "--inh-caps", without, "--bounding-set", without, *super().command(*arguments)]


def heard(err: str) -> str:
    """Return what was written to standard error, but for the word that durable-rules is missing where it is."""
    return err if durable_available() else err.replace(f"{FALLBACK}\n", "")


class Marked(NamedTuple):
    """A text in which one place was marked with ⟦ ⟧: the text without the marks, the place and what stands there."""

    text: str
    line: int
    column: int
    marked: str


def unmark(text: str) -> Marked:
    """Take the marks out of a text."""
    before, _, rest = text.partition("⟦")
    marked, _, after = rest.partition("⟧")
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    return Marked(before + marked + after, line, column, marked)


def underlined(shown: str, carets: str) -> str:
    """Return what a terminal would show right above the carets."""
    under = {
        column for sign, column, width in _cells(carets) if sign == "^" for column in range(column, column + width)
    }
    return "".join(sign for sign, column, width in _cells(shown) if (column if width else column - 1) in under)


def _cells(line: str) -> Iterator[tuple[str, int, int]]:
    """Yield each character with the column at which a terminal shows it, and the columns it takes."""
    column = 0
    for sign in line:
        if sign == "\t":
            width = _TAB - column % _TAB
        elif unicodedata.combining(sign):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        yield sign, column, width
        column += width
