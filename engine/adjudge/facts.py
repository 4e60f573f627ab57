"""What is known: requirements, the facts they come down to, and the tests that rules make on them.

Knowledge is three-valued. A test holds, fails, or is open because too little is known; a rule fires only
if all of its tests hold. Everything here is defined by `witnesses` and `outcome`; the engines are faster
ways to the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from adjudge.vocabulary import Attribute

Relation = Literal["is", "is-not", "at-least", "at-most"]
Origin = Literal["stated", "read", "derived", "assumed"]


class Fact(NamedTuple):
    """The smallest thing that can be known: an attribute, a relation, and a value id or an integer."""

    attribute: str
    relation: Relation
    value: str | int


class Requirement(msgspec.Struct, frozen=True, array_like=True):
    """One attribute with its value as it was stated, read, derived or assumed.

    `said` is what people wrote (a mapping such as {not: s3} as its pairs); `by` is the rule that derived it;
    `span` is where it was read in prose.
    """

    attribute: str
    said: str | bool | int | float | tuple[tuple[str, str | int | float], ...]
    facts: tuple[Fact, ...]
    origin: Origin = "stated"
    by: str | None = None
    span: tuple[int, int] | None = None

    @property
    def value(self) -> Any:
        """The value as it is written in a scenario."""
        return dict(self.said) if isinstance(self.said, tuple) else self.said


class Test(msgspec.Struct, frozen=True, array_like=True):
    """One condition of a rule.

    `asked` is what the rule names. The test holds if a value in `yes` is known to be true, if a value in `no`
    is known to be false, or if the known bounds reach `bound`.
    """

    __test__ = False  # it is no test of pytest's

    attribute: str
    relation: Relation
    asked: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    bound: int = 0


class Known(msgspec.Struct, frozen=True):
    """All that is known of one attribute: true values, false values, bounds. Tuples are sorted."""

    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def facts(self, attribute: str) -> Iterator[Fact]:
        """Yield the facts that make up this knowledge."""
        yield from (Fact(attribute, "is", value) for value in self.true)
        yield from (Fact(attribute, "is-not", value) for value in self.false)
        if self.least is not None:
            yield Fact(attribute, "at-least", self.least)
        if self.most is not None:
            yield Fact(attribute, "at-most", self.most)


NOTHING = Known()
Facts = dict[str, Known]


class ContradictionError(Exception):
    """Two facts that cannot both be true."""

    def __init__(self, new: Fact, old: Fact) -> None:
        self.new, self.old = new, old
        super().__init__(f"{new} contradicts {old}")


def learn(known: Known, fact: Fact, attribute: Attribute) -> Known:
    """Add a fact to what is known of its attribute; raise ContradictionError if it cannot be."""
    name, relation, value = fact
    if isinstance(value, int):
        return _learn_bound(known, fact, value)
    if relation == "is":
        for other in known.true:
            if attribute.kind in ("single", "boolean") and not attribute.comparable(value, other):
                raise ContradictionError(fact, Fact(name, "is", other))
        for other in known.false:
            if other == value or other in attribute.values[value].broader:
                raise ContradictionError(fact, Fact(name, "is-not", other))
        return msgspec.structs.replace(known, true=_with(known.true, value))
    for other in known.true:
        if other == value or value in attribute.values[other].broader:
            raise ContradictionError(fact, Fact(name, "is", other))
    return msgspec.structs.replace(known, false=_with(known.false, value))


def _learn_bound(known: Known, fact: Fact, value: int) -> Known:
    name = fact.attribute
    if fact.relation == "at-least":
        if known.most is not None and value > known.most:
            raise ContradictionError(fact, Fact(name, "at-most", known.most))
        return msgspec.structs.replace(known, least=value if known.least is None else max(known.least, value))
    if known.least is not None and value < known.least:
        raise ContradictionError(fact, Fact(name, "at-least", known.least))
    return msgspec.structs.replace(known, most=value if known.most is None else min(known.most, value))


def _with(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return values if value in values else tuple(sorted((*values, value)))


def gather(requirements: Iterable[Requirement], attributes: Mapping[str, Attribute]) -> Facts:
    """Turn requirements into facts by attribute; raise ContradictionError if two cannot both be true."""
    facts: Facts = {}
    for requirement in requirements:
        for fact in requirement.facts:
            name = fact.attribute
            known = facts.get(name)
            if known is None and fact.relation == "is":
                facts[name] = Known((str(fact.value),))
            else:
                facts[name] = learn(known or NOTHING, fact, attributes[name])
    return facts


def witnesses(test: Test, facts: Facts) -> list[Fact]:
    """Return the facts each of which makes the test hold; none if it does not hold."""
    known = facts.get(test.attribute)
    if known is None:
        return []
    name = test.attribute
    if test.relation == "at-least":
        return [Fact(name, "at-least", known.least)] if known.least is not None and known.least >= test.bound else []
    if test.relation == "at-most":
        return [Fact(name, "at-most", known.most)] if known.most is not None and known.most <= test.bound else []
    found = [Fact(name, "is", value) for value in known.true if value in test.yes]
    return found + [Fact(name, "is-not", value) for value in known.false if value in test.no]


class Outcome(msgspec.Struct, frozen=True):
    """How one test came out, and the facts that decided it (none while it is open)."""

    test: Test
    state: Literal["held", "failed", "open"]
    seen: tuple[Fact, ...] = ()


def outcome(test: Test, facts: Facts, attribute: Attribute) -> Outcome:
    """Tell whether a test holds, fails or is open, and by which facts."""
    held = witnesses(test, facts)
    if held:
        return Outcome(test, "held", tuple(held))
    known = facts.get(test.attribute)
    if known is None:
        return Outcome(test, "open")
    seen: list[Fact] = []
    for opposite in opposites(test, attribute):
        against = witnesses(opposite, facts)
        if not against:
            return Outcome(test, "open")
        seen += against[:1]
    return Outcome(test, "failed", tuple(dict.fromkeys(seen)))


def opposites(test: Test, attribute: Attribute) -> tuple[Test, ...]:
    """Return the tests which, all holding, make this one false."""
    name = test.attribute
    if test.relation == "at-least":
        return (Test(name, "at-most", bound=test.bound - 1),)
    if test.relation == "at-most":
        return (Test(name, "at-least", bound=test.bound + 1),)
    if test.relation == "is":
        return tuple(is_not(attribute, value) for value in test.asked)
    return (is_any(attribute, test.asked),)


def is_any(attribute: Attribute, asked: tuple[str, ...]) -> Test:
    """Return the test that one of the asked values is true."""
    return Test(attribute.id, "is", asked, yes=attribute.affirming(asked))


def is_not(attribute: Attribute, asked: str) -> Test:
    """Return the test that the asked value is false."""
    no = tuple(sorted((asked, *attribute.values[asked].broader)))
    return Test(attribute.id, "is-not", (asked,), yes=attribute.excluding(asked), no=no)
