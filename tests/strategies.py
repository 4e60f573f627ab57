"""Knowledge bases and scenarios for the laws in `test_laws.py`, drawn by hypothesis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import msgspec
from hypothesis import strategies as st

from adjudge.facts import NOTHING, ContradictionError, Fact, Known, Requirement, Test, learn
from adjudge.knowledge import CLOSING
from adjudge.loading import load
from adjudge.quantities import LIMIT, show_quantity
from adjudge.statements import read_statement
from bases import Files, files_of, shipped_knowledge, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from adjudge.knowledge import Knowledge, Rule
    from adjudge.vocabulary import Attribute

NEEDS = ("need-1", "need-2")
GOALS = ("goal-1", "goal-2")
CHOICES = ("alder", "birch", "cedar", "dogwood", "elm")
DAYS = ("2019-12-31", "2020-01-01", "2021-12-31", "2023-06-01")
VALUES = ("v1", "v2", "v3", "v4", "v5")
SINGLE, MULTIPLE, BOOLEAN = ("soil",), ("pests", "guests"), ("frost", "wind", "salt")
EVENTS = ("announced", "renamed", *CLOSING, *CLOSING, "reopened")
QUANTITY, ASSUMED, TOOLS = "height", "watered", "tools"
TOPICAL = ("recommend", "prefer", "prefer", "reject", "advise")
TRAITS = {"bark": ("rough", "smooth", "papery"), "growth": ("quick", "slow")}

Base = dict[str, Any]


@dataclass(frozen=True)
class World:
    """Knowledge, what a scenario states about it, and the day; `base` is what generated knowledge was made of."""

    knowledge: Knowledge
    said: dict[str, Any]
    day: str
    base: Base | None = None

    def __repr__(self) -> str:
        base = msgspec.json.encode(self.base).decode() if self.base else "shipped"
        return f"World(said={self.said}, day={self.day!r}, base={base})"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Let hypothesis show this and not all of the knowledge."""
        printer.text(repr(self))

    def stated(self) -> list[Requirement]:
        """Return what is stated as requirements."""
        attributes = self.knowledge.attributes
        return [
            requirement for name, said in self.said.items() for requirement in read_statement(name, said, attributes)
        ]


@st.composite
def generated_worlds(draw: DrawFn) -> World:
    """Draw small knowledge with a scenario."""
    base = draw(bases())
    knowledge = compiled(files_of(base))
    return World(knowledge, draw(statements(knowledge)), draw(st.sampled_from(DAYS)), base)


@st.composite
def shipped_worlds(draw: DrawFn) -> World:
    """Draw a scenario in the shipped vocabulary."""
    knowledge = shipped_knowledge()
    return World(knowledge, draw(statements(knowledge)), draw(st.sampled_from(("2021-12-31", "2026-11-22"))))


def compiled(files: Files) -> Knowledge:
    """Load the files of a drawn base. Its rules have no true examples, so these are not checked."""
    with patch("adjudge.loading.check_examples", return_value=[]):
        return load(written(files))


# --- scenarios ---------------------------------------------------------------------------------------------------


@st.composite
def statements(draw: DrawFn, knowledge: Knowledge) -> dict[str, Any]:
    """Draw what a scenario states: what makes some rules fire, some more facts, and some needs."""
    need = draw(st.sampled_from(sorted(knowledge.needs)))
    rules = [*knowledge.needs[need].rules, *knowledge.derivations]
    kinds: dict[str, list[Rule]] = {}
    for rule in rules:
        kinds.setdefault(rule.kind, []).append(rule)
    facts = [Fact("need", "is", need)] if draw(st.integers(0, 3)) else []
    for kind in draw(st.permutations(sorted(kinds)))[: draw(st.integers(1, len(kinds)))]:
        facts += [draw(_witness(test)) for test in draw(st.sampled_from(kinds[kind])).tests]
    facts += draw(st.lists(_facts(knowledge, rules), max_size=4))
    if draw(st.booleans()):
        facts.append(draw(any_fact(knowledge.attributes["goal"], rules)))
    return statement_of(knowledge, facts)


