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
from functools import cache, partial
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import durable_rules_engine as c_engine

from adjudge.errors import EngineError
from adjudge.quantities import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from adjudge.facts import Facts, Known, Test
    from adjudge.knowledge import Rule
    from adjudge.vocabulary import Attribute

_NAME = re.compile(r"[A-Za-z0-9_.:/+-]{1,80}\Z")
_MAX_RULES = 1000  # per network; 4,096 are the most
_MAX_USERS = 250  # conditions on one identical test; the C engine does not survive 256
_MAX_AT_ONCE = 56  # nodes below one node that a fact may satisfy at once; more than 64 are fatal
_MAX_BELOW = 300  # nodes below one node; 511 are the most
_FEW = 8  # matches by one engine for which it is not worth to build networks for all rules
_SESSION = "s"
_SENTINEL = '{"id":"z","sid":"s","the.end":1}'

_lock = threading.Lock()  # one evaluation at a time, over all networks
_serial = count()


class DurableEngine:
    """Matches one set of rules; see `engines.Engine`. Networks are built when they are first needed."""

    def __init__(self, rules: Sequence[Rule], attributes: Mapping[str, Attribute]) -> None:
        self._rules = {number: rule for number, rule in enumerate(rules) if rule.tests}
        self._always = [number for number, rule in enumerate(rules) if not rule.tests]
        self._attributes = attributes
        self._networks: list[_Network] | None = None
        self._matches = 0

    def match(self, facts: Facts) -> tuple[int, ...]:
        """Return, in order, the numbers of the rules all of whose tests hold.

        Raises EngineError if the C engine reports anything unusual; the network concerned is not used again.
        """
        with _lock:
            fired = list(self._always)
            for network in self._ready(facts):
                fired += network.match(facts)
        fired.sort()
        return tuple(fired)

    def _ready(self, facts: Facts) -> list[_Network]:
        """Return networks that match these facts: small ones at first, those for all rules once it is worth it.

        A rule that tests an attribute of which nothing is known cannot fire. To build networks for the few others
        takes less time than to build those for all rules, which pays only if there is much to match.
        """
        self._matches += 1
        if self._networks is None and self._matches > _FEW:
            self._networks = self._build(self._rules)
        if self._networks is not None:
            return self._networks
        return self._build(
            {n: rule for n, rule in self._rules.items() if all(test.attribute in facts for test in rule.tests)}
        )

    def _build(self, rules: dict[int, Rule]) -> list[_Network]:
        return _networks(_conditions(rules, self._attributes), rules, _MAX_BELOW)


class _Condition(NamedTuple):
    """A test as durable-rules knows it: the key it looks at, and what it asks of it.

    `narrowest` is set where the key has the one value of an attribute; it finds that value among all that are known.
    """

    test: Test
    key: str
    asks: dict[str, Any]
    narrowest: Callable[[tuple[str, ...]], str] | None = None


def _conditions(rules: Mapping[int, Rule], attributes: Mapping[str, Attribute]) -> dict[Test, _Condition]:
    """Return the condition for each test of some rules; raise EngineError for what must not reach durable-rules."""
    tests = dict.fromkeys(test for rule in rules.values() for test in rule.tests)
    return {test: _condition(test, number, attributes[test.attribute]) for number, test in enumerate(tests)}


def _condition(test: Test, number: int, attribute: Attribute) -> _Condition:
    if test.relation in ("at-least", "at-most"):
        key = _checked(f"{test.attribute}{'+' if test.relation == 'at-least' else '-'}")
        if not -1 <= test.bound <= LIMIT + 1:
            raise EngineError(f"not a number that may reach durable-rules: {test.bound}")
        return _Condition(test, key, {"$gte" if test.relation == "at-least" else "$lte": {key: test.bound}})
    if attribute.kind in ("single", "boolean") and len(test.yes) == 1 and not test.no:
        key = _checked(f"{test.attribute}:")  # with a sign that no id has: durable-rules has keys of its own
        return _Condition(test, key, {key: _checked(test.yes[0])}, partial(_narrowest, attribute))
    key = _checked(f"{test.attribute}:{number}")
    return _Condition(test, key, {key: 1})


def _narrowest(attribute: Attribute, values: tuple[str, ...]) -> str:
    """Return that value of an attribute with one value at a time of which all others known are broader."""
    found = max(values, key=lambda value: len(attribute.values[value].broader)) if len(values) > 1 else values[0]
    return _checked(found)


class _Load:
    """What a network would have to carry: its keys, the tests below each, and the rules that use each test."""

    def __init__(self) -> None:
        self.keys: dict[int, str] = {}  # by the hash by which durable-rules tells keys apart
        self.below: dict[str, set[Test]] = {}
        self.users: Counter[Test] = Counter()
        self.mistaken = False  # two keys would be taken for the same

    def add(self, conditions: Iterable[_Condition]) -> None:
        """Add the conditions of a rule."""
        for condition in conditions:
            self.users[condition.test] += 1
            self.below.setdefault(condition.key, set()).add(condition.test)
            self.mistaken |= self.keys.setdefault(_fnv1a(condition.key), condition.key) != condition.key

    def bearable(self, keys: int) -> bool:
        """Tell whether a network of at most so many keys can carry this without meeting a limit."""
        return (
            len(self.keys) <= keys
            and not self.mistaken
            and max(self.users.values(), default=0) <= _MAX_USERS
            and all(len(tests) <= _MAX_BELOW for tests in self.below.values())
            and all(sum(not test.yes for test in tests) <= _MAX_AT_ONCE for tests in self.below.values())
        )


