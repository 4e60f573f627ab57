"""`adjudge diff`: what differs between two days or two folders of rules; and the page that it has written."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from processes import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Run

THEN, NOW = ("--as-of", "2021-12-31"), ("--as-of", "2026-11-22")
ALBUM = "requirements: {photos.kind: jpeg, devices: [phone, laptop]}\n"
PAGE = CHECKOUT / "docs" / "then-and-now.md"


def test_a_difference_is_told_with_its_cause(adjudge: Run):
    ran = adjudge("diff", *THEN, *NOW, "half-idle-gpu")
    assert (ran.code, ran.err) == (1, "")
    assert "as of 2021-12-31: Amazon Elastic Inference\n" in ran.out
    assert "as of 2026-11-22: Inferentia instance" in ran.out
    assert "Amazon Elastic Inference has been" in ran.out
    assert "1 of 1 scenario comes out otherwise" in ran.out


def test_nothing_differs_between_a_day_and_itself(adjudge: Run):
    ran = adjudge("diff", *THEN, *THEN, "half-idle-gpu", "ch01-q12")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\n") == 1
    assert ran.out.startswith("Nothing differs")


def test_a_right_answer_that_was_overtaken(adjudge: Run):
    ran = adjudge("diff", *THEN, *NOW, "ch01-q12", "--format", "json")
    document = json.loads(ran.out)
    assert (ran.code, document["schema"]) == (1, "adjudge.diff/1")
    (scenario,) = document["scenarios"]
    answer = scenario["answer"]
    assert (answer["fate"], answer["before"]) == ("no-longer-right", ["C"])
    assert {one["label"] for one in answer["lost"]} == {"C"}
    assert [one["choice"] for one in answer["causes"]] == ["forecast"]
    assert document["figures"]["no_longer_right"] == 1


def test_backwards_is_the_mirror(adjudge: Run):
    names = ("half-idle-gpu", "which-steps-take-the-time", "click-log-sql")
    forth, back = (
        json.loads(adjudge("diff", *days, *names, "--format", "json").out)["scenarios"]
        for days in ((*THEN, *NOW), (*NOW, *THEN))
    )
    assert forth
    outcomes = [[(d["need"], d["before"], d["after"]) for d in one["decisions"]] for one in forth]
    assert outcomes == [[(d["need"], d["after"], d["before"]) for d in one["decisions"]] for one in back]


def test_two_folders_of_rules_differ_by_a_rule(adjudge: Run, rules: Path, tmp_path: Path):
    other = tmp_path / "other"
    shutil.copytree(rules, other)
    name = adjudge.write("album.yaml", ALBUM)
    assert adjudge("diff", "--rules", rules, "--rules", other, name).code == 0
    decided = json.loads(adjudge("evaluate", name, "--rules", rules, "--format", "json").out)["decisions"][0]
    reason = decided["recommended"][0]["because"][0]
    catalog = next((other / "catalog").iterdir())
    ended = "lifecycle: [{event: end-of-support, date: '2001-01-01', confidence: verified, sources: [Notice]}]"
    choice = decided["recommended"][0]["choice"]
    catalog.write_text(catalog.read_text().replace(f"  - id: {choice}\n", f"  - id: {choice}\n    {ended}\n"))
    ran = adjudge("diff", "--rules", rules, "--rules", other, name, "--format", "json")
    assert (ran.code, reason["rule"] is not None) == (1, True)
    (decision,) = json.loads(ran.out)["scenarios"][0]["decisions"]
    assert decision["before"]["leading"] == [choice]
    assert [(one["how"], one["choice"]) for one in decision["causes"]] == [("closed", choice)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (THEN, "twice"),
        ((*THEN, *NOW, *NOW), "twice"),
        ((*THEN, "--as-of", "2026-02-30", "half-idle-gpu"), "2026-02-30"),
        ((*THEN, *NOW, "half-idle-gpus"), "half-idle-gpu"),
    ],
)
def test_what_cannot_be_used_is_refused(adjudge: Run, arguments: tuple[str, ...], says: str):
    ran = adjudge("diff", *arguments)
    assert ran.code == 2
    assert says in ran.err
    assert ran.err.count("\n") == 1


def test_one_scenario_that_cannot_be_read_does_not_hide_the_others(adjudge: Run):
    bad = adjudge.write("bad.yaml", "requirements: {data.stoer: s3}\n")
    ran = adjudge("diff", *THEN, *NOW, bad, "half-idle-gpu")
    assert ran.code == 2
    assert "data.store" in ran.err
    assert "Elastic Inference" in ran.out


def headline(page: str) -> list[str]:
    """Return what the figures of a page say."""
    return re.findall(r"\d+", page.partition("## ")[0].partition("Of ")[2])


def told(page: str) -> list[tuple[str, list[str]]]:
    """Return the questions under each heading."""
    sections = re.split(r"^##+ ", page, flags=re.MULTILINE)[1:]
    return [(one.partition("\n")[0], re.findall(r"^\* \*\*(\S+)\*\* ", one, re.MULTILINE)) for one in sections]


def test_the_page_then_and_now_is_what_the_command_that_it_names_writes(adjudge: Run):
    """The figures, the causes and the questions are the same; how a reason is worded may have changed."""
    page = PAGE.read_text(encoding="utf-8")
    named = re.search(r"`adjudge (.*?)`", page, re.DOTALL)
    assert named
    (adjudge.folder / "scenarios").symlink_to(CHECKOUT / "scenarios")
    ran = adjudge(*named[1].split())
    assert (ran.code, ran.err) == (1, "")
    assert headline(ran.out) == headline(page)
    assert told(ran.out) == told(page)
    assert sum(len(names) for _, names in told(page)) > 0
