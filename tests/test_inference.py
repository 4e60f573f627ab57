"""What follows from requirements, and the record of why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adjudge.evaluation import Evaluator
from adjudge.facts import ContradictionError, Fact, Requirement, gather
from adjudge.inference import InconsistentError, Inference, add, assumptions, close
from adjudge.statements import read_statement
from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.engines import EngineName
    from adjudge.knowledge import Knowledge

DAY = "2021-12-31"


@pytest.fixture(scope="module")
def garden() -> Knowledge:
    return knowledge_of(
        {
            "vocabulary": {
                "attributes": [
                    {"id": "need", "kind": "multiple", "values": [{"id": "plant"}]},
                    {"id": "soil", "kind": "single", "values": [{"id": "sand"}, {"id": "clay"}]},
                    {"id": "frost", "kind": "boolean"},
                    {"id": "wind", "kind": "boolean"},
                    {"id": "sun", "kind": "boolean"},
                    {"id": "dry", "kind": "boolean"},
                    {"id": "bare", "kind": "boolean"},
                    {
                        "id": "plants",
                        "kind": "multiple",
                        "values": [{"id": "tree"}, {"id": "oak", "broader": ["tree"]}],
                    },
                    {"id": "height", "kind": "quantity", "unit": "count"},
                    {"id": "fenced", "kind": "boolean", "assume": True, "assume-because": "Gardens are."},
                ]
            },
            "decisions": [
                {
                    "topic": "garden",
                    "rules": [
                        {"id": "sand-is-dry", "when": {"soil": "sand", "sun": True}, "derive": {"dry": True}},
                        {"id": "wind-dries", "when": {"wind": True}, "derive": {"dry": True}},
                        {"id": "dry-is-bare", "when": {"dry": True}, "derive": {"bare": True}},
                        {"id": "bare-or-frosty", "when": {"bare": True, "frost": True}, "derive": {"need": "plant"}},
                        {"id": "trees-are-tall", "when": {"plants": "tree"}, "derive": {"height": {"at-least": 3}}},
                        {"id": "wind-keeps-low", "when": {"wind": True}, "derive": {"height": {"at-most": 5}}},
                        {
                            "id": "salt",
                            "when": {"frost": True, "sun": True},
                            "derive": {"soil": "clay"},
                            "from": "2022-01-01",
                            "until": "2023-01-01",
                        },
                    ],
                }
            ],
        }
    )


def stated(knowledge: Knowledge, said: dict[str, Any]) -> tuple[Requirement, ...]:
    return tuple(one for name, value in said.items() for one in read_statement(name, value, knowledge.attributes))


def inferred(knowledge: Knowledge, said: dict[str, Any], day: str = DAY, engine: EngineName = "native") -> Inference:
    return Evaluator(knowledge, engine).infer(stated(knowledge, said), day)


def derived(inference: Inference) -> list[tuple[str, Any, str | None]]:
    return [(one.attribute, one.value, one.by) for one in inference.requirements if one.origin == "derived"]


def roots(inference: Inference, *fact: Any) -> set[str]:
    return {root.attribute for root in inference.roots(Fact(*fact))}


def test_requirements_stand_in_the_order_of_their_origin(garden: Knowledge, engine: EngineName) -> None:
    inference = inferred(garden, {"wind": True, "frost": True}, engine=engine)
    assert [(one.attribute, one.origin) for one in inference.requirements] == [
        ("wind", "stated"),
        ("frost", "stated"),
        ("fenced", "assumed"),
        ("dry", "derived"),
        ("height", "derived"),
        ("bare", "derived"),
        ("need", "derived"),
    ]


def test_a_derived_requirement_names_its_rule_and_its_support(garden: Knowledge) -> None:
    inference = inferred(garden, {"soil": "sand", "sun": True})
    assert derived(inference) == [("dry", True, "garden.sand-is-dry"), ("bare", True, "garden.dry-is-bare")]
    dry, bare = inference.requirements[-2:]
    assert [one.attribute for one in inference.derivations[dry].supports] == ["soil", "sun"]
    assert inference.derivations[bare].supports == (dry,)


def test_a_fact_rests_on_what_was_stated(garden: Knowledge) -> None:
    inference = inferred(garden, {"soil": "sand", "sun": True, "frost": True})
    assert roots(inference, "need", "is", "plant") == {"soil", "sun", "frost"}
    assert roots(inference, "bare", "is", "true") == {"soil", "sun"}
    assert roots(inference, "sun", "is", "true") == {"sun"}
    assert roots(inference, "fenced", "is", "true") == {"fenced"}


def test_in_one_wave_the_derivation_from_the_fewest_counts(garden: Knowledge) -> None:
    inference = inferred(garden, {"soil": "sand", "sun": True, "wind": True})
    assert ("dry", True, "garden.wind-dries") in derived(inference)
    assert roots(inference, "bare", "is", "true") == {"wind"}


def test_what_is_stated_is_not_derived(garden: Knowledge) -> None:
    inference = inferred(garden, {"wind": True, "dry": True})
    assert ("dry", True, "garden.wind-dries") not in derived(inference)
    assert roots(inference, "bare", "is", "true") == {"dry"}


def test_a_bound_rests_only_on_what_set_it() -> None:
    base = {
        "vocabulary": {
            "attributes": [
                {"id": "low", "kind": "boolean"},
                {"id": "wind", "kind": "boolean"},
                {"id": "tree", "kind": "boolean"},
                {"id": "height", "kind": "quantity", "unit": "count"},
                {"id": "shade", "kind": "boolean"},
            ]
        },
        "decisions": [
            {
                "topic": "garden",
                "rules": [
                    {"id": "low", "when": {"low": True}, "derive": {"height": {"at-most": 5}}},
                    {
                        "id": "wind",
                        "when": {"wind": True, "tree": True},
                        "derive": {"height": {"at-least": 3, "at-most": 5}},
                    },
                    {"id": "shade", "when": {"height": {"at-least": 3}}, "derive": {"shade": True}},
                ],
            }
        ],
    }
    knowledge = knowledge_of(base)
    inference = inferred(knowledge, {"low": True, "wind": True, "tree": True})
    assert roots(inference, "shade", "is", "true") == {"wind", "tree"}


def test_the_same_said_twice_is_one_requirement(garden: Knowledge) -> None:
    inference = inferred(garden, {"plants": ["oak", "oak"], "wind": {"is": True, "not": False}})
    assert [one.attribute for one in inference.requirements if one.origin == "stated"] == ["plants", "wind"]


def test_of_two_witnesses_the_one_with_the_shorter_proof_supports() -> None:
    knowledge = knowledge_of(
        {
            "vocabulary": {
                "attributes": [
                    {"id": "a", "kind": "boolean"},
                    {"id": "b", "kind": "boolean"},
                    {
                        "id": "plants",
                        "kind": "multiple",
                        "values": [{"id": "tree"}, {"id": "ash", "broader": ["tree"]}],
                    },
                    {"id": "shade", "kind": "boolean"},
                ]
            },
            "decisions": [
                {
                    "topic": "garden",
                    "rules": [
                        {"id": "ash", "when": {"a": True, "b": True}, "derive": {"plants": "ash"}},
                        {"id": "shade", "when": {"plants": "tree", "a": True}, "derive": {"shade": True}},
                    ],
                }
            ],
        }
    )
    inference = inferred(knowledge, {"a": True, "b": True})
    assert roots(inference, "shade", "is", "true") == {"a", "b"}
    inference = inferred(knowledge, {"a": True, "b": True, "plants": "tree"})
    assert roots(inference, "shade", "is", "true") == {"a", "plants"}
    rule = next(rule for rule in knowledge.derivations if rule.id == "garden.shade")
    assert [one.value for one in inference.support(rule)] == ["tree", True]


@pytest.mark.parametrize(
    ("day", "soil"), [("2021-12-31", False), ("2022-01-01", True), ("2022-12-31", True), ("2023-01-01", False)]
)
def test_rules_derive_only_on_their_days(garden: Knowledge, day: str, soil: bool) -> None:
    inference = inferred(garden, {"frost": True, "sun": True}, day)
    assert (("soil", "clay", "garden.salt") in derived(inference)) == soil


def test_defaults_are_for_what_nothing_is_said_about(garden: Knowledge) -> None:
    assert [(one.attribute, one.origin) for one in assumptions(garden, ())] == [("fenced", "assumed")]
    assert assumptions(garden, stated(garden, {"fenced": {"not": True}})) == ()


# --- what cannot be ----------------------------------------------------------------------------------------------


def clash(knowledge: Knowledge, said: dict[str, Any], day: str = DAY) -> InconsistentError:
    with pytest.raises(InconsistentError) as caught:
        inferred(knowledge, said, day)
    return caught.value


def test_stated_requirements_that_clash(garden: Knowledge) -> None:
    error = clash(garden, {"soil": ["sand", "clay"], "wind": True})
    assert {error.first.value, error.second.value} == {"sand", "clay"}
    assert {root.value for root in error.roots} == {"sand", "clay"}
    assert "soil cannot be both" in str(error)


def test_a_derived_requirement_that_clashes_with_a_stated_one(garden: Knowledge) -> None:
    error = clash(garden, {"wind": True, "bare": False, "sun": True})
    assert (error.first.by, error.second.origin) == ("garden.dry-is-bare", "stated")
    assert {root.attribute for root in error.roots} == {"wind", "bare"}


def test_two_derived_requirements_that_clash() -> None:
    knowledge = knowledge_of(
        {
            "vocabulary": {
                "attributes": [{"id": name, "kind": "boolean"} for name in ("a", "b", "c", "d", "idle")],
            },
            "decisions": [
                {
                    "topic": "t",
                    "rules": [
                        {"id": "one", "when": {"a": True}, "derive": {"c": True}},
                        {"id": "two", "when": {"b": True}, "derive": {"d": True}},
                        {"id": "three", "when": {"d": True}, "derive": {"c": False}},
                    ],
                }
            ],
        }
    )
    error = clash(knowledge, {"a": True, "b": True, "idle": True})
    assert {error.first.by, error.second.by} == {"t.one", "t.three"}
    assert {root.attribute for root in error.roots} == {"a", "b"}


def test_a_clash_that_a_rule_brings_about_only_on_its_days(garden: Knowledge) -> None:
    said = {"soil": "sand", "frost": True, "sun": True}
    assert inferred(garden, said, "2021-12-31")
    assert {root.attribute for root in clash(garden, said, "2022-06-01").roots} == {"soil", "frost", "sun"}


def test_bounds_that_leave_nothing(garden: Knowledge) -> None:
    said = {"wind": True, "plants": "oak", "height": {"at-most": 2}}
    assert {root.attribute for root in clash(garden, said).roots} <= {"plants", "height"}


# --- the short way -----------------------------------------------------------------------------------------------


def test_closing_finds_the_same_facts(garden: Knowledge, engine: EngineName) -> None:
    said = {"wind": True, "frost": True, "plants": "oak"}
    requirements = (*stated(garden, said), *assumptions(garden, stated(garden, said)))
    facts = gather(requirements, garden.attributes)
    closed = close(garden, Evaluator(garden, engine).engine(), facts, DAY)
    assert closed == inferred(garden, said).facts
    assert closed != facts


def test_closing_refuses_what_cannot_be(garden: Knowledge) -> None:
    facts = gather(stated(garden, {"wind": True, "dry": False}), garden.attributes)
    with pytest.raises(ContradictionError):
        close(garden, Evaluator(garden).engine(), facts, DAY)


def test_closing_leaves_the_given_facts_alone(garden: Knowledge) -> None:
    facts = gather(stated(garden, {"wind": True}), garden.attributes)
    before = dict(facts)
    close(garden, Evaluator(garden).engine(), facts, DAY)
    assert facts == before


def test_adding_what_is_known_changes_nothing(garden: Knowledge) -> None:
    (windy,) = stated(garden, {"wind": True})
    facts = gather([windy], garden.attributes)
    assert add(garden, facts, windy) is facts
    (low,) = stated(garden, {"height": {"at-most": 5}})
    tighter = add(garden, facts, low)
    assert add(garden, tighter, low) is tighter
    assert tighter["height"].most == 5
