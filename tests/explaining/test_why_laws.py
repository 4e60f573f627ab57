"""What holds of every proof and every mending, tried on drawn knowledge and on the shipped knowledge."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from adjudge.evaluation import Evaluation, Evaluator
from adjudge.explaining.mending import UNBEATEN, VIABLE, Mender, settings
from adjudge.explaining.obstacles import obstacles
from adjudge.explaining.proofs import VerdictProof, prove_verdict
from adjudge.inference import InconsistentError
from adjudge.reading.situation import corrected
from adjudge.scenario import read_scenario
from strategies import World, generated_worlds, shipped_worlds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import DataObject, SearchStrategy

    from adjudge.facts import Requirement
    from adjudge.judging import Decision

on_all_worlds = pytest.mark.parametrize("worlds", [generated_worlds(), shipped_worlds()], ids=["generated", "shipped"])
FEW = 7  # requirements of which all subsets are tried


@on_all_worlds
@given(data=st.data())
def test_what_is_cited_is_enough_and_nothing_less(worlds: SearchStrategy[World], data: DataObject):
    world, evaluation, decision, choice = drawn(worlds, data, recommended=True)
    tries = data.draw(st.sampled_from((0, 3, 4000)))
    proof = prove_verdict(Evaluator(world.knowledge), evaluation, decision, choice, tries)
    roots = {one for one in evaluation.inference.requirements if one.origin != "derived"}
    for cited in (proof.cited, *proof.others):
        assert set(cited) <= roots
        assert recommends(world, decision, choice, cited)
        for out in cited:
            assert not recommends(world, decision, choice, [one for one in cited if one != out])


@given(data=st.data())
def test_the_smallest_proof_is_the_smallest_and_all_are_found(data: DataObject):
    world, evaluation, decision, choice = drawn(generated_worlds(), data, recommended=True)
    proof = prove_verdict(Evaluator(world.knowledge), evaluation, decision, choice)
    roots = [one for one in evaluation.inference.requirements if one.origin != "derived"]
    assume(len(roots) <= FEW)
    enough = [
        set(some)
        for size in range(len(roots) + 1)
        for some in combinations(roots, size)
        if recommends(world, decision, choice, some)
    ]
    minimal = [one for one in enough if not any(other < one for other in enough)]
    told = [set(one) for one in (proof.cited, *proof.others)]
    assert (proof.smallest, proof.complete) == (True, True)
    assert len(told) == len(minimal)
    assert all(one in minimal for one in told)
    assert len(proof.cited) == min(map(len, minimal))


@on_all_worlds
@given(data=st.data())
def test_each_cited_requirement_has_its_place_in_the_proof(worlds: SearchStrategy[World], data: DataObject):
    world, evaluation, decision, choice = drawn(worlds, data, recommended=True)
    proof = prove_verdict(Evaluator(world.knowledge), evaluation, decision, choice)
    assert {*ends(proof)} == {*proof.cited}


@on_all_worlds
@given(data=st.data())
def test_the_changes_named_give_the_verdict_named(worlds: SearchStrategy[World], data: DataObject):
    world, evaluation, decision, choice = drawn(worlds, data, recommended=False)
    verdict = next(one.verdict for one in decision.verdicts if one.choice == choice)
    wanted = UNBEATEN if verdict == "beaten" else VIABLE
    mending = Mender(Evaluator(world.knowledge), evaluation, decision, choice).search(wanted).mending
    assume(mending is not None)
    gone = [one for change in mending.changes for one in change.before]
    added = [one for change in mending.changes for one in change.after]
    assert {*gone} <= {*world.stated()}
    then = evaluated(world, [*(one for one in world.stated() if one not in gone), *added])
    assert then is not None
    again = decided(world, then, decision)
    assert verdict_of(again, choice) == mending.verdict
    assert mending.verdict in wanted
    assert mending.leads == (choice in again.leading)
    assert then.inference.raises(decision.need) or not decision.raised


@on_all_worlds
@given(data=st.data())
def test_the_options_named_give_the_verdict_named(worlds: SearchStrategy[World], data: DataObject):
    world, evaluation, decision, choice = drawn(worlds, data, recommended=False)
    evaluator = Evaluator(world.knowledge)
    mending = Mender(evaluator, evaluation, decision, choice).search().mending
    assume(mending is not None and world.said)
    options = settings(mending, evaluator)
    said = [value for option, value in options if option == "--set"]
    unsaid = [value for option, value in options if option == "--unset"]
    written = msgspec.json.encode({"requirements": world.said})
    scenario = corrected(read_scenario(written, "drawn", world.knowledge), said, unsaid, world.knowledge)
    then = evaluated(world, scenario.requirements)
    assert then is not None
    assert verdict_of(decided(world, then, decision), choice) == mending.verdict


@on_all_worlds
@given(data=st.data())
def test_a_choice_leads_or_something_is_in_its_way(worlds: SearchStrategy[World], data: DataObject):
    world = data.draw(worlds)
    evaluation = evaluated(world, world.stated()) or reject()
    assume(evaluation.decisions)
    decision = data.draw(st.sampled_from(evaluation.decisions))
    for verdict in decision.verdicts:
        found = obstacles(world.knowledge, evaluation, decision, verdict.choice)
        assert bool(found) == (verdict.choice not in decision.leading)
        assert (verdict.verdict == "recommended") == all(one.code == "ranked-behind" for one in found)
        if verdict.verdict != "recommended":
            with pytest.raises(ValueError, match="not recommended"):
                prove_verdict(Evaluator(world.knowledge), evaluation, decision, verdict.choice)


# --- means -------------------------------------------------------------------------------------------------------


def drawn(
    worlds: SearchStrategy[World], data: DataObject, *, recommended: bool
) -> tuple[World, Evaluation, Decision, str]:
    """Draw a world, a need that is raised in it, and a choice for it that is recommended, or is not."""
    world = data.draw(worlds)
    evaluation = evaluated(world, world.stated()) or reject()
    pairs = [
        (decision, verdict.choice)
        for decision in evaluation.decisions
        for verdict in decision.verdicts
        if (verdict.verdict == "recommended") == recommended
    ]
    assume(pairs)
    decision, choice = data.draw(st.sampled_from(pairs))
    return world, evaluation, decision, choice


def evaluated(world: World, stated: Iterable[Requirement]) -> Evaluation | None:
    try:
        return Evaluator(world.knowledge).evaluate(stated, world.day)
    except InconsistentError:
        return None


def decided(world: World, evaluation: Evaluation, decision: Decision) -> Decision:
    return Evaluator(world.knowledge).decide(evaluation.inference, decision.need, world.day)


def recommends(world: World, decision: Decision, choice: str, given: Iterable[Requirement]) -> bool:
    """Tell whether some requirements, with no default beside them, raise the need and recommend the choice for it."""
    bare = Evaluator(msgspec.structs.replace(world.knowledge, assumed=()))
    then = {one.need: one for one in bare.evaluate(given, world.day).decisions}
    return decision.need in then and choice in then[decision.need].recommended


def verdict_of(decision: Decision, choice: str) -> str:
    return next(one.verdict for one in decision.verdicts if one.choice == choice)


def ends(proof: VerdictProof) -> Iterable[Requirement]:
    for one in (proof.because, *proof.clearing):
        for support in one.supports:
            yield from support.leaves()
    if proof.raised:
        yield from proof.raised.leaves()
    yield from proof.besides
