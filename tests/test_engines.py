"""Which engines there are, and that it makes no difference which one is used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from adjudge import engines
from adjudge.engines import durable_available, engine_maker
from adjudge.errors import EngineError
from adjudge.evaluation import Evaluator
from adjudge.native import NativeEngine
from matching import WEATHER, attributes_of, facts_of, rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.engines import EngineName
    from adjudge.knowledge import Knowledge


@pytest.fixture
def ask_anew() -> Iterator[None]:
    """Forget, before and after, whether durable-rules can be had."""
    durable_available.cache_clear()
    yield
    durable_available.cache_clear()


def test_a_made_engine_matches(engine: EngineName) -> None:
    weather = attributes_of(*WEATHER)
    rules = [rule_of(weather, {"windy": True}), rule_of(weather, {"sky": "clear"}), rule_of(weather, {})]
    made = engine_maker(engine)(rules, weather)
    assert made.match(facts_of(weather, {"windy": True})) == (0, 2)
    assert made.match({}) == (2,)


def test_the_names_stand_for_different_engines() -> None:
    assert engine_maker("native") is NativeEngine
    if durable_available():
        assert engine_maker("durable") is not NativeEngine


@pytest.mark.usefixtures("ask_anew")
def test_durable_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    assert not durable_available()
    with pytest.raises(EngineError, match="not installed"):
        engine_maker("durable")


@pytest.mark.usefixtures("ask_anew")
def test_durable_where_its_c_part_does_not_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _: object())
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    assert not durable_available()
    with pytest.raises(EngineError, match="not installed"):
        engine_maker("durable")


@pytest.mark.usefixtures("ask_anew")
def test_native_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    assert engine_maker("native")([], {}).match({}) == ()


def test_an_evaluator_makes_each_engine_once(shipped: Knowledge, engine: EngineName) -> None:
    evaluator = Evaluator(shipped, engine)
    assert evaluator.engine() is evaluator.engine()
    assert evaluator.engine("query-in-place") is evaluator.engine("query-in-place")
    assert evaluator.engine() is not evaluator.engine("query-in-place")