def _witness(test: Test) -> SearchStrategy[Fact]:
    """Draw a fact that makes a test hold."""
    if test.relation in ("at-least", "at-most"):
        sign = 1 if test.relation == "at-least" else -1
        return st.integers(0, 2).map(lambda more: Fact(test.attribute, test.relation, test.bound + sign * more))
    ways = [Fact(test.attribute, "is", value) for value in test.yes]
    return st.sampled_from([*ways, *(Fact(test.attribute, "is-not", value) for value in test.no)])


def _facts(knowledge: Knowledge, rules: Sequence[Rule]) -> SearchStrategy[Fact]:
    """Draw a fact about an attribute that some rules ask about."""
    asked = sorted({"goal", *(test.attribute for rule in rules for test in rule.tests)} - {"need"})
    return st.sampled_from([knowledge.attributes[name] for name in asked]).flatmap(lambda one: any_fact(one, rules))


def any_fact(attribute: Attribute, rules: Iterable[Rule]) -> SearchStrategy[Fact]:
    """Draw a fact about an attribute; amounts lie near those that rules ask for."""
    if attribute.kind == "quantity":
        asked = {test.bound for rule in rules for test in rule.tests if test.attribute == attribute.id}
        near = sorted(amount + step for amount in asked for step in (-1, 0, 1)) or [1]
        return st.builds(Fact, st.just(attribute.id), st.sampled_from(("at-least", "at-most")), st.sampled_from(near))
    relations = ("is",) if attribute.kind == "boolean" else ("is", "is", "is-not")
    return st.builds(Fact, st.just(attribute.id), st.sampled_from(relations), st.sampled_from(sorted(attribute.values)))


def statement_of(knowledge: Knowledge, facts: Iterable[Fact]) -> dict[str, Any]:
    """State facts as a scenario does, without those that contradict the ones before them."""
    known: dict[str, Known] = {}
    for fact in facts:
        if isinstance(fact.value, str) or 0 <= fact.value <= LIMIT:
            try:
                then = learn(known.get(fact.attribute, NOTHING), fact, knowledge.attributes[fact.attribute])
            except ContradictionError:
                continue
            known[fact.attribute] = then
    return {name: _said(knowledge.attributes[name], one) for name, one in known.items()}


def _said(attribute: Attribute, known: Known) -> Any:
    if attribute.kind == "boolean":
        return known.true == ("true",)
    if attribute.kind == "quantity":
        bounds = {"at-least": known.least, "at-most": known.most}
        return {key: show_quantity(bound, attribute.unit) for key, bound in bounds.items() if bound is not None}
    return {key: list(values) for key, values in (("is", known.true), ("not", known.false)) if values}


# --- knowledge ---------------------------------------------------------------------------------------------------


