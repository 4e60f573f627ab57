"""One scenario as commands that explain it need it: read, corrected as asked, and evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from adjudge.api import evaluate_scenario, load_knowledge
from adjudge.browsing import find as find_name
from adjudge.browsing import names
from adjudge.dates import is_day, today
from adjudge.errors import Problem, ScenarioError, nearest
from adjudge.evaluation import Evaluation, Evaluator
from adjudge.scenario import Scenario, read_scenario
from adjudge_cli.inputs import SUFFIXES, find
from adjudge_cli.terminal import tell_of_parsing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from adjudge.judging import Decision
    from adjudge.knowledge import Knowledge
    from adjudge_cli.inputs import Input


class Asked(NamedTuple):
    """A scenario as it is named on the command line; `said` and `unsaid` correct what it states."""

    path: str
    as_of: str = ""
    rules: Path | None = None
    said: Sequence[str] = ()
    unsaid: Sequence[str] = ()


class Case(NamedTuple):
    """A scenario with what follows from it, and the evaluator (with the native engine) to ask for more."""

    evaluator: Evaluator
    scenario: Scenario
    evaluation: Evaluation


def open_case(asked: Asked) -> Case:
    """Read and evaluate one scenario; raise InputError if that cannot be done."""
    check_day(asked.as_of)
    evaluator = Evaluator(load_knowledge(asked.rules, tell_of_parsing), "native")
    inputs, missing = find([asked.path])
    if missing:
        raise ScenarioError(missing)
    if len(inputs) > 1:
        raise ScenarioError([Problem(asked.path, 0, 0, "holds several scenarios", "name one of them")])
    scenario = read_case(inputs[0], evaluator, asked.as_of, asked.said, asked.unsaid)
    return Case(evaluator, scenario, evaluate_scenario(scenario, evaluator, asked.as_of))


def read_case(
    one: Input, evaluator: Evaluator, as_of: str, said: Sequence[str] = (), unsaid: Sequence[str] = ()
) -> Scenario:
    """Read a scenario from YAML or prose, and correct it as asked."""
    content = one.read()
    scenario = None
    if one.path is None or one.path.suffix not in SUFFIXES:
        from adjudge.reading.situation import is_prose, read_situation  # only for prose

        if is_prose(one.name, content.decode("utf-8", "replace")):
            scenario = read_situation(content, one.name, evaluator, as_of or today())
    if scenario is None:
        scenario = read_scenario(content, one.name, evaluator.knowledge)
    if said or unsaid:
        from adjudge.reading.situation import corrected  # only where something is corrected

        return corrected(scenario, said, unsaid, evaluator.knowledge)
    return scenario


def check_day(as_of: str, option: str = "--as-of") -> None:
    """Raise ScenarioError if what is given as a day, by default as --as-of, is no date."""
    if as_of and not is_day(as_of):
        raise ScenarioError([Problem(option, 0, 0, f"`{as_of}` is no date", "write it like 2021-12-31")])


def find_choice(knowledge: Knowledge, name: str) -> str:
    """Return the id of the choice that an id, name or alias stands for; raise ScenarioError if there is none."""
    if name in knowledge.choices:
        return name
    found = find_name(knowledge, name)
    if found is None or found.thing != "choice":
        what = f"is a {found.thing}, not a choice" if found else "is no choice that adjudge knows"
        raise ScenarioError([Problem(name, 0, 0, what, "" if found else nearest(name, names(knowledge)))])
    return found.id


def decisions_on(case: Case, need: str = "", choices: Sequence[str] = ()) -> list[Decision]:
    """Return the decisions of a case that weigh all of some choices, or that on a need, which must be known.

    Of a text, those that it is about come first, and alone if they are among them. A need that is asked for by name
    is decided even where nothing raises it. Raises ScenarioError where there is none, or the need is unknown.
    """
    knowledge, evaluation = case.evaluator.knowledge, case.evaluation
    if need and need not in knowledge.needs:
        raise ScenarioError([Problem("--need", 0, 0, f"`{need}` is no need", nearest(need, knowledge.needs))])
    decisions = [one for one in evaluation.decisions if need in ("", one.need)]
    if need and not decisions:
        decisions = [case.evaluator.decide(evaluation.inference, need, evaluation.day)]
    found = [one for one in decisions if set(choices) <= set(knowledge.needs[one.need].candidates)]
    if found:
        return found if need else _mainly(case, found)
    serving = [one.id for one in knowledge.needs.values() if set(choices) <= set(one.candidates)]
    named = " and ".join(map(knowledge.name, choices))
    if not choices:
        what, hint = "raises no need: there is nothing to decide", "state what has to be decided: --set need=NEED"
    elif serving:
        what = f"raises no need for which {named} could be chosen"
        hint = f"ask about one: --need {serving[0]}" + (f" ({', '.join(serving[1:4])} ...)" if serving[1:] else "")
    else:
        what, hint = f"gives nothing to decide between {named}: they serve no need together", ""
    raise ScenarioError([Problem(case.scenario.title, 0, 0, what, hint)])


def _mainly(case: Case, found: list[Decision]) -> list[Decision]:
    """Return of some decisions those that a text is about, if it is about any of them."""
    if case.scenario.reading is None:
        return found
    from adjudge.reading.about import about  # only for prose

    main = about(case.evaluator, case.evaluation, case.scenario.reading).decisions
    return [one for one in main if one in found] or found
