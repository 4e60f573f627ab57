"""`adjudge why`: the proof that a choice is recommended, from as little of the scenario as suffices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rich.text import Text
from rich.tree import Tree

from adjudge.errors import InputError
from adjudge.explaining.proofs import prove, prove_verdict
from adjudge.explaining.quotes import Quotes
from adjudge.explaining.standing import standing
from adjudge.explaining.why_documents import WhyDocuments
from adjudge.reasons import reason
from adjudge.words import listed
from adjudge_cli.case import decisions_on, find_choice, open_case
from adjudge_cli.json_output import write_document
from adjudge_cli.rendering import Page, Reasons, shortened, styled
from adjudge_cli.repeating import command
from adjudge_cli.terminal import clean, one_line, show_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.explaining.proofs import VerdictProof
    from adjudge.facts import Requirement
    from adjudge.judging import Decision
    from adjudge_cli.case import Asked, Case

Length = Literal["short", "", "long"]


def run(asked: Asked, name: str, need: str, length: Length, written_as: str) -> int:
    """Tell why a choice is recommended; return the exit code: 1 if it is not."""
    try:
        case = open_case(asked)
        choice = find_choice(case.evaluator.knowledge, name)
        decisions = decisions_on(case, need, [choice])
    except InputError as error:
        show_problems(error.problems)
        return 2
    found = [(one, _proof(case, one, choice)) for one in decisions]
    quotes = Quotes(case.evaluator.knowledge, case.scenario, asked.said)
    if written_as == "json":
        write_document(WhyDocuments(case.evaluator, case.evaluation, quotes, choice).why(found))
    else:
        _Writer(case, asked, quotes, choice, several=bool(need) or len(found) > 1).write(found, length)
    return 0 if any(proof for _, proof in found) else 1


def _proof(case: Case, decision: Decision, choice: str) -> VerdictProof | None:
    if choice not in decision.recommended:
        return None
    return prove_verdict(case.evaluator, case.evaluation, decision, choice)


class _Writer:
    """Writes why a choice is recommended for people."""

    def __init__(self, case: Case, asked: Asked, quotes: Quotes, choice: str, *, several: bool) -> None:
        self.case, self.asked, self.quotes, self.choice, self.several = case, asked, quotes, choice, several
        self.knowledge = case.evaluator.knowledge
        self.name = self.knowledge.name(choice)
        self.page, self.reasons = Page(), Reasons(self.knowledge, case.evaluation.inference, quotes)

    def write(self, found: Sequence[tuple[Decision, VerdictProof | None]], length: Length) -> None:
        """Write all of it; where the choice is recommended for something, the rest in a line each."""
        if length != "short":
            write_title(self.page, self.case)
        for decision, proof in sorted(found, key=lambda one: one[1] is None):
            if proof is None:
                self._instead(decision, headed=length != "short")
            elif length == "short":
                self._sentence(decision, proof)
            else:
                self._proven(decision, proof, at_length=length == "long")
        self.page.flush()

    def _instead(self, decision: Decision, *, headed: bool) -> None:
        if headed:
            write_need(self.page, self.case, decision)
        leading = listed([self.knowledge.name(one) for one in decision.leading], "and")
        verdict = next(one.verdict for one in decision.verdicts if one.choice == self.choice)
        verb = "leads" if len(decision.leading) == 1 else "are tied"
        self.page.line(
            f"{self.name} is not recommended: {SAID[verdict]}. {f'{leading} {verb}' if leading else 'Nothing fits'}.",
            "yellow",
        )
        self.page.command("Why not: ", command("why-not", self.asked, self.choice, self._need(decision)))

    def _need(self, decision: Decision) -> str:
        """Return the need that a decision is on, where it has to be named."""
        return decision.need if self.several else ""

    def _sentence(self, decision: Decision, proof: VerdictProof) -> None:
        quoted = "; ".join(self._words(one) for one in proof.cited) or "whatever is stated"
        says = f"{self.name}: {proof.because.reason.says.removesuffix('.')} ({quoted})."
        self.page.print(Text.assemble(clean(says), (f"  {self._need(decision)}".rstrip(), "dim")))

    def _words(self, one: Requirement) -> str:
        quote = self.quotes.of(one)
        return one_line(f"{quote.place} “{shortened(quote.words)}”")

    def _proven(self, decision: Decision, proof: VerdictProof, *, at_length: bool) -> None:
        write_need(self.page, self.case, decision)
        leads = decision.leading == (self.choice,)
        tree = Tree(
            Text.assemble(
                ("→ ", "bold green"), (clean(self.name), "bold green"),
                f" is recommended{', and leads' if leads else ''}.", (f"  {self.choice}", "dim"),
            ),
            guide_style="dim",
        )  # fmt: skip
        self.reasons.add_proven(tree, proof.because.reason, proof.because.supports)
        if proof.raised:
            self.reasons.grow(tree.add(styled("This has to be decided:")), proof.raised)
        for one in proof.clearing:
            lead = f"{self.knowledge.name(one.choice)} is not in the way: "
            self.reasons.add_proven(tree, one.reason, one.supports, lead)
        if proof.besides:
            besides = tree.add(styled("Without this, another choice would be put above it:"))
            for requirement in proof.besides:
                self.reasons.grow(besides, prove(self.case.evaluation.inference, requirement))
        self.page.tree(tree)
        self._how_much(proof, at_length=at_length)
        place = standing(self.knowledge, decision, self.choice)
        if place:
            self.page.line(place, "yellow")
        if at_length:
            self._all(decision)

    def _how_much(self, proof: VerdictProof, *, at_length: bool) -> None:
        """Say how little suffices, whether that is proved, and how many other proofs there are."""
        self.page.line(_enough(proof))
        if proof.others and at_length:
            tree = Tree(styled("Each of these would suffice as well:"), guide_style="dim")
            for number, others in enumerate(proof.others, 1):
                branch = tree.add(styled(f"proof {number + 1}"))
                for one in others:
                    self.reasons.grow(branch, prove(self.case.evaluation.inference, one))
            self.page.tree(tree)

    def _all(self, decision: Decision) -> None:
        verdict = next(one for one in decision.verdicts if one.choice == self.choice)
        tree = Tree(styled("All that speaks for it:", "bold"), guide_style="dim")
        for argument in verdict.arguments:
            lead = f"Preferred to {self.knowledge.name(argument.rival)}: " if argument.rival else ""
            self.reasons.add(tree, reason(self.knowledge, argument), lead)
        self.page.tree(tree)


def _enough(proof: VerdictProof) -> str:
    number = len(proof.cited)
    if not number:
        return "Nothing has to be stated for it."
    said = "This one statement alone is enough" if number == 1 else f"These {number} statements alone are enough"
    if not proof.smallest:
        return (
            f"{said}, and none of them can be left out. It is not proved that no smaller number would do: "
            "there were too many to try."
        )
    fewer = "" if number == 1 else "; no fewer are"
    return f"{said}{fewer}.{_others(proof)}"


def _others(proof: VerdictProof) -> str:
    number = len(proof.others)
    if not number:
        return "" if proof.complete else " Whether there are other proofs was not found out."
    if not proof.complete:
        return f" There are at least {number} other proofs (--long)."
    return " There is another proof (--long)." if number == 1 else f" There are {number} other proofs (--long)."


SAID = {
    "recommended": "it is recommended",
    "beaten": "something else is preferred to it",
    "rejected": "it is rejected",
    "unsupported": "nothing stated calls for it",
}


def write_title(page: Page, case: Case) -> None:
    """Write what a scenario is called, and the day."""
    title = one_line(case.scenario.title.strip())
    page.print(styled(title, "bold"), styled(f"(as of {case.evaluation.day})", "dim"))


def write_need(page: Page, case: Case, decision: Decision) -> None:
    """Write what is to be decided."""
    says = case.evaluator.knowledge.needs[decision.need].says
    page.print()
    page.print(styled(f"{says[:1].upper()}{says[1:]}", "bold underline"), styled(decision.need, "dim"))
