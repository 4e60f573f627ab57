"""Scenarios: what is stated, with its place; what cannot be, told at once and in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from adjudge.api import evaluate_scenario
from adjudge.errors import ScenarioError
from adjudge.evaluation import Evaluator
from adjudge.scenario import Expectation, Scenario, read_scenario
from mutations import damaged

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

TEXT = """\
scenario: Pictures of a family
as_of: "2021-12-31"
text: >-
  Twenty years of holidays: beaches,
  mountains, cousins.
requirements:
  photos.kind: jpeg
  devices: {is: [phone, laptop], not: television}
  wish.offline: false
  photos.size: {at-least: 40 GB, below: 1 TB}
  photos.count: 20
  wait: 5 min
  blurred: 60 %
  tried: {not: [deleting]}
  goal: [least-work]
expect:
  - need: keep-photos
    status: decided
    recommended: [album-service]
    verdicts: {home-server: beaten, shoe-box: unsupported}
"""


def read(text: str, photos: Knowledge) -> Scenario:
    return read_scenario(text.encode(), "family.yaml", photos)


def problems_of(text: str, photos: Knowledge) -> list[tuple[int, int, str]]:
    with pytest.raises(ScenarioError) as caught:
        read(text, photos)
    return [(one.line, one.column, one.message) for one in caught.value.problems]


def test_scenario(photos: Knowledge) -> None:
    scenario = read(TEXT, photos)
    assert scenario.title == "Pictures of a family"
    assert scenario.text == "Twenty years of holidays: beaches, mountains, cousins."
    assert scenario.as_of == "2021-12-31"
    assert [(one.attribute, one.value) for one in scenario.requirements[:4]] == [
        ("photos.kind", "jpeg"),
        ("devices", "phone"),
        ("devices", "laptop"),
        ("devices", {"not": "television"}),
    ]
    assert {one.origin for one in scenario.requirements} == {"stated"}
    verdicts = {"home-server": "beaten", "shoe-box": "unsupported"}
    assert scenario.expect == (Expectation("keep-photos", "decided", ["album-service"], verdicts),)


def test_scenario_without_a_title_goes_by_its_name(photos: Knowledge) -> None:
    assert read("requirements: {photos.kind: raw}\n", photos).title == "family.yaml"


def test_all_problems_in_reading_order(photos: Knowledge) -> None:
    text = (
        TEXT.replace("jpeg", "jpg")
        .replace("5 min", "5 GB")
        .replace("2021-12-31", "someday")
        .replace("shoe-box", "shoebox")
    )
    assert [(line, column) for line, column, _ in problems_of(text, photos)] == [(2, 8), (7, 16), (12, 9), (20, 37)]


def test_requirements_are_checked_even_if_the_rest_is_malformed(photos: Knowledge) -> None:
    text = TEXT.replace("scenario:", "scenarios:").replace("jpeg", "jpg").replace("status: decided", "status: done")
    assert [line for line, _, _ in problems_of(text, photos)] == [1, 7, 18]


@pytest.mark.parametrize(
    ("stated", "says", "column"),
    [
        ("photos.kind: [raw, jpeg]", "photos.kind is jpeg, and photos.kind is raw", 16),
        ("devices: {is: laptop, not: computer}", "devices is not computer, and devices is laptop", 12),
        ("wait: {above: 2 min, below: 1 min}", "wait is below 1 min, and wait is above 2 min", 9),
        ("store.full: [true, false]", "store.full is false, and store.full is true", 15),
    ],
)
def test_statements_that_contradict_each_other(photos: Knowledge, stated: str, says: str, column: int) -> None:
    assert problems_of(f"requirements:\n  {stated}\n", photos) == [(2, column, f"contradictory requirements: {says}")]


@pytest.mark.parametrize(
    "stated", ["photos.kind: [picture, raw]", "devices: {is: computer, not: laptop}", "devices: [phone, laptop]"]
)
def test_kinds_of_one_another_do_not_contradict(photos: Knowledge, stated: str) -> None:
    assert read(f"requirements:\n  {stated}\n", photos).requirements


def test_contradiction_that_only_rules_bring_to_light_is_at_the_later_statement(photos: Knowledge) -> None:
    scenario = read("requirements:\n  photos.kind: raw\n  wait: 1 s\n  need: {not: keep-photos}\n", photos)
    with pytest.raises(ScenarioError) as caught:
        evaluate_scenario(scenario, Evaluator(photos))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("family.yaml", 4, 9)
    assert problem.hint == "by rule photos.pictures-are-kept, see also line 2"


def test_day_given_beats_the_scenarios_own(photos: Knowledge) -> None:
    scenario = read(TEXT, photos)
    assert evaluate_scenario(scenario, Evaluator(photos)).day == "2021-12-31"
    assert evaluate_scenario(scenario, Evaluator(photos), "2026-01-01").day == "2026-01-01"


@settings(max_examples=400)
@given(text=damaged(TEXT))
def test_damaged_scenario_is_evaluated_or_refused_at_places_that_exist(photos: Knowledge, text: str) -> None:
    try:
        evaluate_scenario(read(text, photos), Evaluator(photos))
    except ScenarioError as error:
        problems = error.problems
    else:
        return
    for problem in problems:
        assert problem.file == "family.yaml"
        assert problem.message
        assert 0 <= problem.column <= len(problem.text) + 1
