"""An interview: what is known so far, whether anything matters yet, and what to ask next.

All values are immutable: to go back is to use an earlier one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from adjudge.evaluation import Evaluation
from adjudge.explaining.asking import Asking, Question, most_telling
from adjudge.explaining.outlook import outlook
from adjudge.explaining.stating import merged, statements
from adjudge.facts import NOTHING
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.evaluation import Evaluator
    from adjudge.explaining.outlook import Outlook
    from adjudge.facts import Requirement
    from adjudge.inference import Inference
    from adjudge.judging import Decision
    from adjudge.knowledge import Knowledge
    from adjudge.vocabulary import Attribute

Reason = Literal["", "settled", "nothing-left"]


class Interview(msgspec.Struct, frozen=True):
    """What has been said about one need: statements as a scenario writes them, and what could not be told."""

    need: str
    day: str
    said: dict[str, Any]
    declined: tuple[str, ...] = ()

    def answered(self, attribute: Attribute, said: Any) -> Interview:
        """Return the interview with an answer, which takes the place of what it says more precisely."""
        if attribute.id in self.said:
            said = merged(attribute, self.said[attribute.id], said)
        return msgspec.structs.replace(self, said={**self.said, attribute.id: said})

    def without(self, name: str) -> Interview:
        """Return the interview with a question to which the answer is not known."""
        return msgspec.structs.replace(self, declined=(*self.declined, name))

    def requirements(self, knowledge: Knowledge) -> tuple[Requirement, ...]:
        """Return what has been said as requirements; raise MisfitError if it does not fit the vocabulary."""
        return tuple(
            one for name, said in self.said.items() for one in read_statement(name, said, knowledge.attributes)
        )


class Turn(msgspec.Struct, frozen=True):
    """Where an interview stands: the decision as it would be now, and the next question or why there is none.

    It is `settled` if no answer can change what leads, not even to a question to which the answer is not known;
    `nothing-left` if only such an answer could.
    """

    evaluation: Evaluation
    leaders: tuple[str, ...]
    question: Question | None
    reason: Reason

    @property
    def decision(self) -> Decision:
        """The decision on the need."""
        return self.evaluation.decisions[0]


def begin(knowledge: Knowledge, need: str, day: str, known: Sequence[Requirement] = ()) -> Interview:
    """Return an interview about a need in which something is known; raise ContradictionError if it denies the need."""
    wanted = [
        one for one in read_statement("need", need, knowledge.attributes) if one.facts not in {k.facts for k in known}
    ]
    return Interview(need, day, statements(knowledge.attributes, [*known, *wanted]))


def turn(evaluator: Evaluator, interview: Interview) -> Turn:
    """Tell where an interview stands; raise InconsistentError if what was said cannot all be."""
    inference = evaluator.infer(interview.requirements(evaluator.knowledge), interview.day)
    decision = evaluator.decide(inference, interview.need, interview.day)
    evaluation = Evaluation(interview.day, inference, (decision,))
    ahead = outlook(evaluator, inference, interview.need, interview.day, interview.declined)
    vocabulary = evaluator.knowledge.attributes
    askable = [name for name in vocabulary if name in ahead.hanging and _open(inference, ahead, name)]
    if askable:
        question = most_telling(Asking(evaluator, interview, evaluation, ahead), askable)
        return Turn(evaluation, ahead.leaders, question, "")
    settled = outlook(evaluator, inference, interview.need, interview.day).settled
    return Turn(evaluation, ahead.leaders, None, "settled" if settled else "nothing-left")


def _open(inference: Inference, ahead: Outlook, name: str) -> bool:
    """Tell whether nothing is known of an attribute but its default, or it is not known precisely."""
    known = inference.facts.get(name, NOTHING).facts(name)
    return name in ahead.finer or all(inference.carriers[fact].origin == "assumed" for fact in known)
