"""Checks of a finished knowledge base: examples that do what they say, preferences that cannot run in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.building import Problems, RuleBuilder, Site
from adjudge.evaluation import NOTES_DAY, Evaluator
from adjudge.facts import outcome
from adjudge.inference import Inference, InconsistentError
from adjudge.schema import LadderEntry
from adjudge.words import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from adjudge.errors import Problem
    from adjudge.facts import Test
    from adjudge.knowledge import Knowledge, Rule
    from adjudge.vocabulary import Attribute

MAX_TESTS = 32


def check_examples(knowledge: Knowledge, entries: Iterable[tuple[str, Site, Any]], engine: str = "native") -> list[Problem]:
    """Return a problem for each example that does not do what it is listed for."""
    problems = Problems()
    evaluator = Evaluator(knowledge, engine)  # type: ignore[arg-type]
    builder = RuleBuilder(knowledge.attributes, knowledge.choices, knowledge.traits)
    rules = _by_id(knowledge)
    for full, site, entry in entries:
        here = Site(site.file, site.path, problems)
        if isinstance(entry, LadderEntry):
            _check_ladder(evaluator, builder, rules, full, here, entry)
            continue
        day = max(entry.from_, min(NOTES_DAY, entry.until or NOTES_DAY))
        for key in ("match", "differ"):
            for index, example in enumerate(getattr(entry.examples, key)):
                place = here.at("examples", key, index)
                inference = _infer(evaluator, builder, example, place, day)
                if inference is not None:
                    _compare(knowledge, rules.get(full, ()), inference, key == "match", place)
    return problems


def _by_id(knowledge: Knowledge) -> dict[str, list[Rule]]:
    rules: dict[str, list[Rule]] = {}
    for rule in (*knowledge.derivations, *(rule for need in knowledge.needs.values() for rule in need.rules)):
        rules.setdefault(rule.id, []).append(rule)
    return rules


def _infer(evaluator: Evaluator, builder: RuleBuilder, example: dict[str, Any], place: Site, day: str) -> Inference | None:
    count = len(place.problems)
    stated = builder.statements(example, place)
    if len(place.problems) > count:
        return None
    try:
        return evaluator.infer(stated, day)
    except InconsistentError as error:
        place.complain(f"this example cannot be: {error}")
        return None


def _compare(knowledge: Knowledge, rules: Sequence[Rule], inference: Inference, match: bool, place: Site) -> None:
    ways = [[outcome(t, inference.facts, knowledge.attributes[t.attribute]) for t in rule.tests] for rule in rules]
    fires = any(all(one.state == "held" for one in way) for way in ways)
    if fires and not match:
        place.complain("the rule fires on this example, which is listed as one that differs")
    elif match and not fires and ways:
        closest = min(ways, key=lambda way: sum(one.state != "held" for one in way))
        lacking = [describe(one, knowledge.attributes) for one in closest if one.state != "held"]
        place.complain("the rule does not fire on this example", "; ".join(lacking))


def _check_ladder(
    evaluator: Evaluator, builder: RuleBuilder, rules: Mapping[str, Sequence[Rule]], full: str, site: Site, entry: LadderEntry
) -> None:
    for index, example in enumerate(entry.examples):
        place = site.at("examples", index)
        inference = _infer(evaluator, builder, example.given, place, NOTES_DAY)
        if inference is None:
            continue
        standing = [
            step.choice for step in entry.steps
            if _fires(evaluator.knowledge, rules.get(f"{full}.{step.choice}", ()), inference)
            and not _fires(evaluator.knowledge, rules.get(f"{full}.{step.choice}.done", ()), inference)
        ]  # fmt: skip
        if standing != ([example.step] if example.step else []):
            place.complain(f"the ladder calls for {' and '.join(standing) or 'no step'} here, not {example.step or 'none'}")


def _fires(knowledge: Knowledge, rules: Sequence[Rule], inference: Inference) -> bool:
    return any(
        all(outcome(t, inference.facts, knowledge.attributes[t.attribute]).state == "held" for t in rule.tests) for rule in rules
    )


def check_loops(knowledge: Knowledge, places: Mapping[str, Site]) -> list[Problem]:
    """Return a problem for each loop of preferences whose conditions can all hold at once."""
    problems = Problems()
    reported: set[frozenset[str]] = set()
    for need in knowledge.needs.values():
        edges: dict[str, list[tuple[str, Rule]]] = {}
        for rule in need.rules:
            if rule.kind == "prefer":
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
    shared = set(attribute.values).intersection(*(test.yes for test in positive)) if positive else set(attribute.values)
    return any(allowed(value) for value in shared)


