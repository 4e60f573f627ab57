"""Start the command line: `python -m adjudge_cli`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path


def main() -> None:
    """Run the command line, and turn whatever escapes it into an exit code and one line."""
    gc.set_threshold(100_000)  # what is imported stays; looking for garbage in it takes longer than it is worth
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader that has enough (`| head`) ends this quietly
    _mend_streams()
    try:
        from adjudge_cli.app import app  # noqa: PLC0415  (so that Ctrl-C while importing is quiet as well)

        app(prog_name="adjudge")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("ADJUDGE_DEBUG"):
            raise
        sys.stderr.write(
            f"adjudge: internal error: {type(error).__name__}: {' '.join(str(error).split())[:300]}\n"
            "This is a fault of adjudge, not of your input; ADJUDGE_DEBUG=1 shows where it happened.\n"
        )
        sys.exit(3)


def _mend_streams() -> None:
    """Let output that was closed go nowhere, and write as an escape what its encoding cannot carry."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  (until the end)
        else:
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
