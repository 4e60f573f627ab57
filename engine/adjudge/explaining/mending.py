"""Which changes of a scenario would make a choice viable, or keep it from being beaten: searched for, and verified."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from adjudge.explaining.obstacles import supported
from adjudge.explaining.ways import Statements, contraries, setting, ways_to_fire
from adjudge.facts import Fact, Requirement
from adjudge.inference import InconsistentError
from adjudge.judging import VerdictName
from adjudge.words import show_requirement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.inference import Inference
    from adjudge.judging import Argument, Decision, Verdict

TRIES = 600  # scenarios that are tried out; well below a second for the shipped rules

VIABLE: tuple[VerdictName, ...] = ("recommended", "beaten")
UNBEATEN: tuple[VerdictName, ...] = ("recommended",)


class Change(msgspec.Struct, frozen=True):
    """What is no longer stated of an attribute, and what is stated of it in its place or in addition."""

    attribute: str
    before: Statements
    after: Statements


class Mending(msgspec.Struct, frozen=True):
    """Changes after which a choice has a better verdict, and that verdict; `statements` are all that is then stated.

    `leads` tells whether it is then decided for, `beaten_by` what is then put above it.
    """

    changes: tuple[Change, ...]
    statements: Statements
    verdict: VerdictName
    leads: bool
    beaten_by: tuple[str, ...]


class Search(msgspec.Struct, frozen=True):
    """The mending that was found, if any, how many scenarios were tried, and whether the search came to its end."""

    mending: Mending | None
    tried: int
    ended: bool


class Tried(NamedTuple):
    """What follows from statements, or which of them clash."""

    inference: Inference | None
    decision: Decision | None
    clash: frozenset[Requirement]


def settings(mending: Mending, evaluator: Evaluator) -> list[tuple[str, str]]:
    """Return the options that make the changes on the command line: `("--set", "data.store=s3")`."""
    found = []
    for name in dict.fromkeys(one.attribute for one in mending.changes):
        stated = [one for one in mending.statements if one.attribute == name]
        said = setting(stated, evaluator.knowledge.attributes[name]) if stated else name
        found.append(("--set" if stated else "--unset", said))
    return found


class Mender:
    """Looks for changes that give a choice a better verdict, few, and first those of what nobody has stated.

    The scenario is changed step by step, the cheapest scenario first. A step undoes the first thing that is in the way:
    statements that clash, then what rejects the choice, then that nothing speaks for it, then that the need has gone,
    then what it is beaten by. `evaluator` should have the native engine.
    """

    def __init__(self, evaluator: Evaluator, evaluation: Evaluation, decision: Decision, choice: str) -> None:
        self.evaluator, self.day, self.choice = evaluator, evaluation.day, choice
        self.attributes, self.need = evaluator.knowledge.attributes, decision.need
        self.raised = decision.raised is not None
        self.rules = [r for r in evaluator.knowledge.needs[self.need].rules if r.valid(self.day)]
        given = [one for one in evaluation.inference.requirements if one.origin != "derived"]
        self.stated = tuple(one for one in given if one.origin != "assumed")
        self.assumed = {one.attribute for one in given if one.origin == "assumed"}

    def search(self, wanted: Collection[VerdictName] = VIABLE, tries: int = TRIES) -> Search:
        """Return the cheapest changes found that lead to a wanted verdict, having tried at most so many scenarios."""
        waiting = [(self._cost(self.stated), self.stated)]
        seen = {frozenset(self.stated)}
        tried = 0
        while waiting and tried < tries:
            _, now = heapq.heappop(waiting)
            tried += 1
            found = self._try(now)
            if self._reached(found, wanted):
                return Search(self._mending(self._thinned(now, wanted)), tried, ended=True)
            for then in self._steps(now, found):
                if frozenset(then) not in seen:
                    seen.add(frozenset(then))
                    heapq.heappush(waiting, (self._cost(then), then))
        return Search(None, tried, ended=not waiting)

    def _cost(self, now: Statements) -> tuple[int, int, int, int, int, tuple[str, ...]]:
        """Return how much has been changed of what was stated, read, and assumed, then how much else was touched.

        Attributes come before statements, so that a value is replaced rather than another one added; words break ties.
        """
        gone = [one.origin for one in self.stated if one not in now]
        added = [one for one in now if one not in self.stated]
        replaced = self.assumed & {one.attribute for one in added}
        touched = {one.attribute for one in (*added, *(one for one in self.stated if one not in now))}
        words = tuple(map(show_requirement, now))
        return gone.count("stated"), gone.count("read"), len(replaced), len(touched), len(added), words

    def _try(self, now: Statements) -> Tried:
        try:
            inference = self.evaluator.infer(now, self.day)
        except InconsistentError as error:
            return Tried(None, None, error.roots)
        return Tried(inference, self.evaluator.decide(inference, self.need, self.day), frozenset())

    def _verdict(self, decision: Decision) -> Verdict:
        return next(one for one in decision.verdicts if one.choice == self.choice)

    def _gone(self, inference: Inference) -> bool:
        return self.raised and not inference.raises(self.need)

    def _reached(self, found: Tried, wanted: Collection[VerdictName]) -> bool:
        if found.inference is None or found.decision is None or self._gone(found.inference):
            return False
        return self._verdict(found.decision).verdict in wanted

    def _steps(self, now: Statements, found: Tried) -> Iterator[Statements]:
        if found.inference is None or found.decision is None:
            yield from self._without(now, found.clash)
            return
        verdict = self._verdict(found.decision)
        if verdict.closed:
            yield from self._firing(now, found.inference, "keep", self.choice)
        elif verdict.verdict == "rejected":
            yield from self._without(now, verdict.against[0].stated)
        elif not supported(verdict):
            yield from self._firing(now, found.inference, "recommend", self.choice)
        elif self._gone(found.inference):
            need = Fact("need", "is", self.need)
            yield (*now, Requirement("need", self.need, (need,)))
        else:
            yield from self._unbeaten(now, found.inference, found.decision, verdict.against[0])

    def _without(self, now: Statements, roots: Iterable[Requirement]) -> Iterator[Statements]:
        """Yield the statements without one of some roots that the scenario states, or with another for a default."""
        for root in sorted(roots, key=repr):
            if root in self.stated:
                yield tuple(one for one in now if one != root)
            elif root.origin == "assumed":
                yield from ((*now, *said) for said in contraries(root, self.attributes[root.attribute]))

    def _firing(self, now: Statements, inference: Inference, kind: str, choice: str) -> Iterator[Statements]:
        """Yield the statements with what makes one more rule of a kind fire on a choice, and not against ours."""
        for rule in self.rules:
            if rule.kind == kind and choice in rule.subjects and (kind != "reject" or self.choice not in rule.subjects):
                for said in ways_to_fire(rule, inference.facts, self.attributes):
                    yield tuple(dict.fromkeys((*now, *said)))

    def _unbeaten(
        self, now: Statements, inference: Inference, decision: Decision, loss: Argument
    ) -> Iterator[Statements]:
        """Yield the statements without what puts another choice above ours, or with what rejects that choice."""
        yield from self._without(now, loss.stated)
        yield from self._firing(now, inference, "reject", loss.choice)
        winner = next(one for one in decision.verdicts if one.choice == loss.choice)
        for argument in winner.arguments:
            if argument.rule.kind == "recommend":
                yield from self._without(now, argument.stated)

    def _thinned(self, now: Statements, wanted: Collection[VerdictName]) -> Statements:
        """Take back the changes that turn out not to be needed."""
        for one in [one for one in now if one not in self.stated]:
            without = tuple(other for other in now if other != one)
            if self._reached(self._try(without), wanted):
                now = without
        for one in [one for one in self.stated if one not in now]:
            if self._reached(self._try((*now, one)), wanted):
                now = (*now, one)
        return now

    def _mending(self, now: Statements) -> Mending:
        decision = self._try(now).decision
        if decision is None:
            raise ValueError("the statements clash")
        verdict = self._verdict(decision)
        gone = [one for one in self.stated if one not in now]
        added = [one for one in now if one not in self.stated]
        changes = [
            Change(
                name,
                tuple(one for one in gone if one.attribute == name),
                tuple(one for one in added if one.attribute == name),
            )
            for name in dict.fromkeys(one.attribute for one in (*gone, *added))
        ]
        beaten_by = tuple(dict.fromkeys(one.choice for one in verdict.against if one.rival == self.choice))
        return Mending(
            tuple(sorted(changes, key=lambda one: (bool(one.before), one.attribute))),
            now,
            verdict.verdict,
            self.choice in decision.leading,
            beaten_by,
        )
