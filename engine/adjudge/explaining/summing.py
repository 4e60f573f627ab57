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

_UNTRIED = "What would change that has not been tried, since nothing that is stated raises this need."


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
            return self._choose(better, other), self._elsewhere(), self._but(better, other)
        first, second = (side.choice for side in self.comparison.sides)
        said = self._neither(first, second), self._elsewhere()
        if not self.comparison.tried:
            return *said, _UNTRIED
        if not self.comparison.turns:
            return *said, "No single further statement would decide between the two."
        return *said, *(_sentence(self._turn(choice, self._name(choice))) for choice in (first, second))

    def _name(self, choice: str) -> str:
        return self.knowledge.name(choice)

    def _choose(self, better: str, other: str) -> str:
        preferred = self.comparison.of(better, "preferred")
        reasons = preferred or self.comparison.of(better, "for")
        why = f": {_ended(reasons[0].says)}" if reasons else "."
        if better not in self.leading:
            fits = "only {} fits" if self.comparison.verdict(other).verdict not in VIABLE else "{} comes first"
            return f"Of the two, {fits.format(self._name(better))}{why}"
        beside = [self._name(choice) for choice in self.leading if choice != better]
        equal = f" ({listed(beside)} would do as well)" if beside else ""
        rather = f" rather than {self._name(other)}" if preferred else ""
        return f"Choose {self._name(better)}{equal}{rather}{why}"

    def _but(self, better: str, other: str) -> str:
        """Say what becomes of the other, where the choice has not said so, and what would turn that."""
        verdict, name = self.comparison.verdict(other).verdict, self._name(other)
        turn = _sentence(self._turn(other, name)) if self.comparison.tried else _UNTRIED
        if verdict == "unsupported" and not self.comparison.tried:
            return f"{self._unfit(other)} {turn}"
        if verdict == "unsupported":
            return f"Nothing that is stated calls for {name}; {self._turn(other, 'it')}."
        if verdict not in VIABLE:
            return f"{self._unfit(other)} {turn}"
        if self.comparison.of(better, "preferred"):
            return turn
        if verdict == "beaten":
            return f"{name} would work as well, but {listed(self._winners(other))} would do better. {turn}"
        return f"{name} fits too, but {self._behind(better, other)}. {turn}"

    def _behind(self, better: str, other: str) -> str:
        """Say why one recommended choice stands below another."""
        high, low = self.comparison.verdict(better), self.comparison.verdict(other)
        if rank(high)[0] > rank(low)[0]:
            return f"fewer statements speak for it: {low.weight or 'none'} against {high.weight}"
        goals = self.knowledge.attributes["goal"]
        own = [goals.show(goal) for goal in high.goals if goal not in low.goals]
        return f"as many statements speak for either, and {self._name(better)} serves more of the goals: {listed(own)}"

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

    def _winners(self, choice: str) -> list[str]:
        """Return the names of what is preferred to a choice."""
        losses = self.comparison.verdict(choice).against
        return list(dict.fromkeys(self._name(loss.choice) for loss in losses))

    def _neither(self, first: str, second: str) -> str:
        """Say why neither of the two stands above the other."""
        a, b = self._name(first), self._name(second)
        verdicts = {side.verdict for side in self.comparison.sides}
        if verdicts == {"recommended"}:
            return f"{a} and {b} fit equally well: what is stated speaks for neither more than for the other."
        if verdicts == {"beaten"}:
            better = [listed(self._winners(choice)) for choice in (first, second)]
            than = [f"{better[0]} than either"] if better[0] == better[1] else map("{} than {}".format, better, (a, b))
            return f"Both {a} and {b} would work, but something else would do better: {listed(list(than))}."
        if verdicts == {"unsupported"}:
            return f"Nothing that is stated calls for {a} or for {b}."
        reasons = self._unfit(first), self._unfit(second)
        if len({reason.removeprefix(name) for reason, name in zip(reasons, (a, b), strict=True)}) == 1:
            return f"Neither {a} nor {b} fits: {_ended(self._objection(first))}"
        return f"Neither {a} nor {b} fits. {' '.join(reasons)}"

    def _elsewhere(self) -> str:
        """Say what is decided for, where that is neither of the two."""
        if any(side.choice in self.leading for side in self.comparison.sides):
            return ""
        names = [self._name(choice) for choice in self.leading]
        return f"The decision itself is for {listed(names, 'or')}." if names else "Nothing else fits either."

    def _turn(self, choice: str, name: str) -> str:
        """Say what more would have to be stated for a choice, and not the other, to be right."""
        turns = [turn for turn in self.comparison.turns if turn.choice == choice]
        if not turns:
            return f"no single further statement would decide for {name} instead"
        ways = "; or if ".join(_say_turn(self.knowledge, turn) for turn in turns[:_FEW])
        return f"{name} would be right if, in addition, {ways}"


def _say_turn(knowledge: Knowledge, turn: Turn) -> str:
    """Say the answer that would turn a decision."""
    attribute = knowledge.attributes[turn.attribute]
    return f"the answer to “{attribute.question}” were: {say_answer(turn.answer, attribute)}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _sentence(text: str) -> str:
    return _ended(f"{text[:1].upper()}{text[1:]}")
