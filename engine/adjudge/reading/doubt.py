"""Why a guess is what it is, and what would have to be known to prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.reasons import Reason
from adjudge.shortfall import examine
from adjudge.words import say_test

if TYPE_CHECKING:
    from adjudge.evaluation import Evaluation
    from adjudge.knowledge import Knowledge
    from adjudge.reading.likeness import Lesson, Likeness


def leaning(knowledge: Knowledge, evaluation: Evaluation, like: Likeness) -> list[Reason]:
    """Return the rules that speak for an option if the situation is the one that they speak of, the most alike first.

    What `lacks` holds would have to be known for the rule to count; rules that are known not to hold are left out.
    """
    found = [_lesson(knowledge, evaluation, lesson) for lesson in like.lessons]
    return [one for one in found if one]


def _lesson(knowledge: Knowledge, evaluation: Evaluation, lesson: Lesson) -> Reason | None:
    ways = []
    for rule in knowledge.needs[lesson.need].rules:
        if rule.id == lesson.rule and rule.valid(evaluation.day):
            outcomes = examine(knowledge, rule, evaluation.inference.facts)
            states = [one.state for one in outcomes]
            ways.append((states.count("failed"), states.count("open"), repr(rule.tests), rule, outcomes))
    if not ways:
        return None
    failed, _, _, rule, outcomes = min(ways, key=lambda one: one[:3])
    if failed:
        return None
    lacks = [say_test(one.test, knowledge.attributes[one.test.attribute]) for one in outcomes if one.state == "open"]
    return Reason(rule.because, rule.id, rule.sources, lacks=tuple(dict.fromkeys(lacks)))
