"""Start the command line: `python -m adjudge_cli`."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from typer import Typer


def main() -> NoReturn:
    """Run the command line, and turn whatever escapes it into an exit code and one line."""
    gc.set_threshold(100_000)  # what is imported stays; looking for garbage in it takes longer than it is worth
    code = 0
    _mend_streams()
    stdout = sys.stdout
    try:
        from adjudge_cli.app import app  # so that Ctrl-C while importing is quiet as well

        _narrow(app)
        app(prog_name="adjudge")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if sys.stdout is not stdout:  # so typer leaves, with 1, once the reader of our output has what it wanted
            code = 0
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        code = 0  # the reader of our output has what it wanted
    except OSError as error:
        sys.stderr.write(f"adjudge: cannot go on: {error.strerror or error}\n")
        code = 3
    except Exception as error:  # the last resort: a fault of ours, told without a traceback
        if os.environ.get("ADJUDGE_DEBUG"):
            raise
        from adjudge_cli.terminal import say

        say(f"adjudge: internal error: {type(error).__name__}: {' '.join(str(error).split())[:300]}")
        say("This is a fault of adjudge, not of your input; ADJUDGE_DEBUG=1 shows where it happened.")
        code = 3
    _leave(code)


def _narrow(app: Typer) -> None:
    """Keep typer from building the other commands where the first word is one: that takes longer than finding it."""
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [
        one for one in app.registered_commands if one.callback and one.callback.__name__.replace("_", "-") == first
    ]
    if chosen and "_ADJUDGE_COMPLETE" not in os.environ:
        app.registered_commands = chosen


def _mend_streams() -> None:
    """Let output that was closed go nowhere, and write as an escape what its encoding cannot carry."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  (until the end)
        else:
            stream.reconfigure(errors="backslashreplace")


def _leave(code: int) -> NoReturn:
    """End the process at once: to take down everything that was imported would take as long as an evaluation."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # the reader has what it wanted
    except OSError:
        code = code or 3  # there is no room left, say
    os._exit(code)


if __name__ == "__main__":
    main()
