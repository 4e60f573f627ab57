"""An interview with a program: one JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.explaining.interview_report import final_document, question_document, why_document
from adjudge_cli.json_output import write_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.explaining.asking import Question
    from adjudge.explaining.interviewing import Turn
    from adjudge.knowledge import Knowledge
    from adjudge_cli.interview import Ended


class JsonVoice:
    """Writes what is asked and told as one JSON object a line."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def ask_need(self, needs: Sequence[str]) -> None:
        """Ask what has to be decided, or which of some needs is meant."""
        answers = [{"value": need, "says": self.knowledge.needs[need].says} for need in needs]
        asks = "Which of these is to be decided?" if needs else "What has to be decided?"
        write_line({"ask": "need", "question": asks, "answers": answers, "several": False, "unit": None, "why": None})

    def ask(self, _now: Turn, question: Question) -> None:
        """Ask a question."""
        write_line(question_document(self.knowledge, question))

    def tell_why(self, question: Question) -> None:
        """Tell what hangs on a question."""
        write_line({"why": why_document(self.knowledge, question)})

    def tell_all(self, question: Question) -> None:
        """Ask once more: a question holds all answers."""
        write_line(question_document(self.knowledge, question))

    def refuse(self, what: str, hint: str = "") -> None:
        """Tell that a reply cannot be used."""
        write_line({"error": f"{what} ({hint})" if hint else what})

    def close(self, ended: Ended) -> None:
        """Tell how the interview ended."""
        document = final_document(self.knowledge, ended.interview, ended.now, ended.why, ended.title)
        write_line({**document, "written": ended.path or None})
