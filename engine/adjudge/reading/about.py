"""What a text is about, most likely first: decisions that it proves, and situations that it is like."""

from __future__ import annotations

import math
from collections import defaultdict
from heapq import nlargest
from typing import TYPE_CHECKING

import msgspec

from adjudge.judging import Decision
from adjudge.reading.doubt import situation_of
from adjudge.reading.likeness import Lesson, closest, sounding
from adjudge.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.knowledge import Rule
    from adjudge.reading.prose import Reading

_NEEDS = 12  # needs that are looked at, besides those that the text raises
_LEADS = 4  # that are told of
_FAR = 3.0  # log odds by which what is told of may stay behind the most likely
# What counts for a choice in log odds, as fitted to questions with keys: how much the text is like the situation of a
# rule that recommends it, of one that prefers it, of the need's closest rules on the whole, and like what proposing the
# choice sounds like; that it is proven; that it is ruled out.
_RECOMMENDED, _PREFERRED, _ON_THE_WHOLE, _SOUNDS, _PROVEN, _RULED_OUT = 1.7, 0.4, 0.7, 0.35, 1.85, -2.0
# The same for whether the likeliest of all is right: a constant, that it is proven, by how much its own likeness
# exceeds that of all others, and its own likeness. On 242 texts that nobody had seen, of those said to be right with at
# least 0.8, 92 % were; from 0.65 on 67 %, from 0.5 on 61 %, from 0.35 on 49 %, below that 32 %.
_RIGHT, _RIGHT_PROVEN, _RIGHT_BY_FAR, _RIGHT_ALIKE = -1.62, 0.36, 0.2, 0.113
# How likely it is that what is told first of a text is right, at least, and what is said of it.
_LIKELY = (
    (0.8, "This is very likely what the text is about"),
    (0.65, "This is likely what the text is about"),
    (0.5, "This is more likely than not what the text is about"),
    (0.0, "This is a guess at what the text is about; say more, or state the need"),
)
_KINDS = ("recommend", "prefer")
_WHOLE = 5  # closest rules of a need, on the whole


class Hint(msgspec.Struct, frozen=True):
    """A choice that would be called for if the situation were the one that a rule tells of."""

    need: str
    choices: tuple[str, ...]
    reason: Reason


class Lead(msgspec.Struct, frozen=True):
    """A need that a text may be about: its decision if the text raises it, and a choice that is likely for it.

    There is a hint where what is likely is not what the text proves.
    """

    need: str
    decision: Decision | None
    hint: Hint | None


class About(msgspec.Struct, frozen=True):
    """What a text may be about, most likely first, and decisions that it raises but hardly is about.

    `likelihood` is how likely the first of them is to be right, as measured on texts with known answers.
    """

    leads: tuple[Lead, ...]
    aside: tuple[Decision, ...]
    likelihood: float = 0.0

    @property
    def likely(self) -> str:
        """How likely the first of them is to be right, in words and as a figure."""
        says = next(words for least, words in _LIKELY if self.likelihood >= least)
        return f"{says} (likelihood {self.likelihood:.0%})"

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that the text is about."""
        return tuple(one.decision for one in self.leads if one.decision)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What the text is like, and does not prove."""
        return tuple(one.hint for one in self.leads if one.hint)


class _Likely(msgspec.Struct, frozen=True):
    """The likeliest choice for a need, how alike it is, whether it is proven, and the rule that the text is like.

    What it is alike is in log odds, up to a constant, without what it counts that it is proven.
    """

    alike: float
    proven: bool
    choice: str
    rule: str

    @property
    def odds(self) -> float:
        """The log odds, up to a constant."""
        return self.alike + _PROVEN * self.proven


