"""What could be stated so that a condition of a rule holds, or a default does not come in."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Any

from adjudge.facts import Requirement, witnesses
from adjudge.quantities import show_bound, show_quantity
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from adjudge.facts import Facts, Test
    from adjudge.knowledge import Rule
    from adjudge.vocabulary import Attribute

_FEW = 4  # answers that are tried for one condition
_MANY = 16  # combinations of them that are tried for one rule

Statements = tuple[Requirement, ...]


def ways_to_fire(rule: Rule, facts: Facts, attributes: Mapping[str, Attribute]) -> Iterator[Statements]:
    """Yield statements each of which, added to what is known, makes all conditions of a rule hold."""
    lacking = [test for test in dict.fromkeys(rule.tests) if not witnesses(test, facts)]
    ways = [list(islice(_ways(test, attributes), _FEW)) for test in lacking]
    for chosen in islice(product(*ways), _MANY):
        yield tuple(dict.fromkeys(one for part in chosen for one in part))


def _ways(test: Test, attributes: Mapping[str, Attribute]) -> Iterator[Statements]:
    """Yield statements each of which makes a test hold, what the rule asks for first."""
    name, attribute = test.attribute, attributes[test.attribute]
    answers: list[Any]
    if attribute.kind == "quantity":
        answers = [dict([show_bound(test.relation, test.bound, attribute.unit)])]
    elif attribute.kind == "boolean":
        answers = [value == "true" for value in test.yes]
    elif test.relation == "is-not":
        answers = [*({"not": value} for value in test.asked), *test.yes]
    else:
        answers = list(dict.fromkeys((*test.asked, *test.yes)))
    yield from (tuple(read_statement(name, answer, attributes)) for answer in answers)


def contraries(requirement: Requirement, attribute: Attribute) -> Iterator[Statements]:
    """Yield statements that take the place of a default and say otherwise."""
    attributes = {attribute.id: attribute}
    known = {fact.value for fact in requirement.facts if fact.relation == "is"}
    if attribute.kind == "boolean":
        answers: list[Any] = [value == "true" for value in attribute.values if value not in known]
    elif attribute.kind == "quantity":
        answers = []
    else:
        others = [value for value in attribute.values if value not in known]
        answers = [*({"not": value} for value in sorted(map(str, known))), *others]
    yield from (tuple(read_statement(attribute.id, answer, attributes)) for answer in answers[:_FEW])


def setting(requirements: Iterable[Requirement], attribute: Attribute) -> str:
    """Write all that is stated of an attribute as the option `--set` takes it: `data.store=s3`."""
    facts = [fact for one in requirements for fact in one.facts]
    if attribute.kind == "quantity":
        least = max((int(f.value) for f in facts if f.relation == "at-least"), default=None)
        most = min((int(f.value) for f in facts if f.relation == "at-most"), default=None)
        if least is not None and least == most:
            return f"{attribute.id}={show_quantity(least, attribute.unit)}"
        bounds = {"at-least": least, "at-most": most}
        shown = (show_bound(key, bound, attribute.unit) for key, bound in bounds.items() if bound is not None)
        return f"{attribute.id}={{{', '.join(f'{key}: {amount}' for key, amount in shown)}}}"
    true = [str(fact.value) for fact in facts if fact.relation == "is"]
    false = [str(fact.value) for fact in facts if fact.relation == "is-not"]
    if len(true) == 1 and not false:
        return f"{attribute.id}={true[0]}"
    parts = [f"{key}: [{', '.join(values)}]" for key, values in (("is", true), ("not", false)) if values]
    return f"{attribute.id}={{{', '.join(parts)}}}"
