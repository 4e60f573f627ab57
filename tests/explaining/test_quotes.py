"""Quotes: each requirement in the words of the scenario, with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adjudge.evaluation import Evaluator
from adjudge.explaining.quotes import Quote, Quotes
from adjudge.inference import assumptions
from adjudge.paths import scenarios_folder
from adjudge.reading.situation import corrected, read_situation
from adjudge.scenario import read_scenario
from adjudge.words import show_requirement

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

WRITTEN = b"""\
requirements:
  photos.kind: jpeg
  devices:
    is: [phone]
    not:
      - television
      - computer
  photos.size: {at-least: 1 GB, at-most: 2 GB}
  store.full: {not: true}
"""


@pytest.mark.parametrize(
    ("said", "line", "words"),
    [
        ("photos.kind: jpeg", 2, "photos.kind: jpeg"),
        ("devices: phone", 4, "is: [phone]"),
        ("devices: not television", 6, "- television"),
        ("devices: not computer", 7, "- computer"),
        ("photos.size: at-least 1 GB, at-most 2 GB", 8, "photos.size: {at-least: 1 GB, at-most: 2 GB}"),
        ("store.full: false", 9, "store.full: {not: true}"),
    ],
)
def test_a_statement_is_quoted_with_its_line(photos: Knowledge, said: str, line: int, words: str):
    scenario = read_scenario(WRITTEN, "home.yaml", photos)
    [one] = [one for one in scenario.requirements if show_requirement(one) == said]
    assert Quotes(photos, scenario).of(one) == Quote(words, f"home.yaml:{line}")


def test_what_was_read_is_quoted_with_its_line(photos: Knowledge):
    text = b"Our holidays.\nThere are 20 negatives in the attic.\n"
    scenario = read_situation(text, "home.txt", Evaluator(photos), "2021-12-31")
    quotes = {show_requirement(one): Quotes(photos, scenario).of(one) for one in scenario.requirements}
    assert quotes["photos.kind: film"] == Quote("negatives", "home.txt:2")


def test_what_was_set_is_quoted_as_it_was_set(photos: Knowledge):
    said = ["photos.kind = film"]
    scenario = corrected(read_scenario(WRITTEN, "home.yaml", photos), said, [], photos)
    [one] = [one for one in scenario.requirements if one.attribute == "photos.kind"]
    assert Quotes(photos, scenario, said).of(one) == Quote("photos.kind = film", "--set")


def test_a_default_is_quoted_with_its_reason(photos: Knowledge):
    scenario = read_scenario(WRITTEN, "home.yaml", photos)
    [one] = assumptions(photos, scenario.requirements)
    assert Quotes(photos, scenario).of(one) == Quote("Most homes have a line.", "assumed")


def test_every_statement_of_the_shipped_scenarios_is_found_on_its_line(shipped: Knowledge):
    for path in sorted((scenarios_folder() / "examples").glob("*.yaml"))[:60]:
        scenario = read_scenario(path.read_bytes(), path.name, shipped)
        lines = path.read_text(encoding="utf-8").splitlines()
        for one in scenario.requirements:
            quote = Quotes(shipped, scenario).of(one)
            line = int(quote.place.rpartition(":")[2])
            assert lines[line - 1].strip() == quote.words
            values = [str(fact.value) for fact in one.facts if isinstance(fact.value, str)]
            assert all(value in quote.words for value in values), (path.name, one, quote)
