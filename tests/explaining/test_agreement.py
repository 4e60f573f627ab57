"""Explanations of one scenario never contradict each other."""

from __future__ import annotations

from hypothesis import assume, given, reject, settings

from adjudge.evaluation import Evaluation, Evaluator
from adjudge.explaining.comparing import compare
from adjudge.explaining.flips import Aim, flips
from adjudge.explaining.proofs import prove_verdict
from adjudge.inference import InconsistentError
from adjudge.missing import missing
from strategies import World, generated_worlds, shipped_worlds


def evaluated(world: World) -> tuple[Evaluator, Evaluation]:
    evaluator = Evaluator(world.knowledge)
    try:
        evaluation = evaluator.evaluate(world.stated(), world.day)
    except InconsistentError:
        reject()
    assume(evaluation.decisions)
    return evaluator, evaluation


def check_that_they_agree(world: World) -> None:
    evaluator, evaluation = evaluated(world)
    for decision in evaluation.decisions:
        unknown = missing(evaluator, evaluation, decision)
        told = {(one.attribute, leading) for one in unknown for _, leading in one.outcomes}
        found = flips(evaluator, evaluation, decision, Aim(at_most=1)).flips
        single = {(one.changes[0].attribute, one.leading) for one in found}
        assert told <= single
        said = {one.changes[0].attribute for one in found if not one.contradicts}
        assert said <= {one.attribute for one in unknown if one.would_change}
        for choice in decision.leading:
            because = prove_verdict(evaluator, evaluation, decision, choice).because
            assert because.choice == choice
            for other in decision.verdicts:
                if other.verdict != "recommended":
                    assert compare(evaluator, evaluation, decision, (choice, other.choice)).better == choice


@given(generated_worlds())
def test_explanations_agree(world: World) -> None:
    check_that_they_agree(world)


@settings(max_examples=6)  # each takes seconds
@given(shipped_worlds())
def test_explanations_by_the_shipped_rules_agree(world: World) -> None:
    check_that_they_agree(world)
