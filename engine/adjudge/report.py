"""An evaluation as plain values, ready to be written as JSON: the contract `adjudge.evaluation/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.evaluation import NOTES_DAY
from adjudge.inference import InconsistentError
from adjudge.missing import Missing, missing
from adjudge.reasons import Reason, against, cautions, reason

if TYPE_CHECKING:
    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.facts import Requirement
    from adjudge.judging import Decision, Verdict

SCHEMA = "adjudge.evaluation/1"
SCHEMA_OF_SEVERAL = "adjudge.evaluations/1"


def report(evaluator: Evaluator, evaluation: Evaluation, title: str) -> dict[str, Any]:
    """Return the JSON document for one evaluated scenario; `evaluator` should have the native engine."""
    return {
        "schema": SCHEMA,
        "scenario": title,
        "as_of": evaluation.day,
        "requirements": [requirement_document(one) for one in evaluation.inference.requirements],
        "decisions": [_decision(evaluator, evaluation, decision) for decision in evaluation.decisions],
    }


def before_closures(evaluator: Evaluator, evaluation: Evaluation, decision: Decision) -> Decision | None:
    """Return the decision at the notes' time, if a choice that was closed since led it."""
    closed = {verdict.choice for verdict in decision.verdicts if verdict.closed}
    if evaluation.day <= NOTES_DAY or not closed:
        return None
    stated = [one for one in evaluation.inference.requirements if one.origin in ("stated", "read")]
    try:
        inference = evaluator.infer(stated, NOTES_DAY)
    except InconsistentError:  # by rules that no longer hold
        return None
    if not inference.raises(decision.need):  # but by rules that did not hold yet
        return None
    then = evaluator.decide(inference, decision.need, NOTES_DAY)
    return then if closed.intersection(then.leading) else None


def requirement_document(one: Requirement) -> dict[str, Any]:
    """Return a requirement as the contract has it."""
    return {
        "attribute": one.attribute,
        "value": one.value,
        "origin": one.origin,
        "by": one.by,
        "span": list(one.span) if one.span else None,
    }


def _decision(evaluator: Evaluator, evaluation: Evaluation, decision: Decision) -> dict[str, Any]:
    knowledge = evaluator.knowledge
    then = before_closures(evaluator, evaluation, decision)
    recommended, others = [], []
    for verdict in decision.verdicts:
        choice = knowledge.choices[verdict.choice]
        entry: dict[str, Any] = {"choice": choice.id, "name": choice.name}
        if choice.called(evaluation.day) != choice.name:
            entry["now_called"] = choice.called(evaluation.day)
        in_favour = [reason_document(reason(knowledge, one)) for one in verdict.arguments]
        if verdict.verdict == "recommended":
            minded = cautions(knowledge, evaluation, decision, verdict)
            entry |= {
                "does": choice.does,
                "because": in_favour,
                **_standing(verdict),
                "cautions": [reason_document(one) for one in minded],
            }
            recommended.append(entry)
        else:
            speaking = against(knowledge, evaluation, decision, verdict)
            entry |= {
                "verdict": verdict.verdict,
                "because": [reason_document(one) for one in speaking],
                "in_favour": in_favour,
            }
            others.append(entry)
    return {
        "need": decision.need,
        "says": knowledge.needs[decision.need].says,
        "status": decision.status,
        "raised_by": requirement_document(decision.raised) if decision.raised else None,
        "recommended": recommended,
        "alternatives": others,
        "missing": [_missing(one) for one in missing(evaluator, evaluation, decision)],
        "advice": [reason_document(reason(knowledge, one)) for one in decision.advice],
        "cancelled": [reason_document(reason(knowledge, one)) for one in decision.cancelled],
        "before_closures": {"as_of": NOTES_DAY, "status": then.status, "leading": list(then.leading)} if then else None,
    }


def _standing(verdict: Verdict) -> dict[str, Any]:
    return {"rests_on": verdict.weight, "goals_met": list(verdict.goals)}


def reason_document(one: Reason) -> dict[str, Any]:
    """Return a reason as the contract's `because`, without the extras that do not apply."""
    found: dict[str, Any] = {
        "rule": one.rule or None,
        "says": one.says,
        "sources": list(one.sources),
        "from": [requirement_document(support) for support in one.supports],
    }
    if one.winner:
        found |= {"winner": one.winner, "loser": one.loser}
    if one.traits:
        found["traits"] = [
            {"choice": t.choice, "trait": t.trait, "value": t.value, "says": t.says, "sources": list(t.sources)}
            for t in one.traits
        ]
    if one.lacks:
        found["lacks"] = list(one.lacks)
    if one.event:
        found |= {"event": one.event, "date": one.date}
    return found


def _missing(one: Missing) -> dict[str, Any]:
    return {
        "attribute": one.attribute,
        "question": one.question,
        "would_change": one.would_change,
        "answers": [{"answer": answer, "leads_to": list(leading)} for answer, leading in one.outcomes],
    }
