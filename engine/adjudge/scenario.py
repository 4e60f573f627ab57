"""Scenarios: what a situation states, read from YAML, each statement with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from adjudge.dates import is_day
from adjudge.errors import InputError, Problem, ScenarioError, nearest
from adjudge.facts import ContradictionError, Requirement, gather
from adjudge.statements import MisfitError, read_statement
from adjudge.words import show_fact
from adjudge.yamlfile import YamlFile, decode, parse

if TYPE_CHECKING:
    from adjudge.inference import InconsistentError
    from adjudge.knowledge import Knowledge
    from adjudge.question import Question
    from adjudge.yamlfile import KeyPath


class Expectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a scenario's author expects of the decision on one need."""

    need: str
    status: Literal["decided", "tied", "open"] = "decided"
    recommended: list[str] = []
    verdicts: dict[str, Literal["recommended", "beaten", "rejected", "unsupported"]] = {}


class ScenarioFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A scenario as it is written."""

    requirements: dict[str, Any] = {}
    scenario: str = ""
    text: str = ""
    as_of: str = ""
    expect: list[Expectation] = []
    question: dict[str, Any] | None = None


class Scenario(msgspec.Struct, frozen=True):
    """A situation: its requirements, what is expected of the decisions on it, and the exam question about it, if any.

    `source` is the file it was read from; `as_of` is an ISO date, or empty for today.
    """

    title: str
    text: str
    as_of: str
    requirements: tuple[Requirement, ...]
    expect: tuple[Expectation, ...]
    source: YamlFile
    # What most scenarios do without is not imported for them: a question.Question, and a reading.prose.Reading.
    question: Any = None
    reading: Any = None

    @property
    def id(self) -> str:
        """The name of its file without folder and ending."""
        return self.source.name.replace("\\", "/").rpartition("/")[2].removesuffix(".yml").removesuffix(".yaml")

    def clash(self, error: InconsistentError) -> ScenarioError:
        """Turn requirements that cannot all hold into an error at the place of a statement that is at fault."""
        stated = sorted((r for r in error.roots if r.origin == "stated"), key=self._line)
        place = self._path(stated[-1].attribute) if stated else ()
        others = [f"line {self._line(r)}" for r in stated[:-1]]
        return ScenarioError(
            [self.source.problem(place, f"contradictory requirements: {error}", _clash_hint(error, others))]
        )

    def _path(self, attribute: str) -> tuple[str | int, ...]:
        return ("requirements", attribute)

    def _line(self, requirement: Requirement) -> int:
        mark = self.source.marks.get(self._path(requirement.attribute))
        return mark.line if mark else 0


def _clash_hint(error: InconsistentError, others: list[str]) -> str:
    rules = [one.by for one in (error.first, error.second) if one.by]
    hint = [f"by rule {' and '.join(rules)}"] if rules else []
    if others:
        hint.append(f"see also {', '.join(others)}")
    return ", ".join(hint)


def read_scenario(content: bytes, name: str, knowledge: Knowledge) -> Scenario:
    """Read a scenario from the bytes of a YAML file; raise ScenarioError with all problems found in it."""
    try:
        file = parse(decode(content, name), name)
    except InputError as error:
        raise ScenarioError(error.problems) from None
    problems: list[Problem] = []
    written = _convert(file, problems)
    requirements: list[Requirement] = []
    stated = written.requirements if written else _requirements(file.data)
    for attribute, said in stated.items():
        try:
            requirements += read_statement(attribute, said, knowledge.attributes)
        except MisfitError as error:
            problems.append(file.problem(("requirements", *error.at), str(error), error.hint, at_key=error.at_key))
    if written is not None:
        problems += _check_rest(file, written, knowledge)
    question = _question(file, written, knowledge, problems)
    if not problems:
        problems += _check_consistency(file, requirements, knowledge)
    if problems or written is None:
        raise ScenarioError(sorted(problems))
    return Scenario(
        written.scenario or name,
        written.text,
        written.as_of,
        tuple(requirements),
        tuple(written.expect),
        file,
        question,
    )


def _convert(file: YamlFile, problems: list[Problem]) -> ScenarioFile | None:
    try:
        return msgspec.convert(file.data, ScenarioFile)
    except msgspec.ValidationError:
        from adjudge.convert import convert  # only to tell what is wrong

        return convert(file, (), file.data, ScenarioFile, problems)


def _question(
    file: YamlFile, written: ScenarioFile | None, knowledge: Knowledge, problems: list[Problem]
) -> Question | None:
    if written is None or written.question is None:
        return None
    from adjudge.convert import convert  # only where there is a question
    from adjudge.question import QuestionEntry, read_question

    entry = convert(file, ("question",), written.question, QuestionEntry, problems)
    return read_question(entry, file, knowledge, problems) if entry else None


def _requirements(data: Any) -> dict[str, Any]:
    """Return the requirements of a file that is otherwise malformed, so that they are checked as well."""
    found = data.get("requirements") if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _check_rest(file: YamlFile, written: ScenarioFile, knowledge: Knowledge) -> list[Problem]:
    problems = []
    if not written.requirements and written.question is None:
        if "requirements" in file.data:
            problems.append(file.problem(("requirements",), "states no requirement"))
        else:
            problems.append(file.problem((), "`requirements` is missing here"))
    if written.as_of and not is_day(written.as_of):
        problems.append(file.problem(("as_of",), f"`{written.as_of}` is no date", 'write it as "2021-12-31"'))
    for index, expected in enumerate(written.expect):
        if expected.need not in knowledge.needs:
            hint = nearest(expected.need, knowledge.needs)
            problems.append(file.problem(("expect", index, "need"), f"unknown need `{expected.need}`", hint))
        named: list[tuple[KeyPath, str]] = [(("recommended", i), one) for i, one in enumerate(expected.recommended)]
        named += [(("verdicts", choice), choice) for choice in expected.verdicts]
        for below, choice in named:
            if choice not in knowledge.choices:
                hint = nearest(choice, knowledge.choices)
                message = f"unknown choice `{choice}`"
                problems.append(file.problem(("expect", index, *below), message, hint, at_key=True))
    return problems


def _check_consistency(file: YamlFile, requirements: list[Requirement], knowledge: Knowledge) -> list[Problem]:
    try:
        gather(requirements, knowledge.attributes)
    except ContradictionError as clash:
        attribute = knowledge.attributes[clash.new.attribute]
        new, old = show_fact(clash.new, attribute), show_fact(clash.old, attribute)
        message = f"contradictory requirements: {new}, and {old}"
        return [file.problem(("requirements", attribute.id), message)]
    return []
