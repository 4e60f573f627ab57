"""The native engine: a plain forward matcher with an index from facts to tests and a counter per rule."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from adjudge.facts import Outcome, outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from adjudge.facts import Facts, Known, Test
    from adjudge.knowledge import Rule
    from adjudge.vocabulary import Attribute


class Trace(NamedTuple):
    """The record of one match: the rules that fired, how many tests of each rule did not hold, and the facts."""

    fired: tuple[int, ...]
    lacking: bytearray
    facts: Facts


class NativeEngine:
    """Matches one set of rules; see `engines.Engine`. Cost grows with the tests that hold, not with the rules."""

    def __init__(self, rules: Sequence[Rule], attributes: Mapping[str, Attribute]) -> None:
        self._rules = tuple(rules)
        self._attributes = attributes
        self._tests = bytes(len(set(rule.tests)) for rule in rules)
        self._always = [number for number, rule in enumerate(rules) if not rule.tests]
        self._index: dict[str, _Index] = {}
        for number, rule in enumerate(rules):
            for place, test in enumerate(dict.fromkeys(rule.tests)):
                if test.attribute not in self._index:
                    self._index[test.attribute] = _Index()
                self._index[test.attribute].add(test, place, number)
        for index in self._index.values():
            index.freeze()

    def match(self, facts: Facts) -> tuple[int, ...]:
        """Return, in order, the numbers of the rules all of whose tests hold."""
        return self.trace(facts).fired

    def trace(self, facts: Facts) -> Trace:
        """Match, and keep the record; `examine` reads it."""
        lacking = bytearray(self._tests)
        fired = self._always.copy()
        index = self._index
        for attribute, known in facts.items():
            if attribute not in index:
                continue
            for rule in index[attribute].rules(known):
                lacking[rule] -= 1
                if not lacking[rule]:
                    fired.append(rule)
        fired.sort()
        return Trace(tuple(fired), lacking, facts)

    def examine(self, trace: Trace, number: int) -> tuple[Outcome, ...]:
        """Return how each condition of a rule came out in a match: held, failed or open, and by which facts."""
        tests = dict.fromkeys(self._rules[number].tests)
        return tuple(outcome(test, trace.facts, self._attributes[test.attribute]) for test in tests)


class _Index:
    """The tests on one attribute, found by what makes them hold, each with the number of its rule."""

    def __init__(self) -> None:
        self._true: dict[str, list[int]] = {}
        self._tests: dict[tuple[str, bool], list[tuple[int, int]]] = {}
        self._least: list[tuple[int, int]] = []
        self._most: list[tuple[int, int]] = []

    def add(self, test: Test, number: int, rule: int) -> None:
        """Take in a test of a rule, the test with a number of its own in that rule."""
        if test.relation == "at-least":
            self._least.append((test.bound, rule))
        elif test.relation == "at-most":
            self._most.append((-test.bound, rule))
        for value in test.yes:
            self._true.setdefault(value, []).append(rule)
            self._tests.setdefault((value, True), []).append((rule, number))
        for value in test.no:
            self._tests.setdefault((value, False), []).append((rule, number))

    def freeze(self) -> None:
        """Sort the bounds; those from above are negated, so that both are searched from below."""
        self._least.sort()
        self._most.sort()
        self._least_bounds = [bound for bound, _ in self._least]
        self._most_bounds = [bound for bound, _ in self._most]

    def rules(self, known: Known) -> Iterable[int]:
        """Return the numbers of the rules that have a test that holds, once for each such test."""
        true = known.true
        if len(true) == 1 and not known.false:
            return self._true.get(true[0], ())
        if known.least is not None or known.most is not None:
            least = bisect_right(self._least_bounds, known.least) if known.least is not None else 0
            most = bisect_right(self._most_bounds, -known.most) if known.most is not None else 0
            return [rule for _, rule in (*self._least[:least], *self._most[:most])]
        keys = [(value, True) for value in true] + [(value, False) for value in known.false]
        return [rule for rule, _ in {pair for key in keys for pair in self._tests.get(key, ())}]
