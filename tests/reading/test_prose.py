"""What a text states, and what an option proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adjudge.reading.choices import read_option
from adjudge.reading.notation import NotationError, compile_phrase
from adjudge.reading.prose import read_prose

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge


def stated(text: str, knowledge: Knowledge) -> dict[str, object]:
    reading = read_prose(text, knowledge)
    return {one.attribute: one.value for one in reading.requirements}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The photographs are on her phones.", {"photos.kind": "picture", "devices": "phone"}),
        ("Raw photographs come from the camera.", {"photos.kind": "raw"}),
        ("She has no smartphone but laptops.", {"devices": "laptop"}),
        ("He does not use a laptop.", {"devices": {"not": "laptop"}}),
        ("The disk is full.", {"store.full": True}),
        ("There is plenty of space.", {"store.full": False}),
        ("They are not running out of space.", {"store.full": False}),
        ("It has to work offline, with the LEAST amount of work.", {"wish.offline": True, "goal": "least-work"}),
        ("The library is 40 GB in all.", {"photos.size": "40 gb"}),
        ("A picture must appear within 2 seconds.", {"wait": {"at-most": "2 seconds"}}),
        ("Nothing of this is known.", {}),
    ],
)
def test_phrases_state_values(text: str, expected: dict[str, object], photos: Knowledge):
    assert stated(text, photos) == expected


def test_each_requirement_keeps_its_span(photos: Knowledge):
    text = "Her holiday pictures lie on a smart-phone."
    spans = {r.attribute: text[slice(*r.span)] for r in read_prose(text, photos).requirements if r.span}
    assert spans == {"photos.kind": "holiday pictures", "devices": "smart-phone"}


def test_of_what_contradicts_itself_the_less_telling_is_dropped(photos: Knowledge):
    text = "A roll of film and its negatives, or raw photographs? The photographs are sensor data."
    reading = read_prose(text, photos)
    kept = {one.value for one in reading.requirements if one.attribute == "photos.kind"}
    dropped = {one.value for one in reading.dropped}
    assert kept
    assert not kept & dropped
    assert kept | dropped >= {"raw", "film"}


def test_choices_are_named_as_people_name_them(photos: Knowledge):
    option = read_option("A", "The album, or a carton in the dry attic.", ("A", "B"), photos)
    assert option.groups == (("album-service",), ("shoe-box",))


@pytest.mark.parametrize(
    ("phrase", "patterns"),
    [
        ("a|b c", {(("a",), ("c",)), (("b",), ("c",)), (("a", "b"), ("c",))}),
        ("one [two] three", {(("one",), ("three",)), (("one",), ("two",), ("three",))}),
        ("one ... two", {(("one",), (), ("two",))}),
        ("real-time|batch x", {(("real",), ("time",), ("x",)), (("batch",), ("x",))}),
    ],
)
def test_phrases_are_compiled(phrase: str, patterns: set[object]):
    assert {one.elements for one in compile_phrase(phrase, "value", "x")} <= patterns


@pytest.mark.parametrize(("phrase", "says"), [("the", "holds no word"), (" ".join("[x]" for _ in range(9)), "ways")])
def test_phrases_that_cannot_be_read_are_refused(phrase: str, says: str):
    with pytest.raises(NotationError, match=says):
        compile_phrase(phrase, "value", "x")
