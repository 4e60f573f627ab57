"""How well prose is read: what is read from the texts of scenarios against what their authors stated."""

from __future__ import annotations

from collections import Counter
from math import comb
from typing import TYPE_CHECKING

import msgspec

from adjudge.reading.asking import answer_asked
from adjudge.reading.forms import Asked
from adjudge.reading.prose import read_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.evaluation import Evaluator
    from adjudge.facts import Requirement
    from adjudge.scenario import Scenario


class Measured(msgspec.Struct, frozen=True):
    """What was read from the text of one scenario: facts as `attribute value`, found, missed and read in vain.

    `answered` and `decided` tell whether its question, read from prose, was answered as expected, and with a proof;
    both are None where there is no question.
    """

    id: str
    found: tuple[str, ...]
    missed: tuple[str, ...]
    vain: tuple[str, ...]
    answered: bool | None = None
    decided: bool | None = None


class Tally(msgspec.Struct, frozen=True):
    """How the questions of one file come out, and how many would by chance, and by taking the longest options."""

    name: str
    questions: int
    right: int
    decided: int
    decided_right: int
    chance: float
    longest: int


class Summary(msgspec.Struct, frozen=True):
    """Counts over many scenarios; `by_attribute` maps an attribute to (found, missed, read in vain)."""

    found: int
    missed: int
    vain: int
    by_attribute: dict[str, tuple[int, int, int]]
    questions: int
    right: int
    decided: int
    decided_right: int

    @property
    def precision(self) -> float:
        """The share of what was read that was stated."""
        return self.found / max(self.found + self.vain, 1)

    @property
    def recall(self) -> float:
        """The share of what was stated that was read."""
        return self.found / max(self.found + self.missed, 1)


def measure(evaluator: Evaluator, scenario: Scenario) -> Measured | None:
    """Read the text of a scenario, and its question, as if they were all there is; None if it has no text."""
    question = scenario.question
    text = scenario.text.strip()
    if not text:
        return None
    stem = f"{text} {question.asks}" if question and question.asks not in text else text
    stated = _facts(scenario.requirements)
    read = _facts(read_prose(stem, evaluator.knowledge).requirements)
    found = Measured(
        scenario.id, tuple(sorted(stated & read)), tuple(sorted(stated - read)), tuple(sorted(read - stated))
    )
    if question is None or not question.answer:
        return found
    options = {one.label: one.says for one in question.options}
    given = answer_asked(evaluator, Asked(scenario.id, stem, options, (), question.select)).answer
    return msgspec.structs.replace(found, answered=question.accepts(given.labels), decided=given.decided)


def summarise(measured: list[Measured]) -> Summary:
    """Count what was read well."""
    counts: dict[str, Counter[str]] = {}
    for one in measured:
        for kind in ("found", "missed", "vain"):
            for fact in getattr(one, kind):
                counts.setdefault(fact.partition(" ")[0], Counter())[kind] += 1
    asked = [one for one in measured if one.answered is not None]
    return Summary(
        sum(len(one.found) for one in measured),
        sum(len(one.missed) for one in measured),
        sum(len(one.vain) for one in measured),
        {name: (count["found"], count["missed"], count["vain"]) for name, count in sorted(counts.items())},
        len(asked),
        sum(bool(one.answered) for one in asked),
        sum(bool(one.decided) for one in asked),
        sum(bool(one.answered and one.decided) for one in asked),
    )


def tally(evaluator: Evaluator, name: str, asked: Iterable[Asked]) -> Tally:
    """Answer the questions that have a key, and count how they come out."""
    found = Tally(name, 0, 0, 0, 0, 0.0, 0)
    for one in asked:
        if one.key:
            found = total(name, (found, _tallied(evaluator, one)))
    return found


def _tallied(evaluator: Evaluator, one: Asked) -> Tally:
    given = answer_asked(evaluator, one).answer
    right = given.labels == one.key
    picked = one.select or 1
    longest = sorted(one.options, key=lambda label: (-len(one.options[label]), label))[:picked]
    chance = 1 / comb(len(one.options), picked)
    return Tally("", 1, right, given.decided, given.decided and right, chance, tuple(sorted(longest)) == one.key)


def total(name: str, tallies: Sequence[Tally]) -> Tally:
    """Return the sum of some tallies."""
    counts = [msgspec.structs.astuple(one)[1:] for one in tallies]
    return Tally(name, *(sum(column) for column in zip(*counts, strict=True)))


def _facts(requirements: tuple[Requirement, ...]) -> set[str]:
    return {f"{fact.attribute} {fact.relation} {fact.value}" for one in requirements for fact in one.facts}
