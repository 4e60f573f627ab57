"""What laws about explanations share: a drawn scenario, evaluated, with one of its decisions and two of its choices."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import assume, reject
from hypothesis import strategies as st

from adjudge.evaluation import Evaluation, Evaluator
from adjudge.inference import InconsistentError
from bases import shipped_knowledge

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

    from adjudge.judging import Decision
    from strategies import World


class Pair(NamedTuple):
    """Two choices that a decision weighs."""

    world: World
    evaluator: Evaluator
    evaluation: Evaluation
    decision: Decision
    choices: tuple[str, str]


def draw_pair(data: DataObject, worlds: SearchStrategy[World]) -> Pair:
    """Draw a scenario, a decision of it, and two choices; of many choices rather those of which something is said."""
    world = data.draw(worlds)
    evaluator = _shipped() if world.base is None else Evaluator(world.knowledge)
    try:
        evaluation = evaluator.evaluate(world.stated(), world.day)
    except InconsistentError:
        reject()
    assume(evaluation.decisions)
    decision = data.draw(st.sampled_from(evaluation.decisions))
    told = [v.choice for v in decision.verdicts if v.verdict != "unsupported"]
    rest = [v.choice for v in decision.verdicts if v.verdict == "unsupported"]
    names = [*told, *rest[: 3 if told else None]]
    assume(len(names) > 1)
    first, second = data.draw(st.permutations(names))[:2]
    return Pair(world, evaluator, evaluation, decision, (first, second))


@cache
def _shipped() -> Evaluator:
    return Evaluator(shipped_knowledge())
