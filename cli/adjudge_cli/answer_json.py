"""Answered questions as one JSON document, written one question after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.answers import SCHEMA, option_document
from adjudge.reading.doubt import leaning
from adjudge.report import reason_document, requirement_document
from adjudge_cli.json_output import problem_document, write_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.errors import Problem
    from adjudge.knowledge import Knowledge
    from adjudge.reading.asking import Answered


def write(knowledge: Knowledge, answered: Iterable[Answered], problems: Iterable[Problem]) -> None:
    """Write the document; of a thousand questions no more than one is held."""
    rest: dict[str, Any] = {"problems": [problem_document(one) for one in problems]}
    write_list({"schema": SCHEMA}, "questions", (_question(knowledge, one) for one in answered), rest)


def _question(knowledge: Knowledge, one: Answered) -> dict[str, Any]:
    key = list(one.asked.key)
    return {
        "id": one.asked.id,
        "answer": list(one.answer.labels),
        "decided": one.answer.decided,
        "as_of": one.evaluation.day,
        "select": one.asked.select or "all",
        **({"key": key, "as_key": key == list(one.answer.labels)} if key else {}),
        "needs": [{"need": need, "says": knowledge.needs[need].says} for need in one.answer.needs],
        "requirements": [requirement_document(r) for r in one.evaluation.inference.requirements],
        "misread": [requirement_document(r) for r in one.reading.dropped],
        "options": [
            {
                **option_document(option.says, option.choices, judged),
                **{
                    name: [reason_document(r) for r in leaning(knowledge, one.evaluation, lessons)]
                    for name, lessons in (("like", like.lessons), ("unlike", like.against))
                },
            }
            for option, judged, like in zip(one.question.options, one.answer.options, one.like.values(), strict=True)
        ],
    }
