"""Comparisons and contrasts as plain values: the contracts `adjudge.comparison/1` and `adjudge.contrast/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.explaining.summing import sum_up
from adjudge.reasons import closing
from adjudge.report import reason_document, requirement_document
from adjudge.words import asked_answer, show_test

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.explaining.comparing import Comparison, Difference
    from adjudge.explaining.contrasting import Contrast, Ground
    from adjudge.facts import Test
    from adjudge.knowledge import Knowledge

COMPARISON, CONTRAST = "adjudge.comparison/1", "adjudge.contrast/1"


def comparison_document(
    knowledge: Knowledge, comparisons: Iterable[Comparison], choices: tuple[str, str], title: str, day: str
) -> dict[str, Any]:
    """Return the JSON document for two choices in a scenario: one comparison for each need."""
    return {
        "schema": COMPARISON,
        "scenario": title,
        "as_of": day,
        "choices": _choices(knowledge, choices),
        "comparisons": [_comparison(knowledge, one) for one in comparisons],
    }


def contrast_document(knowledge: Knowledge, contrast: Contrast) -> dict[str, Any]:
    """Return the JSON document for two choices without a scenario."""
    closings = zip(contrast.choices, contrast.closed, strict=True)
    return {
        "schema": CONTRAST,
        "as_of": contrast.day,
        "choices": _choices(knowledge, contrast.choices),
        "needs": [
            {
                "need": one.need,
                "says": knowledge.needs[one.need].says,
                "take": [_ground(knowledge, ground) for ground in one.grounds],
                "shared": one.shared,
            }
            for one in contrast.needs
        ],
        "general": [_ground(knowledge, ground) for ground in contrast.general],
        "traits": [_difference(knowledge, one, contrast.choices) for one in contrast.traits],
        "only": [
            {"choice": choice, "need": need, "says": knowledge.needs[need].says}
            for choice, needs in zip(contrast.choices, contrast.only, strict=True)
            for need in needs
        ],
        "closed": [
            {"choice": choice, **reason_document(closing(knowledge, choice, event))}
            for choice, event in closings
            if event
        ],
    }


def _choices(knowledge: Knowledge, choices: tuple[str, str]) -> list[dict[str, Any]]:
    found = (knowledge.choices[choice] for choice in choices)
    return [{"choice": one.id, "name": one.name, "does": one.does, "sources": list(one.sources)} for one in found]


def _comparison(knowledge: Knowledge, one: Comparison) -> dict[str, Any]:
    choices = (one.sides[0].choice, one.sides[1].choice)
    return {
        "need": one.decision.need,
        "says": knowledge.needs[one.decision.need].says,
        "better": one.better or None,
        "sums_up": sum_up(knowledge, one),
        "leading": list(one.decision.leading),
        "verdicts": {side.choice: side.verdict for side in one.sides},
        "points": [{"choice": p.choice, "kind": p.kind, **reason_document(p.reason)} for p in one.points],
        "traits": [_difference(knowledge, difference, choices) for difference in one.differences],
        "turns": [
            {
                "choice": turn.choice,
                "attribute": turn.attribute,
                "question": knowledge.attributes[turn.attribute].question,
                "answer": turn.answer,
                "leads_to": list(turn.leading),
            }
            for turn in one.turns
        ],
        "turns_tried": one.tried,
        "shared": one.shared,
    }


def _difference(knowledge: Knowledge, one: Difference, choices: tuple[str, str]) -> dict[str, Any]:
    return {
        "trait": one.trait,
        "says": knowledge.traits[one.trait].says,
        "values": [
            {"choice": choice, "is": list(held.values) if held else [], "sources": list(held.sources) if held else []}
            for choice, held in zip(choices, one.held, strict=True)
        ],
        "from": [requirement_document(support) for support in one.supports],
    }


def _ground(knowledge: Knowledge, ground: Ground) -> dict[str, Any]:
    return {
        "choice": ground.choice,
        "kind": ground.kind,
        "when": [[_condition(knowledge, test) for test in way] for way in ground.ways],
        "rule": ground.rule.id,
        "says": ground.rule.because,
        "sources": list(ground.rule.sources),
        "traits": list(ground.rule.traits),
    }


def _condition(knowledge: Knowledge, test: Test) -> dict[str, Any]:
    attribute = knowledge.attributes[test.attribute]
    return {
        "attribute": test.attribute,
        "says": show_test(test, attribute),
        "question": attribute.question,
        "answer": asked_answer(test, attribute),
    }
