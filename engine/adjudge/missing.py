"""What is not known, and whether knowing it would change a decision.

Every value of an unknown attribute that some rule tells apart is tried out, alone, by a complete evaluation. So
"would change" is proved by an example, and "would not change" holds for one further answer, not for several at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from adjudge.facts import NOTHING, Facts, Requirement, Test, outcome
from adjudge.inference import InconsistentError
from adjudge.quantities import LIMIT, show_quantity
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    knowledge = evaluator.knowledge
    facts = evaluation.inference.facts
    stated = [r for r in evaluation.inference.requirements if r.origin in ("stated", "read")]
    found = []
    for name in sorted(_open_attributes(knowledge, decision.need, facts)):
        attribute = knowledge.attributes[name]
        outcomes: dict[tuple[str, ...], Any] = {}
        for answer in _answers(knowledge, name, decision.need, facts):
            then = _what_if(evaluator, evaluation, decision, stated, name, answer)
            if then is not None and then != decision.leading:
                outcomes.setdefault(then, answer)
        found.append(Missing(name, attribute.question, tuple((answer, then) for then, answer in outcomes.items())))
    return tuple(sorted(found, key=lambda one: (not one.would_change, one.attribute)))


def _what_if(
    evaluator: Evaluator, evaluation: Evaluation, decision: Decision, stated: list[Requirement], name: str, answer: Any
) -> tuple[str, ...] | None:
    """Return the leading choices if the answer were stated as well, or None if it cannot be true."""
    try:
        more = read_statement(name, answer, evaluator.knowledge.attributes)
        inference = evaluator.infer((*stated, *more), evaluation.day)
    except InconsistentError:
        return None
    return evaluator.decide(inference, decision.need, evaluation.day).leading


def _open_attributes(knowledge: Knowledge, need: str, facts: Facts) -> set[str]:
    """Return the attributes whose unknown side keeps a rule from firing that bears on the need."""
    found: set[str] = set()
    wanted: set[str] = {"goal"} & knowledge.attributes.keys()
    for rule in knowledge.needs[need].rules:
        wanted.update(_open_tests(knowledge, rule, facts))
    while wanted:
        name = wanted.pop()
        if name in found or name == "need":
            continue
        found.add(name)
        for rule in knowledge.derivations:
            if any(requirement.attribute == name for requirement in rule.derives):
                wanted.update(_open_tests(knowledge, rule, facts))
    return found


def _open_tests(knowledge: Knowledge, rule: Rule, facts: Facts) -> list[str]:
    """Return the attributes of the tests that are still open; none if one test has failed, for it stays so."""
    outcomes = [outcome(test, facts, knowledge.attributes[test.attribute]) for test in rule.tests]
    if any(one.state == "failed" for one in outcomes):
        return []
    return [one.test.attribute for one in outcomes if one.state == "open"]


def _answers(knowledge: Knowledge, name: str, need: str, facts: Facts) -> Iterator[Any]:
    """Yield one answer for each class of values that the rules tell apart, as written in a scenario."""
    attribute = knowledge.attributes[name]
    tests = [t for rules in (knowledge.needs[need].rules, knowledge.derivations) for r in rules for t in r.tests if t.attribute == name]
    known = facts.get(name, NOTHING)
    if attribute.kind == "boolean":
        if not known.true:
            yield True
            yield False
    elif attribute.kind == "quantity":
        yield from _amounts(tests, known.least, known.most, attribute.unit)
    else:
        told = sorted({value for test in tests for value in test.asked}) if name != "goal" else sorted(attribute.values)
        for value in told:
            if value not in known.true and value not in known.false:
                yield value
        if attribute.kind == "single" and not known.true:
            other = sorted(set(attribute.values) - {v for t in tests for v in t.yes} - set(known.false))
            yield from other[:1]
        for value in told:
            if any(value in test.no for test in tests) and value not in known.true and value not in known.false:
                yield {"not": value}


def _amounts(tests: Iterable[Test], least: int | None, most: int | None, unit: str) -> Iterator[str]:
    """Yield one amount from each stretch between the bounds that tests set."""
    edges = {t.bound for t in tests} | {t.bound + (1 if t.relation == "at-most" else -1) for t in tests}
    low, high = least if least is not None else 0, most if most is not None else LIMIT
    if low == high:
        return
    for amount in sorted(edge for edge in edges if low <= edge <= high):
        yield show_quantity(amount, unit)
