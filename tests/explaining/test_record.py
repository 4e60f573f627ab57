"""A decision as plain sentences: the same content as the report, and nothing that was not proven."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, reject

from adjudge import evaluate
from adjudge.evaluation import Evaluation, Evaluator
from adjudge.explaining.record import Record, record
from adjudge.inference import InconsistentError
from adjudge.missing import missing
from adjudge.report import report
from adjudge.words import show_requirement
from bases import knowledge_of
from strategies import World, generated_worlds, shipped_worlds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from adjudge.explaining.told_proofs import ToldProof
    from adjudge.knowledge import Knowledge

DAY = "2021-12-31"
on_all_worlds = pytest.mark.parametrize("worlds", [generated_worlds(), shipped_worlds()], ids=["generated", "shipped"])


def written_down(knowledge: Knowledge, **said: Any) -> Record:
    evaluation = evaluate(said, as_of=said.pop("as_of", DAY), knowledge=knowledge)
    (decision,) = evaluation.decisions
    return record(Evaluator(knowledge), evaluation, decision)


def evaluated(world: World) -> tuple[Evaluator, Evaluation]:
    evaluator = Evaluator(world.knowledge)
    try:
        return evaluator, evaluator.evaluate(world.stated(), world.day)
    except InconsistentError:
        reject()


def proofs(one: Record) -> Iterator[ToldProof]:
    for option in one.options:
        yield from (*option.pros, *option.cons, *option.minds, *option.preconditions)
    yield from one.notes
    if one.raised:
        yield one.raised


def leaves(proof: ToldProof) -> Iterator[ToldProof]:
    if proof.below:
        for one in proof.below:
            yield from leaves(one)
    else:
        yield proof


# --- what holds for every decision ---------------------------------------------------------------------------------


@on_all_worlds
def test_record_and_report_tell_the_same(worlds: SearchStrategy[World]) -> None:
    @given(worlds)
    def check(world: World) -> None:
        evaluator, evaluation = evaluated(world)
        documents = report(evaluator, evaluation, "")["decisions"]
        for decision, document in zip(evaluation.decisions, documents, strict=True):
            found = record(evaluator, evaluation, decision)
            options = {
                verdict: [one.name for one in found.options if one.verdict == verdict]
                for verdict in ("recommended", "beaten", "rejected")
            }
            assert options.pop("recommended") == [one["name"] for one in document["recommended"]]
            for verdict, names in options.items():
                assert names == [one["name"] for one in document["alternatives"] if one["verdict"] == verdict]
            assert sorted([*(name for name, _ in found.uncalled), *found.others]) == sorted(
                one["name"] for one in document["alternatives"] if one["verdict"] == "unsupported"
            )
            assert found.leading == tuple(map(world.knowledge.name, decision.leading))
            assert [one.attribute for one in found.changes] == [
                one.attribute for one in missing(evaluator, evaluation, decision) if one.would_change
            ]

    check()


@on_all_worlds
def test_proofs_end_in_what_was_given(worlds: SearchStrategy[World]) -> None:
    @given(worlds)
    def check(world: World) -> None:
        evaluator, evaluation = evaluated(world)
        roots = {show_requirement(r) for r in evaluation.inference.requirements if r.origin != "derived"}
        for decision in evaluation.decisions:
            for proof in proofs(record(evaluator, evaluation, decision)):
                for leaf in leaves(proof):
                    if leaf.kind in ("stated", "assumed", "derived"):
                        assert leaf.written in roots

    check()


@on_all_worlds
def test_drivers_are_what_some_argument_rests_on(worlds: SearchStrategy[World]) -> None:
    @given(worlds)
    def check(world: World) -> None:
        evaluator, evaluation = evaluated(world)
        for decision in evaluation.decisions:
            found = record(evaluator, evaluation, decision)
            asked = {one.asks for one in found.drivers}
            weighed = (proof for one in found.options for proof in (*one.pros, *one.cons))
            resting = {
                leaf.asks
                for proof in (*weighed, *([found.raised] if found.raised else []))
                for leaf in leaves(proof)
                if leaf.kind in ("stated", "assumed") and not leaf.written.startswith("need:")
            }
            assert asked == resting

    check()


# --- single sentences ----------------------------------------------------------------------------------------------


def test_a_closed_choice_is_told_with_what_would_have_been(photos: Knowledge) -> None:
    found = written_down(photos, **{"photos.kind": "jpeg", "devices": ["phone", "laptop"], "as_of": "2026-01-01"})
    assert "As of 2021-12-31, before what has been closed since, it would have been: Album Service." in found.remarks
    album = next(one for one in found.options if one.choice == "album-service")
    assert "closed to new customers since 2025-06-01" in album.cons[0].says


def test_a_precondition_is_no_caution(photos: Knowledge) -> None:
    found = written_down(photos, **{"photos.kind": "jpeg", "devices": ["phone", "laptop"]})
    assert [one.says for one in found.options[0].preconditions] == ["Every picture goes over the line."]
    assert found.options[0].minds == ()


def test_what_is_lacking_is_told_in_the_words_of_the_vocabulary(photos: Knowledge) -> None:
    found = written_down(photos, **{"photos.kind": "film"})
    lacks = dict(found.uncalled)["Album Service"]
    assert "“What kind of pictures are they?” would have to be answered “pictures of any kind”" in lacks
    assert "but it is “negatives on film”" in lacks
    assert "photos.kind" not in lacks


PREFERENCES = knowledge_of(
    {
        "vocabulary": {
            "attributes": [
                {"id": "need", "kind": "multiple", "values": [{"id": "plant", "says": "what to plant"}]},
                {"id": "dry", "kind": "boolean", "question": "Is it dry?"},
                {"id": "height", "kind": "quantity", "unit": "count", "question": "How high may it grow?"},
            ]
        },
        "catalog": {"choices": [{"id": name, "serves": ["plant"]} for name in ("alder", "birch", "cedar")]},
        "decisions": [
            {
                "topic": "planting",
                "need": "plant",
                "rules": [
                    {
                        "id": "dry",
                        "when": {"dry": True},
                        "prefer": "cedar",
                        "over": ["alder", "birch"],
                        "because": "So.",
                    },
                    {"id": "low", "when": {"height": {"at-most": 5}}, "reject": "cedar", "because": "It grows."},
                ],
            }
        ],
    }
)


def test_a_preference_is_told_once_from_either_side() -> None:
    found = written_down(PREFERENCES, need="plant", dry=True)
    told = {one.choice: [proof.sentence for proof in (*one.pros, *one.cons)] for one in found.options}
    assert [one for one in told["cedar"] if one.endswith("So.")] == ["Preferred to Alder and Birch: So."]
    assert [one for one in told["alder"] if one.endswith("So.")] == ["Cedar is preferred: So."]


def test_answers_are_told_in_words_and_amounts() -> None:
    found = written_down(PREFERENCES, need="plant", dry=False, height={"at-least": 3, "at-most": 4})
    assert [(one.asks, one.answers) for one in found.drivers] == [
        ("How high may it grow?", ("at least 3 and at most 4",)),
    ]
    assert found.outcome == "Alder and Birch fit equally well: nothing that is stated separates them."


def test_an_exact_amount_is_told_as_one() -> None:
    assert written_down(PREFERENCES, need="plant", height=4).drivers[0].answers == ("4",)


def test_what_would_change_it_is_told_with_where_it_leads() -> None:
    found = written_down(PREFERENCES, need="plant")
    assert ("yes", "Cedar") in next(one.outcomes for one in found.changes if one.asks == "Is it dry?")
