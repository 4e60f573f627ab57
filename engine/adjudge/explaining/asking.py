"""Which of several questions to ask: the one whose answers tell the most."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from math import log2
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from adjudge.explaining.stating import listed
from adjudge.facts import NOTHING
from adjudge.inference import InconsistentError
from adjudge.knowledge import Rule
from adjudge.missing import WhatIf, answers
from adjudge.vocabulary import Attribute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.explaining.interviewing import Interview
    from adjudge.explaining.outlook import Outlook

Outcome = tuple[Any, tuple[str, ...]]  # an answer, as a scenario writes it, and what would lead

_TRIED = 8  # questions whose answers are tried out, those on which most hangs
_ANSWERS = 12  # answers of each that are tried out


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


class Asking(NamedTuple):
    """What questions are chosen by."""

    evaluator: Evaluator
    interview: Interview
    evaluation: Evaluation
    ahead: Outlook


def most_telling(asking: Asking, names: list[str]) -> Question:
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
        _known(asking, attributes[best]),
    )


def _known(asking: Asking, attribute: Attribute) -> tuple[str, ...]:
    """Return the values that have been said, of which it is asked for something more precise."""
    finer = set(asking.ahead.finer.get(attribute.id, ()))
    said = listed(asking.interview.said[attribute.id]) if finer else []
    return tuple(one for one in said if finer.intersection(attribute.narrower[one]))


def _concerned(rules: Iterable[Rule]) -> set[str]:
    return {choice for rule in rules for choice in (*rule.subjects, *rule.over)}


def _entropy(outcomes: Iterable[Outcome]) -> float:
    """Return how well answers that are all as likely tell apart what they lead to, in bits."""
    counts = Counter(leading for _, leading in outcomes)
    total = sum(counts.values())
    return -sum(n / total * log2(n / total) for n in counts.values())


def _outcomes(asking: Asking, attribute: Attribute) -> list[Outcome]:
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


def _values(asking: Asking, attribute: Attribute) -> tuple[tuple[str, ...], int]:
    """Return the values that may be answered, first those of which a rule asks, and how many these are."""
    rules = asking.ahead.hanging[attribute.id]
    own = (test for rule in rules for test in rule.tests if test.attribute == attribute.id)
    named = {value for test in (*own, *asking.evaluator.asked.get(attribute.id, ())) for value in test.asked}
    offered = asking.ahead.finer.get(attribute.id) or tuple(attribute.values)
    telling = [value for value in offered if value in named]
    return (*telling, *(value for value in offered if value not in named)), len(telling)
