"""What differs between two sides, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from adjudge.explaining.diff_report import figures
from adjudge.explaining.sides import say_outcome
from adjudge.words import listed
from adjudge_cli.causes_text import draw
from adjudge_cli.rendering import Page, styled
from adjudge_cli.terminal import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.evaluation import Evaluator
    from adjudge.explaining.causes import Causes
    from adjudge.explaining.diff_report import Label
    from adjudge.explaining.differing import Compared, Difference

Evaluators = tuple["Evaluator", "Evaluator"]
Labels = tuple["Label", "Label"]


def write(evaluators: Evaluators, labels: Labels, found: Sequence[Compared]) -> None:
    """Write what differs in each scenario, then how much that is."""
    page = Page()
    for one in found:
        if one.differs:
            _Writer(page, evaluators, labels).write(one)
    page.print(styled(sum_up(labels, found), "bold"))
    page.flush()


def sum_up(labels: Labels, found: Sequence[Compared]) -> str:
    """Say how much differs."""
    counted = figures(found)
    scenarios = f"{counted.scenarios} scenario{'' if counted.scenarios == 1 else 's'}"
    if not counted.differing:
        return f"Nothing differs {labels[1]} from what it is {labels[0]}, in {scenarios}."
    comes = "comes" if counted.differing == 1 else "come"
    said = f"{counted.differing} of {scenarios} {comes} out otherwise {labels[1]} than {labels[0]}"
    told = [f"{counted.decisions} decision{'' if counted.decisions == 1 else 's'}"] if counted.decisions else []
    if counted.proven:
        told.append(f"{counted.proven - counted.still_right} of {counted.proven} right answers")
    if counted.gained:
        told.append(f"{counted.gained} answer{'' if counted.gained == 1 else 's'} that nothing proved before")
    return f"{said}: {listed(told)}."


class _Writer:
    """Writes what differs in one scenario; the same causes are drawn once."""

    def __init__(self, page: Page, evaluators: Evaluators, labels: Labels) -> None:
        self.page, self.evaluators, self.labels = page, evaluators, labels
        self.told: list[Causes] = []

    def write(self, one: Compared) -> None:
        self.page.print(styled(one_line(one.scenario.title.strip()), "bold"), styled(one_line(one.scenario.id), "dim"))
        if one.fated and one.fated.causes:
            self._draw(styled(say_fate(self.labels, one)), one.fated.causes)
        for other in one.differences:
            self._decision(other)
        self.page.print()

    def _decision(self, one: Difference) -> None:
        says = says_of(self.evaluators, one.need)
        root = Text.assemble((clean(capital(says)), "underline"), (f"  {one.need}", "dim"))
        for evaluator, label, outcome in zip(self.evaluators, self.labels, (one.before, one.after), strict=True):
            root.append(f"\n{clean(str(label))}: ")
            root.append(clean(say_outcome(evaluator.knowledge, outcome)), "bold")
        self._draw(root, one.causes)

    def _draw(self, root: Text, causes: Causes) -> None:
        if causes in self.told:
            self.page.tree(root.append("\nfor the same reason", "dim"))
        else:
            self.page.tree(draw(self.evaluators[1].knowledge, root, causes))
            self.told.append(causes)


def says_of(evaluators: Evaluators, need: str) -> str:
    """Return what a need is about, of which one side may know nothing."""
    return next(one.knowledge.needs[need].says for one in reversed(evaluators) if need in one.knowledge.needs)


def capital(text: str) -> str:
    """Return a text as a sentence begins."""
    return text[:1].upper() + text[1:]


def say_fate(labels: Labels, one: Compared) -> str:
    """Say which options of a question were right, and what becomes of them."""
    if one.fated is None:
        return ""
    before, after = (x.labels if x and x.decided else () for x in (one.fated.before, one.fated.after))
    if before:
        lead = f"{_options(one, before)} {'is' if len(before) == 1 else 'are'} right {labels[0]}."
    else:
        lead = f"{capital(str(labels[0]))} no option is proven right."
    if not after:
        return f"{lead} {capital(str(labels[1]))} no option is proven right."
    if one.fated.fate == "joined":
        more = [label for label in after if label not in before]
        return f"{lead} {capital(str(labels[1]))}, so {'is' if len(more) == 1 else 'are'} {_options(one, more)}."
    kept = "only " if set(after) < set(before) else ""
    return f"{lead} {capital(str(labels[1]))}, {kept}{_options(one, after)} {'is' if len(after) == 1 else 'are'}."


def _options(one: Compared, labels: Sequence[str]) -> str:
    says = {option.label: option.says for option in one.scenario.question.options}
    return listed([f"{label} (“{says[label].strip()}”)" for label in labels])
