"""YAML read for people: every value keeps its place, and nothing is guessed.

The reader accepts the part of YAML that means the same to everyone. Duplicate keys, tags, anchors
and the words that YAML 1.1 turns into something else (`no`, `1_000`, `12:30`) are refused with the
place and the mend. Dates stay text.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec
import yaml

from adjudge.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_BYTES = 5_000_000
MAX_DEPTH = 50
_MAX_DIGITS = 18  # of a number that fits 64 bits

KeyPath = tuple[str | int, ...]

_BREAKS = ("\r\n", "\r", "\x85", "\u2028", "\u2029")  # what YAML takes for the end of a line, besides \n
_HALF = re.compile("[\ud800-\udfff]")  # without libyaml they can come from escapes
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


class Mark(msgspec.Struct, frozen=True):
    """Where something stands: line and column from 1, and how many columns it takes on that line."""

    line: int
    column: int
    width: int


class YamlFile(msgspec.Struct, frozen=True):
    """The content of one YAML file as plain values, and the place of each.

    `marks` maps a path such as ("rules", 0, "id") to the place of that value, `keys` to the place of
    its key. `lines` are the lines of the text.
    """

    name: str
    lines: tuple[str, ...]
    data: Any
    marks: dict[KeyPath, Mark]
    keys: dict[KeyPath, Mark]

    def problem(self, path: KeyPath, message: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """Describe a problem with the value (or the key) at `path`, or at its closest known parent."""
        mark = self.keys.get(path) if at_key else None
        while mark is None and path:
            mark = self.marks.get(path)
            path = path[:-1]
        return self._at(mark or self.marks.get((), Mark(1, 1, 1)), message, hint)

    def _at(self, mark: Mark, message: str, hint: str) -> Problem:
        text = self.lines[mark.line - 1] if mark.line <= len(self.lines) else ""
        return Problem(self.name, mark.line, mark.column, message, hint, text, mark.width)


def read_bytes(path: Path | str, name: str) -> bytes:
    """Read a file of at most MAX_BYTES; raise InputError if that cannot be done."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123  (a path as text opens faster)
            size = os.fstat(stream.fileno()).st_size  # 0 for what is no regular file
            return stream.read(size + 1 if 0 < size <= MAX_BYTES else MAX_BYTES + 1)
    except OSError as error:
        raise InputError([Problem(name, 0, 0, f"cannot be read: {error.strerror or error}")]) from None


