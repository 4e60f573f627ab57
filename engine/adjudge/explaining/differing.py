"""What comes out otherwise for a scenario on one side than on the other: decisions, and the answer of its question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from adjudge.answering import Answer, Judged, answer
from adjudge.evaluation import Evaluation
from adjudge.explaining.causes import Causes, causes
from adjudge.explaining.shifts import shifts, taking_part
from adjudge.explaining.sides import Outcome, Side, View, look
from adjudge.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    AsBefore = Callable[[Side], bool]

Fate = Literal["still-right", "no-longer-right", "no-longer-proven", "joined", "gained", "unproven"]
_ALIKE = ("still-right", "unproven")


class Difference(msgspec.Struct, frozen=True):
    """A need of which something else becomes on the side after, and what makes it so."""

    need: str
    before: Outcome
    after: Outcome
    causes: Causes


class Fated(msgspec.Struct, frozen=True):
    """What becomes of the right answer of the side before.

    `no-longer-right`: an option in it is found wrong, and `lost` are those options as they are judged after.
    `no-longer-proven`: none is found wrong, but not all are proven right. `joined`: others are right as well. `gained`:
    only after is there an answer that is proven. `unproven`: there is none on either side.
    """

    fate: Fate
    before: Answer | None = None
    after: Answer | None = None
    lost: tuple[Judged, ...] = ()
    causes: Causes | None = None


class Compared(msgspec.Struct, frozen=True):
    """A scenario on two sides; `fated` is None where it asks no question."""

    scenario: Scenario
    days: tuple[str, str]
    differences: tuple[Difference, ...]
    fated: Fated | None = None

    @property
    def differs(self) -> bool:
        """Tell whether anything comes out otherwise."""
        return bool(self.differences) or (self.fated is not None and self.fated.causes is not None)


class Part(NamedTuple):
    """A side, the scenario as it is read with its vocabulary, and what follows."""

    side: Side
    scenario: Scenario
    view: View


def compare(before: Side, after: Side, scenarios: tuple[Scenario, Scenario]) -> Compared:
    """Compare what becomes of a scenario, read with the vocabulary of either side."""
    parts = [
        Part(side, one, look(side, one.requirements)) for side, one in zip((before, after), scenarios, strict=True)
    ]
    then, now = parts
    needs = sorted(then.view.decisions.keys() | now.view.decisions.keys())
    differences = [
        Difference(need, was, other, _why(then, now, need))
        for need in needs
        if (was := then.view.outcome(need)) != (other := now.view.outcome(need))
    ]
    asked = scenarios[0].question is not None and scenarios[1].question is not None
    return Compared(scenarios[0], (before.day, after.day), tuple(differences), _fated(then, now) if asked else None)


def _why(then: Part, now: Part, need: str) -> Causes:
    was = then.view.outcome(need)
    return _causes(then, now, [need], (), lambda side: look(side, now.scenario.requirements, need).outcome(need) == was)


def _causes(then: Part, now: Part, needs: Collection[str], named: Collection[str], as_before: AsBefore) -> Causes:
    found = shifts(then.side, now.side, needs, named)
    involved = taking_part((then.side, then.view), (now.side, now.view), found)
    involved += [one for one in found if one.choices and one.id in named and one not in involved]
    return causes(then.side, now.side, involved, as_before)


def _fated(then: Part, now: Part) -> Fated:
    before = _answer(then.side, then.scenario, then.view)
    after = _answer(now.side, now.scenario, now.view)
    fate, lost = _fate(before, after)
    if fate in _ALIKE:
        return Fated(fate, before, after)

    def as_before(side: Side) -> bool:
        again = _answer(side, now.scenario, look(side, now.scenario.requirements))
        return _fate(before, again)[0] in _ALIKE

    views = (then.view, now.view)
    needs = {need for one in (before, after) if one for need in one.needs}.union(*(one.decisions for one in views))
    proposed = {choice for option in then.scenario.question.options for choice in option.choices}
    return Fated(fate, before, after, lost, _causes(then, now, needs, proposed, as_before))


def _answer(side: Side, scenario: Scenario, view: View) -> Answer | None:
    """Answer the question of a scenario; None if what is stated contradicts itself."""
    if view.inference is None:
        return None
    evaluation = Evaluation(side.day, view.inference, tuple(view.decisions.values()))
    return answer(side.evaluator, evaluation, scenario.question)


def _fate(before: Answer | None, after: Answer | None) -> tuple[Fate, tuple[Judged, ...]]:
    """Return what becomes of a right answer, and its options that are found wrong."""
    if before is None or not before.decided:
        return ("gained" if after and after.decided else "unproven"), ()
    if after is None:
        return "no-longer-proven", ()
    right = {one.label for one in before.options if one.verdict == "right"}
    lost = tuple(one for one in after.options if one.label in right and one.verdict == "wrong")
    if lost:
        return "no-longer-right", lost
    if not after.decided or not right <= {*after.labels}:
        return "no-longer-proven", ()
    return ("still-right" if right == {*after.labels} else "joined"), ()
