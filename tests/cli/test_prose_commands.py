"""Plain English on the command line: `adjudge evaluate` on prose, `adjudge answer` on questions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Ran, Run

PROSE = "A roll of film was found in the attic.\nThe disk is full, and it must work offline.\n"
QUESTIONS = """\
1. A roll of film was found, in a house offline and without a television. Where does it go?
A. The album
B. A box in the dry attic
ANSWER: B

2. Negatives lie about. What holds them?
- [x] the album
- [ ] Shoe Box
- [ ] none of the above
"""


@pytest.fixture
def answer(adjudge: Run, photo_rules: Path) -> Run:
    """Runs `adjudge answer` with the small rules about photographs."""
    return type(adjudge)(adjudge.folder, adjudge.environment, "answer", "--rules", photo_rules)


def documented(ran: Ran) -> dict[str, Any]:
    return json.loads(ran.out)


@pytest.mark.parametrize("name", ["attic.txt", "attic.md", "-"])
def test_prose_is_evaluated_and_shown_with_what_was_understood(evaluate: Run, name: str):
    if name != "-":
        evaluate.write(name, PROSE)
    ran = evaluate(name, given=PROSE if name == "-" else "")
    assert (ran.code, ran.err) == (0, "")
    understood = ran.out.partition("Understood:")[2]
    assert "photos.kind: film  “roll of film”" in understood
    assert "store.full: true  “disk is full”" in understood
    assert "→ Shoe Box" in ran.out


def test_requirements_that_were_read_keep_their_span(evaluate: Run):
    [read] = [
        one
        for one in documented(evaluate("-", "--format", "json", given=PROSE))["requirements"]
        if one["attribute"] == "photos.kind"
    ]
    assert (read["origin"], PROSE[slice(*read["span"])]) == ("read", "roll of film")


def test_what_was_misread_can_be_corrected(evaluate: Run):
    ran = evaluate("-", "--set", "photos.kind=jpeg", "--unset", "store.full", "--format", "json", given=PROSE)
    said = {one["attribute"]: (one["value"], one["origin"]) for one in documented(ran)["requirements"]}
    assert said["photos.kind"] == ("jpeg", "stated")
    assert "store.full" not in said


def test_yaml_can_be_corrected_as_well(evaluate: Run):
    ran = evaluate(
        "-", "--set", "photos.size={at-least: 5 GB}", "--format", "json", given="requirements: {photos.kind: film}\n"
    )
    said = {one["attribute"]: one["value"] for one in documented(ran)["requirements"]}
    assert said["photos.size"] == {"at-least": "5 GB"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--set", "photo.kind=film"), "--set: unknown attribute `photo.kind` (did you mean `photos.kind`"),
        (("--set", "photos.kind=flim"), "--set: `flim` is no value of `photos.kind`"),
        (("--set", "photos.kind"), "--set: `photos.kind` sets nothing (write it like data.store=s3)"),
        (("--unset", "photo.kind"), "--unset: unknown attribute `photo.kind`"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(evaluate: Run, arguments: tuple[str, ...], says: str):
    ran = evaluate("-", *arguments, given=PROSE)
    assert (ran.code, says in ran.err) == (2, True), ran.err


def test_a_text_that_says_nothing_is_told_apart(evaluate: Run):
    ran = evaluate("-", given="The weather was fine.\n")
    assert ran.code == 2
    assert "standard input: states nothing that adjudge understands" in ran.err


def test_questions_are_answered_and_compared_with_their_key(answer: Run):
    ran = answer(answer.write("questions.txt", QUESTIONS))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("→ B") == 2
    assert "Key: B." in ran.out
    assert "Key: A, which differs." in ran.out
    assert "1 of 2 answers agree with the key." in ran.out


def test_json_keeps_the_contract(answer: Run):
    document = documented(answer("-", "--format", "json", given=QUESTIONS))
    assert document["schema"] == "adjudge.answers/1"
    first, second = document["questions"]
    assert (first["id"], first["answer"], first["decided"], first["as_key"]) == ("1", ["B"], True, True)
    assert (second["answer"], second["key"], second["as_key"]) == (["B"], ["A"], False)
    assert {one["label"]: one["verdict"] for one in first["options"]} == {"A": "wrong", "B": "right"}
    assert all(one["because"] for one in first["options"])


def test_the_key_is_not_looked_at(answer: Run):
    without = documented(
        answer("-", "--format", "json", given=QUESTIONS.replace("ANSWER: B", "").replace("[x]", "[ ]"))
    )
    keyed = documented(answer("-", "--format", "json", given=QUESTIONS))
    for one, other in zip(without["questions"], keyed["questions"], strict=True):
        assert one == {name: value for name, value in other.items() if name not in ("key", "as_key")}


def test_malformed_questions_are_told_and_the_others_answered(answer: Run):
    lines = '{"id": "x", "stem": "A roll of film.", "options": {"A": "the album", "B": "Shoe Box"}}\n{"id": "y"}\n'
    ran = answer(answer.write("q.jsonl", lines), "nowhere.txt", "--format", "json")
    document = documented(ran)
    assert ran.code == 2
    assert [one["id"] for one in document["questions"]] == ["x"]
    assert [(one["file"], one["line"]) for one in document["problems"]] == [("q.jsonl", 2), ("nowhere.txt", 0)]
    assert "q.jsonl:2:1: question y has no `stem`" in ran.err


def test_hostile_text_does_not_reach_the_terminal(answer: Run):
    text = "A roll of film\x1b[31m [bold]x[/bold].\nA. the album \x1b]0;x\x07\nB. Shoe Box\n"
    ran = answer("-", given=text)
    assert "\x1b" not in ran.out
    assert "[bold]x[/bold]" in ran.out


CABIN = "Our aunt took some snapshots at a wedding. The negatives are in a box, and the disk is full.\n"


def test_prose_is_answered_with_what_it_is_about_first(evaluate: Run):
    document = documented(evaluate("-", "--format", "json", given=CABIN))
    needs = [one["need"] for one in document["decisions"]]
    assert document["about"] == needs[: len(document["about"])]
    assert document["about"][0] == "keep-photos"


def test_what_would_be_called_for_if_more_were_known_is_pointed_out(evaluate: Run):
    stem = "Every device that has a line reaches the same pictures, and her phone has one.\n"
    document = documented(evaluate("-", "--format", "json", given=stem))
    hints = {tuple(one["choices"]): one for one in document["hints"]}
    assert hints[("album-service",)]["lacks"]
    assert "not proven" in evaluate("-", given=stem).out


def test_what_a_person_states_is_never_beside_the_point(evaluate: Run):
    stem = "Every device that has a line reaches the same pictures, and her phone has one.\n"
    document = documented(evaluate("-", "--set", "store.full=true", "--format", "json", given=stem))
    raised = {one["need"] for one in document["decisions"] if one["raised_by"]}
    assert raised
    assert raised <= set(document["about"])


def test_a_guess_says_what_would_have_to_be_so(answer: Run):
    asked = "Our aunt took some snapshots at a wedding. What keeps them?\nA. The Home Server\nB. The Album Service\n"
    ran = answer("-", given=asked)
    assert "Not decided" in ran.out
    assert "→ B" in ran.out
    assert "For it, if it is so: A machine that nobody looks at" in ran.out
    [one] = documented(answer("-", "--format", "json", given=asked))["questions"]
    liked = {option["label"]: [reason["rule"] for reason in option["like"]] for option in one["options"]}
    disliked = {option["label"]: [reason["rule"] for reason in option["unlike"]] for option in one["options"]}
    assert "photos.few-pictures-need-no-machine" in liked["B"]
    assert "photos.few-pictures-need-no-machine" in disliked["A"]


def test_the_more_a_text_is_like_one_situation_the_likelier_that_is_meant(evaluate: Run):
    vague = documented(evaluate("-", "--format", "json", given="The disk is full of snapshots.\n"))
    stem = "Every device that has a line reaches the same pictures, and her phone has one.\n"
    clear = documented(evaluate("-", "--format", "json", given=stem))
    assert 0 < vague["likelihood"] < clear["likelihood"] < 1
    assert f"(likelihood {clear['likelihood']:.0%})" in evaluate("-", given=stem).out
