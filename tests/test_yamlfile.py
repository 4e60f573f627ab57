"""YAML as people write it: every value with its place, and nothing guessed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from adjudge.errors import InputError
from adjudge.yamlfile import MAX_BYTES, Mark, decode, parse, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from adjudge.errors import Problem

TEXT = """\
title: Über Bilder  # a remark
list:
  - one
  - {two: "2", drei: [3, 4]}
block: >-
  first
  second
"""


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        parse(text, "a.yaml")
    return caught.value.problems


def test_content_as_plain_values() -> None:
    assert parse(TEXT, "a.yaml").data == {
        "title": "Über Bilder",
        "list": ["one", {"two": "2", "drei": [3, 4]}],
        "block": "first second",
    }


def test_place_of_every_value_and_key() -> None:
    file = parse(TEXT, "a.yaml")
    assert file.marks["title",] == Mark(1, 8, len("Über Bilder"))
    assert file.marks["list", 0] == Mark(3, 5, len("one"))
    assert file.marks["list", 1] == Mark(4, 5, len('{two: "2", drei: [3, 4]}'))
    assert file.marks["list", 1, "drei", 1] == Mark(4, 26, 1)
    assert file.keys["list", 1, "drei"] == Mark(4, 16, len("drei"))
    assert file.keys["block",] == Mark(5, 1, len("block"))


def test_problem_at_a_value_at_its_key_and_at_the_closest_parent() -> None:
    file = parse(TEXT, "a.yaml")
    assert (file.problem(("list", 1, "two"), "x").line, file.problem(("list", 1, "two"), "x").column) == (4, 11)
    assert file.problem(("list", 1, "two"), "x", at_key=True).column == 6
    assert file.problem(("list", 1, "vier"), "x").column == 5
    assert file.problem(("nothing", "here"), "x").line == 1
    assert file.problem(("title",), "x").text == "title: Über Bilder  # a remark"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("-12", -12),
        ("999999999999999999", 999_999_999_999_999_999),
        ("1.50", 1.5),
        ("-0.5", -0.5),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ('"5"', "5"),
        ("'no'", "no"),
        ("|-\n  on", "on"),
        ("2021-12-31", "2021-12-31"),
        ("2021-12-31 10:00", "2021-12-31 10:00"),
        ("1000000000000000000000", "1000000000000000000000"),  # more than 64 bits carry
        ("1e5", "1e5"),
        ("5 GB", "5 GB"),
        ("notes:N001", "notes:N001"),
        ("noon", "noon"),
        ("٣", "٣"),  # a digit, but not one that counts
        ("=", "="),
    ],
)
def test_scalar(written: str, value: object) -> None:
    found = parse(f"a: {written}\n", "a.yaml").data["a"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "word",
    ["y", "N", "yes", "No", "on", "OFF", "True", "FALSE", "NULL", "1_000", "-1_0.5", "007", "0x1f", "0o17", "0b11",
     "12:30:45", "-1:30", ".inf", "-.INF", ".NaN"],
)  # fmt: skip
def test_word_that_yaml_readers_disagree_about_is_refused_unless_quoted(word: str) -> None:
    (problem,) = problems_of(f"a: {word}\n")
    assert f"`{word}` means different things" in problem.message
    assert problem.hint
    assert (problem.line, problem.column, problem.width) == (1, 4, len(word))
    assert parse(f'a: "{word}"\n', "a.yaml").data == {"a": word}
    assert parse(f"{word}: a\n", "a.yaml").data == {word: "a"}  # every key is text


def test_all_problems_are_found_not_just_the_first() -> None:
    found = problems_of("a: yes\nb: 1\nb: 2\nc: 0x1\n")
    assert [(one.line, one.column) for one in found] == [(1, 4), (3, 1), (4, 4)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_counts(end: str) -> None:
    (problem,) = problems_of(end.join(["a: 1", "b: 2", "c: yes", "d: 4"]))
    assert (problem.line, problem.column, problem.text) == (3, 4, "c: yes")


def test_depth_of_fifty_is_the_most() -> None:
    assert parse("[" * 50 + "]" * 50, "a.yaml").data
    assert "nested more than 50 levels deep" in problems_of("[" * 51 + "]" * 51)[0].message


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000])
def test_endless_depth_is_refused_like_any_other(text: str) -> None:
    assert "nested more than 50 levels deep" in problems_of(text)[0].message


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\x9b", "\ufffe", "\ud800"])
def test_character_that_yaml_does_not_allow(sign: str) -> None:
    (problem,) = problems_of(f"ä: 1\nöü: a{sign}b\n")
    assert (problem.line, problem.column) == (2, 6)


@pytest.mark.parametrize("text", ['a: "\\ud800"', '"\\udfff": a', '["\\ud83d\\ude00"]'])
@pytest.mark.parametrize("libyaml", [True, False])
def test_half_characters_are_refused_by_both_readers(
    monkeypatch: pytest.MonkeyPatch, text: str, *, libyaml: bool
) -> None:
    if not libyaml:
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert problems_of(text)[0].line == 1


def test_without_libyaml_the_same_is_read_at_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    with_libyaml = parse(TEXT, "a.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert parse(TEXT, "a.yaml") == with_libyaml


def test_decoding_takes_a_byte_order_mark_away() -> None:
    assert decode(b"\xef\xbb\xbfa: 1", "a.yaml") == "a: 1"


def test_decoding_names_the_place_of_a_bad_byte_in_characters() -> None:
    with pytest.raises(InputError) as caught:
        decode("ä: 1\nöü: ".encode() + b"\xff\n", "a.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, problem.text) == (2, 5, "öü: \N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\xef\xbb\xbf", b"a\0b", b"x" * (MAX_BYTES + 1)])
def test_decoding_refuses_what_is_no_text(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(content, "a.yaml")
    assert [(one.file, one.line) for one in caught.value.problems] == [("a.yaml", 0)]


def test_reading_stops_right_after_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"x" * (MAX_BYTES + 1000))
    assert len(read_bytes(path, "large")) == MAX_BYTES + 1


def test_reading_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder: cannot be read: Is a directory"):
        read_bytes(tmp_path, "folder")


SAFE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufeff"), max_size=8
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | SAFE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SAFE, inner, max_size=3),
    max_leaves=10,
)


@given(PLAIN.filter(lambda value: value is not None), st.sampled_from([None, 2]))
def test_json_is_read_as_what_it_means(value: object, indent: int | None) -> None:
    assert parse(json.dumps(value, ensure_ascii=False, indent=indent), "a.json").data == value


SIGNS = "{}[]:,-#'\"|>&*!%@`?~<= \t\n\r\x85\u2028ab01_.\\ux\ud800\U0001f600\ufeff"


@given(st.text(st.characters(exclude_categories=())) | st.text(SIGNS))
@example("? ")
@example("%YAML 9.9\n---\n")
@example("--- !<x> a\n...\n--- b")
@example("a: b: c")
@example("'")
def test_any_text_is_read_or_refused_at_a_place_that_exists(text: str) -> None:
    for problem in refused(lambda: parse(text, "a.yaml")):
        assert problem.line >= 1 or problem.message == "says nothing"
        assert 0 <= problem.column <= len(problem.text) + 1


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(content: bytes) -> None:
    assert len(refused(lambda: decode(content, "a.yaml"))) <= 1


def refused(read: Callable[[], object]) -> tuple[Problem, ...]:
    """Return the problems for which something was refused; none if it was read."""
    try:
        read()
    except InputError as error:
        return error.problems
    return ()
