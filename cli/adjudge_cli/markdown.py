"""Writing Markdown in which text stays text, in lines of at most 80 characters."""

from __future__ import annotations

import re
import textwrap

from adjudge_cli.terminal import clean

WIDTH = 80
_SPECIAL = re.compile(r"[\\`*\[\]<|~$]|&(?=#|\w+;)|(?<![^\W_])_|_(?![^\W_])|@(?=\S*\.)")
_LINK = re.compile(r"(https?|ftp|mailto|xmpp|www)([:.])", re.IGNORECASE)  # what becomes a link without any brackets
_START = re.compile(r"(?:[-+]|=+|--+|#{1,6})(?=\s|$)|[>:]")  # what would be more than a word at the start of a line
_NUMBER = re.compile(r"(\d{1,9})(?=[.)](\s|$))")


def escaped(text: str) -> str:
    """Return a text on one line as Markdown that shows it as it is, once `paragraph` has wrapped it."""
    return " ".join(_LINK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", clean(text))).split())


def paragraph(markdown: str, first: str = "") -> str:
    """Return Markdown on one line wrapped; `first` goes before the first line, blanks as wide before the others."""
    lines = textwrap.wrap(markdown, WIDTH - len(first) - len("\\"), break_long_words=False, break_on_hyphens=False)
    return first + f"\n{' ' * len(first)}".join(map(_harmless, lines))


def _harmless(line: str) -> str:
    """Return a line that starts neither a list, a heading nor a quotation."""
    if _START.match(line):
        return f"\\{line}"
    return _NUMBER.sub(r"\1\\", line, count=1) if _NUMBER.match(line) else line


def item(markdown: str) -> str:
    """Return an item of a list."""
    return paragraph(markdown, "* ")


def cell(text: str) -> str:
    """Return a text that stays inside of a cell of a table and is not taken for markup."""
    plain = "".join(f"\\{c}" if c in "\\`*_{}[]<>|#~" else c for c in clean(text))
    return plain.replace("\n", " ").replace("&", "&amp;")
