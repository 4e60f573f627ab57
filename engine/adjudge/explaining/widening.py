"""Ranges of amounts that lead to the same, told as one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from adjudge.facts import NOTHING, gather
from adjudge.quantities import show_bound
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.explaining.changes import Change
    from adjudge.explaining.trial import Flip, Trial
    from adjudge.facts import Known

    Range = tuple[Known, Flip]


def widened(trial: Trial, flips: Iterable[Flip]) -> tuple[Flip, ...]:
    """Put flips together that differ in adjacent ranges of an amount, where stating the whole range flips as well."""
    found = tuple(flips)
    for place in range(max((len(flip.changes) for flip in found), default=0)):
        alike: dict[object, list[Flip]] = {}
        for flip in found:
            alike.setdefault(_apart_from(trial, flip, place), []).append(flip)
        found = tuple(one for group in alike.values() for one in _joined(trial, group, place))
    return found


def _apart_from(trial: Trial, flip: Flip, place: int) -> object:
    """Return all of a flip but an amount at a place; all of it if there is none."""
    change = flip.changes[place]
    if change.added is None or not trial.evaluator.knowledge.attributes[change.attribute].unit:
        return flip
    rest = msgspec.structs.replace(change, added=None)
    return flip.leading, (*flip.changes[:place], rest, *flip.changes[place + 1 :])


def _joined(trial: Trial, group: list[Flip], place: int) -> list[Flip]:
    if len(group) == 1:
        return group
    ranges = sorted(((_range(trial, flip.changes[place]), flip) for flip in group), key=lambda one: one[0].least or 0)
    runs = [[ranges[0]]]
    for before, after in pairwise(ranges):
        if before[0].most is not None and (after[0].least or 0) == before[0].most + 1:
            runs[-1].append(after)
        else:
            runs.append([after])
    return [flip for run in runs for flip in _whole(trial, run, place)]


def _range(trial: Trial, change: Change) -> Known:
    return gather([change.added] if change.added else [], trial.evaluator.knowledge.attributes).get(
        change.attribute, NOTHING
    )


def _whole(trial: Trial, run: list[Range], place: int) -> list[Flip]:
    """Return one flip for a run of ranges if it flips as they do, else those of the ranges."""
    flips = [flip for _, flip in run]
    least, most = run[0][0].least, run[-1][0].most
    if len(run) == 1 or (least is None and most is None):
        return flips
    attributes, change = trial.evaluator.knowledge.attributes, flips[0].changes[place]
    bounds = [("at-least", least), ("at-most", most)]
    said = dict(show_bound(key, bound, attributes[change.attribute].unit) for key, bound in bounds if bound is not None)
    (added,) = read_statement(change.attribute, said, attributes)
    changes = list(flips[0].changes)
    changes[place] = msgspec.structs.replace(change, added=added)
    whole = msgspec.structs.replace(flips[0], changes=tuple(changes))
    return [whole] if trial.leading(whole.changes) == whole.leading else flips
