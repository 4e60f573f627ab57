"""Evaluations as one JSON document on standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msgspec

from adjudge.report import SCHEMA_OF_SEVERAL, reason_document, report
from adjudge_cli.terminal import UNSAFE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.errors import Problem
    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.scenario import Scenario


def write(
    explorer: Evaluator, results: Iterable[tuple[Scenario, Evaluation]], problems: list[Problem], *, single: bool
) -> None:
    """Write the one evaluation of a single scenario, or all evaluations with the problems of what cannot be used."""
    documents = []
    for scenario, evaluation in results:
        document = _evaluated(explorer, scenario, evaluation)
        if not single:
            document["path"] = _text(scenario.source.name)
        documents.append(document)
    if single and documents:
        write_document(documents[0])
    else:
        write_several(documents, problems)


def _evaluated(explorer: Evaluator, scenario: Scenario, evaluation: Evaluation) -> dict[str, Any]:
    """Return the document for a scenario; of one in prose with the decisions first that the text is most about."""
    if scenario.reading is None:
        return report(explorer, evaluation, _text(scenario.title))
    from adjudge.reading.about import about  # only for prose

    found = about(explorer, evaluation, scenario.reading)
    ordered = msgspec.structs.replace(evaluation, decisions=(*found.decisions, *found.aside))
    return {
        **report(explorer, ordered, _text(scenario.title)),
        "about": [one.need for one in found.decisions],
        "likelihood": round(found.likelihood, 2),
        "hints": [
            {"need": one.need, "choices": list(one.choices), **reason_document(one.reason)} for one in found.hints
        ],
    }


def write_several(documents: list[dict[str, Any]], problems: Iterable[Problem]) -> None:
    """Write any number of evaluations, with the problems of what cannot be used."""
    write_document(
        {"schema": SCHEMA_OF_SEVERAL, "evaluations": documents, "problems": [problem_document(one) for one in problems]}
    )


def problem_document(one: Problem) -> dict[str, Any]:
    """Return a problem as plain values."""
    place = {"file": _text(one.file), "line": one.line, "column": one.column}
    return place | {"message": _text(one.message), "hint": _text(one.hint)}


def _text(text: str) -> str:
    """Return a text without the half surrogates by which file names carry bytes that are not UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode()


def write_document(document: dict[str, Any]) -> None:
    """Write one JSON document to standard output."""
    sys.stdout.buffer.write(_encoded(document) + b"\n")


def write_list(head: dict[str, Any], name: str, listed: Iterable[dict[str, Any]], tail: dict[str, Any]) -> None:
    """Write one JSON document with a long list in it, one element after the other."""
    start, end = _encoded(head).rstrip(b"}\n "), _encoded(tail).lstrip(b"{\n ")
    sys.stdout.buffer.write(start + f',\n  "{name}": ['.encode())
    for number, one in enumerate(listed):
        sys.stdout.buffer.write((b",\n" if number else b"\n") + _encoded(one))
    sys.stdout.buffer.write(b"],\n  " + end + b"\n")


def write_line(document: dict[str, Any]) -> None:
    """Write one JSON document on a line of its own to standard output, at once."""
    sys.stdout.buffer.write(_escaped(msgspec.json.encode(document)) + b"\n")
    sys.stdout.buffer.flush()


def _encoded(document: dict[str, Any]) -> bytes:
    return _escaped(msgspec.json.format(msgspec.json.encode(document), indent=2))


def _escaped(encoded: bytes) -> bytes:
    # All that is unsafe is inside of strings, where JSON knows an escape for every character.
    return encoded.decode().translate({code: _escape(code) for code in UNSAFE}).encode()


def _escape(code: int) -> str:
    """Return JSON's escape for a character: one for each of its units in UTF-16."""
    return "".join(f"\\u{unit}" for unit in chr(code).encode("utf-16-be").hex(" ", 2).split())
