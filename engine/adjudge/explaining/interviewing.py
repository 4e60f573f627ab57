"""An interview: what is known so far, whether anything matters yet, and what to ask next.

All values are immutable: to go back is to use an earlier one.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from math import log2
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from adjudge.evaluation import Evaluation
from adjudge.explaining.outlook import outlook
from adjudge.facts import NOTHING, Known, Requirement, gather
from adjudge.inference import InconsistentError
from adjudge.knowledge import Rule
from adjudge.missing import WhatIf, answers
from adjudge.quantities import show_quantity
from adjudge.statements import read_statement
from adjudge.vocabulary import Attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from adjudge.evaluation import Evaluator
    from adjudge.explaining.outlook import Outlook
    from adjudge.inference import Inference
    from adjudge.judging import Decision
    from adjudge.knowledge import Knowledge

Outcome = tuple[Any, tuple[str, ...]]  # an answer, as a scenario writes it, and what would lead
Reason = Literal["", "settled", "nothing-left"]

_TRIED = 8  # questions whose answers are tried out, those on which most hangs
_ANSWERS = 12  # answers of each that are tried out


class Interview(msgspec.Struct, frozen=True):
    """What has been said about one need: statements as a scenario writes them, and what could not be told."""

    need: str
    day: str
    said: dict[str, Any]
    declined: tuple[str, ...] = ()

    def answered(self, attribute: Attribute, said: Any) -> Interview:
        """Return the interview with an answer, which takes the place of what it says more precisely."""
        if attribute.id in self.said:
            said = _merged(attribute, self.said[attribute.id], said)
        return msgspec.structs.replace(self, said={**self.said, attribute.id: said})

    def without(self, name: str) -> Interview:
        """Return the interview with a question to which the answer is not known."""
        return msgspec.structs.replace(self, declined=(*self.declined, name))

    def requirements(self, knowledge: Knowledge) -> tuple[Requirement, ...]:
        """Return what has been said as requirements; raise MisfitError if it does not fit the vocabulary."""
        return tuple(
            one for name, said in self.said.items() for one in read_statement(name, said, knowledge.attributes)
        )


class Question(msgspec.Struct, frozen=True):
    """A question, the rules of the need that hang on it, and what single answers would lead to.

    `values` are the ids of the values that may be answered, the first `telling` of which some rule asks for; `leaders`
    are the choices that may lead yet. `known` are the values that are known to be so, if it is asked more precisely.
    """

    attribute: Attribute
    values: tuple[str, ...]
    telling: int
    outcomes: tuple[Outcome, ...]
    rules: tuple[Rule, ...]
    leaders: tuple[str, ...]
    known: tuple[str, ...] = ()


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
    vocabulary = evaluator.knowledge.attributes
    askable = [name for name in vocabulary if name in ahead.hanging and _open(inference, ahead, name)]
    if askable:
        question = _most_telling(_Asking(evaluator, interview, evaluation, ahead), askable)
        return Turn(evaluation, ahead.leaders, question, "")
    settled = outlook(evaluator, inference, interview.need, interview.day).settled
    return Turn(evaluation, ahead.leaders, None, "settled" if settled else "nothing-left")


def _open(inference: Inference, ahead: Outlook, name: str) -> bool:
    """Tell whether nothing is known of an attribute but its default, or it is not known precisely."""
    known = inference.facts.get(name, NOTHING).facts(name)
    return name in ahead.finer or all(inference.carriers[fact].origin == "assumed" for fact in known)


class _Asking(NamedTuple):
    """What questions are chosen by."""

    evaluator: Evaluator
    interview: Interview
    evaluation: Evaluation
    ahead: Outlook


def _most_telling(asking: _Asking, names: list[str]) -> Question:
    """Return the question whose answers, each taken alone, lead to the most different choices.

    Only the questions on which the most choices hang are tried out. Ties go to more choices, then to the
    vocabulary's order.
    """
    ahead, attributes = asking.ahead, asking.evaluator.knowledge.attributes
    leaders = set(ahead.leaders)
    weight = {name: len(leaders & _concerned(ahead.hanging[name])) for name in names}
    first = sorted(names, key=lambda name: -weight[name])[:_TRIED]
    tried = {name: _outcomes(asking, attributes[name]) for name in first}
    best = max(first, key=lambda name: (_entropy(tried[name]), weight[name], -names.index(name)))
    return Question(
        attributes[best],
        *_values(asking, attributes[best]),
        tuple(one for one in tried[best] if one[1] != asking.evaluation.decisions[0].leading),
        ahead.hanging[best],
        ahead.leaders,
        tuple(listed(asking.interview.said[best])) if best in ahead.finer else (),
    )


def _concerned(rules: Iterable[Rule]) -> set[str]:
    return {choice for rule in rules for choice in (*rule.subjects, *rule.over)}


def _entropy(outcomes: Iterable[Outcome]) -> float:
    """Return how well answers that are all as likely tell apart what they lead to, in bits."""
    counts = Counter(leading for _, leading in outcomes)
    total = sum(counts.values())
    return -sum(n / total * log2(n / total) for n in counts.values())


def _outcomes(asking: _Asking, attribute: Attribute) -> list[Outcome]:
    """Return what some answers lead to, one for each set of answers that the rules do not tell apart."""
    evaluator, evaluation, decision = asking.evaluator, asking.evaluation, asking.evaluation.decisions[0]
    name = attribute.id
    if name in asking.ahead.finer:
        finer = asking.ahead.finer[name][:_ANSWERS]
        told = [(value, _leading(evaluator, asking.interview.answered(attribute, value))) for value in finer]
        return [(value, then) for value, then in told if then is not None]
    what_if = WhatIf(evaluator, evaluation, decision)
    found = []
    for alike in islice(answers(evaluator, name, decision, None if what_if.assumes(name) else NOTHING), _ANSWERS):
        tried = ((one, what_if.what_if(name, one)) for one in alike)
        answer, leading = next((one for one in tried if one[1] is not None), (None, None))
        if leading is not None:
            found.append((answer, leading))
    return found


def _leading(evaluator: Evaluator, interview: Interview) -> tuple[str, ...] | None:
    """Return what leads, or None if what has been said cannot all be."""
    try:
        inference = evaluator.infer(interview.requirements(evaluator.knowledge), interview.day)
    except InconsistentError:
        return None
    return evaluator.decide(inference, interview.need, interview.day).leading


def _values(asking: _Asking, attribute: Attribute) -> tuple[tuple[str, ...], int]:
    """Return the values that may be answered, first those of which a rule asks, and how many these are."""
    rules = asking.ahead.hanging[attribute.id]
    own = (test for rule in rules for test in rule.tests if test.attribute == attribute.id)
    named = {value for test in (*own, *asking.evaluator.asked.get(attribute.id, ())) for value in test.asked}
    offered = asking.ahead.finer.get(attribute.id) or tuple(attribute.values)
    telling = [value for value in offered if value in named]
    return (*telling, *(value for value in offered if value not in named)), len(telling)


# --- statements as a scenario writes them -------------------------------------------------------------------------


def listed(said: Any) -> list[Any]:
    """Return the values that a statement lists as true."""
    if isinstance(said, dict):
        said = said.get("is", [])
    return list(said) if isinstance(said, list | tuple) else [said]


def _merged(attribute: Attribute, old: Any, new: Any) -> Any:
    """Return a statement with one that says some of it more precisely."""
    said, denied = listed(new), new.get("not", []) if isinstance(new, dict) else []
    kept = [one for one in listed(old) if not set(said) & set(attribute.narrower.get(one, ()))]
    out = [*(old.get("not", []) if isinstance(old, dict) else []), *(denied if isinstance(denied, list) else [denied])]
    values = list(dict.fromkeys([*kept, *said]))
    if out:
        return {"is": values, "not": list(dict.fromkeys(out))}
    return values[0] if len(values) == 1 else values


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