def about(evaluator: Evaluator, evaluation: Evaluation, reading: Reading) -> About:
    """Tell what a text may be about; `evaluator` should have the native engine."""
    raised = {one.need: one for one in evaluation.decisions}
    stated = {one.need for one in evaluation.decisions if _stated(evaluation, one)}
    alike: dict[str, dict[str, float]] = {need: {} for need in raised}
    for share, lesson in closest(evaluator.knowledge.index, reading.stems):
        if lesson.need in alike or len(alike) < _NEEDS + len(raised):
            alike.setdefault(lesson.need, {})[lesson.rule] = share
    sounds = sounding(evaluator.knowledge.index, reading.stems)
    likely = {}
    for need, shares in alike.items():
        decision = raised.get(need) or evaluator.decide(evaluation.inference, need, evaluation.day)
        now = [one for one in evaluator.knowledge.needs[need].rules if one.valid(evaluation.day)]
        found = _likeliest(now, decision, shares, sounds, proven=need in raised)
        if found:
            likely[need] = found
    order = sorted(likely, key=lambda need: (need not in stated, -likely[need].odds, need))
    best = max((one.odds for one in likely.values()), default=0.0)
    leads = [
        _lead(evaluator, evaluation, need, likely[need], raised.get(need))
        for need in order
        if need in stated or likely[need].odds >= best - _FAR
    ]
    kept = tuple(one for number, one in enumerate(leads) if number < _LEADS or one.need in stated)
    kept += tuple(Lead(need, raised[need], None) for need in stated - likely.keys())
    told = {one.need for one in kept}
    rest = sorted(raised.keys() - told, key=lambda need: (-likely[need].odds if need in likely else 0.0, need))
    return About(kept, tuple(raised[need] for need in rest), _likelihood([likely[need] for need in order]))


def _likeliest(
    rules: Iterable[Rule], decision: Decision, shares: Mapping[str, float], sounds: Mapping[str, float], *, proven: bool
) -> _Likely | None:
    """Return the likeliest choice for a need, from how much a text is like its rules and its choices."""
    favouring: dict[str, dict[str, str]] = defaultdict(dict)
    for rule in rules:
        if rule.kind in _KINDS and rule.id in shares:
            for choice in rule.subjects:
                favouring[choice][rule.id] = rule.kind
    whole = sum(nlargest(_WHOLE, shares.values())) / _WHOLE
    found = []
    for verdict in decision.verdicts:
        kinds = favouring.get(verdict.choice, {})
        leads = proven and verdict.choice in decision.leading
        if kinds or leads:
            share = {kind: max((shares[r] for r in kinds if kinds[r] == kind), default=0.0) for kind in _KINDS}
            odds = _RECOMMENDED * share["recommend"] + _PREFERRED * share["prefer"] + _ON_THE_WHOLE * whole
            odds += _SOUNDS * sounds.get(verdict.choice, 0.0) + _RULED_OUT * (verdict.verdict == "rejected")
            found.append(
                _Likely(odds, leads, verdict.choice, min(kinds, key=lambda one: (-shares[one], one), default=""))
            )
    return min(found, key=lambda one: (-one.odds, one.choice), default=None)


def _likelihood(ranked: Sequence[_Likely]) -> float:
    """Return how likely the first of some is to be right."""
    if not ranked:
        return 0.0
    first, *others = ranked
    far = first.alike - max((one.alike for one in others), default=0.0)
    odds = _RIGHT + _RIGHT_PROVEN * first.proven + _RIGHT_BY_FAR * far + _RIGHT_ALIKE * first.alike
    return 1 / (1 + math.exp(-odds))


def _lead(evaluator: Evaluator, evaluation: Evaluation, need: str, likely: _Likely, decision: Decision | None) -> Lead:
    """Return a need with its decision, and with a hint if something else is likely that more knowledge could prove."""
    if decision and likely.choice in decision.leading:
        return Lead(need, decision, None)
    found = situation_of(evaluator.knowledge, evaluation, Lesson(likely.rule, need))
    if found is None or (decision and not found[0].lacks):
        return Lead(need, decision, None)
    return Lead(need, decision, Hint(need, (likely.choice,), found[0]))


def _stated(evaluation: Evaluation, decision: Decision) -> bool:
    """Tell whether a need arose from what somebody stated, not only from what was read."""
    raised = [decision.raised] if decision.raised else []
    return any(one.origin == "stated" for one in evaluation.inference.rests_on(raised))
