"""The knowledge base as inference uses it: checked, expanded and immutable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import msgspec

from adjudge.facts import Requirement, Test
from adjudge.vocabulary import Attribute, Trait

if TYPE_CHECKING:
    from adjudge.reading.likeness import Lesson, Offer, Posting
    from adjudge.reading.notation import Branch

RuleKind = Literal["derive", "recommend", "reject", "prefer", "advise", "keep"]
Basis = Literal["rule", "serves", "requires", "limit", "ladder", "existing"]


class Rule(msgspec.Struct, frozen=True, array_like=True):
    """Tests that must all hold, and what follows.

    `id` names what the author wrote; a rule with alternatives is several rules of one id. `subjects` are the
    choices it speaks of (for `advise`, none means the need as a whole), `over` those that a preference puts below
    them. One of kind `keep` lets whoever runs a choice already have it although newcomers cannot. `since` and `until`
    are ISO dates or empty; the rule counts from `since` on and before `until`. `traits` names the trait
    values through which a general principle chose its subjects and `over`.
    """

    id: str
    kind: RuleKind
    tests: tuple[Test, ...]
    because: str
    sources: tuple[str, ...]
    subjects: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    derives: tuple[Requirement, ...] = ()
    advice: str = ""
    basis: Basis = "rule"
    traits: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def valid(self, day: str) -> bool:
        """Tell whether the rule counts on an ISO date."""
        return (not self.since or self.since <= day) and (not self.until or day < self.until)


class TraitValue(msgspec.Struct, frozen=True, array_like=True):
    """The values that a choice has for a trait, and who says so."""

    values: tuple[str, ...]
    sources: tuple[str, ...]


class Event(msgspec.Struct, frozen=True, array_like=True):
    """What happened to a choice on a day, how sure that is, and who says so.

    `name` is what it is called from that day on, `checked` the day on which the sources were last looked at, `note`
    what the event does not cover, or where the sources differ.
    """

    event: str
    date: str
    confidence: str
    sources: tuple[str, ...]
    name: str = ""
    checked: str = ""
    note: str = ""


CLOSING = {"closed-to-new-customers": 1, "end-of-support": 2}  # what newcomers cannot have: the graver the higher


class Choice(msgspec.Struct, frozen=True, array_like=True):
    """One thing that can be decided for; `formula` computes its figure, where it is a metric or a size.

    `existing` are the values of the attribute `existing` that say that one runs it already.
    """

    id: str
    name: str
    kind: str
    does: str
    sources: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    traits: dict[str, TraitValue] = {}
    lifecycle: tuple[Event, ...] = ()
    successors: tuple[str, ...] = ()
    formula: str = ""
    existing: tuple[str, ...] = ()

    def closed(self, day: str) -> Event | None:
        """Return the event because of which a newcomer cannot have this choice on an ISO date, if any.

        Of what happens on one day, an end outdoes a closing, and a reopening undoes both.
        """
        found = None
        for event in sorted(self.lifecycle, key=lambda one: (one.date, one.event, repr(one))):
            if event.date > day:
                break
            if event.event == "reopened":
                found = None
            elif event.event in CLOSING and (found is None or CLOSING[event.event] > CLOSING[found.event]):
                found = event
        return found

    def called(self, day: str) -> str:
        """Return the name of this choice on an ISO date."""
        names = [(one.date, one.name) for one in self.lifecycle if one.event == "renamed" and one.date <= day]
        return max(names)[1] if names else self.name


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One step of a ladder, why it comes where it does, and who says so."""

    choice: str
    because: str
    sources: tuple[str, ...]


class Ladder(msgspec.Struct, frozen=True, array_like=True):
    """Choices in the order in which they are to be taken."""

    id: str
    steps: tuple[Step, ...]


class Need(msgspec.Struct, frozen=True, array_like=True):
    """Something to be decided: its candidates, every rule that argues about them, and the order of its steps."""

    id: str
    says: str
    candidates: tuple[str, ...]
    rules: tuple[Rule, ...]
    ladders: tuple[Ladder, ...] = ()


class Topic(msgspec.Struct, frozen=True, array_like=True):
    """A decision file: what it settles, and the need that its rules bear on (none for derivations and principles)."""

    id: str
    title: str
    settles: str
    need: str = ""


class Index(msgspec.Struct, frozen=True):
    """What a text is compared with where nothing is proven: rules by number, what is told of each choice, and words.

    `situations` tell in which rules' situations a stem occurs, `told` in which of the texts told of them, `proposals`
    in what is said of which choices.
    """

    lessons: Mapping[int, Lesson] = {}
    offers: Mapping[str, Offer] = {}
    situations: Mapping[str, Posting] = {}
    told: Mapping[str, Posting] = {}
    proposals: Mapping[str, Posting] = {}


class Knowledge(msgspec.Struct, frozen=True):
    """Everything adjudge knows. `assumed` names the attributes that have a default.

    `lexicon` holds the patterns by which prose is read, by the stem of their first word; `index` what texts are
    compared with where nothing is proven.
    """

    attributes: Mapping[str, Attribute]
    traits: Mapping[str, Trait]
    choices: Mapping[str, Choice]
    derivations: tuple[Rule, ...]
    needs: Mapping[str, Need]
    assumed: tuple[str, ...] = ()
    topics: Mapping[str, Topic] = {}
    lexicon: Mapping[str, Branch] = {}
    index: Index = Index()

    def name(self, choice: str) -> str:
        """Return the name of a choice for people."""
        return self.choices[choice].name
