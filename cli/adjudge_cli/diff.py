"""`adjudge diff`: which decisions and answers differ between two days or two folders of rules, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from adjudge.api import load_knowledge
from adjudge.dates import today
from adjudge.errors import InputError, Problem, ScenarioError
from adjudge.evaluation import Evaluator
from adjudge.explaining.diff_report import Label, document
from adjudge.explaining.differing import compare
from adjudge.explaining.sides import Side
from adjudge.paths import scenarios_folder
from adjudge_cli.case import check_day, read_case
from adjudge_cli.diff_markdown import write as write_markdown
from adjudge_cli.diff_text import write as write_text
from adjudge_cli.inputs import find
from adjudge_cli.json_output import problem_document, write_document
from adjudge_cli.terminal import progress, show_problems, tell_of_parsing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from adjudge.explaining.differing import Compared
    from adjudge.scenario import Scenario
    from adjudge_cli.inputs import Input

_SIDES = 2


class Request(NamedTuple):
    """What is asked: the days and the folders of rules of both sides, and over which scenarios."""

    paths: Sequence[str]
    days: Sequence[str]
    rules: Sequence[Path]
    written_as: str


def run(request: Request) -> int:
    """Show what differs; return 1 if anything does, and 2 if something given cannot be used."""
    try:
        labels = _labels(request)
        evaluators = _evaluators(request.rules)
    except InputError as error:
        show_problems(error.problems)
        return 2
    inputs, problems = find(request.paths or [str(scenarios_folder())])
    show_problems(problems)
    found, sides = [], _Sides(labels, evaluators)
    for one in progress(inputs, "comparing"):
        try:
            found.append(_compare(one, sides))
        except InputError as error:
            show_problems(error.problems)
            problems += error.problems
    knowledge = evaluators[1].knowledge
    if request.written_as == "json":
        made = document(knowledge, labels, found)
        write_document(made | {"problems": [problem_document(one) for one in problems]})
    elif request.written_as == "markdown":
        write_markdown(evaluators, labels, found, request.paths)
    else:
        write_text(evaluators, labels, found)
    return 2 if problems else int(any(one.differs for one in found))


def _labels(request: Request) -> tuple[Label, Label]:
    """Return what the sides are called; raise ScenarioError if they are not two."""
    days, rules = request.days, [str(one) for one in request.rules]
    if len(days) > _SIDES or len(rules) > _SIDES or _SIDES not in (len(days), len(rules)):
        what = "two sides are compared: give --as-of twice, or --rules twice"
        raise ScenarioError([Problem("adjudge diff", 0, 0, what, "--as-of 2021-12-31 --as-of 2026-11-22")])
    for day in days:
        check_day(day)
    named = rules if len(rules) == _SIDES else ["", ""]
    dated = [days[0], days[-1]] if days else ["", ""]
    return Label(dated[0], named[0]), Label(dated[1], named[1])


def _evaluators(rules: Sequence[Path]) -> tuple[Evaluator, Evaluator]:
    made = [Evaluator(load_knowledge(folder, tell_of_parsing), "native") for folder in rules or (None,)]
    return made[0], made[-1]


class _Sides:
    """The two sides, for each day on which some scenario is decided where the command line names none."""

    def __init__(self, labels: tuple[Label, Label], evaluators: tuple[Evaluator, Evaluator]) -> None:
        self.labels, self.evaluators = labels, evaluators
        self._made: dict[tuple[int, str], Side] = {}

    def on(self, number: int, scenario: Scenario) -> Side:
        """Return the first or the second side, as of its own day or else that of a scenario, or today."""
        day = self.labels[number].day or scenario.as_of or today()
        return self._made.setdefault((number, day), Side(self.evaluators[number], day))


def _compare(one: Input, sides: _Sides) -> Compared:
    """Read a scenario with the vocabulary of either side, and compare what becomes of it."""
    first, second = sides.evaluators
    if one.path is None and first is not second:
        raise ScenarioError([Problem(one.name, 0, 0, "can be read once only, not by two vocabularies", "name a file")])
    before = read_case(one, first, sides.labels[0].day)
    after = before if first is second else read_case(one, second, sides.labels[1].day)
    return compare(sides.on(0, before), sides.on(1, after), (before, after))
