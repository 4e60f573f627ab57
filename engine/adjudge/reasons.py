"""The reasons for and against a choice, put into words: one place for JSON, text and whatever comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.facts import NOTHING, Requirement
from adjudge.lifecycle import closed_since
from adjudge.shortfall import nearest_rule, unmet
from adjudge.words import say_need

if TYPE_CHECKING:
    from adjudge.evaluation import Evaluation
    from adjudge.facts import Outcome
    from adjudge.judging import Argument, Decision, Verdict
    from adjudge.knowledge import Event, Knowledge


class TraitReason(msgspec.Struct, frozen=True):
    """A trait value of a choice by which a general principle concerns it."""

    choice: str
    trait: str
    value: str
    says: str
    sources: tuple[str, ...]


class Reason(msgspec.Struct, frozen=True):
    """Something that speaks for or against a choice.

    `rule` is empty where no rule but an event or the lack of an argument is the reason; `says` is for people;
    `supports` are the requirements that made the rule fire; `winner` and `loser` are set for preferences.
    """

    says: str
    rule: str = ""
    sources: tuple[str, ...] = ()
    supports: tuple[Requirement, ...] = ()
    winner: str = ""
    loser: str = ""
    traits: tuple[TraitReason, ...] = ()
    lacks: tuple[str, ...] = ()
    event: str = ""
    date: str = ""


def reason(knowledge: Knowledge, argument: Argument) -> Reason:
    """Put an argument into words."""
    rule = argument.rule
    concerned = [choice for choice in (argument.choice, argument.rival) if choice]
    traits = [found for used in rule.traits for choice in concerned if (found := _trait(knowledge, choice, used))]
    return Reason(
        f"{rule.advice} {rule.because}".strip(),
        rule.id,
        tuple(dict.fromkeys([*rule.sources, *(source for one in traits for source in one.sources)])),
        argument.supports,
        winner=argument.choice if argument.rival else "",
        loser=argument.rival,
        traits=tuple(traits),
    )


def _trait(knowledge: Knowledge, choice: str, used: str) -> TraitReason | None:
    name, _, value = used.partition("=")
    held = knowledge.choices[choice].traits.get(name)
    if held is None or value not in held.values:
        return None
    says = f"{knowledge.traits[name].says}: {knowledge.traits[name].values[value]}"
    return TraitReason(choice, name, value, says, held.sources)


def cautions(knowledge: Knowledge, evaluation: Evaluation, decision: Decision, verdict: Verdict) -> list[Reason]:
    """Return what to mind about a recommended choice: advice, and preconditions that nobody has stated."""
    found = [reason(knowledge, one) for one in verdict.cautions]
    lacking = unmet(knowledge, decision.need, verdict.choice, evaluation.inference.facts, evaluation.day)
    return found + [Reason(f"Not stated, but required: {rule.because}", rule.id, rule.sources) for rule in lacking]


def against(knowledge: Knowledge, evaluation: Evaluation, decision: Decision, verdict: Verdict) -> list[Reason]:
    """Return why a choice is not recommended, the strongest reason first; at least one."""
    found = [reason(knowledge, one) for one in verdict.against]
    if verdict.closed:
        found.insert(0, closing(knowledge, verdict.choice, verdict.closed))
    if verdict.verdict == "unsupported":
        found.append(_shortfall(knowledge, evaluation, decision, verdict.choice))
    return found


def _shortfall(knowledge: Knowledge, evaluation: Evaluation, decision: Decision, choice: str) -> Reason:
    near = nearest_rule(knowledge, decision.need, choice, evaluation.inference.facts, evaluation.day)
    if near is None:
        return Reason(f"Nothing recommends it for this need as of {evaluation.day}.")
    lacks = tuple(_lack(knowledge, evaluation, one) for one in near.outcomes if one.state != "held")
    return Reason(
        f"Nothing stated speaks for it; that would take: {'; '.join(lacks)}.",
        near.rule.id,
        near.rule.sources,
        lacks=lacks,
    )


def _lack(knowledge: Knowledge, evaluation: Evaluation, one: Outcome) -> str:
    known = evaluation.inference.facts.get(one.test.attribute, NOTHING)
    return say_need(one, knowledge.attributes[one.test.attribute], also=bool(known.true))


def closing(knowledge: Knowledge, identity: str, event: Event) -> Reason:
    """Say that a choice can no longer be had, since when, and what to weigh instead."""
    choice = knowledge.choices[identity]
    instead = f" Weigh {', '.join(map(knowledge.name, choice.successors))} instead." if choice.successors else ""
    return Reason(f"{closed_since(choice, event)}.{instead}", sources=event.sources, event=event.event, date=event.date)
