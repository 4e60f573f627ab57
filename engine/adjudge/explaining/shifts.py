"""What of the knowledge counts otherwise on one side than on the other, and how things are with some of it put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.evaluation import Evaluator
from adjudge.explaining.sides import Side, View, rules_of
from adjudge.knowledge import Choice, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


class Shift(msgspec.Struct, frozen=True):
    """A choice, or the rules of one id, that count otherwise.

    For a choice, `choices` is how it is known on either side, with what had happened to it by the day. For rules, they
    are what is in force on either side, and `needs` the needs on which they bear (empty for what they derive).
    """

    id: str
    choices: tuple[Choice, Choice] | None = None
    before: frozenset[Rule] = frozenset()
    after: frozenset[Rule] = frozenset()
    needs: tuple[str, ...] = ()


def shifts(before: Side, after: Side, needs: Collection[str], named: Iterable[str] = ()) -> list[Shift]:
    """Return all that counts otherwise and could bear on some needs, or is about choices that are named."""
    weighed = {*named}.union(*(_candidates(side, need) for side in (before, after) for need in needs))
    return [*_of_choices(before, after, weighed), *_of_rules(before, after, needs)]


def _candidates(side: Side, need: str) -> tuple[str, ...]:
    return side.knowledge.needs[need].candidates if need in side.knowledge.needs else ()


def _of_choices(before: Side, after: Side, weighed: set[str]) -> Iterator[Shift]:
    for name in sorted(weighed & before.knowledge.choices.keys() & after.knowledge.choices.keys()):
        then, now = (side.pinned.choices[name] for side in (before, after))
        if then.closed(before.day) != now.closed(after.day) or then.traits != now.traits:
            yield Shift(name, (then, now))


def _of_rules(before: Side, after: Side, needs: Collection[str]) -> Iterator[Shift]:
    found: dict[str, Shift] = {}
    for need in ("", *sorted(needs)):
        then, now = before.in_force(need), after.in_force(need)
        for name in sorted(then.keys() | now.keys()):
            one, other = then.get(name, frozenset()), now.get(name, frozenset())
            if one != other:
                known = found.get(name, Shift(name))
                found[name] = Shift(name, None, known.before | one, known.after | other, (*known.needs, need))
    yield from found.values()


def taking_part(before: tuple[Side, View], after: tuple[Side, View], shifts: Iterable[Shift]) -> list[Shift]:
    """Return the shifts of choices that something speaks for, and of rules that fire, on one of the sides."""
    sides = (before, after)
    if any(view.inference is None for _, view in sides):
        return list(shifts)
    backed = {v.choice for _, view in sides for one in view.decisions.values() for v in one.verdicts if v.arguments}
    fired = {name for side, view in sides for name in _fired(side, view)}
    return [one for one in shifts if one.id in (backed if one.choices else fired)]


def _fired(side: Side, view: View) -> Iterator[str]:
    for need in ("", *view.decisions):
        rules = rules_of(side.knowledge, need)
        numbers = side.evaluator.engine(need).match(view.inference.facts) if view.inference else ()
        yield from (rules[number].id for number in numbers if rules[number].valid(side.day))


def put_back(before: Side, after: Side, shifts: Collection[Shift]) -> Side:
    """Return the side after, but for some shifts, which are as they were before.

    Choices that are weighed on one side only are weighed as well; nothing speaks for them unless a rule is put back.
    """
    knowledge = after.pinned
    choices = {**before.pinned.choices, **knowledge.choices}
    choices |= {one.id: one.choices[0] for one in shifts if one.choices}
    needs = dict(knowledge.needs)
    for name in {need for one in shifts for need in one.needs if need in needs}:
        candidates = dict.fromkeys((*needs[name].candidates, *_candidates(before, name)))
        rules = _rules(before, after, name, shifts)
        needs[name] = msgspec.structs.replace(needs[name], candidates=tuple(candidates), rules=rules)
    derivations = _rules(before, after, "", shifts)
    changed = msgspec.structs.replace(knowledge, choices=choices, needs=needs, derivations=derivations)
    return Side(Evaluator(changed), max(before.day, after.day))  # when all that was known on either has happened


def _rules(before: Side, after: Side, need: str, shifts: Iterable[Shift]) -> tuple[Rule, ...]:
    shifted = {one.id for one in shifts if need in one.needs}
    kept = [rule for rule in rules_of(after.pinned, need) if rule.id not in shifted]
    back = [rule for rule in rules_of(before.pinned, need) if rule.id in shifted]
    return (*kept, *back)
