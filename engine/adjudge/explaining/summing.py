"""A comparison summed up in the words in which one would tell a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.explaining.comparing import VIABLE
from adjudge.judging import rank
from adjudge.words import listed, say_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.explaining.comparing import Comparison, Turn
    from adjudge.knowledge import Knowledge

_FEW = 2  # further statements that are named; the table has them all


def sum_up(knowledge: Knowledge, comparison: Comparison) -> str:
    """Say which of the two it is and why, what is wrong with the other, and what would turn that."""
    return " ".join(filter(None, _Summing(knowledge, comparison).sentences()))


class _Summing:
    """Says what a comparison comes to."""

    def __init__(self, knowledge: Knowledge, comparison: Comparison) -> None:
        self.knowledge, self.comparison = knowledge, comparison
        self.leading = comparison.decision.leading

    def sentences(self) -> Iterable[str]:
        better = self.comparison.better
        if better:
            other = self.comparison.other(better)
            return self._choose(better, other), self._but(better, other), self._elsewhere(), self._turn(other)
        first, second = (side.choice for side in self.comparison.sides)
        said = self._neither(first, second), self._elsewhere()
        if not self.comparison.turns:
            return *said, "No single further statement would decide between the two."
        return *said, self._turn(first), self._turn(second)

    def _name(self, choice: str) -> str:
        return self.knowledge.name(choice)

    def _choose(self, better: str, other: str) -> str:
        beside = [self._name(choice) for choice in self.leading if choice != better]
        lead = f"Choose {self._name(better)}" if better in self.leading else f"Of the two, {self._name(better)}"
        if better in self.leading and beside:
            lead += f" ({listed(beside)} would do as well)"
        reasons = self.comparison.of(better, "preferred")
        if reasons:
            return f"{lead} rather than {self._name(other)}: {_ended(reasons[0].says)}"
        reasons = self.comparison.of(better, "for")
        return f"{lead}: {_ended(reasons[0].says)}" if reasons else f"{lead}."

    def _but(self, better: str, other: str) -> str:
        """Say what becomes of the other, where the choice has not said so."""
        verdict = self.comparison.verdict(other)
        if verdict.verdict not in VIABLE:
            return self._unfit(other)
        if self.comparison.of(better, "preferred"):
            return ""
        if verdict.verdict == "beaten":
            return f"{self._name(other)} would work as well, but {self._beaten_by(other)}."
        return f"{self._name(other)} fits too, but {self._behind(better, other)}."

    def _behind(self, better: str, other: str) -> str:
        """Say why one recommended choice stands below another."""
        high, low = self.comparison.verdict(better), self.comparison.verdict(other)
        if rank(high)[0] > rank(low)[0]:
            more, less = f"{high.weight} statement{'s' * (high.weight != 1)}", low.weight or "none"
            return f"less of what is stated speaks for it: {less} against {more}"
        goals = self.knowledge.attributes["goal"]
        own = [goals.show(goal) for goal in high.goals if goal not in low.goals]
        return f"of what matters most, {self._name(better)} serves more: {listed(own)}"

    def _unfit(self, choice: str) -> str:
        """Say why a choice does not fit."""
        closings = self.comparison.of(choice, "closed")
        if closings:
            return _ended(closings[0].says)
        if self.comparison.verdict(choice).verdict == "unsupported":
            return f"Nothing that is stated calls for {self._name(choice)}."
        return f"{self._name(choice)} is ruled out: {_ended(self._objection(choice))}"

    def _objection(self, choice: str) -> str:
        """Return what rules a choice out, best something that does not concern the other as well."""
        own = self.comparison.of(choice, "against", "limit")
        return own[0].says if own else self.comparison.verdict(choice).against[0].rule.because

    def _beaten_by(self, choice: str) -> str:
        losses = self.comparison.verdict(choice).against
        winners = dict.fromkeys(self._name(loss.choice) for loss in losses)
        return f"{listed(list(winners))} {'are' if len(winners) > 1 else 'is'} preferred to it"

    def _neither(self, first: str, second: str) -> str:
        """Say why neither of the two stands above the other."""
        names = self._name(first), self._name(second)
        verdicts = {side.verdict for side in self.comparison.sides}
        if verdicts == {"recommended"}:
            return f"Nothing that is stated separates {names[0]} and {names[1]}: both fit, and equally well."
        if verdicts == {"beaten"}:
            return (
                f"Both would work, and neither is preferred to the other: of {names[0]}, {self._beaten_by(first)}; "
                f"of {names[1]}, {self._beaten_by(second)}."
            )
        if verdicts == {"unsupported"}:
            return f"Nothing that is stated calls for {names[0]} or for {names[1]}."
        return f"Neither {names[0]} nor {names[1]} fits. {self._unfit(first)} {self._unfit(second)}"

    def _elsewhere(self) -> str:
        """Say what is decided for, where that is neither of the two."""
        if any(side.choice in self.leading for side in self.comparison.sides):
            return ""
        names = [self._name(choice) for choice in self.leading]
        return f"The decision is for {listed(names, 'or')}." if names else "Nothing else fits either."

    def _turn(self, choice: str) -> str:
        """Say what more would have to be stated for a choice, and not the other, to be right."""
        turns = [turn for turn in self.comparison.turns if turn.choice == choice]
        if not turns:
            return f"No single further statement would make it {self._name(choice)} instead."
        ways = listed([_say_turn(self.knowledge, turn) for turn in turns[:_FEW]], "or")
        return f"{self._name(choice)} would be right if, in addition, {ways}."


def _say_turn(knowledge: Knowledge, turn: Turn) -> str:
    """Say the answer that would turn a decision."""
    attribute = knowledge.attributes[turn.attribute]
    return f"the answer to “{attribute.question}” were: {say_answer(turn.answer, attribute)}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