def decode(content: bytes, name: str) -> str:
    """Decode UTF-8 text; raise InputError for what is too large, binary, badly encoded or empty."""
    if len(content) > MAX_BYTES:
        raise InputError([Problem(name, 0, 0, f"is larger than {MAX_BYTES // 1_000_000} MB")])
    if b"\0" in content:
        raise InputError([Problem(name, 0, 0, "is a binary file, not text")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        message = f"is not UTF-8 text: byte 0x{content[error.start]:02x}"
        shown = content.split(b"\n")[line - 1].decode("utf-8", "replace")
        raise InputError([Problem(name, line, column, message, "save the file as UTF-8", shown)]) from None
    if not text.strip():
        raise InputError([Problem(name, 0, 0, "is empty")])
    return text


def parse(text: str, name: str) -> YamlFile:
    """Parse YAML text; raise InputError with every problem found."""
    return _Builder(text, name).build()


class _Builder:
    """Builds plain values from the parser's events, without recursion, so that depth cannot hurt."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.lines = _lines(text)
        self.name = name
        self.marks: dict[KeyPath, Mark] = {}
        self.keys: dict[KeyPath, Mark] = {}
        self.problems: list[Problem] = []

    def build(self) -> YamlFile:
        data = None
        try:
            for event in self._events():
                if isinstance(event, yaml.DocumentStartEvent) and self.marks:
                    self._stop(event, "a second document starts here", "keep one document per file")
                if isinstance(event, yaml.NodeEvent):
                    data = self._node(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            line = min(line, len(self.lines))
            what = " ".join(filter(None, (error.context, error.problem))) or "is not YAML"
            hint = _yaml_hint(what, self.lines[line - 1][column - 1 :])
            self._complain(Mark(line, column, 1), f"not valid YAML: {what}", hint)
        except yaml.reader.ReaderError as error:
            self._complain_of_sign(chr(error.character))
        except UnicodeEncodeError as error:  # half a surrogate pair, which no file in UTF-8 can hold
            self._complain_of_sign(self.text[error.start])
        except yaml.YAMLError as error:
            self.problems.append(Problem(self.name, 0, 0, f"not valid YAML: {' '.join(str(error).split())[:200]}"))
        if not self.problems and data is None:
            self.problems.append(Problem(self.name, 0, 0, "says nothing", "only comments or a null"))
        if self.problems:
            raise InputError(self.problems)
        return YamlFile(self.name, self.lines, data, self.marks, self.keys)

    def _events(self) -> Iterator[yaml.Event]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.stream = iter(yaml.parse(self.text, Loader=loader))
        return self.stream

    def _node(self, event: yaml.Event) -> Any:
        """Build the value that starts with `event`, consuming the events that belong to it."""
        root: list[Any] = []
        stack: list[tuple[Any, KeyPath, list[Any]]] = []  # container, its path, [pending key] or []
        holder: Any = root
        path: KeyPath = ()
        pending: list[Any] = []
        while True:
            if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self._close(event, path)
                holder, path, pending = stack.pop()
            elif isinstance(holder, dict) and not pending:
                pending.append(self._key(event, holder, path))
            else:
                here = path if holder is root else (*path, pending[0] if isinstance(holder, dict) else len(holder))
                value, opens = self._value(event, here)
                if isinstance(holder, dict):
                    holder[pending.pop()] = value
                else:
                    holder.append(value)
                if opens:
                    stack.append((holder, path, pending))
                    if len(stack) > MAX_DEPTH:
                        self._stop(event, f"is nested more than {MAX_DEPTH} levels deep")
                    holder, path, pending = value, here, []
            if not stack:
                return root[0]
            event = next(self.stream)

    def _close(self, event: Any, path: KeyPath) -> None:
        """Let the mark of a container that ends on the line it began on cover all of it."""
        mark, end = self.marks[path], event.end_mark
        if end.line == mark.line - 1:
            self.marks[path] = Mark(mark.line, mark.column, end.column - mark.column + 1)

    def _key(self, event: yaml.Event, holder: dict[str, Any], path: KeyPath) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop(event, "a key must be plain text")
        self._refuse_extras(event)
        key = str(event.value)
        mark = self._mark(event)
        if key in holder:
            first = self.keys[(*path, key)]
            self._complain(
                mark, f"the key `{key}` stands here twice", f"first on line {first.line}; only one would count"
            )
        self.keys.setdefault((*path, key), mark)
        return key

    def _value(self, event: yaml.Event, path: KeyPath) -> tuple[Any, bool]:
        """Return the value an event stands for, and whether it is a container still to be filled."""
        self._refuse_extras(event)
        self.marks[path] = self._mark(event)
        if isinstance(event, yaml.MappingStartEvent):
            return {}, True
        if isinstance(event, yaml.SequenceStartEvent):
            return [], True
        return self._scalar(event), False

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0]:  # quoted, or a block of text
            return text
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if text.lower() in _WORDS or text[0] in "+-.0123456789":
            return self._number(event, text)
        return text

    def _number(self, event: yaml.Event, text: str) -> Any:
        """Return the number or text that looks like one; note what other readers would take for something else."""
        digits = text.removeprefix("-")
        if digits.isascii() and digits.isdigit() and (digits == "0" or digits[0] != "0") and len(digits) <= _MAX_DIGITS:
            return int(text)
        whole, dot, part = digits.partition(".")
        if dot and whole.isdigit() and part.isdigit() and (digits.isascii() and (whole == "0" or whole[0] != "0")):
            return float(text)
        hint = _surprise(text)
        if hint:
            self._complain(self._mark(event), f"`{text}` means different things to different YAML readers", hint)
        return text

    def _refuse_extras(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._stop(event, "YAML anchors and aliases are not used here", "write the value out")
        if getattr(event, "tag", None):
            self._stop(event, f"YAML tags are not used here: `{event.tag}`", "remove the tag")
        text = getattr(event, "value", "")
        if not text.isascii() and _HALF.search(text):
            self._stop(event, "is not text: half of a surrogate pair", "write the character itself")

    def _mark(self, event: Any) -> Mark:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 0
        if width <= 0:
            line = self.lines[start.line] if start.line < len(self.lines) else ""
            width = max(len(line.rstrip()) - start.column, 1)
        return Mark(start.line + 1, start.column + 1, width)

    def _complain(self, mark: Mark, message: str, hint: str = "") -> None:
        text = self.lines[mark.line - 1] if mark.line <= len(self.lines) else ""
        self.problems.append(Problem(self.name, mark.line, mark.column, message, hint, text, mark.width))

    def _complain_of_sign(self, sign: str) -> None:
        """Note the first occurrence of a character that YAML does not allow."""
        before = _lines(self.text.partition(sign)[0])
        message = f"the character U+{ord(sign):04X} is not allowed in YAML"
        self._complain(Mark(len(before), len(before[-1]) + 1, 1), message)

    def _stop(self, event: yaml.Event, message: str, hint: str = "") -> NoReturn:
        self._complain(self._mark(event), message, hint)
        raise InputError(self.problems)


def _lines(text: str) -> tuple[str, ...]:
    for sign in _BREAKS:
        text = text.replace(sign, "\n")
    return tuple(text.split("\n"))


def _surprise(text: str) -> str:
    """Return the mend for a plain word that YAML 1.1 or 1.2 would not read as text, or an empty string."""
    for pattern, hint in (
        (r"(?i:y|n|yes|no|on|off)", f'write true or false, or quote the word: "{text}"'),
        (r"(?i:true|false|null)", "write it in small letters"),
        (r"[-+]?[0-9][0-9,]*(_[0-9_]+)+(\.[0-9_]*)?", "write the number without underscores"),
        (r"[-+]?0[0-9]+", "a leading zero means octal to some readers; write the number plainly"),
        (r"0[xob][0-9a-fA-F]+", "write the number in decimal"),
        (r"[-+]?[0-9]+(:[0-5]?[0-9])+", f'some readers take this for base 60; quote it: "{text}"'),
        (r"[-+]?\.(?i:inf|nan)", "only finite numbers are understood"),
    ):
        if re.fullmatch(pattern, text):
            return hint
    return ""


def _yaml_hint(what: str, found: str) -> str:
    if "cannot start any token" in what and found.startswith("\t"):
        return "indent with spaces, not tabs"
    if "mapping values are not allowed" in what:
        return "quote text that contains `: `"
    return ""


def problems_of(errors: Iterable[InputError]) -> list[Problem]:
    """Collect the problems of several errors in reading order."""
    return sorted(problem for error in errors for problem in error.problems)
