"""What a table of two choices holds, before it is drawn."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from adjudge.words import asked_answer, listed, say_answer, show_requirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from adjudge.explaining.comparing import Comparison, Difference, PointKind, Turn
    from adjudge.explaining.contrasting import Ground, GroundKind, Way
    from adjudge.facts import Requirement
    from adjudge.knowledge import Knowledge, TraitValue
    from adjudge.reasons import Reason

LABELS: dict[PointKind, str] = {
    "preferred": "Preferred",
    "for": "Speaks for it",
    "against": "Speaks against it",
    "limit": "Limit",
    "closed": "No longer to be had",
    "lacks": "What it lacks",
    "mind": "To mind",
}
VERDICTS = {"unsupported": "not called for"}  # as people say it
LEADS: dict[GroundKind, str] = {
    "for": "Take {0} when",
    "preferred": "Take {0} rather than {1} when",
    "other-out": "{1} is ruled out when",
}


class Cell(NamedTuple):
    """What is said of one choice, what that rests on, and where it comes from."""

    says: str
    since: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Row(NamedTuple):
    """A line of a table: what it is about, and what is said of the first and of the second."""

    label: str
    cells: tuple[Cell | None, Cell | None]


def rows_of(knowledge: Knowledge, one: Comparison) -> list[Row]:
    """Return the table of a comparison."""
    rows = []
    if one.sides[0].verdict != one.sides[1].verdict:
        first, second = (Cell(VERDICTS.get(side.verdict, side.verdict)) for side in one.sides)
        rows.append(Row("Verdict", (first, second)))
    for kind, label in LABELS.items():
        told = ([_reason(knowledge, kind, reason) for reason in one.of(side.choice, kind)] for side in one.sides)
        rows += _paired(label, *told)
    rows += [trait_row(knowledge, difference) for difference in one.differences]
    ways = ([_turn(knowledge, turn) for turn in one.turns if turn.choice == side.choice] for side in one.sides)
    return rows + list(_paired("It would be right if also", *ways))


def trait_row(knowledge: Knowledge, one: Difference) -> Row:
    """Return the row of a trait in which two choices differ."""
    trait = knowledge.traits[one.trait]
    first, second = (_held(trait.values, held, one.supports) for held in one.held)
    return Row(f"{trait.says[:1].upper()}{trait.says[1:]}", (first, second))


def ways_of(knowledge: Knowledge, ground: Ground) -> list[list[tuple[str, str]]]:
    """Return the ways in which the conditions of a rule hold, each as questions with their answers."""
    return [_way(knowledge, way) for way in ground.ways]


def _way(knowledge: Knowledge, way: Way) -> list[tuple[str, str]]:
    answers: dict[str, list[str]] = {}
    for test in way:
        answers.setdefault(test.attribute, []).append(asked_answer(test, knowledge.attributes[test.attribute]))
    return [(knowledge.attributes[name].question, listed(said)) for name, said in answers.items()]


def left_out(shared: int) -> str:
    """Say how much is not shown since it concerns both."""
    if not shared:
        return ""
    return f"Left out: {shared} reason{'s' if shared > 1 else ''} that concern{'' if shared > 1 else 's'} both."


def _paired(label: str, first: Iterable[Cell], second: Iterable[Cell]) -> Iterator[Row]:
    for number, cells in enumerate(zip_longest(first, second)):
        yield Row("" if number else label, cells)


def _reason(knowledge: Knowledge, kind: PointKind, one: Reason) -> Cell:
    third = f"{knowledge.name(one.winner)} is preferred: " if one.winner and kind == "against" else ""
    return Cell(f"{third}{one.says}", tuple(map(show_requirement, one.supports)), _references(one.rule, one.sources))


def _turn(knowledge: Knowledge, turn: Turn) -> Cell:
    attribute = knowledge.attributes[turn.attribute]
    beside = [knowledge.name(choice) for choice in turn.leading if choice != turn.choice]
    tied = f" (then {listed(beside)} would do as well)" if beside else ""
    return Cell(f"{attribute.question} {say_answer(turn.answer, attribute)}{tied}")


def _held(values: dict[str, str], held: TraitValue | None, supports: tuple[Requirement, ...]) -> Cell:
    if held is None:
        return Cell("nothing is known of this")
    return Cell(
        listed([values[one] for one in held.values], "or"), tuple(map(show_requirement, supports)), held.sources
    )


def _references(rule: str, sources: tuple[str, ...]) -> tuple[str, ...]:
    return (rule, *sources) if rule else sources
