"""Where the knowledge comes from: the statements of a source, what rests on each, and which are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from adjudge.convert import convert
from adjudge.errors import KnowledgeError, Problem
from adjudge.schema import Entry
from adjudge.yamlfile import decode, parse, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from adjudge.knowledge import Knowledge, Rule

StatementKind = Literal["decision", "capability", "limit", "procedure", "practice", "definition", "noise"]
State = Literal["encoded", "excused", "missing", "noise"]


class Statement(Entry, frozen=True):
    """One statement of a source; `reading` says what stands where it errs."""

    id: str
    kind: StatementKind
    topic: str
    says: str
    reading: str = ""


class Excuse(Entry, frozen=True):
    """Why nothing rests on a statement."""

    id: str
    reason: str


class SourceFile(Entry, frozen=True):
    """A file in `rules/sources/`: the statements of one source, or excuses for some of them."""

    source: str
    title: str = ""
    statements: list[Any] = msgspec.field(default_factory=list)
    excused: list[Any] = msgspec.field(default_factory=list)


class Citation(msgspec.Struct, frozen=True, order=True):
    """Something that rests on a source: a rule, or an entry of the catalog."""

    kind: Literal["choice", "limit", "requires", "rule", "ladder", "trait", "lifecycle"]
    id: str
    says: str


class Account(msgspec.Struct, frozen=True):
    """A statement with what rests on it, or the reason why nothing does."""

    source: str
    statement: Statement
    citations: tuple[Citation, ...]
    excuse: str = ""

    @property
    def state(self) -> State:
        """Whether the statement is encoded, excused, left out, or says nothing about the subject."""
        if self.citations:
            return "encoded"
        if self.statement.kind == "noise":
            return "noise"
        return "excused" if self.excuse else "missing"


def accounts(folder: Path, knowledge: Knowledge) -> list[Account]:
    """Account for every statement in the `sources` of a folder of rules; raise KnowledgeError for what is wrong there.

    Wrong are, besides malformed files, citations and excuses of statements that do not exist.
    """
    statements, excuses, problems = _read(folder / "sources")
    cited: dict[str, list[Citation]] = {}
    for source, citation in citations(knowledge):
        cited.setdefault(source, []).append(citation)
    kept = {source.partition(":")[0] for source in statements}
    for source in sorted(cited.keys() | excuses.keys()):
        if source.partition(":")[0] in kept and source not in statements:
            where = ", ".join(one.id for one in cited.get(source, ())) or "an excuse"
            problems.append(Problem(str(folder), 0, 0, f"there is no statement {source}", f"named by {where}"))
    if problems:
        raise KnowledgeError(problems)
    return [
        Account(source.partition(":")[0], one, tuple(sorted(set(cited.get(source, ())))), excuses.get(source, ""))
        for source, one in sorted(statements.items())
    ]


def _read(folder: Path) -> tuple[dict[str, Statement], dict[str, str], list[Problem]]:
    """Return statements and excuses by their full names, and what is wrong with their files."""
    statements: dict[str, Statement] = {}
    excuses: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        file = parse(decode(read_bytes(path, str(path)), str(path)), str(path))
        top = convert(file, (), file.data, SourceFile, problems)
        if top is None:
            continue
        for index, raw in enumerate(top.statements):
            statement = convert(file, ("statements", index), raw, Statement, problems)
            if statement is not None:
                statements[f"{top.source}:{statement.id}"] = statement
        for index, raw in enumerate(top.excused):
            excuse = convert(file, ("excused", index), raw, Excuse, problems)
            if excuse is not None:
                excuses[f"{top.source}:{excuse.id}"] = excuse.reason
    return statements, excuses, problems


def citations(knowledge: Knowledge) -> Iterator[tuple[str, Citation]]:
    """Yield every source that the knowledge names, with what names it."""
    for rule in _rules(knowledge):
        if rule.basis == "serves" or rule.basis == "existing":  # noqa: PLR1714 - narrows the type
            continue  # the sources of the choice and of its lifecycle, told below
        for source in rule.sources:
            yield source, Citation(rule.basis, rule.id, f"{rule.advice} {rule.because}".strip())
    for choice in knowledge.choices.values():
        for source in choice.sources:
            yield source, Citation("choice", choice.id, choice.does)
        for name, trait in choice.traits.items():
            for source in trait.sources:
                yield source, Citation("trait", choice.id, f"{name}: {', '.join(trait.values)}")
        for event in choice.lifecycle:
            for source in event.sources:
                yield source, Citation("lifecycle", choice.id, f"{event.event} {event.date}")


def _rules(knowledge: Knowledge) -> Iterator[Rule]:
    yield from knowledge.derivations
    for need in knowledge.needs.values():
        yield from need.rules
