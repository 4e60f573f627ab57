"""What an option proposes: the choices it names, in their order, or what it says of the other options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from adjudge.question import Option
from adjudge.reading.likeness import stems_of
from adjudge.reading.mentions import find_mentions
from adjudge.reading.words import read_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge.knowledge import Knowledge
    from adjudge.reading.mentions import Mention

_NONE = re.compile(
    r"\s*(?:none|neither)\s+(?:of\s+)?(?:the\s+|these\s+)?(?:above|options|other|these|answers|choices|others)?",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\s*(?:all|both)\s+(?:of\s+)?(?:the\s+|these\s+)?(?:above|options|other|these|answers|choices|others|three|four)",
    re.IGNORECASE,
)
_SOME = re.compile(r"\s*(?:both\s+|options?\s+)*([A-J])(?:\s*,\s*([A-J]))?\s*(?:,?\s*and|&)\s*([A-J])\s*\.?\s*\Z")
_ARROW = re.compile(r"\s*(?:➔|➢|→|=>|->|—>|>>)\s*")
_SHORT = 60  # characters of an option that may do nothing but speak of the others


class OptionText(msgspec.Struct, frozen=True):
    """An option as it is read: `groups` holds, for each place that names choices, all that the words there may mean."""

    label: str
    text: str
    groups: tuple[tuple[str, ...], ...] = ()
    steps: tuple[tuple[str, ...], ...] = ()
    kind: str = "own"
    others: tuple[str, ...] = ()
    stems: dict[str, float] = {}


def read_option(label: str, text: str, labels: Sequence[str], knowledge: Knowledge) -> OptionText:
    """Read one option; `labels` are those of all options."""
    others = tuple(one for one in labels if one != label)
    if len(text) <= _SHORT:
        some = _SOME.match(text)
        if some:
            named = tuple(one for one in some.groups() if one and one in others)
            return OptionText(label, text, kind="all", others=named)
        if _NONE.match(text):
            return OptionText(label, text, kind="none", others=others)
        if _ALL.match(text):
            return OptionText(label, text, kind="all", others=others)
    words = read_words(text)
    mentions = find_mentions(words, knowledge.lexicon)
    stems = stems_of(words, mentions, knowledge)
    parts = _ARROW.split(text)
    if len(parts) > 2:  # noqa: PLR2004  (an order of at least three)
        steps = [_groups(part, knowledge) for part in parts]
        return OptionText(label, text, steps=tuple(group for found in steps for group in found[:1]), stems=stems)
    return OptionText(label, text, _grouped(mentions), stems=stems)


def _groups(text: str, knowledge: Knowledge) -> tuple[tuple[str, ...], ...]:
    return _grouped(find_mentions(read_words(text), knowledge.lexicon))


def _grouped(mentions: Sequence[Mention]) -> tuple[tuple[str, ...], ...]:
    """Return the choices that are named and not denied, those of the same words together."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for one in mentions:
        if one.pattern.role == "choice" and not one.denied:
            groups.setdefault(one.positions, []).append(one.pattern.subject)
    return tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in groups.values()))


def resolve(one: OptionText, relevant: Mapping[str, int]) -> Option:
    """Turn a read option into one that can be judged.

    `relevant` tells of each choice for how many of the needs in question it is a candidate. Of several choices that
    the same words may mean the most relevant is meant; what serves none of the needs is passed over where something
    else in the option does.
    """
    steps = tuple(dict.fromkeys(_meant(group, relevant) for group in one.steps))
    named = dict.fromkeys(_meant(group, relevant) for group in one.groups)
    serving = tuple(choice for choice in named if relevant.get(choice))
    kind = one.kind if one.kind in ("none", "all") else "own"
    return Option(
        one.label,
        one.text,
        "none" if kind == "none" else "all" if kind == "all" else "own",
        proposes=(serving or tuple(named)) if not steps else (),
        steps=steps,
        others=one.others,
    )


def _meant(group: tuple[str, ...], relevant: Mapping[str, int]) -> str:
    return max(group, key=lambda choice: (relevant.get(choice, 0), -group.index(choice)))
