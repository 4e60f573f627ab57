"""How much a text is like what rules speak of: the guess that is made where nothing is proven.

Every rule tells of situations: by its reason, by how people say the values that it asks for, and by the texts that are
told of it. Every choice tells what proposing it sounds like. Texts are compared by the words that they have in common,
which are weighed by BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009); what
is told of a rule is also compared by itself.
Nothing is proven by this; it orders guesses.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from heapq import nlargest, nsmallest
from typing import TYPE_CHECKING

import msgspec

from adjudge.reading.words import read_words

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping, Sequence

    from adjudge.knowledge import Index, Knowledge
    from adjudge.reading.mentions import Mention
    from adjudge.reading.words import Word

_AGAIN = 0.5  # what it adds to the weight of a stem to be said again
_TOLD = 0.5  # what likeness to what is told of a rule adds to that to all that it tells of
_NAMED = 1.0  # what it adds to the likeness of a choice that an option names it
_NEAREST = 12  # choices of which an option is thought to speak
_COUNTED = 10  # rules that count for an option, and against it, each for less than the one before
_SHOWN = 3  # rules that are kept to be shown
# What rules for and against an option count for in log odds, as fitted to questions with keys.
_FOR, _AGAINST = 0.25, 0.15
_COMMON = frozenset((
    "of", "to", "in", "for", "on", "with", "and", "or", "is", "are", "be", "it", "by", "as", "at", "from", "not",
    "which", "who", "that", "what", "how", "use", "used", "using", "company", "data", "model", "machine", "learn",
    "solut", "team", "need", "should", "want", "has", "have", "had", "each", "more", "than", "most", "will", "can",
    "one", "all", "into", "was", "when", "where", "amazon", "aw", "aws", "servic", "specialist", "scientist", "engin",
    "must", "do", "so", "new", "but", "same", "no", "only", "other", "they", "if", "then", "them", "out", "up",
    "there", "been", "were", "also", "two", "three", "between", "befor", "after", "per", "dure", "over", "under",
))  # fmt: skip


class Posting(msgspec.Struct, frozen=True, array_like=True):
    """Where a stem occurs: how rare it is, the numbers of the texts, and its weight in each."""

    rarity: float
    places: tuple[int, ...]
    weights: tuple[float, ...]


class Offer(msgspec.Struct, frozen=True, array_like=True):
    """The numbers of the rules that speak for a choice, and of those that speak against it."""

    favouring: tuple[int, ...]
    opposing: tuple[int, ...]


class Lesson(msgspec.Struct, frozen=True, array_like=True):
    """A rule about a need as it is compared with texts."""

    rule: str
    need: str


class Likeness(msgspec.Struct, frozen=True):
    """What an option is like: its log odds up to a constant, and the rules for and against it, the most alike first."""

    odds: float
    lessons: tuple[Lesson, ...] = ()
    against: tuple[Lesson, ...] = ()


def stems_of(
    words: Sequence[Word], mentions: Iterable[Mention], knowledge: Knowledge, sentences: Container[int] | None = None
) -> dict[str, float]:
    """Return the stems of a text, with a weight, as if every choice that is named were called by its first name.

    What is said several times weighs more. `mentions` are those in the words, by their places among them; `sentences`
    the numbers of those that count, by default all.
    """
    named: dict[int, str] = {}
    for one in mentions:
        if one.pattern.named:
            for place in one.positions:
                named[place] = min(one.pattern.subject, named.get(place, one.pattern.subject))
    found: list[str] = []
    last = ""
    for number, word in enumerate(words):
        if sentences is not None and word.sentence not in sentences:
            continue
        choice = named.get(number, "")
        if not choice:
            found.append(word.stem)
        elif choice != last:
            found += telling_stems(knowledge.name(choice))
        last = choice
    counted = Counter(filter(counts, found))
    return {stem: 1 + _AGAIN * (counted[stem] - 1) for stem in sorted(counted)}


def weigh(
    index: Index,
    situation: Mapping[str, float],
    options: Mapping[str, Collection[str]],
    named: Mapping[str, Sequence[str]],
) -> dict[str, Likeness]:
    """Return what each option is like, from the stems of the text, and those and the named choices of each option."""
    alike = _situations(index, situation)
    spread = Counter(stem for stems in options.values() for stem in set(stems))
    found = {}
    for label, stems in options.items():
        telling = {stem: 1 - (spread[stem] - 1) / len(options) for stem in sorted(stems) if spread[stem] < len(options)}
        meant = _meant(index, telling, named[label])
        favouring: dict[int, float] = {}
        opposing: dict[int, float] = {}
        for choice, share in meant.items():
            offer = index.offers[choice]
            for kept, numbers in ((favouring, offer.favouring), (opposing, offer.opposing)):
                for number in numbers:
                    kept[number] = max(kept.get(number, 0.0), alike.get(number, 0.0) * share)
        odds = _FOR * fading(favouring.values()) - _AGAINST * fading(opposing.values())
        shown = (tuple(index.lessons[one] for one in _highest(shares)) for shares in (favouring, opposing))
        found[label] = Likeness(odds, *shown)
    return found


def _highest(shares: Mapping[int, float]) -> list[int]:
    """Return the rules that are shown of those that count for an option, or against it, the most alike first."""
    return nsmallest(_SHOWN, (one for one in shares if shares[one] > 0), key=lambda one: (-shares[one], one))


def closest(index: Index, situation: Mapping[str, float]) -> list[tuple[float, Lesson]]:
    """Return every rule that tells of a situation at all like this one, the most alike first."""
    alike = _situations(index, situation)
    return [(alike[number], index.lessons[number]) for number in sorted(alike, key=lambda one: (-alike[one], one))]


def sounding(index: Index, situation: Mapping[str, float]) -> dict[str, float]:
    """Return how much a text is like what proposing each choice sounds like, of those to which it is at all like."""
    choices = tuple(index.offers)
    return {choices[place]: share for place, share in _alike(index.proposals, situation, len(choices)).items()}


def _meant(index: Index, stems: Mapping[str, float], named: Iterable[str]) -> dict[str, float]:
    """Return the choices of which an option is thought to speak, and how much."""
    meant = defaultdict(float, sounding(index, stems))
    for choice in named:
        meant[choice] += _NAMED
    nearest = nsmallest(_NEAREST, meant, key=lambda one: (-meant[one], one))
    return {choice: meant[choice] for choice in nearest}


def fading(shares: Iterable[float]) -> float:
    """Return what the likeness to several rules comes to: each counts for less than the one before."""
    return sum(share / rank for rank, share in enumerate(nlargest(_COUNTED, shares), 1))


def _situations(index: Index, stems: Mapping[str, float]) -> dict[int, float]:
    """Return how much what each rule tells of is like some stems."""
    found = _alike(index.situations, stems, len(index.lessons))
    for number, share in _alike(index.told, stems, len(index.lessons)).items():
        found[number] = found.get(number, 0.0) + _TOLD * share
    return found


def _alike(postings: Mapping[str, Posting], stems: Mapping[str, float], total: int) -> dict[int, float]:
    """Return how much each of so many texts is like some stems, which have a weight.

    Divided by the root of what all stems could add, so that it can be compared between long and short texts.
    """
    known = {stem: posting for stem in stems if (posting := postings.get(stem))}
    unheard = rarity(0, total)
    size = math.sqrt(sum((known[stem].rarity if stem in known else unheard) * stems[stem] for stem in stems)) or 1.0
    found: dict[int, float] = defaultdict(float)
    for stem, posting in known.items():
        share = stems[stem] / size
        for place, held in zip(posting.places, posting.weights, strict=True):
            found[place] += share * held
    return found


def rarity(count: int, total: int) -> float:
    """Return how rare a stem is that occurs in so many texts out of a total."""
    return math.log((total + 1) / (count + 0.5))


def telling_stems(text: str) -> list[str]:
    """Return the stems of a text, without the words that any text on the subject has."""
    return [word.stem for word in read_words(text) if counts(word.stem)]


def counts(stem: str) -> bool:
    """Tell whether a stem tells anything."""
    return len(stem) > 1 and stem not in _COMMON
