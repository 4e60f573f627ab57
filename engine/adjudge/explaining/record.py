"""A decision in plain sentences: what drives it, what was weighed, what comes of it, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.evaluation import NOTES_DAY
from adjudge.explaining.told_proofs import Prover, ToldProof, all_sources
from adjudge.judging import Status, VerdictName, rank
from adjudge.missing import missing
from adjudge.reasons import Reason, against, reason
from adjudge.report import before_closures
from adjudge.shortfall import nearest_rule, split_nearest, unmet
from adjudge.statements import read_statement
from adjudge.words import listed, say_lack, say_requirement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.facts import Requirement
    from adjudge.judging import Decision, Verdict


class Option(msgspec.Struct, frozen=True):
    """A choice that was weighed: what speaks for it and against it, and what to mind about it.

    `preconditions` are required for it and not stated.
    `standing` tells in a sentence why it comes before or after the others that fit, where there are any.
    """

    choice: str
    name: str
    does: str
    verdict: VerdictName
    leads: bool
    pros: tuple[ToldProof, ...]
    cons: tuple[ToldProof, ...]
    minds: tuple[ToldProof, ...] = ()
    preconditions: tuple[ToldProof, ...] = ()
    standing: str = ""


class Driver(msgspec.Struct, frozen=True):
    """A question that matters for a decision, with the answers that the scenario gives."""

    asks: str
    answers: tuple[str, ...]


class Change(msgspec.Struct, frozen=True):
    """A question whose answer would change a decision: each telling answer, and what would be decided for then."""

    asks: str
    attribute: str
    outcomes: tuple[tuple[str, str], ...]


class Record(msgspec.Struct, frozen=True):
    """A decision, ready to be written down: `says` is what is decided, as a clause, `options` are best first.

    `uncalled` are the nearest of the choices that nothing calls for, each with what it lacks, `others` the names of
    the rest; `notes` is advice on the need, `remarks` what else to know. Why the need arose is `raised`.
    """

    need: str
    says: str
    day: str
    status: Status
    leading: tuple[str, ...]
    drivers: tuple[Driver, ...]
    options: tuple[Option, ...]
    uncalled: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    changes: tuple[Change, ...]
    notes: tuple[ToldProof, ...]
    remarks: tuple[str, ...]
    raised: ToldProof | None
    sources: tuple[str, ...]

    @property
    def title(self) -> str:
        """What is decided, as a heading."""
        return f"{self.says[:1].upper()}{self.says[1:]}"

    @property
    def outcome(self) -> str:
        """What the decision comes to, in a sentence."""
        names = listed(self.leading)
        if self.status == "decided":
            return f"{names} is recommended."
        if self.status == "tied":
            return f"{names} fit equally well: nothing that is stated separates them."
        return "Nothing that is stated makes any of the options fit."


def record(evaluator: Evaluator, evaluation: Evaluation, decision: Decision, text: str = "") -> Record:
    """Write a decision down; `text` is the prose that the scenario was read from, if any.

    `evaluator` should have the native engine: what would change the decision is tried out.
    """
    return _Recorder(evaluator, evaluation, decision, text).record()


class _Recorder:
    """Writes one decision down."""

    def __init__(self, evaluator: Evaluator, evaluation: Evaluation, decision: Decision, text: str) -> None:
        self.evaluator, self.evaluation, self.decision = evaluator, evaluation, decision
        self.knowledge = evaluator.knowledge
        self.prover = Prover(evaluator.knowledge, evaluation.inference, text)

    def record(self) -> Record:
        decision = self.decision
        options = tuple(map(self._option, (one for one in decision.verdicts if one.verdict != "unsupported")))
        uncalled, others = self._uncalled()
        notes = tuple(self._proof(reason(self.knowledge, one)) for one in decision.advice)
        raised = self.prover.requirement(decision.raised) if decision.raised else None
        told = [proof for one in options for proof in (*one.pros, *one.cons, *one.minds, *one.preconditions)]
        return Record(
            decision.need,
            self.knowledge.needs[decision.need].says,
            self.evaluation.day,
            decision.status,
            tuple(self._names(decision.leading)),
            self._drivers(),
            options,
            uncalled,
            others,
            self._changes(),
            notes,
            self._remarks(),
            raised,
            tuple(dict.fromkeys(source for one in (*told, *notes, raised) if one for source in all_sources(one))),
        )

    def _names(self, choices: Iterable[str]) -> list[str]:
        return [self.knowledge.name(choice) for choice in choices]

    def _drivers(self) -> tuple[Driver, ...]:
        """Return the statements on which any argument rests, or the need itself, by their questions."""
        arguments = [one for verdict in self.decision.verdicts for one in (*verdict.arguments, *verdict.against)]
        roots = {root for one in arguments for root in one.stated}
        if self.decision.raised:
            roots |= self.evaluation.inference.rests_on([self.decision.raised])
        answers: dict[str, list[str]] = {}
        for one in self.evaluation.inference.requirements:
            if one in roots and one.attribute != "need":
                answers.setdefault(one.attribute, []).append(self._answer(one))
        attributes = self.knowledge.attributes
        return tuple(Driver(attributes[name].question, tuple(found)) for name, found in answers.items())

    def _answer(self, one: Requirement) -> str:
        assumed = " (assumed, as nothing is stated)" if one.origin == "assumed" else ""
        return say_requirement(one, self.knowledge.attributes[one.attribute]) + assumed

    def _option(self, verdict: Verdict) -> Option:
        choice = self.knowledge.choices[verdict.choice]
        fits = verdict.verdict == "recommended"
        speaking = against(self.knowledge, self.evaluation, self.decision, verdict)
        facts, day = self.evaluation.inference.facts, self.evaluation.day
        lacking = unmet(self.knowledge, self.decision.need, choice.id, facts, day) if fits else []
        return Option(
            choice.id,
            choice.name,
            choice.does,
            verdict.verdict,
            verdict.choice in self.decision.leading,
            self._proofs(choice.id, (reason(self.knowledge, one) for one in verdict.arguments)),
            self._proofs(choice.id, speaking),
            tuple(self._proof(reason(self.knowledge, one)) for one in verdict.cautions) if fits else (),
            tuple(self._proof(Reason(rule.because, rule.id, rule.sources)) for rule in lacking),
            self._standing(verdict) if fits else "",
        )

    def _proof(self, one: Reason) -> ToldProof:
        return self.prover.reason(one)

    def _proofs(self, choice: str, reasons: Iterable[Reason]) -> tuple[ToldProof, ...]:
        """Return proofs of what concerns a choice; one for a preference that sets it against several others."""
        alike: dict[tuple[str, str, bool], list[Reason]] = {}
        for one in reasons:
            alike.setdefault((one.rule, one.says, bool(one.winner)), []).append(one)
        return tuple(
            self._preference(choice, found) if found[0].winner else self._proof(found[0]) for found in alike.values()
        )

    def _preference(self, choice: str, alike: list[Reason]) -> ToldProof:
        below = tuple(dict.fromkeys(proof for one in alike for proof in self._proof(one).below))
        if alike[0].winner == choice:
            lead = f"Preferred to {listed(self._names(dict.fromkeys(one.loser for one in alike)))}"
        else:
            winners = self._names(dict.fromkeys(one.winner for one in alike))
            lead = f"{listed(winners)} {'is' if len(winners) == 1 else 'are'} preferred"
        return msgspec.structs.replace(self._proof(alike[0]), lead=lead, below=below)

    def _standing(self, verdict: Verdict) -> str:
        """Return why a choice that fits comes before or after the best of the others that do."""
        first, *rest = (one for one in self.decision.verdicts if one.verdict == "recommended")
        goals = [self.knowledge.attributes["goal"].show(goal) for goal in verdict.goals]
        served = f"Of what fits, it serves best: {listed(goals)}." if goals else ""
        other = next(iter(rest), first) if verdict is first else first
        if rank(other) == rank(verdict):
            return served
        before = rank(verdict) > rank(other)
        place = f"It comes {'before' if before else 'after'} {self.knowledge.name(other.choice)}"
        if verdict.weight == other.weight:
            return f"{served} {place}, which serves {'fewer' if before else 'more'} of the goals.".strip()
        return f"{served} {place}, which {'fewer' if before else 'more'} of the statements call for.".strip()

    def _uncalled(self) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        found = []
        for verdict in self.decision.verdicts:
            if verdict.verdict == "unsupported":
                lacks = self._lacks(verdict.choice)
                nothing = f"Nothing recommends it for this as of {self.evaluation.day}"
                name = self.knowledge.name(verdict.choice)
                found.append((len(lacks) or len(self.decision.verdicts), name, f"{'; '.join(lacks) or nothing}."))
        near, others = split_nearest(found)
        return tuple((name, told) for _, name, told in near), tuple(others)

    def _lacks(self, choice: str) -> list[str]:
        facts = self.evaluation.inference.facts
        near = nearest_rule(self.knowledge, self.decision.need, choice, facts, self.evaluation.day)
        outcomes = [one for one in near.outcomes if one.state != "held"] if near else []
        return [say_lack(one, self.knowledge.attributes[one.test.attribute]) for one in outcomes]

    def _changes(self) -> tuple[Change, ...]:
        found = missing(self.evaluator, self.evaluation, self.decision)
        return tuple(
            Change(
                one.question,
                one.attribute,
                tuple(
                    (self._would_be(one.attribute, answer), listed(self._names(then), "or") or "nothing fits any more")
                    for answer, then in one.outcomes
                ),
            )
            for one in found
            if one.would_change
        )

    def _would_be(self, name: str, answer: object) -> str:
        attributes = self.knowledge.attributes
        return listed([say_requirement(one, attributes[name]) for one in read_statement(name, answer, attributes)])

    def _remarks(self) -> tuple[str, ...]:
        then = before_closures(self.evaluator, self.evaluation, self.decision)
        closed = f"As of {NOTES_DAY}, before what has been closed since, it would have been: "
        found = [f"{closed}{listed(self._names(then.leading))}."] if then else []
        for one in self.decision.cancelled:
            pair = f"{self.knowledge.name(one.choice)} is preferred to {self.knowledge.name(one.rival)}"
            found.append(f"That {pair} does not count: other preferences run against it.")
        return tuple(found)
