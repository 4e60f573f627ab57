"""The durable engine: durable-rules' C network as the matcher, and the only module that touches it.

durable-rules loses firings or ends the process when it is used outside narrow bounds (docs/engines.md). So:
its Host and its threads are left out; one flat fact per evaluation is asserted; a rule is a conjunction of tests
on keys of that fact; only names and integers that were checked reach it; and each network is kept so small that its
limits cannot be met. Only one of them depends on the facts, how many keys may be set at once: where there are more,
the rules are matched by several smaller networks that have no more keys than that.

An attribute that has one value at a time is a key with that value. Each test on several values is a key of its own,
set when the facts are flattened, and so is each test on an attribute that can have several: `$or` over values that
hold together would multiply the firings, and each `$or` would be one more node below the root.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Any

import durable_rules_engine as c_engine

from adjudge.errors import EngineError
from adjudge.facts import Fact
from adjudge.quantities import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from adjudge.facts import Facts, Test
    from adjudge.knowledge import Rule
    from adjudge.vocabulary import Attribute

_NAME = re.compile(r"[A-Za-z0-9_.:/+-]{1,80}\Z")
_MAX_RULES = 1000  # per network; 4,096 are the most
_MAX_USERS = 250  # conditions on one identical test; the C engine does not survive 256
_MAX_AT_ONCE = 56  # nodes below one node that a fact may satisfy at once; more than 64 are fatal
_MAX_BELOW = 300  # nodes below one node; 511 are the most
_SESSION = "s"
_SENTINEL = '{"id":"z","sid":"s","the.end":1}'

_lock = threading.Lock()  # one evaluation at a time, over all networks
_serial = count()


class DurableEngine:
    """Matches one set of rules; see `engines.Engine`. Networks are built when they are first needed."""

    def __init__(self, rules: Sequence[Rule], attributes: Mapping[str, Attribute]) -> None:
        self._rules = tuple(rules)
        self._attributes = attributes
        self._always = [number for number, rule in enumerate(rules) if not rule.tests]
        self._networks: list[_Network] | None = None

    def match(self, facts: Facts) -> tuple[int, ...]:
        """Return, in order, the numbers of the rules all of whose tests hold.

        Raises EngineError if the C engine reports anything unusual; the network concerned is not used again.
        """
        with _lock:
            if self._networks is None:
                numbered = {number: rule for number, rule in enumerate(self._rules) if rule.tests}
                self._networks = _networks(numbered, self._attributes, _MAX_BELOW)
            fired = list(self._always)
            for network in self._networks:
                fired += network.match(facts)
        fired.sort()
        return tuple(fired)


def _by_value(test: Test, attributes: Mapping[str, Attribute]) -> bool:
    """Tell whether a test looks at the one value that its attribute can have."""
    attribute = attributes[test.attribute]
    exclusive = attribute.kind in ("single", "boolean") and not attribute.forked()
    return exclusive and len(test.yes) == 1 and not test.no


class _Load:
    """What a network would have to carry: its tests, by the node below which they stand, and who uses them."""

    def __init__(self) -> None:
        self.keys: set[object] = set()
        self.below: dict[str, set[Test]] = {}
        self.users: Counter[Test] = Counter()

    def add(self, tests: Iterable[Test], attributes: Mapping[str, Attribute]) -> None:
        """Add the tests of a rule."""
        for test in set(tests):
            self.users[test] += 1
            bounded = test.relation in ("at-least", "at-most")
            if bounded or _by_value(test, attributes):
                key = f"{test.attribute} {test.relation}"
                self.keys.add(key)
                self.below.setdefault(key, set()).add(test)
            else:
                self.keys.add(test)

    def bearable(self, keys: int) -> bool:
        """Tell whether a network of at most so many keys can carry this without meeting a limit."""
        return (
            len(self.keys) <= keys
            and max(self.users.values(), default=0) <= _MAX_USERS
            and all(len(tests) <= _MAX_BELOW and _at_once(tests) <= _MAX_AT_ONCE for tests in self.below.values())
        )


def _at_once(tests: set[Test]) -> int:
    """Return how many tests on one key can hold at once: all bounds, but only one value."""
    return sum(not test.yes for test in tests) or 1


def _networks(rules: dict[int, Rule], attributes: Mapping[str, Attribute], keys: int) -> list[_Network]:
    """Return networks of at most so many keys that together match the rules."""
    parts: list[dict[int, Rule]] = [{}]
    load = _Load()
    for number, rule in rules.items():
        alone = _Load()
        alone.add(rule.tests, attributes)
        if not alone.bearable(keys):
            raise EngineError(f"rule {rule.id} has {len(set(rule.tests))} conditions, more than durable-rules carries")
        load.add(rule.tests, attributes)
        if parts[-1] and (len(parts[-1]) == _MAX_RULES or not load.bearable(keys)):
            parts.append({})
            load = alone
        parts[-1][number] = rule
    return [_Network(part, attributes) for part in parts if part]


class _Network:
    """One ruleset of the C engine."""

    def __init__(self, rules: dict[int, Rule], attributes: Mapping[str, Attribute]) -> None:
        self._rules, self._attributes = rules, attributes
        self._smaller: list[_Network] | None = None
        self._fragments: dict[Fact, list[str]] = {}  # what a fact adds to the flat fact
        self._bounded: dict[str, str] = {}  # attribute and side -> key
        self._valued: set[str] = set()  # attributes that are keys with their value
        distinct = dict.fromkeys(test for rule in rules.values() for test in rule.tests)
        conditions = {test: self._condition(test, number) for number, test in enumerate(distinct)}
        definition: dict[str, Any] = {}
        for number, rule in rules.items():
            parts = [conditions[test] for test in dict.fromkeys(rule.tests)]
            whole = parts[0] if len(parts) == 1 else {"$and": parts}
            definition[f"r{number}"] = {"all": [{"m_0": whole}], "dist": 0, "pri": 1}
        definition["end"] = {"all": [{"m_0": {"the.end": 1}}], "dist": 0, "pri": 9}
        try:
            self._handle = c_engine.create_ruleset(f"adjudge{next(_serial)}", json.dumps(definition))
        except Exception as error:
            raise EngineError(f"durable-rules refused the rules: {error}") from error
        self._dead = False

    def _condition(self, test: Test, number: int) -> dict[str, Any]:
        """Return a test as a condition of durable-rules, and note which facts satisfy it."""
        if test.relation in ("at-least", "at-most"):
            key = _checked(f"{test.attribute}{'+' if test.relation == 'at-least' else '-'}")
            if not -1 <= test.bound <= LIMIT + 1:
                raise EngineError(f"not a number that may reach durable-rules: {test.bound}")
            self._bounded[key] = f'"{key}":'
            return {"$gte" if test.relation == "at-least" else "$lte": {key: test.bound}}
        if _by_value(test, self._attributes):
            self._valued.add(_checked(test.attribute))
            return {test.attribute: _checked(test.yes[0])}
        facts = [Fact(test.attribute, "is", value) for value in test.yes]
        facts += [Fact(test.attribute, "is-not", value) for value in test.no]
        sign = ":" if facts[0].relation == "is" else "/"
        key = _checked(
            f"{test.attribute}{sign}{facts[0].value}" if len(facts) == 1 else f"{test.attribute}.any:{number}"
        )
        for fact in facts:
            self._fragments.setdefault(fact, []).append(f'"{key}":1')
        return {key: 1}

    def match(self, facts: Facts) -> list[int]:
        """Return the numbers of the rules that fire, in no particular order."""
        pieces = self._flatten(facts)
        if not pieces:
            return []
        if len(pieces) > _MAX_AT_ONCE:
            if self._smaller is None:
                self._smaller = _networks(self._rules, self._attributes, _MAX_AT_ONCE)
            return [number for network in self._smaller for number in network.match(facts)]
        if self._dead:
            raise EngineError("durable-rules failed earlier in this process and cannot be used again")
        self._dead = True  # until the sentinel has fired, nothing is known to be sound
        try:
            fired = self._run('{"id":"a","sid":"s",' + ",".join(sorted(pieces)) + "}")
        except c_engine.error as error:
            raise EngineError(f"durable-rules failed: {error}") from error
        self._dead = False
        return fired

    def _flatten(self, facts: Facts) -> set[str]:
        """Return the keys of the flat fact, each with its value, as pieces of JSON."""
        pieces: set[str] = set()
        for attribute, known in facts.items():
            if known.true and attribute in self._valued:
                pieces.add(f'"{attribute}":"{_checked(self._narrowest(attribute, known.true))}"')
            for value in known.true:
                pieces.update(self._fragments.get(Fact(attribute, "is", value), ()))
            for value in known.false:
                pieces.update(self._fragments.get(Fact(attribute, "is-not", value), ()))
            if known.least is not None and f"{attribute}+" in self._bounded:
                pieces.add(f"{self._bounded[f'{attribute}+']}{int(known.least)}")
            if known.most is not None and f"{attribute}-" in self._bounded:
                pieces.add(f"{self._bounded[f'{attribute}-']}{int(known.most)}")
        return pieces

    def _narrowest(self, attribute: str, values: tuple[str, ...]) -> str:
        """Return that value of an attribute with one value at a time of which all others known are broader."""
        known = self._attributes[attribute].values
        return max(values, key=lambda value: len(known[value].broader)) if len(values) > 1 else values[0]

    def _run(self, fact: str) -> list[int]:
        code, _ = c_engine.assert_fact(self._handle, fact)
        if code not in (0, 1):
            raise EngineError(f"durable-rules did not take the facts (code {code})")
        code, state = c_engine.assert_fact(self._handle, _SENTINEL)
        if code != 0:
            raise EngineError(f"durable-rules did not take the closing fact (code {code})")
        _, message = c_engine.start_action_for_state(self._handle, state)
        names = []
        while message:
            names.append(message[2 : message.index('"', 2)])
            if len(names) > len(self._rules) + 1:
                raise EngineError("durable-rules fired more rules than there are")
            message = c_engine.complete_and_start_action(self._handle, state)
        if names.count("end") != 1 or len(set(names)) != len(names):
            raise EngineError("durable-rules lost or repeated firings")
        c_engine.delete_state(self._handle, _SESSION)
        return [int(name[1:]) for name in names if name != "end"]


def _checked(name: str) -> str:
    if not _NAME.match(name):
        raise EngineError(f"not a name that may reach durable-rules: {name!r}")
    return name
