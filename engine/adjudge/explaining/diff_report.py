"""What differs between two sides over many scenarios: figures, groups by cause, and plain values for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from adjudge.explaining.causes import causes_document
from adjudge.explaining.sides import outcome_document
from adjudge.report import reason_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.explaining.causes import Causes
    from adjudge.explaining.differing import Compared, Fated
    from adjudge.knowledge import Knowledge

SCHEMA = "adjudge.diff/1"


class Label(NamedTuple):
    """A side as it was asked for: the day, and the folder of rules; either may be empty."""

    day: str
    rules: str

    def __str__(self) -> str:
        said = (f"as of {self.day}" if self.day else "", f"by {self.rules}" if self.rules else "")
        return " ".join(filter(None, said))


class Figures(msgspec.Struct, frozen=True):
    """How many scenarios were compared, how many of them and of their decisions differ, and what becomes of answers.

    `proven` is the number of questions whose answer is proven on the side before: the four fates after it add up to it.
    `gained` are those whose answer is proven on the side after only. `recalled` counts the answers that do not stay as
    they were by something that was only recalled.
    """

    scenarios: int
    differing: int
    decisions: int
    questions: int
    proven: int
    still_right: int
    no_longer_right: int
    no_longer_proven: int
    joined: int
    gained: int
    recalled: int


def figures(found: Sequence[Compared]) -> Figures:
    """Count what differs."""
    fated = [one.fated for one in found if one.fated]
    fates = [one.fate for one in fated]
    return Figures(
        scenarios=len(found),
        differing=sum(one.differs for one in found),
        decisions=sum(len(one.differences) for one in found),
        questions=len(fated),
        proven=len(fates) - fates.count("unproven") - fates.count("gained"),
        still_right=fates.count("still-right"),
        no_longer_right=fates.count("no-longer-right"),
        no_longer_proven=fates.count("no-longer-proven"),
        joined=fates.count("joined"),
        gained=fates.count("gained"),
        recalled=sum(one.causes is not None and one.causes.recalled for one in fated),
    )


def by_cause(found: Iterable[Compared]) -> list[tuple[Causes, list[Compared]]]:
    """Return the scenarios whose answers do not stay right by what makes it so, in the order of the dates."""
    groups: dict[tuple[object, ...], tuple[Causes, list[Compared]]] = {}
    for one in found:
        causes = one.fated and one.fated.causes
        if causes:
            key = (causes.weight, *(cause.reason.says for cause in causes.found))
            groups.setdefault(key, (causes, []))[1].append(one)
    return sorted(groups.values(), key=lambda group: [(cause.date, cause.reason.says) for cause in group[0].found])


def document(knowledge: Knowledge, sides: tuple[Label, Label], found: Sequence[Compared]) -> dict[str, Any]:
    """Return the JSON document for what differs; scenarios in which nothing does are only counted."""
    return {
        "schema": SCHEMA,
        **{
            name: {"as_of": side.day or None, "rules": side.rules or None}
            for name, side in zip(("before", "after"), sides, strict=True)
        },
        "figures": msgspec.structs.asdict(figures(found)),
        "scenarios": [_scenario(knowledge, one) for one in found if one.differs],
    }


def _scenario(knowledge: Knowledge, one: Compared) -> dict[str, Any]:
    return {
        "id": one.scenario.id,
        "scenario": one.scenario.title,
        "path": one.scenario.source.name,
        "decisions": [
            {
                "need": other.need,
                "says": knowledge.needs[other.need].says,
                "before": outcome_document(other.before),
                "after": outcome_document(other.after),
                **causes_document(other.causes),
            }
            for other in one.differences
        ],
        "answer": _answer(one.fated) if one.fated else None,
    }


def _answer(one: Fated) -> dict[str, Any]:
    return {
        "fate": one.fate,
        "before": list(one.before.labels) if one.before and one.before.decided else None,
        "after": list(one.after.labels) if one.after and one.after.decided else None,
        "lost": [
            {"label": lost.label, "because": [{"kind": o.kind, **reason_document(o.reason)} for o in lost.objections]}
            for lost in one.lost
        ],
        **(causes_document(one.causes) if one.causes else {"weight": None, "causes": []}),
    }