@st.composite
def bases(draw: DrawFn, *, circles: bool = False) -> Base:
    """Draw a base with every kind of attribute, condition, rule and date."""
    values = {name: draw(_values(1)) for name in SINGLE} | {name: draw(_values(2)) for name in (*MULTIPLE, TOOLS)}
    attributes = [
        {"id": "need", "kind": "multiple", "values": [{"id": need} for need in NEEDS]},
        {"id": "goal", "kind": "multiple", "values": [{"id": goal} for goal in GOALS]},
        *({"id": name, "kind": "single", "values": values[name]} for name in SINGLE),
        *({"id": name, "kind": "multiple", "values": values[name]} for name in MULTIPLE),
        *({"id": name, "kind": "boolean"} for name in BOOLEAN),
        {"id": QUANTITY, "kind": "quantity", "unit": "count"},
        {"id": ASSUMED, "kind": "boolean", "assume": draw(st.booleans()), "assume-because": "It mostly is so."},
        {"id": TOOLS, "kind": "multiple", "values": values[TOOLS], "assume": VALUES[0], "assume-because": "So it is."},
        {"id": "existing", "kind": "multiple", "values": [{"id": choice} for choice in CHOICES]},
    ]
    traits = [
        {"id": name, "goal": goal, "values": [{"id": level} for level in levels]}
        for (name, levels), goal in zip(TRAITS.items(), GOALS, strict=True)
    ]
    conditions = _conditions({name: [value["id"] for value in listed] for name, listed in values.items()})
    choices = [draw(_choice(name, conditions)) for name in CHOICES]
    having = st.sampled_from(sorted({(t, said["is"]) for c in choices for t, said in c["traits"].items()})).map(
        lambda held: dict([held])
    )
    derivable = list(_derivable({name: values[name] for name in (*SINGLE, *MULTIPLE)}))
    kinds = draw(st.sampled_from(("", "reject", "prefer", "reject prefer", "prefer prefer"))).split()
    general = [draw(_general("derive", conditions, having, derivable)) for _ in range(draw(st.integers(1, 4)))]
    general += [draw(_general(kind, conditions, having, derivable)) for kind in kinds]
    topics = [{"topic": "general", "rules": _numbered(general)}]
    for need in NEEDS:
        kinds = ["recommend", "prefer", *draw(st.lists(st.sampled_from(TOPICAL), min_size=1, max_size=5))]
        rules = [draw(_rule(kind, conditions, having, circles=circles)) for kind in kinds]
        ladders = draw(st.lists(_ladder(conditions), max_size=1))
        topics.append({"topic": need, "need": need, "rules": _numbered(rules), "ladders": _numbered(ladders, "ladder")})
    return {
        "vocabulary": {"attributes": attributes, "traits": traits},
        "catalog": {"choices": choices},
        "decisions": topics,
    }


@st.composite
def _values(draw: DrawFn, most: int) -> list[dict[str, Any]]:
    """Draw values, each a kind of at most so many of those before it."""
    names = VALUES[: draw(st.integers(2, len(VALUES)))]
    values: list[dict[str, Any]] = []
    for index, name in enumerate(names):
        above = st.lists(st.sampled_from(names[:index]), max_size=most, unique=True) if index else st.just([])
        values.append({"id": name, "broader": draw(above)})
    return values


def _conditions(values: dict[str, list[str]]) -> SearchStrategy[dict[str, Any]]:
    """Draw one or two conditions."""
    asks = {
        **{name: st.one_of(_some(values[name]), _some(values[name]).map(_not)) for name in values},
        **{name: st.booleans() for name in (*BOOLEAN, ASSUMED)},
        QUANTITY: _bounds(),
        "goal": _some(GOALS),
    }
    for name in (*MULTIPLE, TOOLS):
        asks[name] |= _some(values[name]).map(lambda said: {"all": said})
    return st.lists(st.sampled_from(sorted(asks)), min_size=1, max_size=2, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: asks[name] for name in names})
    )


def _some(values: Sequence[str]) -> SearchStrategy[Any]:
    return st.sampled_from(values) | st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


def _not(said: Any) -> dict[str, Any]:
    return {"not": said}


def _bounds() -> SearchStrategy[dict[str, int]]:
    amounts = st.integers(1, 6)
    one_sided = st.builds(
        lambda key, amount: {key: amount}, st.sampled_from(("at-least", "at-most", "above", "below")), amounts
    )
    return one_sided | st.builds(lambda low, more: {"at-least": low, "at-most": low + more}, amounts, st.integers(0, 3))


def _dates() -> SearchStrategy[dict[str, str]]:
    """Draw from when until when something holds; mostly always."""
    return st.sampled_from(({}, {}, {}, {"from": DAYS[1]}, {"until": DAYS[1]}, {"from": DAYS[1], "until": DAYS[3]}))


