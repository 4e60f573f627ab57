"""Phrases as the knowledge base writes them, and as they are matched.

`a|b` is any of these words, `[a]` may be there or not, `...` stands for up to four words.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Literal

import msgspec

from adjudge.reading.words import read_words, stem

Role = Literal["value", "cue", "choice"]
GAP: tuple[str, ...] = ()  # an element that stands for up to so many words
REACH = 4
_PIECE = re.compile(r"\[[^\[\]]+\]|\.\.\.|[^\s\[\]]+")
_MOST = 64  # ways in which one phrase may be read


class Pattern(msgspec.Struct, frozen=True, array_like=True):
    """A phrase ready to be matched: of each element the stems that will do; what it means.

    `subject` is an attribute or a choice; `value` the attribute's value, `true` or `false` for a boolean.
    """

    elements: tuple[tuple[str, ...], ...]
    role: Role
    subject: str
    value: str = ""
    named: bool = False  # whether it is the name of a choice, which is no sentence about it


class NotationError(ValueError):
    """A phrase that cannot be read."""


def compile_phrase(phrase: str, role: Role, subject: str, value: str = "", *, named: bool = False) -> list[Pattern]:
    """Return the patterns that a phrase stands for; raise NotationError if it cannot be read."""
    options: list[list[tuple[tuple[str, ...], ...]]] = []
    for piece in _PIECE.findall(phrase.lower()):
        if piece == "...":
            options.append([(GAP,)])
        elif piece.startswith("["):
            inner = _elements(piece[1:-1])
            options.append([(), inner])
        else:
            options.append([_elements(piece)])
    count = 1
    for one in options:
        count *= len(one)
    if count > _MOST:
        raise NotationError(f"can be read in {count} ways; {_MOST} are the most")
    found = []
    for way in product(*options):
        elements = tuple(element for part in way for element in part)
        while elements and elements[0] == GAP:
            elements = elements[1:]
        while elements and elements[-1] == GAP:
            elements = elements[:-1]
        if elements:
            found.append(Pattern(elements, role, subject, value, named))
    if not found:
        raise NotationError("holds no word")
    return found


def compile_name(name: str, choice: str) -> list[Pattern]:
    """Return the pattern of a choice's name or alias, which is read as plain text."""
    elements = tuple((word.stem,) for word in read_words(re.sub(r"[(),]", " ", name)))
    return [Pattern(elements, "choice", choice, named=True)] if elements else []


def _elements(piece: str) -> tuple[tuple[str, ...], ...]:
    """Return the elements of a piece without blanks: one, or several where a hyphen joins words."""
    ways = [tuple(word.stem for word in read_words(way)) for way in piece.split("|")]
    ways = [way for way in ways if way]
    if not ways:
        return ()
    if len(ways) == 1:
        return tuple((one,) for one in ways[0])
    if any(len(way) > 1 for way in ways):  # "real-time|batch": words joined by a hyphen are one alternative
        longest = max(map(len, ways))
        if longest > 1 and any(len(way) != longest for way in ways):
            raise NotationError(f"`{piece}`: alternatives are single words; write several phrases instead")
        return tuple(tuple(dict.fromkeys(way[i] for way in ways)) for i in range(longest))
    return (tuple(dict.fromkeys(way[0] for way in ways)),)


__all__ = ["GAP", "REACH", "NotationError", "Pattern", "compile_name", "compile_phrase", "stem"]
