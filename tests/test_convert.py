"""Typed entries from plain values: every misfit at its place, in plain words, none lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adjudge.convert import convert
from adjudge.schema import Entry
from adjudge.yamlfile import parse

if TYPE_CHECKING:
    from adjudge.errors import Problem


class Wheel(Entry):
    """A part in a list or a mapping."""

    size: int
    colour: Literal["red", "green"] = "red"


class Car(Entry):
    """Something of every shape that entries have."""

    name: str
    top_speed: int = 0
    tags: list[str] = msgspec.field(default_factory=list)
    wheels: list[Wheel] = msgspec.field(default_factory=list)
    spare: dict[str, Wheel] = msgspec.field(default_factory=dict)
    verdicts: dict[str, Literal["good", "bad"]] = msgspec.field(default_factory=dict)
    note: str | list[str] = ""
    any_: Any = msgspec.field(name="any", default=None)


def read(text: str) -> tuple[Car | None, list[Problem]]:
    file = parse(text, "car.yaml")
    problems: list[Problem] = []
    return convert(file, (), file.data, Car, problems), problems


def underlined(problem: Problem) -> str:
    return problem.text[problem.column - 1 :][: problem.width]


def test_entry() -> None:
    car, problems = read("{name: a, top-speed: 5, wheels: [{size: 1}], spare: {x: {size: 2, colour: green}}, any: [1]}")
    assert car == Car(
        name="a", top_speed=5, wheels=[Wheel(size=1)], spare={"x": Wheel(size=2, colour="green")}, any_=[1]
    )
    assert problems == []


@pytest.mark.parametrize(
    ("text", "says", "hint", "at"),
    [
        ("{name: a, topspeed: 5}", "unknown key `topspeed`", "did you mean `top-speed`?", "topspeed"),
        ("{name: a, top_speed: 5}", "unknown key `top_speed`", "did you mean `top-speed`?", "top_speed"),
        ("{name: a, wheels: [{size: 1, color: red}]}", "unknown key `color`", "did you mean `colour`?", "color"),
        (
            "{name: a, spare: {x: {size: 1}, y: {size: 1, sise: 2}}}",
            "unknown key `sise`",
            "did you mean `size`?",
            "sise",
        ),
        ("{name: one, two}", "unknown key `two`", "", "two"),
        ("{name: one, and two}", "unknown key `and two`", "quote text that has a comma in it", "and two"),
        ("{top-speed: 5}", "`name` is missing here", "", "{top-speed: 5}"),
        ("{name: a, wheels: [{size: 1}, {colour: red}]}", "`size` is missing here", "", "{colour: red}"),
        ("{name: a, spare: {x: {size: 1}, y: {colour: red}}}", "`size` is missing here", "", "{colour: red}"),
        ("{name: 5}", "expected text, got a whole number", "", "5"),
        ("{name: [a]}", "expected text, got a list", "", "[a]"),
        ("{name: a, top-speed: fast}", "expected a whole number, got text", "", "fast"),
        ("{name: a, top-speed: 1.5}", "expected a whole number, got a number", "", "1.5"),
        ("{name: a, top-speed: true}", "expected a whole number, got true or false", "", "true"),
        ("{name: a, top-speed: null}", "expected a whole number, got nothing", "", "null"),
        ("{name: a, tags: b}", "expected a list, got text", "", "b"),
        ("{name: a, tags: [b, {c: d}]}", "expected text, got a mapping", "", "{c: d}"),
        ("{name: a, note: 5}", "expected text or a list, got a whole number", "", "5"),
        ("{name: a, spare: {x: {size: 1}, y: {size: big}}}", "expected a whole number, got text", "", "big"),
        ("{name: a, wheels: [{size: 1, colour: gren}]}", "`gren` is not allowed here", "did you mean `green`", "gren"),
        ("{name: a, verdicts: {x: good, y: bat}}", "`bat` is not allowed here", "did you mean `bad`?", "bat"),
        ("[name]", "expected a mapping, got a list", "", "[name]"),
        ("name", "expected a mapping, got text", "", "name"),
    ],
)
def test_misfit(text: str, says: str, hint: str, at: str) -> None:
    car, (problem,) = read(text)
    assert car is None
    assert problem.message == says
    assert hint in problem.hint
    assert underlined(problem) == at


def test_every_unknown_key_is_told() -> None:
    _, problems = read("{nam: a, name: b, wheels: [{size: 1, a: 1}, {b: 1, size: 2}], spare: {x: {size: 1, c: 2}}}")
    assert sorted(underlined(one) for one in problems) == ["a", "b", "c", "nam"]


def test_unknown_keys_are_told_along_with_another_misfit() -> None:
    _, problems = read("{nam: a, name: 5}")
    assert [underlined(one) for one in problems] == ["nam", "5"]


def test_place_counts_from_the_path_of_the_entry() -> None:
    file = parse("cars:\n  - {name: a}\n  - {name: b, colour: red}\n", "car.yaml")
    problems: list[Problem] = []
    convert(file, ("cars", 1), file.data["cars"][1], Car, problems)
    assert [(one.line, one.column) for one in problems] == [(3, 15)]


KEYS = st.sampled_from([*Car.__struct_encode_fields__, *Wheel.__struct_encode_fields__]) | st.text(
    "ab$`.[]- \n", max_size=6
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["red", "good", "a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES))
@example({"name": "a", "a` - at `$.wheels[0]": 1})
@example({"name": "a", "spare": {"x": {"size": 1, "a` - at `$": 1}}})
@example({"name": "a", "spare": {"...": {"size": 1, "b": 1}, "[...]": {"size": "x"}}})
def test_anything_fits_or_is_told_off(content: dict[str, Any]) -> None:
    car, problems = read(json.dumps(content))
    assert (car is None) == bool(problems)
    assert all(problem.line == 1 and problem.message for problem in problems)
