"""What one decision turns on where another is taken: the argument that came or went with a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.reasons import Reason, reason
from adjudge.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from adjudge.judging import Argument, Decision, Verdict
    from adjudge.knowledge import Knowledge


class Turn(msgspec.Struct, frozen=True):
    """In which way a decision turns, as the beginning of a sentence, and the reason that came or went, if one did."""

    how: str
    reason: Reason | None = None


def turn(knowledge: Knowledge, before: Decision, after: Decision) -> Turn:
    """Tell the main thing by which the choices that lead `after` differ from those that led `before`.

    What rules out the old choice, or puts the new one above it, comes first; then what opens the way for the new one
    or speaks for it, then what no longer speaks for the old one, and last the order of what fits both before and after.
    """
    turning = _Turning(knowledge, before, after)
    found = next(iter(turning.ways()), None)
    return Turn(found[0], reason(knowledge, found[1])) if found else Turn(turning.order())


class _Turning:
    def __init__(self, knowledge: Knowledge, before: Decision, after: Decision) -> None:
        self.name, self.before, self.after = knowledge.name, before, after
        self.goals = knowledge.attributes.get("goal")
        self.then = {one.choice: one for one in before.verdicts}
        self.now = {one.choice: one for one in after.verdicts}
        self.gone = [one for one in before.leading if one not in after.leading]
        self.new = [one for one in after.leading if one not in before.leading]

    def ways(self) -> Iterator[tuple[str, Argument]]:
        """Yield how the decision turns, the most telling first, each with its argument."""
        yield from self._ruled_out()
        yield from self._kept()
        losses = list(self._beaten())
        yield from (loss for loss in losses if loss[1].choice in self.after.leading)
        yield from self._opened()
        for one in self.new or self.after.leading:
            for argument in _only(self.now[one].arguments, self.then[one].arguments):
                yield f"That speaks for {self.name(one)}", argument
        yield from losses
        for one in self.gone or self.before.leading:
            for argument in _only(self.then[one].arguments, self.now[one].arguments):
                yield f"What spoke for {self.name(one)} is gone", argument

    def _kept(self) -> Iterator[tuple[str, Argument]]:
        for one in self.new:
            for argument in _only(self.now[one].cautions, self.then[one].cautions):
                if argument.rule.kind == "keep":
                    yield f"{self.name(one)} may be kept", argument

    def _ruled_out(self) -> Iterator[tuple[str, Argument]]:
        for one in self.gone:
            for argument in _only(self.now[one].against, self.then[one].against):
                if argument.rule.kind == "reject":
                    yield f"That rules out {self.name(one)}", argument

    def _beaten(self) -> Iterator[tuple[str, Argument]]:
        for one in self.gone:
            for argument in self.now[one].against:
                if argument.rule.kind == "prefer" and self.now[one].verdict == "beaten":
                    yield f"{self.name(argument.choice)} is then preferred to {self.name(one)}", argument

    def _opened(self) -> Iterator[tuple[str, Argument]]:
        for one in self.new:
            for argument in _only(self.then[one].against, self.now[one].against):
                if argument.rule.kind == "reject":
                    yield f"What ruled out {self.name(one)} is gone", argument
                elif self.then[one].verdict == "beaten":
                    yield f"{self.name(argument.choice)} is no longer preferred to {self.name(one)}", argument

    def order(self) -> str:
        """Tell how the order of choices that fit came about."""
        fitting = [one for one in self.after.verdicts if one.verdict == "recommended"]
        return "; ".join(f"{self.name(one.choice)} {self._standing(one)}" for one in fitting) or "Nothing fits any more"

    def _standing(self, verdict: Verdict) -> str:
        count = f"rests on {verdict.weight} statement{'' if verdict.weight == 1 else 's'}"
        goals = listed([self.goals.show(goal) if self.goals else goal for goal in verdict.goals])
        return count + (f" and serves best what matters: {goals}" if goals else "")


def _only(these: Iterable[Argument], those: Iterable[Argument]) -> list[Argument]:
    """Return the arguments that are in one list and not in another, whatever they rest on."""
    known = {_key(one) for one in those}
    return [one for one in these if _key(one) not in known]


def _key(argument: Argument) -> tuple[str, ...]:
    return argument.rule.id, argument.choice, argument.rival, argument.rule.because
