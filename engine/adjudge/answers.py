"""Answered questions as plain values, ready to be written as JSON: the contract `adjudge.answers/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.reasons import Reason
from adjudge.report import reason_document, requirement_document

if TYPE_CHECKING:
    from adjudge.answering import Answer, Judged
    from adjudge.evaluation import Evaluation
    from adjudge.knowledge import Knowledge
    from adjudge.scenario import Scenario

SCHEMA = "adjudge.answers/1"


def answers_document(
    knowledge: Knowledge, answered: list[tuple[Scenario, Evaluation, Answer]], label: str = ""
) -> dict[str, Any]:
    """Return the JSON document for answered questions; with `label`, of each only that option."""
    return {"schema": SCHEMA, "questions": [_question(knowledge, *one, label) for one in answered]}


def _question(
    knowledge: Knowledge, scenario: Scenario, evaluation: Evaluation, given: Answer, label: str
) -> dict[str, Any]:
    question = scenario.question
    return {
        "id": scenario.id,
        "title": scenario.title,
        "as_of": evaluation.day,
        "asks": question.asks,
        "answer": list(given.labels),
        "decided": given.decided,
        "expected": list(question.answer),
        "also_accepted": [list(one) for one in question.also_accepted],
        "as_expected": question.accepts(given.labels) if question.answer else None,
        "needs": [{"need": need, "says": knowledge.needs[need].says} for need in given.needs],
        "requirements": [requirement_document(one) for one in evaluation.inference.requirements],
        "options": [
            option_document(option.says, option.choices, one)
            for option, one in zip(question.options, given.options, strict=True)
            if label in ("", option.label)
        ],
    }


def option_document(says: str, choices: tuple[str, ...], one: Judged) -> dict[str, Any]:
    """Return what became of an option as plain values."""
    if one.verdict == "wrong":
        because = [{"kind": o.kind, **reason_document(o.reason), "choice": o.choice or None} for o in one.objections]
    else:
        because = [{"kind": "supported", **reason_document(r)} for r in one.support]
        if not choices and not because:
            unread = Reason("Nothing that adjudge knows, and can judge, was found in this option.")
            because = [{"kind": "unknown", **reason_document(unread)}]
    return {
        "label": one.label,
        "says": says,
        "verdict": one.verdict,
        "choices": list(choices),
        "because": because,
        "in_favour": [reason_document(r) for r in one.support] if one.verdict == "wrong" else [],
    }
