"""Start the command line: `python -m adjudge_cli`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line, and turn whatever escapes it into an exit code and one line."""
    gc.set_threshold(100_000)  # what is imported stays; looking for garbage in it takes longer than it is worth
    try:
        from adjudge_cli.app import app  # noqa: PLC0415  (so that Ctrl-C while importing is quiet as well)

        app(prog_name="adjudge")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        _drop_output()
    except Exception as error:
        if os.environ.get("ADJUDGE_DEBUG"):
            raise
        sys.stderr.write(
            f"adjudge: internal error: {type(error).__name__}: {' '.join(str(error).split())[:300]}\n"
            "This is a fault of adjudge, not of your input; ADJUDGE_DEBUG=1 shows where it happened.\n"
        )
        sys.exit(3)


def _drop_output() -> None:
    """Let the interpreter end quietly after the reader of our output has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


if __name__ == "__main__":
    main()
