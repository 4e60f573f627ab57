"""`adjudge evaluate`: read scenarios, evaluate them, write what follows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from adjudge.api import evaluate_scenario, load_knowledge
from adjudge.engines import EngineName, durable_available
from adjudge.errors import EngineError, InputError, Problem, ScenarioError
from adjudge.evaluation import Evaluation, Evaluator
from adjudge_cli.case import check_day, read_case
from adjudge_cli.inputs import find
from adjudge_cli.terminal import progress, say, show_problems, tell_of_parsing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from adjudge.scenario import Scenario
    from adjudge_cli.inputs import Input

FALLBACK = (
    "adjudge: durable-rules is not installed here (see the README); the native engine decides, with the same results"
)


class Request(NamedTuple):
    """What is asked for on the command line; `said` and `unsaid` correct what the scenarios state.

    `folder` is where decision records go as files, which with `force` replace those that are there.
    """

    paths: list[str]
    written_as: str
    as_of: str = ""
    rules: Path | None = None
    engine: EngineName | None = None
    said: Sequence[str] = ()
    unsaid: Sequence[str] = ()
    folder: Path | None = None
    force: bool = False


def run(request: Request) -> int:
    """Evaluate scenarios and write the result; return the exit code."""
    paths, written_as, as_of = request.paths, request.written_as, request.as_of
    try:
        check_day(as_of)
        _check_output(request)
        evaluator = Evaluator(load_knowledge(request.rules, tell_of_parsing), _engine(request.engine))
    except InputError as error:
        return _refuse(error.problems, written_as)
    except EngineError as error:
        return _refuse((Problem("--engine", 0, 0, str(error)),), written_as)
    inputs, missing = find(paths)
    show_problems(missing)
    problems = list(missing)
    results = _evaluate(inputs, evaluator, request, problems)
    single = len(paths) == 1 and len(inputs) == 1 and inputs[0].name in (paths[0], "standard input")
    # What would be the case if more were known is asked some hundred times: that is the native engine's work.
    explorer = Evaluator(evaluator.knowledge, "native")
    if written_as == "json":
        from adjudge_cli.json_output import write

        write(explorer, results, problems, single=single)
    elif written_as == "text":
        from adjudge_cli.text_output import write as write_text

        write_text(explorer, results)
    else:
        try:
            _write_document(request, explorer, results)
        except InputError as error:
            return _refuse(error.problems, written_as)
    sys.stdout.flush()
    return 2 if problems else 0


def _check_output(request: Request) -> None:
    """Raise ScenarioError if files are asked for where none are written."""
    if request.folder and request.written_as != "adr":
        raise ScenarioError([Problem("--output", 0, 0, "goes with --format adr", "for others write: > FILE")])
    if request.force and not request.folder:
        raise ScenarioError([Problem("--force", 0, 0, "goes with --output DIR")])


def _write_document(request: Request, explorer: Evaluator, results: Iterator[tuple[Scenario, Evaluation]]) -> None:
    """Write decision records, a page or a flowchart; raise ScenarioError if files cannot be written."""
    from adjudge_cli.told import tell

    told = [tell(explorer, scenario, evaluation) for scenario, evaluation in results]
    if request.written_as == "html":
        from adjudge_cli.page_output import page

        sys.stdout.write(page(told))
    elif request.written_as == "mermaid":
        from adjudge_cli.mermaid_output import flowchart

        sys.stdout.write(flowchart(told))
    else:
        from adjudge_cli.adr_output import write

        write(told, request.folder, force=request.force)


def _refuse(problems: Sequence[Problem], written_as: str) -> int:
    """Tell why nothing can be evaluated; return the exit code."""
    show_problems(problems)
    if written_as == "json":
        from adjudge_cli.json_output import write_several

        write_several([], problems)
    return 2


def _engine(asked: EngineName | None) -> EngineName:
    """Return the engine asked for; by default durable, or native with a word about it where durable cannot be had."""
    if asked or durable_available():
        return asked or "durable"
    say(FALLBACK)
    return "native"


def _evaluate(
    inputs: list[Input], evaluator: Evaluator, request: Request, problems: list[Problem]
) -> Iterator[tuple[Scenario, Evaluation]]:
    """Yield each scenario with what follows from it; tell what is wrong with the others, and add it to `problems`."""
    for one in progress(inputs, "evaluating"):
        try:
            scenario = read_case(one, evaluator, request.as_of, request.said, request.unsaid)
            yield scenario, evaluate_scenario(scenario, evaluator, request.as_of)
        except InputError as error:
            show_problems(error.problems)
            problems += error.problems
