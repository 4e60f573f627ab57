"""The cases in `questions/`: options, judged on each engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.answering import answer
from adjudge.api import evaluate_scenario
from adjudge.errors import ScenarioError
from adjudge.evaluation import Evaluator
from adjudge.scenario import read_scenario
from adjudge.yamlfile import parse
from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.answering import Answer
    from adjudge.engines import EngineName
    from adjudge.knowledge import Knowledge

TRAVEL = parse((Path(__file__).parent / "questions/travel.yaml").read_text(encoding="utf-8"), "travel.yaml").data
BASE: Knowledge = knowledge_of(TRAVEL["knowledge"])
CASES = {case["name"]: case for case in TRAVEL["cases"]}


def written(case: dict[str, Any]) -> dict[str, Any]:
    """Write a case as a scenario file has it."""
    options = {label: {"says": f"Option {label}", **option} for label, option in case["options"].items()}
    question = {"asks": "What now?", "options": options, "answer": case["expect"].get("answer", [])}
    question |= {key: case[key] for key in ("select", "decides") if key in case}
    return {"requirements": case["requirements"], "as_of": "2021-12-31", "question": question}


def judged(content: dict[str, Any], engine: EngineName = "native") -> Answer:
    scenario = read_scenario(msgspec.json.encode(content), "case.yaml", BASE)
    evaluator = Evaluator(BASE, engine)
    return answer(evaluator, evaluate_scenario(scenario, evaluator), scenario.question)


def objections(given: Answer) -> dict[str, list[str]]:
    """Return of each option that is not right why it is not, as the cases write it."""
    return {
        one.label: [f"{o.kind} {o.reason.rule}".strip() for o in one.objections]
        for one in given.options
        if one.verdict != "right"
    }


@pytest.mark.parametrize("name", CASES)
def test_answers_as_expected(name: str, engine: EngineName) -> None:
    case = CASES[name]
    given, expected = judged(written(case), engine), case["expect"]
    assert given.decided == expected.get("decided", True)
    if given.decided:
        assert list(given.labels) == expected["answer"]
    if "guess" in expected:
        assert list(given.labels) == expected["guess"]
    found = objections(given)
    for label, wanted in expected["options"].items():
        for one in wanted:
            assert any(said == one or said.startswith(f"{one} ") for said in found[label]), (label, found)
        assert bool(wanted) == bool(found[label]), (label, found)


@given(st.sampled_from(sorted(CASES)), st.randoms(use_true_random=False))
def test_the_order_of_options_and_requirements_does_not_matter(name: str, random: Any) -> None:
    content = written(CASES[name])
    turned = {
        **content,
        "requirements": _shuffled(content["requirements"], random),
        "question": {**content["question"], "options": _shuffled(content["question"]["options"], random)},
    }
    one, other = judged(content), judged(turned)
    assert one.decided == other.decided
    assert objections(one).keys() == objections(other).keys()
    if one.decided:
        assert one.labels == other.labels


def _shuffled(mapping: dict[str, Any], random: Any) -> dict[str, Any]:
    keys = list(mapping)
    random.shuffle(keys)
    return {key: mapping[key] for key in keys}


@pytest.mark.parametrize("name", CASES)
def test_the_expected_answer_is_never_looked_at(name: str) -> None:
    content = written(CASES[name])
    one = judged(content)
    content["question"]["answer"] = [next(reversed(content["question"]["options"]))]
    assert judged(content) == one


FAULTS = {
    "one option": ({"options": {"A": {"proposes": ["walk"]}}}, "at least two options"),
    "unknown choice": ({"options": {"A": {"proposes": ["wakl"]}}}, "unknown choice `wakl` (did you mean `walk`?)"),
    "nothing said": ({"options": {"A": {}}}, "option A says in no way what it means"),
    "both": ({"options": {"A": {"proposes": ["walk"], "none": True}}}, "cannot both speak for itself"),
    "two claims in one": (
        {"options": {"A": {"claims": [{"about": "walk", "works": True, "serves": "travel"}]}}},
        "a claim says one thing",
    ),
    "about nothing": ({"options": {"A": {"claims": [{"works": True}]}}}, "needs `about`"),
    "no figure": ({"options": {"A": {"claims": [{"computes": "walk", "is": 1}]}}}, "`walk` has no formula"),
    "no number": ({"options": {"A": {"claims": [{"computes": "punctuality", "is": "x"}]}}}, "a number"),
    "unknown trait": ({"options": {"A": {"claims": [{"about": "walk", "that": {"puls": "legs"}}]}}}, "`pull`"),
    "unknown trait value": ({"options": {"A": {"claims": [{"about": "walk", "that": {"pull": "leg"}}]}}}, "`legs`"),
    "unknown attribute": ({"options": {"A": {"claims": [{"that": {"nihgts": True}}]}}}, "`nights`"),
    "unknown need": ({"decides": ["travl"]}, "unknown need `travl` (did you mean `travel`?)"),
    "unknown answer": ({"answer": ["Z"]}, "unknown option `Z`"),
    "unknown other": ({"options": {"A": {"all-of": ["Z"]}}}, "unknown option `Z`"),
    "too many": ({"select": 9}, "cannot select 9 of 2 options"),
    "contradiction": (
        {"options": {"A": {"proposes": ["walk"], "entails": {"luggage": {"is": "light", "not": "light"}}}}},
        "contradicts itself",
    ),
    "unknown key": ({"options": {"A": {"propose": ["walk"]}}}, "unknown key `propose` (did you mean `proposes`?)"),
}


@pytest.mark.parametrize(("change", "says"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_is_told_at_its_place(change: dict[str, Any], says: str) -> None:
    content = written(CASES["what nobody offers beats nothing"])
    content["question"] |= {"answer": [], **change}
    if "options" in change:
        options = {label: {"says": label, **option} for label, option in change["options"].items()}
        others = {} if says == "at least two options" else {"B": {"says": "Another", "proposes": ["coach"]}}
        content["question"]["options"] = {**others, **options}
    with pytest.raises(ScenarioError) as caught:
        read_scenario(msgspec.json.encode(content), "case.yaml", BASE)
    assert says in str(caught.value)
    assert all(problem.line > 0 for problem in caught.value.problems)


def test_questions_may_state_nothing() -> None:
    content = written(CASES["nothing is known of a trait"])
    del content["requirements"]
    scenario = read_scenario(msgspec.json.encode(content), "case.yaml", BASE)
    assert scenario.requirements == ()
