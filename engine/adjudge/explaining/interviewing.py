"""An interview: what is known so far, whether anything matters yet, and what to ask next.

All values are immutable: to go back is to use an earlier one.
"""

from __future__ import annotations

from collections import Counter
from math import log2
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from adjudge.evaluation import Evaluation
from adjudge.explaining.outlook import outlook
from adjudge.facts import NOTHING, Known, Requirement, gather
from adjudge.missing import WhatIf, answers
from adjudge.quantities import show_quantity
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from adjudge.evaluation import Evaluator
    from adjudge.explaining.outlook import Outlook
    from adjudge.inference import Inference
    from adjudge.judging import Decision
    from adjudge.knowledge import Knowledge, Rule
    from adjudge.vocabulary import Attribute

Reason = Literal["", "settled", "nothing-left"]

_TRIED = 8  # questions whose answers are tried out, those on which most hangs
_ANSWERS = 12  # answers of each that are tried out


class Interview(msgspec.Struct, frozen=True):
    """What has been said about one need: statements as a scenario writes them, and what could not be told."""

    need: str
    day: str
    said: dict[str, Any]
    declined: tuple[str, ...] = ()

    def answered(self, name: str, said: Any) -> Interview:
        """Return the interview with an answer."""
        return msgspec.structs.replace(self, said={**self.said, name: said})

    def without(self, name: str) -> Interview:
        """Return the interview with a question to which the answer is not known."""
        return msgspec.structs.replace(self, declined=(*self.declined, name))

    def requirements(self, knowledge: Knowledge) -> tuple[Requirement, ...]:
        """Return what has been said as requirements; raise MisfitError if it does not fit the vocabulary."""
        return tuple(one for name, said in self.said.items() for one in read_statement(name, said, knowledge.attributes))


class Question(msgspec.Struct, frozen=True):
    """A question, the rules of the need that hang on it, and what single answers would lead to.

    `values` are the ids of the values that may be answered, the first `telling` of which some rule asks for.
    """

    attribute: Attribute
    values: tuple[str, ...]
    telling: int
    outcomes: tuple[tuple[Any, tuple[str, ...]], ...]
    rules: tuple[Rule, ...]


class Turn(msgspec.Struct, frozen=True):
    """Where an interview stands: the decision as it would be now, and the next question or why there is none.

    It is `settled` if no answer can change what leads, not even to a question to which the answer is not known;
    `nothing-left` if only such an answer could.
    """

    evaluation: Evaluation
    leaders: tuple[str, ...]
    question: Question | None
    reason: Reason

    @property
    def decision(self) -> Decision:
        """The decision on the need."""
        return self.evaluation.decisions[0]


def begin(knowledge: Knowledge, need: str, day: str, known: Iterable[Requirement] = ()) -> Interview:
    """Return an interview about a need in which something is known from the start."""
    said = statements(knowledge.attributes, known)
    needs = [*listed(said.get("need", ())), need]
    return Interview(need, day, {**said, "need": list(dict.fromkeys(needs)) if len(set(needs)) > 1 else need})


def turn(evaluator: Evaluator, interview: Interview) -> Turn:
    """Tell where an interview stands; raise InconsistentError or ContradictionError if what was said cannot be."""
    inference = evaluator.infer(interview.requirements(evaluator.knowledge), interview.day)
    decision = evaluator.decide(inference, interview.need, interview.day)
    evaluation = Evaluation(interview.day, inference, (decision,))
    ahead = outlook(evaluator, inference, interview.need, interview.day, interview.declined)
    askable = [name for name in evaluator.knowledge.attributes if name in ahead.hanging and _unknown(inference, name)]
    if not askable:
        settled = outlook(evaluator, inference, interview.need, interview.day).settled
        return Turn(evaluation, ahead.leaders, None, "settled" if settled else "nothing-left")
    return Turn(evaluation, ahead.leaders, _most_telling(evaluator, evaluation, ahead, askable), "")


def _unknown(inference: Inference, name: str) -> bool:
    """Tell whether nothing is known of an attribute but its default."""
    return name not in inference.facts or all(
        inference.carriers[fact].origin == "assumed" for fact in inference.facts[name].facts(name)
    )


