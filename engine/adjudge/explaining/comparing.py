"""What separates two choices in a scenario: what is true of one and not of the other, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from adjudge.facts import Fact, Requirement
from adjudge.judging import Decision, Verdict, rank
from adjudge.knowledge import TraitValue
from adjudge.missing import missing
from adjudge.reasons import Reason, against, cautions, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.knowledge import Choice, Knowledge

PointKind = Literal["preferred", "for", "against", "limit", "closed", "lacks", "mind"]
KINDS: tuple[PointKind, ...] = ("preferred", "for", "against", "limit", "closed", "lacks", "mind")
VIABLE = ("recommended", "beaten")


class Point(msgspec.Struct, frozen=True):
    """Something that is true of one of two choices and not of the other.

    `kind` tells what it is to `choice`: it is preferred to the other, something speaks for it or against it, it has a
    limit, is closed, lacks a reason, or there is something to mind about it.
    """

    choice: str
    kind: PointKind
    reason: Reason


class Difference(msgspec.Struct, frozen=True):
    """A trait in which two choices differ, with what is known of the first and of the second.

    `supports` are the requirements through which it bears on the decision: a stated goal, or what a rule rests on.
    """

    trait: str
    held: tuple[TraitValue | None, TraitValue | None]
    supports: tuple[Requirement, ...] = ()


class Turn(msgspec.Struct, frozen=True):
    """One further statement that would decide for one of two choices and not for the other.

    `leading` are the choices it would lead to: that one, and those tied with it.
    """

    choice: str
    attribute: str
    answer: Any
    leading: tuple[str, ...]


class Comparison(msgspec.Struct, frozen=True):
    """Two choices for one need of a scenario, in the order in which they were asked about.

    `better` is the one that the decision ranks above the other, or empty. `shared` is the number of reasons that
    concern both and are left out.
    """

    decision: Decision
    sides: tuple[Verdict, Verdict]
    better: str
    points: tuple[Point, ...]
    differences: tuple[Difference, ...]
    turns: tuple[Turn, ...]
    shared: int

    @property
    def tried(self) -> bool:
        """Tell whether further statements were tried, which takes a need that is raised."""
        return self.decision.raised is not None

    def verdict(self, choice: str) -> Verdict:
        """Return the verdict on one of the two."""
        return self.sides[self.sides[1].choice == choice]

    def other(self, choice: str) -> str:
        """Return the one of the two that is not this one."""
        return self.sides[self.sides[0].choice == choice].choice

    def of(self, choice: str, *kinds: PointKind) -> list[Reason]:
        """Return the reasons of some kinds that concern one of the two."""
        return [one.reason for one in self.points if one.choice == choice and one.kind in kinds]


def compare(evaluator: Evaluator, evaluation: Evaluation, decision: Decision, choices: tuple[str, str]) -> Comparison:
    """Compare two choices that a decision weighs; `evaluator` should have the native engine."""
    verdicts = {verdict.choice: verdict for verdict in decision.verdicts}
    sides = verdicts[choices[0]], verdicts[choices[1]]
    points, shared = _points(evaluator.knowledge, evaluation, decision, sides)
    return Comparison(
        decision,
        sides,
        _better(*sides),
        points,
        tuple(_differences(evaluator.knowledge, evaluation, sides)),
        tuple(_turns(evaluator, evaluation, decision, choices)),
        shared,
    )


def _better(first: Verdict, second: Verdict) -> str:
    """Return the choice that the decision puts above the other, or none."""
    return first.choice if _above(first, second) else second.choice if _above(second, first) else ""


def _above(higher: Verdict, lower: Verdict) -> bool:
    if higher.verdict not in VIABLE:
        return False
    if lower.verdict not in VIABLE:
        return True
    if higher.verdict != lower.verdict:
        return higher.verdict == "recommended"
    if higher.verdict == "recommended":
        return rank(higher) > rank(lower)
    return any(loss.choice == higher.choice for loss in lower.against)


def _points(
    knowledge: Knowledge, evaluation: Evaluation, decision: Decision, sides: tuple[Verdict, Verdict]
) -> tuple[tuple[Point, ...], int]:
    """Return what is true of one side only, and the number of reasons that concern both."""
    first, second = ({_key(p): p for p in _all_points(knowledge, evaluation, decision, side)} for side in sides)
    pair = {side.choice for side in sides}
    preferences = [
        Point(one.reason.winner, "preferred", one.reason)
        for one in (*first.values(), *second.values())
        if {one.reason.winner, one.reason.loser} == pair
    ]
    single = [
        point
        for own, others in ((first, second), (second, first))
        for key, point in own.items()
        if key not in others and {point.reason.winner, point.reason.loser} != pair
    ]
    shown = [p for p in (*preferences, *single) if p.kind != "mind" or _viable(p.choice, sides)]
    return tuple(sorted(shown, key=lambda p: KINDS.index(p.kind))), len(first.keys() & second.keys())


def _viable(choice: str, sides: Iterable[Verdict]) -> bool:
    return any(side.choice == choice and side.verdict in VIABLE for side in sides)


def _all_points(knowledge: Knowledge, evaluation: Evaluation, decision: Decision, side: Verdict) -> Iterator[Point]:
    """Yield all that is to be said of one side; what it is preferred to is said of the one that is put below it."""
    limits = {one.rule.id for one in side.against if one.rule.basis in ("limit", "requires")}
    for argument in side.arguments:
        if not argument.rival:
            yield Point(side.choice, "for", reason(knowledge, argument))
    for one in against(knowledge, evaluation, decision, side):
        kind: PointKind = (
            "closed" if one.event
            else "limit" if one.rule in limits
            else "against" if any(a.rule.id == one.rule for a in side.against)
            else "lacks"
        )  # fmt: skip
        yield Point(side.choice, kind, one)
    for one in cautions(knowledge, evaluation, decision, side):
        yield Point(side.choice, "mind", one)


def _key(point: Point) -> tuple[str, ...]:
    """Return what tells whether two reasons, each about another choice, are the same."""
    return point.kind, point.reason.rule, point.reason.says, point.reason.winner


def _differences(knowledge: Knowledge, evaluation: Evaluation, sides: tuple[Verdict, Verdict]) -> Iterator[Difference]:
    """Yield the traits in which two choices differ and that bear on the decision."""
    bearing = _bearing(sides)
    carriers = evaluation.inference.carriers
    for one in differing(knowledge, *(knowledge.choices[side.choice] for side in sides)):
        goal = carriers.get(Fact("goal", "is", knowledge.traits[one.trait].goal))
        supports = dict.fromkeys([*([goal] if goal else ()), *bearing.get(one.trait, ())])
        if supports:
            yield msgspec.structs.replace(one, supports=tuple(supports))


def _bearing(sides: Iterable[Verdict]) -> dict[str, list[Requirement]]:
    """Return, for each trait by which a rule spoke of one of the sides, the requirements that made it fire."""
    found: dict[str, list[Requirement]] = {}
    for side in sides:
        for argument in (*side.arguments, *side.against, *side.cautions):
            for used in argument.rule.traits:
                found.setdefault(used.partition("=")[0], []).extend(argument.supports)
    return found


def differing(knowledge: Knowledge, first: Choice, second: Choice) -> Iterator[Difference]:
    """Yield the traits of which two choices have different values, or only one has any."""
    for trait in knowledge.traits:
        held = first.traits.get(trait), second.traits.get(trait)
        if len({frozenset(one.values) if one else None for one in held}) > 1:
            yield Difference(trait, held)


def _turns(
    evaluator: Evaluator, evaluation: Evaluation, decision: Decision, choices: tuple[str, str]
) -> Iterator[Turn]:
    """Yield the further statements that decide for one of the two and not for the other, where that is not so yet."""
    for one in missing(evaluator, evaluation, decision) if decision.raised else ():
        for answer, leading in one.outcomes:
            led = [choice for choice in choices if choice in leading]
            if len(led) == 1 and led != [choice for choice in choices if choice in decision.leading]:
                yield Turn(led[0], one.attribute, answer, leading)
