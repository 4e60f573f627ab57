"""From decision files to rules, sorted by the need that they bear on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from adjudge.building import Problems, RuleBuilder, Site, check_id, check_sources, check_span, check_tests
from adjudge.convert import convert
from adjudge.errors import nearest
from adjudge.facts import Test, is_any
from adjudge.knowledge import Ladder, Need, Rule, RuleKind, Step, Topic
from adjudge.schema import ChoiceEntry, DecisionFile, LadderEntry, RuleEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.vocabulary import Value
    from adjudge.yamlfile import YamlFile

CONSEQUENCES: tuple[RuleKind, ...] = ("derive", "recommend", "reject", "prefer", "advise")


class Written(NamedTuple):
    """A rule or a ladder as it was written: its full id, the need of its file, its place, its entry."""

    id: str
    need: str
    site: Site
    entry: RuleEntry | LadderEntry


class Topics:
    """Reads decision files, one after the other, and collects their rules; what is wrong goes to `problems`.

    `derivations` are the rules that derive requirements, `everywhere` those that bear on every need that has their
    choices (principles, and what choices require or cannot exceed), `written` the entries by full id.
    """

    def __init__(self, builder: RuleBuilder, problems: Problems) -> None:
        self.builder, self.problems = builder, problems
        self.derivations: list[Rule] = []
        self.everywhere: list[Rule] = []
        self.written: dict[str, Written] = {}
        self.topics: dict[str, Topic] = {}
        self._by_need: dict[str, list[Rule]] = {}
        self._ladders: dict[str, list[Ladder]] = {}

    def read(self, file: YamlFile) -> None:
        """Take in a decision file."""
        top = convert(file, (), file.data, DecisionFile, self.problems)
        if top is None:
            return
        self._check_topic(top, Site(file, (), self.problems))
        self.topics[top.topic] = Topic(top.topic, top.title, top.settles, top.need)
        kinds: tuple[tuple[str, type[RuleEntry | LadderEntry]], ...] = (("rules", RuleEntry), ("ladders", LadderEntry))
        for field, kind in kinds:
            for index, raw in enumerate(getattr(top, field)):
                site = Site(file, (field, index), self.problems)
                entry = convert(file, site.path, raw, kind, self.problems)
                if entry is not None:
                    self._take(Written(f"{top.topic}.{entry.id}", top.need, site, entry))

    def _check_topic(self, top: DecisionFile, site: Site) -> None:
        stem = site.file.name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
        if top.topic != stem:
            site.at("topic").complain(f"the topic `{top.topic}` is not named like its file", f"write `{stem}`")
        if top.need:
            self._known(top.need, site.at("need"))

    def _known(self, need: str, site: Site) -> bool:
        known = site.known(need, self._vocabulary(), "need")
        if known:
            self._by_need.setdefault(need, [])
        return known

    def _vocabulary(self) -> dict[str, Value]:
        """Return the needs that the vocabulary knows."""
        return self.builder.attributes["need"].values if "need" in self.builder.attributes else {}

    def serve(self, need: str, entry: ChoiceEntry, site: Site) -> None:
        """Add the argument that a choice's catalog entry says it serves a need."""
        if self._known(need, site):
            test = is_any(self.builder.attributes["need"], (need,))
            name = f"{entry.id}.serves.{need}"
            rule = Rule(name, "recommend", (test,), entry.does, tuple(entry.sources), (entry.id,), basis="serves")
            self._by_need[need].append(rule)

    def _take(self, written: Written) -> None:
        check_id(written.site, written.entry.id)
        if written.id in self.written:
            written.site.at("id").complain(f"the rule `{written.entry.id}` is defined twice in this topic")
        self.written.setdefault(written.id, written)
        before = len(self.problems)
        rules = list(self._rules(written)) if isinstance(written.entry, RuleEntry) else self._ladder(written)
        sound = len(self.problems) == before
        for rule in rules:
            if rule.kind == "derive":
                self.derivations.append(rule)
            elif written.need:
                self._by_need.setdefault(written.need, []).append(rule)
            elif rule.kind != "recommend" and rule.subjects:
                self.everywhere.append(rule)
            elif sound and not rule.traits:
                hint = "or speak of choices by traits" if rule.kind != "recommend" else ""
                written.site.complain(f"`{rule.kind}` needs a need: put the rule into the file of one", hint)
                return

    def _rules(self, written: Written) -> Iterator[Rule]:
        """Yield one rule for each alternative of an entry."""
        entry, site = written.entry, written.site
        kind = _consequence(entry, site) if isinstance(entry, RuleEntry) else None
        if kind is None or not isinstance(entry, RuleEntry):
            return
        _check_texts(entry, site)
        subjects, over, used = self._subjects(entry, kind, site)
        since, until = check_span(site, entry.from_, entry.until)
        rule = Rule(
            written.id,
            kind,
            (),
            entry.because,
            check_sources(site, entry.sources),
            subjects,
            over,
            self.builder.statements(entry.derive or {}, site.at("derive"), by=written.id),
            advice=entry.advise or "",
            traits=used,
            since=since,
            until=until,
        )
        for tests in self._ways(entry, site):
            yield msgspec.structs.replace(rule, tests=tests)

    def _ways(self, entry: RuleEntry, site: Site) -> Iterator[tuple[Test, ...]]:
        """Yield the conjunctions of tests each of which makes a rule fire."""
        given = self.builder.tests(entry.when, site.at("when"))
        for index, way in enumerate(entry.when_any or [{}]):
            tests = tuple(dict.fromkeys((*given, *self.builder.tests(way, site.at("when-any", index)))))
            if not entry.when and not way:
                site.complain("a rule without conditions would always fire", "add `when`")
            yield check_tests(site.at("when"), tests)

    def _subjects(
        self, entry: RuleEntry, kind: RuleKind, site: Site
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Return the choices a rule speaks of, those it puts below them, and the trait values that chose them."""
        key = "about" if kind == "advise" else kind
        said = None if kind == "derive" else getattr(entry, key)
        subjects, used = self.builder.choose(said, site.at(key)) if said is not None else ((), ())
        over, used_over = self.builder.choose(entry.over, site.at("over")) if entry.over is not None else ((), ())
        return subjects, over, (*used, *used_over)

    def _ladder(self, written: Written) -> list[Rule]:
        entry, site = written.entry, written.site
        if not isinstance(entry, LadderEntry):
            return []
        if not written.need:
            site.complain("a ladder needs a need: put it into the file of one")
            return []
        names = [step.choice for step in entry.steps]
        if len(names) < 2 or len(set(names)) != len(names):  # noqa: PLR2004
            site.at("steps").complain("a ladder has at least two steps, each with a choice of its own")
        if len(entry.examples) < len(names):
            site.at("examples").complain("needs an example for each of its steps")
        for index, example in enumerate(entry.examples):
            if example.step and example.step not in names:
                hint = nearest(example.step, names)
                site.at("examples", index, "step").complain(f"`{example.step}` is no step of this ladder", hint)
        steps = tuple(Step(step.choice, step.because, tuple(step.sources)) for step in entry.steps)
        self._ladders.setdefault(written.need, []).append(Ladder(written.id, steps))
        return self.builder.ladder(written.id, entry.when, entry.steps, site)

    def needs(self) -> dict[str, Need]:
        """Return every need with its candidates and all rules that bear on them."""
        found = {}
        for need, value in self._vocabulary().items():
            rules = self._by_need.get(need)
            if rules is None:  # nothing is known about it yet
                continue
            named = {choice for rule in rules if not rule.traits for choice in (*rule.subjects, *rule.over)}
            candidates = tuple(sorted(named))
            bearing = [narrowed for rule in (*rules, *self.everywhere) if (narrowed := _narrow(rule, candidates))]
            # What a topic rejects by traits tells of choices as well that are no candidates, see `options`.
            bearing += [
                msgspec.structs.replace(rule, subjects=())
                for rule in rules
                if rule.kind == "reject" and rule.traits and not set(rule.subjects) & set(candidates)
            ]
            bearing.sort(key=lambda rule: (rule.id, repr(rule.tests)))
            ladders = sorted(self._ladders.get(need, ()), key=lambda ladder: ladder.id)
            found[need] = Need(need, value.says, candidates, tuple(bearing), tuple(ladders))
        return found


def _consequence(entry: RuleEntry, site: Site) -> RuleKind | None:
    """Return what follows from a rule, or None, with the problem noted, if that is not exactly one thing."""
    kinds = [kind for kind in CONSEQUENCES if getattr(entry, kind) is not None]
    if len(kinds) != 1:
        said = " and ".join(f"`{kind}`" for kind in kinds) or "none"
        site.complain(f"a rule has exactly one consequence, this one has {said}", f"one of {', '.join(CONSEQUENCES)}")
        return None
    if (kinds[0] == "prefer") != (entry.over is not None):
        site.complain("`prefer` and `over` belong together")
        return None
    if entry.about is not None and kinds[0] != "advise":
        site.at("about").complain("`about` belongs to `advise`")
    if kinds[0] == "derive" and not entry.derive:
        site.at("derive").complain("derives nothing")
    return kinds[0]


def _check_texts(entry: RuleEntry, site: Site) -> None:
    for key in ("because", "advise"):
        text = getattr(entry, key)
        if text is not None and not text.strip():
            site.at(key).complain("says nothing")
    for key, does in (("match", "matches"), ("differ", "does not match")):
        if not getattr(entry.examples, key):
            site.at("examples", key).complain(f"needs at least one example that {does}")


def _narrow(rule: Rule, candidates: tuple[str, ...]) -> Rule | None:
    """Return a rule with only those of its choices that are candidates, or None if it has nothing left to say."""
    subjects = tuple(choice for choice in rule.subjects if choice in candidates)
    over = tuple(choice for choice in rule.over if choice in candidates)
    if bool(subjects) != bool(rule.subjects) or bool(over) != bool(rule.over):
        return None
    return msgspec.structs.replace(rule, subjects=subjects, over=over)
