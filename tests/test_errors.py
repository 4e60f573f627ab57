"""Problems as people read them, and hints at what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import adjudge
from adjudge.errors import AdjudgeError, InputError, KnowledgeError, Problem, ScenarioError, nearest

KNOWN = ["data.store", "data.size", "query.language", "serving.requests", "endpoint.autoscales"]


def test_problem_on_one_line() -> None:
    assert str(Problem("a.yaml", 3, 14, "unknown attribute", "did you mean x?")) == (
        "a.yaml:3:14: unknown attribute (did you mean x?)"
    )
    assert str(Problem("a.yaml", 3, 14, "unknown attribute")) == "a.yaml:3:14: unknown attribute"


def test_problem_of_a_whole_file_has_no_line() -> None:
    assert str(Problem("a.yaml", 0, 0, "is empty")) == "a.yaml: is empty"


def test_problems_sort_in_reading_order() -> None:
    places = [("b", 1, 1), ("a", 10, 1), ("a", 2, 5), ("a", 2, 1)]
    ordered = sorted(Problem(*place, "x") for place in places)
    assert [(one.file, one.line, one.column) for one in ordered] == sorted(places)


def test_error_carries_and_says_all_its_problems() -> None:
    problems = [Problem("a.yaml", 1, 1, "one"), Problem("a.yaml", 2, 1, "two")]
    error = ScenarioError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == "a.yaml:1:1: one\na.yaml:2:1: two"


@pytest.mark.parametrize("kind", [KnowledgeError, ScenarioError, InputError])
def test_whoever_catches_input_errors_catches_all_of_them(kind: type[InputError]) -> None:
    assert issubclass(kind, InputError)
    assert issubclass(kind, AdjudgeError)
    assert getattr(adjudge, kind.__name__) is kind


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("data.sotre", "did you mean `data.store`"),
        ("datastore", "did you mean `data.store`"),
        ("Data.Size", "did you mean `data.size`"),
        ("language", "did you mean `query.language`?"),  # the end of a name is enough
        ("autoscales", "did you mean `endpoint.autoscales`?"),
        ("xyzzy", "known: data.size, data.store, endpoint.autoscales, query.language, serving.requests"),
    ],
)
def test_nearest_names(word: str, hint: str) -> None:
    assert nearest(word, KNOWN).startswith(hint)


def test_nothing_is_suggested_out_of_many_unlike_names() -> None:
    assert nearest("xyzzy", [f"name-{number}" for number in range(50)]) == ""
    assert nearest("xyzzy", []) == ""


@given(st.text(), st.lists(st.text(max_size=10)))
def test_hints_name_nothing_but_known_words(word: str, known: list[str]) -> None:
    hint = nearest(word, known)
    assert hint == "" or any(name in hint for name in known)
    assert nearest(word, reversed(known)) == hint
