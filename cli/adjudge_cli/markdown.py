"""Writing Markdown in which text stays text, in lines of at most 80 characters."""

from __future__ import annotations

import re
import textwrap

from adjudge_cli.terminal import clean

_WIDTH = 80
_SPECIAL = re.compile(r"[\\`*_\[\]<|~$@]|&(?=#|\w+;)")
_LINK = re.compile(r"(https?|ftp|mailto|xmpp|www)([:.])", re.IGNORECASE)  # what becomes a link without any brackets
_START = re.compile(r"([-+=]+|#+)$|[>:]")  # what would be more than a word if it came to stand first in a line
_NUMBER = re.compile(r"^(\d+)([.)])$")


def escaped(text: str) -> str:
    """Return a text on one line in which nothing is markup, wherever wrapping puts the ends of lines."""
    inline = _LINK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", clean(text)))
    return " ".join(f"\\{one}" if _START.match(one) else _NUMBER.sub(r"\1\\\2", one) for one in inline.split())


def paragraph(markdown: str, first: str = "") -> str:
    """Return Markdown on one line wrapped; `first` goes before the first line, blanks as wide before the others."""
    return textwrap.fill(
        markdown,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def item(markdown: str) -> str:
    """Return an item of a list."""
    return paragraph(markdown, "* ")
