"""What a choice lacks: the rule that is closest to recommending it, and preconditions that nothing is known about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.facts import Outcome, outcome
from adjudge.knowledge import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.facts import Facts
    from adjudge.knowledge import Knowledge

_MANY, _FEW = 12, 6  # choices that nothing calls for: from when on only the nearest are told of, and how many
Lacking = tuple[int, str, str]  # how much a choice lacks, its name, and what it lacks


class Near(msgspec.Struct, frozen=True):
    """A rule that would recommend a choice, with how each of its conditions came out."""

    rule: Rule
    outcomes: tuple[Outcome, ...]


def examine(knowledge: Knowledge, rule: Rule, facts: Facts) -> tuple[Outcome, ...]:
    """Return how each condition of a rule came out: held, failed or open, and by which facts."""
    return tuple(outcome(test, facts, knowledge.attributes[test.attribute]) for test in rule.tests)


def unmet(knowledge: Knowledge, need: str, choice: str, facts: Facts, day: str) -> list[Rule]:
    """Return the preconditions of a choice that are neither known to hold nor known to fail."""
    found = []
    for rule in knowledge.needs[need].rules:
        if rule.basis == "requires" and choice in rule.subjects and rule.valid(day):
            states = {one.state for one in examine(knowledge, rule, facts)}
            if "open" in states and "failed" not in states:
                found.append(rule)
    return found


def keeping(knowledge: Knowledge, need: str, choice: str, day: str) -> list[Rule]:
    """Return the rules by which whoever runs a choice already may keep it although it is closed on an ISO date."""
    rules = knowledge.needs[need].rules
    return [rule for rule in rules if rule.kind == "keep" and choice in rule.subjects and rule.valid(day)]


def nearest_rule(knowledge: Knowledge, need: str, choice: str, facts: Facts, day: str) -> Near | None:
    """Return the rule that is closest to recommending a choice: fewest conditions failed, then fewest open."""
    found = []
    for rule in knowledge.needs[need].rules:
        if rule.kind == "recommend" and choice in rule.subjects and rule.valid(day):
            outcomes = examine(knowledge, rule, facts)
            states = [one.state for one in outcomes]
            found.append((states.count("failed"), states.count("open"), rule.id, Near(rule, outcomes)))
    return min(found, key=lambda one: one[:3])[3] if found else None


def split_nearest(found: Sequence[Lacking]) -> tuple[list[Lacking], list[str]]:
    """Split choices that nothing calls for into those to tell of, and the names of the rest where they are many."""
    if len(found) <= _MANY:
        return list(found), []
    ordered = sorted(found, key=lambda one: one[:2])
    return ordered[:_FEW], [name for _, name, _ in ordered[_FEW:]]
