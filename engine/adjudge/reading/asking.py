"""From a question in prose to a question that can be judged, and to its answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from adjudge.answering import Answer, answer
from adjudge.evaluation import NOTES_DAY, Evaluation
from adjudge.question import Question
from adjudge.reading.choices import OptionText, read_option, resolve
from adjudge.reading.likeness import Likeness, weigh
from adjudge.reading.prose import Reading, read_prose, settle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge.evaluation import Evaluator
    from adjudge.inference import Inference
    from adjudge.knowledge import Knowledge
    from adjudge.reading.forms import Asked


REFUTING = ("rejected", "beaten", "false-claim")  # what is more than that nothing calls for an option
_FAR = 0.8  # by how much the log odds of a proven option exceed all others that a text is like by far


class Answered(msgspec.Struct, frozen=True):
    """A question in prose with what was read, and its answer."""

    asked: Asked
    reading: Reading
    evaluation: Evaluation
    question: Question
    answer: Answer
    like: dict[str, Likeness]


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
    like = weigh(
        knowledge.index,
        reading.stems,
        {one.label: one.stems for one in texts},
        {one.label: one.choices for one in options},
    )
    leaning = {label: one.odds for label, one in like.items()}
    given = answer(evaluator, evaluation, question, leaning)
    if given.decided and ((asked.select == 0 and len(given.labels) == 1) or not _trusted(given, leaning)):
        given = msgspec.structs.replace(given, decided=False)
    return Answered(asked, reading, evaluation, question, given, like)


def _trusted(given: Answer, leaning: Mapping[str, float]) -> bool:
    """Tell whether a proof from prose may be believed, which rests on no more than what was read.

    What is proven must also be what the text is like, by far, unless more is known of every wrong option than that
    nothing in the text calls for it.
    """
    wrong = [one for one in given.options if one.verdict == "wrong"]
    refuted = all(any(o.kind in REFUTING for o in one.objections) for one in wrong)
    rest = [odds for label, odds in leaning.items() if label not in given.labels]
    margin = min(leaning[label] for label in given.labels) - max(rest, default=0.0)
    return margin >= (0.0 if refuted else _FAR)


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
