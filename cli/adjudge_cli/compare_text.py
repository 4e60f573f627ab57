"""Comparisons for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from adjudge.explaining.contrasting import GROUNDS
from adjudge.explaining.summing import sum_up
from adjudge.reasons import closing
from adjudge_cli.compare_table import LEADS, Cell, Row, left_out, rows_of, trait_row, ways_of
from adjudge_cli.rendering import Page, show_reading, styled
from adjudge_cli.terminal import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.explaining.comparing import Comparison
    from adjudge.explaining.contrasting import Contrast, Ground
    from adjudge.knowledge import Knowledge
    from adjudge_cli.case import Case


def write_comparisons(case: Case, comparisons: Iterable[Comparison]) -> None:
    """Write what separates two choices in a scenario: the conclusion, then the table."""
    page, knowledge = Page(), case.evaluator.knowledge
    page.print(styled(one_line(case.scenario.title.strip()), "bold"), styled(f"(as of {case.evaluation.day})", "dim"))
    if case.scenario.reading is not None:
        show_reading(page, case.scenario.reading)
    for one in comparisons:
        page.print()
        _heading(page, knowledge, one.decision.need)
        page.print(styled(sum_up(knowledge, one)))
        page.print()
        names = [knowledge.name(side.choice) for side in one.sides]
        _show_table(page, names, rows_of(knowledge, one))
        if one.shared:
            page.line(left_out(one.shared), "dim")
    page.flush()


def write_contrast(knowledge: Knowledge, found: Contrast) -> None:
    """Write when one would take which of two choices."""
    page = Page()
    names = [knowledge.name(choice) for choice in found.choices]
    page.print(styled(f"{names[0]} or {names[1]}", "bold"), styled(f"(as of {found.day})", "dim"))
    for choice, event in zip(found.choices, found.closed, strict=True):
        does = Text.assemble((clean(knowledge.name(choice)), "bold"), f"  {clean(knowledge.choices[choice].does)}")
        page.line(does)
        if event:
            page.line(closing(knowledge, choice, event).says, "yellow")
    if found.needs:
        page.line("Each line counts by itself; with a scenario, all that is stated is weighed together.", "dim")
    else:
        page.print("\nThe two are never weighed against each other. This is what each is for:")
    for one in found.needs:
        page.print()
        _heading(page, knowledge, one.need)
        _grounds(page, knowledge, found, one.grounds)
        if not one.grounds:
            page.line("Nothing known of this need tells the two apart.")
        if one.shared:
            page.line(left_out(one.shared), "dim")
    if found.general:
        page.print()
        page.print(styled("Limits and principles, whatever the need", "bold underline"))
        _grounds(page, knowledge, found, found.general)
    if found.needs and found.traits:
        page.print()
        page.print(styled("How they differ", "bold underline"))
        _show_table(page, names, [trait_row(knowledge, one) for one in found.traits])
    _only(page, knowledge, found)
    page.flush()


def _only(page: Page, knowledge: Knowledge, found: Contrast) -> None:
    for choice, needs in zip(found.choices, found.only, strict=True):
        if needs:
            page.print()
            page.print(
                styled(
                    f"Only {knowledge.name(choice)} is weighed for" if found.needs else knowledge.name(choice),
                    "bold underline",
                )
            )
        for need in needs:
            page.line(Text.assemble(clean(knowledge.needs[need].says), (f"  {need}", "dim")))


def _heading(page: Page, knowledge: Knowledge, need: str) -> None:
    says = knowledge.needs[need].says
    page.print(styled(f"{says[:1].upper()}{says[1:]}", "bold underline"), styled(need, "dim"))


def _grounds(page: Page, knowledge: Knowledge, found: Contrast, grounds: Sequence[Ground]) -> None:
    for choice, other in (found.choices, found.choices[::-1]):
        for kind in GROUNDS:
            own = [ground for ground in grounds if (ground.choice, ground.kind) == (choice, kind)]
            if own:
                lead = LEADS[kind].format(knowledge.name(choice), knowledge.name(other))
                tree = Tree(styled(lead, "bold"), guide_style="dim")
                for ground in own:
                    _ground(tree, knowledge, ground)
                page.tree(tree)


def _ground(tree: Tree, knowledge: Knowledge, ground: Ground) -> None:
    shown = Text()
    for number, way in enumerate(ways_of(knowledge, ground)):
        shown.append("\nor " if number else "")
        for place, (question, answer) in enumerate(way):
            shown.append("; " if place else "").append(clean(question)).append(f" {clean(answer)}", "cyan")
        shown.append("" if way else "the question arises at all")
    branch = tree.add(shown)
    branch.add(styled(ground.rule.because))
    branch.add(styled(" · ".join([ground.rule.id, *ground.rule.sources]), "dim"))


def _show_table(page: Page, names: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a table, and below it where what it says comes from, each source once."""
    sources: dict[tuple[str, ...], int] = {}
    page.print(_table(names, rows, sources))
    for one, number in sources.items():
        page.line(f"[{number}] {' · '.join(one)}", "dim")


def _table(names: Sequence[str], rows: Iterable[Row], sources: dict[tuple[str, ...], int]) -> Table:
    """Return a table; the sources are added to those that were told of before, and cited by number."""
    table = Table(box=box.HORIZONTALS, pad_edge=False, expand=True)
    table.add_column(ratio=2, style="bold")
    for name in names:
        table.add_column(styled(name), ratio=5, overflow="fold")
    for row in rows:
        if row.label:
            table.add_section()
        elif any(cell and cell.sources for cell in row.cells):
            table.add_row()
        table.add_row(styled(row.label), *(_cell(one, sources) for one in row.cells))
    return table


def _cell(one: Cell | None, sources: dict[tuple[str, ...], int]) -> Text:
    if one is None:
        return Text()
    text = styled(one.says)
    if one.sources:
        text.append(f" [{sources.setdefault(one.sources, len(sources) + 1)}]", "dim")
    if one.since:
        text.append("\n").append(clean(", ".join(one.since)), "cyan")
    return text
