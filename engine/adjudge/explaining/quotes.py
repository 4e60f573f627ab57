"""Where a requirement comes from, in the words of the scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from adjudge.words import show_requirement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.facts import Requirement
    from adjudge.knowledge import Knowledge
    from adjudge.scenario import Scenario
    from adjudge.yamlfile import KeyPath


class Quote(msgspec.Struct, frozen=True):
    """Words, and where they stand: `file:line`, `--set`, or `assumed`."""

    words: str
    place: str


class Quotes:
    """Quotes a scenario; `said` are the corrections (`attribute=value`) that were made to it."""

    def __init__(self, knowledge: Knowledge, scenario: Scenario, said: Sequence[str] = ()) -> None:
        self.knowledge, self.scenario, self.said = knowledge, scenario, said

    def of(self, one: Requirement) -> Quote:
        """Return the words that a stated, read or assumed requirement comes from."""
        if one.origin == "assumed":
            return Quote(self.knowledge.attributes[one.attribute].assume_because, "assumed")
        for option in self.said:
            if option.partition("=")[0].strip() == one.attribute:
                return Quote(option, "--set")
        return self._read(one) if one.span else self._stated(one)

    def _read(self, one: Requirement) -> Quote:
        text, (start, end) = self.scenario.text, one.span or (0, 0)
        line = text.count("\n", 0, start) + 1
        return Quote(" ".join(text[start:end].split()), f"{self.scenario.source.name}:{line}")

    def _stated(self, one: Requirement) -> Quote:
        source = self.scenario.source
        mark = source.marks.get(_place(source.marks, source.data, one))
        if mark is None:
            return Quote(show_requirement(one), source.name)
        return Quote(source.lines[mark.line - 1].strip(), f"{source.name}:{mark.line}")


def _place(marks: dict[KeyPath, Any], data: Any, one: Requirement) -> KeyPath:
    """Return the place of the value that a requirement comes from, or that of all values of its attribute."""
    whole: KeyPath = ("requirements", one.attribute)
    denied = isinstance(one.value, dict) and "not" in one.value
    wanted = one.value["not"] if denied else one.value
    for path in marks:
        if path[:2] == whole and ("not" in path) == denied and _at(data, path) == wanted:
            return path
    return whole


def _at(data: Any, path: KeyPath) -> Any:
    for key in path:
        data = data[key]
    return data
