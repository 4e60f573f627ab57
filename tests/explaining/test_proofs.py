"""Proofs: as little as suffices, and what that rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from gardens import garden, planted

from adjudge.explaining.proofs import VerdictProof, prove_verdict
from adjudge.words import show_requirement

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

FROST = {"when": {"frost": True}, "recommend": "alder"}


def proof(knowledge: Knowledge, choice: str = "alder", tries: int = 1000, **said: Any) -> VerdictProof:
    evaluator, evaluation, decision = planted(knowledge, **said)
    return prove_verdict(evaluator, evaluation, decision, choice, tries)


def cited(one: VerdictProof) -> set[str]:
    return {*map(show_requirement, one.cited)} - {"need: plant"}


def test_of_two_reasons_the_one_that_needs_less_is_told():
    knowledge = garden({"when": {"wind": True, "salt": True}, "recommend": "alder"}, FROST)
    found = proof(knowledge, wind=True, salt=True, frost=True)
    assert cited(found) == {"frost: true"}
    assert found.because.reason.rule == "planting.rule-2"
    assert [{*map(show_requirement, one)} for one in found.others] == [{"need: plant", "wind: true", "salt: true"}]


def test_a_smaller_proof_is_found_although_inference_kept_a_larger_one():
    """The first derivation of a fact counts, and the one that comes a wave later rests on less."""
    knowledge = garden(
        {"when": {"wind": True, "salt": True}, "derive": {"wet": True}},
        {"when": {"height": {"at-least": 5}}, "derive": {"frost": True}},
        {"when": {"frost": True}, "derive": {"wet": True}},
        {"when": {"wet": True}, "recommend": "alder"},
    )
    said = {"wind": True, "salt": True, "height": 7}
    _, _, decision = planted(knowledge, **said)
    assert decision.verdicts[0].weight == 2
    found = proof(knowledge, **said)
    assert cited(found) == {"height: 7"}
    [wet] = found.because.supports
    [frost] = wet.supports
    assert (wet.rule.id, frost.rule.id) == ("planting.rule-3", "planting.rule-2")
    assert [show_requirement(one) for one in wet.leaves()] == ["height: 7"]


def test_what_rejects_a_better_choice_is_part_of_the_proof():
    prefer = {"when": {"frost": True}, "prefer": "birch", "over": "alder"}
    knowledge = garden(FROST, prefer, {"when": {"salt": True}, "reject": "birch"}, serving=("birch",))
    found = proof(knowledge, frost=True, salt=True)
    assert cited(found) == {"frost: true", "salt: true"}
    assert [(one.choice, one.reason.rule) for one in found.clearing] == [("birch", "planting.rule-3")]


def test_what_stands_beside_the_point_is_not_cited():
    assert cited(proof(garden(FROST), frost=True, wind=True, soil="clay")) == {"frost: true"}


def test_a_default_is_cited_where_the_proof_rests_on_it():
    found = proof(garden({"when": {"watered": True}, "recommend": "alder"}))
    assert [(one.attribute, one.origin) for one in found.cited] == [("need", "stated"), ("watered", "assumed")]


def test_no_default_takes_the_place_of_what_is_left_out():
    """Were `watered` assumed where it is left out, it would speak for the alder; but the scenario denies it."""
    rules = ({"when": {"watered": True}, "recommend": "alder"}, FROST)
    assert cited(proof(garden(*rules), frost=True, watered=False)) == {"frost: true"}


def test_what_is_tried_too_seldom_is_not_called_the_smallest():
    knowledge = garden({"when": {"wind": True, "salt": True}, "recommend": "alder"}, FROST)
    found = proof(knowledge, tries=2, wind=True, salt=True, frost=True)
    assert (found.smallest, found.complete) == (False, False)
    assert cited(found) in ({"frost: true"}, {"wind: true", "salt: true"})


def test_what_is_not_recommended_has_no_proof():
    with pytest.raises(ValueError, match="alder is not recommended"):
        proof(garden(FROST), frost=False)
