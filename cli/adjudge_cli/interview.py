"""`adjudge interview`: ask for what matters, then show the decision and write the scenario."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from adjudge.api import load_knowledge
from adjudge.dates import today
from adjudge.errors import InputError, Problem, ScenarioError, nearest
from adjudge.evaluation import Evaluator
from adjudge.explaining.interview_report import scenario_file
from adjudge.explaining.interviewing import Interview, Turn, begin, turn
from adjudge.explaining.replies import read_reply, unquoted
from adjudge.facts import ContradictionError
from adjudge.inference import InconsistentError
from adjudge.statements import MisfitError
from adjudge.words import say_requirement
from adjudge_cli.case import Asked, Case, check_day, open_case
from adjudge_cli.terminal import one_line, show_problems, tell_of_parsing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.explaining.asking import Question
    from adjudge.knowledge import Knowledge

UNKNOWN = ("", "?", "don't know", "dont know", "don\N{RIGHT SINGLE QUOTATION MARK}t know", "unknown")
_STOP = ("stop", "quit", "exit")
_LONGEST = 100_000  # characters of a reply


class Request(NamedTuple):
    """What is asked for on the command line."""

    scenario: str
    need: str
    output: str
    force: bool
    written_as: str
    as_of: str
    rules: Path | None


class Ended(NamedTuple):
    """How an interview ended: where it then stood and why; the scenario's title and file, with `path` if written."""

    interview: Interview
    now: Turn
    why: str
    title: str = ""
    file: str = ""
    path: str = ""


class Voice(Protocol):
    """Speaks to whoever answers."""

    def ask_need(self, needs: Sequence[str]) -> None:
        """Ask what has to be decided, or which of some needs is meant."""

    def ask(self, now: Turn, question: Question) -> None:
        """Ask a question."""

    def tell_why(self, question: Question) -> None:
        """Tell what hangs on a question."""

    def tell_all(self, question: Question) -> None:
        """List all answers to a question."""

    def refuse(self, what: str, hint: str = "") -> None:
        """Tell that a reply cannot be used."""

    def close(self, ended: Ended) -> None:
        """Tell how the interview ended."""


def run(request: Request) -> int:
    """Interview whoever is at standard input; return the exit code."""
    try:
        check_day(request.as_of)
        _check_output(request)
        case = _open(request)
        knowledge = case.evaluator.knowledge if case else load_knowledge(request.rules, tell_of_parsing)
        if request.need and request.need not in knowledge.needs:
            hint = nearest(request.need, knowledge.needs)
            raise ScenarioError([Problem("--need", 0, 0, f"`{request.need}` is no need", hint)])
    except InputError as error:
        show_problems(error.problems)
        return 2
    voice = _voice(request, knowledge)
    evaluator = case.evaluator if case else Evaluator(knowledge, "native")
    need = request.need or _find_need(voice, knowledge, _raised(case) if case else [])
    if not need:
        return 1
    given = case.evaluation.inference.requirements if case else ()
    known = [one for one in given if one.origin in ("stated", "read")]
    day = request.as_of or (case.scenario.as_of if case else "")
    try:
        ended = _Conversation(evaluator, voice).hold(begin(knowledge, need, day or today(), known))
    except (ContradictionError, InconsistentError):  # the need with what was known
        show_problems([Problem(request.scenario, 0, 0, f"states what rules out that `{need}` has to be decided")])
        return 2
    title = one_line(case.scenario.title.strip()) if case else knowledge.needs[need].says
    file = scenario_file(knowledge, ended.interview, title, day)
    return _end(request, voice, ended._replace(title=title, file=file))


def _voice(request: Request, knowledge: Knowledge) -> Voice:
    if request.written_as == "json":
        from adjudge_cli.interview_json import JsonVoice

        return JsonVoice(knowledge)
    from adjudge_cli.interview_text import TextVoice

    return TextVoice(knowledge)


def _open(request: Request) -> Case | None:
    if request.scenario == "-":
        raise ScenarioError([Problem("-", 0, 0, "cannot be the scenario: answers are read from standard input")])
    return open_case(Asked(request.scenario, request.as_of, request.rules)) if request.scenario else None


def _check_output(request: Request) -> None:
    """Refuse, before anything is asked, an output that cannot be written."""
    if request.output == "-":
        return
    path = Path(request.output)
    if path.is_dir() or not path.parent.is_dir():
        raise ScenarioError([Problem(request.output, 0, 0, "cannot be written: it is, or lies in, no such folder")])
    if path.exists() and not request.force:
        raise ScenarioError([Problem(request.output, 0, 0, "is there already", "--force overwrites it")])


