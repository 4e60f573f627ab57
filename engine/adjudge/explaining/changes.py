"""The changes to what a scenario states that are tried where one asks what would change a decision.

A change concerns one attribute, and never `need`. It is one of these:

- *state further*: one value, one value that it is not, yes or no, or a range of amounts, beside what is stated of it;
- *withdraw*: nothing is stated of it any more, or, where several things are, one of them is not;
- *replace*: one such answer takes the place of all that is stated of it, or of those things that it contradicts.

Answers are those that the rules tell apart which bear on the decision: of values alike to them the first that a rule
names, of amounts the ranges between the bounds that they name. Attributes that no such rule asks for are only
withdrawn, for what is stated of them may still contradict something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.answers_apart import Worth, answers_apart
from adjudge.facts import (
    NOTHING,
    ContradictionError,
    Known,
    Requirement,
    Test,
    gather,
    is_any,
    is_not,
    opposites,
    witnesses,
)
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from adjudge.evaluation import Evaluator
    from adjudge.facts import Fact
    from adjudge.knowledge import Knowledge, Rule
    from adjudge.vocabulary import Attribute

Stated = tuple[Requirement, ...]


class Change(msgspec.Struct, frozen=True):
    """One attribute of which something else is stated: what is kept of it, what is withdrawn, what is added."""

    attribute: str
    kept: Stated = ()
    withdrawn: Stated = ()
    added: Requirement | None = None

    @property
    def then(self) -> Stated:
        """All that is stated of the attribute after the change."""
        return (*self.kept, self.added) if self.added else self.kept


Alike = tuple[Change, ...]  # changes that the rules do not tell apart, the most natural first


def changed(stated: Iterable[Requirement], changes: Sequence[Change]) -> Stated:
    """Return what is stated after some changes, each of an attribute of its own."""
    names = {change.attribute for change in changes}
    kept = (one for one in stated if one.attribute not in names)
    return (*kept, *(one for change in changes for one in change.then))


def possible_changes(evaluator: Evaluator, stated: Stated, need: str, day: str) -> list[list[Alike]]:
    """Return, for each attribute, the changes that could bear on the decision on a need on an ISO date.

    Those that only differ in whether they contradict something else come together, as alternatives.
    """
    tests = bearing_tests(evaluator.knowledge, need, day)
    names = tests.keys() | {*evaluator.knowledge.assumed} | {one.attribute for one in stated}
    found = (_changes(evaluator, name, stated, tuple(tests.get(name, ()))) for name in sorted(names - {"need"}))
    return [changes for changes in found if changes]


def bearing_tests(knowledge: Knowledge, need: str, day: str) -> dict[str, dict[Test, None]]:
    """Return, by attribute, the tests that can matter to a decision, directly or through what is derived by them."""
    found: dict[str, dict[Test, None]] = {"goal": {}} if "goal" in knowledge.attributes else {}
    fresh = [rule for rule in knowledge.needs[need].rules if rule.kind != "advise" and rule.valid(day)]
    waiting = [rule for rule in knowledge.derivations if rule.valid(day)]
    while fresh:
        for rule in fresh:
            for test in rule.tests:
                found.setdefault(test.attribute, {})[test] = None
        fresh = [rule for rule in waiting if any(_bears(fact, need, found) for fact in _concluded(rule))]
        waiting = [rule for rule in waiting if rule not in fresh]
    return found


def _concluded(rule: Rule) -> Iterator[Fact]:
    return (fact for requirement in rule.derives for fact in requirement.facts)


def _bears(fact: Fact, need: str, tests: dict[str, dict[Test, None]]) -> bool:
    """Tell whether a derived fact raises the need, is a goal, or can make a test hold."""
    if fact.attribute == "goal" or fact == ("need", "is", need):
        return True
    for test in tests.get(fact.attribute, ()):
        if fact.relation == test.relation if isinstance(fact.value, int) else witnesses(test, _alone(fact)):
            return True
    return False


def _alone(fact: Fact) -> dict[str, Known]:
    value = (str(fact.value),)
    return {fact.attribute: Known(true=value) if fact.relation == "is" else Known(false=value)}


def _changes(evaluator: Evaluator, name: str, stated: Stated, tests: tuple[Test, ...]) -> list[Alike]:
    said = tuple(sorted((one for one in stated if one.attribute == name), key=lambda one: one.facts))
    withdrawn = Change(name, withdrawn=said)
    worth = Worth(tests, untested=True, replaces=name in evaluator.knowledge.assumed)
    found = []
    if worth.tests or worth.replaces or name == "goal":
        found += _stating(evaluator, Change(name, kept=said), worth)
        found += _stating(evaluator, withdrawn, worth) if said else []
    if len(said) > 1:
        found += [(_without(said, [one]),) for one in said]
    return [*found, (withdrawn,)] if said else found


def _without(said: Stated, withdrawn: Sequence[Requirement]) -> Change:
    kept = tuple(one for one in said if one not in withdrawn)
    return Change(said[0].attribute, kept=kept, withdrawn=tuple(withdrawn))


def _stating(evaluator: Evaluator, start: Change, worth: Worth) -> list[Alike]:
    """Return a change with each answer that is news; what contradicts it of what was to be kept is withdrawn."""
    attributes, name = evaluator.knowledge.attributes, start.attribute
    said = (*start.kept, *start.withdrawn)
    before, known = {fact for one in said for fact in one.facts}, gather(said, attributes)
    apart = _tests_beside(evaluator, name, worth.tests)
    found = []
    for answers in answers_apart(attributes[name], NOTHING, worth):
        alike: dict[object, Change] = {}
        for answer in answers:
            (added,) = read_statement(name, answer, attributes)
            against = [one for one in start.kept if _clash(one, added, attributes)]
            if against and len(against) == len(said):
                continue
            change = msgspec.structs.replace(_without(said, against) if against else start, added=added)
            if before.issuperset(added.facts) or gather(change.then, attributes) == known:
                continue
            kind = (change.withdrawn, *(bool(witnesses(test, gather([added], attributes))) for test in apart))
            alike.setdefault(kind, change)
        by_withdrawn: dict[Stated, list[Change]] = {}
        for change in alike.values():
            by_withdrawn.setdefault(change.withdrawn, []).append(change)
        found += [tuple(changes) for changes in by_withdrawn.values()]
    return found


def _clash(one: Requirement, other: Requirement, attributes: Mapping[str, Attribute]) -> bool:
    try:
        gather((one, other), attributes)
    except ContradictionError:
        return True
    return False


def _tests_beside(evaluator: Evaluator, name: str, tests: Sequence[Test]) -> list[Test]:
    """Return the tests by which answers that bear alike may differ in what they contradict."""
    attribute = evaluator.knowledge.attributes[name]
    found = [test for test in evaluator.asked.get(name, ()) if test not in tests]
    for rule in evaluator.deriving.get(name, ()):
        for fact in _concluded(rule):
            if fact.attribute == name and isinstance(fact.value, str):
                value = (fact.value,)
                test = is_any(attribute, value) if fact.relation == "is" else is_not(attribute, fact.value)
                found += opposites(test, attribute)
    return list(dict.fromkeys(found))
