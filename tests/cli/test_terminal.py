"""Colours on a terminal and nowhere else; errors underlined where the eye sees them."""

from __future__ import annotations

import io
import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from processes import PHONE_PICTURES, Run, underlined, unmark

from adjudge_cli import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ESCAPE = "\x1b"
BAD = "requirements: {photos.kind: jpg}\n"


def on_terminal(run: Run, *arguments: str | Path, **environment: str) -> tuple[int, str]:
    """Run a command with all its output on a pseudo-terminal; return its exit code and what it wrote."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    shown = {**run.environment, "TERM": "xterm-256color", **environment}
    with subprocess.Popen(
        run.command("--engine", "native", *arguments),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=run.folder,
        env=shown,
    ) as process:
        os.close(theirs)
        written = b"".join(_read(ours))
    os.close(ours)
    return process.returncode, written.decode().replace("\r\n", "\n")


def _read(terminal: int) -> Iterator[bytes]:
    """Yield what is written to a terminal until nobody holds it any more."""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # so Linux tells the end
            return
        if not chunk:
            return
        yield chunk


def without_escapes(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_evaluation_is_coloured_on_a_terminal(evaluate: Run) -> None:
    name = evaluate.write("a.yaml")
    code, shown = on_terminal(evaluate, name)
    assert re.search(r"\x1b\[[0-9;]*32m", shown)  # green, for what is recommended
    assert "Home Server" in without_escapes(shown)
    assert ESCAPE not in without_escapes(shown)
    assert code == 0


def test_error_is_underlined_in_red_on_a_terminal(evaluate: Run) -> None:
    code, shown = on_terminal(evaluate, evaluate.write("a.yaml", BAD))
    assert f"{ESCAPE}[31m^^^{ESCAPE}[0m" in shown
    assert code == 2


@pytest.mark.parametrize("preference", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("content", [PHONE_PICTURES, BAD], ids=["evaluation", "error"])
def test_colours_can_be_declined(evaluate: Run, preference: dict[str, str], content: str) -> None:
    _, shown = on_terminal(evaluate, evaluate.write("a.yaml", content), **preference)
    assert "a.yaml" in shown
    assert ESCAPE not in shown


def test_empty_preference_declines_nothing(evaluate: Run) -> None:
    _, shown = on_terminal(evaluate, evaluate.write("a.yaml"), NO_COLOR="")
    assert ESCAPE in shown


def test_json_is_never_coloured(evaluate: Run) -> None:
    _, shown = on_terminal(evaluate, evaluate.write("a.yaml"), "--format", "json")
    assert shown.startswith("{")
    assert ESCAPE not in shown


@pytest.mark.parametrize("content", [PHONE_PICTURES, BAD], ids=["evaluation", "error"])
def test_no_escapes_without_a_terminal(evaluate: Run, content: str) -> None:
    wishes = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "CLICOLOR_FORCE": "1"}
    ran = evaluate(evaluate.write("a.yaml", content), **wishes)
    assert ran.out or ran.err
    assert ESCAPE not in ran.out + ran.err


@pytest.mark.parametrize(
    "line",
    [
        "  ⟦éclair⟧: x",
        "  ⟦e\u0301clair⟧: x",  # the accent is a character of its own, and takes no column
        "  ⟦日本語⟧: x",
        "  photos.kind: ⟦日本語⟧",
        "  devices: [phone,\t\t⟦fone⟧]",
        "  photos.kind: {⟦\U0001f4f7⟧: x}",
        "  devices: {⟦'a\u202eb'⟧: x}",  # shown in more columns than it is written in
        f"  devices: [phone, {'phone, ' * 60}⟦fone⟧, {'phone, ' * 60}laptop]",
    ],
)
def test_what_is_underlined_on_the_screen(evaluate: Run, line: str) -> None:
    text, _, column, marked = unmark(f"requirements:\n{line}\n")
    place, shown, carets = evaluate("-", given=text).err.splitlines()
    assert place.startswith(f"standard input:2:{column}: ")
    assert underlined(shown, carets) == terminal.clean(marked)
    assert len(shown) < 200


class FakeTerminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("patience", "stream", "shows"), [(-1, FakeTerminal, True), (60, FakeTerminal, False), (-1, io.StringIO, False)]
)
def test_progress_is_shown_on_a_terminal_once_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, patience: int, stream: type[io.StringIO], shows: bool
) -> None:
    monkeypatch.setattr(terminal, "PATIENCE", patience)
    monkeypatch.setattr("sys.stderr", written := stream())
    assert list(terminal.progress("abcd", "evaluating")) == list("abcd")
    assert ("evaluating 2 of 4 (50 %)" in written.getvalue()) == shows
    assert bool(written.getvalue()) == shows
