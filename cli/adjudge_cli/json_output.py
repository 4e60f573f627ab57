"""Evaluations as one JSON document on standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msgspec

from adjudge.report import SCHEMA_OF_SEVERAL, report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.errors import Problem
    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.scenario import Scenario


def write(
    explorer: Evaluator, results: Iterable[tuple[Scenario, Evaluation]], problems: list[Problem], *, single: bool
) -> None:
    """Write the one evaluation of a single scenario, or all evaluations with the problems of the other files."""
    documents = []
    for scenario, evaluation in results:
        document = report(explorer, evaluation, scenario.title)
        if not single:
            document["path"] = scenario.source.name
        documents.append(document)
    if single:
        if documents:
            _write(documents[0])
        return
    _write({"schema": SCHEMA_OF_SEVERAL, "evaluations": documents, "problems": [_problem(one) for one in problems]})


def _problem(one: Problem) -> dict[str, Any]:
    return {"file": one.file, "line": one.line, "column": one.column, "message": one.message, "hint": one.hint}


def _write(document: dict[str, Any]) -> None:
    encoded = msgspec.json.encode(document)
    sys.stdout.buffer.write(msgspec.json.format(encoded, indent=2) + b"\n")
