"""Why a guess is what it is, and what would have to be known to prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.reasons import Reason
from adjudge.shortfall import examine
from adjudge.words import say_test

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation
    from adjudge.knowledge import Knowledge
    from adjudge.reading.likeness import Lesson


def leaning(knowledge: Knowledge, evaluation: Evaluation, lessons: Iterable[Lesson]) -> list[Reason]:
    """Return rules that speak for or against an option if the situation is the one that they tell of.

    What `lacks` holds would have to be known for the rule to count; rules that are known not to hold are left out.
    """
    found = [situation_of(knowledge, evaluation, lesson) for lesson in lessons]
    return [one[0] for one in found if one and not one[1]]


def situation_of(knowledge: Knowledge, evaluation: Evaluation, lesson: Lesson) -> tuple[Reason, int] | None:
    """Return a rule as a reason, `lacks` being what is not known to be as it asks, and how much is known not to be.

    Of a rule's alternatives, that with the fewest of both; None if the rule does not count on that day.
    """
    ways = []
    for rule in knowledge.needs[lesson.need].rules:
        if rule.id == lesson.rule and rule.valid(evaluation.day):
            outcomes = examine(knowledge, rule, evaluation.inference.facts)
            states = [one.state for one in outcomes]
            ways.append((states.count("failed"), states.count("open"), repr(rule.tests), rule, outcomes))
    if not ways:
        return None
    failed, _, _, rule, outcomes = min(ways, key=lambda one: one[:3])
    lacks = [say_test(one.test, knowledge.attributes[one.test.attribute]) for one in outcomes if one.state != "held"]
    return Reason(rule.because, rule.id, rule.sources, lacks=tuple(dict.fromkeys(lacks))), failed
