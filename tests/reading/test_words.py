"""Words: stems, spellings, sentences and clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.reading.words import read_words


def stems(text: str) -> list[str]:
    return [word.stem for word in read_words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("labeling the images", "labelled image"),
        ("near-real-time", "near real time"),
        ("optimise a colour", "optimizes colors"),
        ("analyses", "analysis"),
        ("Its Queries", "query"),
        ("the team can't read", "team not read"),
        ("they don\N{RIGHT SINGLE QUOTATION MARK}t", "they not"),
        ("the customer's data", "customer data"),
    ],
)
def test_forms_and_spellings_share_their_stems(one: str, other: str):
    assert stems(one) == stems(other)


def test_words_know_their_sentence_and_clause():
    words = read_words("Data lies in S3, but nobody reads it. It costs 3.5 cents.")
    found = {word.raw: (word.sentence, word.clause) for word in words}
    assert found["Data"] == found["S3"]
    assert found["but"][1] > found["S3"][1]
    assert found["It"][0] == 1
    assert "3.5" in found


@given(st.text(max_size=300))
def test_places_are_those_of_the_text(text: str):
    for word in read_words(text):
        assert text[word.start : word.end].startswith(word.raw)
