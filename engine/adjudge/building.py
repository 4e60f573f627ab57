"""From typed entries to vocabulary, choices and rules, with every name resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import structs

from adjudge.dates import is_day
from adjudge.errors import Problem, nearest
from adjudge.facts import Requirement, Test, opposites
from adjudge.knowledge import Basis, Choice, Event, Rule, TraitValue
from adjudge.statements import MisfitError, read_condition, read_statement
from adjudge.vocabulary import Attribute, Trait, Value, booleans

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from adjudge.schema import (
        AttributeEntry,
        ChoiceEntry,
        Conditions,
        ConstraintEntry,
        StepEntry,
        TraitEntry,
        ValueEntry,
    )
    from adjudge.yamlfile import KeyPath, YamlFile

ID = re.compile(r"[a-z0-9]([a-z0-9.-]{0,78}[a-z0-9])?\Z")
MAX_TESTS = 32  # conditions of a rule, with all of which both engines cope
MAX_NAME = 39  # characters of an attribute or a value, so that the two together fit the C engine
_SOURCE = re.compile(r"notes:N\d{3}\Z|.*[^\W\d_].*", re.DOTALL)


class Problems(list[Problem]):
    """The problems found so far; `broken` are the ids of entries that exist but could not be read."""

    def __init__(self) -> None:
        super().__init__()
        self.broken: set[str] = set()


class Site:
    """The place of one entry, to which problems are attached as they are found."""

    def __init__(self, file: YamlFile, path: KeyPath, problems: Problems) -> None:
        self.file, self.path, self.problems = file, path, problems

    def at(self, *below: str | int) -> Site:
        """Return the place of something inside this entry."""
        return Site(self.file, (*self.path, *below), self.problems)

    def complain(self, message: str, hint: str = "", *, at_key: bool = False) -> None:
        """Note a problem here."""
        self.problems.append(self.file.problem(self.path, message, hint, at_key=at_key))

    def misfit(self, error: MisfitError) -> None:
        """Note a misfit of the vocabulary below here."""
        self.at(*error.at).complain(str(error), error.hint, at_key=error.at_key)

    def known(self, name: str, names: Collection[str], what: str, *, at_key: bool = False) -> bool:
        """Tell whether a name is known; if not, note it with the nearest ones."""
        known = name in names
        if not known and name not in self.problems.broken:
            self.complain(f"unknown {what} `{name}`", nearest(name, list(names)), at_key=at_key)
        return known


def check_id(site: Site, name: str, longest: int = 80) -> None:
    """Note an id that is not made of small letters, digits, dots and hyphens."""
    if not ID.match(name) or len(name) > longest:
        hint = f"small letters, digits, and `.` and `-` between them, at most {longest}"
        site.at("id").complain(f"`{name}` is no id", hint)


def check_sources(site: Site, sources: list[str]) -> tuple[str, ...]:
    """Note empty or malformed sources; return them."""
    if not sources:
        site.at("sources").complain("needs at least one source", "notes:N123, or a named public document")
    for index, source in enumerate(sources):
        bad_item = source.startswith("notes:") and not re.match(r"notes:N\d{3}\Z", source)
        if bad_item or not _SOURCE.match(source):
            site.at("sources", index).complain(f"`{source}` is no source", "notes:N123, or a named public document")
    return tuple(sources)


def check_day(site: Site, key: str, text: str) -> str:
    """Note what is no ISO date; return the text."""
    if text and not is_day(text):
        site.at(key).complain(f"`{text}` is no date", 'write it like "2021-12-31"')
    return text


def check_tests(site: Site, tests: tuple[Test, ...]) -> tuple[Test, ...]:
    """Note conditions that are too many for one rule; return them."""
    if len(tests) > MAX_TESTS:
        site.complain(f"comes to {len(tests)} conditions; {MAX_TESTS} are the most")
    return tests


def check_span(site: Site, since: str, until: str) -> tuple[str, str]:
    """Note days that are no ISO dates, or leave no day between them; return them."""
    days = check_day(site, "from", since), check_day(site, "until", until)
    if since and until and since >= until:
        site.at("until").complain(f"holds on no day: `from` is {since}")
    return days


def build_attribute(entry: AttributeEntry, site: Site) -> Attribute:
    """Build an attribute; its default is checked once all attributes are known."""
    check_id(site, entry.id, MAX_NAME)
    if (entry.kind == "quantity") != bool(entry.unit):
        site.at("kind").complain("a quantity, and nothing else, has a `unit`")
        site.problems.broken.add(entry.id)
    if (entry.kind in ("single", "multiple")) != bool(entry.values):
        site.at("kind").complain("an attribute of kind single or multiple, and no other, lists its `values`")
        site.problems.broken.add(entry.id)
    values = booleans() if entry.kind == "boolean" else _values(entry.values, site)
    if entry.kind == "single":
        _check_chains(values, site)
    narrower: dict[str, list[str]] = {one: [one] for one in values}
    for value in values.values():
        for broad in value.broader:
            narrower[broad].append(value.id)
    return Attribute(
        entry.id,
        entry.kind,
        entry.question,
        entry.says,
        entry.unit or "",
        values,
        {one: tuple(sorted(below)) for one, below in narrower.items()},
        entry.assume,
        entry.assume_because,
        entry.undeniable,
    )


def _values(entries: list[ValueEntry], site: Site) -> dict[str, Value]:
    known = {entry.id: entry for entry in reversed(entries)}
    values = {}
    for index, entry in enumerate(entries):
        here = site.at("values", index)
        check_id(here, entry.id, MAX_NAME)
        if known[entry.id] is not entry:
            here.at("id").complain(f"the value `{entry.id}` is listed twice")
        for number, name in enumerate(entry.broader):
            here.at("broader", number).known(name, known, "value")
        values[entry.id] = Value(entry.id, entry.says, _ancestors(entry.id, known, here))
    return values


def _check_chains(values: Mapping[str, Value], site: Site) -> None:
    """Note a value that is a kind of two values which cannot both be true of a single attribute."""
    for index, value in enumerate(values.values()):
        for one in value.broader:
            for other in value.broader:
                if one < other and one not in values[other].broader and other not in values[one].broader:
                    where = site.at("values", index, "broader")
                    where.complain(f"`{value.id}` is a kind of both `{one}` and `{other}`, which exclude each other")


def _ancestors(name: str, known: Mapping[str, ValueEntry], site: Site) -> tuple[str, ...]:
    found: list[str] = []
    waiting = [broad for broad in known[name].broader if broad in known]
    while waiting:
        one = waiting.pop()
        if one == name:
            site.at("broader").complain(f"`{name}` is a kind of itself")
            return ()
        if one not in found:
            found.append(one)
            waiting += [broad for broad in known[one].broader if broad in known]
    return tuple(sorted(found))


def build_trait(entry: TraitEntry, site: Site) -> Trait:
    """Build a trait."""
    check_id(site, entry.id)
    return Trait(entry.id, entry.says, {v: x.says for v, x in _values(entry.values, site).items()}, entry.goal)


def build_choice(entry: ChoiceEntry, site: Site, traits: Mapping[str, Trait]) -> Choice:
    """Build a choice without its requirements and limits, which become rules."""
    check_id(site, entry.id)
    found = {}
    for name, said in entry.traits.items():
        here = site.at("traits", name)
        values = (said.is_,) if isinstance(said.is_, str) else tuple(said.is_)
        if here.known(name, traits, "trait", at_key=True):
            for value in values:
                here.at("is").known(value, traits[name].values, f"value of the trait `{name}`:")
        found[name] = TraitValue(values, check_sources(here, said.sources))
    events = []
    for index, event in enumerate(entry.lifecycle):
        here = site.at("lifecycle", index)
        day, checked = check_day(here, "date", event.date), check_day(here, "checked", event.checked)
        sources = check_sources(here, event.sources)
        events.append(Event(event.event, day, event.confidence, sources, event.name, checked))
    sources = check_sources(site, entry.sources)
    return Choice(
        entry.id,
        entry.name,
        entry.kind,
        entry.does,
        sources,
        tuple(entry.aliases),
        found,
        tuple(events),
        tuple(entry.successors),
        entry.formula,
    )


class RuleBuilder:
    """Builds rules against a finished vocabulary and catalog."""

    def __init__(
        self, attributes: Mapping[str, Attribute], choices: Mapping[str, Choice], traits: Mapping[str, Trait]
    ) -> None:
        self.attributes, self.choices, self.traits = attributes, choices, traits

    def tests(self, conditions: Conditions, site: Site) -> tuple[Test, ...]:
        """Turn a mapping of conditions into tests, noting each condition that does not fit."""
        return tuple(self._each(conditions, site, lambda name, asked: read_condition(name, asked, self.attributes)))

    def statements(self, said: Conditions, site: Site, by: str | None = None) -> tuple[Requirement, ...]:
        """Turn a mapping of statements into requirements (derived ones if `by` names a rule)."""
        origin: Any = "derived" if by else "stated"
        return tuple(
            self._each(said, site, lambda name, value: read_statement(name, value, self.attributes, origin, by))
        )

    @staticmethod
    def _each(mapping: Conditions, site: Site, read: Callable[[str, Any], list[Any]]) -> list[Any]:
        found: list[Any] = []
        for name, said in mapping.items():
            if name in site.problems.broken:  # what is wrong is noted where the attribute is defined
                continue
            try:
                found += read(name, said)
            except MisfitError as error:
                site.misfit(error)
        return found

    def choose(self, said: str | list[str] | Conditions, site: Site) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the choices that a name, a list of names or a mapping of traits means, and the trait values used."""
        if isinstance(said, dict):
            return self._having(said, site)
        names = (said,) if isinstance(said, str) else tuple(said)
        if not names:
            site.complain("names no choice")
        for index, name in enumerate(names):
            (site if isinstance(said, str) else site.at(index)).known(name, self.choices, "choice")
        return tuple(name for name in names if name in self.choices), ()

    def _having(self, said: Conditions, site: Site) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the choices that have, of each trait, one of the values asked for, and what was asked for."""
        if not said:
            site.complain("names no trait")
        used, chosen = [], set(self.choices)
        for name, asked in said.items():
            if not site.at(name).known(name, self.traits, "trait", at_key=True):
                continue
            values = [str(value) for value in (asked if isinstance(asked, list) else [asked])]
            if not values:
                site.at(name).complain(f"lists no value of the trait `{name}`")
            for value in values:
                site.at(name).known(value, self.traits[name].values, f"value of the trait `{name}`:")
            used += [f"{name}={value}" for value in values]
            holders = {c.id: c.traits[name].values for c in self.choices.values() if name in c.traits}
            chosen &= {choice for choice, held in holders.items() if set(values) & set(held)}
        if used and not chosen and not site.problems:
            site.complain("no choice has these traits")
        return tuple(sorted(chosen)), tuple(used)

    def constraint(self, choice: str, entry: ConstraintEntry, basis: Basis, site: Site) -> list[Rule]:
        """Turn what a choice requires, or cannot exceed, into rules that reject it where that is contradicted."""
        given = self.tests(entry.when, site.at("when"))
        since, until = check_span(site, entry.from_, entry.until)
        sources = check_sources(site, entry.sources)
        if not entry.that:
            site.at("that").complain("says nothing")
        rules = []
        for test in self.tests(entry.that, site.at("that")):
            against = opposites(test, self.attributes[test.attribute])
            tests = check_tests(site.at("that"), tuple(dict.fromkeys((*given, *against))))
            name = f"{choice}.{basis}.{test.attribute}"
            rule = Rule(name, "reject", tests, entry.because, sources, (choice,), basis=basis)
            rules.append(structs.replace(rule, since=since, until=until))
        return rules

    def ladder(self, name: str, when: Conditions, steps: list[StepEntry], site: Site) -> list[Rule]:
        """Turn a ladder into rules: each step is recommended once those before it are known not to do."""
        given = self.tests(when, site.at("when"))
        rules: list[Rule] = []
        for index, step in enumerate(steps):
            here = site.at("steps", index)
            here.at("choice").known(step.choice, self.choices, "choice")
            sources = check_sources(here, step.sources)
            rule = Rule(
                f"{name}.{step.choice}", "recommend", given, step.because, sources, (step.choice,), basis="ladder"
            )
            rules.append(rule)
            if index < len(steps) - 1 and not step.next_when:
                here.complain("needs `next-when`: on what does one go on to the next step?")
            leaving = self.tests(step.next_when, here.at("next-when"))
            given = tuple(dict.fromkeys((*given, *leaving)))
            if leaving:
                check_tests(here.at("next-when"), given)
                follows = f"; the next one is {self._name(steps[index + 1].choice)}" if index < len(steps) - 1 else ""
                rejection = Rule(
                    f"{rule.id}.done",
                    "reject",
                    given,
                    f"This step has been taken or is known not to do{follows}.",
                    sources,
                    rule.subjects,
                    basis="ladder",
                )
                rules.append(rejection)
        return rules

    def _name(self, choice: str) -> str:
        return self.choices[choice].name if choice in self.choices else choice
