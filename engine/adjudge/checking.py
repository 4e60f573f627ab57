"""Checks of a finished knowledge base: examples that do what they say, preferences that cannot run in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.building import Problems, RuleBuilder, Site
from adjudge.evaluation import NOTES_DAY, Evaluator
from adjudge.inference import InconsistentError, Inference
from adjudge.schema import LadderEntry
from adjudge.shortfall import examine
from adjudge.words import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from adjudge.engines import EngineName
    from adjudge.errors import Problem
    from adjudge.facts import Test
    from adjudge.inference import Inference
    from adjudge.knowledge import Knowledge, Rule
    from adjudge.schema import RuleEntry
    from adjudge.topics import Written
    from adjudge.vocabulary import Attribute


def check_examples(
    knowledge: Knowledge, written: Mapping[str, Written], engine: EngineName = "native"
) -> list[Problem]:
    """Return a problem for each example that does not do what it is listed for."""
    check = _Examples(knowledge, engine)
    for one in written.values():
        site = Site(one.site.file, one.site.path, check.problems)
        if isinstance(one.entry, LadderEntry):
            check.ladder(one.id, one.entry, site)
        else:
            check.rule(one.id, one.entry, site)
    return check.problems


class _Examples:
    """Tries examples out."""

    def __init__(self, knowledge: Knowledge, engine: EngineName) -> None:
        self.problems = Problems()
        self.knowledge = knowledge
        self.evaluator = Evaluator(knowledge, engine)
        self.builder = RuleBuilder(knowledge.attributes, knowledge.choices, knowledge.traits)
        self.rules: dict[str, list[Rule]] = {}
        self.places: dict[str, list[tuple[str, int]]] = {}  # rule id -> (need or nothing, number of the rule)
        for need, rules in [("", knowledge.derivations), *((n.id, n.rules) for n in knowledge.needs.values())]:
            for number, rule in enumerate(rules):
                self.rules.setdefault(rule.id, []).append(rule)
                self.places.setdefault(rule.id, []).append((need, number))

    def rule(self, name: str, entry: RuleEntry, site: Site) -> None:
        """Try the examples of a rule."""
        day = max(entry.from_, min(NOTES_DAY, entry.until or NOTES_DAY))
        for key in ("match", "differ"):
            for index, example in enumerate(getattr(entry.examples, key)):
                place = site.at("examples", key, index)
                inference = self._infer(example, place, day)
                if inference is not None:
                    self._compare(name, inference, key == "match", place)

    def _compare(self, name: str, inference: Inference, match: bool, place: Site) -> None:
        fires = self._fires(name, inference)
        if fires and not match:
            place.complain("the rule fires on this example, which is listed as one that differs")
        elif match and not fires and name in self.rules:
            ways = [examine(self.knowledge, rule, inference.facts) for rule in self.rules[name]]
            closest = min(ways, key=lambda way: sum(one.state != "held" for one in way))
            lacking = [describe(one, self.knowledge.attributes) for one in closest if one.state != "held"]
            place.complain("the rule does not fire on this example", "; ".join(lacking))

    def ladder(self, name: str, entry: LadderEntry, site: Site) -> None:
        """Try the examples of a ladder."""
        for index, example in enumerate(entry.examples):
            place = site.at("examples", index)
            inference = self._infer(example.given, place, NOTES_DAY)
            if inference is None:
                continue
            standing = [
                step.choice
                for step in entry.steps
                if self._fires(f"{name}.{step.choice}", inference)
                and not self._fires(f"{name}.{step.choice}.done", inference)
            ]
            if standing != ([example.step] if example.step else []):
                called = " and ".join(standing) or "no step"
                place.complain(f"the ladder calls for {called} here, not {example.step or 'none'}")

    def _infer(self, example: dict[str, Any], place: Site, day: str) -> Inference | None:
        count = len(self.problems)
        stated = self.builder.statements(example, place)
        if len(self.problems) > count:
            return None
        try:
            return self.evaluator.infer(stated, day)
        except InconsistentError as error:
            place.complain(f"this example cannot be: {error}")
            return None

    def _fires(self, name: str, inference: Inference) -> bool:
        """Ask the engine whether a rule fires."""
        return any(
            number in self.evaluator.engine(need).match(inference.facts) for need, number in self.places.get(name, ())
        )


def check_loops(knowledge: Knowledge, places: Mapping[str, Site]) -> list[Problem]:
    """Return a problem for each loop of preferences whose conditions can all hold at once."""
    problems = Problems()
    reported: set[frozenset[str]] = set()
    for need in knowledge.needs.values():
        edges: dict[str, list[tuple[str, Rule]]] = {}
        for rule in need.rules:
            if rule.kind == "prefer" and not rule.traits:  # principles give way, see judging
                for choice in rule.subjects:
                    edges.setdefault(choice, []).extend((rival, rule) for rival in rule.over)
        for choice in edges:
            for loop in _loops(edges, choice, knowledge.attributes):
                ids = frozenset(rule.id for rule in loop[1])
                if ids not in reported:
                    reported.add(ids)
                    shown = " over ".join(loop[0])
                    message = f"preferences run in a circle: {shown}, by the rules {', '.join(sorted(ids))}"
                    site = places[min(ids)]
                    Site(site.file, site.path, problems).complain(message, "make their conditions exclude each other")
    return problems


def _loops(
    edges: Mapping[str, list[tuple[str, Rule]]], start: str, attributes: Mapping[str, Attribute]
) -> Iterable[tuple[list[str], list[Rule]]]:
    """Yield the loops from `start` back to it, as the choices passed and the rules that lead on."""
    waiting: list[tuple[list[str], list[Rule]]] = [([start], [])]
    while waiting:
        path, rules = waiting.pop()
        for rival, rule in edges.get(path[-1], ()):
            then = [*rules, rule]
            if rival != start and (rival in path or rival < start):
                continue
            if not compatible([t for one in then for t in one.tests], attributes) or not _together(then):
                continue
            if rival == start:
                yield [*path, rival], then
            else:
                waiting.append(([*path, rival], then))


def _together(rules: Sequence[Rule]) -> bool:
    since, until = max(r.since for r in rules), min((r.until for r in rules if r.until), default="")
    return not until or since < until


def compatible(tests: Sequence[Test], attributes: Mapping[str, Attribute]) -> bool:
    """Tell whether all tests can hold at once, as far as single attributes show."""
    by_attribute: dict[str, list[Test]] = {}
    for test in dict.fromkeys(tests):
        by_attribute.setdefault(test.attribute, []).append(test)
    return all(_compatible(group, attributes[name]) for name, group in by_attribute.items())


def _compatible(tests: Sequence[Test], attribute: Attribute) -> bool:
    if attribute.kind == "quantity":
        least = [test.bound for test in tests if test.relation == "at-least"]
        most = [test.bound for test in tests if test.relation == "at-most"]
        return not least or not most or max(least) <= min(most)
    positive = [test for test in tests if test.relation == "is"]
    negative = [test.asked[0] for test in tests if test.relation == "is-not"]

    def allowed(value: str) -> bool:
        return not any(name == value or name in attribute.values[value].broader for name in negative)

    if attribute.kind == "multiple":
        return all(any(allowed(value) for value in test.yes) for test in positive)
    if not positive and attribute.kind == "single":  # all that is listed may be false, for there is more in the world
        return True
    return any(allowed(value) for value in set(attribute.values).intersection(*(test.yes for test in positive)))
