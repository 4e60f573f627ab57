"""Alternatives for people: choices that are out for the same reasons are told of together, each reason once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from adjudge.reasons import against
from adjudge.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.evaluation import Evaluation
    from adjudge.judging import Decision, Verdict
    from adjudge.knowledge import Knowledge
    from adjudge.reasons import Reason


class Told(NamedTuple):
    """A reason against one or several choices, and what is preferred to them, if that is the reason."""

    reason: Reason
    winners: tuple[str, ...] = ()

    def lead(self, knowledge: Knowledge) -> str:
        """Return what stands before the reason."""
        names = listed([knowledge.name(one) for one in self.winners])
        return f"{names} {'is' if len(self.winners) == 1 else 'are'} preferred: " if names else ""


class Out(NamedTuple):
    """Choices with the same verdict for the same reasons."""

    choices: tuple[str, ...]
    verdict: str
    told: tuple[Told, ...]


def group(
    knowledge: Knowledge, evaluation: Evaluation, decision: Decision, verdicts: Iterable[Verdict]
) -> Sequence[Out]:
    """Return verdicts with the reasons against their choices, put together where these are the same."""
    groups: dict[object, list[tuple[str, tuple[Told, ...]]]] = {}
    for one in verdicts:
        told = _folded(against(knowledge, evaluation, decision, one))
        alike = (one.verdict, tuple((_key(each.reason), each.winners) for each in told))
        groups.setdefault(alike, []).append((one.choice, told))
    kinds = {one.choice: one.verdict for one in decision.verdicts}
    return [_out(kinds[members[0][0]], members) for members in groups.values()]


def _out(verdict: str, members: Sequence[tuple[str, tuple[Told, ...]]]) -> Out:
    reasons = zip(*(told for _, told in members), strict=True)
    merged = tuple(Told(_merged([one.reason for one in same]), same[0].winners) for same in reasons)
    return Out(tuple(choice for choice, _ in members), verdict, merged)


def _folded(reasons: Iterable[Reason]) -> tuple[Told, ...]:
    """Put reasons together that differ only in what is preferred by them."""
    same: dict[object, list[Reason]] = {}
    for one in reasons:
        same.setdefault(_key(one), []).append(one)
    return tuple(
        Told(_merged(alike), tuple(dict.fromkeys(one.winner for one in alike if one.winner))) for alike in same.values()
    )


def _key(one: Reason) -> object:
    return one.rule, one.says, one.supports, bool(one.winner)


def _merged(alike: Sequence[Reason]) -> Reason:
    """Return one reason for several that say the same, with the traits and sources of all."""
    return msgspec.structs.replace(
        alike[0],
        traits=tuple(dict.fromkeys(trait for one in alike for trait in one.traits)),
        sources=tuple(dict.fromkeys(source for one in alike for source in one.sources)),
    )
