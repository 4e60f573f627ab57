"""Exam questions: what is asked, and what each option proposes or claims, read from a scenario file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from adjudge.errors import Problem, nearest
from adjudge.facts import ContradictionError, Requirement, Test, gather
from adjudge.statements import MisfitError, read_condition, read_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from adjudge.knowledge import Knowledge
    from adjudge.yamlfile import KeyPath, YamlFile

Conditions = dict[str, Any]
ClaimKind = Literal["situation", "trait", "serves", "handles", "works", "nothing-serves", "computes"]
Relation = Literal["any", "all", "not"]
RELATIONS: dict[str, Relation] = {"any": "any", "all": "all", "not": "not"}
_NUMBER = re.compile(r"-?(\d+)(?:\.(\d+))?\s*(%?)\Z")


class NameEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something by a name that may not exist."""

    name: str


class ClaimEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Something an option asserts, as it is written; `deny` says that it is not so."""

    that: Conditions = {}
    about: str = ""
    serves: str = ""
    handles: Conditions = {}
    works: bool | None = None
    nothing_serves: str = ""
    computes: str = ""
    is_: str | int | float | None = msgspec.field(name="is", default=None)
    deny: bool = False


class OptionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """An option as it is written."""

    says: str
    proposes: list[str | NameEntry] = []
    steps: list[str] = []
    claims: list[ClaimEntry] = []
    entails: Conditions = {}
    none: bool = False
    all_: bool = msgspec.field(name="all", default=False)
    all_of: list[str] = []


class QuestionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question as it is written."""

    asks: str
    options: dict[str, OptionEntry]
    answer: list[str] = []
    also_accepted: list[list[str]] = []
    select: Literal["one", "all"] | int = "one"
    decides: list[str] = []
    damaged: str = ""
    disputed: str = ""


class TraitTest(msgspec.Struct, frozen=True):
    """What a claim says of a trait: that one of `values` is so (`any`), all of them (`all`), or none (`not`)."""

    trait: str
    relation: Relation
    values: tuple[str, ...]


class Figure(msgspec.Struct, frozen=True):
    """A number as an option writes it: its value, and half of its last digit."""

    written: str
    value: float
    margin: float


class Claim(msgspec.Struct, frozen=True):
    """Something an option asserts: `about` names a choice, `need` a need; the rest depends on the kind."""

    kind: ClaimKind
    deny: bool = False
    about: str = ""
    need: str = ""
    tests: tuple[Test, ...] = ()
    traits: tuple[TraitTest, ...] = ()
    given: tuple[Requirement, ...] = ()
    figure: Figure | None = None


