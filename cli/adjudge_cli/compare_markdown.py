"""Comparisons as Markdown, ready to be pasted into a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.explaining.contrasting import GROUNDS
from adjudge.explaining.summing import sum_up
from adjudge.reasons import closing
from adjudge_cli.compare_table import LEADS, Cell, Row, rows_of, trait_row, ways_of
from adjudge_cli.markdown import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.explaining.comparing import Comparison
    from adjudge.explaining.contrasting import Contrast, Ground
    from adjudge.knowledge import Knowledge


def comparison_lines(knowledge: Knowledge, comparisons: Sequence[Comparison]) -> list[str]:
    """Return a table and the summing-up of each comparison, with headings if there are several."""
    lines: list[str] = []
    for one in comparisons:
        if len(comparisons) > 1:
            lines += [*_gap(lines), f"### {cell(knowledge.needs[one.decision.need].says)}", ""]
        names = [knowledge.name(side.choice) for side in one.sides]
        lines += [*_table(names, rows_of(knowledge, one)), "", cell(sum_up(knowledge, one))]
    return lines


def contrast_lines(knowledge: Knowledge, found: Contrast) -> list[str]:
    """Return when to take which, need by need, and a table of the traits in which the two differ."""
    names = [knowledge.name(choice) for choice in found.choices]
    lines = [f"- **{cell(knowledge.name(c))}**: {cell(knowledge.choices[c].does)}" for c in found.choices]
    for choice, event in zip(found.choices, found.closed, strict=True):
        if event:
            lines.append(f"- {cell(closing(knowledge, choice, event).says)}")
    for one in found.needs:
        lines += ["", f"### {cell(knowledge.needs[one.need].says)}", *_grounds(knowledge, found, one.grounds)]
    if found.general:
        lines += ["", "### limits and principles, whatever the need", *_grounds(knowledge, found, found.general)]
    if found.needs and found.traits:
        lines += ["", "### traits", "", *_table(names, [trait_row(knowledge, one) for one in found.traits])]
    for name, needs in zip(names, found.only, strict=True):
        if needs:
            says = "; ".join(knowledge.needs[need].says for need in needs)
            lines += ["", f"Only {cell(name)} is weighed for: {cell(says)}."]
    return lines


def _grounds(knowledge: Knowledge, found: Contrast, grounds: Iterable[Ground]) -> list[str]:
    lines: list[str] = []
    listed = list(grounds)
    for choice, other in (found.choices, found.choices[::-1]):
        for kind in GROUNDS:
            own = [ground for ground in listed if (ground.choice, ground.kind) == (choice, kind)]
            if own:
                lead = LEADS[kind].format(knowledge.name(choice), knowledge.name(other))
                lines += ["", f"{cell(lead)}", "", *(_ground(knowledge, ground) for ground in own)]
    return lines


def _ground(knowledge: Knowledge, ground: Ground) -> str:
    ways = ["; ".join(f"{cell(asks)} **{cell(says)}**" for asks, says in way) for way in ways_of(knowledge, ground)]
    when = " *or* ".join(way or "the question arises" for way in ways)
    return f"- {when}. {cell(ground.rule.because)} *({cell('; '.join(ground.rule.sources))})*"


def _table(names: Sequence[str], rows: Iterable[Row]) -> list[str]:
    head = f"| | {cell(names[0])} | {cell(names[1])} |"
    return [head, "|---|---|---|", *(f"| {cell(row.label)} | {' | '.join(map(_cell, row.cells))} |" for row in rows)]


def _cell(one: Cell | None) -> str:
    if one is None:
        return ""
    since = f" *Since {cell(', '.join(one.since))}.*" if one.since else ""
    sources = f" *({cell('; '.join(one.sources))})*" if one.sources else ""
    return f"{cell(one.says)}{since}{sources}"


def _gap(lines: Sequence[str]) -> list[str]:
    return [""] if lines else []
