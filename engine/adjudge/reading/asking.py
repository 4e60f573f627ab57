"""From a question in prose to a question that can be judged, and to its answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from adjudge.answering import Answer, answer
from adjudge.evaluation import NOTES_DAY, Evaluation
from adjudge.question import Question
from adjudge.reading.choices import OptionText, read_option, resolve
from adjudge.reading.fit import fit
from adjudge.reading.prose import Reading, read_prose, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.evaluation import Evaluator
    from adjudge.inference import Inference
    from adjudge.knowledge import Knowledge
    from adjudge.reading.forms import Asked


class Answered(msgspec.Struct, frozen=True):
    """A question in prose with what was read, and its answer."""

    asked: Asked
    reading: Reading
    evaluation: Evaluation
    question: Question
    answer: Answer


def answer_asked(evaluator: Evaluator, asked: Asked, day: str = NOTES_DAY) -> Answered:
    """Read a question in prose and answer it as of an ISO date; its key is not looked at."""
    knowledge = evaluator.knowledge
    reading, inference = settle(read_prose(asked.stem, knowledge), lambda stated: evaluator.infer(stated, day))
    labels = tuple(asked.options)
    texts = [read_option(label, text, labels, knowledge) for label, text in asked.options.items()]
    needs = needs_in_question(knowledge, inference, texts)
    relevant = Counter(choice for need in needs for choice in knowledge.needs[need].candidates)
    options = tuple(resolve(one, relevant) for one in texts)
    question = Question(asked.stem, options, asked.select, needs)
    evaluation = Evaluation(day, inference, tuple(evaluator.decide(inference, need, day) for need in needs))
    leaning = fit(evaluator, evaluation, question)
    return Answered(asked, reading, evaluation, question, answer(evaluator, evaluation, question, leaning))


def needs_in_question(knowledge: Knowledge, inference: Inference, texts: Sequence[OptionText]) -> tuple[str, ...]:
    """Return the needs on which the options differ: those that the text raises, or else those with most differences.

    What every option names makes no difference. A raised need counts if at least two options offer something for it.
    """
    named = [{choice for group in (*one.groups, *one.steps) for choice in group} for one in texts if one.kind == "own"]
    shared = set.intersection(*named) if named else set()
    telling = [one - shared for one in named]
    differing: dict[str, int] = {}
    for need in knowledge.needs.values():
        candidates = set(need.candidates)
        offered = [frozenset(candidates & one) for one in telling if candidates & one]
        if offered:
            differing[need.id] = len(set(offered))
    if not differing:
        return ()
    raised = [need for need in differing if inference.raises(need)]
    several = tuple(need for need in raised if differing[need] > 1)
    if several:
        return several
    most = max(differing.values())
    if most > 1:
        return tuple(need for need, count in differing.items() if count == most)
    return tuple(raised) or tuple(differing)
