"""Why a guess is what it is, and what would have to be known to prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.judging import Decision
from adjudge.reading.likeness import closest
from adjudge.reasons import Reason
from adjudge.shortfall import examine
from adjudge.words import say_test

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation
    from adjudge.knowledge import Knowledge
    from adjudge.reading.likeness import Lesson
    from adjudge.reading.prose import Reading

_ABOUT = 0.5  # how much a text is like what a need's rules tell of, against what it is most like, to be about the need
_HINTS = 3  # situations that are pointed out


class Hint(msgspec.Struct, frozen=True):
    """A choice that would be called for if the situation were the one that a rule tells of."""

    need: str
    choices: tuple[str, ...]
    reason: Reason


class About(msgspec.Struct, frozen=True):
    """What a text is about: its decisions by how much it is like what they are about, those it hardly is, and hints."""

    decisions: tuple[Decision, ...]
    aside: tuple[Decision, ...]
    hints: tuple[Hint, ...]


def leaning(knowledge: Knowledge, evaluation: Evaluation, lessons: Iterable[Lesson]) -> list[Reason]:
    """Return rules that speak for or against an option if the situation is the one that they tell of.

    What `lacks` holds would have to be known for the rule to count; rules that are known not to hold are left out.
    """
    found = [_lesson(knowledge, evaluation, lesson) for lesson in lessons]
    return [one for one in found if one]


def about(knowledge: Knowledge, evaluation: Evaluation, reading: Reading) -> About:
    """Tell which decisions a text is about, and which others it could be about if more were known."""
    ranked = closest(knowledge.index, reading.stems)
    best = ranked[0][0] if ranked else 0.0
    alike: dict[str, float] = {}
    for share, lesson in ranked:
        alike.setdefault(lesson.need, share)
    order = sorted(evaluation.decisions, key=lambda one: (-alike.get(one.need, 0.0), one.need))
    main = tuple(one for one in order if alike.get(one.need, 0.0) >= _ABOUT * best or _stated(evaluation, one))
    hints: dict[tuple[str, ...], Hint] = {}
    for share, lesson in ranked:
        if share < _ABOUT * best or len(hints) == _HINTS:
            break
        found = _lesson(knowledge, evaluation, lesson)
        rule = next(one for one in knowledge.needs[lesson.need].rules if one.id == lesson.rule)
        if found and found.lacks and rule.kind == "recommend" and not rule.traits:
            hints.setdefault((lesson.need, *rule.subjects), Hint(lesson.need, rule.subjects, found))
    return About(main, tuple(one for one in order if one not in main), tuple(hints.values()))


def _stated(evaluation: Evaluation, decision: Decision) -> bool:
    """Tell whether a need arose from what somebody stated, not only from what was read."""
    raised = [decision.raised] if decision.raised else []
    return any(one.origin == "stated" for one in evaluation.inference.rests_on(raised))


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
