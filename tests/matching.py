"""Rules and facts for the tests of the engines, made without files."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from adjudge.facts import gather, witnesses
from adjudge.knowledge import Rule
from adjudge.statements import read_condition, read_statement
from bases import knowledge_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge.facts import Facts
    from adjudge.vocabulary import Attribute

Attributes = dict[str, "Attribute"]

_SKY = [{"id": "clear"}, {"id": "cloudy"}, {"id": "overcast", "broader": ["cloudy"]}]
_FALLS = [{"id": "rain"}, {"id": "drizzle", "broader": ["rain"]}, {"id": "snow"}]
WEATHER = (
    {"id": "sky", "kind": "single", "values": _SKY},
    {"id": "falls", "kind": "multiple", "values": _FALLS},
    {"id": "windy", "kind": "boolean"},
    {"id": "degrees", "kind": "quantity", "unit": "count"},
)


def attributes_of(*entries: dict[str, Any]) -> Attributes:
    """Return a vocabulary."""
    return dict(knowledge_of({"vocabulary": {"attributes": list(entries)}}).attributes)


def rule_of(attributes: Mapping[str, Attribute], when: dict[str, Any], name: str = "t.rule") -> Rule:
    """Return a rule with conditions as they are written, and nothing that follows."""
    tests = tuple(test for attribute, asked in when.items() for test in read_condition(attribute, asked, attributes))
    return Rule(name, "advise", tests, "", ())


def facts_of(attributes: Mapping[str, Attribute], said: dict[str, Any]) -> Facts:
    """Return the facts that statements come down to."""
    return gather((one for name, value in said.items() for one in read_statement(name, value, attributes)), attributes)


def fired(rules: Sequence[Rule], facts: Facts) -> tuple[int, ...]:
    """Match rules the slow way: what it means that they fire."""
    return tuple(number for number, rule in enumerate(rules) if all(witnesses(test, facts) for test in rule.tests))


def seeded(seed: int) -> Random:
    """Return a source of the same numbers each time."""
    return Random(seed)  # noqa: S311  (nothing here is secret)


def drawn_base(count: int, random: Random) -> tuple[Attributes, list[Rule]]:
    """Return a vocabulary of forty attributes, and so many rules about it."""
    values = [{"id": f"v{number}"} for number in range(12)]
    attributes = attributes_of(
        *({"id": f"single{n}", "kind": "single", "values": values} for n in range(15)),
        *({"id": f"multiple{n}", "kind": "multiple", "values": values} for n in range(15)),
        *({"id": f"boolean{n}", "kind": "boolean"} for n in range(5)),
        *({"id": f"quantity{n}", "kind": "quantity", "unit": "count"} for n in range(5)),
    )
    names = sorted(attributes)
    conditions = (
        {name: _asked(attributes[name], random) for name in random.sample(names, random.randint(1, 3))}
        for _ in range(count)
    )
    return attributes, [rule_of(attributes, when, f"t.rule{number}") for number, when in enumerate(conditions)]


def drawn_facts(attributes: Mapping[str, Attribute], count: int, random: Random) -> Facts:
    """Return facts about so many attributes."""
    return facts_of(
        attributes, {name: _said(attributes[name], random) for name in random.sample(sorted(attributes), count)}
    )


def _asked(attribute: Attribute, random: Random) -> Any:
    if attribute.kind == "boolean":
        return random.random() < 0.5
    if attribute.kind == "quantity":
        return {random.choice(("at-least", "at-most", "above", "below")): random.randint(1, 30)}
    values = random.sample(sorted(attribute.values), random.randint(1, 3))
    return random.choice((values, values[0], {"not": values[0]}))


def _said(attribute: Attribute, random: Random) -> Any:
    if attribute.kind == "boolean":
        return random.random() < 0.5
    if attribute.kind == "quantity":
        return random.randint(0, 30)
    values = random.sample(sorted(attribute.values), 4)
    return (
        random.choice((values[0], {"not": values[1:]}))
        if attribute.kind == "single"
        else {"is": values[:2], "not": values[2:]}
    )
