"""How facts, tests and requirements are put into words, the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge.facts import Fact, Outcome, Requirement, Test
    from adjudge.vocabulary import Attribute

_RELATIONS = {"is": "is", "is-not": "is not", "at-least": "is at least", "at-most": "is at most"}


def show_requirement(requirement: Requirement) -> str:
    """Write a requirement the way a scenario states it: `data.store: s3`."""
    value = requirement.value
    return f"{requirement.attribute}: {_shown(value)}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
    return str(value)


def show_answer(answer: object) -> str:
    """Write a possible answer to an attribute's question the way a scenario would state it."""
    return _shown(answer)


def show_fact(fact: Fact, attribute: Attribute) -> str:
    """Write a fact: `data.size is at least 1 PB`."""
    value = fact.value if isinstance(fact.value, str) else attribute.show(fact.value)
    return f"{fact.attribute} {_RELATIONS[fact.relation]} {value}"


def show_test(test: Test, attribute: Attribute) -> str:
    """Write what a test asks for: `data.store is s3 or rds`."""
    value = " or ".join(test.asked) if test.asked else attribute.show(test.bound)
    return f"{test.attribute} {_RELATIONS[test.relation]} {value}"


def describe(one: Outcome, attributes: Mapping[str, Attribute]) -> str:
    """Say in a few words how a test came out."""
    attribute = attributes[one.test.attribute]
    asked = show_test(one.test, attribute)
    if one.state == "open":
        return f"it is not known whether {asked}"
    if one.state == "held":
        return asked
    return f"needs that {asked}, but {' and '.join(show_fact(fact, attribute) for fact in one.seen)}"
