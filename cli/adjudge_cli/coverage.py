"""`adjudge coverage`: which rules and conditions the questions, scenarios and examples exercise."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from adjudge.contents import read_folder
from adjudge.coverage import Covered, cover
from adjudge.errors import InputError
from adjudge.loading import load_with_entries
from adjudge.paths import rules_folder, scenarios_folder
from adjudge.scenario import read_scenario
from adjudge_cli.inputs import find
from adjudge_cli.json_output import write_document
from adjudge_cli.terminal import clean, progress, show_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def run(paths: Sequence[str], at_least: float, listed: str, written_as: str, rules: Path | None) -> int:
    """Show what exercises the rules; return 1 where it is less than it should be."""
    try:
        folder = rules or rules_folder()
        knowledge, written = load_with_entries(read_folder(folder), f"{folder}{os.sep}")
        inputs, missing = find(paths or [str(scenarios_folder())])
        scenarios = [read_scenario(one.read(), one.name, knowledge) for one in progress(inputs, "reading")]
        covered = cover(knowledge, written, list(progress(scenarios, "evaluating")))
    except InputError as error:
        show_problems(error.problems)
        return 2
    if missing:
        show_problems(missing)
        return 2
    counts = _counts(covered)
    if written_as == "json":
        write_document(_document(covered, counts))
    else:
        _write(covered, counts, listed)
    sys.stdout.flush()
    return int(min(counts["rules"]["share"], counts["conditions"]["share"]) < at_least)


def _counts(covered: Sequence[Covered]) -> dict[str, dict[str, Any]]:
    """Count rules (each alternative of one on its own) and conditions, and what exercises them."""
    conditions = sum(len(one.conditions) for one in covered)
    unexercised = sum(len(one.unexercised) for one in covered)
    fired = sum(one.fired for one in covered)
    return {
        "rules": {
            "total": len(covered),
            "exercised": fired,
            "share": _share(fired, len(covered)),
            "by_questions": sum(bool(one.questions) for one in covered),
            "by_scenarios": sum(bool(one.scenarios) for one in covered),
            "by_examples": sum(bool(one.examples) for one in covered),
            "by_one_question_and_no_scenario": sum(map(_single, covered)),
            "by_one_question_alone": sum(_single(one) and not one.examples for one in covered),
        },
        "conditions": {
            "total": conditions,
            "exercised": conditions - unexercised,
            "share": _share(conditions - unexercised, conditions),
        },
    }


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


def _single(one: Covered) -> bool:
    """Tell whether a single question fires a rule and no scenario does."""
    return len(one.questions) == 1 and not one.scenarios


def _document(covered: Sequence[Covered], counts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    rules = [
        {
            "rule": one.rule,
            "basis": one.basis,
            "conditions": list(one.conditions),
            "questions": list(one.questions),
            "scenarios": list(one.scenarios),
            "examples": one.examples,
            "unexercised": list(one.unexercised),
        }
        for one in covered
    ]
    return {"schema": "adjudge.coverage/1", "counts": counts, "rules": rules}


_LISTS: dict[str, tuple[str, Callable[[Covered], bool]]] = {
    "rules": ("Nothing makes these fire:", lambda one: not one.fired),
    "single": ("One question, no scenario, makes these fire:", _single),
}


def _write(covered: Sequence[Covered], counts: dict[str, dict[str, Any]], listed: str) -> None:
    rules, conditions = counts["rules"], counts["conditions"]
    exercised = f"{rules['exercised']} of {rules['total']} rules are exercised ({rules['share']} %)"
    by = ", ".join(f"{rules[f'by_{what}']} by {what}" for what in ("questions", "scenarios", "examples"))
    single = f"{rules['by_one_question_and_no_scenario']} rules are fired by one question and no scenario"
    lines = [
        f"{exercised}: {by}",
        f"{conditions['exercised']} of {conditions['total']} conditions are exercised ({conditions['share']} %)",
        f"{single}, {rules['by_one_question_alone']} of them by no example either",
    ]
    if listed in _LISTS:
        title, wanted = _LISTS[listed]
        lines += ["", title, *(f"  {_named(one)}" for one in covered if wanted(one))]
    elif listed == "conditions":
        lines += ["", "Nothing exercises these conditions:"]
        lines += [f"  {one.rule}: {said}" for one in covered for said in one.unexercised]
    sys.stdout.write(clean("\n".join(lines)) + "\n")


def _named(one: Covered) -> str:
    by = f"  ({', '.join(one.questions)})" if one.questions else ""
    return f"{one.rule}: {'; '.join(one.conditions)}{by}"
