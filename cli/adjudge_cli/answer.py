"""`adjudge answer`: multiple-choice questions in prose, answered with reasons."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from adjudge.api import load_knowledge
from adjudge.errors import InputError, Problem
from adjudge.evaluation import NOTES_DAY, Evaluator
from adjudge.reading.asking import answer_asked
from adjudge.reading.forms import read_questions
from adjudge.yamlfile import decode, read_bytes
from adjudge_cli.case import check_day
from adjudge_cli.inputs import standard_input
from adjudge_cli.terminal import progress, show_problems, tell_of_parsing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from adjudge.reading.asking import Answered
    from adjudge.reading.forms import Asked


def run(paths: Sequence[str], written_as: str, as_of: str, rules: Path | None) -> int:
    """Answer the questions in files; return the exit code."""
    try:
        check_day(as_of)
        evaluator = Evaluator(load_knowledge(rules, tell_of_parsing), "native")
    except InputError as error:
        show_problems(error.problems)
        return 2
    asked: list[Asked] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            name = "standard input" if path == "-" else path
            text = decode(standard_input(name) if path == "-" else read_bytes(path, path), name)
        except InputError as error:
            problems += error.problems
            continue
        found, wrong = read_questions(text, name)
        asked += found
        problems += wrong
    show_problems(problems)
    answered = _answer(evaluator, asked, as_of or NOTES_DAY)
    if written_as == "json":
        from adjudge_cli.answer_json import write

        write(evaluator.knowledge, answered, problems)
    else:
        from adjudge_cli.answer_text import write as write_text

        write_text(evaluator.knowledge, answered, single=len(asked) == 1)
    sys.stdout.flush()
    return 2 if problems else 0


def _answer(evaluator: Evaluator, asked: list[Asked], day: str) -> Iterator[Answered]:
    for one in progress(asked, "answering"):
        yield answer_asked(evaluator, one, day)
