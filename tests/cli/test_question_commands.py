"""`adjudge explain`, `adjudge regress` and `adjudge coverage`, run as people run them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from processes import CHECKOUT

from adjudge.engines import durable_available

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Ran, Run

NEEDS_DURABLE = pytest.mark.skipif(not durable_available(), reason="durable-rules cannot be imported here")
QUESTION = """\
scenario: Negatives in the attic
as_of: "2021-12-31"
text: Boxes of negatives were found in the attic.
requirements:
  photos.kind: film
question:
  asks: Where do they go?
  options:
    A: {says: Into the album, proposes: [album-service]}
    B: {says: Into a box, proposes: [shoe-box]}
    C: {says: "Into the [bold]cloud[/bold]", proposes: [{name: Cloud Nine}]}
    D: {says: Nowhere, none: true}
  answer: [B]
"""
WRONG = QUESTION.replace("answer: [B]", "answer: [A]")


@pytest.fixture
def explain(adjudge: Run, photo_rules: Path) -> Run:
    """Runs `adjudge explain` with the small rules about photographs."""
    return type(adjudge)(adjudge.folder, adjudge.environment, "explain", "--rules", photo_rules)


@pytest.fixture
def regress(adjudge: Run, photo_rules: Path) -> Run:
    """Runs `adjudge regress` with the small rules about photographs."""
    return type(adjudge)(adjudge.folder, adjudge.environment, "regress", "--rules", photo_rules)


def documented(ran: Ran) -> dict[str, Any]:
    return json.loads(ran.out)


def test_each_option_is_explained(explain: Run):
    ran = explain(explain.write("attic.yaml", QUESTION))
    assert (ran.code, ran.err) == (0, "")
    heads = [line.split()[:2] for line in ran.out.splitlines() if line.startswith(("  →", "  ✗", "  ?"))]
    assert heads == [["→", "B"], ["✗", "A"], ["✗", "C"], ["✗", "D"]]
    assert "photos.kind: film" in ran.out
    assert "Negatives are things, not data." in ran.out
    assert "[bold]cloud[/bold]" in ran.out
    assert "Expected: B." in ran.out


def test_json_keeps_the_contract(explain: Run):
    ran = explain(explain.write("attic.yaml", QUESTION), "--format", "json")
    document = documented(ran)
    assert document["schema"] == "adjudge.answers/1"
    [question] = document["questions"]
    assert (question["id"], question["answer"], question["decided"]) == ("attic", ["B"], True)
    assert question["as_expected"] is True
    verdicts = {one["label"]: one["verdict"] for one in question["options"]}
    assert verdicts == {"A": "wrong", "B": "right", "C": "wrong", "D": "wrong"}
    kinds = {one["label"]: [because["kind"] for because in one["because"]] for one in question["options"]}
    assert kinds == {"A": ["off-need"], "B": ["supported"], "C": ["false-claim"], "D": ["false-claim"]}
    assert question["options"][1]["because"][0]["rule"] == "photos.film-goes-into-a-box"
    assert question["options"][1]["because"][0]["from"][0]["attribute"] == "photos.kind"


def test_one_option_at_length(explain: Run):
    name = explain.write("attic.yaml", QUESTION)
    shown = explain(name, "--option", "A").out
    assert "✗ A" in shown
    assert "→ B" not in shown
    [question] = documented(explain(name, "--option", "A", "--format", "json"))["questions"]
    assert [one["label"] for one in question["options"]] == ["A"]


def test_standard_input_is_a_question_as_well(explain: Run):
    assert "→ B" in explain("-", given=QUESTION).out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("attic.yaml", "--option", "Z"), "has no option `Z`"),
        (("plain.yaml",), "is a scenario without a `question` (`adjudge evaluate plain.yaml` decides it)"),
        ((".",), "is a folder; explain takes one question"),
        (("nowhere",), "there is no such file"),
        (("attic.yaml", "--as-of", "tomorrow"), "is no date"),
        (("broken.yaml",), "broken.yaml:12:24: unknown key `nine` (did you mean `none`?)"),
    ],
)
def test_what_cannot_be_explained_is_refused(explain: Run, arguments: tuple[str, ...], says: str):
    explain.write("attic.yaml", QUESTION)
    explain.write("plain.yaml", "requirements: {photos.kind: film}\n")
    explain.write("broken.yaml", QUESTION.replace("{says: Nowhere, none: true}", "{says: Nowhere, nine: true}"))
    ran = explain(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_a_shipped_question_is_found_by_its_name(adjudge: Run):
    shown = adjudge("explain", "ch06-q02").out
    assert "→ C" in shown
    assert "Expected: C." in shown


def test_expected_answers_pass_and_others_fail_with_the_reason(regress: Run):
    regress.write("questions/right.yaml", QUESTION)
    regress.write("questions/wrong.yaml", WRONG)
    ran = regress("questions")
    assert ran.code == 1
    assert "wrong: expected A, got B" in ran.out
    assert "A was found off-need" in ran.out
    assert "photos.film-goes-into-a-box" in ran.out
    assert "1 of 2 questions as expected" in ran.out
    assert regress("questions/right.yaml").code == 0


def test_disputed_and_damaged_questions_do_not_count(regress: Run):
    regress.write("a.yaml", WRONG + "  disputed: The key forgets that negatives are no data.\n")
    regress.write("b.yaml", WRONG + "  damaged: The picture is lost.\n")
    regress.write("c.yaml", QUESTION + "  damaged: The picture is lost.\n")
    document = documented(regress("a.yaml", "b.yaml", "c.yaml", "--format", "json"))
    assert [one["state"] for one in document["results"]] == ["excepted", "excepted", "passed"]
    assert regress("a.yaml", "b.yaml", "c.yaml").code == 0


def test_expected_decisions_are_compared_too(regress: Run):
    expecting = "requirements: {photos.kind: film}\nexpect: [{need: keep-photos, recommended: [%s]}]\n"
    regress.write("right.yaml", expecting % "shoe-box")
    regress.write("wrong.yaml", expecting % "album-service")
    regress.write("nothing.yaml", "requirements: {photos.kind: film}\n")
    ran = regress("right.yaml", "wrong.yaml", "nothing.yaml")
    assert ran.code == 1
    assert "wrong: expected keep-photos: decided album-service, got decided shoe-box" in ran.out
    assert "1 of 2 scenarios as expected" in ran.out


def test_junit_and_markdown_tell_the_same(regress: Run):
    regress.write("q/right.yaml", QUESTION)
    regress.write("q/wrong.yaml", WRONG)
    regress.write("q/broken.yaml", "requirements: {photo.kind: film}\n")
    ran = regress("q", "--format", "junit")
    assert ran.code == 2
    suite = ET.fromstring(ran.out)  # noqa: S314  (our own)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    assert [case.get("name") for case in suite.findall("testcase[failure]")] == ["wrong"]
    shown = regress("q", "--format", "markdown").out
    assert "**1 of 2 questions as expected**" in shown
    assert "| wrong | A | B |" in shown


@NEEDS_DURABLE
def test_the_engines_agree_on_questions(adjudge: Run):
    folder = str(CHECKOUT / "scenarios/exam/ch06")
    native = documented(adjudge("regress", folder, "--format", "json", "--engine", "native"))
    durable = documented(adjudge("regress", folder, "--format", "json", "--engine", "durable"))
    assert native == durable


def test_coverage_counts_what_fires_and_what_matters(adjudge: Run, photo_rules: Path):
    adjudge.write("attic.yaml", QUESTION)
    ran = adjudge("coverage", "attic.yaml", "--rules", photo_rules, "--format", "json")
    document = documented(ran)
    rules = {one["rule"]: one for one in document["rules"]}
    box = rules["photos.film-goes-into-a-box"]
    assert box["questions"] == ["attic"]
    assert box["unexercised"] == []
    offline = rules["photos.no-service-without-a-line"]
    assert (offline["questions"], offline["examples"]) == ([], 1)
    assert offline["unexercised"] == ["wish.offline is true"]
    assert ran.code == 0


def test_coverage_below_the_threshold_ends_with_one(adjudge: Run, photo_rules: Path):
    adjudge.write("attic.yaml", QUESTION)
    assert adjudge("coverage", "attic.yaml", "--rules", photo_rules, "--at-least", "100").code == 1
    ran = adjudge("coverage", "attic.yaml", "--rules", photo_rules, "--list", "conditions", "--at-least", "10")
    assert ran.code == 0
    assert "photos.no-service-without-a-line: wish.offline is true" in ran.out
    shown = adjudge("coverage", "attic.yaml", "--rules", photo_rules, "--list", "single").out
    assert "photos.film-goes-into-a-box: photos.kind is film  (attic)" in shown


def test_coverage_refuses_what_it_cannot_read(adjudge: Run, photo_rules: Path):
    ran = adjudge("coverage", "nowhere", "--rules", photo_rules)
    assert (ran.code, ran.out) == (2, "")
    assert "there is no such file" in ran.err


def test_how_well_texts_are_read_is_measured(regress: Run):
    regress.write("attic.yaml", QUESTION)
    document = documented(regress("attic.yaml", "--read", "--format", "json"))
    assert (document["schema"], document["recall"], document["questions"]) == ("adjudge.reading/1", 1.0, 1)
    ran = regress("attic.yaml", "--read", "--format", "junit")
    assert (ran.code, ran.out) == (2, "")
    assert "`junit` does not go with --read (text or json)" in ran.err


def test_questions_in_prose_are_counted_by_file(regress: Run):
    stem = "Negatives lie in the attic, a roll of film among them. Where do they go?"
    asked = {"stem": stem, "options": {"A": "Into the Album Service.", "B": "Into the Shoe Box, and nowhere else."}}
    folder = regress.folder / "prose"
    folder.mkdir()
    rows = [{"id": "1", **asked, "answer": ["B"]}, {"id": "2", **asked, "answer": ["A"]}, {"id": "3", **asked}]
    (folder / "attic.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    [tally] = documented(regress("prose", "--read", "--format", "json"))["prose"]
    assert (tally["questions"], tally["right"], tally["chance"], tally["longest"]) == (2, 1, 1.0, 1)
    assert tally["decided_right"] <= tally["decided"]
    told = regress("prose", "--read")
    assert "attic" in told.out
    assert "50.0%" in told.out
    (folder / "attic.jsonl").write_text('{"id": "4", "stem": ""}\n', encoding="utf-8")
    ran = regress("prose", "--read")
    assert ran.code == 2
    assert "attic.jsonl:1" in ran.err
