"""The durable engine: the same rules as by definition, within the bounds that durable-rules survives."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from adjudge.errors import EngineError
from adjudge.facts import Known, Test
from adjudge.knowledge import Rule
from adjudge.quantities import LIMIT
from adjudge.vocabulary import Attribute, Value
from matching import WEATHER, attributes_of, drawn_base, drawn_facts, facts_of, fired, rule_of, seeded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matching import Attributes

durable = pytest.importorskip("adjudge.durable", exc_type=ImportError, reason="durable-rules cannot be imported here")
ENOUGH = durable._FEW + 2  # matches after which the networks for all rules are in use


@pytest.fixture(scope="module")
def weather() -> Attributes:
    return attributes_of(*WEATHER)


def engine_of(attributes: Attributes, *whens: dict[str, Any]) -> Any:
    rules = [rule_of(attributes, when, f"t.rule{number}") for number, when in enumerate(whens)]
    return durable.DurableEngine(rules, attributes)


def flags(count: int) -> Attributes:
    return attributes_of(*({"id": f"flag{number}", "kind": "boolean"} for number in range(count)))


# --- sizes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1_000, 3_000])
def test_many_rules(count: int) -> None:
    random = seeded(count)
    attributes, rules = drawn_base(count, random)
    engine = durable.DurableEngine(rules, attributes)
    for facts in (drawn_facts(attributes, 12, random) for _ in range(2 * ENOUGH)):
        assert engine.match(facts) == fired(rules, facts) != ()


def test_more_rules_than_one_network_carries() -> None:
    attributes = flags(3)
    rules = [rule_of(attributes, {"flag0": True, f"flag{1 + number % 2}": True}) for number in range(5_000)]
    engine = durable.DurableEngine(rules, attributes)
    facts = facts_of(attributes, {"flag0": True, "flag1": True})
    for _ in range(ENOUGH):
        assert engine.match(facts) == tuple(range(0, 5_000, 2))


def test_more_conditions_on_one_test_than_one_network_carries() -> None:
    attributes = flags(601)
    engine = engine_of(attributes, *({"flag600": True, f"flag{number}": True} for number in range(600)))
    facts = facts_of(attributes, {"flag600": True, "flag7": True, "flag599": True})
    for _ in range(ENOUGH):
        assert engine.match(facts) == (7, 599)


def test_more_tests_below_one_attribute_than_one_network_carries() -> None:
    attributes = attributes_of(
        {"id": "code", "kind": "single", "values": [{"id": f"v{number}"} for number in range(600)]},
        {"id": "size", "kind": "quantity", "unit": "count"},
    )
    engine = engine_of(
        attributes,
        *({"code": f"v{number}"} for number in range(600)),
        *({"size": {"at-least": number}} for number in range(100)),
    )
    facts = facts_of(attributes, {"code": "v512", "size": 2})
    for _ in range(ENOUGH):
        assert engine.match(facts) == (512, 600, 601, 602)


def test_more_facts_at_once_than_one_network_carries() -> None:
    attributes = flags(300)
    engine = engine_of(attributes, *({f"flag{number}": True, f"flag{number + 1}": True} for number in range(299)))
    facts = facts_of(attributes, {f"flag{number}": True for number in range(200)})
    for _ in range(ENOUGH):
        assert engine.match(facts) == tuple(range(199))


def test_more_thresholds_reached_at_once_than_one_network_carries() -> None:
    attributes = attributes_of({"id": "size", "kind": "quantity", "unit": "count"})
    engine = engine_of(attributes, *({"size": {"at-least": number}} for number in range(150)))
    for _ in range(ENOUGH):
        assert engine.match(facts_of(attributes, {"size": 119})) == tuple(range(120))


def test_more_values_at_once_than_one_test_carries() -> None:
    values = [f"v{number}" for number in range(150)]
    attributes = attributes_of({"id": "has", "kind": "multiple", "values": [{"id": value} for value in values]})
    engine = engine_of(attributes, {"has": values}, {"has": values[:75]}, {"has": {"not": values[:30]}})
    for _ in range(ENOUGH):
        assert engine.match(facts_of(attributes, {"has": values[70:]})) == (0, 1)
        assert engine.match(facts_of(attributes, {"has": {"not": values}})) == (2,)


def test_the_widest_rule_that_the_loader_lets_through() -> None:
    attributes = flags(32)
    engine = engine_of(attributes, {f"flag{number}": True for number in range(32)})
    for _ in range(ENOUGH):
        assert engine.match(facts_of(attributes, {f"flag{number}": True for number in range(32)})) == (0,)
        assert engine.match(facts_of(attributes, {f"flag{number}": True for number in range(31)})) == ()


def test_a_rule_with_too_many_conditions_is_refused_by_name() -> None:
    attributes = flags(400)
    everything = {f"flag{number}": True for number in range(400)}
    engine = engine_of(attributes, {"flag0": True}, everything)
    with pytest.raises(EngineError, match=r"rule t\.rule1 has 400 conditions"):
        engine.match(facts_of(attributes, everything))


# --- what may reach the C engine ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a b", "a\nb", "ä", "a\0b", "x" * 81])
def test_names_that_could_harm_are_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = recorded(monkeypatch)
    by_name = Test(name, "is", ("true",), yes=("true",))
    by_value = Test("good", "is", (name,), yes=(name,))
    by_bound = Test(name, "at-least", bound=1)
    attributes = {
        name: Attribute(name, "boolean", "?", values={"true": Value("true", "yes")}),
        "good": Attribute("good", "single", "?", values={name: Value(name, name)}),
    }
    for test, said in ((by_name, "true"), (by_value, name), (by_bound, "true")):
        engine = durable.DurableEngine([Rule("t.r", "advise", (test,), "", ())], attributes)
        with pytest.raises(EngineError, match="not a name that may reach durable-rules"):
            engine.match({test.attribute: Known(true=(said,), least=1)})
    assert reached == []


@pytest.mark.parametrize("bound", [-2, LIMIT + 2, 2**62, 2**64])
def test_numbers_that_it_cannot_compare_are_refused(bound: int, weather: Attributes) -> None:
    rule = Rule("t.r", "advise", (Test("degrees", "at-least", bound=bound),), "", ())
    with pytest.raises(EngineError, match="not a number that may reach durable-rules"):
        durable.DurableEngine([rule], weather).match(facts_of(weather, {"degrees": 1}))


@pytest.mark.parametrize("amount", [0, 1, 2**31, 2**53 + 1, LIMIT - 1, LIMIT])
def test_numbers_are_compared_exactly(amount: int, weather: Attributes) -> None:
    tests = [
        Test("degrees", relation, bound=amount + step) for relation in ("at-least", "at-most") for step in (-1, 0, 1)
    ]
    rules = [Rule("t.r", "advise", (test,), "", ()) for test in tests]
    facts = facts_of(weather, {"degrees": amount})
    assert durable.DurableEngine(rules, weather).match(facts) == fired(rules, facts) == (0, 1, 4, 5)


# Two pairs of names with the same 32-bit FNV-1a hash, by which durable-rules tells names apart.
ALIKE = [("oaysvct", "gldiswm"), ("myuirvw", "thggjyx")]


@pytest.mark.parametrize("names", ALIKE)
def test_names_that_durable_rules_would_take_for_one_are_kept_apart(names: tuple[str, str]) -> None:
    attributes = attributes_of(*({"id": name, "kind": "boolean"} for name in names))
    one, other = names
    engine = engine_of(attributes, {one: True}, {other: True}, {one: False}, {other: False})
    for _ in range(ENOUGH):
        assert engine.match(facts_of(attributes, {one: True, other: False})) == (0, 3)
        assert engine.match(facts_of(attributes, {one: False, other: True})) == (1, 2)
        assert engine.match(facts_of(attributes, {one: True})) == (0,)


@pytest.mark.parametrize("names", ALIKE)
def test_a_rule_that_needs_both_of_such_names_is_refused(names: tuple[str, str]) -> None:
    attributes = attributes_of(*({"id": name, "kind": "boolean"} for name in names))
    engine = engine_of(attributes, dict.fromkeys(names, True))
    with pytest.raises(EngineError, match=r"t\.rule0"):
        engine.match(facts_of(attributes, dict.fromkeys(names, True)))


# --- failures ----------------------------------------------------------------------------------------------------


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each call of the C engine from now on."""
    calls: list[str] = []
    for name in ("create_ruleset", "assert_fact", "start_action_for_state", "delete_state", "delete_ruleset"):
        monkeypatch.setattr(durable.c_engine, name, noting(calls, name, getattr(durable.c_engine, name)))
    return calls


