"""What is not known, and whether knowing it would change a decision.

Every value of an unknown attribute that some rule tells apart is tried out, alone, by a complete evaluation. So
"would change" is proved by an example, and "would not change" holds for one further answer, not for several at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from adjudge.answers_apart import Worth, answers_apart
from adjudge.facts import NOTHING, ContradictionError, Facts, Known, Requirement, gather, outcome
from adjudge.inference import InconsistentError, add, close
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.judging import Decision
    from adjudge.knowledge import Knowledge, Rule


class Missing(msgspec.Struct, frozen=True):
    """An attribute about which more could be said, and what each telling answer would lead to.

    `outcomes` maps an answer, as it would be written in a scenario, to the leading choices it would bring; only
    answers that would change the decision are in it.
    """

    attribute: str
    question: str
    outcomes: tuple[tuple[Any, tuple[str, ...]], ...]

    @property
    def would_change(self) -> bool:
        """Tell whether some answer would change the decision."""
        return bool(self.outcomes)


def missing(evaluator: Evaluator, evaluation: Evaluation, decision: Decision) -> tuple[Missing, ...]:
    """Return the attributes that could still matter for a decision, those that would change it first.

    `evaluator` should have the native engine: it is asked some hundred times.
    """
    asked = WhatIf(evaluator, evaluation, decision)
    knowledge, facts = evaluator.knowledge, evaluation.inference.facts
    found = []
    for name in sorted(_open_attributes(evaluator, evaluation, decision)):
        outcomes: dict[tuple[str, ...], Any] = {}
        for alike in answers(evaluator, name, decision, None if asked.assumes(name) else facts.get(name, NOTHING)):
            tried = ((one, asked.what_if(name, one)) for one in alike)
            answer, then = next((one for one in tried if one[1] is not None), (None, None))
            if then is not None and then != decision.leading:
                outcomes.setdefault(then, answer)
        question = knowledge.attributes[name].question
        found.append(Missing(name, question, tuple((answer, then) for then, answer in outcomes.items())))
    return tuple(sorted(found, key=lambda one: (not one.would_change, one.attribute)))


class WhatIf:
    """A decision, ready to be asked what it would be if one more thing were stated."""

    def __init__(self, evaluator: Evaluator, evaluation: Evaluation, decision: Decision) -> None:
        self.evaluator, self.day, self.decision = evaluator, evaluation.day, decision
        self.stated = [one for one in evaluation.inference.requirements if one.origin in ("stated", "read")]
        self.facts, self.carriers = evaluation.inference.facts, evaluation.inference.carriers
        self.fired = evaluator.engine(decision.need).match(self.facts)
        self.derived = frozenset(evaluator.engine().match(self.facts))
        rules = [evaluator.knowledge.needs[decision.need].rules[number] for number in self.fired]
        rules += [evaluator.knowledge.derivations[number] for number in self.derived]
        self.resting = {"goal", *(test.attribute for rule in rules for test in rule.tests)}

    def assumes(self, name: str) -> bool:
        """Tell whether all that is known of an attribute is its default, which any statement about it replaces."""
        return name in self.evaluator.knowledge.assumed and all(one.attribute != name for one in self.stated)

    def what_if(self, name: str, answer: Any) -> tuple[str, ...] | None:
        """Return the leading choices if the answer were stated as well, or None if it cannot be true.

        None lead where the answer takes the place of a default from which the need arose.
        """
        evaluator, need = self.evaluator, self.decision.need
        more = read_statement(name, answer, evaluator.knowledge.attributes)
        try:
            if name not in evaluator.knowledge.assumed and not self._bears(more):
                return self.decision.leading
            inference = evaluator.infer((*self.stated, *more), self.day)
        except (ContradictionError, InconsistentError):
            return None
        return evaluator.decide(inference, need, self.day).leading if inference.raises(need) else ()

    def _bears(self, more: list[Requirement]) -> bool:
        """Tell whether more requirements could change the decision.

        They do not if no other rule of the need fires, nothing changes about what the fired rules rest on, and nothing
        that is known already is derived anew, perhaps from fewer statements.
        """
        evaluator = self.evaluator
        facts = self.facts
        for requirement in more:
            facts = add(evaluator.knowledge, facts, requirement)
        facts = close(evaluator.knowledge, evaluator.engine(), facts, self.day)
        touched = {one.attribute for one in more}.union(name for name in facts if facts[name] != self.facts.get(name))
        if touched & self.resting or evaluator.engine(self.decision.need).match(facts) != self.fired:
            return True
        further = [n for n in evaluator.engine().match(facts) if n not in self.derived]
        derived = (one for number in further for one in evaluator.knowledge.derivations[number].derives)
        return any(fact in self.carriers for one in derived for fact in one.facts)


def _open_attributes(evaluator: Evaluator, evaluation: Evaluation, decision: Decision) -> set[str]:
    """Return the attributes whose unknown side keeps a rule from firing that bears on the decision.

    Defaults count as unknown, for a statement takes the place of each.
    """
    knowledge = evaluator.knowledge
    facts = _without_defaults(evaluator, evaluation)
    out = _out_for_good(decision)
    found: set[str] = set()
    wanted: set[str] = {"goal"} & knowledge.attributes.keys()
    for rule in knowledge.needs[decision.need].rules:
        if rule.valid(evaluation.day) and _matters(rule, out):
            wanted.update(_open_tests(knowledge, rule, facts))
    while wanted:
        name = wanted.pop()
        if name in found or name == "need":
            continue
        found.add(name)
        for rule in evaluator.deriving.get(name, ()):
            if rule.valid(evaluation.day):
                wanted.update(_open_tests(knowledge, rule, facts))
    return found


def _without_defaults(evaluator: Evaluator, evaluation: Evaluation) -> Facts:
    """Return what is known of a scenario if no default is assumed."""
    inference = evaluation.inference
    if all(one.origin != "assumed" for one in inference.requirements):
        return inference.facts
    stated = [one for one in inference.requirements if one.origin in ("stated", "read")]
    return close(
        evaluator.knowledge, evaluator.engine(), gather(stated, evaluator.knowledge.attributes), evaluation.day
    )


def _out_for_good(decision: Decision) -> set[str]:
    """Return the choices that are rejected whatever else is stated: not only because of something assumed."""
    return {
        verdict.choice
        for verdict in decision.verdicts
        if verdict.closed
        or any(a.rule.kind == "reject" and all(r.origin != "assumed" for r in a.stated) for a in verdict.against)
    }


def _matters(rule: Rule, out: set[str]) -> bool:
    """Tell whether a rule, should it fire, could change a decision in which some choices are out for good."""
    if rule.kind == "advise" or out.issuperset(rule.subjects):
        return rule.kind == "keep"  # the one way in which what is closed can come back
    return not rule.over or not out.issuperset(rule.over)


def _open_tests(knowledge: Knowledge, rule: Rule, facts: Facts) -> list[str]:
    """Return the attributes of the tests that are still open; none if one test has failed, for it stays so."""
    outcomes = [outcome(test, facts, knowledge.attributes[test.attribute]) for test in rule.tests]
    if any(one.state == "failed" for one in outcomes):
        return []
    return [one.test.attribute for one in outcomes if one.state == "open"]


def answers(evaluator: Evaluator, name: str, decision: Decision, known: Known | None) -> Iterator[list[Any]]:
    """Yield the possible answers, as written in a scenario, in lists of those that the rules do not tell apart.

    `known` is what is known of the attribute already; None if that is only its default, which any answer replaces.
    """
    own = (t for rule in evaluator.knowledge.needs[decision.need].rules for t in rule.tests if t.attribute == name)
    tests = list(dict.fromkeys((*own, *evaluator.asked.get(name, ()))))
    worth = Worth(tests, untested=_goals_count(decision), replaces=known is None)
    return answers_apart(evaluator.knowledge.attributes[name], known or NOTHING, worth)


def _goals_count(decision: Decision) -> bool:
    """Tell whether a goal that no rule asks for could change the order: only among choices of equal weight."""
    weights = [verdict.weight for verdict in decision.verdicts if verdict.verdict == "recommended"]
    return weights.count(max(weights, default=0)) > 1
