"""The forms in which multiple-choice questions are written, recognised by their content.

Aiken (lettered options and an `ANSWER:` line), Markdown check lists, numbered plain text with lettered options, and
JSON lines. A key that a text gives is kept apart from what is asked.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec

from adjudge.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPTION = re.compile(r"\s*(?:[-*]\s+)?(?:\(([A-Ja-j])\)|\*{0,2}([A-Ja-j])\s*[.):](?=\s|\*))\*{0,2}\s*(?P<text>\S.*)\Z")
_CHECK = re.compile(r"\s*[-*+]\s*\[(?P<mark>[ xX✓])\]\s*(?P<text>\S.*)\Z")
_ANSWER = re.compile(
    r"\s*[*_#>]*\s*(?:correct\s+)?(?:answers?|key|solution)\s*[*_]*\s*(?:is|are)?\s*[:=]\s*[*_]*\s*"
    r"(?P<labels>[A-J](?:\s*(?:,|;|&|and|\s)?\s*[A-J])*)\b[.)]?[*_]*\s*\Z",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\s*#{0,6}\s*\*{0,2}(?:(?:question|q)\s*#?\s*)?(?P<id>\d{1,4})\s*[.):]\*{0,2}\s*(?P<text>.*)\Z", re.IGNORECASE
)
_HEADING = re.compile(r"\s*#{1,6}\s+(?P<text>.*?)\s*#*\Z")
_TITLE = re.compile(r"(?:question|q)\s*#?\s*(?P<id>\d*)\Z", re.IGNORECASE)
_LABELLED = re.compile(r"(?:\(([A-Ja-j])\)|\b([A-Ja-j])[.)])\s+", re.ASCII)
_SELECT = re.compile(
    r"\b(?:(?:choose|select|pick|which|identify|what)\s+(?:the\s+)?(?:correct\s+|best\s+)?(?P<count>two|three|four|[234])\b"
    r"|(?P<all>(?:choose|select|check|pick|mark)\s+all\b|all\s+that\s+apply)|\b(?P<of>two|three|four)\s+of\s+the\s+following)",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4}
_MOST = 10  # options of a question
_SHOWN = 200  # characters of a faulty line, at most


class Asked(msgspec.Struct, frozen=True):
    """A question as it is written: its stem, its options by label, and the key if one is given.

    `select` is how many options are right, 0 where all that are right are asked for; `line` is where it begins.
    """

    id: str
    stem: str
    options: dict[str, str]
    key: tuple[str, ...] = ()
    select: int = 1
    line: int = 1


def read_questions(text: str, name: str) -> tuple[list[Asked], list[Problem]]:
    """Return the questions of a text and what is wrong with those that cannot be read."""
    reader = _Json(name) if text.lstrip()[:1] in ("{", "[") else _Plain(name)
    found = list(reader.read(text))
    questions = [one for one in found if isinstance(one, Asked)]
    problems = [one for one in found if isinstance(one, Problem)]
    if not found:
        hint = "a question is a stem with options A, B, C ..., a check list, or a JSON line with id, stem and options"
        problems.append(Problem(name, 0, 0, "holds no question", hint))
    return questions, problems


def looks_like_questions(text: str) -> bool:
    """Tell whether a text holds multiple-choice questions rather than a scenario."""
    return sum(bool(_OPTION.match(line) or _CHECK.match(line)) for _, line in _one_option_a_line(text)) > 1


def how_many(stem: str, options: dict[str, str]) -> int:
    """Return how many options a stem asks for, 0 where it asks for all that are right."""
    found = _SELECT.search(stem)
    if not found:
        return 1
    if found["all"]:
        return 0
    word = (found["count"] or found["of"]).lower()
    count = _COUNTS.get(word) or int(word)
    return count if count < len(options) else 1


class _Draft(msgspec.Struct):
    """A question that is being read; `of` says in messages which one it is."""

    line: int
    identity: str = ""
    stem: str = ""
    options: dict[str, str] = {}
    key: tuple[str, ...] = ()

    def finish(self, name: str, number: int) -> Asked | Problem:
        """Return the question, or what is wrong with it."""
        identity = self.identity or str(number)
        wrong = next((label for label in self.key if label not in self.options), None)
        says = (
            f"question {identity} has no stem" if not self.stem.strip()
            else f"question {identity} has {'only one option' if self.options else 'no options'}"
            if len(self.options) <= 1
            else f"question {identity} has more than {_MOST} options" if len(self.options) > _MOST
            else f"question {identity} has no option {wrong} to be its key" if wrong
            else ""
        )  # fmt: skip
        if says:
            return Problem(name, self.line, 1 if self.line else 0, says)
        options = {label: text.strip() for label, text in self.options.items()}
        return Asked(identity, self.stem.strip(), options, self.key, how_many(self.stem, options), self.line)


class _Json:
    """Reads a list of questions, or one a line."""

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, text: str) -> Iterator[Asked | Problem]:
        if text.lstrip().startswith("["):
            try:
                listed = json.loads(text)
            except (ValueError, RecursionError) as error:
                yield Problem(self.name, getattr(error, "lineno", 0), getattr(error, "colno", 0), "not valid JSON")
                return
            for index, one in enumerate(listed):
                yield self._question(one, 0, index + 1)
            return
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                try:
                    yield self._question(json.loads(line), number, number)
                except (ValueError, RecursionError) as error:
                    column = getattr(error, "colno", 1)
                    says = "not valid JSON: one question a line"
                    yield Problem(self.name, number, column, says, text=line if len(line) <= _SHOWN else "")

    def _question(self, one: Any, line: int, number: int) -> Asked | Problem:
        column = 1 if line else 0
        if not isinstance(one, dict):
            return Problem(self.name, line, column, "a question is a mapping with id, stem and options")
        identity, stem, options = str(one.get("id", number)), one.get("stem"), one.get("options")
        if not isinstance(stem, str) or not stem.strip():
            return Problem(self.name, line, column, f"question {identity} has no `stem`")
        if isinstance(options, list):
            options = {chr(ord("A") + index): text for index, text in enumerate(options[: _MOST + 1])}
        if not isinstance(options, dict) or not all(isinstance(text, str) for text in options.values()):
            hint = 'such as {"A": "...", "B": "..."}'
            return Problem(self.name, line, column, f"question {identity} has no `options`", hint)
        said = one.get("answer")
        listed = said if isinstance(said, list) else [said] if isinstance(said, str) else []
        key = tuple(sorted(label for label in map(str, listed) if label in options))
        return _Draft(line, identity, stem, options, key).finish(self.name, number)


class _Plain:
    """Reads Aiken, check lists and numbered text, line by line."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.draft = _Draft(1)
        self.count = 0
        self.ended = False  # whether what comes next cannot belong to the last option any more

    def read(self, text: str) -> Iterator[Asked | Problem]:
        for number, line in _one_option_a_line(text):
            yield from self._line(number, line)
        yield from self._close(0)

    def _close(self, line: int) -> Iterator[Asked | Problem]:
        """End the question that is being read, if there is more to it than text."""
        if self.draft.options or self.draft.key:
            self.count += 1
            yield self.draft.finish(self.name, self.count)
        self.draft, self.ended = _Draft(line), False

    def _line(self, number: int, line: str) -> Iterator[Asked | Problem]:
        key = _ANSWER.match(line)
        if key and self.draft.options:
            self.draft.key = tuple(sorted(set(re.findall(r"[A-J]", key["labels"].upper()))))
            self.ended = True
        elif option := self._option(line):
            if option[0] == "A" and self.draft.options:  # the options of a question without a stem
                yield from self._close(number)
            self.draft.options = {**self.draft.options, option[0]: option[1]}
            self.ended = False
        elif not line.strip():
            self.ended = True
        elif self.draft.options and not self.ended and not (_NUMBER.match(line) or _HEADING.match(line)):
            last = next(reversed(self.draft.options))
            self.draft.options[last] += f" {line.strip()}"
        else:
            if self.draft.options:
                yield from self._close(number)
            self._stem(number, line)

    def _option(self, line: str) -> tuple[str, str] | None:
        """Return the label and text of an option, if a line is one."""
        lettered, checked = _OPTION.match(line), _CHECK.match(line)
        expected = chr(ord("A") + len(self.draft.options))
        if lettered:
            label = (lettered[1] or lettered[2]).upper()
            return (label, lettered["text"]) if label in ("A", expected) else None
        if checked:
            if checked["mark"] != " ":
                self.draft.key = (*self.draft.key, expected)
            return expected, checked["text"]
        return None

    def _stem(self, number: int, line: str) -> None:
        """Add a line to the stem; the first one may carry the question's number."""
        said = line.strip()
        if not self.draft.stem:
            self.draft.line = self.draft.line if self.draft.identity else number
            starts = _NUMBER.match(line) or _HEADING.match(line)
            if starts:
                title = _TITLE.match(starts["text"])
                self.draft.identity = (
                    starts.groupdict().get("id") or (title["id"] if title else "") or self.draft.identity
                )
                said = "" if title else starts["text"]
        self.draft.stem = f"{self.draft.stem}\n{said}".strip()


def _one_option_a_line(text: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a text, those that hold several lettered options in a row as one line each."""
    for number, line in enumerate(text.splitlines(), 1):
        places = list(_LABELLED.finditer(line))
        labels = [(found[1] or found[2]).upper() for found in places]
        if len(labels) > 1 and labels == [chr(ord("A") + index) for index in range(len(labels))]:
            if line[: places[0].start()].strip():
                yield number, line[: places[0].start()]
            ends = [*(found.start() for found in places[1:]), len(line)]
            for found, end in zip(places, ends, strict=True):
                yield number, line[found.start() : end].strip()
        else:
            yield number, line
