"""How well the texts of scenarios are read, for people and programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from adjudge_cli.json_output import write_document
from adjudge_cli.terminal import clean

if TYPE_CHECKING:
    from adjudge.reading.measuring import Measured, Summary

_LISTED = 15  # attributes shown that are read worst


def write(summary: Summary, measured: list[Measured], written_as: str) -> None:
    """Write how well texts are read."""
    if written_as == "json":
        write_document(_document(summary, measured))
        return
    recall = f"of what their authors stated, {summary.recall:.0%} was read"
    lines = [f"{len(measured)} texts: {recall}; of what was read, {summary.precision:.0%} had been stated"]
    if summary.questions:
        right, decided = summary.decided_right, summary.decided
        lines.append(
            f"{summary.right} of {summary.questions} questions answered as expected from prose; "
            f"{decided} decided, {right} of these as expected"
        )
    worst = sorted(summary.by_attribute.items(), key=lambda one: (-one[1][1] - one[1][2], one[0]))[:_LISTED]
    width = max((len(name) for name, _ in worst), default=0)
    lines += ["", f"{'attribute'.ljust(width)}   read  missed  in vain"]
    lines += [f"{name.ljust(width)}  {a:5}  {b:6}  {c:7}" for name, (a, b, c) in worst]
    sys.stdout.write(clean("\n".join(lines)) + "\n")


def _document(summary: Summary, measured: list[Measured]) -> dict[str, Any]:
    return {
        "schema": "adjudge.reading/1",
        "precision": round(summary.precision, 4),
        "recall": round(summary.recall, 4),
        "questions": summary.questions,
        "right": summary.right,
        "decided": summary.decided,
        "decided_right": summary.decided_right,
        "by_attribute": {
            name: {"read": a, "missed": b, "in_vain": c} for name, (a, b, c) in summary.by_attribute.items()
        },
        "texts": [
            {
                "id": one.id,
                "read": list(one.found),
                "missed": list(one.missed),
                "in_vain": list(one.vain),
                "answered": one.answered,
                "decided": one.decided,
            }
            for one in measured
        ],
    }
