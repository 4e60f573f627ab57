"""Evaluations for people: the recommendation first, then the reasoning, the alternatives, and what is not known."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from adjudge.evaluation import NOTES_DAY
from adjudge.missing import missing
from adjudge.reasons import Reason, against, cautions, reason
from adjudge.report import before_closures
from adjudge.words import show_answer, show_requirement
from adjudge_cli.terminal import clean, colourful, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.facts import Requirement
    from adjudge.inference import Inference
    from adjudge.judging import Decision, Verdict
    from adjudge.scenario import Scenario

_PLAIN_WIDTH = 100  # where no terminal says how wide it is


def write(explorer: Evaluator, results: Iterable[tuple[Scenario, Evaluation]]) -> None:
    """Write each evaluation to standard output."""
    colours = colourful(sys.stdout)
    console = _Console(
        file=sys.stdout,
        no_color=not colours,
        color_system="auto" if colours else None,
        markup=False,
        emoji=False,
        highlight=False,
        width=None if sys.stdout.isatty() else _PLAIN_WIDTH,
    )
    for number, (scenario, evaluation) in enumerate(results):
        with console.capture() as captured:
            if number:
                console.print()
            _Writer(console, explorer, evaluation).write(scenario)
        lines = captured.get().splitlines()
        sys.stdout.write("\n".join(lines if colours else map(str.rstrip, lines)) + "\n")


class _Console(Console):
    """Leaves it to others what becomes of a reader that has gone."""

    def on_broken_pipe(self) -> None:
        """Raise what rich would end the process for."""
        raise BrokenPipeError


class _Writer:
    """Writes one evaluation."""

    def __init__(self, console: Console, explorer: Evaluator, evaluation: Evaluation) -> None:
        self.console, self.explorer, self.evaluation = console, explorer, evaluation
        self.knowledge = explorer.knowledge

    def write(self, scenario: Scenario) -> None:
        title = one_line(scenario.title.strip())
        self.console.print(_text(title, "bold"), _text(f"(as of {self.evaluation.day})", "dim"))
        if not self.evaluation.decisions:
            self._nothing()
        for decision in self.evaluation.decisions:
            self.console.print()
            self._decision(decision)

    def _nothing(self) -> None:
        self.console.print(
            "\nNothing to decide: what is stated raises no need. State what has to be decided as well:\n"
        )
        width = max(len(need) for need in self.knowledge.needs)
        for need in self.knowledge.needs.values():
            self.console.print(
                Text.assemble("  need: ", (need.id.ljust(width), "bold"), "  ", (clean(need.says), "dim"))
            )

    def _decision(self, decision: Decision) -> None:
        says = self.knowledge.needs[decision.need].says
        self.console.print(_text(f"{says[:1].upper()}{says[1:]}", "bold underline"), _text(decision.need, "dim"))
        recommended = [v for v in decision.verdicts if v.verdict == "recommended"]
        leading = decision.leading
        if decision.status == "tied":
            self._line(f"Tied: nothing stated separates {_listed(self._names(leading))}.", "yellow")
        elif decision.status == "open":
            self._line("Open: nothing that is stated makes any choice fit.", "yellow")
        for verdict in recommended:
            self._recommended(decision, verdict, leads=verdict.choice in leading)
        then = before_closures(self.explorer, self.evaluation, decision)
        if then:
            names = _listed(self._names(then.leading)) or "nothing"
            self._line(f"As of {NOTES_DAY}, before what has been closed since, it would have been: {names}.", "yellow")
        for argument in decision.advice:
            self._line(f"Note: {reason(self.knowledge, argument).says}")
        for argument in decision.cancelled:
            pair = f"{self.knowledge.name(argument.choice)} over {self.knowledge.name(argument.rival)}"
            self._line(f"Not counted, since other preferences run against it: {pair}, by {argument.rule.id}", "dim")
        self._alternatives(decision)
        self._missing(decision)

    def _recommended(self, decision: Decision, verdict: Verdict, *, leads: bool) -> None:
        choice = self.knowledge.choices[verdict.choice]
        style = "bold green" if leads else "green"
        tree = Tree(
            Text.assemble(("→ " if leads else "also fits: ", style), (clean(choice.name), style)), guide_style="dim"
        )
        for argument in verdict.arguments:
            if not argument.rival:  # what it is preferred to is told where that is told off
                self._reason(tree, reason(self.knowledge, argument))
        if verdict.goals:
            tree.add(_text(f"Of what still fits, it serves best: {', '.join(verdict.goals)}"))
        for caution in cautions(self.knowledge, self.evaluation, decision, verdict):
            self._reason(tree, caution, "Mind: ", "yellow")
        self._tree(tree)

    def _alternatives(self, decision: Decision) -> None:
        others = [v for v in decision.verdicts if v.verdict != "recommended"]
        if others:
            self._line("Why not the others:", "bold")
        for verdict in others:
            reasons = against(self.knowledge, self.evaluation, decision, verdict)
            name = clean(self.knowledge.name(verdict.choice))
            if verdict.verdict == "unsupported":
                lacks = "; ".join(reasons[-1].lacks) or reasons[-1].says.rstrip(".").replace("Nothing", "nothing", 1)
                self._tree(Text.assemble(("· ", "dim"), name, (f"  not called for: {clean(lacks)}", "dim")))
                continue
            tree = Tree(Text.assemble(("✗ ", "red"), (name, "bold"), f"  {verdict.verdict}"), guide_style="dim")
            for one in reasons:
                self._reason(tree, one, f"{self.knowledge.name(one.winner)} is preferred: " if one.winner else "")
            self._tree(tree)

    def _missing(self, decision: Decision) -> None:
        found = missing(self.explorer, self.evaluation, decision)
        telling = [one for one in found if one.would_change]
        if telling:
            self._line("What would change this:", "bold")
        for one in telling:
            tree = Tree(
                Text.assemble(("? ", "cyan"), clean(one.question), (f"  {one.attribute}", "dim")), guide_style="dim"
            )
            for answer, leading in one.outcomes:
                names = _listed(self._names(leading), "or") or "nothing fits any more"
                tree.add(Text.assemble((clean(show_answer(answer)), "bold"), f" → {clean(names)}"))
            self._tree(tree)
        rest = [one.attribute for one in found if not one.would_change]
        if rest:
            self._line(f"To say more about one of these alone would change nothing: {', '.join(rest)}.", "dim")

    def _reason(self, tree: Tree, one: Reason, lead: str = "", style: str = "") -> None:
        """Add a reason to a tree, and below it what it rests on, down to the statements and the sources."""
        branch = tree.add(_text(lead + one.says, style))
        for support in one.supports:
            _grow(branch, support, self.evaluation.inference)
        for trait in one.traits:
            branch.add(_text(f"{self.knowledge.name(trait.choice)}: {trait.says}", "cyan"))
        branch.add(_reference(one.rule, one.sources))

    def _names(self, choices: Iterable[str]) -> list[str]:
        return [self.knowledge.name(choice) for choice in choices]

    def _line(self, text: str, style: str = "") -> None:
        self._tree(_text(text, style))

    def _tree(self, renderable: Tree | Text) -> None:
        self.console.print(Padding(renderable, (0, 0, 0, 2), expand=False))


def _grow(branch: Tree, one: Requirement, inference: Inference) -> None:
    """Add a requirement to a tree, and below it, if it was derived, what it was derived from."""
    derivation = inference.derivations.get(one)
    said = (clean(show_requirement(one)), "cyan")
    if derivation is None:
        branch.add(Text.assemble(said, (f"  {one.origin}", "dim")))
        return
    below = branch.add(Text.assemble(said, f"  since {clean(derivation.rule.because)}"))
    for support in derivation.supports:
        _grow(below, support, inference)
    below.add(_reference(derivation.rule.id, derivation.rule.sources))


def _reference(rule: str, sources: Iterable[str]) -> Text:
    return _text(" · ".join(filter(None, [rule, *sources])), "dim")


def _text(text: str, style: str = "") -> Text:
    return Text(clean(text), style)


def _listed(names: list[str], word: str = "and") -> str:
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else ""]))
