"""Files that take more than one can take in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.linting.findings import Finding, found_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.linting.material import Material

MOST_LINES = 300


def long_files(material: Material) -> Iterator[Finding]:
    """Find topics that take too many lines."""
    for file in material.places.files["decisions"]:
        lines = len("\n".join(file.lines).rstrip().split("\n"))
        if lines > MOST_LINES:
            says = f"takes {lines} lines; {MOST_LINES} are the most that one reads in one go"
            yield found_in(file.problem(("topic",), says), "long-file", str(file.data["topic"]))
