"""Holding the steps of an option against the ladders of the knowledge base."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from adjudge.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.knowledge import Knowledge, Ladder, Step


class Walk(msgspec.Struct, frozen=True):
    """How some steps compare with the ladders of the needs.

    `misplaced` are steps that come before what must precede them, `missing` steps between the first and the last
    that are left out, `support` why the steps that are right stand where they do; `ladders` names, by need, a
    choice at which a ladder begins that orders them; `loose` are steps that no ladder knows.
    """

    misplaced: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    support: tuple[Reason, ...]
    ladders: dict[str, str]
    loose: tuple[str, ...]


def examine_steps(knowledge: Knowledge, needs: Iterable[str], steps: tuple[str, ...]) -> Walk:
    """Hold steps against the ladder of the needs that knows most of them."""
    known = [(need, ladder) for need in needs for ladder in knowledge.needs[need].ladders]
    shared = {ladder.id: sum(step.choice in steps for step in ladder.steps) for _, ladder in known}
    best = max(known, key=lambda one: (shared[one[1].id], -len(one[1].steps), one[1].id), default=None)
    if best is None or shared[best[1].id] <= 1:  # one step has no order
        return Walk((), (), (), {}, steps)
    need, ladder = best
    places = {step.choice: number for number, step in enumerate(ladder.steps)}
    taken = [step for step in dict.fromkeys(steps) if step in places]
    loose = tuple(step for step in steps if step not in places)
    misplaced = _misplaced(knowledge, ladder, taken, places)
    low, high = min(places[s] for s in taken), max(places[s] for s in taken)
    left_out = [step for step in ladder.steps[low:high] if step.choice not in taken]
    return Walk(
        misplaced,
        tuple(_step(knowledge, ladder, step, "leaves out") for step in left_out),
        tuple(_step(knowledge, ladder, ladder.steps[places[s]], "comes to") for s in taken),
        {need: ladder.steps[0].choice},
        loose,
    )


def _misplaced(knowledge: Knowledge, ladder: Ladder, taken: list[str], places: dict[str, int]) -> tuple[Reason, ...]:
    """Return a reason for each step after which comes one that has to precede it."""
    found = []
    for first, second in pairwise(taken):
        if places[first] > places[second]:
            names = knowledge.name(second), knowledge.name(first)
            step = ladder.steps[places[second]]
            says = f"{names[0]} comes before {names[1]}, not after it. {step.because}"
            found.append(Reason(says, f"{ladder.id}.{step.choice}", step.sources))
    return tuple(found)


def _step(knowledge: Knowledge, ladder: Ladder, step: Step, how: str) -> Reason:
    lead = "It leaves out" if how == "leaves out" else "In its place:"
    return Reason(f"{lead} {knowledge.name(step.choice)}. {step.because}", f"{ladder.id}.{step.choice}", step.sources)
