"""Which conditions imply which, and whether conditions can be met at all."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from adjudge.checking import compatible
from adjudge.facts import Fact, Requirement
from adjudge.inference import InconsistentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.evaluation import Evaluator
    from adjudge.facts import Test
    from adjudge.knowledge import Rule

_MOST = 64  # ways of meeting the conditions of one rule that are tried


def implied(test: Test, others: Iterable[Test]) -> bool:
    """Tell whether a test holds wherever one of some others does, whatever is known."""
    return any(_implies(one, test) for one in others)


def _implies(one: Test, other: Test) -> bool:
    if one.attribute != other.attribute:
        return False
    if one.asked and other.asked:
        return set(one.yes) <= set(other.yes) and set(one.no) <= set(other.no)
    if one.relation != other.relation:
        return False
    return one.bound >= other.bound if one.relation == "at-least" else one.bound <= other.bound


def covers(general: Rule, special: Rule) -> bool:
    """Tell whether one rule fires, and counts, wherever and whenever another one does."""
    begins = not general.since or general.since <= special.since
    ends = not general.until or (bool(special.until) and special.until <= general.until)
    return begins and ends and all(implied(test, special.tests) for test in general.tests)


def impossible(evaluator: Evaluator, tests: Sequence[Test], days: Iterable[str]) -> str:
    """Return why tests cannot all hold on any of some days, or nothing if no proof of that was found.

    Stated are the least that makes them hold: whatever else is stated can only add to what follows from it. The
    knowledge must have no defaults, since a scenario can replace those.
    """
    if not compatible(tests, evaluator.knowledge.attributes):
        return "its conditions contradict each other"
    options = [_least(test) for test in tests]
    if prod(map(len, options)) > _MOST:
        return ""
    clash = ""
    for day in days:
        for facts in product(*options):
            stated = [Requirement(fact.attribute, str(fact.value), (fact,)) for fact in facts]
            try:
                evaluator.infer(stated, day)
            except InconsistentError as error:
                clash = clash or str(error)
            else:
                return ""
    return clash


def _least(test: Test) -> list[Fact]:
    """Return the facts one of which has to be known, at least, for a test to hold."""
    if not test.asked:
        return [Fact(test.attribute, test.relation, test.bound)]
    return [Fact(test.attribute, test.relation, value) for value in test.asked]
