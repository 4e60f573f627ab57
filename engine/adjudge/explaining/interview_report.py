"""An interview as plain values, `adjudge.interview/1`, and as the scenario file that it comes to."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from adjudge.reasons import reason
from adjudge.report import reason_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.explaining.asking import Question
    from adjudge.explaining.interviewing import Interview, Turn
    from adjudge.knowledge import Knowledge, Rule

SCHEMA = "adjudge.interview/1"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*")
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_SHOWN = 3  # rules that are told as reasons for asking


def question_document(knowledge: Knowledge, question: Question) -> dict[str, Any]:
    """Return a question with its answers, and why it is asked."""
    attribute = question.attribute
    answers: list[dict[str, Any]] = [{"value": one, "says": attribute.values[one].says} for one in question.values]
    if attribute.kind == "boolean":
        answers = [{"value": True, "says": "yes"}, {"value": False, "says": "no"}]
    return {
        "ask": attribute.id,
        "question": asks(question),
        "answers": answers,
        "several": attribute.kind == "multiple",
        "unit": attribute.unit or None,
        "why": why_document(knowledge, question),
    }


def asks(question: Question) -> str:
    """Return what is asked, in words."""
    attribute = question.attribute
    known = " or ".join(map(attribute.show, question.known))
    return f"{attribute.question} More precisely than: {known}." if known else attribute.question


def why_document(knowledge: Knowledge, question: Question) -> dict[str, Any]:
    """Return what hangs on a question: the choices that may lead yet, what single answers lead to, and some rules."""
    return {
        "may_lead": [{"choice": one, "name": knowledge.name(one)} for one in question.leaders],
        "outcomes": [{"answer": answer, "leads_to": list(then)} for answer, then in question.outcomes],
        "rules": [
            {"rule": one.id, "kind": one.kind, "of": [*one.subjects], "says": one.because, "sources": [*one.sources]}
            for one in reasons_to_ask(question)
        ],
    }


def reasons_to_ask(question: Question) -> list[Rule]:
    """Return some rules that hang on a question, those first that ask for its answer themselves."""
    distinct = {(rule.id, rule.because): rule for rule in reversed(question.rules)}
    direct = [any(test.attribute == question.attribute.id for test in rule.tests) for rule in distinct.values()]
    ranked = sorted(zip(direct, distinct.values(), strict=True), key=lambda pair: (not pair[0], pair[1].id))
    return [rule for _, rule in ranked[:_SHOWN]]


def final_document(knowledge: Knowledge, interview: Interview, turn: Turn, why: str, title: str) -> dict[str, Any]:
    """Return how an interview ended: `settled`, `nothing-left` or `stopped`, with the decision and the scenario."""
    decision = turn.decision
    return {
        "schema": SCHEMA,
        "done": True,
        "reason": why,
        "decision": {
            "need": decision.need,
            "says": knowledge.needs[decision.need].says,
            "status": decision.status,
            "leading": [
                {
                    "choice": verdict.choice,
                    "name": knowledge.name(verdict.choice),
                    "because": [reason_document(reason(knowledge, one)) for one in verdict.arguments if not one.rival],
                }
                for verdict in decision.verdicts
                if verdict.choice in decision.leading
            ],
            "may_lead": list(turn.leaders),
        },
        "scenario": {"scenario": title, "as_of": turn.evaluation.day, "requirements": interview.said},
        "not_known": list(interview.declined),
    }


def scenario_file(knowledge: Knowledge, interview: Interview, title: str, as_of: str) -> str:
    """Write the scenario that an interview comes to as YAML; `as_of` is left out if empty."""
    lines = [f"scenario: {_written(title)}"]
    if as_of:
        lines.append(f'as_of: "{as_of}"')
    lines.append("requirements:")
    lines += [f"  {name}: {_written(said)}" for name, said in interview.said.items()]
    if interview.declined:
        lines.append("  # Not known:")
    for name in interview.declined:
        precisely = " (more precisely)" if name in interview.said else ""
        lines.append(f"  # {name}: {_line(knowledge.attributes[name].question)}{precisely}")
    return "\n".join(lines) + "\n"


def _written(said: Any) -> str:
    if isinstance(said, dict):
        return "{" + _joined(f"{key}: {_written(one)}" for key, one in said.items()) + "}"
    if isinstance(said, list | tuple):
        return "[" + _joined(map(_written, said)) + "]"
    if isinstance(said, str) and _PLAIN.fullmatch(said) and said.lower() not in _WORDS:
        return said
    return json.dumps(said, ensure_ascii=False)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _line(text: str) -> str:
    return " ".join(text.split())
