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
    from collections.abc import Iterable, Sequence

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
    """Return the needs that the options differ on: raised ones, or else the one for which most of them offer something.

    A need for which a single option offers something is passed over where others have more.
    """
    offers = _offers(knowledge, texts)
    if not offers:
        return ()
    raised = {need: count for need, count in offers.items() if inference.raises(need)}
    several = tuple(need for need, count in raised.items() if count > 1)
    if several:
        return several
    most = max(offers.values())
    if most > 1 and most > max(raised.values(), default=0):
        return tuple(need for need, count in offers.items() if count == most)
    return tuple(raised) or tuple(need for need, count in offers.items() if count == most)


def _offers(knowledge: Knowledge, texts: Iterable[OptionText]) -> dict[str, int]:
    """Count for each need the options that name a candidate for it."""
    named = [{choice for group in (*one.groups, *one.steps) for choice in group} for one in texts]
    everything = set().union(*named) if named else set()
    found = {}
    for need in knowledge.needs.values():
        candidates = everything.intersection(need.candidates)
        if candidates:
            found[need.id] = sum(bool(candidates & one) for one in named)
    return found
