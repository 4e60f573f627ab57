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
    r"\s*[*_#>]*\s*(?:correct\s+)?(?:answers?|key|solution)\s*[*_]*\s*(?:is|are)?\s*[:=]\s*[*_]*\s*(?P<labels>[A-J](?:\s*(?:,|;|&|and|\s)?\s*[A-J])*)\b[.)]?[*_]*\s*\Z",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\s*#{0,6}\s*\*{0,2}(?:(?:question|q)\s*#?\s*)?(?P<id>\d{1,4})\s*[.):]\*{0,2}\s*(?P<text>.*)\Z", re.IGNORECASE
)
_HEADING = re.compile(r"\s*#{1,6}\s+(?P<text>.*?)\s*#*\Z")
_LABELLED = re.compile(r"(?:\(([A-Ja-j])\)|\b([A-Ja-j])[.)])\s+", re.ASCII)
_SELECT = re.compile(
    r"\b(?:(?:choose|select|pick|which|identify|what)\s+(?:the\s+)?(?:correct\s+|best\s+)?(?P<count>two|three|four|2|3|4)\b"
    r"|(?P<all>(?:choose|select|check|pick|mark)\s+all\b|all\s+that\s+apply)|\b(?P<of>two|three|four)\s+of\s+the\s+following)",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4}


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
    first = text.lstrip()[:1]
    if first in ("{", "["):
        found = list(_json(text, name))
    else:
        found = list(_plain(text, name))
    questions = [one for one in found if isinstance(one, Asked)]
    problems = [one for one in found if isinstance(one, Problem)]
    if not found:
        hint = "a question is a stem with options A, B, C ..., a check list, or a JSON line with id, stem and options"
        problems.append(Problem(name, 0, 0, "holds no question", hint))
    return questions, problems


def looks_like_questions(text: str) -> bool:
    """Tell whether a text holds multiple-choice questions rather than a scenario."""
    lines = text.splitlines()
    return sum(bool(_OPTION.match(line) or _CHECK.match(line)) for line in lines) >= 2  # noqa: PLR2004


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


def _json(text: str, name: str) -> Iterator[Asked | Problem]:
    if text.lstrip().startswith("["):
        try:
            listed = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield Problem(name, getattr(error, "lineno", 0), getattr(error, "colno", 0), "not valid JSON")
            return
        for index, one in enumerate(listed):
            yield _from_json(one, name, 0, index)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Problem(
                name, number, getattr(error, "colno", 1), "not valid JSON: one question a line", "", line[:200]
            )
            continue
        yield _from_json(one, name, number, number - 1)


def _from_json(one: Any, name: str, line: int, index: int) -> Asked | Problem:
    if not isinstance(one, dict):
        return Problem(name, line, 1 if line else 0, "a question is a mapping with id, stem and options")
    stem, options = one.get("stem"), one.get("options")
    if not isinstance(stem, str) or not stem.strip():
        return Problem(name, line, 1 if line else 0, f"question {one.get('id', index + 1)} has no `stem`")
    if isinstance(options, list) and all(isinstance(text, str) for text in options):
        options = {chr(ord("A") + number): text for number, text in enumerate(options[:10])}
    if not isinstance(options, dict) or not all(isinstance(text, str) for text in options.values()):
        hint = 'such as {"A": "...", "B": "..."}'
        return Problem(name, line, 1 if line else 0, f"question {one.get('id', index + 1)} has no `options`", hint)
    return _asked(str(one.get("id", index + 1)), stem, options, _labels(one.get("answer"), options), name, line)


def _labels(said: Any, options: dict[str, str]) -> tuple[str, ...]:
    listed = said if isinstance(said, list) else [said] if isinstance(said, str) else []
    return tuple(sorted(label for label in map(str, listed) if label in options))