def _end(request: Request, voice: Voice, ended: Ended) -> int:
    if request.output != "-":
        try:
            with Path(request.output).open("w" if request.force else "x", encoding="utf-8") as file:
                file.write(ended.file)
        except OSError as error:
            show_problems([Problem(request.output, 0, 0, f"cannot be written: {error.strerror or error}")])
            return 2
        ended = ended._replace(path=request.output)
    voice.close(ended)
    return 0


def _raised(case: Case) -> list[str]:
    """Return the needs that a scenario raises; of prose those that it may be about."""
    if case.scenario.reading is None:
        return [one.need for one in case.evaluation.decisions]
    from adjudge.reading.about import about  # only for prose

    return [one.need for one in about(case.evaluator, case.evaluation, case.scenario.reading).leads]


def hear() -> str | None:
    """Return the next line of standard input, or None at its end."""
    sys.stdout.flush()
    if sys.stdin is None:
        return None
    line = sys.stdin.buffer.readline(_LONGEST)
    return line.decode("utf-8", "replace").strip() if line else None


def _find_need(voice: Voice, knowledge: Knowledge, offered: list[str]) -> str:
    """Ask until it is known what has to be decided; return nothing if that was given up."""
    from adjudge.explaining.finding import need_called, needs_like  # reading takes a while to import

    if len(offered) == 1:
        return offered[0]
    while True:
        voice.ask_need(offered)
        reply = hear()
        if reply is None or reply.lower() in _STOP:
            return ""
        if reply.isdecimal() and 1 <= int(reply) <= len(offered):
            return offered[int(reply) - 1]
        if found := need_called(knowledge, unquoted(reply)):
            return found
        wordless = reply.lower() in (*UNKNOWN, "back", "why", "all")
        offered = [] if wordless else list(needs_like(knowledge, unquoted(reply)))
        if not offered and not wordless:
            voice.refuse("nothing that adjudge decides is called like that", "say it in other words")


class _Conversation:
    """Asks one question after the other."""

    def __init__(self, evaluator: Evaluator, voice: Voice) -> None:
        self.evaluator, self.voice = evaluator, voice

    def hold(self, interview: Interview) -> Ended:
        """Return how the interview ended; raise InconsistentError at the start only."""
        now = turn(self.evaluator, interview)
        past: list[tuple[Interview, Turn]] = []
        while (question := now.question) is not None:
            self.voice.ask(now, question)
            reply = self._listen(question)
            if reply is None or reply.lower() in _STOP:
                return Ended(interview, now, "stopped")
            if reply.lower() == "back":
                if past:
                    interview, now = past.pop()
                else:
                    self.voice.refuse("this is the first question")
                continue
            following = self._take(interview, question, reply)
            if following:
                past.append((interview, now))
                interview, now = following
        return Ended(interview, now, now.reason)

    def _listen(self, question: Question) -> str | None:
        """Return the next reply that is no wish to be told more, or None at the end of the input."""
        while True:
            reply = hear()
            wish = reply.lower() if reply else ""
            if wish == "why":
                self.voice.tell_why(question)
            elif wish == "all":
                self.voice.tell_all(question)
            else:
                return reply

    def _clash(self, error: InconsistentError) -> str:
        """Say which two answers to one question would follow."""
        attribute = self.evaluator.knowledge.attributes[error.first.attribute]
        answers = [say_requirement(one, attribute) for one in (error.first, error.second)]
        return f"“{attribute.question}” would be answered both “{answers[0]}” and “{answers[1]}”"

    def _take(self, interview: Interview, question: Question, reply: str) -> tuple[Interview, Turn] | None:
        """Return the interview with a reply taken in, and where it then stands; None if the reply cannot be used."""
        try:
            if reply.lower() in (*UNKNOWN, "null"):
                following = interview.without(question.attribute.id)
            else:
                following = interview.answered(
                    question.attribute, read_reply(reply, question.attribute, question.values)
                )
            return following, turn(self.evaluator, following)
        except MisfitError as error:
            self.voice.refuse(str(error), error.hint)
        except InconsistentError as error:
            self.voice.refuse(
                f"that does not go with what was said before: {self._clash(error)}", "`back` undoes what was said last"
            )
        return None
