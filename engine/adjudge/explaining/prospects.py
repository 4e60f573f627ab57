"""What may follow yet: bounds on what derivation can find, whatever is answered to the questions that are open.

A test *may* hold if it holds now or nothing known keeps some answer from making it hold. What no open answer reaches is
*settled*: its facts and their proofs stay as they are. Answers that contradict each other are not told apart from
others, so that what may follow is never too little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.facts import NOTHING, Facts, gather, learn, outcome, witnesses
from adjudge.inference import assumptions, close

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from adjudge.evaluation import Evaluator
    from adjudge.facts import Fact, Requirement, Test
    from adjudge.inference import Inference
    from adjudge.knowledge import Knowledge, Rule

Unit = object  # something on which a proof may rest: a requirement, or an answer that may be given


class Prospects:
    """All that may follow for the rules of one need on an ISO date, if nothing in `declined` is ever answered."""

    def __init__(
        self, evaluator: Evaluator, inference: Inference, need: str, day: str, declined: Collection[str]
    ) -> None:
        self.knowledge, self.inference = evaluator.knowledge, inference
        self._declined = {"need", *declined}
        self.sure = _sure(evaluator, inference, day, declined)
        self.finer = _finer(self.knowledge, inference)
        self._states: dict[Test, str] = {}
        self._reached: dict[str, list[Fact]] = {}
        self._deriving: dict[str, list[Rule]] = {}
        self._find(_bearing(evaluator, need, day))
        self.moving = self._moving()

    def open(self, name: str) -> bool:
        """Tell whether an attribute may be asked about: nothing but its default is known of it, or not precisely."""
        return (name not in self.sure or name in self.finer) and name not in self._declined

    def may(self, test: Test) -> bool:
        """Tell whether a test holds, or may hold yet."""
        state = self._states.get(test)
        if state is None:
            state = self._states[test] = outcome(test, self.sure, self.knowledge.attributes[test.attribute]).state
        return state == "held" or (state == "open" and (self.open(test.attribute) or self._derivable(test)))

    def fires(self, rule: Rule) -> bool:
        """Tell whether a rule fires, whatever is answered."""
        return all(witnesses(test, self.sure) for test in rule.tests)

    def settled(self, rule: Rule) -> bool:
        """Tell whether no answer reaches a rule: neither whether it fires nor what its proof rests on."""
        return all(test.attribute not in self.moving for test in rule.tests)

    def least(self, rule: Rule) -> set[Unit]:
        """Return the statements on which the proof of a rule that fires rests whatever is answered."""
        return {unit for test in rule.tests if test.attribute not in self.moving for unit in self._roots(test)}

    def most(self, rules: Iterable[Rule]) -> set[Unit]:
        """Return what the proofs of some rules may rest on; each test rests on one answer at a time."""
        found: set[Unit] = set()
        waiting = [test for rule in rules for test in rule.tests]
        seen = set(waiting)
        while waiting:
            test = waiting.pop()
            name = test.attribute
            if name not in self.moving:
                found.update(self._roots(test))
                continue
            if self.open(name):
                several = self.knowledge.attributes[name].kind in ("single", "multiple")
                found.add(test if several else name)
            found.update(one for one in _counted(self.inference.requirements) if one.attribute == name)
            further = {one for rule in self._deriving.get(name, ()) for one in rule.tests} - seen
            seen |= further
            waiting += further
        return found

    def behind(self, names: Iterable[str]) -> set[str]:
        """Return the attributes that may be asked about and on which it hangs what is known of some."""
        waiting = self.moving.intersection(names)
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            seen.add(name)
            further = {test.attribute for rule in self._deriving.get(name, ()) for test in rule.tests}
            waiting |= (further & self.moving) - seen
        return {name for name in seen if self.open(name)}

    def _roots(self, test: Test) -> Iterable[Unit]:
        return _counted(self.inference.roots(self.inference.witness(test)))

    def _derivable(self, test: Test) -> bool:
        name = test.attribute
        attribute = self.knowledge.attributes[name]
        return any(witnesses(test, {name: learn(NOTHING, fact, attribute)}) for fact in self._reached.get(name, ()))

    def _find(self, waiting: list[Rule]) -> None:
        """Find the derivations that may fire."""
        while True:
            found = [rule for rule in waiting if all(map(self.may, rule.tests))]
            if not found:
                return
            for rule in found:
                for one in rule.derives:
                    self._reached.setdefault(one.attribute, []).extend(one.facts)
                    self._deriving.setdefault(one.attribute, []).append(rule)
            waiting = [rule for rule in waiting if rule not in found]

    def _moving(self) -> set[str]:
        """Return the attributes of which more, or something else, may be known once more is answered."""
        moving = {name for name in self.knowledge.attributes if self.open(name)}
        while True:
            further = {
                name
                for name, rules in self._deriving.items()
                if name not in moving and any(test.attribute in moving for rule in rules for test in rule.tests)
            }
            if not further:
                return moving
            moving |= further


def _sure(evaluator: Evaluator, inference: Inference, day: str, declined: Collection[str]) -> Facts:
    """Return what is known whatever is answered: without the defaults in whose place an answer may come."""
    knowledge = evaluator.knowledge
    stated = list(_counted(inference.requirements))
    defaults = assumptions(knowledge, stated)
    kept: set[str] = set(declined)
    while True:
        given = gather([*stated, *(one for one in defaults if one.attribute in kept)], knowledge.attributes)
        facts = close(knowledge, evaluator.engine(), given, day)
        known = {one.attribute for one in defaults if one.attribute in facts} - kept
        if not known:
            return facts
        kept |= known


def _finer(knowledge: Knowledge, inference: Inference) -> dict[str, tuple[str, ...]]:
    """Return by attribute the kinds of what was stated, where none of these kinds is known to be so."""
    found: dict[str, tuple[str, ...]] = {}
    for one in _counted(inference.requirements):
        kinds = knowledge.attributes[one.attribute].narrower.get(str(one.value), ())
        known = inference.facts[one.attribute]
        further = tuple(kind for kind in kinds if kind != one.value and kind not in known.false)
        if further and not set(further) & set(known.true):
            found[one.attribute] = (*found.get(one.attribute, ()), *further)
    return {name: tuple(dict.fromkeys(kinds)) for name, kinds in found.items() if name != "need"}


def _counted(requirements: Iterable[Requirement]) -> Iterable[Requirement]:
    return (one for one in requirements if one.origin in ("stated", "read"))


def _bearing(evaluator: Evaluator, need: str, day: str) -> list[Rule]:
    """Return the derivations from which something may follow that a rule of a need asks for, or a goal."""
    waiting = {"goal", *(test.attribute for rule in evaluator.knowledge.needs[need].rules for test in rule.tests)}
    seen: set[str] = set()
    found: dict[int, Rule] = {}
    while waiting:
        name = waiting.pop()
        seen.add(name)
        for rule in evaluator.deriving.get(name, ()):
            if rule.valid(day) and id(rule) not in found:
                found[id(rule)] = rule
                waiting |= {test.attribute for test in rule.tests} - seen
    return list(found.values())
