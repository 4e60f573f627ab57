"""Why and why not as plain values, ready to be written as JSON: `adjudge.why/1` and `adjudge.why-not/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.explaining.mending import settings
from adjudge.explaining.standing import standing
from adjudge.report import reason_document, requirement_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.explaining.mending import Search
    from adjudge.explaining.obstacles import Obstacle
    from adjudge.explaining.proofs import Proof, Proven, VerdictProof
    from adjudge.explaining.quotes import Quotes
    from adjudge.facts import Requirement
    from adjudge.judging import Decision

WHY_SCHEMA = "adjudge.why/1"
WHY_NOT_SCHEMA = "adjudge.why-not/1"


class WhyDocuments:
    """Writes why, and why not, a choice is recommended in one scenario."""

    def __init__(self, evaluator: Evaluator, evaluation: Evaluation, quotes: Quotes, choice: str) -> None:
        self.evaluator, self.day, self.quotes, self.choice = evaluator, evaluation.day, quotes, choice

    def why(self, found: Iterable[tuple[Decision, VerdictProof | None]]) -> dict[str, Any]:
        """Return the document on some decisions, each with its proof if the choice is recommended."""
        decisions = [self._decision(decision) | {"proof": self._verdict(proof)} for decision, proof in found]
        return self._head(WHY_SCHEMA) | {"decisions": decisions}

    def why_not(self, found: Iterable[tuple[Decision, tuple[Obstacle, ...], Search | None]]) -> dict[str, Any]:
        """Return the document on some decisions, each with the obstacles and what was found to mend them."""
        decisions = [
            self._decision(decision)
            | {"obstacles": [self._obstacle(one) for one in obstacles], "mending": self._mending(search)}
            for decision, obstacles, search in found
        ]
        return self._head(WHY_NOT_SCHEMA) | {"decisions": decisions}

    def _head(self, schema: str) -> dict[str, Any]:
        return {
            "schema": schema,
            "scenario": self.quotes.scenario.title,
            "as_of": self.day,
            "choice": self.choice,
            "name": self.evaluator.knowledge.name(self.choice),
        }

    def _decision(self, decision: Decision) -> dict[str, Any]:
        verdict = next(one for one in decision.verdicts if one.choice == self.choice)
        recommended = verdict.verdict == "recommended"
        return {
            "need": decision.need,
            "says": self.evaluator.knowledge.needs[decision.need].says,
            "verdict": verdict.verdict,
            "leading": list(decision.leading),
            "standing": standing(self.evaluator.knowledge, decision, self.choice) if recommended else "",
        }

    def _verdict(self, proof: VerdictProof | None) -> dict[str, Any] | None:
        if proof is None:
            return None
        return {
            "cited": self._leaves(proof.cited),
            "because": self._proven(proof.because),
            "raised_by": self._proof(proof.raised) if proof.raised else None,
            "clearing": [{"choice": one.choice, **self._proven(one)} for one in proof.clearing],
            "besides": self._leaves(proof.besides),
            "smallest": proof.smallest,
            "complete": proof.complete,
            "others": [self._leaves(one) for one in proof.others],
        }

    def _proven(self, one: Proven) -> dict[str, Any]:
        return reason_document(one.reason) | {"from": [self._proof(support) for support in one.supports]}

    def _proof(self, one: Proof) -> dict[str, Any]:
        if one.rule is None:
            return self._leaf(one.requirement)
        return requirement_document(one.requirement) | {
            "says": one.rule.because,
            "sources": list(one.rule.sources),
            "from": [self._proof(support) for support in one.supports],
        }

    def _leaves(self, requirements: Iterable[Requirement]) -> list[dict[str, Any]]:
        return [self._leaf(one) for one in requirements]

    def _leaf(self, one: Requirement) -> dict[str, Any]:
        quote = self.quotes.of(one)
        return requirement_document(one) | {"quote": quote.words, "place": quote.place}

    def _obstacle(self, one: Obstacle) -> dict[str, Any]:
        gaps = [
            {"attribute": gap.attribute, "question": gap.question, "seen": gap.seen or None, "needed": gap.needed}
            for gap in one.gaps
        ]
        return {"code": one.code, **reason_document(one.reason), "ease": one.ease, "gaps": gaps}

    def _mending(self, search: Search | None) -> dict[str, Any] | None:
        if search is None:
            return None
        found: dict[str, Any] = {"found": search.mending is not None, "tried": search.tried, "ended": search.ended}
        if search.mending is None:
            return found
        mending = search.mending
        changes = [
            {
                "attribute": one.attribute,
                "no_longer": self._leaves(one.before),
                "state": [requirement_document(added) for added in one.after],
            }
            for one in mending.changes
        ]
        options = [{"option": option, "value": value} for option, value in settings(mending, self.evaluator)]
        then = {"verdict": mending.verdict, "leads": mending.leads, "beaten_by": list(mending.beaten_by)}
        return found | {"changes": changes, "options": options, "then": then}
