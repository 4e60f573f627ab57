"""`adjudge timeline`: when decisions change, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Run

ALBUM = "requirements: {photos.kind: jpeg, devices: [phone, laptop]}\n"


def test_the_changes_of_a_decision_are_told_with_reason_and_source(adjudge: Run):
    shown = adjudge("timeline", "half-idle-gpu")
    assert (shown.code, shown.err) == (0, "")
    assert "On 2021-12-31: Amazon Elastic Inference" in shown.out
    assert "Since 2023-04-15: Inferentia instance" in shown.out
    assert "has been closed to new customers since 2023-04-15" in shown.out
    assert "SummitRoute" in shown.out


def test_json_tells_the_same(adjudge: Run):
    document = json.loads(adjudge("timeline", "half-idle-gpu", "--format", "json").out)
    assert document["schema"] == "adjudge.timeline/1"
    (decision,) = document["decisions"]
    assert (decision["leading"], decision["status"]) == (["elastic-inference"], "decided")
    (change,) = decision["changes"]
    assert (change["on"], change["ahead"], change["weight"]) == ("2023-04-15", False, "alone")
    assert (change["causes"][0]["choice"], change["causes"][0]["event"]) == (
        "elastic-inference",
        "closed-to-new-customers",
    )


def test_days_to_come_are_told_as_such(adjudge: Run, rules: Path):
    later = "lifecycle: [{event: end-of-support, date: '2999-01-01', confidence: verified, sources: [Notice]}]"
    catalog = rules / "catalog" / "stores.yaml"
    named = "  - id: home-server\n"
    catalog.write_text(catalog.read_text().replace(named, f"{named}    {later}\n"))
    name = adjudge.write("album.yaml", ALBUM)
    shown = adjudge("timeline", name, "--rules", rules).out
    assert "From 2999-01-01 on, as far as is known today" in shown
    document = json.loads(adjudge("timeline", name, "--rules", rules, "--format", "json").out)
    ahead = {change["on"]: change["ahead"] for one in document["decisions"] for change in one["changes"]}
    assert ahead == {"2025-06-01": False, "2999-01-01": True}
    assert "Since 2025-06-01" in shown


def test_where_nothing_changes_that_is_said(adjudge: Run):
    shown = adjudge("timeline", "click-log-sql", "--need", "query-in-place")
    assert (shown.code, shown.out.count("On 2021-12-31: Amazon Athena")) == (0, 1)
    assert "Nothing" in shown.out
    assert "Since" not in shown.out


def test_markdown_tells_what_changes(adjudge: Run):
    shown = adjudge("timeline", "half-idle-gpu", "--format", "markdown").out
    assert shown.startswith("# A GPU that is paid for and hardly used\n")
    assert "On 2021-12-31: **Amazon Elastic Inference**." in shown
    assert "* Since 2023-04-15: **Inferentia instance" in shown


def test_prose_has_a_timeline_too(adjudge: Run):
    text = "We want to find which of our monthly sales figures drop in an unusual way. Nobody here writes code.\n"
    shown = adjudge("timeline", adjudge.write("sales.txt", text))
    assert (shown.code, shown.err) == (0, "")
    assert "On 2021-12-31" in shown.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("half-idle-gpu", "--from", "2021-13-31"), "--from"),
        (("half-idle-gpu", "--to", "tomorrow"), "--to"),
        (("half-idle-gpu", "--to", "2020-01-01"), "before"),
        (("half-idle-gpu", "--need", "query-in-plaec"), "query-in-place"),
        (("half-idle-gpus",), "half-idle-gpu"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(adjudge: Run, arguments: tuple[str, ...], says: str):
    ran = adjudge("timeline", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert says in ran.err
