"""The cases in `conformance/`, on each engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from adjudge import evaluate
from adjudge.errors import KnowledgeError, ScenarioError
from adjudge.evaluation import Evaluation, Evaluator
from adjudge.judging import Decision, rank
from adjudge.statements import read_statement
from adjudge.yamlfile import parse
from bases import knowledge_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from adjudge.engines import EngineName
    from adjudge.facts import Fact, Requirement
    from adjudge.knowledge import Knowledge

FOLDER = Path(__file__).parent / "conformance"
NOTES_DAY = "2021-12-31"


class Case(NamedTuple):
    """One case with the knowledge it is about."""

    base: dict[str, Any]
    case: dict[str, Any]

    def knowledge(self) -> Knowledge:
        return knowledge_of(self.base)

    def evaluate(self, engine: EngineName) -> Evaluation:
        day = self.case.get("as_of", NOTES_DAY)
        return evaluate(self.case["requirements"], as_of=day, knowledge=self.knowledge(), engine=engine)


def _cases() -> Iterable[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        content = parse(path.read_text(encoding="utf-8"), path.name).data
        for case in content["cases"]:
            added = case.get("adds", {})
            topics = [
                {**topic, "rules": [*topic.get("rules", ()), *added.get(topic["topic"], ())]}
                for topic in content["knowledge"]["decisions"]
            ]
            base = {**content["knowledge"], "decisions": topics}
            yield pytest.param(Case(base, case), id=f"{path.stem}: {case['name']}")


CASES = list(_cases())
DECIDED = [one for one in CASES if "expect" in one.values[0].case]
CLASHING = [one for one in CASES if one.values[0].case.keys() >= {"expect_error", "requirements"}]
UNFIT = [one for one in CASES if "expect_error" in one.values[0].case and one not in CLASHING]


def test_every_case_says_what_is_expected() -> None:
    assert {one.id for one in (*DECIDED, *CLASHING, *UNFIT)} == {one.id for one in CASES}
    assert len({one.id for one in CASES}) == len(CASES)


@pytest.mark.parametrize("case", DECIDED)
def test_concludes_what_is_expected(case: Case, engine: EngineName) -> None:
    knowledge, evaluation, expected = case.knowledge(), case.evaluate(engine), case.case["expect"]
    for origin in ("derived", "assumed"):
        assert _facts(evaluation, origin) == _expected_facts(expected.get(origin, {}), knowledge)
    decided = {decision.need: _outcome(decision) for decision in evaluation.decisions}
    assert decided == {need: _expected_outcome(said) for need, said in expected.get("decisions", {}).items()}
    if "fired" in expected:
        assert _fired(knowledge, evaluation, engine) == sorted(expected["fired"])


@pytest.mark.parametrize("case", CLASHING)
def test_refuses_requirements_that_cannot_all_hold(case: Case, engine: EngineName) -> None:
    with pytest.raises(ScenarioError) as caught:
        case.evaluate(engine)
    assert case.case["expect_error"] in str(caught.value)


@pytest.mark.parametrize("case", UNFIT)
def test_refuses_knowledge_that_cannot_be(case: Case) -> None:
    with pytest.raises(KnowledgeError) as caught:
        case.knowledge()
    assert case.case["expect_error"] in str(caught.value)


@pytest.mark.parametrize("case", DECIDED)
def test_order_does_not_matter(case: Case) -> None:
    requirements = dict(reversed(case.case["requirements"].items()))
    turned = Case(_turned(case.base), {**case.case, "requirements": requirements})
    one, other = case.evaluate("native"), turned.evaluate("native")
    assert one.decisions == other.decisions
    assert set(one.inference.requirements) == set(other.inference.requirements)


def _facts(evaluation: Evaluation, origin: str) -> set[Fact]:
    return {fact for one in evaluation.inference.requirements if one.origin == origin for fact in one.facts}


def _expected_facts(said: Mapping[str, Any], knowledge: Knowledge) -> set[Fact]:
    stated: list[Requirement] = []
    for name, value in said.items():
        stated += read_statement(name, value, knowledge.attributes)
    return {fact for one in stated for fact in one.facts}


def _outcome(decision: Decision) -> dict[str, Any]:
    """Say how a decision came out: its status, the choices by rank, and every other verdict but `unsupported`."""
    ranks: dict[tuple[int, int], list[str]] = {}
    for verdict in decision.verdicts:
        if verdict.verdict == "recommended":
            ranks.setdefault(rank(verdict), []).append(verdict.choice)
    others = {v.choice: v.verdict for v in decision.verdicts if v.verdict in ("beaten", "rejected")}
    return {"status": decision.status, "recommended": [sorted(group) for group in ranks.values()], "verdicts": others}


def _expected_outcome(said: dict[str, Any]) -> dict[str, Any]:
    groups = [sorted(group) if isinstance(group, list) else [group] for group in said["recommended"]]
    return {"status": said["status"], "recommended": groups, "verdicts": said.get("verdicts", {})}


def _fired(knowledge: Knowledge, evaluation: Evaluation, engine: EngineName) -> list[str]:
    evaluator = Evaluator(knowledge, engine)
    rules = [knowledge.derivations[number] for number in evaluator.engine().match(evaluation.inference.facts)]
    for decision in evaluation.decisions:
        numbers = evaluator.engine(decision.need).match(evaluation.inference.facts)
        rules += [knowledge.needs[decision.need].rules[number] for number in numbers]
    return sorted({rule.id for rule in rules if rule.valid(evaluation.day)})


def _turned(base: dict[str, Any]) -> dict[str, Any]:
    """Turn round everything in a base that has no order of its own."""
    parts = {"vocabulary": ("attributes", "traits"), "catalog": ("choices",)}
    turned = {part: {**base[part], **{k: base[part].get(k, [])[::-1] for k in keys}} for part, keys in parts.items()}
    topics = [{**topic, "rules": topic["rules"][::-1]} for topic in reversed(base["decisions"])]
    return {**turned, "decisions": topics}
