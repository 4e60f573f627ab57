"""What entries of the files become: attributes with their hierarchies, choices, and rules for what catalogs say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adjudge.errors import KnowledgeError
from adjudge.facts import Test, is_any, is_not
from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge, Rule

NEED = {"id": "need", "kind": "multiple", "values": [{"id": "sit"}, {"id": "lie"}]}
WOOD = {
    "id": "wood",
    "kind": "single",
    "values": [{"id": "oak", "broader": ["hard"]}, {"id": "hard", "broader": ["any"]}, {"id": "any"}, {"id": "pine"}],
}
USES = {"id": "uses", "kind": "multiple", "values": [{"id": "indoors"}, {"id": "outdoors"}, {"id": "school"}]}
WEIGHT = {"id": "weight", "kind": "quantity", "unit": "count"}
PAINTED = {"id": "painted", "kind": "boolean"}
TRAITS = [
    {"id": "legs", "values": [{"id": "none"}, {"id": "three"}, {"id": "four"}]},
    {"id": "back", "values": [{"id": "high"}, {"id": "low"}]},
]
CHOICES = [
    {"id": "stool", "traits": {"legs": {"is": ["three", "four"]}}},
    {"id": "chair", "traits": {"legs": {"is": "four"}, "back": {"is": "high"}}},
    {"id": "beanbag", "traits": {"legs": {"is": "none"}, "back": {"is": "low"}}},
]


def built(
    *rules: dict[str, Any], choices: list[dict[str, Any]] | None = None, ladders: Any = (), general: Any = ()
) -> Knowledge:
    return knowledge_of(
        {
            "vocabulary": {"attributes": [NEED, WOOD, USES, WEIGHT, PAINTED], "traits": TRAITS},
            "catalog": {"choices": choices or CHOICES},
            "decisions": [
                {"topic": "seats", "need": "sit", "rules": list(rules), "ladders": list(ladders)},
                {"topic": "general", "rules": list(general)},
            ],
        }
    )


def rules_named(knowledge: Knowledge, name: str, need: str = "sit") -> list[Rule]:
    return [rule for rule in knowledge.needs[need].rules if rule.id == name]


def serving(**said: Any) -> list[dict[str, Any]]:
    return [{"id": "bench", "serves": ["sit"], **said}]


# --- attributes --------------------------------------------------------------------------------------------------


def test_broader_values_reach_all_the_way_up() -> None:
    wood = built().attributes["wood"]
    assert wood.values["oak"].broader == ("any", "hard")
    assert wood.values["any"].broader == ()
    assert wood.narrower == {"oak": ("oak",), "hard": ("hard", "oak"), "any": ("any", "hard", "oak"), "pine": ("pine",)}


def test_values_of_one_line_go_together_and_others_exclude_each_other() -> None:
    wood = built().attributes["wood"]
    assert wood.affirming(("hard", "pine")) == ("hard", "oak", "pine")
    assert wood.excluding("hard") == ("pine",)
    assert wood.excluding("pine") == ("any", "hard", "oak")
    assert built().attributes["uses"].excluding("indoors") == ()


def test_a_boolean_has_two_values() -> None:
    painted = built().attributes["painted"]
    assert sorted(painted.values) == ["false", "true"]
    assert painted.excluding("true") == ("false",)


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        ("single", [{"id": "a", "broader": ["b"]}, {"id": "b", "broader": ["a"]}], "`a` is a kind of itself"),
        ("single", [{"id": "a"}, {"id": "b", "broader": ["aa"]}], "unknown value `aa` (did you mean `a`?)"),
        ("single", [{"id": "a"}, {"id": "b"}, {"id": "c", "broader": ["a", "b"]}], "a kind of both `a` and `b`"),
        ("multiple", [{"id": "a"}, {"id": "b"}, {"id": "a"}], "the value `a` is listed twice"),
        ("multiple", [{"id": "A"}], "`A` is no id"),
        ("multiple", [], "lists its `values`"),
        ("boolean", [{"id": "a"}], "lists its `values`"),
        ("quantity", [{"id": "a"}], "has a `unit`"),
    ],
)
def test_values_that_cannot_be(kind: str, values: list[dict[str, Any]], message: str) -> None:
    attribute = {"id": "some", "kind": kind, "values": values}
    with pytest.raises(KnowledgeError) as caught:
        knowledge_of({"vocabulary": {"attributes": [attribute]}})
    assert message in str(caught.value)


def test_a_value_may_be_a_kind_of_two_where_both_can_be_true() -> None:
    values = [{"id": "a"}, {"id": "b"}, {"id": "c", "broader": ["a", "b"]}]
    knowledge = knowledge_of({"vocabulary": {"attributes": [{"id": "some", "kind": "multiple", "values": values}]}})
    assert knowledge.attributes["some"].values["c"].broader == ("a", "b")


# --- what the catalog says ---------------------------------------------------------------------------------------


def test_serving_a_need_is_an_argument() -> None:
    knowledge = built(choices=serving(does="It seats four."))
    (rule,) = rules_named(knowledge, "bench.serves.sit")
    assert (rule.kind, rule.basis, rule.subjects, rule.because) == ("recommend", "serves", ("bench",), "It seats four.")
    assert rule.tests == (is_any(knowledge.attributes["need"], ("sit",)),)


def test_each_condition_of_a_limit_rejects_where_it_is_contradicted() -> None:
    that = {"wood": ["oak", "pine"], "uses": {"all": ["indoors", "school"]}, "weight": {"at-least": 2, "at-most": 9}}
    limit = {"that": that, "when": {"painted": False}, "because": "So it is built.", "from": "2020-01-01"}
    knowledge = built(choices=serving(limits=[limit]))
    wood, uses, painted = (knowledge.attributes[name] for name in ("wood", "uses", "painted"))
    given = is_any(painted, ("false",))
    (by_wood,) = rules_named(knowledge, "bench.limit.wood")
    assert by_wood.tests == (given, is_not(wood, "oak"), is_not(wood, "pine"))
    by_uses = {rule.tests for rule in rules_named(knowledge, "bench.limit.uses")}
    assert by_uses == {(given, is_not(uses, "indoors")), (given, is_not(uses, "school"))}
    by_weight = {rule.tests for rule in rules_named(knowledge, "bench.limit.weight")}
    assert by_weight == {(given, Test("weight", "at-most", bound=1)), (given, Test("weight", "at-least", bound=10))}
    assert (by_wood.kind, by_wood.basis, by_wood.because, by_wood.since) == (
        "reject",
        "limit",
        "So it is built.",
        "2020-01-01",
    )


def test_a_limit_on_what_must_not_be_rejects_where_it_is() -> None:
    knowledge = built(choices=serving(limits=[{"that": {"uses": {"not": ["outdoors", "school"]}}}]))
    uses = knowledge.attributes["uses"]
    by_uses = {rule.tests for rule in rules_named(knowledge, "bench.limit.uses")}
    assert by_uses == {(is_any(uses, ("outdoors",)),), (is_any(uses, ("school",)),)}


def test_requirements_are_told_from_limits() -> None:
    knowledge = built(choices=serving(requires=[{"that": {"painted": True}}]))
    (rule,) = rules_named(knowledge, "bench.requires.painted")
    assert (rule.kind, rule.basis) == ("reject", "requires")
    assert rule.tests == (is_not(knowledge.attributes["painted"], "true"),)


def test_a_limit_bears_on_every_need_that_has_the_choice() -> None:
    bench = [{"id": "bench", "serves": ["sit", "lie"], "limits": [{"that": {"painted": True}}]}, *CHOICES]
    knowledge = built(choices=bench)
    assert rules_named(knowledge, "bench.limit.painted", "sit")
    assert rules_named(knowledge, "bench.limit.painted", "lie")


# --- rules -------------------------------------------------------------------------------------------------------


def test_alternatives_become_rules_of_one_id() -> None:
    knowledge = built(
        {"id": "one", "when": {"painted": True}, "when-any": [{"wood": "oak"}, {"wood": "pine"}], "recommend": "chair"}
    )
    painted, wood = knowledge.attributes["painted"], knowledge.attributes["wood"]
    assert {rule.tests for rule in rules_named(knowledge, "seats.one")} == {
        (is_any(painted, ("true",)), is_any(wood, ("oak",))),
        (is_any(painted, ("true",)), is_any(wood, ("pine",))),
    }


def test_a_condition_that_stands_twice_is_one_test() -> None:
    knowledge = built({"id": "one", "when": {"painted": True}, "when-any": [{"painted": True}], "recommend": "chair"})
    (rule,) = rules_named(knowledge, "seats.one")
    assert len(rule.tests) == 1


@pytest.mark.parametrize(
    ("traits", "chosen"),
    [
        ({"legs": "four"}, ("chair", "stool")),
        ({"legs": ["none", "three"]}, ("beanbag", "stool")),
        ({"legs": "four", "back": "high"}, ("chair",)),
        ({"legs": ["none", "four"], "back": ["low", "high"]}, ("beanbag", "chair")),
    ],
)
def test_traits_choose_what_has_one_value_of_each(traits: dict[str, Any], chosen: tuple[str, ...]) -> None:
    everything = [{"id": f"r{n}", "when": {"painted": True}, "recommend": c["id"]} for n, c in enumerate(CHOICES)]
    knowledge = built(*everything, {"id": "no", "when": {"painted": False}, "reject": traits})
    (rule,) = rules_named(knowledge, "seats.no")
    assert rule.subjects == chosen
    assert rule.traits


def test_candidates_are_what_rules_name_and_what_serves() -> None:
    rules = (
        {"id": "one", "when": {"painted": True}, "prefer": "stool", "over": "chair"},
        {"id": "two", "when": {"painted": True}, "reject": {"legs": "none"}},
    )
    assert built(*rules, choices=[*serving(), *CHOICES]).needs["sit"].candidates == ("bench", "chair", "stool")


def test_a_principle_speaks_only_of_candidates() -> None:
    principle = {"id": "no", "when": {"painted": True}, "reject": {"legs": ["four", "none"]}}
    nothing_left = {"id": "nothing", "when": {"painted": True}, "prefer": {"legs": "none"}, "over": {"back": "high"}}
    knowledge = built({"id": "one", "when": {"painted": True}, "recommend": "chair"}, general=[principle, nothing_left])
    (rule,) = rules_named(knowledge, "general.no")
    assert rule.subjects == ("chair",)
    assert rules_named(knowledge, "general.nothing") == []


def test_rules_that_derive_stand_apart_from_every_need() -> None:
    knowledge = built({"id": "oak-is-heavy", "when": {"wood": "oak"}, "derive": {"weight": {"at-least": 5}}})
    assert [rule.id for rule in knowledge.derivations] == ["seats.oak-is-heavy"]
    assert rules_named(knowledge, "seats.oak-is-heavy") == []
    (derived,) = knowledge.derivations[0].derives
    assert (derived.attribute, derived.value, derived.origin, derived.by) == (
        "weight",
        {"at-least": 5},
        "derived",
        "seats.oak-is-heavy",
    )


def test_a_ladder_becomes_a_recommendation_and_a_rejection_for_each_step() -> None:
    ladder = {
        "id": "height",
        "when": {"painted": True},
        "steps": [
            {"choice": "beanbag", "next-when": {"uses": "indoors"}},
            {"choice": "stool", "next-when": {"uses": "school"}},
            {"choice": "chair"},
        ],
        "examples": [
            {"given": {"painted": True}, "step": "beanbag"},
            {"given": {"painted": True, "uses": "indoors"}, "step": "stool"},
            {"given": {"painted": True, "uses": ["indoors", "school"]}, "step": "chair"},
        ],
    }
    knowledge = built(ladders=[ladder])
    uses = knowledge.attributes["uses"]
    start, indoors, school = (
        is_any(knowledge.attributes["painted"], ("true",)),
        is_any(uses, ("indoors",)),
        is_any(uses, ("school",)),
    )
    assert {rule.id: (rule.kind, rule.tests) for rule in knowledge.needs["sit"].rules} == {
        "seats.height.beanbag": ("recommend", (start,)),
        "seats.height.beanbag.done": ("reject", (start, indoors)),
        "seats.height.stool": ("recommend", (start, indoors)),
        "seats.height.stool.done": ("reject", (start, indoors, school)),
        "seats.height.chair": ("recommend", (start, indoors, school)),
    }
    (done,) = rules_named(knowledge, "seats.height.beanbag.done")
    assert "the next one is Stool" in done.because
