"""What all output for people shares: a console, and reasons drawn as trees down to statements and sources."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from adjudge.explaining.proofs import prove
from adjudge.words import listed, show_requirement
from adjudge_cli.terminal import clean, colourful, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table
    from rich.tree import Tree

    from adjudge.explaining.proofs import Proof
    from adjudge.explaining.quotes import Quotes
    from adjudge.facts import Requirement
    from adjudge.inference import Inference
    from adjudge.knowledge import Knowledge
    from adjudge.reading.prose import Reading
    from adjudge.reasons import Reason

_PLAIN_WIDTH = 100  # where no terminal says how wide it is
_NAMED = 2  # choices that are named of those that share a trait
_QUOTED = 100  # characters of a line that are quoted


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

    def print(self, *parts: Text | str | Table) -> None:
        """Print a line of its own, or a table."""
        self.console.print(*parts)

    def line(self, text: str | Text, style: str = "") -> None:
        """Print an indented line."""
        self.tree(styled(text, style) if isinstance(text, str) else text)

    def command(self, lead: str, text: str) -> None:
        """Print an indented command, on one line however long it is, so that it can be copied."""
        self.console.print(styled(f"  {lead}{text}", "dim"), soft_wrap=True)

    def tree(self, renderable: Tree | Text) -> None:
        """Print something indented."""
        self.console.print(Padding(renderable, (0, 0, 0, 2), expand=False))


class Reasons:
    """Draws the reasons for what follows in one scenario; with `quotes`, each statement in the scenario's words."""

    def __init__(self, knowledge: Knowledge, inference: Inference, quotes: Quotes | None = None) -> None:
        self.knowledge, self.inference, self.quotes = knowledge, inference, quotes

    def add(self, tree: Tree, one: Reason, lead: str = "", style: str = "") -> Tree:
        """Add a reason to a tree, and below it what it rests on, down to the statements and the sources."""
        return self.add_proven(tree, one, [prove(self.inference, support) for support in one.supports], lead, style)

    def add_proven(self, tree: Tree, one: Reason, proofs: Iterable[Proof], lead: str = "", style: str = "") -> Tree:
        """Add a reason to a tree, with the proofs of what it rests on."""
        branch = tree.add(styled(lead + one.says, style))
        for proof in proofs:
            self.grow(branch, proof)
        held: dict[str, list[str]] = {}
        for trait in one.traits:
            held.setdefault(trait.says, []).append(self.knowledge.name(trait.choice))
        for says, names in held.items():
            more = len(names) - _NAMED
            told = [*names[:_NAMED], f"{more} others"] if more > 1 else names
            branch.add(styled(f"{listed(told)}: {says}", "cyan"))
        if one.rule or one.sources:
            branch.add(_reference(one.rule, one.sources))
        return branch

    def grow(self, branch: Tree, proof: Proof) -> None:
        """Add a requirement to a tree, and below it, if it was derived, what it was derived from."""
        said = (clean(show_requirement(proof.requirement)), "cyan")
        if proof.rule is None:
            branch.add(Text.assemble(said, (f"  {self._origin(proof.requirement)}", "dim")))
            return
        below = branch.add(Text.assemble(said, f"  since {clean(proof.rule.because)}"))
        for support in proof.supports:
            self.grow(below, support)
        below.add(_reference(proof.rule.id, proof.rule.sources))

    def _origin(self, one: Requirement) -> str:
        """Return where a requirement comes from, with the words that stand there where they are not the same."""
        if self.quotes is None:
            return one.origin
        quote = self.quotes.of(one)
        words = "" if quote.words == show_requirement(one) else f" “{shortened(quote.words)}”"
        return one_line(quote.place + words)


def _reference(rule: str, sources: Iterable[str]) -> Text:
    return styled(" · ".join(filter(None, [rule, *sources])), "dim")


def styled(text: str, style: str = "") -> Text:
    """Return a text that cannot command the terminal, in a style."""
    return Text(clean(text), style)


def shortened(text: str) -> str:
    """Return the beginning of a text that is too long to be quoted, else the text."""
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"


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
