"""What a text states: requirements, each with the span it was read from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from adjudge.facts import ContradictionError, Requirement, gather
from adjudge.inference import InconsistentError
from adjudge.reading.amounts import Amount, find_amounts
from adjudge.reading.likeness import stems_of
from adjudge.reading.mentions import Mention, find_mentions
from adjudge.reading.words import read_words
from adjudge.statements import MisfitError, read_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from adjudge.inference import Inference
    from adjudge.knowledge import Knowledge
    from adjudge.reading.words import Word

_KNOWN = 6  # words of which rules speak that a sentence holds, at least, to count
_NEAR = 60  # characters between a number and the word that tells what it measures


class Read(msgspec.Struct, frozen=True):
    """One requirement as it was read, and how telling the words were."""

    requirement: Requirement
    weight: int


class Reading(msgspec.Struct, frozen=True):
    """What a text states: its requirements in the order of the text, and those it also seems to state but cannot.

    `stems` are those of the words in sentences that may bear on anything, with a weight.
    """

    text: str
    requirements: tuple[Requirement, ...]
    dropped: tuple[Requirement, ...] = ()
    stems: dict[str, float] = {}


def read_prose(text: str, knowledge: Knowledge) -> Reading:
    """Read what a text states, dropping of what contradicts itself the less telling."""
    words = read_words(text)
    mentions = find_mentions(words, knowledge.lexicon)
    found = [one for mention in mentions if (one := _value(mention, knowledge))]
    found += _amounts(find_amounts(text), words, mentions, knowledge)
    kept, dropped = _consistent(_distinct(found), knowledge)
    return Reading(
        text,
        tuple(sorted(kept, key=_place)),
        tuple(sorted(dropped, key=_place)),
        stems_of(words, mentions, knowledge, _telling(words, mentions, knowledge)),
    )


def _telling(words: Sequence[Word], mentions: Sequence[Mention], knowledge: Knowledge) -> set[int]:
    """Return the numbers of the sentences that may bear on anything; others are beside the point, if not all are."""
    known = Counter(word.sentence for word in words if word.stem in knowledge.index.situations)
    telling = {words[m.positions[0]].sentence for m in mentions} | {one for one, n in known.items() if n >= _KNOWN}
    return telling or set(known)


def settle(reading: Reading, infer: Callable[[tuple[Requirement, ...]], Inference]) -> tuple[Reading, Inference]:
    """Infer from what was read; where it cannot all hold, leave out one of the statements at fault after the other."""
    current = reading
    while True:
        try:
            return current, infer(current.requirements)
        except InconsistentError as error:
            roots = [one for one in current.requirements if one in error.roots]
            out = roots[-1] if roots else current.requirements[-1]
            rest = tuple(one for one in current.requirements if one is not out)
            current = msgspec.structs.replace(current, requirements=rest, dropped=(*current.dropped, out))


def _place(one: Requirement) -> tuple[int, int, str]:
    return (*(one.span or (0, 0)), repr(one))


def _value(mention: Mention, knowledge: Knowledge) -> Read | None:
    """Return what a phrase for a value states."""
    pattern = mention.pattern
    if pattern.role != "value":
        return None
    attribute = knowledge.attributes[pattern.subject]
    if attribute.undeniable:
        said: object = pattern.value
    elif attribute.kind == "boolean":
        said = (pattern.value == "true") != mention.denied
    else:
        said = {"not": pattern.value} if mention.denied else pattern.value
    [requirement] = read_statement(attribute.id, said, knowledge.attributes, origin="read")
    return Read(msgspec.structs.replace(requirement, span=(mention.start, mention.end)), mention.weight)


def _amounts(
    amounts: Sequence[Amount], words: Sequence[Word], mentions: Sequence[Mention], knowledge: Knowledge
) -> Iterable[Read]:
    """Yield what the numbers of a text state: each measures what is spoken of nearest to it, with a unit that fits."""
    sentences = {word.start: word.sentence for word in words}
    cues = [m for m in mentions if m.pattern.role == "cue"]
    for amount in amounts:
        sentence = sentences.get(amount.start)
        near = [
            (_distance(cue, amount), cue)
            for cue in cues
            if sentences[cue.start] == sentence and knowledge.attributes[cue.pattern.subject].unit in amount.units
        ]
        near = [one for one in near if one[0] <= _NEAR]
        if not near:
            continue
        _, cue = min(near, key=lambda one: (one[0], -one[1].weight, one[1].pattern.subject))
        said = amount.said if amount.bound == "exact" else {amount.bound: amount.said}
        try:
            [requirement] = read_statement(cue.pattern.subject, said, knowledge.attributes, origin="read")
        except MisfitError:
            continue
        span = (min(cue.start, amount.start), max(cue.end, amount.end))
        yield Read(msgspec.structs.replace(requirement, span=span), cue.weight + 1)


def _distance(cue: Mention, amount: Amount) -> int:
    """Return how far a cue is from a number; what follows the number is nearer than what precedes it."""
    if cue.start >= amount.end:
        return cue.start - amount.end
    return max(amount.start - cue.end, 0) + 5


def _distinct(found: Iterable[Read]) -> list[Read]:
    """Return of each thing that is stated several times the most telling."""
    best: dict[object, Read] = {}
    for one in found:
        old = best.get(one.requirement.facts)
        if old is None or one.weight > old.weight:
            best[one.requirement.facts] = one
    return list(best.values())


def _consistent(found: list[Read], knowledge: Knowledge) -> tuple[list[Requirement], list[Requirement]]:
    """Take in the most telling first; return what fits together, and what does not."""
    kept: list[Requirement] = []
    dropped: list[Requirement] = []
    for one in sorted(found, key=lambda read: (-read.weight, _place(read.requirement))):
        try:
            gather([*kept, one.requirement], knowledge.attributes)
        except ContradictionError:
            dropped.append(one.requirement)
        else:
            kept.append(one.requirement)
    return kept, dropped
