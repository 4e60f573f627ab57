"""Which phrases a text holds, which of them it denies, and which of several it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.reading.notation import GAP, REACH, Branch, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from adjudge.reading.words import Word

_BEFORE = 5  # words in front of a phrase among which a denial is looked for
_DENYING = frozenset(
    (
        "no",
        "not",
        "without",
        "never",
        "neither",
        "nor",
        "cannot",
        "lack",
        "avoid",
        "eliminat",
        "exclud",
        "nobodi",
        "hard",
        "unabl",
    )
)
_INSTEAD = (("instead", "of"), ("rather", "than"), ("free", "of"), ("free", "from"))
# Little of a skill is none of it: "limited experience with Spark", "new to machine learning".
_SKILLS = frozenset(("experi", "skill", "knowledg", "expertis", "background", "familiar", "train", "understand"))
_LITTLE = frozenset(("limit", "littl", "minim", "few", "basic", "insuffici", "poor"))
_STRANGE = (("new", "to"), ("unfamiliar", "with"), ("inexperienc", "in"), ("inexperienc", "with"), ("beginn", "in"))
_NOT_DENYING = (("not", "onli"), ("not", "just"), ("no", "matter"), ("not", "sure"), ("no", "more"), ("not", "more"))
_AFTER = frozenset(
    ("is", "are", "was", "were", "be", "has", "have", "do", "doe", "did", "can", "should", "must", "need")
)


class Mention(msgspec.Struct, frozen=True):
    """A phrase found in a text: the words it matched, the span it takes, whether it is denied."""

    pattern: Pattern
    positions: tuple[int, ...]
    start: int
    end: int
    denied: bool

    @property
    def weight(self) -> int:
        """How telling it is: the number of words that were matched."""
        return len(self.positions)


def find_mentions(words: Sequence[Word], lexicon: Mapping[str, Branch]) -> list[Mention]:
    """Return every phrase in a text that is not part of a longer one which speaks of the same, by its place."""
    found = []
    stems = [word.stem for word in words]
    for index, word in enumerate(words):
        branch = lexicon.get(word.stem)
        for pattern in branch.candidates(stems[index + 1 : index + REACH + 2]) if branch else ():
            if pattern.exact and not _same(pattern.exact, word.raw):
                continue
            at = _match(pattern.elements, words, index)
            if at:
                found.append(Mention(pattern, at, words[at[0]].start, words[at[-1]].end, _denied(words, at)))
    return sorted(_longest(found), key=lambda one: (one.start, -one.weight, one.pattern.subject, one.pattern.value))


def _same(name: str, raw: str) -> bool:
    """Tell whether a word of a text is a name of one word, in the singular or plural; capitals of names are kept."""
    if raw.lower() not in (name.lower(), f"{name}s".lower(), f"{name}es".lower()):
        return False
    return raw[0].isupper() or not name[0].isupper() or name.isupper()


def _match(elements: tuple[tuple[str, ...], ...], words: Sequence[Word], start: int) -> tuple[int, ...]:
    """Return the places of the words that a pattern matches from a word on; none if it does not."""
    if words[start].stem not in elements[0]:
        return ()
    sentence, places, index, here = words[start].sentence, [start], start + 1, 1
    while here < len(elements):
        if elements[here] == GAP:
            here += 1
            for ahead in range(index, min(index + REACH + 1, len(words))):
                if words[ahead].sentence == sentence and words[ahead].stem in elements[here]:
                    rest = _match(elements[here:], words, ahead)
                    if rest:
                        return (*places, *rest)
            return ()
        if index >= len(words) or words[index].sentence != sentence or words[index].stem not in elements[here]:
            return ()
        places.append(index)
        index += 1
        here += 1
    return tuple(places)


def _denied(words: Sequence[Word], at: tuple[int, ...]) -> bool:
    """Tell whether a denial stands before a phrase in its clause, or right after it."""
    first, last = at[0], at[-1]
    clause = words[first].clause
    for index in range(first - 1, max(first - 1 - _BEFORE, -1), -1):
        if words[index].clause != clause:
            break
        pair = (words[index].stem, words[index + 1].stem)
        if pair in _NOT_DENYING:
            return False
        if words[index].stem in _DENYING or pair in _INSTEAD or pair in _STRANGE:
            return True
        if words[index].stem in _LITTLE and _SKILLS & {word.stem for word in words[index : last + 2]}:
            return True
    after = [word.stem for word in words[last + 1 : last + 4] if word.clause == words[last].clause]
    return len(after) > 1 and after[0] in _AFTER and after[1] in ("not", "no", "never")


def _longest(found: list[Mention]) -> Iterator[Mention]:
    """Yield the mentions that are not part of a longer one on the same subject, or of a longer name."""
    holders: dict[int, list[Mention]] = {}
    for one in found:
        for place in one.positions:
            holders.setdefault(place, []).append(one)
    for one in found:
        mine = set(one.positions)
        rivals = [o for o in holders[one.positions[0]] if o.weight > one.weight and mine <= set(o.positions)]
        if not any(_covers(rival, one) for rival in rivals):
            yield one


def _covers(longer: Mention, shorter: Mention) -> bool:
    same = longer.pattern.role == shorter.pattern.role and (
        longer.pattern.role == "choice" or longer.pattern.subject == shorter.pattern.subject
    )
    return same or longer.pattern.named
