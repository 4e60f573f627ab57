"""Phrases as the knowledge base writes them, and as they are matched.

`a|b` is any of these words, `[a]` may be there or not, `...` stands for up to four words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import astuple

from adjudge.reading.words import MAKERS, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Elements = tuple[tuple[str, ...], ...]
Role = Literal["value", "cue", "choice"]
GAP: tuple[str, ...] = ()  # an element that stands for up to so many words
REACH = 4
_PIECE = re.compile(r"\[[^\[\]]+\]|\.\.\.|[^\s\[\]]+")
_TELLING = 2  # pieces of a phrase, at least, that are left without its maker
_MOST = 64  # ways in which one phrase may be read


class Pattern(msgspec.Struct, frozen=True, array_like=True):
    """A phrase ready to be matched: of each element the stems that will do; what it means.

    `subject` is an attribute or a choice; `value` the attribute's value, `true` or `false` for a boolean.
    """

    elements: Elements
    role: Role
    subject: str
    value: str = ""
    named: bool = False  # whether it is the name of a choice, which is no sentence about it
    exact: str = ""  # the one word that a name consists of, of which neither another form nor a small letter will do


class Branch(msgspec.Struct, frozen=True, array_like=True):
    """The patterns that begin with one stem, by number.

    `single` are those of one word; `following` tells which may match by the stem that comes next, `reaching` by a stem
    that comes within reach.
    """

    patterns: tuple[Pattern, ...]
    single: tuple[int, ...]
    following: dict[str, tuple[int, ...]]
    reaching: dict[str, tuple[int, ...]]

    def candidates(self, ahead: Sequence[str]) -> Iterator[Pattern]:
        """Yield each pattern that may match if these stems come next."""
        numbers = {*self.single, *(self.following.get(ahead[0], ()) if ahead else ())}
        for stem in ahead:
            numbers.update(self.reaching.get(stem, ()))
        return (self.patterns[number] for number in numbers)


def branch(patterns: Iterable[Pattern]) -> Branch:
    """Return patterns that begin with one stem, in an order that no file decides."""
    found = tuple(sorted(patterns, key=astuple))
    single = tuple(number for number, pattern in enumerate(found) if len(pattern.elements) == 1)
    following, reaching = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for number, pattern in enumerate(found):
        for stem in pattern.elements[1] if len(pattern.elements) > 1 else ():
            following[stem].append(number)
        if len(pattern.elements) > 1 and pattern.elements[1] == GAP:
            for stem in pattern.elements[2]:
                reaching[stem].append(number)
    parts = ({stem: tuple(numbers) for stem, numbers in sorted(part.items())} for part in (following, reaching))
    return Branch(found, single, *parts)


class NotationError(ValueError):
    """A phrase that cannot be read."""


def compile_phrase(phrase: str, role: Role, subject: str, value: str = "") -> list[Pattern]:
    """Return the patterns that a phrase stands for; raise NotationError if it cannot be read."""
    pieces = _PIECE.findall(phrase.lower())
    parts = [_ways(piece) for piece in pieces]
    for number, piece in enumerate(pieces[:-1]):
        if piece in MAKERS and len(pieces) > _TELLING:  # who makes it need not be said
            parts[number] = ((), *parts[number])
    count = prod(map(len, parts))
    if count > _MOST:
        raise NotationError(f"can be read in {count} ways; {_MOST} are the most")
    ways = (_trimmed([element for part in way for element in part]) for way in product(*parts))
    found = [Pattern(elements, role, subject, value) for elements in dict.fromkeys(ways) if elements]
    if not found:
        raise NotationError("holds no word")
    return found


def compile_name(name: str, choice: str) -> list[Pattern]:
    """Return the pattern of a choice's name or alias, which is read as plain text."""
    words = read_words(re.sub(r"[(),]", " ", name))
    elements = tuple((word.stem,) for word in words)
    exact = words[0].raw if len(words) == 1 else ""
    return [Pattern(elements, "choice", choice, named=True, exact=exact)] if words else []


@cache
def _ways(piece: str) -> tuple[Elements, ...]:
    """Return the ways in which a piece of a phrase may be read; many phrases share a piece."""
    if piece == "...":
        return ((GAP,),)
    if piece.startswith("["):
        return ((), *_ways(piece[1:-1]))
    words = [_stems(way) for way in piece.split("|")]
    single = tuple(dict.fromkeys(way[0] for way in words if len(way) == 1))
    joined = [tuple((stem,) for stem in way) for way in words if len(way) > 1]  # by hyphens, say
    return (*([(single,)] if single else []), *joined) or ((),)


@cache
def _stems(text: str) -> tuple[str, ...]:
    return tuple(word.stem for word in read_words(text))


def _trimmed(elements: list[tuple[str, ...]]) -> Elements:
    """Return elements without gaps at the ends."""
    while elements and elements[0] == GAP:
        elements = elements[1:]
    while elements and elements[-1] == GAP:
        elements = elements[:-1]
    return tuple(elements)
