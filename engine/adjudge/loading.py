"""Reading a folder of rules into knowledge, reporting everything that is wrong with it at once.

`python -m adjudge.loading [DIR]` does just that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from adjudge.building import (
    Problems,
    RuleBuilder,
    Site,
    build_attribute,
    build_choice,
    build_trait,
    check_day,
    check_id,
    check_sources,
)
from adjudge.checking import MAX_TESTS, check_examples, check_loops
from adjudge.contents import FOLDERS, Contents, read_folder
from adjudge.convert import convert
from adjudge.errors import InputError, KnowledgeError, Problem, nearest
from adjudge.facts import is_any
from adjudge.knowledge import Choice, Knowledge, Need, Rule, RuleKind
from adjudge.schema import (
    AttributeEntry,
    CatalogFile,
    ChoiceEntry,
    DecisionFile,
    LadderEntry,
    RuleEntry,
    TraitEntry,
    VocabularyFile,
)
from adjudge.statements import MisfitError, read_statement
from adjudge.yamlfile import YamlFile, decode, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from adjudge.vocabulary import Attribute, Trait

CONSEQUENCES: tuple[RuleKind, ...] = ("derive", "recommend", "reject", "prefer", "advise")

T = TypeVar("T", bound=msgspec.Struct)


def load(contents: Contents, prefix: str = "") -> Knowledge:
    """Turn the files of a folder of rules into knowledge.

    `prefix` is put before the file names in messages. Raises KnowledgeError with all problems found.
    """
    loader = _Loader(contents, prefix)
    knowledge = loader.load()
    if loader.problems:
        raise KnowledgeError(sorted(loader.problems))
    return knowledge


class _Loader:
    def __init__(self, contents: Contents, prefix: str) -> None:
        self.problems = Problems()
        self.files: dict[str, list[YamlFile]] = {part: [] for part in FOLDERS}
        for name, content in sorted(contents.items()):
            shown = prefix + name
            try:
                self.files[name.partition("/")[0]].append(parse(decode(content, shown), shown))
            except InputError as error:
                self.problems += error.problems

    def load(self) -> Knowledge:
        """Build everything that can be built; problems are collected on the way."""
        attributes, traits = self._vocabulary()
        entries = self._entries("catalog", CatalogFile, "choices", ChoiceEntry)
        choices = self._unique([(build_choice(entry, site, traits), site) for entry, site in entries], "choice")
        for entry, site in entries:
            for index, name in enumerate(entry.successors):
                site.at("successors", index).known(name, choices, "choice")
        builder = RuleBuilder(attributes, choices, traits)
        arguments = _Arguments(attributes, choices)
        for entry, site in entries:
            for index, need in enumerate(entry.serves):
                if arguments.check_need(need, site.at("serves", index)):
                    arguments.serve(need, entry)
            for basis, constraints in (("requires", entry.requires), ("limit", entry.limits)):
                for index, constraint in enumerate(constraints):
                    place = site.at("requires" if basis == "requires" else "limits", index)
                    arguments.everywhere += builder.constraint(entry.id, constraint, basis, place)  # type: ignore[arg-type]
        examples = self._decisions(builder, arguments)
        knowledge = Knowledge(
            attributes,
            traits,
            choices,
            tuple(sorted(arguments.derivations, key=lambda rule: (rule.id, repr(rule.tests)))),
            arguments.needs(),
            tuple(sorted(name for name, attribute in attributes.items() if attribute.assume is not None)),
        )
        self._check_assumptions(knowledge)
        if not self.problems:
            self.problems += check_examples(knowledge, examples)
            self.problems += check_loops(knowledge, {rule_id: site for rule_id, site, _ in examples})
        return knowledge

    def _entries(self, part: str, whole: type[Any], field: str, kind: type[T]) -> list[tuple[T, Site]]:
        """Return the entries of one kind from all files of a folder, each with its place."""
        found = []
        for file in self.files[part]:
            document = convert(file, (), file.data, whole, before := [])
            self._note(before)
            for index, raw in enumerate(getattr(document, field, ())):
                entry = convert(file, (field, index), raw, kind, self.problems)
                if entry is None:
                    self.problems.broken.add(str(raw.get("id")) if isinstance(raw, dict) else "")
                else:
                    found.append((entry, Site(file, (field, index), self.problems)))
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

    def _vocabulary(self) -> tuple[dict[str, Attribute], dict[str, Trait]]:
        entries = self._entries("vocabulary", VocabularyFile, "attributes", AttributeEntry)
        attributes = self._unique([(build_attribute(entry, site), site) for entry, site in entries], "attribute")
        for entry, site in entries:
            if entry.assume is not None:
                try:
                    read_statement(entry.id, entry.assume, attributes)
                except MisfitError as error:
                    site.at("assume").complain(str(error), error.hint)
        found = self._entries("vocabulary", VocabularyFile, "traits", TraitEntry)
        goals = attributes["goal"].values if "goal" in attributes else {}
        for trait, site in found:
            if trait.goal:
                site.at("goal").known(trait.goal, goals, "goal")
        traits = self._unique([(build_trait(entry, site), site) for entry, site in found], "trait")
        return attributes, traits

    def _decisions(self, builder: RuleBuilder, arguments: _Arguments) -> list[tuple[str, Site, Any]]:
        """Build all rules and ladders into `arguments`; return each entry's full id, place and entry."""
        found: list[tuple[str, Site, Any]] = []
        topics: dict[str, str] = {}
        seen: dict[str, Site] = {}
        for file in self.files["decisions"]:
            top = convert(file, (), file.data, DecisionFile, self.problems)
            if top is None:
                continue
            site = Site(file, (), self.problems)
            stem = file.name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
            if top.topic != stem:
                site.at("topic").complain(f"the topic `{top.topic}` is not named like its file", f"write `{stem}`")
            if top.need and arguments.check_need(top.need, site.at("need")):
                if top.need in topics:
                    site.at("need").complain(f"the need `{top.need}` has a file already", topics[top.need])
                topics[top.need] = file.name
            for field, kind in (("rules", RuleEntry), ("ladders", LadderEntry)):
                for index, raw in enumerate(getattr(top, field)):
                    here = Site(file, (field, index), self.problems)
                    entry: Any = convert(file, here.path, raw, kind, self.problems)
                    if entry is None:
                        continue
                    check_id(here, entry.id)
                    full = f"{top.topic}.{entry.id}"
                    if full in seen:
                        here.at("id").complain(f"the rule `{entry.id}` is defined twice in this topic")
                    seen.setdefault(full, here)
                    if kind is RuleEntry:
                        _add_rule(entry, full, top.need, here, builder, arguments)
                    else:
                        _add_ladder(entry, full, top.need, here, builder, arguments)
                    found.append((full, here, entry))
        return found

    def _check_assumptions(self, knowledge: Knowledge) -> None:
        derived = {r.attribute: rule.id for rule in knowledge.derivations for r in rule.derives}
        for file in self.files["vocabulary"]:
            for index, raw in enumerate(file.data.get("attributes") or () if isinstance(file.data, dict) else ()):
                name = raw.get("id") if isinstance(raw, dict) else None
                if name in derived and knowledge.attributes[name].assume is not None:
                    site = Site(file, ("attributes", index, "assume"), self.problems)
                    site.complain(f"`{name}` has a default, but rule {derived[name]} derives it", "drop one of the two")


