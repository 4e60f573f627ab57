"""Which choices may lead a decision yet, and which open questions bear on that: for all answers at once.

Of each choice it is told what is sure (whatever is answered) and what may be. A decision is settled if what is sure
leaves no doubt about what leads; that is never said wrongly. It may not be said although it is so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.explaining.prospects import Prospects
from adjudge.facts import witnesses
from adjudge.judging import Argument, on_loops
from adjudge.knowledge import Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from adjudge.evaluation import Evaluator
    from adjudge.explaining.prospects import Unit
    from adjudge.inference import Inference
    from adjudge.knowledge import Need


class Outlook(msgspec.Struct, frozen=True):
    """What may become of a decision.

    `leaders` are the choices that may lead yet. `hanging` maps each attribute that may be asked about and could
    matter to the rules of the need that hang on it; it is empty if the decision is settled. `finer` holds, for those of
    which something is known, the values that would say it more precisely.
    """

    leaders: tuple[str, ...]
    hanging: dict[str, tuple[Rule, ...]]
    finer: dict[str, tuple[str, ...]]

    @property
    def settled(self) -> bool:
        """Tell whether no answer can change what leads, alone or with others."""
        return not self.hanging


def outlook(evaluator: Evaluator, inference: Inference, need: str, day: str, declined: Collection[str] = ()) -> Outlook:
    """Look ahead from what is known on an ISO date, if nothing in `declined` is ever answered."""
    prospects = Prospects(evaluator, inference, need, day, declined)
    contest = _Contest(prospects, evaluator.knowledge.needs[need], day)
    return Outlook(tuple(sorted(contest.leaders)), {} if contest.settled() else contest.hanging(), prospects.finer)


class _Contest:
    """The candidates of a need, with what is sure of each and what may be.

    `pairs` are all preferences that may come about, `wins` those of them that may count: not a principle against what
    the topic is sure to prefer. `firm` are the wins that are sure.
    """

    def __init__(self, prospects: Prospects, need: Need, day: str) -> None:
        self.prospects = prospects
        self.rules = [rule for rule in need.rules if rule.valid(day) and all(map(prospects.may, rule.tests))]
        open_ = {c for c in need.candidates if not prospects.knowledge.choices[c].closed(day)}
        sure = [rule for rule in self.rules if prospects.fires(rule)]
        to_be_had, surely_had = (open_ | _subjects(rules, "keep") for rules in (self.rules, sure))
        self.viable = (to_be_had & _subjects(self.rules, "recommend")) - _subjects(sure, "reject")
        self.surely = (surely_had & _subjects(sure, "recommend")) - _subjects(self.rules, "reject")
        self.pairs = [win for rule in self.rules if rule.kind == "prefer" for win in _wins(rule, self.viable)]
        special = [win for win in self.pairs if not win.rule.traits]
        loose = on_loops(special, special) + on_loops([w for w in self.pairs if w.rule.traits], self.pairs)
        opposed = {(w.rival, w.choice) for w in special if w not in loose and prospects.fires(w.rule)}
        self.wins = [win for win in self.pairs if not win.rule.traits or (win.choice, win.rival) not in opposed]
        firm = [w for w in self.wins if w not in loose and prospects.fires(w.rule) and w.choice in self.surely]
        self.firm = [win for win in firm if win.rival in self.surely]
        self.beaten = {win.rival for win in firm}
        self.safe = self.surely - {win.rival for win in self.wins}
        self.leaders = self._leaders()

    def _leaders(self) -> set[str]:
        """Return the choices that are neither surely beaten nor surely behind another in the order."""
        found = self.viable - self.beaten
        if len(found) < _RIVALS:
            return found
        floor = {choice: self._least(choice) for choice in self.safe}
        ceiling = {choice: self._most(choice) for choice in found}
        return {c for c in found if all(floor[other] <= ceiling[c] for other in floor if other != c)}

    def _least(self, choice: str) -> int:
        """Return on how many statements the arguments for a choice rest at least."""
        ways: dict[tuple[str, str, str], list[Rule]] = {}
        for rule, rival in self._speaking(choice):
            if not rival or any(w.rule is rule and (w.choice, w.rival) == (choice, rival) for w in self.firm):
                ways.setdefault((rule.id, rival, rule.because), []).append(rule)
        found: set[Unit] = set()
        for rules in ways.values():  # of which one is the argument
            if any(map(self.prospects.fires, rules)):
                found |= set.intersection(*map(self.prospects.least, rules))
        return len(found)

    def _most(self, choice: str) -> int:
        """Return on how many statements the arguments for a choice rest at most."""
        return len(self.prospects.most(rule for rule, _ in self._speaking(choice)))

    def _speaking(self, choice: str) -> Iterable[tuple[Rule, str]]:
        """Yield the rules that may speak for a choice, with the rival to which they prefer it."""
        yield from ((rule, "") for rule in self.rules if rule.kind == "recommend" and choice in rule.subjects)
        yield from ((win.rule, win.rival) for win in self.wins if win.choice == choice)

    def settled(self) -> bool:
        """Tell whether nothing that may come can change what leads."""
        if not self.leaders or (len(self.leaders) == 1 and self.leaders <= self.safe):
            return True
        return self.leaders <= self.safe and all(map(self._fixed, self.leaders)) and self._goals_fixed()

    def _fixed(self, choice: str) -> bool:
        """Tell whether the statements that speak for a choice stay as they are."""
        firm = {(win.rule.id, win.rule.tests, win.rival) for win in self.firm if win.choice == choice}
        return all(
            self.prospects.settled(rule) and (not rival or (rule.id, rule.tests, rival) in firm)
            for rule, rival in self._speaking(choice)
        )

    def _goals_fixed(self) -> bool:
        known = self.prospects.inference.facts.get("goal")
        return "goal" not in self.prospects.moving and (
            known is None or not known.true or self.viable <= self.safe | self.beaten
        )

    def hanging(self) -> dict[str, tuple[Rule, ...]]:
        """Return the rules that could change what leads, by the attributes that may be asked about."""
        weighing = len(self.leaders) > 1
        found: dict[str, list[Rule]] = {}
        for rule in self._mattering(weighing=weighing):
            tests = [t for t in rule.tests if weighing or not witnesses(t, self.prospects.sure)]
            for name in self.prospects.behind(test.attribute for test in tests):
                found.setdefault(name, []).append(rule)
        for name in self.prospects.behind(["goal"]) if weighing else ():
            found.setdefault(name, [])
        return {name: tuple(rules) for name, rules in found.items()}

    def _mattering(self, *, weighing: bool) -> list[Rule]:
        """Return the rules that bear on the choices that count, or on those to which they are preferred.

        What is preferred to a choice that does not count still weighs more, if it is weighed.
        """
        counting = self._counting()
        wins = [win for win in self.pairs if win.choice in counting and (weighing or win.rival in counting)]
        concerned = counting | {win.rival for win in wins}
        preferring = {id(win.rule) for win in wins}
        return [
            rule
            for rule in self.rules
            if id(rule) in preferring
            or (rule.kind in ("recommend", "reject", "keep") and not concerned.isdisjoint(rule.subjects))
        ]

    def _counting(self) -> set[str]:
        """Return the choices of which it matters what becomes of them: those that may lead, and what may beat them."""
        wanted = self.prospects.inference.facts.get("goal")
        if len(self.leaders) > 1 and ("goal" in self.prospects.moving or (wanted and wanted.true)):
            return self.viable
        found = set(self.leaders)
        while True:
            further = {win.choice for win in self.pairs if win.rival in found} - found
            if not further:
                return found
            found |= further


_RIVALS = 2


def _subjects(rules: Iterable[Rule], kind: str) -> set[str]:
    return {choice for rule in rules if rule.kind == kind for choice in rule.subjects}


def _wins(rule: Rule, viable: Collection[str]) -> Iterable[Argument]:
    """Yield each preference of a rule between two choices that may be viable."""
    for choice in rule.subjects:
        for rival in rule.over:
            if choice != rival and choice in viable and rival in viable:
                yield Argument(rule, choice, (), frozenset(), rival)
