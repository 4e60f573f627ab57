"""What was found in the rules, for people: kind by kind, the gravest first, each finding on a line of its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text

from adjudge.linting.findings import KINDS, SEVERITIES
from adjudge.words import listed
from adjudge_cli.rendering import Page, styled
from adjudge_cli.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.linting.excuses import Outcome
    from adjudge.linting.findings import Finding, Kind

_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold"}


def write(outcome: Outcome, day: str, *, in_full: bool) -> None:
    """Write the findings as of a day; notes only if all is to be told in full, else their number."""
    page = Page()
    kinds = sorted(KINDS.values(), key=lambda kind: SEVERITIES.index(kind.severity))
    untold: list[tuple[Kind, int]] = []
    for kind in kinds:
        found = [one for one in outcome.findings if one.code == kind.code]
        if found and (in_full or kind.severity != "note"):
            _write_kind(page, kind, found)
        elif found:
            untold.append((kind, len(found)))
    page.print(_summary(outcome, day))
    if untold:
        said = listed([f"{count} of {kind.code}" for kind, count in untold])
        page.print(f"The notes are not listed here: {said}.")
        page.print(f"To see some of them: adjudge check --only {untold[0][0].code}")
    page.flush()


def _write_kind(page: Page, kind: Kind, found: Sequence[Finding]) -> None:
    page.print(styled(f"{kind.severity}: {kind.code} ({len(found)})", _STYLES[kind.severity]))
    page.line(kind.means)
    page.line(kind.why, "dim")
    page.line(kind.mend, "dim")
    for one in found:
        place = f"{one.file}:{one.line}:{one.column}" if one.line else one.file
        about = (f"  [{one_line(one.id)}]", "dim") if one.id else ""
        page.console.print(
            Text.assemble((f"  {one_line(place)}", "cyan"), f": {one_line(one.says)}", about), soft_wrap=True
        )
    page.print()


def _summary(outcome: Outcome, day: str) -> str:
    counts = Counter(one.kind.severity for one in outcome.findings)
    parts = [f"{counts[one]} {one}{'' if counts[one] == 1 else 's'}" for one in SEVERITIES if counts[one]]
    excused = f"; {len(outcome.excused)} excused" if outcome.excused else ""
    return f"{listed(parts) or 'Nothing found'}{excused} (as of {day})."