@st.composite
def _choice(draw: DrawFn, name: str, conditions: SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    constraints = st.builds(
        lambda that, when, dates: {"that": that, "when": when, **dates}, conditions, st.just({}) | conditions, _dates()
    )
    events = st.fixed_dictionaries(
        {
            "event": st.sampled_from(EVENTS),
            "date": st.sampled_from(DAYS[1:]),
            "confidence": st.sampled_from(("verified", "recalled")),
        }
    )
    lifecycle = _possible(draw(st.lists(events, max_size=4))) if draw(st.integers(0, 2)) == 0 else []
    closes = any(one["event"] == "closed-to-new-customers" for one in lifecycle)
    return {
        "id": name,
        "serves": draw(st.sampled_from((NEEDS, NEEDS, NEEDS[:1], []))),
        "traits": {
            trait: {"is": draw(st.sampled_from(levels))}
            for trait, levels in TRAITS.items()
            if name == CHOICES[0] or draw(st.booleans())
        },
        "requires": [draw(constraints)] if draw(st.integers(0, 3)) == 0 else [],
        "limits": [draw(constraints)] if draw(st.integers(0, 3)) == 0 else [],
        "lifecycle": lifecycle,
        "existing": [name] if closes and draw(st.integers(0, 3)) else [],
    }


def _possible(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what reopens a choice that was never closed, and give what is renamed a name."""
    closings = [one["date"] for one in events if one["event"] in CLOSING]
    return [
        {**one, "name": f"New {one['date']}"} if one["event"] == "renamed" else one
        for one in events
        if one["event"] != "reopened" or min(closings, default=one["date"]) < one["date"]
    ]


@st.composite
def _when(draw: DrawFn, conditions: SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    ways = draw(st.lists(conditions, min_size=1, max_size=2)) if draw(st.integers(0, 3)) == 0 else []
    given = {} if ways and draw(st.booleans()) else draw(conditions)
    return {"when": given, "when-any": ways, **draw(_dates())}


@st.composite
def _rule(
    draw: DrawFn,
    kind: str,
    conditions: SearchStrategy[dict[str, Any]],
    having: SearchStrategy[dict[str, str]],
    *,
    circles: bool,
) -> dict[str, Any]:
    """Draw a rule of a topic; without `circles`, what comes first in CHOICES is preferred to what comes later."""
    choice = draw(st.sampled_from(CHOICES))
    if kind == "recommend":
        said: dict[str, Any] = {"recommend": choice}
    elif kind == "reject":
        said = {"reject": draw(st.just(choice) | having)}
    elif kind == "advise":
        said = {"advise": "Mind the roots.", **draw(st.sampled_from(({}, {"about": choice})))}
    else:
        named = draw(st.lists(st.sampled_from(CHOICES), min_size=2, max_size=3, unique=True))
        winner, *losers = named if circles else sorted(named)
        said = {"prefer": winner, "over": losers}
    return {**said, **draw(_when(conditions))}


@st.composite
def _general(
    draw: DrawFn,
    kind: str,
    conditions: SearchStrategy[dict[str, Any]],
    having: SearchStrategy[dict[str, str]],
    derivable: list[dict[str, Any]],
) -> dict[str, Any]:
    """Draw a rule that is about no need: one that derives, or a principle."""
    if kind == "derive":
        said = {"derive": draw(st.sampled_from(derivable))}
    elif kind == "reject":
        said = {"reject": draw(having)}
    else:
        said = {"prefer": draw(having), "over": draw(having)}
    return {**said, **draw(_when(conditions))}


def _derivable(values: dict[str, list[dict[str, Any]]]) -> Iterable[dict[str, Any]]:
    for need in NEEDS:
        yield {"need": need}
    yield {"goal": GOALS[0]}
    for name in BOOLEAN:
        yield {name: True}
    yield {BOOLEAN[0]: False}
    yield {QUANTITY: {"at-least": 3}}
    yield {QUANTITY: {"at-most": 4}, BOOLEAN[1]: True}
    for name, listed in values.items():
        yield {name: listed[0]["id"]}
        yield {name: listed[-1]["id"], BOOLEAN[2]: True}
        yield {name: {"not": listed[1]["id"]}}


@st.composite
def _ladder(draw: DrawFn, conditions: SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    names = draw(st.permutations(CHOICES))[: draw(st.integers(2, 3))]
    steps = [{"choice": name, "next-when": draw(conditions)} for name in names]
    return {"when": draw(conditions), "steps": steps}


def _numbered(entries: list[dict[str, Any]], name: str = "rule") -> list[dict[str, Any]]:
    return [{"id": f"{name}-{number}", **entry} for number, entry in enumerate(entries, 1)]
