"""Every shipped scenario comes out as its author expects, every example of a shipped rule does what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from adjudge.answering import answer
from adjudge.api import evaluate_scenario
from adjudge.building import Problems, Site
from adjudge.checking import check_examples
from adjudge.contents import read_folder
from adjudge.convert import convert
from adjudge.evaluation import Evaluator
from adjudge.paths import rules_folder, scenarios_folder
from adjudge.scenario import Scenario, read_scenario
from adjudge.schema import DecisionFile, LadderEntry, RuleEntry
from adjudge.topics import Written
from adjudge.yamlfile import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from adjudge.engines import EngineName
    from adjudge.judging import Decision
    from adjudge.knowledge import Knowledge
    from adjudge.scenario import Expectation

EXAMPLES = sorted((scenarios_folder() / "examples").glob("*.yaml"))
QUESTIONS = sorted(path for part in ("exam", "written") for path in (scenarios_folder() / part).rglob("*.yaml"))
KINDS: tuple[tuple[str, type[RuleEntry | LadderEntry]], ...] = (("rules", RuleEntry), ("ladders", LadderEntry))


@pytest.fixture(scope="module")
def evaluator(shipped: Knowledge, engine: EngineName) -> Evaluator:
    return Evaluator(shipped, engine)


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    """The rules and ladders as they are written."""
    found = {}
    for name, content in read_folder(rules_folder()).items():
        if name.startswith("decisions/"):
            found |= {one.id: one for one in _written(name, content)}
    return found


def _written(name: str, content: bytes) -> Iterator[Written]:
    file, problems = parse(content.decode(), name), Problems()
    top = convert(file, (), file.data, DecisionFile, problems)
    assert top, problems
    for field, kind in KINDS:
        for index, raw in enumerate(getattr(top, field)):
            entry = convert(file, (field, index), raw, kind, problems)
            assert entry, problems
            yield Written(f"{top.topic}.{entry.id}", top.need, Site(file, (field, index), problems), entry)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_scenarios_come_out_as_expected(path: Path, evaluator: Evaluator) -> None:
    scenario = read_scenario(path.read_bytes(), path.name, evaluator.knowledge)
    decisions = {one.need: one for one in evaluate_scenario(scenario, evaluator).decisions}
    assert scenario.expect, "a scenario that expects nothing shows nothing"
    for expected in scenario.expect:
        assert expected.need in decisions, f"raises {', '.join(decisions) or 'nothing'}"
        assert _told(decisions[expected.need], expected) == _expected(expected)


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_questions_are_answered_as_expected_with_a_reason_for_every_wrong_option(
    path: Path, evaluator: Evaluator
) -> None:
    scenario = read_scenario(path.read_bytes(), path.name, evaluator.knowledge)
    assert scenario.as_of
    assert scenario.question.answer
    given = answer(evaluator, evaluate_scenario(scenario, evaluator), scenario.question)
    if not scenario.question.disputed:
        assert given.decided
        assert scenario.question.accepts(given.labels)
    for one in given.options:
        if one.verdict == "wrong":
            assert all(objection.reason.says.strip() for objection in one.objections)
            assert one.objections


def _told(decision: Decision, expected: Expectation) -> dict[str, Any]:
    verdicts = {one.choice: one.verdict for one in decision.verdicts if one.choice in expected.verdicts}
    return {"status": decision.status, "recommended": sorted(decision.leading), "verdicts": verdicts}


def _expected(expected: Expectation) -> dict[str, Any]:
    return {"status": expected.status, "recommended": sorted(expected.recommended), "verdicts": expected.verdicts}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_scenarios_name_their_day(path: Path, shipped: Knowledge) -> None:
    """Without one, what they expect would hold until the next service is closed."""
    scenario: Scenario = read_scenario(path.read_bytes(), path.name, shipped)
    assert scenario.as_of


def test_examples_of_rules_do_what_they_say(
    shipped: Knowledge, written: dict[str, Written], engine: EngineName
) -> None:
    assert check_examples(shipped, written, engine) == []


def test_every_rule_is_written_somewhere(shipped: Knowledge, written: dict[str, Written]) -> None:
    ids = {rule.id for rule in shipped.derivations} | {
        rule.id for need in shipped.needs.values() for rule in need.rules if rule.basis == "rule"
    }
    assert ids <= written.keys()


def test_sources_of_the_notes_have_the_right_form(shipped: Knowledge) -> None:
    notes = [source for source in _sources(shipped) if source.lower().startswith("notes")]
    assert notes
    assert [source for source in notes if not re.fullmatch(r"notes:N\d{3}", source)] == []


def test_nothing_stands_without_a_source(shipped: Knowledge) -> None:
    rules = [*shipped.derivations, *(rule for need in shipped.needs.values() for rule in need.rules)]
    assert [rule.id for rule in rules if not rule.sources] == []
    assert [choice.id for choice in shipped.choices.values() if not choice.sources] == []


def test_every_need_can_be_decided(shipped: Knowledge) -> None:
    """A need without anything to recommend for it is a question that nobody can answer."""
    for need in shipped.needs.values():
        assert any(rule.kind == "recommend" for rule in need.rules), need.id


def _sources(knowledge: Knowledge) -> Iterator[str]:
    for rules in (knowledge.derivations, *(need.rules for need in knowledge.needs.values())):
        for rule in rules:
            yield from rule.sources
    for choice in knowledge.choices.values():
        yield from choice.sources
        for held in (*choice.traits.values(), *choice.lifecycle):
            yield from held.sources