class _Arguments:
    """The rules found so far, by what they bear on."""

    def __init__(self, attributes: Mapping[str, Attribute], choices: Mapping[str, Choice]) -> None:
        self.attributes, self.choices = attributes, choices
        self.derivations: list[Rule] = []
        self.by_need: dict[str, list[Rule]] = {}
        self.everywhere: list[Rule] = []  # principles, requirements and limits: for every need with their choices

    def check_need(self, need: str, site: Site) -> bool:
        """Tell whether a need is known to the vocabulary; if not, note it."""
        known = site.known(need, self.attributes["need"].values if "need" in self.attributes else (), "need")
        if known:
            self.by_need.setdefault(need, [])
        return known

    def serve(self, need: str, entry: ChoiceEntry) -> None:
        """Add the argument that a choice's catalog entry says it serves a need."""
        test = is_any(self.attributes["need"], (need,))
        because = entry.does
        self.by_need[need].append(
            Rule(f"{entry.id}.serves.{need}", "recommend", (test,), because, tuple(entry.sources), (entry.id,), basis="serves")
        )

    def needs(self) -> dict[str, Need]:
        """Return every need with its candidates and all rules that bear on them."""
        found = {}
        for need, rules in self.by_need.items():
            named = {choice for rule in rules if not rule.traits for choice in (*rule.subjects, *rule.over)}
            candidates = tuple(sorted(named & self.choices.keys()))
            bearing = [narrowed for rule in (*rules, *self.everywhere) if (narrowed := _narrow(rule, candidates))]
            bearing.sort(key=lambda rule: (rule.id, repr(rule.tests)))
            found[need] = Need(need, self.attributes["need"].values[need].says, candidates, tuple(bearing))
        return found


