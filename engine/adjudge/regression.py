"""Holding scenarios to what their authors expect of them: answers of questions, and verdicts of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from adjudge.answering import answer
from adjudge.api import evaluate_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.answering import Answer
    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.judging import Decision
    from adjudge.question import Question
    from adjudge.scenario import Expectation, Scenario

State = Literal["passed", "failed", "excepted"]


class Result(msgspec.Struct, frozen=True):
    """How a scenario came out, with what was expected and what came instead.

    `excepted` is a question that does not count because it is damaged or its answer is disputed; `note` says so.
    """

    id: str
    file: str
    kind: Literal["question", "scenario"]
    state: State
    expected: str = ""
    got: str = ""
    why: tuple[str, ...] = ()
    note: str = ""


def check(evaluator: Evaluator, scenario: Scenario, day: str = "") -> Result | None:
    """Compare a scenario with what is expected of it; None if nothing is expected. Raises ScenarioError."""
    question = scenario.question
    if not scenario.expect and (question is None or not question.answer):
        return None
    evaluation = evaluate_scenario(scenario, evaluator, day)
    found = [one for e in scenario.expect for one in _differences(evaluator, evaluation, e)]
    if question is None or not question.answer:
        result = Result(scenario.id, scenario.source.name, "scenario", "passed")
    else:
        result = _check_answer(evaluator, evaluation, scenario, question)
    if found:
        expected, got = "; ".join(one[0] for one in found), "; ".join(one[1] for one in found)
        why = tuple(line for one in found for line in one[2])
        result = msgspec.structs.replace(result, state="failed", expected=expected, got=got, why=(*result.why, *why))
    return result


def _check_answer(evaluator: Evaluator, evaluation: Evaluation, scenario: Scenario, question: Question) -> Result:
    given = answer(evaluator, evaluation, question)
    passed = given.decided and question.accepts(given.labels)
    note = f"disputed: {question.disputed}" if question.disputed else f"damaged: {question.damaged}"
    excepted = bool(question.disputed) or (bool(question.damaged) and not passed)
    expected = " or ".join("".join(one) for one in (question.answer, *question.also_accepted))
    return Result(
        scenario.id,
        scenario.source.name,
        "question",
        "excepted" if excepted else "passed" if passed else "failed",
        expected,
        "".join(given.labels) + ("" if given.decided else " (a guess)"),
        () if passed else tuple(_why(given, question)),
        note if question.disputed or question.damaged else "",
    )


def _why(given: Answer, question: Question) -> Iterator[str]:
    """Yield what stands between an answer and the expected one: how each label in question was judged."""
    for one in given.options:
        wanted = one.label in question.answer
        if wanted == (one.verdict == "right"):
            continue
        for objection in one.objections[:2]:
            by = f" [{objection.reason.rule}]" if objection.reason.rule else ""
            yield f"{one.label} was found {objection.kind}: {objection.reason.says}{by}"
        if not one.objections:
            speaking = "; ".join(f"{r.says} [{r.rule}]" for r in one.support[:2]) or "nothing speaks for it"
            yield f"{one.label} was found {one.verdict}: {speaking}"


def _differences(
    evaluator: Evaluator, evaluation: Evaluation, expected: Expectation
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield what was expected of the decision on a need, what came, and the reasons."""
    knowledge = evaluator.knowledge
    decision = next((one for one in evaluation.decisions if one.need == expected.need), None)
    if decision is None:
        yield f"a decision on {expected.need}", "the need is not raised", []
        return
    got = decision.status, sorted(decision.leading)
    if got != (expected.status, sorted(expected.recommended)):
        yield (
            f"{expected.need}: {_shown(expected.status, expected.recommended)}",
            _shown(decision.status, decision.leading),
            [f"{choice}: {_reasons(decision, choice)}" for choice in {*expected.recommended, *decision.leading}],
        )
    verdicts = {one.choice: one.verdict for one in decision.verdicts}
    for choice, verdict in expected.verdicts.items():
        if verdicts.get(choice) != verdict:
            came = verdicts.get(choice, f"no candidate, {knowledge.name(choice)} is for something else")
            yield f"{expected.need}: {choice} {verdict}", came, [f"{choice}: {_reasons(decision, choice)}"]


def _shown(status: str, choices: list[str] | tuple[str, ...]) -> str:
    return " ".join([status, ", ".join(sorted(choices))]).strip()


def _reasons(decision: Decision, choice: str) -> str:
    """Name the rules that speak for and against a choice."""
    for verdict in decision.verdicts:
        if verdict.choice == choice:
            against = ", ".join(dict.fromkeys(one.rule.id for one in verdict.against))
            speaking = ", ".join(dict.fromkeys(one.rule.id for one in verdict.arguments))
            return f"{verdict.verdict}; for it {speaking or 'nothing'}; against it {against or 'nothing'}"
    return "no candidate"
