"""Writing to people: text that cannot command the terminal, and errors that point at the line."""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from adjudge.errors import Problem

# Control characters, the marks that reorder or hide text, and halves of characters.
_RANGES = (
    (0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x061C, 0x061C), (0x180E, 0x180E), (0x200B, 0x200F),
    (0x2028, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F),
)  # fmt: skip
UNSAFE = {code: chr(code).encode("unicode_escape").decode() for low, high in _RANGES for code in range(low, high + 1)}
_SHOWN_WIDTH = 160  # characters of an offending line
_MARGIN = 60  # of them, at least, after where the fault begins
PATIENCE = 1.0  # seconds after which progress is shown

T = TypeVar("T")


def clean(text: str) -> str:
    """Return a text with everything that could command a terminal made visible."""
    return text.translate(UNSAFE).encode("utf-8", "backslashreplace").decode()


def one_line(text: str) -> str:
    """Return a clean text with its line breaks made visible as well."""
    return clean(text).replace("\n", "\\n")


def colourful(stream: TextIO) -> bool:
    """Tell whether colours may be written to a stream."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(f"{one_line(text)}\n")


def tell_of_parsing() -> None:
    """Tell whoever waits at a terminal that the rules are being read."""
    if sys.stderr.isatty():
        say("adjudge: reading the rules, which takes some seconds once; from then on they are at hand")


def show_problems(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, each with its line and the offending part underlined."""
    red, off = ("\x1b[31m", "\x1b[0m") if colourful(sys.stderr) else ("", "")
    for problem in problems:
        sys.stderr.write(f"{one_line(str(problem))}\n")
        if problem.text.strip():
            line, pad, carets = _underlined(problem)
            sys.stderr.write(f"    {line}\n    {pad}{red}{carets}{off}\n")


def _underlined(problem: Problem) -> tuple[str, str, str]:
    """Return the offending line, or the part of it that is to be shown, and what goes below it: a gap and carets."""
    from rich.cells import cell_len  # only where something is wrong

    first = problem.column - 1
    start = first - _MARGIN if first > _SHOWN_WIDTH - _MARGIN else 0
    text = ("…" if start else "") + problem.text.rstrip()[start:]
    first -= start - len("…") if start else 0
    text = text[:_SHOWN_WIDTH]
    before, marked = text[:first], text[first : first + problem.width]
    pad = "\t".join(" " * cell_len(clean(part)) for part in before.split("\t"))
    return clean(text), pad, "^" * max(cell_len(clean(marked)), 1)


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
