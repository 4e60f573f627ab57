"""The least changes that change a decision, in the order in which they are told, and as plain values for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.explaining.changes import changed
from adjudge.explaining.turning import Turn, turn
from adjudge.report import reason_document, requirement_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.explaining.changes import Change
    from adjudge.explaining.flips import Flips
    from adjudge.explaining.trial import Flip
    from adjudge.knowledge import Knowledge

SCHEMA = "adjudge.flip/1"


def document(evaluator: Evaluator, evaluation: Evaluation, title: str, found: Iterable[Flips]) -> dict[str, Any]:
    """Return the JSON document for what changes the decisions of a scenario."""
    return {
        "schema": SCHEMA,
        "scenario": title,
        "as_of": evaluation.day,
        "decisions": [_decision(evaluator, evaluation, one) for one in found],
    }


def by_outcome(found: Flips) -> list[list[Flip]]:
    """Return the flips by what leads then, the most plausible first: what takes back least, ends last."""
    groups: dict[tuple[str, ...], list[Flip]] = {}
    for flip in sorted(found.flips, key=_strain):
        groups.setdefault(flip.leading, []).append(flip)
    return sorted(groups.values(), key=lambda group: (not group[0].leading, _strain(group[0])))


def _strain(flip: Flip) -> tuple[object, ...]:
    """Return what orders flips: how much they take back, whether they decide, and how definite they are."""
    withdrawn = sum(bool(one.withdrawn) for one in flip.changes)
    unnamed = sum(one.added is None or isinstance(one.added.said, tuple) for one in flip.changes)
    return withdrawn, len(flip.leading) > 1, unnamed, [one.attribute for one in flip.changes]


def turning_point(evaluator: Evaluator, evaluation: Evaluation, found: Flips, flip: Flip) -> Turn:
    """Tell what a decision turns on with a flip."""
    stated = (one for one in evaluation.inference.requirements if one.origin in ("stated", "read"))
    inference = evaluator.infer(changed(stated, flip.changes), evaluation.day)
    then = evaluator.decide(inference, found.before.need, evaluation.day)
    return turn(evaluator.knowledge, found.before, then)


def _decision(evaluator: Evaluator, evaluation: Evaluation, found: Flips) -> dict[str, Any]:
    knowledge, before = evaluator.knowledge, found.before
    return {
        "need": before.need,
        "says": knowledge.needs[before.need].says,
        "status": before.status,
        "leading": list(before.leading),
        "to": found.target or None,
        "reached": found.reached,
        "barred": found.barred or None,
        "complete_up_to": found.complete,
        "combinations": found.tried,
        "flips": [_flip(evaluator, evaluation, found, flip) for group in by_outcome(found) for flip in group],
    }


def _flip(evaluator: Evaluator, evaluation: Evaluation, found: Flips, flip: Flip) -> dict[str, Any]:
    turning = turning_point(evaluator, evaluation, found, flip)
    because = reason_document(turning.reason) if turning.reason else {"rule": None, "says": "", "sources": []}
    return {
        "changes": [_change(evaluator.knowledge, one) for one in flip.changes],
        "contradicts": flip.contradicts,
        "leads_to": list(flip.leading),
        "turns": turning.how,
        "because": because,
    }


def _change(knowledge: Knowledge, change: Change) -> dict[str, Any]:
    return {
        "attribute": change.attribute,
        "question": knowledge.attributes[change.attribute].question,
        "withdrawn": [requirement_document(one) for one in change.withdrawn],
        "answer": change.added.value if change.added else None,
    }