def _narrow(rule: Rule, candidates: tuple[str, ...]) -> Rule | None:
    """Return a rule with only those of its choices that are candidates, or None if it has nothing left to say."""
    subjects = tuple(choice for choice in rule.subjects if choice in candidates)
    over = tuple(choice for choice in rule.over if choice in candidates)
    if bool(subjects) != bool(rule.subjects) or bool(over) != bool(rule.over):
        return None
    return msgspec.structs.replace(rule, subjects=subjects, over=over)


def _add_rule(entry: RuleEntry, full: str, need: str, site: Site, builder: RuleBuilder, arguments: _Arguments) -> None:
    kinds = [kind for kind in CONSEQUENCES if getattr(entry, kind) is not None]
    if len(kinds) != 1:
        said = " and ".join(f"`{kind}`" for kind in kinds) or "none"
        site.complain(f"a rule has exactly one consequence, this one has {said}", f"one of {', '.join(CONSEQUENCES)}")
        return
    kind = kinds[0]
    if (kind == "prefer") != (entry.over is not None):
        site.complain("`prefer` and `over` belong together")
        return
    if entry.about is not None and kind != "advise":
        site.at("about").complain("`about` belongs to `advise`")
    if not entry.because.strip():
        site.at("because").complain("says nothing")
    for key in ("match", "differ"):
        if not getattr(entry.examples, key):
            site.at("examples", key).complain(f"needs at least one example that {'matches' if key == 'match' else 'does not match'}")
    sources = check_sources(site, entry.sources)
    since, until = check_day(site, "from", entry.from_), check_day(site, "until", entry.until)
    subjects, over, used = _subjects(entry, kind, site, builder)
    derives = builder.statements(entry.derive or {}, site.at("derive"), by=full)
    if kind == "derive" and not entry.derive:
        site.at("derive").complain("derives nothing")
    because = entry.advise if entry.advise is not None else entry.because
    given = builder.tests(entry.when, site.at("when"))
    ways = [builder.tests(way, site.at("when-any", index)) for index, way in enumerate(entry.when_any)] or [()]
    for way in ways:
        tests = tuple(dict.fromkeys((*given, *way)))
        if not tests:
            site.complain("a rule without conditions would always fire", "add `when`")
        if len(tests) > MAX_TESTS:
            site.at("when").complain(f"has {len(tests)} conditions; {MAX_TESTS} are the most")
        rule = Rule(full, kind, tests, because, sources, subjects, over, derives, "rule", used, since, until)
        if kind == "derive":
            arguments.derivations.append(rule)
        elif need:
            arguments.by_need.setdefault(need, []).append(rule)
        elif kind == "recommend" or not subjects:
            site.complain(f"`{kind}` needs a need: put the rule into the file of one", "or speak of choices by traits")
            return
        else:
            arguments.everywhere.append(rule)


def _subjects(
    entry: RuleEntry, kind: RuleKind, site: Site, builder: RuleBuilder
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the choices a rule speaks of, those it puts below them, and the trait values that chose them."""
    key = "about" if kind == "advise" else kind
    said = None if kind == "derive" else getattr(entry, key)
    subjects, used = builder.choose(said, site.at(key)) if said is not None else ((), ())
    over, used_over = builder.choose(entry.over, site.at("over")) if entry.over is not None else ((), ())
    return subjects, over, (*used, *used_over)


def _add_ladder(entry: LadderEntry, full: str, need: str, site: Site, builder: RuleBuilder, arguments: _Arguments) -> None:
    if not need:
        site.complain("a ladder needs a need: put it into the file of one")
        return
    names = [step.choice for step in entry.steps]
    if len(names) < 2 or len(set(names)) != len(names):  # noqa: PLR2004
        site.at("steps").complain("a ladder has at least two steps, each with a choice of its own")
    if len(entry.examples) < len(names):
        site.at("examples").complain("needs an example for each of its steps")
    for index, example in enumerate(entry.examples):
        if example.step and example.step not in names:
            site.at("examples", index, "step").complain(f"`{example.step}` is no step of this ladder", nearest(example.step, names))
    arguments.by_need.setdefault(need, []).extend(builder.ladder(full, entry.when, entry.steps, site))


def main() -> None:
    """Load a folder of rules and say what is wrong with it."""
    import sys  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    from adjudge.paths import rules_folder  # noqa: PLC0415

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else rules_folder()
    try:
        knowledge = load(read_folder(folder), f"{folder}/")
    except KnowledgeError as error:
        sys.exit(str(error))
    count = len(knowledge.derivations) + sum(len(need.rules) for need in knowledge.needs.values())
    sys.stdout.write(f"{len(knowledge.attributes)} attributes, {len(knowledge.choices)} choices, {count} compiled rules\n")


if __name__ == "__main__":
    main()