def noting(calls: list[str], name: str, function: Any) -> Any:
    def call(*arguments: Any) -> Any:
        calls.append(name)
        return function(*arguments)

    return call


def raising(*_: Any) -> Any:
    raise durable.c_engine.error("out of order")


def firing(*names: str) -> Iterator[str]:
    return (f'{{"{name}": 1}}' for name in names)


FAILURES = {
    "raises on the facts": {"assert_fact": raising},
    "takes the facts halfway": {"assert_fact": lambda *_: (2, 1)},
    "does not take the closing fact": {"assert_fact": lambda *_: (1, 1)},
    "raises when rules fire": {"start_action_for_state": raising},
    "fires nothing": {"start_action_for_state": lambda *_: (0, None)},
    "loses the closing fact": {
        "start_action_for_state": lambda *_: (0, '{"r0": 1}'),
        "complete_and_start_action": lambda *_: None,
    },
    "fires one rule for ever": {
        "start_action_for_state": lambda *_: (0, '{"r0": 1}'),
        "complete_and_start_action": lambda *_: '{"r0": 1}',
    },
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
def test_after_a_failure_the_network_is_dead(
    failure: dict[str, Any], weather: Attributes, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, facts = engine_of(weather, {"windy": True}), facts_of(weather, {"windy": True})
    for _ in range(ENOUGH):
        assert engine.match(facts) == (0,)
    with monkeypatch.context() as failing:
        for name, function in failure.items():
            failing.setattr(durable.c_engine, name, function)
        with pytest.raises(EngineError, match="durable-rules"):
            engine.match(facts)
    calls = recorded(monkeypatch)
    with pytest.raises(EngineError, match="cannot be used again"):
        engine.match(facts)
    del engine
    assert calls == []


def test_other_networks_live_on_after_a_failure(weather: Attributes, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = engine_of(weather, {"windy": True}), engine_of(weather, {"windy": True})
    facts = facts_of(weather, {"windy": True})
    with monkeypatch.context() as failing:
        failing.setattr(durable.c_engine, "assert_fact", raising)
        with pytest.raises(EngineError):
            broken.match(facts)
    assert sound.match(facts) == (0,)


def test_a_firing_that_comes_twice_is_no_answer(weather: Attributes, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of(weather, {"windy": True}, {"windy": False})
    later = firing("r0", "end")
    monkeypatch.setattr(durable.c_engine, "start_action_for_state", lambda *_: (0, '{"r0": 1}'))
    monkeypatch.setattr(durable.c_engine, "complete_and_start_action", lambda *_: next(later, None))
    with pytest.raises(EngineError, match="lost or repeated"):
        engine.match(facts_of(weather, {"windy": True}))


def test_rules_that_durable_rules_refuses_are_an_error_of_ours(
    weather: Attributes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable.c_engine, "create_ruleset", raising)
    with pytest.raises(EngineError, match="refused the rules"):
        engine_of(weather, {"windy": True}).match(facts_of(weather, {"windy": True}))


# --- many evaluations --------------------------------------------------------------------------------------------


def test_threads_do_not_disturb_each_other() -> None:
    random = seeded(7)
    attributes, rules = drawn_base(300, random)
    engine = durable.DurableEngine(rules, attributes)
    tasks = [drawn_facts(attributes, 8, random) for _ in range(200)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(engine.match, tasks))
    assert found == [fired(rules, facts) for facts in tasks]


def test_networks_may_be_the_last_to_go(weather: Attributes, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end of a process the C engine's module can be gone before them; that must not make any noise."""
    engine = engine_of(weather, {"windy": True})
    for _ in range(ENOUGH):
        engine.match(facts_of(weather, {"windy": True}))
    monkeypatch.setattr(durable, "c_engine", None)
    engine._networks[0].__del__()


MEMORY = """
import resource, sys
sys.path[:0] = {path!r}
from adjudge.durable import DurableEngine
from matching import drawn_base, drawn_facts, seeded

random = seeded(3)
attributes, rules = drawn_base(300, random)
tasks = [drawn_facts(attributes, 8, random) for _ in range(50)]

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

def once():
    engine = DurableEngine(rules, attributes)
    for facts in tasks[:12]:
        engine.match(facts)

engine = DurableEngine(rules, attributes)
for round in range(3):
    for facts in tasks:
        engine.match(facts)
    once()
print(peak())
for round in range(100):
    for facts in tasks:
        engine.match(facts)
print(peak())
for round in range(20):
    once()
print(peak())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is measured in other units elsewhere")
def test_memory_does_not_grow() -> None:
    """Neither with 5,000 evaluations, nor with engines that come and go."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY.format(path=sys.path)], capture_output=True, text=True, check=True
    )
    megabytes = [int(line) / 1024 for line in done.stdout.split()]
    assert all(later - earlier < 5 for earlier, later in pairwise(megabytes)), megabytes
    assert done.stderr == ""
