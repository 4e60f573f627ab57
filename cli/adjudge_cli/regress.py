"""`adjudge regress`: every question and scenario against what is expected of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from adjudge.api import load_knowledge
from adjudge.errors import EngineError, InputError, Problem
from adjudge.evaluation import Evaluator
from adjudge.paths import scenarios_folder
from adjudge.regression import Result, check
from adjudge.scenario import read_scenario
from adjudge.yamlfile import decode
from adjudge_cli.inputs import SUFFIXES, find
from adjudge_cli.json_output import problem_document, write_document
from adjudge_cli.markdown import cell
from adjudge_cli.terminal import clean, progress, show_problems, tell_of_parsing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from adjudge.engines import EngineName
    from adjudge.scenario import Scenario
    from adjudge_cli.inputs import Input

_QUESTIONS = ".jsonl"  # files of questions that are nothing but prose and a key


def run(paths: Sequence[str], written_as: str, rules: Path | None, engine: EngineName, *, read: bool = False) -> int:
    """Check scenarios and write how they came out; return 1 if one did not come out as expected.

    With `read`, measure how well their texts are read instead.
    """
    try:
        evaluator = Evaluator(load_knowledge(rules, tell_of_parsing), engine)
        evaluator.engine()  # so that one that cannot be had is told of at once
    except InputError as error:
        show_problems(error.problems)
        return 2
    except EngineError as error:
        show_problems([Problem("--engine", 0, 0, str(error))])
        return 2
    if read and written_as not in ("text", "json"):
        show_problems([Problem("--format", 0, 0, f"`{written_as}` does not go with --read", "text or json")])
        return 2
    inputs, problems = find(paths or [str(scenarios_folder())], (*SUFFIXES, *([_QUESTIONS] if read else [])))
    show_problems(problems)
    if read:
        return _measure(inputs, problems, evaluator, written_as)
    results = []
    for scenario in _read(inputs, evaluator, problems):
        try:
            result = check(evaluator, scenario)
        except InputError as error:  # requirements that contradict each other
            show_problems(error.problems)
            problems += error.problems
        else:
            results += [result] if result else []
    WRITERS[written_as](results, problems)
    sys.stdout.flush()
    return 2 if problems else int(any(one.state == "failed" for one in results))


def _read(inputs: Sequence[Input], evaluator: Evaluator, problems: list[Problem]) -> Iterator[Scenario]:
    """Yield the scenarios that can be read; tell what is wrong with the others, and add it to `problems`."""
    for one in progress(inputs, "checking"):
        try:
            yield read_scenario(one.read(), one.name, evaluator.knowledge)
        except InputError as error:
            show_problems(error.problems)
            problems += error.problems


def _measure(inputs: Sequence[Input], problems: list[Problem], evaluator: Evaluator, written_as: str) -> int:
    """Measure how well the texts of scenarios are read, and questions that are nothing but prose answered."""
    from adjudge.reading.forms import read_questions  # only for this
    from adjudge.reading.measuring import measure, summarise, tally
    from adjudge_cli.read_output import write

    encoded = [one for one in inputs if not one.name.endswith(_QUESTIONS)]
    measured = [found for scenario in _read(encoded, evaluator, problems) if (found := measure(evaluator, scenario))]
    tallies = []
    for one in progress([one for one in inputs if one.name.endswith(_QUESTIONS)], "answering"):
        try:
            asked, wrong = read_questions(decode(one.read(), one.name), one.name)
        except InputError as error:
            asked, wrong = [], list(error.problems)
        show_problems(wrong)
        problems += wrong
        tallies.append(tally(evaluator, one.name, asked))
    write(summarise(measured), measured, tallies, written_as)
    return 2 if problems else 0


def _summary(results: Sequence[Result]) -> str:
    parts = []
    for kind in ("question", "scenario"):
        states = [one.state for one in results if one.kind == kind]
        if states:
            excepted = states.count("excepted")
            rest = f", {excepted} excepted" if excepted else ""
            parts.append(f"{states.count('passed')} of {len(states) - excepted} {kind}s as expected{rest}")
    return "; ".join(parts) or "nothing to check"


def _text(results: Sequence[Result], _: Sequence[Problem]) -> None:
    lines = []
    for one in results:
        if one.state == "failed":
            lines.append(f"{one.id}: expected {one.expected}, got {one.got}  ({one.file})")
            lines += [f"    {why}" for why in one.why]
        elif one.state == "excepted":
            came = f"expected {one.expected}, got {one.got}; " if one.expected != one.got else ""
            lines.append(f"{one.id}: does not count; {came}{one.note}")
    lines.append(_summary(results))
    sys.stdout.write(clean("\n".join(lines)) + "\n")


def _json(results: Sequence[Result], problems: Sequence[Problem]) -> None:
    counts: dict[str, Any] = {
        kind: {
            state: sum(one.kind == kind and one.state == state for one in results)
            for state in ("passed", "failed", "excepted")
        }
        for kind in ("question", "scenario")
    }
    document = {
        "schema": "adjudge.regression/1",
        "counts": counts,
        "results": [
            {
                "id": one.id,
                "file": one.file,
                "kind": one.kind,
                "state": one.state,
                "expected": one.expected,
                "got": one.got,
                "why": list(one.why),
                "note": one.note,
            }
            for one in results
        ],
        "problems": [problem_document(one) for one in problems],
    }
    write_document(document)


def _junit(results: Sequence[Result], problems: Sequence[Problem]) -> None:
    from xml.etree import ElementTree as ET  # only for this format

    failed, excepted = (sum(one.state == state for one in results) for state in ("failed", "excepted"))
    total = len(results) + len(problems)
    counts = {"tests": total, "failures": failed, "errors": len(problems), "skipped": excepted}
    suite = ET.Element("testsuite", {"name": "adjudge", **{name: str(count) for name, count in counts.items()}})
    for one in results:
        case = ET.SubElement(suite, "testcase", {"classname": f"adjudge.{one.kind}", "name": _plain(one.id)})
        case.set("file", _plain(one.file))
        if one.state == "failed":
            message = _plain(f"expected {one.expected}, got {one.got}")
            ET.SubElement(case, "failure", {"message": message}).text = _plain("\n".join(one.why))
        elif one.state == "excepted":
            ET.SubElement(case, "skipped", {"message": _plain(one.note)})
    for problem in problems:
        case = ET.SubElement(suite, "testcase", {"classname": "adjudge.file", "name": _plain(problem.file)})
        ET.SubElement(case, "error", {"message": _plain(str(problem))})
    ET.indent(suite)
    sys.stdout.write(ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n")


def _plain(text: str) -> str:
    """Return a text that XML can carry."""
    return clean(text)


def _markdown(results: Sequence[Result], problems: Sequence[Problem]) -> None:
    lines = [f"**{_summary(results)}**", ""]
    rows = [one for one in results if one.state != "passed"]
    if rows:
        lines += ["| | expected | got | why |", "|---|---|---|---|"]
        lines += [
            f"| {cell(one.id)} | {cell(one.expected)} | {cell(one.got)} | {cell(' · '.join(one.why) or one.note)} |"
            for one in rows
        ]
    lines += [f"- {cell(str(problem))}" for problem in problems]
    sys.stdout.write("\n".join(lines).rstrip() + "\n")


WRITERS = {"text": _text, "json": _json, "junit": _junit, "markdown": _markdown}
