"""`adjudge sources`: what the knowledge rests on, and which statements nothing rests on yet."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from adjudge.api import load_knowledge
from adjudge.errors import InputError, nearest
from adjudge.paths import rules_folder
from adjudge.sources import Account, State, accounts
from adjudge_cli.json_output import write_document
from adjudge_cli.terminal import clean, say, show_problems, tell_of_parsing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATES: tuple[State, ...] = ("encoded", "excused", "missing")


def run(statement: str, topic: str, written_as: str, rules: Path | None) -> int:
    """Show one statement, or the count of all of them; return 1 if some are missing."""
    try:
        found = accounts(rules or rules_folder(), load_knowledge(rules, tell_of_parsing))
    except InputError as error:
        show_problems(error.problems)
        return 2
    if statement:
        return _show_one(statement, found, written_as)
    counted = [one for one in found if one.state != "noise" and topic in ("", one.statement.topic)]
    if topic and not counted:
        say(f"no statement has the topic `{topic}` ({nearest(topic, {one.statement.topic for one in found})})")
        return 2
    missing = [one for one in counted if one.state == "missing"]
    if written_as == "json":
        write_document(_summary(counted, missing))
    else:
        _write_summary(counted, missing)
    return 1 if missing else 0


def _show_one(name: str, found: list[Account], written_as: str) -> int:
    known = {f"{one.source}:{one.statement.id}": one for one in found}
    account = known.get(name) or next((one for key, one in known.items() if key.endswith(f":{name}")), None)
    if account is None:
        say(f"there is no statement `{name}`" + (f" ({hint})" if (hint := nearest(name, known)) else ""))
        return 2
    if written_as == "json":
        write_document({"schema": "adjudge.source/1", **_account(account)})
        return 0
    statement = account.statement
    lines = [
        f"{account.source}:{statement.id}  {statement.kind}, {statement.topic}: {account.state}",
        f"  {statement.says}",
    ]
    if statement.reading:
        lines.append(f"  Reading: {statement.reading}")
    if account.excuse:
        lines.append(f"  Excused: {account.excuse}")
    if account.citations:
        lines.append("  What rests on it:")
        lines += [f"    {one.kind} {one.id}: {one.says}" for one in account.citations]
    sys.stdout.write(clean("\n".join(lines)) + "\n")
    return 0


def _account(one: Account) -> dict[str, Any]:
    statement = one.statement
    return {
        "id": f"{one.source}:{statement.id}",
        "kind": statement.kind,
        "topic": statement.topic,
        "says": statement.says,
        "reading": statement.reading,
        "state": one.state,
        "excuse": one.excuse,
        "cited_by": [{"kind": c.kind, "id": c.id, "says": c.says} for c in one.citations],
    }


def _count(found: list[Account], by: Callable[[Account], str]) -> dict[str, dict[str, int]]:
    counts = Counter((by(one), one.state) for one in found)
    return {name: {state: counts[name, state] for state in STATES} for name in sorted({by(one) for one in found})}


def _summary(found: list[Account], missing: list[Account]) -> dict[str, Any]:
    states = Counter(one.state for one in found)
    return {
        "schema": "adjudge.sources/1",
        "statements": len(found),
        **{state: states[state] for state in STATES[:2]},
        "missing": [_account(one) for one in missing],
        "by_kind": _count(found, lambda one: one.statement.kind),
        "by_topic": _count(found, lambda one: one.statement.topic),
    }


def _write_summary(found: list[Account], missing: list[Account]) -> None:
    states = Counter(one.state for one in found)
    total = ", ".join(f"{states[state]} {state}" for state in STATES)
    lines = [f"{len(found)} statements: {total}", ""]
    for title, by in (("kind", lambda one: one.statement.kind), ("topic", lambda one: one.statement.topic)):
        table = _count(found, by)
        width = max(map(len, [title, *table]))
        lines.append(f"{title.ljust(width)}  " + "  ".join(state.rjust(8) for state in STATES))
        for name, counts in table.items():
            lines.append(f"{name.ljust(width)}  " + "  ".join(str(counts[state]).rjust(8) for state in STATES))
        lines.append("")
    if missing:
        lines.append("Missing:")
        lines += [f"  {one.statement.id}  {one.statement.topic}: {one.statement.says}" for one in missing]
    sys.stdout.write(clean("\n".join(lines)).rstrip() + "\n")
