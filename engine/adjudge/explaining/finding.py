"""Which needs somebody may mean who tells in free words what has to be decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from adjudge.reading.likeness import closest, rarity, telling_stems
from adjudge.reading.prose import read_prose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.knowledge import Knowledge, Need

_PHRASE, _SITUATION = 2.0, 1.0  # what it counts that a text raises a need, and that it is like what its rules tell of


def needs_like(knowledge: Knowledge, text: str, most: int = 5) -> tuple[str, ...]:
    """Return the needs that a text may mean, the likeliest first; none if it is like none of them."""
    reading = read_prose(text, knowledge)
    score = defaultdict(float, _by_words(knowledge, text))
    for one in reading.requirements:
        if one.attribute == "need" and isinstance(one.said, str):
            score[one.said] += _PHRASE
    ranked = closest(knowledge.index, reading.stems)
    best: dict[str, float] = {}
    for share, lesson in ranked:
        best.setdefault(lesson.need, share / ranked[0][0])
    for name, share in best.items():
        score[name] += _SITUATION * share
    return tuple(sorted(score, key=lambda name: (-score[name], name)))[:most]


def need_called(knowledge: Knowledge, text: str) -> str:
    """Return the need of which a text is the id or the words; nothing if there is none."""
    wanted = " ".join(text.casefold().split())
    return next((one.id for one in knowledge.needs.values() if wanted in (one.id, one.says.casefold())), "")


def _by_words(knowledge: Knowledge, text: str) -> dict[str, float]:
    """Return which share of the telling words of a text each need is described by, if any; rare words count more."""
    described = {need.id: set(telling_stems(_description(knowledge, need))) for need in knowledge.needs.values()}
    named = {need.id: set(telling_stems(_names(knowledge, need))) for need in knowledge.needs.values()}
    spread = Counter(stem for stems in described.values() for stem in stems)
    weights = {stem: rarity(spread[stem], len(described)) for stem in telling_stems(text)}
    total = sum(weights.values()) or 1.0
    found = {name: _weight(weights, described[name]) + _weight(weights, named[name]) / 2 for name in described}
    return {name: weight / total for name, weight in found.items() if weight}


def _weight(weights: dict[str, float], stems: Iterable[str]) -> float:
    return sum(weights.get(stem, 0.0) for stem in stems)


def _description(knowledge: Knowledge, need: Need) -> str:
    topics = [topic for topic in knowledge.topics.values() if topic.need == need.id]
    return " . ".join((need.id.replace("-", " "), need.says, *(f"{one.title} . {one.settles}" for one in topics)))


def _names(knowledge: Knowledge, need: Need) -> str:
    return " . ".join(map(knowledge.name, need.candidates))
