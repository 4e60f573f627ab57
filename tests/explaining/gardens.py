"""Small knowledge about what to plant, and what to ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.api import evaluate
from adjudge.evaluation import Evaluation, Evaluator
from bases import example_of, knowledge_of

if TYPE_CHECKING:
    from adjudge.judging import Decision
    from adjudge.knowledge import Knowledge

DAY = "2021-12-31"
TREES = ("alder", "birch", "cedar")


def garden(*rules: dict[str, Any], serving: tuple[str, ...] = ()) -> Knowledge:
    """Return knowledge about choosing between trees, some of which serve whatever is stated."""
    attributes = [
        {"id": "need", "kind": "multiple", "values": [{"id": "plant"}]},
        {"id": "goal", "kind": "multiple", "values": [{"id": "shade", "says": "the most shade"}]},
        *({"id": name, "kind": "boolean"} for name in ("frost", "wind", "salt", "wet")),
        {"id": "watered", "kind": "boolean", "assume": True, "assume-because": "Someone mostly waters."},
        {
            "id": "soil",
            "kind": "single",
            "values": [{"id": "sand", "says": "dry sand"}, {"id": "clay"}, {"id": "peat"}],
        },
        {"id": "height", "kind": "quantity", "unit": "count"},
    ]
    traits = [{"id": "leaves", "goal": "shade", "values": [{"id": "broad"}, {"id": "narrow"}]}]
    leaves = {"alder": "broad", "birch": "narrow", "cedar": "narrow"}
    choices = [
        {"id": tree, "serves": ["plant"] if tree in serving else [], "traits": {"leaves": {"is": leaves[tree]}}}
        for tree in TREES
    ]
    named = [{"id": f"rule-{number}", "examples": _examples(rule), **rule} for number, rule in enumerate(rules, 1)]
    return knowledge_of(
        {
            "vocabulary": {"attributes": attributes, "traits": traits},
            "catalog": {"choices": choices},
            "decisions": [{"topic": "planting", "need": "plant", "rules": named}],
        }
    )


def _examples(rule: dict[str, Any]) -> dict[str, Any]:
    return {"match": [example_of(rule)], "differ": [{"watered": not rule["when"].get("watered", True)}]}


def planted(knowledge: Knowledge, **said: Any) -> tuple[Evaluator, Evaluation, Decision]:
    """Decide what to plant."""
    evaluation = evaluate({"need": "plant", **said}, as_of=DAY, knowledge=knowledge)
    (decision,) = evaluation.decisions
    return Evaluator(knowledge), evaluation, decision
