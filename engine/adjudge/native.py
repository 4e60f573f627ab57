"""The native engine: a plain forward matcher with an index from facts to tests and a counter per rule."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.facts import Facts, Known, Test
    from adjudge.knowledge import Rule


class NativeEngine:
    """Matches one set of rules; see `engines.Engine`. Cost grows with the tests that hold, not with the rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        numbers: dict[Test, int] = {}
        users: list[list[int]] = []
        for rule_number, rule in enumerate(rules):
            for test in dict.fromkeys(rule.tests):
                number = numbers.setdefault(test, len(numbers))
                if number == len(users):
                    users.append([])
                users[number].append(rule_number)
        self._users = tuple(map(tuple, users))
        self._open = bytes(len(set(rule.tests)) for rule in rules)
        self._always = tuple(number for number, rule in enumerate(rules) if not rule.tests)
        self._index = {test.attribute: _Index() for test in numbers}
        for test, number in numbers.items():
            self._index[test.attribute].add(test, number)
        for index in self._index.values():
            index.freeze()

    def match(self, facts: Facts) -> tuple[int, ...]:
        """Return, in order, the numbers of the rules all of whose tests hold."""
        left = bytearray(self._open)
        fired = list(self._always)
        users = self._users
        for attribute, known in facts.items():
            index = self._index.get(attribute)
            held = index.held(known) if index else ()
            for test in held:
                for rule in users[test]:
                    left[rule] -= 1
                    if not left[rule]:
                        fired.append(rule)
        fired.sort()
        return tuple(fired)


class _Index:
    """The tests on one attribute, found by what makes them hold."""

    def __init__(self) -> None:
        self.true: dict[str, list[int]] = {}
        self.false: dict[str, list[int]] = {}
        self._least: list[tuple[int, int]] = []
        self._most: list[tuple[int, int]] = []

    def add(self, test: Test, number: int) -> None:
        if test.relation == "at-least":
            self._least.append((test.bound, number))
        elif test.relation == "at-most":
            self._most.append((-test.bound, number))
        for value in test.yes:
            self.true.setdefault(value, []).append(number)
        for value in test.no:
            self.false.setdefault(value, []).append(number)

    def held(self, known: Known) -> Iterable[int]:
        """Return the numbers of the tests that hold, each once."""
        if known.least is not None or known.most is not None:
            least = self.reached[: bisect_right(self.least, known.least)] if known.least is not None else []
            most = self.undercut[: bisect_right(self.most, -known.most)] if known.most is not None else []
            return least + most
        if len(known.true) == 1 and not known.false:
            return self.true.get(known.true[0], ())
        true = (number for value in known.true for number in self.true.get(value, ()))
        return {*true, *(number for value in known.false for number in self.false.get(value, ()))}

    def freeze(self) -> None:
        """Sort the bounds; `most` holds them negated, so that both are searched from below."""
        self.least = [bound for bound, _ in sorted(self._least)]
        self.reached = [number for _, number in sorted(self._least)]
        self.most = [bound for bound, _ in sorted(self._most)]
        self.undercut = [number for _, number in sorted(self._most)]
