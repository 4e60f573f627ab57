"""What a program uses: load knowledge, evaluate a scenario."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from adjudge.cache import load_folder
from adjudge.dates import today
from adjudge.errors import Problem, ScenarioError
from adjudge.evaluation import Evaluation, Evaluator
from adjudge.inference import InconsistentError
from adjudge.paths import rules_folder
from adjudge.statements import MisfitError, read_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from adjudge.engines import EngineName
    from adjudge.knowledge import Knowledge
    from adjudge.scenario import Scenario


def load_knowledge(folder: Path | None = None, parsing: Callable[[], None] | None = None) -> Knowledge:
    """Return the knowledge in a folder of rules, or the shipped knowledge; raise KnowledgeError if it is not valid.

    `parsing` is called where nothing is cached, and the files have to be read, which takes some seconds.
    """
    return load_folder(folder or rules_folder(), parsing=parsing)


@lru_cache(maxsize=1)
def _shipped() -> Knowledge:
    return load_knowledge()


def evaluate(
    requirements: Mapping[str, Any],
    *,
    as_of: str = "",
    knowledge: Knowledge | None = None,
    engine: EngineName = "native",
) -> Evaluation:
    """Decide every need that some requirements raise.

    `requirements` maps attributes to values as a scenario file does; `as_of` is an ISO date, by default today;
    `knowledge` defaults to what is shipped. Raises ScenarioError if the requirements do not fit the vocabulary
    or contradict each other.
    """
    knowledge = knowledge or _shipped()
    stated = []
    problems = []
    for name, said in requirements.items():
        try:
            stated += read_statement(name, said, knowledge.attributes)
        except MisfitError as error:
            problems.append(Problem("requirements", 0, 0, str(error), error.hint))
    if problems:
        raise ScenarioError(problems)
    try:
        return Evaluator(knowledge, engine).evaluate(stated, as_of or today())
    except InconsistentError as error:
        raise ScenarioError([Problem("requirements", 0, 0, f"contradictory requirements: {error}")]) from None


def evaluate_scenario(scenario: Scenario, evaluator: Evaluator, day: str = "") -> Evaluation:
    """Decide every need of a scenario as of `day`, else as of its own date, else as of today.

    Raises ScenarioError, at the place of a statement, if the requirements contradict each other.
    """
    try:
        return evaluator.evaluate(scenario.requirements, day or scenario.as_of or today())
    except InconsistentError as error:
        raise scenario.clash(error) from None