class Option(msgspec.Struct, frozen=True):
    """What one option says: choices taken together, steps in their order, claims, what taking it would make so.

    `unheard` are names of things that nobody here has heard of. `kind` tells whether the option speaks for itself, or
    says that all of the `others` hold, or none of them.
    """

    label: str
    says: str
    kind: Literal["own", "none", "all"] = "own"
    proposes: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    entails: tuple[Requirement, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """Every choice that it takes."""
        return tuple(dict.fromkeys((*self.proposes, *self.steps)))


class Question(msgspec.Struct, frozen=True):
    """A question: `select` is how many options are right, 0 where all that are right are asked for."""

    asks: str
    options: tuple[Option, ...]
    select: int = 1
    decides: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    also_accepted: tuple[tuple[str, ...], ...] = ()
    damaged: str = ""
    disputed: str = ""

    def accepts(self, answer: Iterable[str]) -> bool:
        """Tell whether an answer is the expected one, or another that will do."""
        return tuple(sorted(answer)) in (self.answer, *self.also_accepted)


def find_choice(name: str, knowledge: Knowledge) -> str:
    """Return the choice that people call by this name, or nothing."""
    wanted = _plain(name)
    for choice in knowledge.choices.values():
        if wanted in (_plain(choice.id), *map(_plain, (choice.name, *choice.aliases))):
            return choice.id
    return ""


def _plain(name: str) -> str:
    words = re.findall(r"[a-z0-9+#]+", name.lower())
    return "".join(words[1:] if len(words) > 1 and words[0] in ("amazon", "aws") else words)


def read_question(entry: QuestionEntry, file: YamlFile, knowledge: Knowledge, problems: list[Problem]) -> Question:
    """Resolve every name in a question; what is wrong goes to `problems`."""
    return _Reader(file, knowledge, problems, entry).question()


class _Reader:
    def __init__(self, file: YamlFile, knowledge: Knowledge, problems: list[Problem], entry: QuestionEntry) -> None:
        self.file, self.knowledge, self.problems, self.entry = file, knowledge, problems, entry

    def question(self) -> Question:
        entry = self.entry
        labels = tuple(entry.options)
        if len(labels) <= 1:
            self._complain(("options",), "a question has at least two options")
        if isinstance(entry.select, int) and not 1 <= entry.select <= len(labels):
            self._complain(("select",), f"cannot select {entry.select} of {len(labels)} options")
        for index, need in enumerate(entry.decides):
            self._known(need, self.knowledge.needs, "need", ("decides", index))
        answers = [entry.answer, *entry.also_accepted]
        for number, answer in enumerate(answers):
            place: KeyPath = ("also_accepted", number - 1) if number else ("answer",)
            for index, label in enumerate(answer):
                self._known(label, labels, "option", (*place, index))
        return Question(
            entry.asks,
            tuple(self._option(label, one) for label, one in entry.options.items()),
            entry.select if isinstance(entry.select, int) else int(entry.select == "one"),
            tuple(entry.decides),
            tuple(sorted(entry.answer)),
            tuple(tuple(sorted(one)) for one in entry.also_accepted),
            entry.damaged,
            entry.disputed,
        )

    def _option(self, label: str, entry: OptionEntry) -> Option:
        here: KeyPath = ("options", label)
        proposes, unheard = [], []
        for index, one in enumerate(entry.proposes):
            if isinstance(one, str):
                if self._known(one, self.knowledge.choices, "choice", (*here, "proposes", index)):
                    proposes.append(one)
            elif found := find_choice(one.name, self.knowledge):
                proposes.append(found)
            else:
                unheard.append(one.name)
        for index, step in enumerate(entry.steps):
            self._known(step, self.knowledge.choices, "choice", (*here, "steps", index))
        for index, other in enumerate(entry.all_of):
            self._known(other, self.entry.options, "option", (*here, "all-of", index))
        meta = [entry.none, entry.all_, bool(entry.all_of)]
        own = bool(entry.proposes or entry.steps or entry.claims or entry.entails)
        if sum(meta) + own != 1:
            what = "says in no way what it means" if not own else "cannot both speak for itself and for others"
            self._complain(here, f"option {label} {what}", "proposes, steps, claims, entails; or none, all, all-of")
        claims = [self._claim(one, (*here, "claims", index)) for index, one in enumerate(entry.claims)]
        entails = self._statements(entry.entails, (*here, "entails"))
        everyone = tuple(x for x, o in self.entry.options.items() if x != label and not (o.none or o.all_ or o.all_of))
        return Option(
            label,
            entry.says,
            "none" if entry.none else "all" if entry.all_ or entry.all_of else "own",
            tuple(proposes),
            tuple(unheard),
            tuple(step for step in entry.steps if step in self.knowledge.choices),
            tuple(one for one in claims if one is not None),
            entails,
            tuple(entry.all_of) if entry.all_of else everyone if entry.none or entry.all_ else (),
        )

    def _claim(self, entry: ClaimEntry, here: KeyPath) -> Claim | None:
        kinds: dict[ClaimKind, bool] = {
            "situation": bool(entry.that) and not entry.about,
            "trait": bool(entry.that) and bool(entry.about),
            "serves": bool(entry.serves),
            "handles": bool(entry.handles),
            "works": entry.works is not None,
            "nothing-serves": bool(entry.nothing_serves),
            "computes": bool(entry.computes),
        }
        said = [kind for kind, given in kinds.items() if given]
        if len(said) != 1:
            self._complain(here, "a claim says one thing", "that, serves, handles, works, nothing-serves or computes")
            return None
        kind = said[0]
        deny = entry.deny != (entry.works is False)
        if kind == "computes":
            return self._figure(entry, deny, here)
        need = entry.serves or entry.nothing_serves
        sound = not need or self._known(need, self.knowledge.needs, "need", (*here, kind))
        if entry.about:
            sound = self._known(entry.about, self.knowledge.choices, "choice", (*here, "about")) and sound
        elif kind in ("serves", "handles", "works"):
            self._complain(here, f"a claim with `{kind}` needs `about`: which choice does it speak of?")
            sound = False
        claim = Claim(
            kind,
            deny,
            entry.about,
            need,
            tests=self._tests(entry.that, (*here, "that")) if kind == "situation" else (),
            traits=self._traits(entry.that, (*here, "that")) if kind == "trait" else (),
            given=self._statements(entry.handles, (*here, "handles")),
        )
        return claim if sound else None

    def _figure(self, entry: ClaimEntry, deny: bool, here: KeyPath) -> Claim | None:
        if not self._known(entry.computes, self.knowledge.choices, "choice", (*here, "computes")):
            return None
        if not self.knowledge.choices[entry.computes].formula:
            computable = [one.id for one in self.knowledge.choices.values() if one.formula]
            self._complain((*here, "computes"), f"`{entry.computes}` has no formula", nearest("", computable))
            return None
        written = str(entry.is_).strip()
        found = _NUMBER.match(written)
        if not found:
            self._complain((*here, "is") if entry.is_ is not None else here, "needs `is`: a number, or a percentage")
            return None
        from decimal import Decimal  # few questions calculate

        scale = Decimal(1 if not found[3] else "0.01")
        value = Decimal(written.rstrip("% ")) * scale
        margin = scale * Decimal(10) ** -len(found[2] or "") / 2
        return Claim("computes", deny, entry.computes, figure=Figure(written, float(value), float(margin)))

    def _traits(self, said: Conditions, here: KeyPath) -> tuple[TraitTest, ...]:
        found = []
        for name, asked in said.items():
            if not self._known(name, self.knowledge.traits, "trait", (*here, name), at_key=True):
                continue
            mapping = asked if isinstance(asked, dict) else {"any": asked}
            for key, listed in mapping.items():
                values = tuple(map(str, listed if isinstance(listed, list) else [listed]))
                relation = RELATIONS.get(key)
                if relation is None or not values:
                    hint = "write a value, a list of values, {not: ...} or {all: [...]}"
                    self._complain((*here, name), f"`{key}` does not fit the trait `{name}`", hint)
                    continue
                for value in values:
                    known = self.knowledge.traits[name].values
                    self._known(value, known, f"value of the trait `{name}`:", (*here, name))
                found.append(TraitTest(name, relation, values))
        return tuple(found)

    def _tests(self, said: Conditions, here: KeyPath) -> tuple[Test, ...]:
        return tuple(self._each(said, here, lambda name, asked: read_condition(name, asked, self.knowledge.attributes)))

    def _statements(self, said: Conditions, here: KeyPath) -> tuple[Requirement, ...]:
        read = self._each(said, here, lambda name, value: read_statement(name, value, self.knowledge.attributes))
        try:
            gather(read, self.knowledge.attributes)
        except ContradictionError as error:
            self._complain(here, f"contradicts itself: {error}")
        return tuple(read)

    def _each(self, said: Conditions, here: KeyPath, read: Callable[[str, Any], list[Any]]) -> list[Any]:
        found: list[Any] = []
        for name, value in said.items():
            try:
                found += read(name, value)
            except MisfitError as error:
                self._complain((*here, *error.at), str(error), error.hint, at_key=error.at_key)
        return found

    def _known(self, name: str, names: Iterable[str], what: str, place: KeyPath, *, at_key: bool = False) -> bool:
        known = name in names
        if not known:
            self._complain(place, f"unknown {what} `{name}`", nearest(name, names), at_key=at_key)
        return known

    def _complain(self, place: KeyPath, message: str, hint: str = "", *, at_key: bool = False) -> None:
        self.problems.append(self.file.problem(("question", *place), message, hint, at_key=at_key))
