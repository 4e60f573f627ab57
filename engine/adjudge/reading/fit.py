"""How well options fit where nothing is proven: rules that may well hold, goals that are met, words in common.

A condition of which nothing is known counts as less than an even chance, so that a rule counts for as much as is
known of it. Nothing is proven by this; it orders guesses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.facts import outcome

if TYPE_CHECKING:
    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.facts import Test
    from adjudge.knowledge import Rule
    from adjudge.question import Option, Question

_CHANCE = {"held": 1.0, "open": 0.35, "failed": 0.02}
_FOR, _AGAINST, _PREFERRED, _GOAL, _WORDS = 1.5, 1.0, 0.7, 0.2, 2.0
_ELSEWHERE = -0.5  # what a choice has that serves none of the needs
_ASKED, _RAISED = 0.6, 0.2  # what it adds that a choice serves a need in question, or one that the text raises
_LIKELY = 0.3  # how likely a rule has to be to speak against a choice


def fit(evaluator: Evaluator, evaluation: Evaluation, question: Question, stems: frozenset[str]) -> dict[str, float]:
    """Return how well each option fits what is known: more is better, and nothing is proven by it.

    `stems` are those of the words of the text that are not beside the point.
    """
    found = _Fit(evaluator, evaluation, question, stems)
    return {option.label: found.option(option) for option in question.options}


class _Fit:
    def __init__(self, evaluator: Evaluator, evaluation: Evaluation, question: Question, stems: frozenset[str]) -> None:
        self.knowledge, self.evaluation, self.question = evaluator.knowledge, evaluation, question
        self.facts, self.day = evaluation.inference.facts, evaluation.day
        self.stems = stems
        self.offered = {choice for option in question.options for choice in option.choices}
        self.states: dict[Test, str] = {}
        self.scores: dict[tuple[str, str], float] = {}
        self.raised = {need: evaluation.inference.raises(need) for need in self._open_needs()}
        for need in self.raised:
            self._need(need)

    def _open_needs(self) -> list[str]:
        """Return every need for which some option offers a candidate: which one is asked about is a guess as well."""
        return [need.id for need in self.knowledge.needs.values() if self.offered.intersection(need.candidates)]

    def _need(self, need: str) -> None:
        """Weigh what speaks for and against the offered candidates of a need."""
        known = self.knowledge.needs[need]
        candidates = self.offered.intersection(known.candidates)
        doubt = dict.fromkeys(candidates, 1.0)  # that no rule for it holds
        against = dict.fromkeys(candidates, 0.0)
        preferred = dict.fromkeys(candidates, 0.0)
        for rule in known.rules:
            concerned = candidates.intersection(rule.subjects)
            if not concerned or not rule.valid(self.day):
                continue
            chance = self._chance(rule)
            for choice in concerned:
                if rule.kind == "recommend":
                    doubt[choice] *= 1 - chance
                elif rule.kind == "reject" and chance >= _LIKELY:
                    against[choice] = max(against[choice], chance)
                elif rule.kind == "prefer":
                    for rival in candidates.intersection(rule.over) - {choice}:
                        preferred[choice] += chance
                        preferred[rival] -= chance
        for choice in candidates:
            score = (
                _FOR * (1 - doubt[choice])
                - _AGAINST * against[choice]
                + _PREFERRED * max(-1.5, min(1.5, preferred[choice]))
            )
            self.scores[need, choice] = score

    def _chance(self, rule: Rule) -> float:
        """Return how likely a rule holds by what is known; nothing where nothing of it is."""
        chance, known = 1.0, False
        for test in rule.tests:
            state = self.states.get(test)
            if state is None:
                state = outcome(test, self.facts, self.knowledge.attributes[test.attribute]).state
                self.states[test] = state
            known = known or state == "held"
            chance *= _CHANCE[state]
        return chance if known else chance * _CHANCE["open"]

    def option(self, option: Option) -> float:
        """Return how well an option fits: the mean over its choices, each for the need that it serves best."""
        if not option.choices:
            return 0.0
        scores = [self._choice(choice) for choice in option.choices]
        return sum(scores) / len(scores)

    def _choice(self, choice: str) -> float:
        found = [
            self.scores[need, choice] + (_ASKED if need in self.question.decides else 0) + (_RAISED if raised else 0)
            for need, raised in self.raised.items()
            if (need, choice) in self.scores
        ]
        return max(found, default=_ELSEWHERE) + _GOAL * self._goals(choice) + _WORDS * self._words(choice)

    def _goals(self, choice: str) -> float:
        """Return how well a choice meets the stated goals by its traits, from -1 to 1 for each."""
        wanted = self.facts.get("goal")
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
