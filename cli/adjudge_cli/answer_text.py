"""Answered questions for people: the text with what was understood, the answer, and why not the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from adjudge.reading.doubt import leaning
from adjudge_cli.rendering import Page, Reasons, show_reading, styled
from adjudge_cli.terminal import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.answering import Judged
    from adjudge.knowledge import Knowledge
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
        """Say what the guess rests on, what was not understood, and what the tool would have to be told."""
        for label in self.one.answer.labels:
            for one in leaning(self.knowledge, self.one.evaluation, self.one.like[label])[:1]:
                tree = Tree(styled(f"{label} is like: {one.says}"), guide_style="dim")
                for lacking in one.lacks:
                    tree.add(styled(f"This would count if {lacking}", "yellow"))
                tree.add(styled(" · ".join((one.rule, *one.sources)), "dim"))
                self.page.tree(tree)
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
        if judged.objections:
            for one in judged.objections[:_SHORT]:
                name = self.knowledge.name(one.reason.winner) + " is preferred: " if one.reason.winner else ""
                name = "Not proven: " if picked else name
                self.reasons.add(tree, one.reason, name)
        else:
            for reason in judged.support[:_SHORT]:
                self.reasons.add(tree, reason)
        self.page.tree(tree)
