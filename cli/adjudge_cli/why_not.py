"""`adjudge why-not`: what stands in the way of a choice, and which changes would make it eligible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from adjudge.errors import InputError
from adjudge.explaining.mending import UNBEATEN, VIABLE, Mender, settings
from adjudge.explaining.obstacles import obstacles
from adjudge.explaining.proofs import prove
from adjudge.explaining.quotes import Quotes
from adjudge.explaining.why_documents import WhyDocuments
from adjudge.words import known_answer, listed, show_requirement
from adjudge_cli.case import decisions_on, find_choice, open_case
from adjudge_cli.json_output import write_document
from adjudge_cli.rendering import Page, Reasons, styled
from adjudge_cli.repeating import command
from adjudge_cli.terminal import clean, show_problems
from adjudge_cli.why import SAID, write_need, write_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.explaining.mending import Change, Mending, Search
    from adjudge.explaining.obstacles import Gap, Obstacle
    from adjudge.facts import Requirement
    from adjudge.judging import Decision
    from adjudge_cli.case import Asked, Case

    Found = tuple[Decision, tuple[Obstacle, ...], Search | None]

_CONDITIONS = ("unknown-condition", "failed-condition")
_LEADS = {  # codes in words; what names itself has none
    "unknown-condition": "Not known: ",
    "failed-condition": "Not so: ",
    "rejected-by-rule": "Ruled out: ",
    "limit-exceeded": "Beyond its limit: ",
    "precondition-failed": "Missing what it requires: ",
    "step-done": "Done already, or known not to help: ",
}


def run(asked: Asked, name: str, need: str, written_as: str) -> int:
    """Tell what stands in the way of a choice; return the exit code: 1 if it is recommended."""
    try:
        case = open_case(asked)
        choice = find_choice(case.evaluator.knowledge, name)
        decisions = decisions_on(case, need, [choice])
    except InputError as error:
        show_problems(error.problems)
        return 2
    found = [_found(case, one, choice) for one in decisions]
    quotes = Quotes(case.evaluator.knowledge, case.scenario, asked.said)
    if written_as == "json":
        write_document(WhyDocuments(case.evaluator, case.evaluation, quotes, choice).why_not(found))
    else:
        _Writer(case, asked, quotes, choice, several=bool(need) or len(found) > 1).write(found)
    return 0 if any(choice not in one.recommended for one in decisions) else 1


def _found(case: Case, decision: Decision, choice: str) -> Found:
    evaluator, evaluation = case.evaluator, case.evaluation
    in_the_way = obstacles(evaluator.knowledge, evaluation, decision, choice)
    verdict = next(one.verdict for one in decision.verdicts if one.choice == choice)
    if verdict == "recommended":
        return decision, in_the_way, None
    wanted = UNBEATEN if verdict == "beaten" else VIABLE
    return decision, in_the_way, Mender(evaluator, evaluation, decision, choice).search(wanted)


class _Writer:
    """Writes why a choice is not recommended for people."""

    def __init__(self, case: Case, asked: Asked, quotes: Quotes, choice: str, *, several: bool) -> None:
        self.case, self.asked, self.choice, self.several = case, asked, choice, several
        self.knowledge = case.evaluator.knowledge
        self.name = self.knowledge.name(choice)
        self.page, self.reasons = Page(), Reasons(self.knowledge, case.evaluation.inference, quotes)

    def write(self, found: Sequence[Found]) -> None:
        """Write all of it, first where the choice is not recommended."""
        write_title(self.page, self.case)
        for decision, in_the_way, search in sorted(found, key=lambda one: one[2] is None):
            write_need(self.page, self.case, decision)
            if search is None:
                self._recommended(decision, in_the_way)
            else:
                self._obstacles(decision, in_the_way)
                self._search(decision, in_the_way, search)
        self.page.flush()

    def _need(self, decision: Decision) -> str:
        """Return the need that a decision is on, where it has to be named."""
        return decision.need if self.several else ""

    def _recommended(self, decision: Decision, in_the_way: Sequence[Obstacle]) -> None:
        leads = "" if in_the_way else ", and nothing is ahead of it"
        self.page.line(f"{self.name} is recommended{leads}.", "yellow")
        for one in in_the_way:
            self.page.line(Text.assemble((_LEADS.get(one.code, ""), "red"), clean(one.reason.says)))
        self.page.command("Why: ", command("why", self.asked, self.choice, self._need(decision)))

    def _obstacles(self, decision: Decision, in_the_way: Sequence[Obstacle]) -> None:
        verdict = next(one.verdict for one in decision.verdicts if one.choice == self.choice)
        head = Text.assemble(
            ("✗ ", "red"), (clean(self.name), "bold"), f": {SAID[verdict]}.", (f"  {self.choice}", "dim")
        )
        tree = Tree(head, guide_style="dim")
        told: set[str] = set()
        for one in in_the_way:
            if one.code in _CONDITIONS:
                self._condition(tree, one, again=one.reason.rule in told)
                told.add(one.reason.rule)
            else:
                self._against(tree, one)
        self.page.tree(tree)

    def _condition(self, tree: Tree, one: Obstacle, *, again: bool) -> None:
        """Add a condition that is not met; what would follow if it were is told once."""
        [gap] = one.gaps
        lead = (_LEADS[one.code], "red")
        branch = tree.add(Text.assemble(lead, clean(gap.question), (f"  {gap.attribute}", "dim")))
        branch.add(_compared(gap))
        for support in one.reason.supports:
            self.reasons.grow(branch, prove(self.case.evaluation.inference, support))
        if not again:
            self.reasons.add_proven(branch, one.reason, (), "Then it would be called for: ")

    def _against(self, tree: Tree, one: Obstacle) -> None:
        lead = f"{self.knowledge.name(one.choice)} is preferred: " if one.choice else _LEADS.get(one.code, "")
        branch = self.reasons.add(tree, one.reason, lead)
        if len(one.gaps) > 1:
            branch = branch.add("This falls away if one of these is different:")
        for gap in one.gaps:
            branch.add(Text.assemble(clean(gap.question), " ", _compared(gap), (f"  {gap.attribute}", "dim")))

    def _search(self, decision: Decision, in_the_way: Sequence[Obstacle], search: Search) -> None:
        beaten = any(v.choice == self.choice and v.verdict == "beaten" for v in decision.verdicts)
        aim = "recommended" if beaten else "eligible"
        if search.mending is None:
            gone = any(one.code == "closed" and one.ease == "none" for one in in_the_way)
            self.page.line(_in_vain({one.code for one in in_the_way}, search, aim, gone=gone), "yellow")
            return
        tree = Tree(styled(f"To make it {aim}:", "bold"), guide_style="dim")
        for change in search.mending.changes:
            tree.add(self._change(change))
        self.page.tree(tree)
        self.page.line(self._then(search.mending))
        again = "why" if search.mending.verdict == "recommended" else "why-not"
        options = settings(search.mending, self.case.evaluator)
        self.page.command("Try it: ", command(again, self.asked, self.choice, self._need(decision), options))

    def _change(self, change: Change) -> Text:
        gone = listed([show_requirement(one) for one in change.before])
        if not change.after:
            return Text.assemble("no longer state ", (clean(gone), "cyan"))
        new = listed([show_requirement(one) for one in change.after])
        answer = listed([self._answer(one) for one in change.after])
        question = self.knowledge.attributes[change.attribute].question
        instead = ("instead of ", (clean(gone), "cyan"), " ") if gone else ()
        return Text.assemble(*instead, "state ", (clean(new), "cyan"), (f" ({clean(question)} {clean(answer)})", "dim"))

    def _answer(self, one: Requirement) -> str:
        attribute = self.knowledge.attributes[one.attribute]
        return listed([known_answer(fact, attribute) for fact in one.facts])

    def _then(self, mending: Mending) -> str:
        if mending.verdict == "beaten":
            are = "is" if len(mending.beaten_by) == 1 else "are"
            names = listed([self.knowledge.name(one) for one in mending.beaten_by])
            return f"Tried out: it is then eligible, though {names} {are} preferred to it."
        return f"Tried out: it is then recommended{', and leads' if mending.leads else ', but does not lead alone'}."


def _in_vain(codes: set[str], search: Search, aim: str, *, gone: bool) -> str:
    """Say why no change was found, and whether that is the last word."""
    if gone:
        return f"No change of what is stated makes it {aim}: it can no longer be had."
    if "no-rule" in codes:
        return f"So no change of what is stated makes it {aim}."
    if search.ended:
        return f"No change of what is stated was found that makes it {aim}."
    return f"Of {search.tried} changed scenarios that were tried out, none makes it {aim}; there may be others."


def _compared(gap: Gap) -> Text:
    if not gap.seen:
        return Text.assemble("It would take: ", (clean(gap.needed), "yellow"))
    other = gap.needed in (f"not “{gap.seen}”", f"anything but “{gap.seen}”")
    needed = "anything but that" if other else gap.needed
    return Text.assemble("Now: ", (clean(gap.seen), "yellow"), f"; it would take: {clean(needed)}")
