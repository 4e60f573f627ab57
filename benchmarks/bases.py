"""Generated rule bases and scenarios, the same for every engine that is compared."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from adjudge.facts import Fact, Requirement, is_any
from adjudge.knowledge import Choice, Knowledge, Need, Rule
from adjudge.vocabulary import Attribute, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.facts import Test

ATTRIBUTES, VALUES, STATED = 60, 8, 20
CHOICES = 12


def base(rules: int, seed: int = 1) -> Knowledge:
    """Return a knowledge base with that many rules on one need.

    60 attributes of 8 values; a rule has 2 to 4 conditions, one in three of them on several values; one rule in ten
    derives a requirement on one of 10 further attributes, which every seventh rule asks for.
    """
    draw = random.Random(seed)
    attributes = {name: _attribute(name) for name in [*map(_name, range(ATTRIBUTES)), *map(_derived, range(10))]}
    attributes["need"] = Attribute("need", "multiple", "?", values={"n": Value("n", "n")}, narrower={"n": ("n",)})
    choices = {f"c{n}": Choice(f"c{n}", f"c{n}", "service", "", ("s",)) for n in range(CHOICES)}
    derivations, arguments = [], []
    for number in range(rules):
        names = draw.sample(range(ATTRIBUTES), draw.choice((2, 3, 3, 4)))
        tests = [_test(attributes[_name(one)], draw) for one in names]
        if number % 10 == 0:
            fact = Fact(_derived(draw.randrange(10)), "is", f"v{draw.randrange(VALUES)}")
            concluded = (Requirement(fact.attribute, str(fact.value), (fact,), "derived", f"r{number}"),)
            derivations.append(Rule(f"r{number}", "derive", tuple(tests), "-", ("s",), derives=concluded))
            continue
        if number % 7 == 0:
            tests[0] = _test(attributes[_derived(draw.randrange(10))], draw)
        subject = (f"c{draw.randrange(CHOICES)}",)
        arguments.append(Rule(f"r{number}", "recommend", tuple(tests), "-", ("s",), subject))
    needs = {"n": Need("n", "n", tuple(sorted(choices)), tuple(arguments))}
    return Knowledge(attributes, {}, choices, tuple(derivations), needs)


def scenarios(count: int, seed: int = 2) -> Iterator[tuple[Requirement, ...]]:
    """Yield scenarios that state the need and 20 of the 60 attributes."""
    draw = random.Random(seed)
    for _ in range(count):
        facts = [Fact(_name(one), "is", f"v{draw.randrange(VALUES)}") for one in draw.sample(range(ATTRIBUTES), STATED)]
        yield tuple(Requirement(f.attribute, str(f.value), (f,)) for f in (*facts, Fact("need", "is", "n")))


def _name(number: int) -> str:
    return f"a{number}"


def _derived(number: int) -> str:
    return f"d{number}"


def _attribute(name: str) -> Attribute:
    # Several derivations may conclude different values, so derived attributes can have several.
    values = {f"v{n}": Value(f"v{n}", f"v{n}") for n in range(VALUES)}
    kind = "multiple" if name.startswith("d") else "single"
    return Attribute(name, kind, "?", values=values, narrower={one: (one,) for one in values})


def _test(attribute: Attribute, draw: random.Random) -> Test:
    count = draw.choice((1, 1, 2))
    return is_any(attribute, tuple(f"v{n}" for n in sorted(draw.sample(range(VALUES), count))))