@cache
def _fnv1a(key: str) -> int:
    state = 2166136261
    for byte in key.encode():
        state = (state ^ byte) * 16777619 % 2**32
    return state


def _networks(conditions: Mapping[Test, _Condition], rules: Mapping[int, Rule], keys: int) -> list[_Network]:
    """Return networks of at most so many keys that together match the rules."""
    parts: list[dict[int, Rule]] = [{}]
    load = _Load()
    for number, rule in rules.items():
        own = [conditions[test] for test in dict.fromkeys(rule.tests)]
        alone = _Load()
        alone.add(own)
        if not alone.bearable(keys):
            raise EngineError(f"rule {rule.id} has {len(own)} conditions, which is more than durable-rules carries")
        load.add(own)
        if parts[-1] and (len(parts[-1]) == _MAX_RULES or not load.bearable(keys)):
            parts.append({})
            load = alone
        parts[-1][number] = rule
    return [_Network(conditions, part) for part in parts if part]


class _Setters:
    """What the knowledge of one attribute adds to the flat fact, as pieces of JSON."""

    def __init__(self) -> None:
        self.true: dict[str, list[str]] = {}
        self.false: dict[str, list[str]] = {}
        self.bounds: dict[str, str] = {}  # relation -> piece without the number
        self.value: Callable[[tuple[str, ...]], str] | None = None
        self._single: dict[str, list[str]] = {}  # what one value, known to be true, adds

    def note(self, condition: _Condition) -> None:
        """Note which facts set the key of a condition."""
        test, piece = condition.test, f'"{condition.key}":'
        if condition.narrowest:
            narrowest = condition.narrowest
            self.value = lambda values: f'{piece}"{narrowest(values)}"'
        elif test.relation in ("at-least", "at-most"):
            self.bounds[test.relation] = piece
        else:
            for found, values in ((self.true, test.yes), (self.false, test.no)):
                for value in values:
                    found.setdefault(value, []).append(f"{piece}1")

    def pieces(self, known: Known) -> list[str]:
        """Return what some knowledge adds, in no particular order."""
        if len(known.true) == 1 and not known.false:
            value = known.true[0]
            if value not in self._single:
                self._single[value] = self._pieces(known)
            return self._single[value]
        return self._pieces(known)

    def _pieces(self, known: Known) -> list[str]:
        found = {piece for value in known.true for piece in self.true.get(value, ())}
        found.update(piece for value in known.false for piece in self.false.get(value, ()))
        if known.true and self.value:
            found.add(self.value(known.true))
        for relation, bound in (("at-least", known.least), ("at-most", known.most)):
            if bound is not None and relation in self.bounds:
                found.add(f"{self.bounds[relation]}{int(bound)}")
        return list(found)


class _Network:
    """One ruleset of the C engine."""

    def __init__(self, conditions: Mapping[Test, _Condition], rules: dict[int, Rule]) -> None:
        self._conditions, self._rules = conditions, rules
        self._smaller: list[_Network] | None = None
        self._setters: dict[str, _Setters] = {}
        for test in dict.fromkeys(test for rule in rules.values() for test in rule.tests):
            self._setters.setdefault(test.attribute, _Setters()).note(conditions[test])
        definition: dict[str, Any] = {}
        for number, rule in rules.items():
            parts = [conditions[test].asks for test in dict.fromkeys(rule.tests)]
            whole = parts[0] if len(parts) == 1 else {"$and": parts}
            definition[f"r{number}"] = {"all": [{"m_0": whole}], "dist": 0, "pri": 1}
        definition["end"] = {"all": [{"m_0": {"the.end": 1}}], "dist": 0, "pri": 9}
        try:
            self._handle = c_engine.create_ruleset(f"adjudge{next(_serial)}", json.dumps(definition))
        except Exception as error:
            raise EngineError(f"durable-rules refused the rules: {error}") from error
        self._dead = False

    def __del__(self) -> None:
        if c_engine and not getattr(self, "_dead", True):  # at the end of the process the module goes first
            c_engine.delete_ruleset(self._handle)

    def match(self, facts: Facts) -> list[int]:
        """Return the numbers of the rules that fire, in no particular order."""
        pieces = self._flatten(facts)
        if not pieces:
            return []
        if len(pieces) > _MAX_AT_ONCE:
            if self._smaller is None:
                self._smaller = _networks(self._conditions, self._rules, _MAX_AT_ONCE)
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

    def _flatten(self, facts: Facts) -> list[str]:
        """Return the keys of the flat fact, each with its value, as pieces of JSON."""
        setters = self._setters
        return [piece for name, known in facts.items() if name in setters for piece in setters[name].pieces(known)]

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


@cache
def _checked(name: str) -> str:
    if not _NAME.match(name):
        raise EngineError(f"not a name that may reach durable-rules: {name!r}")
    return name
