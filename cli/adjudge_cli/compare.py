"""`adjudge compare`: what separates two choices, in a scenario or by the rules alone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from adjudge.api import load_knowledge
from adjudge.dates import today
from adjudge.errors import InputError, Problem, ScenarioError, nearest
from adjudge.explaining.comparing import compare
from adjudge.explaining.contrasting import contrast
from adjudge.explaining.telling_apart import comparison_document, contrast_document
from adjudge_cli.case import Asked, check_day, decisions_on, find_choice, open_case
from adjudge_cli.compare_markdown import comparison_lines, contrast_lines
from adjudge_cli.json_output import write_document
from adjudge_cli.terminal import show_problems, tell_of_parsing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.knowledge import Knowledge

_PAIR, _SCENARIO_AND_PAIR = 2, 3


class Request(NamedTuple):
    """What to compare; `asked` corrects and dates a scenario, its path is not looked at."""

    names: Sequence[str]
    need: str
    written_as: str
    asked: Asked


def run(request: Request) -> int:
    """Compare two choices; return the exit code."""
    try:
        if len(request.names) == _SCENARIO_AND_PAIR:
            return _in_scenario(request)
        if len(request.names) == _PAIR:
            return _by_the_rules(request)
        hint = "adjudge compare SCENARIO A B, or adjudge compare A B"
        raise ScenarioError([Problem("compare", 0, 0, "takes two choices, with or without a scenario", hint)])
    except InputError as error:
        show_problems(error.problems)
        return 2


def _in_scenario(request: Request) -> int:
    path, *names = request.names
    case = open_case(request.asked._replace(path=path))
    knowledge = case.evaluator.knowledge
    choices = _pair(knowledge, names)
    decisions = decisions_on(case, request.need, choices)
    found = [compare(case.evaluator, case.evaluation, decision, choices) for decision in decisions]
    if request.written_as == "json":
        write_document(comparison_document(knowledge, found, choices, case.scenario.title, case.evaluation.day))
    elif request.written_as == "markdown":
        _write_lines(comparison_lines(knowledge, found))
    else:
        from adjudge_cli.compare_text import write_comparisons  # rich is not imported for the others

        write_comparisons(case, found)
    return 0


def _by_the_rules(request: Request) -> int:
    asked = request.asked
    check_day(asked.as_of)
    if asked.said or asked.unsaid:
        option = "--set" if asked.said else "--unset"
        hint = "adjudge compare SCENARIO A B"
        raise ScenarioError([Problem(option, 0, 0, "corrects a scenario, and none is given", hint)])
    knowledge = load_knowledge(asked.rules, tell_of_parsing)
    choices = _pair(knowledge, request.names)
    _check_need(knowledge, request.need, choices)
    found = contrast(knowledge, choices, asked.as_of or today(), request.need)
    if request.written_as == "json":
        write_document(contrast_document(knowledge, found))
    elif request.written_as == "markdown":
        _write_lines(contrast_lines(knowledge, found))
    else:
        from adjudge_cli.compare_text import write_contrast

        write_contrast(knowledge, found)
    return 0 if found.needs else 1


def _pair(knowledge: Knowledge, names: Sequence[str]) -> tuple[str, str]:
    first, second = (find_choice(knowledge, name) for name in names)
    if first == second:
        what = f"is {knowledge.name(first)} again: name two different choices"
        raise ScenarioError([Problem(names[1], 0, 0, what)])
    return first, second


def _check_need(knowledge: Knowledge, need: str, choices: tuple[str, str]) -> None:
    """Raise ScenarioError if a need is unknown, or not one for which both choices are weighed."""
    if not need:
        return
    if need not in knowledge.needs:
        raise ScenarioError([Problem("--need", 0, 0, f"`{need}` is no need", nearest(need, knowledge.needs))])
    for choice in choices:
        if choice not in knowledge.needs[need].candidates:
            what = f"{knowledge.name(choice)} is not weighed for `{need}`"
            raise ScenarioError([Problem("--need", 0, 0, what)])


def _write_lines(lines: list[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
