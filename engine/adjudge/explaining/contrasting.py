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
GROUNDS: tuple[GroundKind, ...] = ("for", "preferred", "other-out")


class Ground(msgspec.Struct, frozen=True):
    """What speaks for taking one of two choices and not the other: a rule, and the ways in which its conditions hold.

    `kind` tells whether the rule speaks for the choice, prefers it to the other, or rules the other out.
    """

    choice: str
    kind: GroundKind
    rule: Rule
    ways: tuple[tuple[Test, ...], ...]


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
    ways: dict[tuple[str, GroundKind, str, str], list[Rule]] = {}
    shared: set[str] = set()
    for rule in need.rules:
        if not rule.valid(day) or rule.kind == "advise":
            continue
        found = list(_speaks(rule, choices))
        if len(found) > 1:
            shared.add(rule.id)
        for choice, kind in found if len(found) == 1 else ():
            ways.setdefault((choice, kind, rule.id, rule.because), []).append(rule)
    grounds = [
        Ground(choice, kind, rules[0], tuple(sorted((_conditions(rule, need.id) for rule in rules), key=_length)))
        for (choice, kind, _, _), rules in ways.items()
    ]
    order = {choice: number for number, choice in enumerate(choices)}
    grounds.sort(key=lambda g: (order[g.choice], GROUNDS.index(g.kind), _length(g.ways[0]), g.rule.id))
    return grounds, len(shared)


def _speaks(rule: Rule, choices: tuple[str, str]) -> Iterator[tuple[str, GroundKind]]:
    """Yield for which of two choices, each seen beside the other, a rule speaks, and in which way."""
    for choice, other in (choices, choices[::-1]):
        if rule.kind == "recommend" and choice in rule.subjects:
            yield choice, "for"
        if rule.kind == "reject" and other in rule.subjects:
            yield choice, "other-out"
        if rule.kind == "prefer" and choice in rule.subjects and other in rule.over:
            yield choice, "preferred"


def _conditions(rule: Rule, need: str) -> tuple[Test, ...]:
    """Return the conditions of a rule but for the need itself, which is what the contrast is about."""
    return tuple(test for test in rule.tests if test.attribute != "need" or need not in test.yes)


def _length(way: tuple[Test, ...]) -> tuple[int, str]:
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
