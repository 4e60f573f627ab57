"""How well options fit where nothing is proven: conditions that hold, goals that are met, words in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.reading.words import read_words
from adjudge.shortfall import nearest_rule

if TYPE_CHECKING:
    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.question import Option, Question

_WORKS, _BEATEN, _REJECTED, _GOAL, _WORDS = 2.0, 1.0, -2.0, 0.5, 1.0


def fit(evaluator: Evaluator, evaluation: Evaluation, question: Question) -> dict[str, float]:
    """Return how well each option fits what is known: more is better, and nothing is proven by it."""
    found = _Fit(evaluator, evaluation, question)
    return {option.label: found.option(option) for option in question.options}


class _Fit:
    def __init__(self, evaluator: Evaluator, evaluation: Evaluation, question: Question) -> None:
        self.knowledge, self.evaluation, self.question = evaluator.knowledge, evaluation, question
        self.stems = {word.stem for word in read_words(question.asks)}
        self.verdicts = {
            (decision.need, verdict.choice): verdict
            for decision in evaluation.decisions
            for verdict in decision.verdicts
        }

    def option(self, option: Option) -> float:
        """Return how well an option fits: the mean over its choices, each for the need that it serves best."""
        if not option.choices:
            return 0.0
        scores = [self._choice(choice) for choice in option.choices]
        return sum(scores) / len(scores)

    def _choice(self, choice: str) -> float:
        serving = [need for need in self.question.decides if choice in self.knowledge.needs[need].candidates]
        standing = max((self._standing(need, choice) for need in serving), default=-0.5)
        return standing + _GOAL * self._goals(choice) + _WORDS * self._words(choice)

    def _standing(self, need: str, choice: str) -> float:
        verdict = self.verdicts.get((need, choice))
        if verdict is None:
            return 0.0
        if verdict.verdict == "recommended":
            return _WORKS + min(verdict.weight, 9) / 10
        if verdict.verdict == "beaten":
            return _BEATEN
        if verdict.verdict == "rejected":
            return _REJECTED
        near = nearest_rule(self.knowledge, need, choice, self.evaluation.inference.facts, self.evaluation.day)
        if near is None or not near.outcomes:
            return 0.0
        states = [one.state for one in near.outcomes]
        return (states.count("held") - states.count("failed")) / len(states)

    def _goals(self, choice: str) -> float:
        """Return how well a choice meets the stated goals by its traits, from -1 to 1 for each."""
        wanted = self.evaluation.inference.facts.get("goal")
        if wanted is None:
            return 0.0
        total = 0.0
        for trait in self.knowledge.traits.values():
            held = self.knowledge.choices[choice].traits.get(trait.id)
            if trait.goal in wanted.true and held:
                order = list(trait.values)
                total += 1 - 2 * min(map(order.index, held.values)) / max(len(order) - 1, 1)
        return total

    def _words(self, choice: str) -> float:
        """Return the share of what is characteristic of a choice that the text has as well."""
        profile = self.knowledge.profiles.get(choice, {})
        return sum(weight for stem, weight in profile.items() if stem in self.stems)
