"""The whole way: requirements in, decisions out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from adjudge.engines import Engine, EngineName, engine_maker
from adjudge.inference import Inference, infer
from adjudge.judging import Decision, judge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from adjudge.facts import Requirement, Test
    from adjudge.knowledge import Knowledge, Rule

NOTES_DAY = "2021-12-31"  # the day as of which the notes speak


class Evaluation(msgspec.Struct, frozen=True):
    """What follows from a scenario's requirements on an ISO date: one decision for each need they raise."""

    day: str
    inference: Inference
    decisions: tuple[Decision, ...]


class Evaluator:
    """A knowledge base with an engine for each of its sets of rules, each made when it is first used."""

    def __init__(self, knowledge: Knowledge, engine: EngineName = "native") -> None:
        self.knowledge = knowledge
        self._make = engine_maker(engine)
        self._engines: dict[str, Engine] = {}

    def engine(self, need: str = "") -> Engine:
        """Return the engine for the rules of a need, or for the derivations if no need is named."""
        if need not in self._engines:
            rules = self.knowledge.needs[need].rules if need else self.knowledge.derivations
            self._engines[need] = self._make(rules, self.knowledge.attributes)
        return self._engines[need]

    @cached_property
    def deriving(self) -> dict[str, list[Rule]]:
        """The rules that derive something about an attribute, by attribute."""
        found: dict[str, list[Rule]] = {}
        for rule in self.knowledge.derivations:
            for name in {requirement.attribute for requirement in rule.derives}:
                found.setdefault(name, []).append(rule)
        return found

    @cached_property
    def asked(self) -> dict[str, list[Test]]:
        """The tests that derivations make on an attribute, by attribute."""
        found: dict[str, list[Test]] = {}
        for rule in self.knowledge.derivations:
            for test in rule.tests:
                found.setdefault(test.attribute, []).append(test)
        return found

    def infer(self, stated: Iterable[Requirement], day: str) -> Inference:
        """Derive all that follows; raise `inference.InconsistentError` if it cannot all hold."""
        return infer(self.knowledge, self.engine(), tuple(stated), day)

    def decide(self, inference: Inference, need: str, day: str, among: Collection[str] | None = None) -> Decision:
        """Judge one need; with `among`, as if there were no other choices than these."""
        fired = self.engine(need).match(inference.facts)
        asked = self.knowledge.needs[need]
        if among is not None:
            asked = msgspec.structs.replace(asked, candidates=tuple(c for c in asked.candidates if c in among))
        return judge(self.knowledge, asked, inference, fired, day)

    def evaluate(self, stated: Iterable[Requirement], day: str) -> Evaluation:
        """Decide every need that the requirements raise; raise `inference.InconsistentError` if they clash."""
        inference = self.infer(stated, day)
        raised = inference.facts.get("need")
        needs = [need for need in (raised.true if raised else ()) if need in self.knowledge.needs]
        return Evaluation(day, inference, tuple(self.decide(inference, need, day) for need in needs))
