"""An evaluation as plain values, ready to be written as JSON: the contract `adjudge.evaluation/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.evaluation import NOTES_DAY, Evaluation, Evaluator
from adjudge.missing import Missing, missing
from adjudge.words import describe

if TYPE_CHECKING:
    from adjudge.facts import Requirement
    from adjudge.judging import Argument, Decision, Verdict
    from adjudge.knowledge import Knowledge

SCHEMA = "adjudge.evaluation/1"
SCHEMA_OF_SEVERAL = "adjudge.evaluations/1"


def report(evaluator: Evaluator, evaluation: Evaluation, title: str) -> dict[str, Any]:
    """Return the JSON document for one evaluated scenario."""
    return {
        "schema": SCHEMA,
        "scenario": title,
        "as_of": evaluation.day,
        "requirements": [_requirement(one) for one in evaluation.inference.requirements],
        "decisions": [_decision(evaluator, evaluation, decision) for decision in evaluation.decisions],
    }


def then(evaluator: Evaluator, evaluation: Evaluation, decision: Decision) -> Decision | None:
    """Return the decision as it would have been at the notes' time, if what was closed since has changed it."""
    if evaluation.day <= NOTES_DAY or not any(verdict.closed for verdict in decision.verdicts):
        return None
    stated = [one for one in evaluation.inference.requirements if one.origin in ("stated", "read")]
    before = evaluator.decide(evaluator.infer(stated, NOTES_DAY), decision.need, NOTES_DAY)
    return before if before.leading != decision.leading else None


def _requirement(one: Requirement) -> dict[str, Any]:
    return {
        "attribute": one.attribute,
        "value": one.value,
        "origin": one.origin,
        "by": one.by,
        "span": list(one.span) if one.span else None,
    }


def _decision(evaluator: Evaluator, evaluation: Evaluation, decision: Decision) -> dict[str, Any]:
    knowledge = evaluator.knowledge
    earlier = then(evaluator, evaluation, decision)
    return {
        "need": decision.need,
        "says": knowledge.needs[decision.need].says,
        "status": decision.status,
        "raised_by": _requirement(decision.raised),
        "recommended": [_recommended(knowledge, v) for v in decision.verdicts if v.verdict == "recommended"],
        "alternatives": [_alternative(knowledge, v) for v in decision.verdicts if v.verdict != "recommended"],
        "missing": [_missing(one) for one in missing(evaluator, evaluation, decision)],
        "advice": [_because(knowledge, one) for one in decision.advice],
        "circular": [_because(knowledge, one) for one in decision.circular],
        "at_notes_time": {"as_of": NOTES_DAY, "status": earlier.status, "recommended": list(earlier.leading)} if earlier else None,
    }


def _recommended(knowledge: Knowledge, verdict: Verdict) -> dict[str, Any]:
    choice = knowledge.choices[verdict.choice]
    cautions = [_because(knowledge, one) for one in verdict.cautions]
    cautions += [
        {"rule": rule.id, "says": f"Not stated, but it matters: {rule.because}", "sources": list(rule.sources), "from": []}
        for rule in verdict.unmet
    ]  # fmt: skip
    return {
        "choice": choice.id,
        "name": choice.name,
        "does": choice.does,
        "because": [_because(knowledge, one) for one in verdict.arguments],
        "rests_on": verdict.weight,
        "goals_met": list(verdict.goals),
        "cautions": cautions,
    }


def _alternative(knowledge: Knowledge, verdict: Verdict) -> dict[str, Any]:
    return {
        "choice": verdict.choice,
        "name": knowledge.name(verdict.choice),
        "verdict": verdict.verdict,
        "because": against(knowledge, verdict),
        "in_favour": [_because(knowledge, one) for one in verdict.arguments],
    }


def against(knowledge: Knowledge, verdict: Verdict) -> list[dict[str, Any]]:
    """Return the reasons why a choice is not recommended, each as the contract's `because`."""
    reasons = [_because(knowledge, one) for one in verdict.against]
    if verdict.closed:
        reasons.insert(0, _closing(knowledge, verdict))
    if verdict.near:
        near = verdict.near
        lacking = [describe(one, knowledge.attributes) for one in near.outcomes if one.state != "held"]
        says = f"Nothing stated speaks for it: {'; '.join(lacking)}."
        reasons.append({"rule": near.rule.id, "says": says, "sources": list(near.rule.sources), "from": []})
    elif verdict.verdict == "unsupported":
        reasons.append({"rule": None, "says": "No rule recommends it for this need.", "sources": [], "from": []})
    return reasons


def _closing(knowledge: Knowledge, verdict: Verdict) -> dict[str, Any]:
    choice, event = knowledge.choices[verdict.choice], verdict.closed
    assert event is not None  # noqa: S101  (asked for only where it is set)
    what = "has been closed to new customers" if event.event == "closed-to-new-customers" else "has ended"
    sure = "" if event.confidence == "verified" else " (recalled, not verified)"
    next_ = f" Weigh {', '.join(map(knowledge.name, choice.successors))} instead." if choice.successors else ""
    says = f"{choice.name} {what} since {event.date}{sure}.{next_}"
    return {"rule": None, "says": says, "sources": list(event.sources), "from": [], "event": event.event, "date": event.date}


def _because(knowledge: Knowledge, argument: Argument) -> dict[str, Any]:
    rule = argument.rule
    traits = [_trait(knowledge, choice, used) for choice in (argument.choice, argument.rival) if choice for used in rule.traits]
    found = {
        "rule": rule.id,
        "says": rule.because,
        "sources": list(dict.fromkeys([*rule.sources, *(source for one in traits if one for source in one["sources"])])),
        "from": [_requirement(one) for one in argument.supports],
    }
    if argument.rival:
        found["winner"], found["loser"] = argument.choice, argument.rival
    if any(traits):
        found["traits"] = [one for one in traits if one]
    return found


def _trait(knowledge: Knowledge, choice: str, used: str) -> dict[str, Any] | None:
    """Return the trait value by which a general principle chose a choice, if it is this one's."""
    name, _, value = used.partition("=")
    held = knowledge.choices[choice].traits.get(name)
    if held is None or value not in held.values:
        return None
    says = f"{knowledge.traits[name].says}: {knowledge.traits[name].values[value]}"
    return {"choice": choice, "trait": name, "value": value, "says": says, "sources": list(held.sources)}


def _missing(one: Missing) -> dict[str, Any]:
    return {
        "attribute": one.attribute,
        "question": one.question,
        "would_change": one.would_change,
        "answers": [{"answer": answer, "leads_to": list(leading)} for answer, leading in one.outcomes],
    }
