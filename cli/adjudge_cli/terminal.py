"""Writing to people: text that cannot command the terminal, and errors that point at the line."""

from __future__ import annotations

import os
import re
import sys
from time import monotonic
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from adjudge.errors import Problem

# Control characters, and the marks that reorder or hide text.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_SHOWN_WIDTH = 160
PATIENCE = 1.0  # seconds after which progress is shown

T = TypeVar("T")


def clean(text: str) -> str:
    """Return a text with everything that could command a terminal made visible."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def colourful(stream: TextIO) -> bool:
    """Tell whether colours may be written to a stream."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(f"{clean(text)}\n")


def show_problems(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, each with its line and the offending part underlined."""
    red, off = ("\x1b[31m", "\x1b[0m") if colourful(sys.stderr) else ("", "")
    for problem in problems:
        sys.stderr.write(f"{clean(str(problem))}\n")
        text = problem.text.rstrip()
        if not text or problem.column > _SHOWN_WIDTH:
            continue
        before, marked = text[: problem.column - 1], text[problem.column - 1 :][: problem.width]
        pad = "".join("\t" if sign == "\t" else " " * len(clean(sign)) for sign in before)
        carets = "^" * max(len(clean(marked[: _SHOWN_WIDTH - len(before)])), 1)
        sys.stderr.write(f"    {clean(text[:_SHOWN_WIDTH])}\n    {pad}{red}{carets}{off}\n")


def progress(items: Sequence[T], doing: str) -> Iterator[T]:
    """Yield the items, and show on a terminal how far that has got once it has taken more than a second."""
    started, total, shown = monotonic(), len(items), False
    visible = sys.stderr.isatty()
    for number, item in enumerate(items):
        if visible and monotonic() - started > PATIENCE:
            shown = True
            sys.stderr.write(f"\r{doing} {number} of {total} ({100 * number // total} %)")
            sys.stderr.flush()
        yield item
    if shown:
        sys.stderr.write("\r\x1b[K")
