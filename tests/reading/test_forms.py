"""The forms of multiple-choice questions."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.reading.forms import Asked, how_many, looks_like_questions, read_questions

OPTIONS = {"A": "In a box", "B": "On a server", "C": "In the album"}
STEM = "Where are the\nphotographs kept?"

AIKEN = "Where are the\nphotographs kept?\nA. In a box\nB) On a server\nC. In the album\nANSWER: B\n"
CHECKED = "## Question 7\nWhere are the\nphotographs kept?\n\n- [ ] In a box\n- [x] On a server\n- [ ] In the album\n"
NUMBERED = "7. Where are the\nphotographs kept?\n\n  (A) In a box\n  (B) On a\n  server\n  (C) In the album\n"
IN_A_ROW = "7) Where are the\nphotographs kept?\nA) In a box  B) On a server  C) In the album\nCorrect answer: B\n"


@pytest.mark.parametrize(
    ("text", "identity", "key"),
    [(AIKEN, "1", ("B",)), (CHECKED, "7", ("B",)), (NUMBERED, "7", ()), (IN_A_ROW, "7", ("B",))],
    ids=["Aiken", "check list", "numbered", "in a row"],
)
def test_each_form_is_recognised(text: str, identity: str, key: tuple[str, ...]):
    questions, problems = read_questions(text, "q.txt")
    assert problems == []
    [found] = questions
    assert (found.id, found.stem, found.options, found.key) == (identity, STEM, OPTIONS, key)
    assert looks_like_questions(text)


def test_forms_may_follow_each_other():
    questions, problems = read_questions(f"{AIKEN}\n{NUMBERED}\n{CHECKED}", "q.txt")
    assert problems == []
    assert [one.options for one in questions] == [OPTIONS] * 3
    assert [one.line for one in questions] == [1, 8, 16]


def test_json_lines_and_lists():
    one = {"id": "x", "stem": STEM, "options": OPTIONS, "answer": ["B"]}
    lines = json.dumps(one) + "\n\n" + json.dumps({**one, "id": "y", "options": list(OPTIONS.values())}) + "\n"
    for text in (lines, json.dumps([one, {**one, "id": "y"}])):
        questions, problems = read_questions(text, "q")
        assert problems == []
        assert [(q.id, q.options, q.key) for q in questions] == [("x", OPTIONS, ("B",)), ("y", OPTIONS, ("B",))]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("What?\nA. one\nANSWER: A\n", 1, "question 1 has only one option"),
        ("\nA. one\nB. two\n", 1, "question 1 has no stem"),
        ("What?\nA. one\nB. two\nANSWER: D\n", 1, "question 1 has no option D to be its key"),
        ('{"stem": "x", "options": {"A": "1", "B": "2"}}\n{oops\n', 2, "not valid JSON"),
        ('{"id": 4, "options": {"A": "1", "B": "2"}}', 1, "question 4 has no `stem`"),
        ('{"id": 4, "stem": "x", "options": 3}', 1, "question 4 has no `options`"),
        ('{"id": 4, "stem": "x", "options": {"A": 1, "B": 2}}', 1, "question 4 has no `options`"),
        ("[1]", 0, "a question is a mapping"),
        ("Just some prose.\n", 0, "holds no question"),
        ("", 0, "holds no question"),
    ],
)
def test_what_is_malformed_is_told_and_the_others_are_read(text: str, line: int, says: str):
    _, problems = read_questions(text, "q.txt")
    [problem] = problems
    assert problem.line == line
    assert says in problem.message


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        ("Which service is it?", 1),
        ("Which services? (Choose all that apply.)", 0),
        ("Select TWO.", 2),
        ("Which two of these hold?", 2),
        ("Pick the correct three", 3),
        ("Which two models, of three?", 2),
    ],
)
def test_how_many_are_asked_for(stem: str, count: int):
    assert how_many(stem, {"A": "", "B": "", "C": "", "D": ""}) == count


signs = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
texts = st.text(alphabet=signs, min_size=1, max_size=40)


@given(st.lists(texts.filter(lambda text: text.strip()), min_size=2, max_size=6))
def test_what_is_written_as_json_is_read_back(options: list[str]):
    labelled = {chr(ord("A") + number): text.strip() for number, text in enumerate(options)}
    line = json.dumps({"id": "1", "stem": "What?", "options": labelled})
    [found], problems = read_questions(line, "q")
    assert problems == []
    assert found == Asked("1", "What?", labelled)


@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str):
    questions, problems = read_questions(text, "q.txt")
    assert questions or problems
