"""`adjudge show`: everything in the knowledge can be found and read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from processes import Run

    from adjudge.knowledge import Knowledge


def test_without_a_name_the_topics_are_listed(adjudge: Run, shipped: Knowledge):
    document = json.loads(adjudge("show", "--format", "json").out)
    assert document["topics"].keys() == shipped.topics.keys()
    assert document["choices"] == len(shipped.choices)


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("athena", "choice"),
        ("amazon ATHENA", "choice"),
        ("query-s3", "topic"),
        ("query-in-place", "topic"),
        ("data.store", "attribute"),
        ("operations", "trait"),
        ("query-s3.running-cluster-first", "rule"),
    ],
)
def test_a_name_finds_its_thing(adjudge: Run, name: str, thing: str):
    ran = adjudge("show", name, "--format", "json")
    document = json.loads(ran.out)
    assert (ran.code, document["schema"]) == (0, "adjudge.knowledge/1")
    assert thing in document


def test_a_choice_is_shown_with_all_that_is_known_of_it(adjudge: Run, shipped: Knowledge):
    shown = adjudge("show", "redshift-spectrum").out
    choice = shipped.choices["redshift-spectrum"]
    for part in (choice.name, choice.does, *choice.aliases, *choice.traits, "redshift-spectrum.requires.existing"):
        assert part in shown


def test_a_topic_shows_each_of_its_rules_with_reason_and_sources(adjudge: Run, shipped: Knowledge):
    shown = adjudge("show", "query-s3").out
    for rule in shipped.needs["query-in-place"].rules:
        if rule.id.startswith("query-s3."):
            assert rule.id in shown
            assert rule.because in shown
            assert all(source in shown for source in rule.sources)


def test_an_attribute_is_shown_with_its_question_and_values(adjudge: Run, shipped: Knowledge):
    shown = adjudge("show", "data.store").out
    attribute = shipped.attributes["data.store"]
    assert attribute.question in shown
    assert all(value in shown for value in attribute.values)


def test_an_unknown_name_is_refused_with_the_nearest(adjudge: Run):
    ran = adjudge("show", "atena")
    assert (ran.code, ran.out) == (2, "")
    assert "athena" in ran.err.lower()


def test_a_choice_is_shown_with_what_became_of_it(adjudge: Run):
    [closing] = json.loads(adjudge("show", "s3-select", "--format", "json").out)["lifecycle"]
    assert (closing["event"], closing["date"], closing["confidence"]) == (
        "closed-to-new-customers",
        "2024-07-25",
        "verified",
    )
    shown = adjudge("show", "s3-select").out
    for part in (closing["says"], *closing["sources"], "existing: s3-select", "successors: Amazon Athena"):
        assert part in shown
