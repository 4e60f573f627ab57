"""Evaluations for people: the recommendation first, then the reasoning, the alternatives, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from adjudge.evaluation import NOTES_DAY
from adjudge.lifecycle import called
from adjudge.missing import missing
from adjudge.reasons import against, cautions, reason
from adjudge.report import before_closures
from adjudge.shortfall import split_nearest
from adjudge.words import listed, say_answer
from adjudge_cli.alternatives import group
from adjudge_cli.rendering import Page, Reasons, show_reading, styled
from adjudge_cli.terminal import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.judging import Decision, Verdict
    from adjudge.reading.about import Hint
    from adjudge.reading.prose import Reading
    from adjudge.scenario import Scenario

_ANSWERS = 6  # answers to one question that are told of with what they would lead to


def write(explorer: Evaluator, results: Iterable[tuple[Scenario, Evaluation]]) -> None:
    """Write each evaluation to standard output."""
    page = Page()
    for number, (scenario, evaluation) in enumerate(results):
        if number:
            page.print()
        _Writer(page, explorer, evaluation).write(scenario)
        page.flush()


class _Writer:
    """Writes one evaluation."""

    def __init__(self, page: Page, explorer: Evaluator, evaluation: Evaluation) -> None:
        self.page, self.explorer, self.evaluation = page, explorer, evaluation
        self.knowledge = explorer.knowledge
        self.reasons = Reasons(explorer.knowledge, evaluation.inference)

    def write(self, scenario: Scenario) -> None:
        title = one_line(scenario.title.strip())
        self.page.print(styled(title, "bold"), styled(f"(as of {self.evaluation.day})", "dim"))
        if scenario.reading is not None:
            show_reading(self.page, scenario.reading)
        if scenario.reading is not None:
            self._about(scenario.reading)
            return
        if not self.evaluation.decisions:
            self._nothing()
        for decision in self.evaluation.decisions:
            self.page.print()
            self._decision(decision)

    def _about(self, reading: Reading) -> None:
        """Write what a text may be about, most likely first, and other decisions that it raises in a line each."""
        from adjudge.reading.about import about  # only for prose

        found = about(self.explorer, self.evaluation, reading)
        if not self.evaluation.decisions:
            self.page.print(
                "\nNothing is proven: no need is understood. State it: --set need=NEED; `adjudge show WORD` finds it."
            )
        if found.leads:
            self.page.print()
            self.page.print(styled(f"{found.likely}:", "bold"))
        for number, lead in enumerate(found.leads):
            self.page.print()
            if number == 1:
                self.page.print(styled("Or it is about this:", "bold"))
            if lead.hint:
                self._hint(lead.hint)
            if lead.decision:
                headed = not lead.hint or lead.hint.need != lead.decision.need
                self._decision(lead.decision, brief=number > 0, headed=headed)
        if found.aside:
            self.page.print("\nRaised by single words, and hardly what the text is about:")
        for decision in found.aside:
            names = listed(self._names(decision.leading), "or") or "open"
            self.page.line(Text.assemble((f"{self._says(decision.need)} ", "dim"), f"→ {clean(names)}"))

    def _hint(self, hint: Hint) -> None:
        """Write what the text is like, which choice that would call for, and what would prove it."""
        says = self._says(hint.need)
        self.page.print(styled(f"{says[:1].upper()}{says[1:]}", "bold underline"), styled(hint.need, "dim"))
        names = listed(self._names(hint.choices), "or")
        tree = Tree(Text.assemble(("? ", "cyan"), (clean(names), "bold"), "  not proven"), guide_style="dim")
        self.reasons.add(tree, hint.reason)
        if hint.reason.lacks:
            below = tree.add("It would be proven if:")
            for lacking in hint.reason.lacks:
                below.add(styled(lacking))
        else:
            tree.add(f"It holds if this is what has to be decided: --set need={hint.need}")
        self.page.tree(tree)

    def _says(self, need: str) -> str:
        return clean(self.knowledge.needs[need].says)

    def _nothing(self) -> None:
        self.page.print("\nNothing to decide: what is stated raises no need. State what has to be decided as well:\n")
        width = max(len(need) for need in self.knowledge.needs)
        for need in self.knowledge.needs.values():
            self.page.print(Text.assemble("  need: ", (need.id.ljust(width), "bold"), "  ", (clean(need.says), "dim")))

    def _decision(self, decision: Decision, *, brief: bool = False, headed: bool = True) -> None:
        """Write a decision; in brief, without the alternatives and what is not known."""
        if headed:
            says = self.knowledge.needs[decision.need].says
            self.page.print(styled(f"{says[:1].upper()}{says[1:]}", "bold underline"), styled(decision.need, "dim"))
        recommended = [v for v in decision.verdicts if v.verdict == "recommended"]
        leading = decision.leading
        if decision.status == "tied":
            self.page.line(f"Tied: nothing stated separates {listed(self._names(leading))}.", "yellow")
        elif decision.status == "open":
            self.page.line("Open: nothing that is stated makes any choice fit.", "yellow")
        for verdict in recommended:
            self._recommended(decision, verdict, leads=verdict.choice in leading)
        then = before_closures(self.explorer, self.evaluation, decision)
        if then:
            names = listed(self._names(then.leading)) or "nothing"
            self.page.line(
                f"As of {NOTES_DAY}, before what has been closed since, it would have been: {names}.", "yellow"
            )
        for argument in decision.advice:
            self.page.line(f"Note: {reason(self.knowledge, argument).says}")
        for argument in decision.cancelled:
            pair = f"{self.knowledge.name(argument.choice)} over {self.knowledge.name(argument.rival)}"
            self.page.line(f"Not counted, since other preferences run against it: {pair}, by {argument.rule.id}", "dim")
        if not brief:
            self._alternatives(decision)
            self._missing(decision)

    def _recommended(self, decision: Decision, verdict: Verdict, *, leads: bool) -> None:
        choice = self.knowledge.choices[verdict.choice]
        style = "bold green" if leads else "green"
        tree = Tree(
            Text.assemble(
                ("→ " if leads else "also fits: ", style), (clean(called(choice, self.evaluation.day)), style)
            ),
            guide_style="dim",
        )
        for argument in verdict.arguments:
            if not argument.rival:  # what it is preferred to is told where that is told off
                self.reasons.add(tree, reason(self.knowledge, argument))
        if verdict.goals:
            goals = listed([self.knowledge.attributes["goal"].show(goal) for goal in verdict.goals])
            tree.add(styled(f"Of what still fits, it serves best what matters: {goals}."))
        for caution in cautions(self.knowledge, self.evaluation, decision, verdict):
            self.reasons.add(tree, caution, "Mind: ", "yellow")
        self.page.tree(tree)

    def _alternatives(self, decision: Decision) -> None:
        others = [v for v in decision.verdicts if v.verdict not in ("recommended", "unsupported")]
        uncalled = [v for v in decision.verdicts if v.verdict == "unsupported"]
        if others or uncalled:
            self.page.line("Why not the others:", "bold")
        for out in group(self.knowledge, self.evaluation, decision, others):
            named = [called(self.knowledge.choices[one], self.evaluation.day) for one in out.choices]
            names = clean(listed(named))
            tree = Tree(Text.assemble(("✗ ", "red"), (names, "bold"), f"  {out.verdict}"), guide_style="dim")
            for one in out.told:
                self.reasons.add(tree, one.reason, one.lead(self.knowledge))
            self.page.tree(tree)
        self._uncalled(decision, uncalled)

    def _uncalled(self, decision: Decision, uncalled: list[Verdict]) -> None:
        """Write what nothing calls for; where that is much, what lacks least, and how many the rest are."""
        found, never = [], []
        for verdict in uncalled:
            lacks = against(self.knowledge, self.evaluation, decision, verdict)[-1].lacks
            if lacks:
                found.append((len(lacks), self.knowledge.name(verdict.choice), "; ".join(lacks)))
            else:
                never.append(self.knowledge.name(verdict.choice))
        near, rest = split_nearest(found)
        if near:
            self.page.line("Not called for; that would take these answers:", "dim")
        for _, name, wanted in near:
            self.page.tree(Text.assemble(("· ", "dim"), clean(name), (f"  {clean(wanted)}", "dim")))
        if rest:
            self.page.line(f"And {len(rest)} others, which `adjudge show {decision.need}` names.", "dim")
        if never:
            these = never[0] if len(never) == 1 else "these"
            names = f": {'; '.join(never)}" if len(never) > 1 else ""
            self.page.line(f"Nothing recommends {these} for this need as of {self.evaluation.day}{names}.", "dim")

    def _missing(self, decision: Decision) -> None:
        found = missing(self.explorer, self.evaluation, decision)
        telling = [one for one in found if one.would_change]
        if telling:
            self.page.line("What would change this:", "bold")
        for one in telling:
            tree = Tree(
                Text.assemble(("? ", "cyan"), clean(one.question), (f"  {one.attribute}", "dim")), guide_style="dim"
            )
            for answer, leading in one.outcomes[:_ANSWERS]:
                names = listed(self._names(leading), "or") or "nothing fits any more"
                tree.add(Text.assemble(*self._answer(one.attribute, answer), f" → {clean(names)}"))
            if len(one.outcomes) > _ANSWERS:
                rest = f"and {len(one.outcomes) - _ANSWERS} other answers; `adjudge show {one.attribute}` names them"
                tree.add(styled(rest, "dim"))
            self.page.tree(tree)
        idle = len(found) - len(telling)
        if idle:
            questions = f"{idle} more questions bear" if idle > 1 else "One more question bears"
            such = "to one of them" if idle > 1 else "to it"
            self.page.line(f"{questions} on this, but no answer {such} alone would change it.", "dim")

    def _answer(self, name: str, answer: object) -> tuple[tuple[str, str], ...]:
        """Return an answer in words, and beside it as it is stated, where that is not the same."""
        words = say_answer(answer, self.knowledge.attributes[name])
        value = answer if isinstance(answer, str) else ""
        stated = f" ({value})" if value and value.casefold() != words.casefold() else ""
        return (clean(words), "bold"), (clean(stated), "dim")

    def _names(self, choices: Iterable[str]) -> list[str]:
        return [self.knowledge.name(choice) for choice in choices]
