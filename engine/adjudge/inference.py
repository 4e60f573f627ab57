"""From requirements to everything that follows from them, with the reason for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.facts import NOTHING, ContradictionError, Fact, Facts, Requirement, gather, learn, witnesses
from adjudge.knowledge import Rule
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.engines import Engine
    from adjudge.facts import Test
    from adjudge.knowledge import Knowledge


class Derivation(msgspec.Struct, frozen=True):
    """A derived requirement: the rule that concluded it and the requirements that made the rule fire."""

    rule: Rule
    supports: tuple[Requirement, ...]


class Inference:
    """All that is known once derivation has come to rest. Treat it as frozen.

    `requirements` are in the order of their origin: stated and assumed, then derived, wave by wave. `carriers` maps
    each fact to the requirement that says it, `derivations` each derived requirement to its reason.
    """

    def __init__(
        self,
        requirements: tuple[Requirement, ...],
        facts: Facts,
        carriers: dict[Fact, Requirement],
        derivations: dict[Requirement, Derivation],
    ) -> None:
        self.requirements, self.facts, self.carriers, self.derivations = requirements, facts, carriers, derivations
        self._roots: dict[Requirement, frozenset[Requirement]] = {}

    def raises(self, need: str) -> bool:
        """Tell whether a need has to be decided."""
        return Fact("need", "is", need) in self.carriers

    def roots(self, fact: Fact) -> frozenset[Requirement]:
        """Return the stated, read and assumed requirements that a fact's proof rests on."""
        return self._back(self.carriers[fact])

    def rests_on(self, supports: Iterable[Requirement]) -> frozenset[Requirement]:
        """Return the stated, read and assumed requirements that some requirements go back to."""
        return frozenset(root for one in supports for root in self._back(one))

    def _back(self, one: Requirement) -> frozenset[Requirement]:
        if one.origin != "derived":
            return frozenset((one,))
        found = self._roots.get(one)
        if found is None:
            found = self._roots[one] = self.rests_on(self.derivations[one].supports)
        return found

    def witness(self, test: Test) -> Fact:
        """Return the fact that makes a test hold, which it must, by the shortest proof."""
        found = witnesses(test, self.facts)
        return found[0] if len(found) == 1 else min(found, key=lambda f: (len(self.roots(f)), f))

    def support(self, rule: Rule) -> tuple[Requirement, ...]:
        """Return the requirements that made a rule fire, one for each of its tests, by the shortest proofs."""
        return tuple(dict.fromkeys(self.carriers[self.witness(test)] for test in rule.tests))


class InconsistentError(Exception):
    """The requirements cannot all hold; `first` and `second` are the two that clash, `rules` how they came about."""

    def __init__(self, first: Requirement, second: Requirement, roots: frozenset[Requirement]) -> None:
        self.first, self.second, self.roots = first, second, roots
        super().__init__(f"{first.attribute} cannot be both {first.value} and {second.value}")


def assumptions(knowledge: Knowledge, stated: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Return the vocabulary's defaults for the attributes about which nothing is stated."""
    if not knowledge.assumed:
        return ()
    named = {requirement.attribute for requirement in stated}
    return tuple(
        requirement
        for name in knowledge.assumed
        if name not in named
        for requirement in read_statement(
            name, knowledge.attributes[name].assume, knowledge.attributes, origin="assumed"
        )
    )


def infer(knowledge: Knowledge, engine: Engine, stated: tuple[Requirement, ...], day: str) -> Inference:
    """Derive, wave by wave, all that follows on an ISO date; raise InconsistentError if it cannot all hold.

    In each wave all rules see the facts of the waves before it, so neither the order of rules nor that of
    requirements matters. Of several derivations of a fact the first wave's counts, and in it the one that rests
    on the fewest stated requirements.
    """
    now = _given(knowledge, (*stated, *assumptions(knowledge, stated)))
    fired: set[int] = set()
    while True:
        wave = [number for number in engine.match(now.facts) if number not in fired]
        fired.update(wave)
        rules = [knowledge.derivations[number] for number in wave]
        found = _conclusions([rule for rule in rules if rule.valid(day)], now)
        if not found:
            return now
        now = _concluded(knowledge, now, found)


def _given(knowledge: Knowledge, requirements: Iterable[Requirement]) -> Inference:
    """Return what is known before anything has been derived."""
    carriers: dict[Fact, Requirement] = {}
    distinct = []
    for requirement in requirements:
        fresh = [fact for fact in requirement.facts if fact not in carriers]
        if fresh:  # or it has been said before
            distinct.append(requirement)
            carriers.update(dict.fromkeys(fresh, requirement))
    try:
        facts = gather(distinct, knowledge.attributes)
    except ContradictionError as clash:
        old, new = carriers[clash.old], carriers[clash.new]
        raise InconsistentError(new, old, frozenset((old, new))) from None
    return Inference(tuple(distinct), facts, carriers, {})


Conclusion = tuple[Requirement, Derivation, frozenset[Requirement]]  # what, why, and on which statements


def _conclusions(rules: Iterable[Rule], now: Inference) -> list[Conclusion]:
    """Return what the rules that fired in a wave conclude, those that rest on the fewest statements first."""
    found: list[Conclusion] = []
    for rule in rules:
        supports = now.support(rule)
        base = now.rests_on(supports)
        found += [(requirement, Derivation(rule, supports), base) for requirement in rule.derives]
    return sorted(found, key=lambda one: (len(one[2]), one[1].rule.id, repr(one[0].facts)))


def _concluded(knowledge: Knowledge, now: Inference, found: list[Conclusion]) -> Inference:
    """Return what is known with the conclusions of a wave; raise InconsistentError if they do not fit in."""
    facts, carriers = dict(now.facts), dict(now.carriers)
    requirements, derivations = list(now.requirements), dict(now.derivations)
    for requirement, derivation, base in found:
        fresh = [fact for fact in requirement.facts if fact not in carriers]
        if not fresh:
            continue
        requirements.append(requirement)
        derivations[requirement] = derivation
        for fact in fresh:
            try:
                known = facts.get(fact.attribute, NOTHING)
                facts[fact.attribute] = learn(known, fact, knowledge.attributes[fact.attribute])
            except ContradictionError as clash:
                old = carriers[clash.old]
                clashing = Inference(tuple(requirements), facts, carriers, derivations)
                raise InconsistentError(requirement, old, base | clashing.rests_on((old,))) from None
            carriers[fact] = requirement
    return Inference(tuple(requirements), facts, carriers, derivations)


def close(knowledge: Knowledge, engine: Engine, facts: Facts, day: str) -> Facts:
    """Return the facts with all that follows from them on an ISO date, without the reasons.

    The same facts as `infer` finds, faster; raises ContradictionError if they cannot all hold.
    """
    fired: set[int] = set()
    while True:
        wave = [number for number in engine.match(facts) if number not in fired]
        fired.update(wave)
        before = facts
        for rule in map(knowledge.derivations.__getitem__, wave):
            for requirement in rule.derives if rule.valid(day) else ():
                facts = add(knowledge, facts, requirement)
        if facts is before:
            return facts


def add(knowledge: Knowledge, facts: Facts, requirement: Requirement) -> Facts:
    """Return the facts with those of a requirement; the same object if they are known already."""
    for fact in requirement.facts:
        known = facts.get(fact.attribute, NOTHING)
        then = learn(known, fact, knowledge.attributes[fact.attribute])
        if then != known:
            facts = {**facts, fact.attribute: then}
    return facts
