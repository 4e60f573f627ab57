"""How facts, tests and requirements are put into words, the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.quantities import show_bound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


def listed(names: Sequence[str], word: str = "and") -> str:
    """Write names as a sentence has them."""
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else ""]))


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
    return f"“{attribute.question}” is answered: {asked_answer(test, attribute)}"


def asked_answer(test: Test, attribute: Attribute) -> str:
    """Write the answer that a test asks for in the words of the vocabulary: `anything but “Amazon S3”`."""
    if not test.asked:
        return _bound(test.relation, test.bound, attribute)
    if attribute.kind == "boolean":
        return attribute.show(("true" in test.asked) == (test.relation == "is"))
    if test.relation == "is-not":
        return _other_than(test.asked[0], attribute)
    return either([attribute.show(value) for value in test.asked])


def either(answers: Sequence[str]) -> str:
    """Write answers of which one will do, apart from each other even where they have commas."""
    if len(answers) > 1 and any("," in one for one in answers):
        return " or ".join(map(quoted, answers))
    return listed(answers, "or")


def _other_than(value: str, attribute: Attribute) -> str:
    """Write that an answer is not a value; of two values, that it is the other."""
    if attribute.kind == "multiple":  # anything else may be so besides
        return f"not “{attribute.show(value)}”"
    others = [one for one in attribute.values if one != value]
    return attribute.show(others[0]) if len(others) == 1 else f"anything but “{attribute.show(value)}”"


def say_requirement(requirement: Requirement, attribute: Attribute) -> str:
    """Write the answer that a requirement gives to the question of its attribute: `Amazon S3`, `at least 1 PB`."""
    bounds = {fact.relation: fact.value for fact in requirement.facts if isinstance(fact.value, int)}
    if len(set(bounds.values())) == 1 and len(bounds) > 1:  # exactly so much
        return attribute.show(requirement.facts[0].value)
    return " and ".join(known_answer(fact, attribute) for fact in requirement.facts)


def known_answer(fact: Fact, attribute: Attribute) -> str:
    """Write the answer that a fact gives in the words of the vocabulary: `S3`."""
    if isinstance(fact.value, int):
        return _bound(fact.relation, fact.value, attribute)
    if attribute.kind == "boolean":
        return attribute.show((fact.value == "true") == (fact.relation == "is"))
    return _other_than(fact.value, attribute) if fact.relation == "is-not" else attribute.show(fact.value)


def say_answer(answer: object, attribute: Attribute) -> str:
    """Write a possible answer to an attribute's question in the words of the vocabulary."""
    if not isinstance(answer, dict):
        return attribute.show(answer)
    if attribute.kind == "quantity":
        if len(answer) > 1 and len(set(answer.values())) == 1:
            return f"exactly {next(iter(answer.values()))}"
        return " and ".join(f"{key.replace('-', ' ')} {amount}" for key, amount in answer.items())
    return " and ".join(
        attribute.show(value) if key == "is" else _other_than(value, attribute) for key, value in answer.items()
    )


def _bound(relation: str, bound: int, attribute: Attribute) -> str:
    key, amount = show_bound(relation, bound, attribute.unit)
    return f"{key.replace('-', ' ')} {amount}"


def say_lack(one: Outcome, attribute: Attribute) -> str:
    """Say in the words of the vocabulary what a condition that does not hold would take."""
    seen = " and ".join(known_answer(fact, attribute) for fact in one.seen)
    found = f"but it is {quoted(seen)}" if seen else "which is not known"
    return f"“{attribute.question}” would have to be answered {quoted(asked_answer(one.test, attribute))}, {found}"


def quoted(answer: str) -> str:
    """Write an answer between quotation marks, unless it has such already."""
    return answer if "“" in answer else f"“{answer}”"


def say_need(one: Outcome, attribute: Attribute, *, also: bool = False) -> str:
    """Write a condition that does not hold as its question with the answer it takes; `also` if others are known."""
    besides = "also " if also and attribute.kind == "multiple" and one.state == "open" else ""
    seen = " and ".join(known_answer(fact, attribute) for fact in one.seen)
    instead = f" instead of {quoted(seen)}" if seen else ""
    if seen and attribute.kind == "multiple" and all(fact.relation == "is-not" for fact in one.seen):
        instead = ", which is known not to be so"
    return f"{attribute.question} {besides}{asked_answer(one.test, attribute)}{instead}"


def describe(one: Outcome, attributes: Mapping[str, Attribute]) -> str:
    """Say in a few words how a test came out."""
    attribute = attributes[one.test.attribute]
    asked = show_test(one.test, attribute)
    if one.state == "open":
        return f"it is not known whether {asked}"
    if one.state == "held":
        return asked
    return f"needs that {asked}, but {' and '.join(show_fact(fact, attribute) for fact in one.seen)}"
