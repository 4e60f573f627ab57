"""What keeps a choice from being recommended: each obstacle with a code, what was seen and what is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from adjudge.explaining.standing import standing
from adjudge.facts import NOTHING, opposites, witnesses
from adjudge.reasons import Reason, closing, reason
from adjudge.shortfall import examine, keeping, nearest_rule
from adjudge.words import asked_answer, known_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation
    from adjudge.facts import Fact, Outcome, Test
    from adjudge.judging import Argument, Decision, Verdict
    from adjudge.knowledge import Event, Knowledge, Rule

Code = Literal[
    "unknown-condition",
    "failed-condition",
    "rejected-by-rule",
    "limit-exceeded",
    "precondition-failed",
    "step-done",
    "beaten-by",
    "closed",
    "no-rule",
    "ranked-behind",
]
Ease = Literal["unknown", "assumed", "read", "stated", "none"]
EASES: tuple[Ease, ...] = ("unknown", "assumed", "read", "stated", "none")

_REJECTIONS: dict[str, Code] = {"limit": "limit-exceeded", "requires": "precondition-failed", "ladder": "step-done"}


class Gap(msgspec.Struct, frozen=True):
    """One question of the vocabulary, the answer that was seen (nothing, if there is none) and the one needed."""

    attribute: str
    question: str
    seen: str
    needed: str


class Obstacle(msgspec.Struct, frozen=True):
    """One thing that stands in the way of a choice.

    Of several `gaps` it is enough to close one, where a rule speaks against the choice; a condition has but one.
    `ease` is the kind of requirement that would have to change at least: what is only unknown is the easiest, then
    what is assumed, read, and stated; no change mends `none`. `choice` is another choice that is the obstacle, if any.
    """

    code: Code
    reason: Reason
    ease: Ease
    gaps: tuple[Gap, ...] = ()
    choice: str = ""


def obstacles(knowledge: Knowledge, evaluation: Evaluation, decision: Decision, choice: str) -> tuple[Obstacle, ...]:
    """Return what stands in the way of a choice, what is easiest to change first; nothing of one that leads."""
    verdict = next(one for one in decision.verdicts if one.choice == choice)
    found = [_against(knowledge, evaluation, one) for one in verdict.against]
    if verdict.closed:
        found.append(_closed(knowledge, evaluation, decision, choice, verdict.closed))
    if not supported(verdict):
        found += _unmet(knowledge, evaluation, decision, choice)
    if verdict.verdict == "recommended" and choice not in decision.leading:
        found.append(Obstacle("ranked-behind", Reason(standing(knowledge, decision, choice)), "none"))
    return tuple(sorted(found, key=_order))


def _closed(knowledge: Knowledge, evaluation: Evaluation, decision: Decision, choice: str, event: Event) -> Obstacle:
    """Return the obstacle that a closing is; it goes where one runs the choice already, if that is enough."""
    said = closing(knowledge, choice, event)
    rule = next(iter(keeping(knowledge, decision.need, choice, evaluation.day)), None)
    if rule is None:
        return Obstacle("closed", said, "none")
    [lacking] = examine(knowledge, rule, evaluation.inference.facts)
    condition = _condition(knowledge, evaluation, rule, lacking)
    return Obstacle("closed", said, condition.ease, condition.gaps)


def supported(verdict: Verdict) -> bool:
    """Tell whether some rule recommends a choice."""
    return any(one.rule.kind == "recommend" for one in verdict.arguments)


def _order(one: Obstacle) -> tuple[int, int, str, str]:
    return EASES.index(one.ease), len(one.gaps), one.code, one.reason.rule


def _against(knowledge: Knowledge, evaluation: Evaluation, argument: Argument) -> Obstacle:
    """Return the obstacle that an argument against a choice is; it goes as soon as one of its conditions does."""
    facts = evaluation.inference.facts
    gaps = []
    for test in dict.fromkeys(argument.rule.tests):
        attribute = knowledge.attributes[test.attribute]
        needed = [asked_answer(one, attribute) for one in opposites(test, attribute)]
        gaps.append(_gap(knowledge, test, witnesses(test, facts), " and ".join(needed)))
    code = "beaten-by" if argument.rival else _REJECTIONS.get(argument.rule.basis, "rejected-by-rule")
    easiest = min((EASES.index(root.origin) for root in argument.stated), default=len(EASES) - 1)
    other = argument.choice if argument.rival else ""
    return Obstacle(code, reason(knowledge, argument), EASES[easiest], tuple(gaps), other)


def _unmet(knowledge: Knowledge, evaluation: Evaluation, decision: Decision, choice: str) -> list[Obstacle]:
    """Return the conditions that the nearest rule lacks to recommend a choice."""
    near = nearest_rule(knowledge, decision.need, choice, evaluation.inference.facts, evaluation.day)
    if near is None:
        return [Obstacle("no-rule", Reason(f"Nothing recommends it for this need as of {evaluation.day}."), "none")]
    return [_condition(knowledge, evaluation, near.rule, one) for one in near.outcomes if one.state != "held"]


def _condition(knowledge: Knowledge, evaluation: Evaluation, rule: Rule, one: Outcome) -> Obstacle:
    inference = evaluation.inference
    known = inference.facts.get(one.test.attribute, NOTHING).facts(one.test.attribute)
    supports = tuple(dict.fromkeys(inference.carriers[fact] for fact in one.seen))
    said = Reason(rule.because, rule.id, rule.sources, supports)
    gap = _gap(knowledge, one.test, one.seen or known, asked_answer(one.test, knowledge.attributes[one.test.attribute]))
    if one.state == "open":
        return Obstacle("unknown-condition", said, "unknown", (gap,))
    hardest = max((EASES.index(root.origin) for root in inference.rests_on(supports)), default=len(EASES) - 1)
    return Obstacle("failed-condition", said, EASES[hardest], (gap,))


def _gap(knowledge: Knowledge, test: Test, seen: Iterable[Fact], needed: str) -> Gap:
    attribute = knowledge.attributes[test.attribute]
    return Gap(attribute.id, attribute.question, " and ".join(known_answer(one, attribute) for one in seen), needed)
