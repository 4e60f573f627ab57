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

RuleKind = Literal["derive", "recommend", "reject", "prefer", "advise"]
Basis = Literal["rule", "serves", "requires", "limit", "ladder"]


class Rule(msgspec.Struct, frozen=True, array_like=True):
    """Tests that must all hold, and what follows.

    `id` names what the author wrote; a rule with alternatives is several rules of one id. `subjects` are the
    choices it speaks of (for `advise`, none means the need as a whole), `over` those that a preference puts below
    them. `since` and `until` are ISO dates or empty; the rule counts from `since` on and before `until`.
    `traits` names the trait values through which a general principle chose its subjects and `over`.
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
    """What happened to a choice on a day, how sure that is, who says so, and when that was last checked (if known)."""

    event: str
    date: str
    confidence: str
    sources: tuple[str, ...]
    name: str = ""
    checked: str = ""


class Choice(msgspec.Struct, frozen=True, array_like=True):
    """One thing that can be decided for; `formula` computes its figure, where it is a metric or a size."""

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

    def closed(self, day: str) -> Event | None:
        """Return the event because of which a newcomer cannot have this choice on an ISO date, if any."""
        ends = [e for e in self.lifecycle if e.event in ("closed-to-new-customers", "end-of-support") and e.date <= day]
        return max(ends, key=lambda event: (event.date, repr(event)), default=None)


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
