"""Which of some requirements suffice for something, found by trying them in order of number."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from adjudge.facts import Requirement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Enough = Callable[[tuple[Requirement, ...]], bool]

TRIES = 4000  # sets that are tried; about a second for the shipped rules

Requirements = tuple[Requirement, ...]


class Sufficing(msgspec.Struct, frozen=True):
    """Sets of requirements each of which suffices, and no part of which does, the smallest first.

    `smallest` tells whether it is proved that nothing smaller than the first suffices, `complete` whether these are
    all there are. Where the first is not proved to be the smallest, it suffices no more if any one is left out.
    """

    sets: tuple[Requirements, ...]
    smallest: bool
    complete: bool


def sufficing(candidates: Sequence[Requirement], enough: Enough, tries: int = TRIES) -> Sufficing:
    """Return the sets of candidates that are enough; all of them together must be."""
    found: list[Requirements] = []
    for size in range(len(candidates) + 1):
        for chosen in combinations(candidates, size):
            if any(set(one) <= set(chosen) for one in found):
                continue
            if not tries:
                return Sufficing(tuple(found) or (_thinned(candidates, enough),), bool(found), complete=False)
            tries -= 1
            if enough(chosen):
                found.append(chosen)
    return Sufficing(tuple(found), smallest=True, complete=True)


def _thinned(candidates: Sequence[Requirement], enough: Enough) -> Requirements:
    """Leave one requirement out after the other as long as the rest is enough, until none can be left out."""
    kept = tuple(candidates)
    while True:
        fewer = (tuple(one for one in kept if one is not out) for out in kept)
        shorter = next((rest for rest in fewer if enough(rest)), None)
        if shorter is None:
            return kept
        kept = shorter
