"""Scenarios in prose, and corrections to what was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from adjudge.errors import InputError, Problem, ScenarioError
from adjudge.reading.prose import read_prose, settle
from adjudge.scenario import Scenario
from adjudge.statements import MisfitError, find_attribute, read_statement
from adjudge.yamlfile import YamlFile, decode, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluator
    from adjudge.facts import Requirement
    from adjudge.knowledge import Knowledge

_KEYS = re.compile(r"^(?:scenario|requirements|text|as_of|expect|question)\s*:", re.MULTILINE)
_TITLE = 80  # characters of a title


def is_prose(name: str, text: str) -> bool:
    """Tell whether a text is prose rather than the YAML of a scenario: by its ending, else by its content."""
    if name.endswith((".txt", ".md")):
        return True
    if name.endswith((".yaml", ".yml")) or text.lstrip()[:1] in ("", "{", "["):
        return False
    return not _KEYS.search(text)


def read_situation(content: bytes, name: str, evaluator: Evaluator, day: str) -> Scenario:
    """Read a scenario from prose as of an ISO date; raise ScenarioError if nothing in it is understood."""
    try:
        text = decode(content, name)
    except InputError as error:
        raise ScenarioError(error.problems) from None
    reading, _ = settle(read_prose(text, evaluator.knowledge), lambda stated: evaluator.infer(stated, day))
    if not reading.requirements:
        hint = "state it in other words, or as YAML; `adjudge evaluate --help` tells how"
        raise ScenarioError([Problem(name, 0, 0, "states nothing that adjudge understands", hint)])
    first = next(line.strip(" #*") for line in text.splitlines() if line.strip())
    title = first if len(first) <= _TITLE else f"{first[: _TITLE - 1].rpartition(' ')[0]}…"
    lines = tuple(text.splitlines())
    return Scenario(title, text, "", reading.requirements, (), YamlFile(name, lines, {}, {}, {}), reading=reading)


def corrected(scenario: Scenario, said: Iterable[str], unsaid: Iterable[str], knowledge: Knowledge) -> Scenario:
    """Return a scenario in which some attributes are stated anew (`attribute=value`) and some not at all."""
    changes: dict[str, list[Requirement]] = {}
    problems = []
    for one in unsaid:
        try:
            changes[find_attribute(one, knowledge.attributes).id] = []
        except MisfitError as error:
            problems.append(Problem("--unset", 0, 0, str(error), error.hint))
    for one in said:
        name, sign, value = one.partition("=")
        if not sign:
            problems.append(Problem("--set", 0, 0, f"`{one}` sets nothing", "write it like data.store=s3"))
            continue
        try:
            written = parse(f"{name.strip()}: {value.strip()}", "--set").data
            changes.setdefault(name.strip(), []).extend(
                read_statement(name.strip(), written[name.strip()], knowledge.attributes)
            )
        except MisfitError as error:
            problems.append(Problem("--set", 0, 0, str(error), error.hint))
        except InputError as error:
            problems += [msgspec.structs.replace(problem, line=0, column=0, text="") for problem in error.problems]
    if problems:
        raise ScenarioError(problems)
    kept = tuple(one for one in scenario.requirements if one.attribute not in changes)
    added = tuple(one for found in changes.values() for one in found)
    return msgspec.structs.replace(scenario, requirements=(*kept, *added))
