"""Answered questions for people: the text with what was understood, the answer, and why not the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from adjudge.reading.asking import REFUTING
from adjudge.reading.doubt import leaning
from adjudge_cli.rendering import Page, Reasons, show_reading, styled
from adjudge_cli.terminal import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.answering import Judged
    from adjudge.knowledge import Knowledge
    from adjudge.options import Objection
    from adjudge.question import Option
    from adjudge.reading.asking import Answered

_SHORT = 2  # reasons shown of each option


def write(knowledge: Knowledge, answered: Iterable[Answered], *, single: bool) -> None:
    """Write each answered question, and how many agree with their key."""
    page = Page()
    right = keyed = 0
    for number, one in enumerate(answered):
        if number:
            page.print()
        _Writer(page, knowledge, one).write(named=not single)
        page.flush()
        keyed += bool(one.asked.key)
        right += bool(one.asked.key) and one.asked.key == one.answer.labels
    if keyed > 1:
        page.print()
        page.print(f"{right} of {keyed} answers agree with the key.")
        page.flush()


class _Writer:
    def __init__(self, page: Page, knowledge: Knowledge, one: Answered) -> None:
        self.page, self.knowledge, self.one = page, knowledge, one
        self.reasons = Reasons(knowledge, one.evaluation.inference)

    def write(self, *, named: bool) -> None:
        one = self.one
        if named:
            self.page.print(styled(f"Question {one_line(one.asked.id)}", "bold"))
        show_reading(self.page, one.reading)
        self.page.print()
        pairs = zip(one.question.options, one.answer.options, strict=True)
        for option, judged in sorted(pairs, key=lambda pair: pair[1].label not in one.answer.labels):
            self._option(option, judged)
        if not one.answer.decided:
            self.page.line("Not decided: nothing proves one answer against the rest; this is the best guess.", "yellow")
            self._doubt()
        if one.asked.key:
            agrees = one.asked.key == one.answer.labels
            self.page.line(
                f"Key: {''.join(one.asked.key)}{'' if agrees else ', which differs'}.", "" if agrees else "yellow"
            )

    def _doubt(self) -> None:
        """Say in which options nothing was understood."""
        unread = [o.label for o in self.one.question.options if o.kind == "own" and not (o.choices or o.claims)]
        if unread:
            self.page.line(f"No choice that adjudge knows was found in {', '.join(unread)}.", "yellow")

    def _option(self, option: Option, judged: Judged) -> None:
        picked = judged.label in self.one.answer.labels
        style = "green" if picked else "red" if judged.verdict == "wrong" else "yellow"
        sign = "→" if picked else "✗" if judged.verdict == "wrong" else "?"
        kinds = "" if picked else ", ".join(dict.fromkeys(o.kind for o in judged.objections))
        head = Text.assemble(
            (f"{sign} {judged.label}  ", f"bold {style}"), (clean(option.says), "bold"), (f"  {kinds}", style)
        )
        tree = Tree(head, guide_style="dim")
        shown = self._objections(judged)
        for one in shown:
            name = self.knowledge.name(one.reason.winner) + " is preferred: " if one.reason.winner else ""
            self.reasons.add(tree, one.reason, "Not proven: " if picked else name)
        if not judged.objections:
            for reason in judged.support[:_SHORT]:
                self.reasons.add(tree, reason)
        if not self.one.answer.decided and (picked or not shown):
            self._like(tree, judged, picked=picked)
        self.page.tree(tree)

    def _objections(self, judged: Judged) -> list[Objection]:
        """Return what to say against an option: of a guess only what refutes it."""
        found = [o for o in judged.objections if self.one.answer.decided or o.kind in REFUTING]
        return found[:_SHORT]

    def _like(self, tree: Tree, judged: Judged, *, picked: bool) -> None:
        """Add to an option of a guess the rules that would count for it, or against it, and what they lack."""
        like = self.one.like[judged.label]
        lessons, lead = (like.lessons, "For it") if picked else (like.against, "Against it")
        found = [one for one in leaning(self.knowledge, self.one.evaluation, lessons) if one.lacks]
        for one in found[: _SHORT if picked else 1]:
            branch = tree.add(styled(f"{lead}, if it is so: {one.says}"))
            for lacking in one.lacks:
                branch.add(styled(lacking, "cyan"))
            branch.add(styled(" · ".join((one.rule, *one.sources)), "dim"))
        if not found and not picked:
            tree.add(styled("Nothing in the text is like what calls for it.", "dim"))
