"""Findings that are as they should be: `excuses.yaml` in a folder of rules says which, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from adjudge.building import Problems, Site
from adjudge.convert import convert
from adjudge.errors import KnowledgeError
from adjudge.linting.findings import KINDS, Finding, found_at
from adjudge.schema import Entry
from adjudge.yamlfile import decode, parse, read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

FILE = "excuses.yaml"
_NEVER = ("invalid", "unused-excuse")  # what cannot be excused


class ExcuseEntry(Entry, frozen=True):
    """Why the findings of one kind about one thing are none."""

    code: str
    id: str
    reason: str


class ExcusesFile(Entry, frozen=True):
    """The file of excuses."""

    excuses: list[Any] = msgspec.field(default_factory=list)


class Excuse(msgspec.Struct, frozen=True):
    """An excuse that was read: for which code and id, for what reason, and where it stands."""

    code: str
    id: str
    reason: str
    unused: Finding


def read_excuses(folder: Path, prefix: str) -> list[Excuse]:
    """Read the excuses of a folder of rules, if it has any; raise InputError if they cannot be used."""
    path = folder / FILE
    if not path.exists():
        return []
    shown = prefix + FILE
    file = parse(decode(read_bytes(path, shown), shown), shown)
    problems = Problems()
    top = convert(file, (), file.data, ExcusesFile, problems)
    found = []
    for index, raw in enumerate(top.excuses if top else ()):
        site = Site(file, ("excuses", index), problems)
        entry = convert(file, site.path, raw, ExcuseEntry, problems)
        if entry is None:
            continue
        site.at("code").known(entry.code, [code for code in KINDS if code not in _NEVER], "code of a finding")
        if not entry.reason.strip():
            site.at("reason").complain("says nothing")
        unused = found_at(site, "unused-excuse", entry.id, f"there is no finding `{entry.code}` about `{entry.id}`")
        found.append(Excuse(entry.code, entry.id, entry.reason, unused))
    if problems:
        raise KnowledgeError(sorted(problems))
    return found


class Outcome(msgspec.Struct, frozen=True):
    """The findings that stand, in the order of their places, and those that are excused, each with the reason."""

    findings: tuple[Finding, ...]
    excused: tuple[tuple[Finding, str], ...] = ()


def apply(findings: Iterable[Finding], excuses: Iterable[Excuse], looked_for: Collection[str]) -> Outcome:
    """Divide findings into those that stand and those that are excused.

    `looked_for` are the codes of the findings that were looked for: other excuses are not judged.
    """
    reasons = {(one.code, one.id): one for one in excuses}
    found = sorted(set(findings))
    standing = [one for one in found if (one.code, one.id) not in reasons]
    excused = tuple((one, reasons[one.code, one.id].reason) for one in found if (one.code, one.id) in reasons)
    used = {(one.code, one.id) for one, _ in excused}
    if "unused-excuse" in looked_for:
        standing += [one.unused for key, one in reasons.items() if key not in used and one.code in looked_for]
    return Outcome(tuple(sorted(standing)), excused)
