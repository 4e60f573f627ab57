"""What is compared: knowledge as of a day, and what it makes of a scenario."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from adjudge.inference import InconsistentError, Inference
from adjudge.judging import Decision
from adjudge.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluator
    from adjudge.facts import Requirement
    from adjudge.knowledge import Choice, Knowledge, Rule

Status = Literal["decided", "tied", "open", "not-raised", "contradictory"]
InForce = dict[str, frozenset["Rule"]]


class Outcome(msgspec.Struct, frozen=True):
    """What becomes of a need: how far it is decided, and the choices that lead it, in the order of the decision."""

    status: Status
    leading: tuple[str, ...] = ()


class Side:
    """Knowledge as of an ISO date; the evaluator should have the native engine. Treat it as frozen."""

    def __init__(self, evaluator: Evaluator, day: str) -> None:
        self.evaluator, self.day = evaluator, day
        self._in_force: dict[str, InForce] = {}

    @property
    def knowledge(self) -> Knowledge:
        """What is known on this side."""
        return self.evaluator.knowledge

    @cached_property
    def pinned(self) -> Knowledge:
        """What is known as of the day and counts on any later one: no rule has dates, and no event is yet to come."""
        knowledge, replace = self.knowledge, msgspec.structs.replace
        choices = {name: _as_of(choice, self.day) for name, choice in knowledge.choices.items()}
        needs = {name: replace(need, rules=_valid(need.rules, self.day)) for name, need in knowledge.needs.items()}
        return replace(knowledge, choices=choices, needs=needs, derivations=_valid(knowledge.derivations, self.day))

    def in_force(self, need: str = "") -> InForce:
        """Return by id the rules of a need, or those that derive, that count on the day, without their dates."""
        if need not in self._in_force:
            found: dict[str, set[Rule]] = {}
            for rule in rules_of(self.pinned, need):
                found.setdefault(rule.id, set()).add(rule)
            self._in_force[need] = {name: frozenset(rules) for name, rules in found.items()}
        return self._in_force[need]


def rules_of(knowledge: Knowledge, need: str) -> tuple[Rule, ...]:
    """Return the rules of a need, or those that derive if it is empty; none of a need that is not known."""
    if not need:
        return knowledge.derivations
    return knowledge.needs[need].rules if need in knowledge.needs else ()


def _as_of(choice: Choice, day: str) -> Choice:
    """Return a choice with only what had happened to it by a day."""
    if all(event.date <= day for event in choice.lifecycle):
        return choice
    return msgspec.structs.replace(choice, lifecycle=tuple(one for one in choice.lifecycle if one.date <= day))


def _valid(rules: Iterable[Rule], day: str) -> tuple[Rule, ...]:
    """Return the rules that count on a day, as rules that count on any."""
    return tuple(
        msgspec.structs.replace(rule, since="", until="") if rule.since or rule.until else rule
        for rule in rules
        if rule.valid(day)
    )


class View(msgspec.Struct, frozen=True):
    """What follows from a scenario on a side, by need; `inference` is None if the statements contradict each other."""

    inference: Inference | None
    decisions: dict[str, Decision]

    def outcome(self, need: str) -> Outcome:
        """Return what becomes of a need."""
        if self.inference is None:
            return Outcome("contradictory")
        decision = self.decisions.get(need)
        return Outcome(decision.status, decision.leading) if decision else Outcome("not-raised")


def look(side: Side, stated: Iterable[Requirement], need: str = "", *, unraised: bool = False) -> View:
    """Decide the needs that statements raise, or one only; with `unraised`, that one even if nothing raises it."""
    try:
        inference = side.evaluator.infer(stated, side.day)
    except InconsistentError:
        return View(None, {})
    raised = inference.facts.get("need")
    wanted = {one for one in (raised.true if raised else ()) if need in ("", one)} | ({need} if unraised else set())
    needs = sorted(wanted & side.knowledge.needs.keys())
    return View(inference, {one: side.evaluator.decide(inference, one, side.day) for one in needs})


def outcome_document(one: Outcome) -> dict[str, Any]:
    """Return an outcome as plain values."""
    return {"status": one.status, "leading": list(one.leading)}


def say_outcome(knowledge: Knowledge, one: Outcome) -> str:
    """Say what becomes of a need: `Amazon Athena`, `a tie of alder and birch`, `nothing fits`."""
    if one.status == "open":
        return "nothing fits"
    if one.status == "not-raised":
        return "this does not have to be decided"
    if one.status == "contradictory":
        return "what is stated contradicts itself"
    names = listed([knowledge.name(choice) for choice in one.leading])
    return f"a tie of {names}" if one.status == "tied" else names
