"""All checks, each with the codes of what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from adjudge.linting import dated, exercise, files, firing, usage
from adjudge.linting.findings import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from adjudge.linting.findings import Finding
    from adjudge.linting.material import Material


class Check(NamedTuple):
    """One way of looking at the knowledge: what it may find, and how."""

    codes: tuple[str, ...]
    find: Callable[[Material], Iterator[Finding]]


CHECKS = (
    Check(("unavailable-without-successor",), dated.unavailable),
    Check(("unchecked-for-a-year",), dated.unchecked),
    Check(("date-passed",), dated.passed),
    Check(("recalled-only",), dated.recalled),
    Check(("no-example", "single-use"), exercise.unshown),
    Check(("never-exercised",), exercise.never),
    Check(("dead-rule",), firing.dead),
    Check(("subsumed-rule", "near-double"), firing.repeated),
    Check(("unreachable-need",), usage.needs),
    Check(("unused-attribute", "unused-value"), usage.attributes),
    Check(("unused-trait", "unused-value"), usage.traits),
    Check(("shared-name",), usage.shared_names),
    Check(("long-file",), files.long_files),
)


def looked_for(only: Collection[str]) -> frozenset[str]:
    """Return the codes to look for: some, or all of them if none is named."""
    return frozenset(only or KINDS)


def checks_for(codes: Collection[str]) -> list[Check]:
    """Return the checks that may find something of some codes."""
    return [check for check in CHECKS if set(check.codes) & set(codes)]


def find(check: Check, material: Material, codes: Collection[str]) -> list[Finding]:
    """Return what a check finds of some codes."""
    return [one for one in check.find(material) if one.code in codes]
