"""What exercises the rules: questions, scenarios and the rules' own examples.

A rule is exercised where it fires. A condition of it is exercised where everything else that the rule asks holds and
the condition does not: that is what shows that it matters.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from adjudge.api import evaluate_scenario
from adjudge.building import Problems, RuleBuilder, Site
from adjudge.evaluation import NOTES_DAY, Evaluator
from adjudge.facts import Test, witnesses
from adjudge.inference import InconsistentError
from adjudge.schema import RuleEntry
from adjudge.words import show_test

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from adjudge.facts import Facts
    from adjudge.knowledge import Knowledge, Rule
    from adjudge.scenario import Scenario
    from adjudge.topics import Written


class Covered(msgspec.Struct, frozen=True):
    """What exercises one rule, or one alternative of it.

    `questions` and `scenarios` are the ids of those that make it fire, `examples` how many of its own do.
    `unexercised` are the conditions that nothing exercises.
    """

    rule: str
    basis: str
    conditions: tuple[str, ...]
    questions: tuple[str, ...]
    scenarios: tuple[str, ...]
    examples: int
    unexercised: tuple[str, ...]

    @property
    def fired(self) -> bool:
        """Whether anything makes it fire."""
        return bool(self.questions or self.scenarios or self.examples)


class _Way(NamedTuple):
    """One alternative of a rule: what identifies it wherever it bears on."""

    rule: str
    tests: tuple[Test, ...]


class _Tally(msgspec.Struct):
    basis: str
    questions: set[str]
    scenarios: set[str]
    examples: int
    exercised: set[Test]


def cover(knowledge: Knowledge, written: Mapping[str, Written], scenarios: Iterable[Scenario]) -> list[Covered]:
    """Return what exercises each rule, by rule id. Raises ScenarioError for a scenario that contradicts itself."""
    found = _Coverage(knowledge)
    for scenario in scenarios:
        found.scenario(scenario)
    for one in written.values():
        found.examples(one)
    return found.result()


class _Coverage:
    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.evaluator = Evaluator(knowledge, "native")
        self.builder = RuleBuilder(knowledge.attributes, knowledge.choices, knowledge.traits)
        self.tallies: dict[_Way, _Tally] = {}
        self.ways: dict[str, list[_Way]] = defaultdict(list)  # by need ("" for derivations)
        self.of_rule: dict[str, dict[_Way, None]] = defaultdict(dict)
        for need, rules in [("", knowledge.derivations), *((n.id, n.rules) for n in knowledge.needs.values())]:
            for rule in rules:
                self._add(need, rule)

    def _add(self, need: str, rule: Rule) -> None:
        way = _Way(rule.id, rule.tests)
        self.tallies.setdefault(way, _Tally(rule.basis, set(), set(), 0, set()))
        self.ways[need].append(way)
        self.of_rule[rule.id][way] = None

    def scenario(self, scenario: Scenario) -> None:
        """Note what a scenario exercises."""
        evaluation = evaluate_scenario(scenario, self.evaluator)
        needs = ["", *(one.need for one in evaluation.decisions)]
        ways = dict.fromkeys(way for need in needs for way in self.ways[need])
        for way, missed in self._near(evaluation.inference.facts, ways):
            tally = self.tallies[way]
            if missed is None:
                (tally.questions if scenario.question else tally.scenarios).add(scenario.id)
            else:
                tally.exercised.add(missed)

    def examples(self, written: Written) -> None:
        """Note what the examples of a rule or a ladder exercise in it."""
        entry = written.entry
        if isinstance(entry, RuleEntry):
            given = [*entry.examples.match, *entry.examples.differ]
            own = self.of_rule[written.id]
        else:
            given = [example.given for example in entry.examples]
            names = [f"{written.id}.{step.choice}" for step in entry.steps]
            own = {way: None for name in names for done in ("", ".done") for way in self.of_rule[name + done]}
        day = NOTES_DAY
        if isinstance(entry, RuleEntry):
            day = max(entry.from_, min(NOTES_DAY, entry.until or NOTES_DAY))
        for example in given:
            stated = self.builder.statements(example, Site(written.site.file, written.site.path, Problems()))
            try:
                facts = self.evaluator.infer(stated, day).facts
            except InconsistentError:  # which `check_examples` reports
                continue
            for way, missed in self._near(facts, own):
                if missed is None:
                    self.tallies[way].examples += 1
                else:
                    self.tallies[way].exercised.add(missed)

    def _near(self, facts: Facts, ways: Iterable[_Way]) -> Iterator[tuple[_Way, Test | None]]:
        """Yield the ways all of whose tests hold, and those for which one does not, with that one."""
        holds: dict[Test, bool] = {}
        for way in ways:
            missed = None
            for test in way.tests:
                if test not in holds:
                    holds[test] = bool(witnesses(test, facts))
                if not holds[test]:
                    if missed is not None:
                        break
                    missed = test
            else:
                yield way, missed

    def result(self) -> list[Covered]:
        """Return what was noted."""
        attributes = self.knowledge.attributes
        found = []
        for way, tally in sorted(self.tallies.items(), key=lambda one: (one[0].rule, repr(one[0].tests))):
            shown = {test: show_test(test, attributes[test.attribute]) for test in way.tests}
            found.append(
                Covered(
                    way.rule,
                    tally.basis,
                    tuple(shown.values()),
                    tuple(sorted(tally.questions)),
                    tuple(sorted(tally.scenarios)),
                    tally.examples,
                    tuple(said for test, said in shown.items() if test not in tally.exercised),
                )
            )
        return found
