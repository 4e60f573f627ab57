"""The shapes of the files in `rules/`, as people write them.

Each struct is one entry of a file. What needs more than its own entry to be judged (names that must
exist, values that must fit) is checked in `loading`.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Conditions = dict[str, Any]  # attribute -> value, list of values, or {not | all | at-least | ...: value}


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """What all entries have in common: no unknown keys, names with hyphens."""


class ValueEntry(Entry, frozen=True):
    """One value that an attribute can have; `broader` names the values of which it is a kind."""

    id: str
    says: str
    broader: list[str] = []


class AttributeEntry(Entry, frozen=True):
    """One thing that a scenario can state, and the question that asks for it.

    kind: single (one value at a time), multiple (any number of values), boolean, quantity.
    undeniable: whether a text that denies a value states it all the same, as it does with what is feared or aimed at.
    """

    id: str
    kind: Literal["single", "multiple", "boolean", "quantity"]
    question: str
    says: str = ""
    unit: Literal["bytes", "duration", "count", "share", "per-second", "bytes-per-second"] | None = None
    values: list[ValueEntry] = []
    assume: Any = None
    assume_because: str = ""
    undeniable: bool = False


class TraitEntry(Entry, frozen=True):
    """One property that choices have; with `goal`, its values stand in order, the best for that goal first."""

    id: str
    says: str
    values: list[ValueEntry]
    goal: str = ""


class VocabularyFile(Entry, frozen=True):
    """A file in `rules/vocabulary/`."""

    attributes: list[Any] = []
    traits: list[Any] = []


class TraitValueEntry(Entry, frozen=True):
    """What holds of a choice for one trait, and the source that says so."""

    is_: str | list[str] = msgspec.field(name="is")
    sources: list[str]


class ConstraintEntry(Entry, frozen=True):
    """What must not be false for a choice: `that` must hold, in general or where `when` holds."""

    that: Conditions
    because: str
    sources: list[str]
    when: Conditions = {}
    from_: str = msgspec.field(name="from", default="")
    until: str = ""


class EventEntry(Entry, frozen=True):
    """Something that happened to a choice on a day; `checked` is the day on which its sources were last read."""

    event: Literal["announced", "renamed", "closed-to-new-customers", "end-of-support", "sdk-removed"]
    date: str
    sources: list[str]
    confidence: Literal["verified", "recalled"]
    name: str = ""
    checked: str = ""


class ChoiceEntry(Entry, frozen=True):
    """One thing that can be decided for."""

    id: str
    name: str
    kind: str
    does: str
    sources: list[str]
    aliases: list[str] = []
    serves: list[str] = []
    traits: dict[str, TraitValueEntry] = {}
    requires: list[ConstraintEntry] = []
    limits: list[ConstraintEntry] = []
    lifecycle: list[EventEntry] = []
    successors: list[str] = []
    formula: str = ""


class CatalogFile(Entry, frozen=True):
    """A file in `rules/catalog/`."""

    choices: list[Any]


class ExamplesEntry(Entry, frozen=True):
    """Sets of requirements for which a rule fires, and sets for which it does not."""

    match: list[Conditions]
    differ: list[Conditions]


class RuleEntry(Entry, frozen=True):
    """Conditions on requirements, and one consequence."""

    id: str
    because: str
    sources: list[str]
    examples: ExamplesEntry
    when: Conditions = {}
    when_any: list[Conditions] = []
    derive: Conditions | None = None
    recommend: str | None = None
    reject: str | list[str] | Conditions | None = None
    prefer: str | list[str] | Conditions | None = None
    over: str | list[str] | Conditions | None = None
    advise: str | None = None
    about: str | None = None
    from_: str = msgspec.field(name="from", default="")
    until: str = ""


class StepEntry(Entry, frozen=True):
    """One step of a ladder: take `choice`, and go on to the next step once `next_when` holds."""

    choice: str
    because: str
    sources: list[str]
    next_when: Conditions = {}


class LadderExampleEntry(Entry, frozen=True):
    """A set of requirements, and the step of the ladder that it calls for (none where it is left out)."""

    given: Conditions
    step: str = ""


class LadderEntry(Entry, frozen=True):
    """Remedies in the order in which they are tried."""

    id: str
    steps: list[StepEntry]
    examples: list[LadderExampleEntry]
    when: Conditions = {}


class PhraseFile(Entry, frozen=True):
    """A file in `rules/phrases/`: how people say the values of attributes, and choices beyond their names.

    A quantity has a list of the words near which a number means it. `told` holds, by the id of a rule, how situations
    are told in which it holds.
    """

    phrases: dict[str, dict[str, list[str]] | list[str]] = {}
    choices: dict[str, list[str]] = {}
    told: dict[str, list[str]] = {}


class DecisionFile(Entry, frozen=True):
    """A file in `rules/decisions/`: one topic."""

    topic: str
    title: str
    settles: str
    need: str = ""
    rules: list[Any] = []
    ladders: list[Any] = []