def _most_telling(evaluator: Evaluator, evaluation: Evaluation, ahead: Outlook, names: list[str]) -> Question:
    """Return the question whose answers, each taken alone, lead to the most different choices.

    Only the questions on which the most choices hang are tried out. Ties go to more choices, then to the
    vocabulary's order.
    """
    leaders = set(ahead.leaders)
    weight = {name: len(leaders.intersection(*[_concerned(ahead.hanging[name])])) for name in names}
    first = sorted(names, key=lambda name: -weight[name])[:_TRIED]
    tried = {name: _outcomes(evaluator, evaluation, name) for name in first}
    best = max(first, key=lambda name: (_entropy(tried[name]), weight[name], -names.index(name)))
    attribute, rules = evaluator.knowledge.attributes[best], ahead.hanging[best]
    values = _values(evaluator, attribute, rules)
    changing = tuple(one for one in tried[best] if one[1] != evaluation.decisions[0].leading)
    return Question(attribute, *values, changing, rules)


def _concerned(rules: Iterable[Rule]) -> set[str]:
    return {choice for rule in rules for choice in (*rule.subjects, *rule.over)}


def _entropy(outcomes: Iterable[tuple[Any, tuple[str, ...]]]) -> float:
    """Return how well answers that are all as likely tell apart what they lead to, in bits."""
    counts = Counter(leading for _, leading in outcomes)
    total = sum(counts.values())
    return -sum(n / total * log2(n / total) for n in counts.values())


def _outcomes(evaluator: Evaluator, evaluation: Evaluation, name: str) -> list[tuple[Any, tuple[str, ...]]]:
    """Return what some answers lead to, one for each set of answers that the rules do not tell apart."""
    decision = evaluation.decisions[0]
    what_if = WhatIf(evaluator, evaluation, decision)
    known = None if what_if.assumes(name) else NOTHING
    found = []
    for alike in list(answers(evaluator, name, decision, known))[:_ANSWERS]:
        tried = ((one, what_if.what_if(name, one)) for one in alike)
        answer, leading = next((one for one in tried if one[1] is not None), (None, None))
        if leading is not None:
            found.append((answer, leading))
    return found


def _values(evaluator: Evaluator, attribute: Attribute, rules: Iterable[Rule]) -> tuple[tuple[str, ...], int]:
    """Return the values of an attribute, first those of which a rule asks that matters, and how many these are."""
    asked = (test for test in evaluator.asked.get(attribute.id, ()))
    own = (test for rule in rules for test in rule.tests if test.attribute == attribute.id)
    named = {value for test in (*own, *asked) for value in test.asked}
    telling = [value for value in attribute.values if value in named]
    return (*telling, *(value for value in attribute.values if value not in named)), len(telling)


# --- statements as a scenario writes them -------------------------------------------------------------------------


def listed(said: Any) -> list[Any]:
    """Return the values that a statement lists as true."""
    if isinstance(said, dict):
        said = said.get("is", [])
    return list(said) if isinstance(said, list | tuple) else [said]


def statements(attributes: Mapping[str, Attribute], known: Iterable[Requirement]) -> dict[str, Any]:
    """Write requirements as a scenario states them, each attribute once."""
    known = list(known)
    facts = gather(known, attributes)
    return {
        name: _single([one for one in known if one.attribute == name]) or _statement(attributes[name], facts[name])
        for name in dict.fromkeys(one.attribute for one in known)
    }


def _single(said: list[Requirement]) -> Any:
    """Return what was said where that is one thing, so that it stays as it was written; else None."""
    return said[0].value if len(said) == 1 and not isinstance(said[0].value, bool) else None


def _statement(attribute: Attribute, known: Known) -> Any:
    if attribute.kind == "boolean":
        return known.true == ("true",)
    if attribute.kind == "quantity":
        bounds = {"at-least": known.least, "at-most": known.most}
        return {key: show_quantity(bound, attribute.unit) for key, bound in bounds.items() if bound is not None}
    return {key: list(values) for key, values in (("is", known.true), ("not", known.false)) if values}
