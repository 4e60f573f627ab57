"""Evaluations for people: the recommendation first, then the reasoning, the alternatives, and what is not known."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from adjudge.evaluation import NOTES_DAY
from adjudge.missing import missing
from adjudge.report import against, then
from adjudge.words import show_answer, show_requirement
from rich.console import Console
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from adjudge_cli.terminal import clean, colourful

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.facts import Requirement
    from adjudge.inference import Inference
    from adjudge.judging import Argument, Decision, Verdict
    from adjudge.knowledge import Rule
    from adjudge.scenario import Scenario

_PLAIN_WIDTH = 100  # where no terminal says how wide it is
_ORIGINS = {"stated": "stated", "read": "read", "assumed": "assumed"}


def write(explorer: Evaluator, results: Iterable[tuple[Scenario, Evaluation]]) -> None:
    """Write each evaluation to standard output."""
    colours = colourful(sys.stdout)
    console = Console(
        file=sys.stdout,
        no_color=not colours,
        color_system="auto" if colours else None,
        markup=False,
        emoji=False,
        highlight=False,
        width=None if sys.stdout.isatty() else _PLAIN_WIDTH,
    )
    for number, (scenario, evaluation) in enumerate(results):
        if number:
            console.print()
        _Writer(console, explorer, evaluation).write(scenario)


class _Writer:
    def __init__(self, console: Console, explorer: Evaluator, evaluation: Evaluation) -> None:
        self.console, self.explorer, self.evaluation = console, explorer, evaluation
        self.knowledge = explorer.knowledge

    def write(self, scenario: Scenario) -> None:
        self.console.print(_text(scenario.title, "bold"), _text(f"as of {self.evaluation.day}", "dim"))
        if not self.evaluation.decisions:
            self._nothing()
        for decision in self.evaluation.decisions:
            self.console.print()
            self._decision(decision)

    def _nothing(self) -> None:
        self.console.print("\nNothing to decide: what is stated raises no need. State what has to be decided, for example:")
        for need in list(self.knowledge.needs.values())[:12]:
            self.console.print(Text.assemble("  need: ", (need.id, "bold"), "  ", (clean(need.says), "dim")))

    def _decision(self, decision: Decision) -> None:
        says = self.knowledge.needs[decision.need].says
        self.console.print(_text(f"{says[:1].upper()}{says[1:]}", "bold underline"), _text(f"need: {decision.need}", "dim"))
        recommended = [v for v in decision.verdicts if v.verdict == "recommended"]
        leading = decision.leading
        if decision.status == "tied":
            self._line(f"Tied: nothing stated separates {_listed([self.knowledge.name(c) for c in leading])}.", "yellow")
        elif decision.status == "open":
            self._line("Open: nothing that is stated makes any choice fit.", "yellow")
        for verdict in recommended:
            self._recommended(verdict, leads=verdict.choice in leading)
        earlier = then(self.explorer, self.evaluation, decision)
        if earlier:
            names = _listed([self.knowledge.name(c) for c in earlier.leading]) or "open"
            self._line(f"As of {NOTES_DAY} the answer would have been: {names}.", "yellow")
        for argument in decision.advice:
            self._line(f"Note: {argument.rule.because}")
        for argument in decision.circular:
            self._line(f"Cancelled out, since preferences run in a circle: {argument.rule.because}", "yellow")
        self._alternatives([v for v in decision.verdicts if v.verdict != "recommended"])
        self._missing(decision)

    def _recommended(self, verdict: Verdict, *, leads: bool) -> None:
        choice = self.knowledge.choices[verdict.choice]
        head = Text.assemble(
            ("→ " if leads else "  also fits: ", "bold green" if leads else "green"),
            (clean(choice.name), "bold green" if leads else "green"),
            (f"  {clean(choice.does)}", "dim"),
        )
        tree = Tree(head, guide_style="dim")
        for argument in verdict.arguments:
            self._argument(tree, argument)
        if verdict.goals:
            tree.add(_text(f"best here for the stated goals: {', '.join(verdict.goals)}"))
        for caution in verdict.cautions:
            tree.add(_text(f"Mind: {caution.rule.because}", "yellow"))
        for rule in verdict.unmet:
            tree.add(_text(f"Not stated, but it matters: {rule.because}", "yellow"))
        self.console.print(Padding(tree, (0, 0, 0, 2)))

    def _argument(self, tree: Tree, argument: Argument) -> None:
        rule = argument.rule
        over = f"rather than {self.knowledge.name(argument.rival)}: " if argument.rival else ""
        branch = tree.add(_text(f"{over}{rule.because}"))
        for one in argument.supports:
            _grow(branch, one, self.evaluation.inference)
        branch.add(_reference(rule))

    def _alternatives(self, verdicts: list[Verdict]) -> None:
        if not verdicts:
            return
        self._line("Why not the others:", "bold")
        for verdict in verdicts:
            name = self.knowledge.name(verdict.choice)
            tree = Tree(Text.assemble(("✗ ", "red"), (clean(name), "bold"), f"  {verdict.verdict}"), guide_style="dim")
            for reason in against(self.knowledge, verdict):
                winner = f"{self.knowledge.name(reason['winner'])} is preferred: " if "winner" in reason else ""
                branch = tree.add(_text(winner + reason["says"]))
                said = [f"{show_requirement(r)}" for a in verdict.against if a.rule.id == reason["rule"] for r in a.supports]
                where = " · ".join([*dict.fromkeys(said), *filter(None, [reason["rule"]]), *reason["sources"]])
                branch.add(_text(where, "dim"))
            self.console.print(Padding(tree, (0, 0, 0, 2)))

    def _missing(self, decision: Decision) -> None:
        found = missing(self.explorer, self.evaluation, decision)
        telling = [one for one in found if one.would_change]
        if telling:
            self._line("What would change this:", "bold")
        for one in telling:
            tree = Tree(Text.assemble(("? ", "cyan"), clean(one.question), (f"  {one.attribute}", "dim")), guide_style="dim")
            for answer, leading in one.outcomes:
                names = _listed([self.knowledge.name(c) for c in leading], "or") or "nothing fits any more"
                tree.add(Text.assemble((clean(show_answer(answer)), "bold"), f" → {clean(names)}"))
            self.console.print(Padding(tree, (0, 0, 0, 2)))
        rest = [one.attribute for one in found if not one.would_change]
        if rest:
            self._line(f"Not known, and alone without effect: {', '.join(rest)}.", "dim")

    def _line(self, text: str, style: str = "") -> None:
        self.console.print(Padding(_text(text, style), (0, 0, 0, 2)))


def _grow(branch: Tree, one: Requirement, inference: Inference) -> None:
    """Add a requirement to a tree, and below it, if it was derived, what it was derived from."""
    derivation = inference.derivations.get(one)
    if derivation is None:
        branch.add(Text.assemble((clean(show_requirement(one)), "cyan"), (f"  {_ORIGINS.get(one.origin, '')}", "dim")))
        return
    below = branch.add(Text.assemble((clean(show_requirement(one)), "cyan"), (f"  since {clean(derivation.rule.because)}", "dim")))
    for support in derivation.supports:
        _grow(below, support, inference)
    below.add(_reference(derivation.rule))


def _reference(rule: Rule) -> Text:
    return _text(" · ".join([rule.id, *rule.sources]), "dim")


def _text(text: str, style: str = "") -> Text:
    return Text(clean(text), style)


def _listed(names: list[str], word: str = "and") -> str:
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else ""]))
