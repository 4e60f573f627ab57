"""When one would take which of two choices: what the rules say of them, whatever the scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from adjudge.explaining.comparing import Difference, differing
from adjudge.facts import Test
from adjudge.knowledge import Event, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.knowledge import Knowledge, Need

GroundKind = Literal["for", "preferred", "other-out"]
Way = tuple[Test, ...]
GROUNDS: tuple[GroundKind, ...] = ("for", "preferred", "other-out")


class Ground(msgspec.Struct, frozen=True):
    """What speaks for taking one of two choices and not the other: a rule, and the ways in which its conditions hold.

    `kind` tells whether the rule speaks for the choice, prefers it to the other, or rules the other out.
    """

    choice: str
    kind: GroundKind
    rule: Rule
    ways: tuple[Way, ...]


class NeedContrast(msgspec.Struct, frozen=True):
    """What tells two choices apart for one need; `shared` is the number of rules that say the same of both."""

    need: str
    grounds: tuple[Ground, ...]
    shared: int


class Contrast(msgspec.Struct, frozen=True):
    """What tells two choices apart on an ISO date.

    `needs` are those that both serve, `general` what holds for all of these alike (limits and principles), `traits`
    those in which they differ, `only` the needs for which just the first, and just the second, is weighed, and
    `closed` since when each cannot be had.
    """

    choices: tuple[str, str]
    day: str
    needs: tuple[NeedContrast, ...]
    general: tuple[Ground, ...]
    traits: tuple[Difference, ...]
    only: tuple[tuple[str, ...], tuple[str, ...]]
    closed: tuple[Event | None, Event | None]


def contrast(knowledge: Knowledge, choices: tuple[str, str], day: str, need: str = "") -> Contrast:
    """Contrast two choices for every need that both serve, or for one of these needs."""
    first, second = choices
    needs = [one for one in knowledge.needs.values() if need in ("", one.id) and {*choices} <= {*one.candidates}]
    told = [(one, *_grounds(one, choices, day)) for one in needs]
    general = _everywhere([grounds for _, grounds, _ in told])
    everywhere = {_key(ground) for ground in general}
    return Contrast(
        choices,
        day,
        tuple(
            NeedContrast(one.id, tuple(g for g in grounds if _key(g) not in everywhere), shared)
            for one, grounds, shared in told
        ),
        tuple(general),
        tuple(differing(knowledge, knowledge.choices[first], knowledge.choices[second])),
        (_only(knowledge, first, second), _only(knowledge, second, first)),
        (knowledge.choices[first].closed(day), knowledge.choices[second].closed(day)),
    )


def _only(knowledge: Knowledge, choice: str, other: str) -> tuple[str, ...]:
    """Return the needs for which one choice is weighed and the other is not."""
    return tuple(n.id for n in knowledge.needs.values() if choice in n.candidates and other not in n.candidates)


def _grounds(need: Need, choices: tuple[str, str], day: str) -> tuple[list[Ground], int]:
    """Return what tells the choices apart for a need, shortest conditions first, and how many rules do not."""
    found: dict[tuple[str, GroundKind, str, str], list[Rule]] = {}
    shared: set[str] = set()
    for rule in need.rules:
        if not rule.valid(day) or rule.kind == "advise":
            continue
        speaks = list(_speaks(rule, choices))
        if len(speaks) > 1:
            shared.add(rule.id)
        for choice, kind in speaks if len(speaks) == 1 else ():
            found.setdefault((choice, kind, rule.id, rule.because), []).append(rule)
    grounds = [
        Ground(choice, kind, rules[0], tuple(sorted((_conditions(rule, need.id) for rule in rules), key=_length)))
        for (choice, kind, _, _), rules in found.items()
    ]
    kept = _one_sided(grounds)
    shared |= {ground.rule.id for ground in grounds} - {ground.rule.id for ground in kept}
    order = {choice: number for number, choice in enumerate(choices)}
    kept.sort(key=lambda g: (order[g.choice], GROUNDS.index(g.kind), _length(g.ways[0]), g.rule.id))
    return kept, len(shared)


def _one_sided(grounds: list[Ground]) -> list[Ground]:
    """Return the grounds without the ways to rule a choice out in which the other one is ruled out as well."""
    outs = [ground for ground in grounds if ground.kind == "other-out"]
    kept = []
    for ground in grounds:
        against = [way for one in outs if one.choice != ground.choice for way in one.ways]
        ways = tuple(w for w in ground.ways if ground.kind != "other-out" or not any(_implies(w, x) for x in against))
        if ways:
            kept.append(msgspec.structs.replace(ground, ways=ways))
    return kept


def _implies(way: Way, other: Way) -> bool:
    """Tell whether a way surely holds only where another does: each test of that one has a narrower one in it."""
    return all(any(_narrower(test, asked) for test in way) for asked in other)


def _narrower(test: Test, asked: Test) -> bool:
    """Tell whether whatever makes a test hold makes another one hold."""
    if (test.attribute, bool(test.asked)) != (asked.attribute, bool(asked.asked)):
        return False
    if test.asked:
        return {*test.yes} <= {*asked.yes} and {*test.no} <= {*asked.no}
    sign = 1 if test.relation == "at-least" else -1
    return test.relation == asked.relation and sign * test.bound >= sign * asked.bound


def _speaks(rule: Rule, choices: tuple[str, str]) -> Iterator[tuple[str, GroundKind]]:
    """Yield for which of two choices, each seen beside the other, a rule speaks, and in which way."""
    for choice, other in (choices, choices[::-1]):
        if rule.kind == "recommend" and choice in rule.subjects:
            yield choice, "for"
        if rule.kind == "reject" and other in rule.subjects:
            yield choice, "other-out"
        if rule.kind == "prefer" and choice in rule.subjects and other in rule.over:
            yield choice, "preferred"


def _conditions(rule: Rule, need: str) -> Way:
    """Return the conditions of a rule but for the need itself, which is what the contrast is about."""
    return tuple(test for test in rule.tests if test.attribute != "need" or need not in test.yes)


def _length(way: Way) -> tuple[int, str]:
    return len(way), repr(way)


def _everywhere(told: list[list[Ground]]) -> list[Ground]:
    """Return the limits and principles that hold for every need alike."""
    if not told:
        return []
    common = set.intersection(*({_key(ground) for ground in grounds} for grounds in told))
    return [g for g in told[0] if _key(g) in common and (g.rule.traits or g.rule.basis in ("limit", "requires"))]


def _key(ground: Ground) -> tuple[object, ...]:
    """Return what tells grounds apart, in whatever need; of a principle each need has the part that concerns it."""
    return ground.choice, ground.kind, ground.rule.id, ground.ways
