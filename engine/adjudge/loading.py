"""Reading a folder of rules into knowledge, reporting everything that is wrong with it at once.

`python -m adjudge.loading [DIR]` does just that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from adjudge.building import Problems, RuleBuilder, Site, build_attribute, build_choice, build_trait
from adjudge.checking import check_examples, check_loops
from adjudge.contents import FOLDERS, Contents, read_folder
from adjudge.convert import convert
from adjudge.errors import InputError, KnowledgeError, Problem
from adjudge.formulas import FormulaError
from adjudge.formulas import check as check_formula
from adjudge.knowledge import Basis, Knowledge
from adjudge.lessons import build_index
from adjudge.lifecycle import check_lifecycle, keeping
from adjudge.phrasebook import Phrasebook
from adjudge.schema import AttributeEntry, CatalogFile, ChoiceEntry, TraitEntry, VocabularyFile
from adjudge.statements import MisfitError, read_statement
from adjudge.topics import Topics
from adjudge.yamlfile import YamlFile, decode, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from adjudge.knowledge import Choice
    from adjudge.topics import Written
    from adjudge.vocabulary import Attribute, Trait

T = TypeVar("T", bound=msgspec.Struct)


class Places(NamedTuple):
    """Where everything was found: the entries of the vocabulary and the catalog by id, the files by their folder."""

    attributes: dict[str, Site]
    traits: dict[str, Site]
    choices: dict[str, Site]
    files: dict[str, list[YamlFile]]


class Loaded(NamedTuple):
    """Knowledge with the rules and ladders as they are written, by id, and the places of the rest."""

    knowledge: Knowledge
    written: dict[str, Written]
    places: Places


def load(contents: Contents, prefix: str = "") -> Knowledge:
    """Turn the files of a folder of rules into knowledge.

    `prefix` is put before the file names in messages. Raises KnowledgeError with all problems found.
    """
    return load_with_entries(contents, prefix)[0]


def load_with_entries(contents: Contents, prefix: str = "") -> tuple[Knowledge, dict[str, Written]]:
    """Return what `load` does, and with it the rules and ladders as they are written, by id."""
    return load_with_places(contents, prefix)[:2]


def load_with_places(contents: Contents, prefix: str = "") -> Loaded:
    """Return what `load` does, and with it everything that is needed to point at it."""
    loader = _Loader(contents, prefix)
    knowledge = loader.load()
    if loader.problems:
        raise KnowledgeError(sorted(loader.problems))
    return Loaded(knowledge, loader.written, loader.places)


class _Loader:
    def __init__(self, contents: Contents, prefix: str) -> None:
        self.problems = Problems()
        self.written: dict[str, Written] = {}
        self.assumed: dict[str, Site] = {}  # the places of the defaults
        self.unread = False  # whether names are missing because a whole file could not be read
        self.lost = False  # whether rules are missing for that reason
        self.files: dict[str, list[YamlFile]] = {part: [] for part in FOLDERS}
        self.places = Places({}, {}, {}, self.files)
        for name, content in sorted(contents.items()):
            shown = prefix + name
            try:
                self.files[name.partition("/")[0]].append(parse(decode(content, shown), shown))
            except InputError as error:
                self.problems += error.problems
                self.unread = self.unread or not name.startswith(("decisions/", "phrases/"))
                self.lost = self.lost or name.startswith("decisions/")

    def load(self) -> Knowledge:
        """Build everything that can be built; problems are collected on the way."""
        words = self._entries("vocabulary", VocabularyFile, "attributes", AttributeEntry)
        properties = self._entries("vocabulary", VocabularyFile, "traits", TraitEntry)
        entries = self._entries("catalog", CatalogFile, "choices", ChoiceEntry)
        if self.unread:  # every name in it would seem to be unknown
            raise KnowledgeError(sorted(self.problems))
        attributes = self._attributes(words)
        traits = self._traits(properties, attributes)
        choices = self._unique([(build_choice(entry, site, traits), site) for entry, site in entries], "choice")
        for entry, site in entries:
            _check_choice(entry, site, choices, attributes)
            check_lifecycle(choices[entry.id], site, attributes)
        builder = RuleBuilder(attributes, choices, traits)
        topics = Topics(builder, self.problems)
        topics.everywhere += [rule for one in choices.values() for rule in keeping(one, choices, attributes)]
        for entry, site in entries:
            for index, need in enumerate(entry.serves):
                topics.serve(need, entry, site.at("serves", index))
            kinds: tuple[tuple[str, Basis], ...] = (("requires", "requires"), ("limits", "limit"))
            for field, basis in kinds:
                for index, constraint in enumerate(getattr(entry, field)):
                    place = site.at(field, index)
                    topics.everywhere += builder.constraint(entry.id, constraint, basis, place)
        for file in self.files["decisions"]:
            topics.read(file)
        self.written = topics.written
        needs = topics.needs()
        ladders = [ladder for need in needs.values() for ladder in need.ladders]
        steps = {f"{ladder.id}.{step.choice}": step for ladder in ladders for step in ladder.steps}
        phrases = Phrasebook(attributes, choices, None if self.lost else {**topics.written, **steps}, self.problems)
        for file in self.files["phrases"]:
            phrases.read(file)
        knowledge = Knowledge(
            attributes,
            traits,
            choices,
            tuple(sorted(topics.derivations, key=lambda rule: (rule.id, repr(rule.tests)))),
            needs,
            tuple(sorted(name for name, attribute in attributes.items() if attribute.assume is not None)),
            topics.topics,
            phrases.lexicon(),
        )
        self._check_derived(knowledge)
        if not self.problems:
            self.problems += check_examples(knowledge, topics.written)
            self.problems += check_loops(knowledge, {name: written.site for name, written in topics.written.items()})
            knowledge = msgspec.structs.replace(knowledge, index=build_index(knowledge, phrases.told))
        return knowledge

    def _entries(self, part: str, whole: type[Any], field: str, kind: type[T]) -> list[tuple[T, Site]]:
        """Return the entries of one kind from all files of a folder, each with its place."""
        found = []
        for file in self.files[part]:
            document = convert(file, (), file.data, whole, found_here := Problems())
            self._note(found_here)
            self.unread = self.unread or document is None
            for index, raw in enumerate(getattr(document, field, ())):
                entry = convert(file, (field, index), raw, kind, self.problems)
                if entry is None:
                    self.problems.broken.add(str(raw.get("id")) if isinstance(raw, dict) else "")
                else:
                    site = Site(file, (field, index), self.problems)
                    found.append((entry, site))
                    getattr(self.places, field)[raw["id"]] = site
        return found

    def _note(self, problems: list[Problem]) -> None:
        """Add problems that are not noted yet (files of vocabulary are looked through twice)."""
        self.problems += [problem for problem in problems if problem not in self.problems]

    def _unique(self, built: Iterable[tuple[Any, Site]], what: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        places: dict[str, Site] = {}
        for one, site in built:
            if one.id in found:
                mark = places[one.id].file.marks[places[one.id].path]
                where = f"{places[one.id].file.name}:{mark.line}"
                site.at("id").complain(f"the {what} `{one.id}` is defined twice", f"first at {where}")
            found.setdefault(one.id, one)
            places.setdefault(one.id, site)
        return found

    def _attributes(self, entries: list[tuple[AttributeEntry, Site]]) -> dict[str, Attribute]:
        attributes = self._unique([(build_attribute(entry, site), site) for entry, site in entries], "attribute")
        for entry, site in entries:
            if entry.assume is not None:
                self.assumed[entry.id] = site.at("assume")
                if entry.id not in self.problems.broken:
                    self._check_assumption(entry, attributes)
        return attributes

    def _traits(self, entries: list[tuple[TraitEntry, Site]], attributes: dict[str, Attribute]) -> dict[str, Trait]:
        goals = attributes["goal"].values if "goal" in attributes else {}
        for entry, site in entries:
            if entry.goal:
                site.at("goal").known(entry.goal, goals, "goal")
        return self._unique([(build_trait(entry, site), site) for entry, site in entries], "trait")

    def _check_assumption(self, entry: AttributeEntry, attributes: dict[str, Attribute]) -> None:
        try:
            read_statement(entry.id, entry.assume, attributes)
        except MisfitError as error:
            self.assumed[entry.id].complain(str(error), error.hint)

    def _check_derived(self, knowledge: Knowledge) -> None:
        """Note the attributes that have a default and are derived as well."""
        derived = {r.attribute: rule.id for rule in knowledge.derivations for r in rule.derives}
        for name in self.assumed.keys() & derived.keys():
            message = f"`{name}` has a default, but rule {derived[name]} derives it"
            self.assumed[name].complain(message, "drop one of the two")


def _check_choice(
    entry: ChoiceEntry, site: Site, choices: Mapping[str, Choice], attributes: Mapping[str, Attribute]
) -> None:
    """Note what a choice says about other choices and about quantities that is not so."""
    for index, name in enumerate(entry.successors):
        site.at("successors", index).known(name, choices, "choice")
    if entry.formula:
        try:
            check_formula(entry.formula, attributes)
        except FormulaError as error:
            site.at("formula").complain(str(error))


def main() -> None:
    """Load a folder of rules and say what is wrong with it."""
    import sys
    from pathlib import Path

    from adjudge.paths import rules_folder

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else rules_folder()
    try:
        knowledge = load(read_folder(folder), f"{folder}/")
    except KnowledgeError as error:
        sys.exit(str(error))
    count = len(knowledge.derivations) + sum(len(need.rules) for need in knowledge.needs.values())
    sys.stdout.write(
        f"{len(knowledge.attributes)} attributes, {len(knowledge.choices)} choices, {count} compiled rules\n"
    )


if __name__ == "__main__":
    main()