def _asked(
    identity: str, stem: str, options: dict[str, str], key: tuple[str, ...], name: str, line: int
) -> Asked | Problem:
    if len(options) < 2:  # noqa: PLR2004
        return Problem(name, line, 1 if line else 0, f"question {identity} has {len(options) or 'no'} options")
    return Asked(identity, stem.strip(), options, key, how_many(stem, options), line)


class _Draft:
    """A question that is being read, line by line."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.identity = ""
        self.stem: list[str] = []
        self.options: dict[str, list[str]] = {}
        self.marked: list[str] = []
        self.key: tuple[str, ...] = ()

    def finish(self, number: int, name: str) -> Asked | Problem | None:
        """Return the question; nothing if it is no more than text between questions."""
        stem = "\n".join(self.stem).strip()
        if not self.options:
            return Problem(name, self.line, 1, "a key without a question") if self.key else None
        if not stem:
            return Problem(name, self.line, 1, f"question {self.identity or number} has no stem")
        options = {label: " ".join(lines).strip() for label, lines in self.options.items()}
        key = self.key or tuple(sorted(self.marked))
        wrong = [label for label in key if label not in options]
        if wrong:
            return Problem(
                name, self.line, 1, f"question {self.identity or number} has no option {wrong[0]} to be its key"
            )
        return _asked(self.identity or str(number), stem, options, key, name, self.line)


def _plain(text: str, name: str) -> Iterator[Asked | Problem]:
    """Yield the questions of Aiken, check lists and numbered text."""
    draft, count, blank = _Draft(1), 0, False

    def closed() -> Asked | Problem | None:
        return draft.finish(count + 1, name)

    for number, line in enumerate(_one_option_a_line(text), 1):
        option, check, key = _OPTION.match(line), _CHECK.match(line), _ANSWER.match(line)
        if key and draft.options:
            draft.key = tuple(sorted(set(re.findall(r"[A-J]", key["labels"].upper()))))
            blank = True
            continue
        if option or check:
            label = (option[1] or option[2]).upper() if option else chr(ord("A") + len(draft.options))
            expected = chr(ord("A") + len(draft.options))
            if option and label == "A" and draft.options:  # a question without a stem of its own
                done = closed()
                if done:
                    yield done
                    count += 1
                draft = _Draft(number)
            elif option and label != expected and not draft.options:
                option = None
            if option:
                draft.options[label] = [option["text"]]
            elif check:
                draft.options[label] = [check["text"]]
                if check["mark"] != " ":
                    draft.marked.append(label)
            if option or check:
                blank = False
                continue
        if not line.strip():
            blank = True
            continue
        starts = _NUMBER.match(line) or _HEADING.match(line)
        if draft.options and (draft.key or blank or starts):
            done = closed()
            if done:
                yield done
                count += 1
            draft = _Draft(number)
        elif draft.options:
            last = next(reversed(draft.options))
            draft.options[last].append(line.strip())
            continue
        if starts and not draft.stem:
            draft.line = number
            numbered = _NUMBER.match(line)
            draft.identity = numbered["id"] if numbered else ""
            line = starts["text"]
            if not numbered and re.fullmatch(r"(?:question|q)\s*\d*", line.strip(), re.IGNORECASE):
                draft.identity = "".join(re.findall(r"\d+", line))
                line = ""
        elif not draft.stem:
            draft.line = number
        draft.stem.append(line.strip())
        blank = False
    done = closed()
    if done:
        yield done


def _one_option_a_line(text: str) -> Iterator[str]:
    """Yield the lines of a text, those that hold several lettered options in a row as one line each."""
    for line in text.splitlines():
        places = [found for found in _LABELLED.finditer(line)]
        labels = [(found[1] or found[2]).upper() for found in places]
        if len(labels) >= 2 and labels == [chr(ord("A") + i) for i in range(len(labels))]:  # noqa: PLR2004
            if line[: places[0].start()].strip():
                yield line[: places[0].start()]
            ends = [*(found.start() for found in places[1:]), len(line)]
            yield from (line[found.start() : end].strip() for found, end in zip(places, ends, strict=True))
        else:
            yield line
