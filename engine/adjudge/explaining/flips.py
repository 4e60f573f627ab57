"""The least changes to what is stated that change a decision, found by trying all of them.

Sizes are tried one after the other, each as a whole: one change, two together, and so on. The search ends with the
first size of which some combination changes the decision, so all that it finds are least, and none is left out.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from adjudge.explaining.changes import possible_changes
from adjudge.explaining.trial import Flip, Trial
from adjudge.explaining.widening import widened
from adjudge.judging import Decision
from adjudge.reasons import against
from adjudge.shortfall import keeping, nearest_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.explaining.changes import Alike

    Watch = Callable[[Sequence[Any], str], Iterable[Any]]

LIMIT = 300_000  # combinations that are tried: a size with which there would be more is not begun


class Aim(NamedTuple):
    """What is looked for: that `target` alone leads, or any other decision; by up to so many changes."""

    target: str = ""
    at_most: int = 3


ANY_OTHER = Aim()


class Flips(msgspec.Struct, frozen=True):
    """What changes a decision, or makes `target` the one that is decided for.

    All combinations of up to `complete` changes have been tried, `tried` in number. `barred` tells why no change
    whatever makes the target win, if that is so.
    """

    before: Decision
    target: str
    flips: tuple[Flip, ...]
    complete: int
    tried: int
    barred: str = ""

    @property
    def reached(self) -> bool:
        """Tell whether the decision is for the target already."""
        return self.before.leading == (self.target,)


def flips(
    evaluator: Evaluator,
    evaluation: Evaluation,
    decision: Decision,
    aim: Aim = ANY_OTHER,
    watch: Watch = lambda items, _: items,
) -> Flips:
    """Return every least change of a decision that does what is looked for.

    `evaluator` should have the native engine. `watch` is given the parts of the work on each size, with what is being
    done, and passes them on.
    """
    target, at_most = aim
    barred = _barred(evaluator, evaluation, decision, target) if target else ""
    if barred or decision.leading == (target,):
        return Flips(decision, target, (), 0, 0, barred)
    trial = Trial(evaluator, evaluation, decision, target)
    space = possible_changes(evaluator, trial.stated, decision.need, evaluation.day)
    complete = tried = 0
    found: list[Flip] = []
    while not found and complete < min(at_most, len(space)) and tried + _number(space, complete + 1) <= LIMIT:
        complete += 1
        tried += _number(space, complete)
        parts = list(combinations(space, complete))
        doing = f"trying {complete} changes at a time:" if complete > 1 else "trying each change:"
        for part in watch(parts, doing):
            found += _among(trial, part)
    if complete == len(space) and not found:
        complete = at_most  # there is nothing more to change
    return Flips(decision, target, widened(trial, _least(found)), complete, tried)


def _among(trial: Trial, part: Sequence[Sequence[Alike]]) -> list[Flip]:
    """Return the flips among the combinations of one change of each attribute."""
    found = []
    for combination in product(*part):
        for changes in product(*combination):
            leading = trial.leading(changes)
            if leading is not None:  # else the next of those alike, which may contradict nothing
                if leading == (trial.target,) if trial.target else leading != trial.decision.leading:
                    found.append(Flip(changes, leading))
                break
    return found


def _number(space: Sequence[Sequence[Alike]], size: int) -> int:
    """Return in how many ways so many attributes can be changed."""
    ways = [1] + [0] * size
    for changes in space:
        for number in range(size, 0, -1):
            ways[number] += ways[number - 1] * len(changes)
    return ways[size]


def _barred(evaluator: Evaluator, evaluation: Evaluation, decision: Decision, target: str) -> str:
    """Tell why a choice cannot win whatever is stated, or return nothing."""
    knowledge, day = evaluator.knowledge, evaluation.day
    verdict = next(one for one in decision.verdicts if one.choice == target)
    if verdict.closed and not keeping(knowledge, decision.need, target, day):
        return against(knowledge, evaluation, decision, verdict)[0].says
    if nearest_rule(knowledge, decision.need, target, evaluation.inference.facts, day) is None:
        return f"Nothing that adjudge knows recommends it for this need as of {day}."
    return ""


def _least(found: Sequence[Flip]) -> list[Flip]:
    """Leave out what takes back or states more than is needed to the same effect."""
    by_effect: dict[object, list[Flip]] = {}
    for flip in found:
        by_effect.setdefault(_effect(flip), []).append(flip)
    return [
        flip for flip in found if not any(other != flip and _within(other, flip) for other in by_effect[_effect(flip)])
    ]


def _effect(flip: Flip) -> object:
    return flip.leading, tuple(change.attribute for change in flip.changes)


def _within(less: Flip, more: Flip) -> bool:
    return all(
        set(one.withdrawn) <= set(other.withdrawn) and one.added in (None, other.added)
        for one, other in zip(less.changes, more.changes, strict=True)
    )
