"""What must not change the answer to a question in prose: order, other names for the same, words beside the point."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from adjudge.evaluation import Evaluator
from adjudge.paths import scenarios_folder
from adjudge.reading.asking import Answered, answer_asked
from adjudge.reading.forms import Asked, how_many
from adjudge.scenario import read_scenario
from bases import shipped_knowledge

BESIDE_THE_POINT = (
    "The office was painted last spring.",
    "Lunch is served at noon on the second floor.",
    "The team meets on Tuesdays.",
)


@cache
def evaluator() -> Evaluator:
    return Evaluator(shipped_knowledge())


@cache
def questions() -> tuple[Asked, ...]:
    """The questions written for this project, in their prose."""
    found = []
    for path in sorted((scenarios_folder() / "written").glob("*.yaml")):
        scenario = read_scenario(path.read_bytes(), path.name, evaluator().knowledge)
        options = {one.label: one.says for one in scenario.question.options}
        found.append(Asked(scenario.id, scenario.text, options, (), scenario.question.select))
    return tuple(found)


def answered(asked: Asked) -> Answered:
    return answer_asked(evaluator(), asked)


def chosen(asked: Asked) -> tuple[bool, set[str]]:
    """Return whether it is decided, and the texts of the options that are answered."""
    given = answered(asked).answer
    return given.decided, {asked.options[label] for label in given.labels}


def changed(asked: Asked, **fields: Any) -> Asked:
    return Asked(
        asked.id, fields.get("stem", asked.stem), fields.get("options", asked.options), (), asked.select, asked.line
    )


some_question = st.deferred(lambda: st.sampled_from(questions()))


@given(some_question, st.randoms(use_true_random=False))
def test_the_order_of_options_does_not_matter(asked: Asked, random: Any):
    labels = list(asked.options)
    random.shuffle(labels)
    # options that speak of others by their letters would speak of different ones
    assume(not any(re.search(r"\b(above|both [A-F])\b", text) for text in asked.options.values()))
    turned = changed(asked, options={chr(ord("A") + i): asked.options[label] for i, label in enumerate(labels)})
    before, after = chosen(asked), chosen(turned)
    assert before[0] == after[0]
    if before[0]:
        assert before[1] == after[1]


@given(some_question, st.sampled_from(BESIDE_THE_POINT))
def test_a_sentence_beside_the_point_changes_nothing(asked: Asked, sentence: str):
    assert chosen(changed(asked, stem=f"{sentence} {asked.stem}")) == chosen(asked)


@given(some_question)
def test_the_makers_of_services_need_not_be_named(asked: Asked):
    plain = {label: re.sub(r"\b(?:Amazon|AWS) (?=[A-Z])", "", text) for label, text in asked.options.items()}
    before, after = answered(asked), answered(changed(asked, options=plain))
    proposed = [one.choices for one in before.question.options]
    assume(proposed == [one.choices for one in after.question.options])  # "Amazon S3" may be told apart from "S3 ..."
    assert before.answer.labels == after.answer.labels


def test_most_services_are_known_without_their_maker():
    same = total = 0
    for asked in questions():
        for label, text in asked.options.items():
            plain = re.sub(r"\b(?:Amazon|AWS) (?=[A-Z])", "", text)
            if plain == text:
                continue
            total += 1
            options = {**asked.options, label: plain}
            position = list(options).index(label)
            one, other = answered(asked), answered(changed(asked, options=options))
            same += one.question.options[position].choices == other.question.options[position].choices
    assert total
    assert same >= 0.9 * total


@given(some_question)
def test_another_name_for_a_choice_changes_nothing(asked: Asked):
    knowledge = evaluator().knowledge
    before = answered(asked)
    for label, text in asked.options.items():
        for choice in knowledge.choices.values():
            if choice.name in text and choice.aliases:
                swapped = {**asked.options, label: text.replace(choice.name, choice.aliases[0])}
                after = answered(changed(asked, options=swapped))
                position = list(asked.options).index(label)
                if before.question.options[position].choices == after.question.options[position].choices:
                    assert before.answer == after.answer or before.answer.labels == after.answer.labels
                return


@pytest.mark.parametrize("stem", ["Which two services?", "Choose all that apply.", "Which service?"])
def test_as_many_are_answered_as_are_asked_for(stem: str):
    options = {"A": "Amazon Athena", "B": "Amazon Polly", "C": "AWS Glue", "D": "Amazon Redshift"}
    count = how_many(stem, options)
    given = answered(Asked("1", stem, options, (), count)).answer
    assert len(given.labels) == count if count else len(given.labels) > 1
