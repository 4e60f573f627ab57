"""How well the texts of scenarios are read, for people and programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from adjudge.reading.measuring import total
from adjudge_cli.json_output import write_document
from adjudge_cli.terminal import clean

if TYPE_CHECKING:
    from adjudge.reading.measuring import Measured, Summary, Tally

_LISTED = 15  # attributes shown that are read worst


def write(summary: Summary, measured: list[Measured], tallies: list[Tally], written_as: str) -> None:
    """Write how well texts are read and questions in prose answered."""
    if written_as == "json":
        write_document(_document(summary, measured, tallies))
        return
    lines = [*(_reading(summary, measured) if measured else []), *(_answers(tallies) if tallies else [])]
    sys.stdout.write(clean("\n".join(lines)) + "\n")


def _answers(tallies: list[Tally]) -> list[str]:
    """Say how the questions of each file come out, and of all files of a folder."""
    folders: dict[str, list[Tally]] = {}
    for one in tallies:
        folders.setdefault(str(Path(one.name).parent), []).append(one)
    rows: list[tuple[str, Tally]] = []
    for folder, inside in folders.items():
        rows += [(f"  {Path(one.name).stem}", one) for one in inside]
        rows.append((Path(folder).name, total(folder, inside)))
    width = max(len(name) for name, _ in rows)
    lines = ["", f"{'questions in prose'.ljust(width)}      n   right  decided  of these  by chance  longest option"]
    for name, one in rows:
        n = max(one.questions, 1)
        proven = f"{one.decided_right / one.decided:8.0%}" if one.decided else "       -"
        lines.append(
            f"{name.ljust(max(width, 18))}  {one.questions:5}  {one.right / n:6.1%}  {one.decided / n:7.0%}  {proven}"
            f"  {one.chance / n:9.0%}  {one.longest / n:14.0%}"
        )
    return lines


def _reading(summary: Summary, measured: list[Measured]) -> list[str]:
    """Say how well the texts of scenarios are read."""
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
    return lines


def _document(summary: Summary, measured: list[Measured], tallies: list[Tally]) -> dict[str, Any]:
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
        "prose": [msgspec.structs.asdict(one) for one in tallies],
    }
