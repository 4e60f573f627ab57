"""Whether what an option claims is so: three-valued, and always with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from adjudge.facts import outcome
from adjudge.formulas import FormulaError, compute, known_numbers, names
from adjudge.inference import InconsistentError
from adjudge.quantities import show_number
from adjudge.reasons import Reason, reason
from adjudge.words import describe, show_requirement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluator
    from adjudge.facts import Outcome
    from adjudge.inference import Inference
    from adjudge.judging import Argument, Decision
    from adjudge.knowledge import Knowledge
    from adjudge.question import Claim, TraitTest

Truth = Literal["true", "false", "unknown"]


class Finding(msgspec.Struct, frozen=True):
    """Whether a claim is true, and why."""

    truth: Truth
    reason: Reason


class Claims:
    """Checks claims about one scenario."""

    def __init__(self, evaluator: Evaluator, inference: Inference, day: str) -> None:
        self.evaluator, self.inference, self.day = evaluator, inference, day
        self.knowledge: Knowledge = evaluator.knowledge

    def check(self, claim: Claim) -> Finding:
        """Tell whether a claim is true."""
        checks = {
            "situation": self._situation,
            "trait": self._trait,
            "serves": self._serves,
            "handles": self._handles,
            "works": self._works,
            "nothing-serves": self._nothing_serves,
            "computes": self._computes,
        }
        found = checks[claim.kind](claim)
        opposite: dict[Truth, Truth] = {"true": "false", "false": "true", "unknown": "unknown"}
        return Finding(opposite[found.truth], found.reason) if claim.deny else found

    def _situation(self, claim: Claim) -> Finding:
        """Compare with what is known of the scenario."""
        attributes = self.knowledge.attributes
        found = [outcome(test, self.inference.facts, attributes[test.attribute]) for test in claim.tests]
        failed = [one for one in found if one.state == "failed"]
        telling = failed or [one for one in found if one.state == "open"] or found
        truth: Truth = "false" if failed else "unknown" if telling[0].state == "open" else "true"
        return Finding(truth, self._known(telling[0]))

    def _known(self, one: Outcome) -> Reason:
        """Say how a test came out, by the rule that derived what decided it or by what is stated."""
        said = describe(one, self.knowledge.attributes)
        if not one.seen:
            return Reason(f"{said[:1].upper()}{said[1:]}.")
        carrier = self.inference.carriers[one.seen[0]]
        derivation = self.inference.derivations.get(carrier)
        if derivation is None:
            return Reason(f"The scenario states {show_requirement(carrier)}.", supports=(carrier,))
        rule = derivation.rule
        return Reason(rule.because, rule.id, rule.sources, derivation.supports)

    def _trait(self, claim: Claim) -> Finding:
        """Compare with the traits of a choice; those it has of a trait are all it has."""
        choice = self.knowledge.choices[claim.about]
        judged = []
        for test in claim.traits:
            held = choice.traits.get(test.trait)
            if held is None:
                says = f"Nothing is known here about {choice.name}: {self.knowledge.traits[test.trait].says}."
                judged.append(Finding("unknown", Reason(says)))
            else:
                trait = self.knowledge.traits[test.trait]
                what = ", ".join(trait.values[value] for value in held.values)
                says = f"{choice.name}: {trait.says}: {what}."
                judged.append(Finding(_agrees(test, held.values), Reason(says, sources=held.sources)))
        return _weakest(judged)

    def _serves(self, claim: Claim) -> Finding:
        """Look for a rule that recommends a choice for a need."""
        need, choice = self.knowledge.needs[claim.need], self.knowledge.choices[claim.about]
        speaking = [r for r in need.rules if r.kind == "recommend" and choice.id in r.subjects and r.valid(self.day)]
        if speaking:
            return Finding("true", Reason(speaking[0].because, speaking[0].id, speaking[0].sources))
        says = f"{choice.name} is for something else than this ({need.says}). {choice.does}"
        return Finding("false", Reason(says, sources=choice.sources))

    def _handles(self, claim: Claim) -> Finding:
        """Judge a choice on given requirements alone."""
        try:
            inference = self.evaluator.infer(claim.given, self.day)
        except InconsistentError as error:
            return Finding("false", Reason(f"This cannot be: {error}."))
        needs = [need for need in self.knowledge.needs.values() if claim.about in need.candidates]
        raised = [need for need in needs if inference.raises(need.id)]
        return self._standing(claim.about, inference, [need.id for need in raised or needs])

    def _works(self, claim: Claim) -> Finding:
        """Judge a choice in the scenario."""
        raised = [need for need in self.knowledge.needs if self.inference.raises(need)]
        held = [need for need in raised if claim.about in self.knowledge.needs[need].candidates]
        if raised and not held:
            choice = self.knowledge.choices[claim.about]
            return Finding("false", Reason(f"It is for something else: {choice.does}", sources=choice.sources))
        return self._standing(claim.about, self.inference, held)

    def _standing(self, choice: str, inference: Inference, needs: Iterable[str]) -> Finding:
        """Tell whether a choice is viable for one of some needs, rejected, or neither."""
        backing: list[Argument] = []
        opposing: list[Argument] = []
        for need in needs:
            for verdict in self.evaluator.decide(inference, need, self.day, {choice}).verdicts:
                if verdict.verdict == "recommended":
                    backing += verdict.arguments
                else:
                    opposing += verdict.against
        name = self.knowledge.name(choice)
        if backing:
            strongest = max(backing, key=lambda one: len(one.stated))
            return Finding("true", reason(self.knowledge, strongest))
        if opposing:
            return Finding("false", reason(self.knowledge, opposing[0]))
        return Finding("unknown", Reason(f"Nothing that is known here speaks for {name} or against it."))

    def _nothing_serves(self, claim: Claim) -> Finding:
        """Look for a choice that works for a need in the scenario."""
        decision = self.evaluator.decide(self.inference, claim.need, self.day)
        best = _best(decision)
        if best is None:
            need = self.knowledge.needs[claim.need]
            out = [v for v in decision.verdicts if v.verdict == "rejected"]
            if not out:
                return Finding("unknown", Reason(f"Nothing that is known here works for it ({need.says})."))
            return Finding("true", reason(self.knowledge, out[0].against[0]) if out[0].against else Reason(need.says))
        found = reason(self.knowledge, best)
        name = self.knowledge.name(best.choice)
        return Finding("false", msgspec.structs.replace(found, says=f"{name} does it: {found.says}"))

    def _computes(self, claim: Claim) -> Finding:
        """Calculate a figure from the numbers of the scenario."""
        choice = self.knowledge.choices[claim.about]
        wanted = names(choice.formula)
        numbers = known_numbers(wanted, self.inference.facts, self.knowledge.attributes)
        supports = tuple(
            dict.fromkeys(
                carrier
                for fact, carrier in self.inference.carriers.items()
                if fact.attribute in wanted and fact.relation == "at-least"
            )
        )
        figure = claim.figure
        try:
            value = compute(choice.formula, numbers)
        except FormulaError as error:
            return Finding("unknown", Reason(f"{choice.name} = {choice.formula}: {error}.", sources=choice.sources))
        says = f"{choice.name} = {choice.formula} = {show_number(value)}."
        agrees = figure is not None and abs(value - figure.value) <= figure.margin * (1 + 1e-9)
        return Finding("true" if agrees else "false", Reason(says, sources=choice.sources, supports=supports))


def _agrees(test: TraitTest, held: tuple[str, ...]) -> Truth:
    common = set(test.values) & set(held)
    agrees = {"any": bool(common), "all": common == set(test.values), "not": not common}[test.relation]
    return "true" if agrees else "false"


def _weakest(found: list[Finding]) -> Finding:
    """Return the finding on several claims together: false if one is false, unknown if one is unknown."""
    order: tuple[Truth, ...] = ("false", "unknown", "true")
    return min(found, key=lambda one: order.index(one.truth))


def _best(decision: Decision) -> Argument | None:
    """Return an argument for the choice that is decided for."""
    first = decision.verdicts[0] if decision.verdicts else None
    return first.arguments[0] if first and first.verdict == "recommended" else None
