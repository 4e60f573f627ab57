"""When a decision changes, to what, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from adjudge.explaining.causes import Causes, causes, causes_document
from adjudge.explaining.shifts import shifts, taking_part
from adjudge.explaining.sides import Outcome, Side, look, outcome_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.evaluation import Evaluator
    from adjudge.facts import Requirement
    from adjudge.knowledge import Knowledge

SCHEMA = "adjudge.timeline/1"


class Turn(msgspec.Struct, frozen=True):
    """A day from which on something else is decided for, and what makes it so."""

    day: str
    outcome: Outcome
    causes: Causes


class Timeline(msgspec.Struct, frozen=True):
    """What becomes of a need on the first of some days, and each change after that up to the last."""

    need: str
    first: Outcome
    turns: tuple[Turn, ...]

    def on(self, day: str) -> Outcome:
        """Return what becomes of the need on one of the days."""
        return next((one.outcome for one in reversed(self.turns) if one.day <= day), self.first)


def dates_of(knowledge: Knowledge, needs: Iterable[str]) -> list[str]:
    """Return every day on which something that could bear on some needs happens, begins or ends, in order.

    Decisions on them depend on the day by nothing else, so they are the same from each such day until the next.
    """
    asked = [knowledge.needs[need] for need in needs]
    rules = (rule for group in (knowledge.derivations, *(one.rules for one in asked)) for rule in group)
    found = {date for rule in rules for date in (rule.since, rule.until) if date}
    weighed = {choice for need in asked for choice in need.candidates}
    return sorted(found | {event.date for choice in weighed for event in knowledge.choices[choice].lifecycle})


def last_date(knowledge: Knowledge, first: str) -> str:
    """Return the last day on which anything is known to happen, begin or end; `first` if there is none after it."""
    return max([first, *dates_of(knowledge, knowledge.needs)])


def raised_between(evaluator: Evaluator, stated: Sequence[Requirement], first: str, last: str) -> list[str]:
    """Return the needs that statements raise on one of the days from first to last."""
    days = [first, *(day for day in dates_of(evaluator.knowledge, ()) if first < day <= last)]
    found: dict[str, None] = {}
    for day in days:
        found |= dict.fromkeys(look(Side(evaluator, day), stated).decisions)
    return list(found)


def timeline(
    evaluator: Evaluator,
    stated: Sequence[Requirement],
    need: str,
    days: tuple[str, str],
    *,
    unraised: bool = False,
) -> Timeline:
    """Return when the decision on a need changes between two days, the last of which counts.

    With `unraised` it is decided even while nothing raises it. The evaluator should have the native engine.
    """

    def outcome(side: Side) -> Outcome:
        return look(side, stated, need, unraised=unraised).outcome(need)

    before = Side(evaluator, days[0])
    first = now = outcome(before)
    turns = []
    for day in dates_of(evaluator.knowledge, [need]):
        if not days[0] < day <= days[1]:
            continue
        after = Side(evaluator, day)
        then = outcome(after)
        if then != now:
            turns.append(Turn(day, then, _why(before, after, stated, need, unraised=unraised)))
        before, now = after, then
    return Timeline(need, first, tuple(turns))


def _why(before: Side, after: Side, stated: Sequence[Requirement], need: str, *, unraised: bool) -> Causes:
    views = [look(side, stated, need, unraised=unraised) for side in (before, after)]
    involved = taking_part((before, views[0]), (after, views[1]), shifts(before, after, [need]))
    was = views[0].outcome(need)
    return causes(
        before, after, involved, lambda side: look(side, stated, need, unraised=unraised).outcome(need) == was
    )


def document(
    knowledge: Knowledge, title: str, days: tuple[str, str], today: str, found: Iterable[Timeline]
) -> dict[str, Any]:
    """Return the JSON document for the changes of a scenario's decisions between two days."""
    return {
        "schema": SCHEMA,
        "scenario": title,
        "from": days[0],
        "to": days[1],
        "decisions": [
            {
                "need": one.need,
                "says": knowledge.needs[one.need].says,
                **outcome_document(one.first),
                "changes": [
                    {"on": turn.day, "ahead": turn.day > today}
                    | outcome_document(turn.outcome)
                    | causes_document(turn.causes)
                    for turn in one.turns
                ],
            }
            for one in found
        ],
    }
