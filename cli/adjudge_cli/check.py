"""`adjudge check`: what is wrong with the rules themselves, or may be."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from adjudge.contents import read_folder
from adjudge.dates import today
from adjudge.errors import InputError, Problem, nearest
from adjudge.linting.checks import checks_for, find, looked_for
from adjudge.linting.excuses import Outcome, apply, read_excuses
from adjudge.linting.findings import KINDS, SEVERITIES, Severity, found_in
from adjudge.linting.material import Material
from adjudge.linting.report import document, sarif
from adjudge.loading import load_with_places
from adjudge.paths import rules_folder, scenarios_folder
from adjudge.scenario import read_scenario
from adjudge_cli import inputs
from adjudge_cli.case import check_day
from adjudge_cli.check_text import write
from adjudge_cli.json_output import write_document
from adjudge_cli.terminal import progress, say, show_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.knowledge import Knowledge
    from adjudge.scenario import Scenario


class Wanted(NamedTuple):
    """What is asked for on the command line."""

    paths: Sequence[str]
    written_as: str
    rules: Path | None
    as_of: str
    only: Sequence[str]
    fail_on: Severity


def run(wanted: Wanted) -> int:
    """Write what is found; return 1 if something is as grave as asked."""
    day = wanted.as_of or today()
    try:
        check_day(wanted.as_of)
        _check_codes(wanted.only)
        outcome = _look(wanted, day)
    except InputError as error:
        show_problems(error.problems)
        return 2
    if wanted.written_as == "text":
        write(outcome, day, in_full=wanted.fail_on == "note" or bool(wanted.only))
    else:
        write_document(document(outcome, day) if wanted.written_as == "json" else sarif(outcome))
    sys.stdout.flush()
    grave = SEVERITIES[: SEVERITIES.index(wanted.fail_on) + 1]
    return int(any(one.kind.severity in grave for one in outcome.findings))


def _check_codes(codes: Sequence[str]) -> None:
    problems = [
        Problem("--only", 0, 0, f"`{code}` is no code of a finding", nearest(code, KINDS))
        for code in codes
        if code not in KINDS
    ]
    if problems:
        raise InputError(problems)


def _look(wanted: Wanted, day: str) -> Outcome:
    """Look for everything that is asked for; raise InputError for what is no folder of rules, and for scenarios."""
    folder = wanted.rules or rules_folder()
    prefix = f"{_shown(folder)}{os.sep}"
    if sys.stderr.isatty():
        say("adjudge: reading the rules, which takes some seconds")
    contents = read_folder(folder)
    try:
        loaded = load_with_places(contents, prefix)
        excuses = read_excuses(folder, prefix)
    except InputError as error:
        return Outcome(tuple(sorted({found_in(problem, "invalid") for problem in error.problems})))
    material = Material(loaded, _scenarios(wanted, loaded.knowledge), day)
    codes = looked_for(wanted.only)
    found = [one for check in progress(checks_for(codes), "checking") for one in find(check, material, codes)]
    return apply(found, excuses, codes)


def _shown(folder: Path) -> Path:
    """Return a folder as it is best called: from where one is, if it is below."""
    try:
        return Path(os.path.abspath(folder)).relative_to(Path.cwd())  # noqa: PTH100  (links stay as they are)
    except (OSError, ValueError):
        return folder


def _scenarios(wanted: Wanted, knowledge: Knowledge) -> list[Scenario]:
    """Read the scenarios that exercise the rules; raise InputError if one cannot be used."""
    paths = wanted.paths or ([] if wanted.rules else [str(scenarios_folder())])
    found, missing = inputs.find(paths)
    if missing:
        raise InputError(missing)
    return [read_scenario(one.read(), one.name, knowledge) for one in progress(found, "reading")]
