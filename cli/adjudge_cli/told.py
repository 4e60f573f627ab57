"""A scenario with the records of its decisions, as decision records, pages and flowcharts tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from adjudge.explaining.record import Record, record
from adjudge.explaining.told_proofs import Prover, ToldProof
from adjudge.words import listed
from adjudge_cli.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.judging import Decision
    from adjudge.knowledge import Knowledge
    from adjudge.reading.about import About
    from adjudge.reading.prose import Reading
    from adjudge.scenario import Scenario


class Aside(NamedTuple):
    """A need that only single words of a text raise, and what would be decided for."""

    title: str
    need: str
    outcome: str


class Hint(NamedTuple):
    """Choices that a text would call for if more were known."""

    names: str
    because: str
    lacks: tuple[str, ...]


class Told(NamedTuple):
    """A scenario: its title and text, what is stated in it, its decisions, and what else a text may be about.

    `likely` tells what a text is most likely about, and how likely that is. `marks` are the spans of the text that were
    understood, in order and apart from each other.
    """

    title: str
    day: str
    text: str
    marks: tuple[tuple[int, int], ...]
    stated: tuple[ToldProof, ...]
    dropped: tuple[ToldProof, ...]
    records: tuple[Record, ...]
    aside: tuple[Aside, ...] = ()
    hints: tuple[Hint, ...] = ()
    likely: str = ""


def tell(explorer: Evaluator, scenario: Scenario, evaluation: Evaluation) -> Told:
    """Return all that there is to tell of a scenario; `explorer` has the native engine."""
    reading, knowledge = scenario.reading, explorer.knowledge
    text = reading.text if reading else scenario.text
    prover = Prover(knowledge, evaluation.inference, text)
    stated = [one for one in evaluation.inference.requirements if one.origin != "derived"]
    told = Told(
        " ".join(clean(scenario.title).split()),
        evaluation.day,
        text,
        _marks(reading) if reading else (),
        tuple(map(prover.requirement, stated)),
        tuple(map(prover.requirement, reading.dropped)) if reading else (),
        (),
    )
    if not reading:
        return told._replace(records=_records(explorer, evaluation, evaluation.decisions, text))
    from adjudge.reading.about import about  # only for prose

    found = about(explorer, evaluation, reading)
    return told._replace(
        records=_records(explorer, evaluation, found.decisions, text),
        aside=tuple(
            Aside(knowledge.needs[one.need].says, one.need, listed([*map(knowledge.name, one.leading)], "or") or "open")
            for one in found.aside
        ),
        hints=tuple(
            Hint(listed([*map(knowledge.name, one.choices)], "or"), one.reason.says, one.reason.lacks)
            for one in found.hints
        ),
        likely=_likely(knowledge, found) if found.leads else "",
    )


def _likely(knowledge: Knowledge, found: About) -> str:
    first = found.leads[0]
    choices = first.hint.choices if first.hint else first.decision.leading if first.decision else ()
    names = listed([*map(knowledge.name, choices)], "or") or "open"
    says = knowledge.needs[first.need].says
    return f"{found.likely}: {says}. {names}{', which is not proven' if first.hint else ''}."


def _records(
    explorer: Evaluator, evaluation: Evaluation, decisions: Iterable[Decision], text: str
) -> tuple[Record, ...]:
    return tuple(record(explorer, evaluation, one, text) for one in decisions)


def _marks(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Return the spans that were understood, in order; what overlaps becomes one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(one.span for one in reading.requirements if one.span):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)
