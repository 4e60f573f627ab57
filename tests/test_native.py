"""The native engine: which rules fire, and the record of why the others did not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adjudge.facts import Fact
from adjudge.native import NativeEngine
from matching import WEATHER, attributes_of, drawn_base, drawn_facts, facts_of, fired, rule_of, seeded

if TYPE_CHECKING:
    from matching import Attributes


@pytest.fixture(scope="module")
def weather() -> Attributes:
    return attributes_of(*WEATHER)


def matches(weather: Attributes, whens: list[dict[str, Any]], said: dict[str, Any]) -> tuple[int, ...]:
    return NativeEngine([rule_of(weather, when) for when in whens], weather).match(facts_of(weather, said))


def test_fired_rules_are_named_in_order(weather: Attributes) -> None:
    whens = [{"windy": True}, {"sky": "clear"}, {"windy": False}, {"degrees": {"at-least": 3}}, {"windy": True}]
    assert matches(weather, whens, {"sky": "clear", "degrees": 5, "windy": True}) == (0, 1, 3, 4)


def test_all_tests_of_a_rule_must_hold(weather: Attributes) -> None:
    when = {"windy": True, "sky": "clear", "falls": "snow"}
    assert matches(weather, [when], {"windy": True, "sky": "clear"}) == ()
    assert matches(weather, [when], {"windy": True, "sky": "clear", "falls": "snow"}) == (0,)


def test_without_facts_only_rules_without_tests_fire(weather: Attributes) -> None:
    assert matches(weather, [{"windy": True}, {}, {"sky": {"not": "clear"}}], {}) == (1,)


def test_facts_that_no_rule_asks_about_are_passed_over(weather: Attributes) -> None:
    assert matches(weather, [{"windy": True}], {"sky": "clear", "falls": ["rain", "snow"], "windy": True}) == (0,)


def test_a_test_that_stands_twice_in_a_rule_counts_once(weather: Attributes) -> None:
    rule = rule_of(weather, {"windy": True, "sky": "clear"})
    doubled = [type(rule)(rule.id, rule.kind, (*rule.tests, *rule.tests), "", ())]
    engine = NativeEngine(doubled, weather)
    assert engine.match(facts_of(weather, {"windy": True})) == ()
    assert engine.match(facts_of(weather, {"windy": True, "sky": "clear"})) == (0,)


def test_a_test_that_holds_for_two_reasons_counts_once(weather: Attributes) -> None:
    both_true = {"falls": ["rain", "snow"], "windy": True}
    assert matches(weather, [both_true], {"falls": ["drizzle", "rain", "snow"]}) == ()
    true_and_false = {"sky": {"not": "cloudy"}, "windy": True}
    assert matches(weather, [true_and_false], {"sky": {"is": "clear", "not": "cloudy"}}) == ()
    both_false = {"falls": {"not": "drizzle"}, "windy": True}
    assert matches(weather, [both_false], {"falls": {"not": ["rain", "drizzle"]}}) == ()


def test_two_tests_on_one_attribute_count_separately(weather: Attributes) -> None:
    when = {"falls": {"all": ["rain", "snow"]}}
    assert matches(weather, [when], {"falls": "drizzle"}) == ()
    assert matches(weather, [when], {"falls": ["drizzle", "snow"]}) == (0,)
    one_value_for_both = {"sky": {"not": ["overcast", "cloudy"]}}
    assert matches(weather, [one_value_for_both], {"sky": "clear"}) == (0,)


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [
        (4, (2, 3)),
        (5, (0, 2, 3)),
        (6, (0, 2)),
        ({"at-least": 5}, (0,)),
        ({"at-most": 5}, (2, 3)),
        ({"at-least": 9, "at-most": 9}, (0, 1)),
    ],
)
def test_bounds(weather: Attributes, degrees: Any, expected: tuple[int, ...]) -> None:
    bounds = [{"at-least": 5}, {"at-least": 9}, {"at-most": 8}, {"at-most": 5}]
    assert matches(weather, [{"degrees": bound} for bound in bounds], {"degrees": degrees}) == expected


def test_one_match_leaves_no_trace_in_the_next(weather: Attributes) -> None:
    engine = NativeEngine([rule_of(weather, {"windy": True, "sky": "clear"})], weather)
    assert engine.match(facts_of(weather, {"windy": True})) == ()
    assert engine.match(facts_of(weather, {"sky": "clear"})) == ()
    assert engine.match(facts_of(weather, {"windy": True, "sky": "clear"})) == (0,)
    assert engine.match({}) == ()


@pytest.mark.parametrize("count", [1_000, 3_000])
def test_many_rules(count: int) -> None:
    random = seeded(count)
    attributes, rules = drawn_base(count, random)
    engine = NativeEngine(rules, attributes)
    for facts in (drawn_facts(attributes, 12, random) for _ in range(20)):
        assert engine.match(facts) == fired(rules, facts) != ()


def test_the_record_tells_how_much_was_lacking(weather: Attributes) -> None:
    whens = [{"windy": True}, {"windy": True, "sky": "clear"}, {"falls": {"all": ["rain", "snow"]}, "degrees": 4}]
    engine = NativeEngine([rule_of(weather, when) for when in whens], weather)
    trace = engine.trace(facts_of(weather, {"windy": True, "falls": "rain"}))
    assert trace.fired == (0,)
    assert list(trace.lacking) == [0, 1, 3]


def test_the_record_tells_how_each_condition_came_out(weather: Attributes) -> None:
    rule = rule_of(weather, {"windy": True, "sky": "clear", "falls": "snow", "degrees": {"at-least": 3}})
    engine = NativeEngine([rule], weather)
    trace = engine.trace(facts_of(weather, {"windy": True, "sky": "overcast", "degrees": {"at-least": 1}}))
    windy, sky, falls, degrees = engine.examine(trace, 0)
    assert (windy.state, windy.seen) == ("held", (Fact("windy", "is", "true"),))
    assert (sky.state, sky.seen) == ("failed", (Fact("sky", "is", "overcast"),))
    assert (falls.state, falls.seen) == ("open", ())
    assert degrees.state == "open"
