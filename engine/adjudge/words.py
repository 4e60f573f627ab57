"""How facts, tests and requirements are put into words, the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.quantities import show_bound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge.facts import Fact, Outcome, Requirement, Test
    from adjudge.vocabulary import Attribute

_RELATIONS = {"is": "is", "is-not": "is not"}


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


def say_answer(answer: object, attribute: Attribute) -> str:
    """Write an answer to an attribute's question in the words of the vocabulary: `at least 1 PB`, `not: S3`."""
    if isinstance(answer, dict):
        between = ": " if "not" in answer else " "
        return " and ".join(
            f"{key.replace('-', ' ')}{between}{say_answer(one, attribute)}" for key, one in answer.items()
        )
    return str(answer) if attribute.kind == "quantity" else attribute.show(answer)


def show_fact(fact: Fact, attribute: Attribute) -> str:
    """Write a fact: `data.size is at least 1 PB`."""
    if isinstance(fact.value, str):
        return f"{fact.attribute} {_RELATIONS[fact.relation]} {fact.value}"
    return f"{fact.attribute} is {_bound(fact.relation, fact.value, attribute)}"


def show_test(test: Test, attribute: Attribute) -> str:
    """Write what a test asks for: `data.store is s3 or rds`."""
    if test.asked:
        return f"{test.attribute} {_RELATIONS[test.relation]} {' or '.join(test.asked)}"
    return f"{test.attribute} is {_bound(test.relation, test.bound, attribute)}"


def say_test(test: Test, attribute: Attribute) -> str:
    """Write what a test asks for in the words of the vocabulary: `“Where does the data lie today?” is answered: S3`."""
    if not test.asked:
        answer = _bound(test.relation, test.bound, attribute)
    elif attribute.kind == "boolean":
        answer = attribute.show("true" in test.asked)
    else:
        answer = " or ".join(attribute.show(value) for value in test.asked)
    return f"“{attribute.question}” is answered: {'not ' if test.relation == 'is-not' else ''}{answer}"


def _bound(relation: str, bound: int, attribute: Attribute) -> str:
    key, amount = show_bound(relation, bound, attribute.unit)
    return f"{key.replace('-', ' ')} {amount}"


def describe(one: Outcome, attributes: Mapping[str, Attribute]) -> str:
    """Say in a few words how a test came out."""
    attribute = attributes[one.test.attribute]
    asked = show_test(one.test, attribute)
    if one.state == "open":
        return f"it is not known whether {asked}"
    if one.state == "held":
        return asked
    return f"needs that {asked}, but {' and '.join(show_fact(fact, attribute) for fact in one.seen)}"
