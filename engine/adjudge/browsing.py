"""Looking things up in the knowledge: what a name means, and everything known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from adjudge.words import show_requirement, show_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.knowledge import Knowledge, Rule

Thing = Literal["topic", "need", "choice", "attribute", "trait", "rule"]


class Found(NamedTuple):
    """Something that a name stands for."""

    thing: Thing
    id: str


def find(knowledge: Knowledge, name: str) -> Found | None:
    """Return what an id, a name or an alias stands for; ids come first, and capitals do not matter in names."""
    tables: tuple[tuple[Thing, object], ...] = (
        ("topic", knowledge.topics),
        ("choice", knowledge.choices),
        ("attribute", knowledge.attributes),
        ("need", knowledge.needs),
        ("trait", knowledge.traits),
    )
    for thing, table in tables:
        if name in table:  # type: ignore[operator]
            return Found(thing, name)
    if any(rule.id == name for rule in rules(knowledge)):
        return Found("rule", name)
    wanted = name.casefold()
    for choice in knowledge.choices.values():
        if wanted in (one.casefold() for one in (choice.name, *choice.aliases)):
            return Found("choice", choice.id)
    return None


def names(knowledge: Knowledge) -> Iterator[str]:
    """Yield every name that `find` knows."""
    for table in (knowledge.topics, knowledge.choices, knowledge.attributes, knowledge.needs, knowledge.traits):
        yield from table
    yield from dict.fromkeys(rule.id for rule in rules(knowledge))
    for choice in knowledge.choices.values():
        yield from (choice.name, *choice.aliases)


def rules(knowledge: Knowledge) -> Iterator[Rule]:
    """Yield every rule once; alternatives and the needs on which a principle bears are told apart by their tests."""
    seen = set()
    for rule in (*knowledge.derivations, *(rule for need in knowledge.needs.values() for rule in need.rules)):
        key = (rule.id, rule.tests)
        if key not in seen:
            seen.add(key)
            yield rule


def conditions(knowledge: Knowledge, rule: Rule) -> list[str]:
    """Return the conditions of a rule in words."""
    return [show_test(test, knowledge.attributes[test.attribute]) for test in rule.tests]


def consequence(knowledge: Knowledge, rule: Rule) -> str:
    """Return what follows from a rule in words."""
    subjects = " or ".join(map(knowledge.name, rule.subjects))
    if rule.traits:
        subjects = f"whatever has {', '.join(rule.traits)}" if rule.kind != "prefer" else f"by {', '.join(rule.traits)}"
    if rule.kind == "derive":
        return f"then {'; '.join(map(show_requirement, rule.derives))}"
    if rule.kind == "prefer":
        return f"prefer {subjects}" + ("" if rule.traits else f" over {', '.join(map(knowledge.name, rule.over))}")
    if rule.kind == "advise":
        return f"advise{f' about {subjects}' if subjects else ''}: {rule.advice}"
    return f"{rule.kind} {subjects}"


def bearing_on(knowledge: Knowledge, choice: str) -> list[Rule]:
    """Return the rules that speak of a choice."""
    return [rule for rule in rules(knowledge) if choice in (*rule.subjects, *rule.over)]


def of_topic(knowledge: Knowledge, topic: str) -> list[Rule]:
    """Return the rules of a topic, those that derive first."""
    return [rule for rule in rules(knowledge) if rule.basis in ("rule", "ladder") and rule.id.startswith(f"{topic}.")]


def asking_for(knowledge: Knowledge, attribute: str) -> list[Rule]:
    """Return the rules that test an attribute."""
    return [rule for rule in rules(knowledge) if any(test.attribute == attribute for test in rule.tests)]
