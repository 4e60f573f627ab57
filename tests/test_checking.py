"""Examples that do not do what they say, and preferences that run in a circle, are told with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from adjudge.building import Problems, Site
from adjudge.checking import check_examples, compatible
from adjudge.convert import convert
from adjudge.errors import KnowledgeError, Problem
from adjudge.schema import LadderEntry, RuleEntry
from adjudge.statements import read_condition
from adjudge.topics import Written
from adjudge.yamlfile import parse
from bases import contents_of, knowledge_of
from matching import WEATHER, attributes_of

if TYPE_CHECKING:
    from adjudge.engines import EngineName

FLAGS = ("lit", "wet", "cold", "dark")
WORDS = {
    "attributes": [
        {"id": "need", "kind": "multiple", "values": [{"id": "warm-up"}]},
        *({"id": name, "kind": "boolean"} for name in FLAGS),
        {"id": "degrees", "kind": "quantity", "unit": "count"},
        {"id": "tried", "kind": "multiple", "values": [{"id": "coat"}, {"id": "fire"}]},
    ],
}
CHOICES = {"choices": [{"id": "coat"}, {"id": "fire"}, {"id": "tea"}]}
RULE = {"id": "fire-warms", "when": {"cold": True, "wet": False}, "recommend": "fire"}
DERIVED = {"id": "dark-is-cold", "when": {"dark": True}, "derive": {"cold": True}}
STEPS = [{"choice": "coat", "next-when": {"tried": "coat"}}, {"choice": "fire"}]
LADDER = {"id": "warmth", "when": {"cold": True}, "steps": STEPS}
FIRST, SECOND = {"cold": True}, {"cold": True, "tried": "coat"}


def base(*rules: dict[str, Any], ladders: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    topic = {"topic": "warmth", "need": "warm-up", "rules": list(rules), "ladders": list(ladders)}
    return {"vocabulary": WORDS, "catalog": CHOICES, "decisions": [topic]}


def example(match: Any = ({"cold": True, "wet": False},), differ: Any = ({"cold": True},)) -> dict[str, Any]:
    return {**RULE, "examples": {"match": list(match), "differ": list(differ)}}


def problems(base: dict[str, Any]) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        knowledge_of(base)
    return caught.value.problems


def only(base: dict[str, Any]) -> Problem:
    (problem,) = problems(base)
    return problem


def text_at(problem: Problem) -> str:
    """Return what is underlined."""
    return problem.text[problem.column - 1 :][: problem.width]


# --- examples of rules -------------------------------------------------------------------------------------------


def test_examples_that_do_what_they_say() -> None:
    assert knowledge_of(base(example(), DERIVED))


def test_examples_fire_through_what_is_derived() -> None:
    assert knowledge_of(base(DERIVED, example(match=[{"dark": True, "wet": False}], differ=[{"dark": True}])))


def test_one_alternative_is_enough() -> None:
    ways = {**RULE, "when": {}, "when-any": [{"cold": True}, {"degrees": {"below": 5}}]}
    examples = {"match": [{"cold": True}, {"degrees": 4}], "differ": [{"degrees": 5}]}
    assert knowledge_of(base({**ways, "examples": examples}))


def test_a_match_that_does_not_fire() -> None:
    told = base(example(match=[{"cold": True, "wet": False}, {"cold": True, "wet": True}]))
    problem = only(told)
    assert problem.message == "the rule does not fire on this example"
    assert problem.hint == "needs that wet is false, but wet is true"
    assert problem.file == "decisions/warmth.yaml"
    lines = contents_of(told)[problem.file].decode().split("\n")
    assert [line.strip() for line in lines[problem.line - 1 :][:3]] == ["{", '"cold": true,', '"wet": true']


def test_a_match_of_which_too_little_is_known() -> None:
    problem = only(base(example(match=[{"cold": True}], differ=[{}])))
    assert problem.hint == "it is not known whether wet is false"


def test_the_closest_alternative_is_told() -> None:
    ways = {**RULE, "when": {}, "when-any": [{"cold": True, "wet": True, "lit": True}, {"degrees": {"at-least": 5}}]}
    problem = only(base({**ways, "examples": {"match": [{"degrees": 4}], "differ": [{}]}}))
    assert problem.hint == "needs that degrees is at least 5, but degrees is at most 4"


def test_a_difference_that_fires() -> None:
    problem = only(base(example(differ=[{"cold": True, "wet": False, "lit": True}])))
    assert problem.message == "the rule fires on this example, which is listed as one that differs"


def test_an_example_that_cannot_be() -> None:
    problem = only(base(DERIVED, example(differ=[{"dark": True, "cold": False}])))
    assert problem.message.startswith("this example cannot be: cold cannot be both")


def test_an_example_with_an_unknown_word() -> None:
    problem = only(base(example(differ=[{"colt": True}])))
    assert (problem.message, problem.hint) == ("unknown attribute `colt`", "did you mean `cold`?")
    assert text_at(problem) == '"colt"'


def test_examples_are_tried_on_a_day_on_which_the_rule_counts() -> None:
    dated = {**DERIVED, "from": "2030-01-01", "until": "2031-01-01"}
    later = {**example(match=[{"dark": True, "wet": False}], differ=[{}]), "from": "2030-01-01"}
    assert knowledge_of(base(dated, later))
    assert only(base(dated, {**later, "from": "2031-01-01"})).message == "the rule does not fire on this example"


def test_each_example_is_told_apart() -> None:
    wrong = example(match=[{"cold": False}, {"cold": True, "wet": False}, {"wet": True}], differ=[{}, {"cold": True}])
    assert len(problems(base(wrong))) == 2
    assert len({problem.line for problem in problems(base(wrong))}) == 2


# --- examples of ladders -----------------------------------------------------------------------------------------


def ladder(*examples: dict[str, Any]) -> dict[str, Any]:
    return base(ladders=({**LADDER, "examples": list(examples)},))


def test_ladder_examples_that_do_what_they_say() -> None:
    assert knowledge_of(ladder({"given": FIRST, "step": "coat"}, {"given": SECOND, "step": "fire"}, {"given": {}}))


def test_a_ladder_that_calls_for_another_step() -> None:
    problem = only(ladder({"given": FIRST, "step": "coat"}, {"given": FIRST, "step": "fire"}))
    assert problem.message == "the ladder calls for coat here, not fire"


def test_a_ladder_that_calls_for_a_step_where_none_is_expected() -> None:
    problem = only(ladder({"given": FIRST, "step": "coat"}, {"given": SECOND}))
    assert problem.message == "the ladder calls for fire here, not none"


def test_a_ladder_that_calls_for_no_step() -> None:
    problem = only(ladder({"given": FIRST, "step": "coat"}, {"given": {"cold": False}, "step": "fire"}))
    assert problem.message == "the ladder calls for no step here, not fire"


def test_a_ladder_example_that_cannot_be() -> None:
    given = {"tried": {"is": "coat", "not": "coat"}}
    problem = only(ladder({"given": FIRST, "step": "coat"}, {"given": given, "step": "fire"}))
    assert "this example cannot be" in problem.message


# --- engines -----------------------------------------------------------------------------------------------------


def test_each_engine_can_try_the_examples(engine: EngineName) -> None:
    knowledge = knowledge_of(
        base(example(), DERIVED, ladders=({**LADDER, "examples": [{"given": FIRST, "step": "coat"}] * 2},))
    )
    wrong = [
        (RuleEntry, "fire-warms", {**example(match=[{"cold": True, "wet": True}]), "because": "", "sources": []}),
        (LadderEntry, "warmth", {**LADDER, "examples": [{"given": FIRST, "step": "fire"}]}),
    ]
    written = {}
    for kind, name, raw in wrong:
        steps = [{**step, "because": "", "sources": []} for step in raw.get("steps", [])]
        content = {**raw, **({"steps": steps} if steps else {})}
        file = parse(msgspec.json.encode(content).decode(), f"{name}.yaml")
        entry = convert(file, (), file.data, kind, found := Problems())
        assert entry, found
        written[name] = Written(f"warmth.{name}", "warm-up", Site(file, (), Problems()), entry)
    told = check_examples(knowledge, written, engine)
    assert [problem.message for problem in told] == [
        "the rule does not fire on this example",
        "the ladder calls for coat here, not fire",
    ]


# --- circles -----------------------------------------------------------------------------------------------------


def prefer(name: str, winner: str, *losers: str, **when: Any) -> dict[str, Any]:
    return {"id": name, "when": when or {"cold": True}, "prefer": winner, "over": list(losers)}


def test_a_circle_is_told_with_its_choices_its_rules_and_the_mend() -> None:
    problem = only(base(prefer("b-rule", "fire", "coat"), prefer("a-rule", "coat", "fire", wet=True)))
    assert problem.message == (
        "preferences run in a circle: coat over fire over coat, by the rules warmth.a-rule, warmth.b-rule"
    )
    assert problem.hint == "make their conditions exclude each other"
    assert problem.file == "decisions/warmth.yaml"
    assert problem.line > 0


def test_each_circle_is_told_once() -> None:
    rules = (
        prefer("one", "coat", "fire"),
        prefer("two", "fire", "tea"),
        prefer("three", "tea", "coat"),
        prefer("four", "fire", "coat", wet=True),
    )
    told = [problem.message.partition(", by the rules ")[2] for problem in problems(base(*rules))]
    assert sorted(told) == ["warmth.four, warmth.one", "warmth.one, warmth.three, warmth.two"]


def test_preferences_without_a_circle_are_fine() -> None:
    assert knowledge_of(base(prefer("one", "coat", "fire", "tea"), prefer("two", "fire", "tea")))


def test_circles_are_looked_for_only_where_examples_are_right() -> None:
    rules = (prefer("one", "coat", "fire"), prefer("two", "fire", "coat"), example(match=[{"colt": True}]))
    assert {problem.message for problem in problems(base(*rules))} >= {"unknown attribute `colt`"}


COMPATIBLE = [
    ({"windy": True}, {"windy": True}, True),
    ({"windy": True}, {"windy": False}, False),
    ({"windy": {"not": True}}, {"windy": {"not": False}}, False),
    ({"sky": "clear"}, {"sky": "cloudy"}, False),
    ({"sky": "overcast"}, {"sky": "cloudy"}, True),
    ({"sky": ["clear", "overcast"]}, {"sky": "cloudy"}, True),
    ({"sky": {"not": "cloudy"}}, {"sky": "overcast"}, False),
    ({"sky": {"not": "overcast"}}, {"sky": "cloudy"}, True),
    ({"sky": {"not": ["clear", "overcast"]}}, {"sky": {"not": "cloudy"}}, True),
    ({"falls": "rain"}, {"falls": "snow"}, True),
    ({"falls": {"not": "rain"}}, {"falls": "drizzle"}, False),
    ({"falls": {"not": "drizzle"}}, {"falls": "rain"}, True),
    ({"falls": {"not": "drizzle"}}, {"falls": ["drizzle", "snow"]}, True),
    ({"degrees": {"at-least": 5}}, {"degrees": {"at-most": 5}}, True),
    ({"degrees": {"above": 5}}, {"degrees": {"at-most": 5}}, False),
    ({"degrees": 5}, {"degrees": {"at-least": 6}}, False),
    ({"windy": True}, {"sky": "clear"}, True),
    ({"windy": True, "sky": "clear"}, {"windy": True, "sky": "overcast"}, False),
]


@pytest.mark.parametrize(("one", "other", "together"), COMPATIBLE)
def test_conditions_that_can_hold_together(one: dict[str, Any], other: dict[str, Any], together: bool) -> None:
    weather = attributes_of(*WEATHER)
    tests = [t for when in (one, other) for name, asked in when.items() for t in read_condition(name, asked, weather)]
    assert compatible(tests, weather) is together
    assert compatible(tests[::-1], weather) is together
