"""Why a choice is recommended: the fewest requirements that suffice for it, and how it follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.explaining.sufficing import TRIES, Requirements, sufficing
from adjudge.facts import Requirement, gather, witnesses
from adjudge.inference import Inference, infer
from adjudge.knowledge import Rule
from adjudge.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.facts import Test
    from adjudge.judging import Argument, Decision, Verdict


class Proof(msgspec.Struct, frozen=True):
    """A requirement, and if it was derived, the rule and the proofs of what the rule rests on."""

    requirement: Requirement
    rule: Rule | None = None
    supports: tuple[Proof, ...] = ()

    def leaves(self) -> Iterator[Requirement]:
        """Yield the stated, read and assumed requirements at its ends."""
        if self.rule is None:
            yield self.requirement
        for one in self.supports:
            yield from one.leaves()


class Proven(msgspec.Struct, frozen=True):
    """A reason about a choice with the proofs of what it rests on."""

    choice: str
    reason: Reason
    supports: tuple[Proof, ...]


class VerdictProof(msgspec.Struct, frozen=True):
    """Why a choice is recommended, from `cited` requirements alone.

    `because` speaks for it; `raised` proves that the need arises, if the scenario raises it; `clearing` tells why what
    would be put above it does not count, and rests on what `because` and `raised` do not; `besides` are requirements
    without which another choice would be put above it, but which are part of no single reason. `others` are the
    requirements cited by other proofs, none of which contains another; `smallest` tells whether it is proved that
    fewer requirements do not suffice, `complete` whether there are no more proofs.
    """

    cited: Requirements
    because: Proven
    raised: Proof | None
    clearing: tuple[Proven, ...]
    besides: Requirements
    others: tuple[Requirements, ...]
    smallest: bool
    complete: bool


def prove(inference: Inference, requirement: Requirement) -> Proof:
    """Return the proof of a requirement that is known."""
    derivation = inference.derivations.get(requirement)
    if derivation is None:
        return Proof(requirement)
    return Proof(requirement, derivation.rule, tuple(prove(inference, one) for one in derivation.supports))


def prove_verdict(
    evaluator: Evaluator, evaluation: Evaluation, decision: Decision, choice: str, tries: int = TRIES
) -> VerdictProof:
    """Return why a choice is recommended, by the fewest requirements; raise ValueError if it is not.

    `evaluator` should have the native engine: it is asked up to `tries` times.
    """
    if choice not in decision.recommended:
        raise ValueError(f"{choice} is not recommended for {decision.need}")

    def enough(given: Requirements) -> bool:
        inference, then = alone(evaluator, given, decision.need, evaluation.day)
        return choice in then.recommended and (not decision.raised or inference.raises(decision.need))

    found = sufficing(_bearing(evaluator, evaluation, decision), enough, tries)
    cited, *others = sorted(found.sets, key=lambda one: (len(one), sum(r.origin == "assumed" for r in one)))
    inference, then = alone(evaluator, cited, decision.need, evaluation.day)
    verdict = _verdict(then, choice)
    argument = min((one for one in verdict.arguments if not one.rival), key=lambda one: (len(one.stated), one.rule.id))
    raised = prove(inference, then.raised) if decision.raised and then.raised else None
    rest = {*cited} - argument.stated - {*(raised.leaves() if raised else ())}
    clearing = [one for one in _clearing(then) if rest & one.stated]
    rest -= {root for one in clearing for root in one.stated}
    return VerdictProof(
        cited,
        proven(evaluator, inference, argument),
        raised,
        tuple(proven(evaluator, inference, one) for one in clearing),
        tuple(one for one in cited if one in rest),
        tuple(others),
        found.smallest,
        found.complete,
    )


def alone(evaluator: Evaluator, given: Iterable[Requirement], need: str, day: str) -> tuple[Inference, Decision]:
    """Decide a need from some requirements and nothing else: no default takes the place of what is left out."""
    bare = msgspec.structs.replace(evaluator.knowledge, assumed=())
    inference = infer(bare, evaluator.engine(), tuple(given), day)
    return inference, evaluator.decide(inference, need, day)


def proven(evaluator: Evaluator, inference: Inference, argument: Argument) -> Proven:
    """Return an argument in words, with the proofs of what it rests on."""
    supports = tuple(prove(inference, one) for one in argument.supports)
    return Proven(argument.choice, reason(evaluator.knowledge, argument), supports)


def _verdict(decision: Decision, choice: str) -> Verdict:
    return next(one for one in decision.verdicts if one.choice == choice)


def _clearing(decision: Decision) -> Iterator[Argument]:
    """Yield what keeps choices out of the way: what rejects them, and preferences that run against each other."""
    for verdict in decision.verdicts:
        if verdict.verdict == "rejected":
            yield from verdict.against
    yield from decision.cancelled


def _bearing(evaluator: Evaluator, evaluation: Evaluation, decision: Decision) -> Requirements:
    """Return the stated, read and assumed requirements on which anything rests that fired and bears on the need.

    Fewer requirements fire fewer rules, so that what bears on nothing now bears on no part of the scenario either.
    """
    inference, knowledge = evaluation.inference, evaluator.knowledge
    rules = [knowledge.needs[decision.need].rules[n] for n in evaluator.engine(decision.need).match(inference.facts)]
    tests = {test for rule in rules if rule.kind != "advise" and rule.valid(evaluation.day) for test in rule.tests}
    waiting = [knowledge.derivations[n] for n in evaluator.engine().match(inference.facts)]
    while True:
        bearing = [rule for rule in waiting if any(_says(one, decision.need, tests, evaluator) for one in rule.derives)]
        if not bearing:
            break
        waiting = [rule for rule in waiting if rule not in bearing]
        tests |= {test for rule in bearing for test in rule.tests}
    roots = (one for one in inference.requirements if one.origin != "derived")
    return tuple(one for one in roots if _says(one, decision.need, tests, evaluator))


def _says(one: Requirement, need: str, tests: Iterable[Test], evaluator: Evaluator) -> bool:
    """Tell whether a requirement raises a need, or makes one of some tests hold."""
    facts = gather((one,), evaluator.knowledge.attributes)
    return ("need", "is", need) in one.facts or any(witnesses(test, facts) for test in tests)
