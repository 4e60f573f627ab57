"""What all output for people shares: a console, and reasons drawn as trees down to statements and sources."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from adjudge.words import listed, show_requirement
from adjudge_cli.terminal import clean, colourful

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.tree import Tree

    from adjudge.facts import Requirement
    from adjudge.inference import Inference
    from adjudge.knowledge import Knowledge
    from adjudge.reading.prose import Reading
    from adjudge.reasons import Reason

__all__ = ["Page", "Reasons", "listed", "show_reading", "styled"]

_PLAIN_WIDTH = 100  # where no terminal says how wide it is


class _Console(Console):
    """Leaves it to others what becomes of a reader that has gone."""

    def on_broken_pipe(self) -> None:
        """Raise what rich would end the process for."""
        raise BrokenPipeError


class Page:
    """Writes to standard output, whole paragraphs at a time."""

    def __init__(self) -> None:
        self.colours = colourful(sys.stdout)
        self.console = _Console(
            file=sys.stdout,
            no_color=not self.colours,
            color_system="auto" if self.colours else None,
            markup=False,
            emoji=False,
            highlight=False,
            width=None if sys.stdout.isatty() else _PLAIN_WIDTH,
        )
        self._capture = self.console.capture()
        self._capture.__enter__()

    def flush(self) -> None:
        """Write out what has been printed since the last time, without blanks at the ends of lines."""
        self._capture.__exit__(None, None, None)
        lines = self._capture.get().splitlines()
        sys.stdout.write("\n".join(lines if self.colours else map(str.rstrip, lines)) + "\n")
        self._capture = self.console.capture()
        self._capture.__enter__()

    def print(self, *parts: Text | str) -> None:
        """Print a line of its own."""
        self.console.print(*parts)

    def line(self, text: str | Text, style: str = "") -> None:
        """Print an indented line."""
        self.tree(styled(text, style) if isinstance(text, str) else text)

    def tree(self, renderable: Tree | Text) -> None:
        """Print something indented."""
        self.console.print(Padding(renderable, (0, 0, 0, 2), expand=False))


class Reasons:
    """Draws the reasons for what follows in one scenario."""

    def __init__(self, knowledge: Knowledge, inference: Inference) -> None:
        self.knowledge, self.inference = knowledge, inference

    def add(self, tree: Tree, one: Reason, lead: str = "", style: str = "") -> None:
        """Add a reason to a tree, and below it what it rests on, down to the statements and the sources."""
        branch = tree.add(styled(lead + one.says, style))
        for support in one.supports:
            self._grow(branch, support)
        for trait in one.traits:
            branch.add(styled(f"{self.knowledge.name(trait.choice)}: {trait.says}", "cyan"))
        if one.rule or one.sources:
            branch.add(_reference(one.rule, one.sources))

    def _grow(self, branch: Tree, one: Requirement) -> None:
        """Add a requirement to a tree, and below it, if it was derived, what it was derived from."""
        derivation = self.inference.derivations.get(one)
        said = (clean(show_requirement(one)), "cyan")
        if derivation is None:
            branch.add(Text.assemble(said, (f"  {one.origin}", "dim")))
            return
        below = branch.add(Text.assemble(said, f"  since {clean(derivation.rule.because)}"))
        for support in derivation.supports:
            self._grow(below, support)
        below.add(_reference(derivation.rule.id, derivation.rule.sources))


def _reference(rule: str, sources: Iterable[str]) -> Text:
    return styled(" · ".join(filter(None, [rule, *sources])), "dim")


def styled(text: str, style: str = "") -> Text:
    """Return a text that cannot command the terminal, in a style."""
    return Text(clean(text), style)


def show_reading(page: Page, reading: Reading) -> None:
    """Print a text with what was understood marked in it, and what that comes to."""
    text = styled(reading.text.strip())
    shift = len(reading.text) - len(reading.text.lstrip())
    for one in reading.requirements:
        if one.span:
            text.stylize("underline cyan", max(0, one.span[0] - shift), one.span[1] - shift)
    page.print(text)
    page.print("Understood:" if reading.requirements else "Nothing in the text is understood.")
    for one in reading.requirements:
        words = " ".join(reading.text[one.span[0] : one.span[1]].split()) if one.span else ""
        page.line(
            Text.assemble((clean(show_requirement(one)), "cyan"), (f"  “{clean(words)}”" if words else "", "dim"))
        )
    for one in reading.dropped:
        page.line(f"Passed over, since it contradicts the rest: {show_requirement(one)}", "dim")
