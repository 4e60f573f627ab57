"""The durable engine: durable-rules' C network as the matcher, and the only module that touches it.

durable-rules loses firings or ends the process when it is used outside narrow bounds (docs/engines.md). So:
its Host and its threads are left out; one flat fact per evaluation is asserted; a rule is a conjunction of keys
of that fact; only names and integers that were checked reach it; and each network is kept so small that its
limits cannot be met, whatever the facts.

A test on one value is the key `attribute:value`; a test on several values is a key of its own, set when the facts
are flattened, since `$or` over values that hold together would multiply the firings.
"""

from __future__ import annotations

import json
import re
import threading
from itertools import count
from typing import TYPE_CHECKING, Any

import durable_rules_engine as c_engine

from adjudge.errors import EngineError
from adjudge.facts import Fact
from adjudge.quantities import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from adjudge.facts import Facts, Test
    from adjudge.knowledge import Rule

_NAME = re.compile(r"[A-Za-z0-9_.:/+-]{1,80}\Z")
_MAX_RULES = 200  # per network; 255 conditions on one identical test are the most the C engine survives
_MAX_TESTS = 56  # distinct tests per network; a fact that satisfies more than 64 nodes at once is fatal
_SESSION = "s"
_SENTINEL = '{"id":"z","sid":"s","the.end":1}'

_lock = threading.Lock()  # one evaluation at a time, over all networks
_serial = count()


class DurableEngine:
    """Matches one set of rules; see `engines.Engine`. Networks are built when they are first needed."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._always = [number for number, rule in enumerate(rules) if not rule.tests]
        self._networks: list[_Network] | None = None

    def match(self, facts: Facts) -> tuple[int, ...]:
        """Return, in order, the numbers of the rules all of whose tests hold.

        Raises EngineError if the C engine reports anything unusual; the network concerned is not used again.
        """
        with _lock:
            if self._networks is None:
                self._networks = [_Network(part) for part in _parts(self._rules)]
            fired = list(self._always)
            for network in self._networks:
                fired += network.match(facts)
        fired.sort()
        return tuple(fired)


def _parts(rules: Sequence[Rule]) -> Iterator[dict[int, Rule]]:
    """Divide the rules, by number, into parts that are each safe as one network."""
    part: dict[int, Rule] = {}
    tests: set[Test] = set()
    for number, rule in enumerate(rules):
        own = set(rule.tests)
        if len(own) > _MAX_TESTS:
            raise EngineError(f"rule {rule.id} has {len(own)} conditions; durable-rules carries {_MAX_TESTS}")
        if part and (len(tests | own) > _MAX_TESTS or len(part) == _MAX_RULES):
            yield part
            part, tests = {}, set()
        if own:
            part[number] = rule
            tests |= own
    if part:
        yield part


class _Network:
    """One ruleset of the C engine."""

    def __init__(self, rules: dict[int, Rule]) -> None:
        self._fragments: dict[Fact, list[str]] = {}  # what a fact adds to the flat fact
        self._bounded: dict[str, str] = {}  # attribute and side -> key
        conditions = {test: self._condition(test, n) for n, test in enumerate(_distinct(rules.values()))}
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
        self._size = len(rules)
        self._dead = False

    def _condition(self, test: Test, number: int) -> dict[str, Any]:
        """Return a test as a condition of durable-rules, and note which facts satisfy it."""
        if test.relation in ("at-least", "at-most"):
            key = _checked(f"{test.attribute}{'+' if test.relation == 'at-least' else '-'}")
            if not -1 <= test.bound <= LIMIT + 1:
                raise EngineError(f"not a number that may reach durable-rules: {test.bound}")
            self._bounded[key] = f'"{key}":'
            return {"$gte" if test.relation == "at-least" else "$lte": {key: test.bound}}
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
        pieces: set[str] = set()
        for attribute, known in facts.items():
            for value in known.true:
                pieces.update(self._fragments.get(Fact(attribute, "is", value), ()))
            for value in known.false:
                pieces.update(self._fragments.get(Fact(attribute, "is-not", value), ()))
            if known.least is not None and f"{attribute}+" in self._bounded:
                pieces.add(f"{self._bounded[f'{attribute}+']}{int(known.least)}")
            if known.most is not None and f"{attribute}-" in self._bounded:
                pieces.add(f"{self._bounded[f'{attribute}-']}{int(known.most)}")
        if not pieces:
            return []
        if self._dead:
            raise EngineError("durable-rules failed earlier in this process and cannot be used again")
        self._dead = True  # until the sentinel has fired, nothing is known to be sound
        try:
            fired = self._run('{"id":"a","sid":"s",' + ",".join(sorted(pieces)) + "}")
        except c_engine.error as error:
            raise EngineError(f"durable-rules failed: {error}") from error
        self._dead = False
        return fired

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
            if len(names) > self._size + 1:
                raise EngineError("durable-rules fired more rules than there are")
            message = c_engine.complete_and_start_action(self._handle, state)
        if names.count("end") != 1 or len(set(names)) != len(names):
            raise EngineError("durable-rules lost or repeated firings")
        c_engine.delete_state(self._handle, _SESSION)
        return [int(name[1:]) for name in names if name != "end"]


def _distinct(rules: Iterable[Rule]) -> dict[Test, None]:
    return dict.fromkeys(test for rule in rules for test in rule.tests)


def _checked(name: str) -> str:
    if not _NAME.match(name):
        raise EngineError(f"not a name that may reach durable-rules: {name!r}")
    return name
