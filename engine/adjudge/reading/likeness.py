"""How much a text is like what rules speak of: the guess that is made where nothing is proven.

Every rule tells of situations: by its reason, by how people say the values that it asks for, and by the texts that are
told of it. Every choice tells what proposing it sounds like. Texts are compared by the words that they have in common,
which are weighed by tf-idf (Manning, Raghavan and Schuetze, Introduction to Information Retrieval, chapter 6).
Nothing is proven by this; it orders guesses.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from adjudge.reading.words import read_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from adjudge.facts import Test
    from adjudge.knowledge import Index, Knowledge, Rule
    from adjudge.reading.mentions import Mention
    from adjudge.reading.words import Word

_OFTEN = 3.0  # how often a word of phrases counts, at most
_REASON, _DOES, _FIGURE = 2.0, 0.5, 0.5  # what the words of a reason, a description, the words beside a number count
_DAMP = 0.7  # how far long texts are held back: not at all (0) to fully (1)
_NAMED = 0.5  # what it adds to the likeness of a choice that an option names it
_NEAREST = 12  # choices of which an option is thought to speak
_COUNTED = 3  # rules that count for an option, and against it
_FOR, _AGAINST = 2.0, 0.9  # what rules for and against an option count for in log odds, as fitted to questions with keys
_COMMON = frozenset(
    "of to in for on with and or is are be it by as at from not which who that what how use used using company data "
    "model machine learn solut team need should want has have had each more than most will can one all into was when "
    "where amazon aw aws servic specialist scientist engin must do so new but same no only other they if then them out "
    "up there been were also two three between befor after per dure over under".split()
)


class Posting(msgspec.Struct, frozen=True, array_like=True):
    """Where a stem occurs: how rare it is, the numbers of the texts, and its weight in each."""

    rarity: float
    places: tuple[int, ...]
    weights: tuple[float, ...]


class Offer(msgspec.Struct, frozen=True, array_like=True):
    """What is told of a choice: the numbers of the rules that speak for it, and of those that speak against it."""

    number: int
    favouring: tuple[int, ...]
    opposing: tuple[int, ...]


class Lesson(msgspec.Struct, frozen=True, array_like=True):
    """A rule about a need as it is compared with texts."""

    rule: str
    need: str


class Likeness(msgspec.Struct, frozen=True):
    """What an option is like: its log odds up to a constant, and the rules that speak for it, the most alike first."""

    odds: float
    lessons: tuple[Lesson, ...] = ()


def stems_of(
    words: Sequence[Word], mentions: Iterable[Mention], knowledge: Knowledge, sentences: Container[int] | None = None
) -> frozenset[str]:
    """Return the stems of a text as if every choice that is named were called by its first name.

    `mentions` are those in the words, by their places among them; `sentences` the numbers of those that count, by
    default all.
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
            found += _stems(knowledge.name(choice))
        last = choice
    return frozenset(filter(_counts, found))


def weigh(
    index: Index, situation: Iterable[str], options: Mapping[str, Sequence[str]], named: Mapping[str, Sequence[str]]
) -> dict[str, Likeness]:
    """Return what each option is like, from the stems of the text, and those and the named choices of each option."""
    alike = _alike(index.situations, dict.fromkeys(situation, 1.0), len(index.lessons))
    spread = Counter(stem for stems in options.values() for stem in set(stems))
    choices = {offer.number: choice for choice, offer in index.offers.items()}
    found = {}
    for label, stems in options.items():
        telling = {stem: 1 - (spread[stem] - 1) / len(options) for stem in stems if spread[stem] < len(options)}
        meant = defaultdict(float, {choices[n]: x for n, x in _alike(index.proposals, telling, len(index.offers)).items()})
        for choice in named[label]:
            meant[choice] += _NAMED
        favouring: dict[int, float] = {}
        opposing: dict[int, float] = {}
        for choice in sorted(meant, key=lambda one: (-meant[one], one))[:_NEAREST]:
            offer = index.offers[choice]
            for kept, numbers in ((favouring, offer.favouring), (opposing, offer.opposing)):
                for number in numbers:
                    kept[number] = max(kept.get(number, 0.0), alike.get(number, 0.0) * meant[choice])
        best = sorted(favouring, key=lambda one: (-favouring[one], one))[:_COUNTED]
        worst = sorted(opposing.values(), reverse=True)[:_COUNTED]
        odds = _FOR * sum(favouring[one] for one in best) - _AGAINST * sum(worst)
        found[label] = Likeness(odds, tuple(index.lessons[one] for one in best if favouring[one] > 0))
    return found


def _alike(postings: Mapping[str, Posting], stems: Mapping[str, float], total: int) -> dict[int, float]:
    """Return how much each of so many texts is like some stems, which have a weight."""
    known = {stem: posting for stem in stems if (posting := postings.get(stem))}
    unheard = _rarity(0, total)
    parts = ((known[stem].rarity if stem in known else unheard) * weight for stem, weight in stems.items())
    length = math.sqrt(sum(part * part for part in parts)) or 1.0
    found: dict[int, float] = defaultdict(float)
    for stem, posting in known.items():
        share = posting.rarity * stems[stem] / length
        for place, held in zip(posting.places, posting.weights, strict=True):
            found[place] += share * held
    return found


def build_index(knowledge: Knowledge, told: Mapping[str, Sequence[str]]) -> Index:
    """Return what texts are compared with; `told` holds by the id of a rule how situations are told in which it holds."""
    said, offered = _said(knowledge)
    lessons: dict[str, tuple[int, str]] = {}
    asked: set[tuple[str, tuple[Test, ...]]] = set()
    situations: list[Counter[str]] = []
    favouring: dict[str, set[int]] = defaultdict(set)
    opposing: dict[str, set[int]] = defaultdict(set)
    for need in knowledge.needs.values():
        for rule in need.rules:
            if rule.kind not in ("recommend", "prefer", "reject"):
                continue
            if rule.id not in lessons:
                lessons[rule.id] = len(situations), need.id
                texts = " . ".join(told.get(rule.id, ()))
                situations.append(_counted((_stems(rule.because), _REASON), (_stems(texts), 1.0)))
            number, _ = lessons[rule.id]
            if (rule.id, rule.tests) not in asked:  # principles argue about many needs
                _ask(situations[number], rule, said)
                asked.add((rule.id, rule.tests))
            for choice in rule.subjects:
                (opposing if rule.kind == "reject" else favouring)[choice].add(number)
            for choice in set(rule.over) - set(rule.subjects):
                opposing[choice].add(number)
    offers = {}
    proposals = []
    for number, choice in enumerate(knowledge.choices.values()):
        names = _stems(" . ".join((choice.name, *choice.aliases)))
        proposals.append(_counted((names, 1.0), (_stems(choice.does), _DOES)) + offered[choice.id])
        offers[choice.id] = Offer(number, tuple(sorted(favouring[choice.id])), tuple(sorted(opposing[choice.id])))
    numbered = {number: Lesson(rule, need) for rule, (number, need) in lessons.items()}
    from adjudge.knowledge import Index  # which holds what this module makes

    return Index(numbered, offers, _postings(situations), _postings(proposals))


def _ask(situation: Counter[str], rule: Rule, said: Mapping[tuple[str, str], Counter[str]]) -> None:
    """Add the words for what a rule asks for."""
    for test in rule.tests:
        for value in test.asked if test.relation == "is" else ():
            for stem, count in said[test.attribute, value].items():
                situation[stem] += count / len(test.asked)  # type: ignore[assignment]
        if not test.asked:
            for stem, count in said[test.attribute, ""].items():
                situation[stem] += _FIGURE * count  # type: ignore[assignment]


def _said(knowledge: Knowledge) -> tuple[dict[tuple[str, str], Counter[str]], dict[str, Counter[str]]]:
    """Return the words by which people say each value of an attribute, and each choice."""
    values: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    choices: dict[str, Counter[str]] = defaultdict(Counter)
    for pattern in {one for found in knowledge.lexicon.values() for one in found}:
        if pattern.named:
            continue
        words = choices[pattern.subject] if pattern.role == "choice" else values[pattern.subject, pattern.value]
        for element in pattern.elements:
            for stem in filter(_counts, element):
                words[stem] += 1 / len(element)  # type: ignore[assignment]
    for words in (*values.values(), *choices.values()):
        for stem, count in words.items():
            words[stem] = min(count, _OFTEN)  # type: ignore[assignment]
    for attribute in knowledge.attributes.values():
        for name, value in attribute.values.items():
            values[attribute.id, name] += _counted((_stems(value.says), 1.0))
    return values, choices


def _counted(*parts: tuple[Iterable[str], float]) -> Counter[str]:
    found: Counter[str] = Counter()
    for stems, weight in parts:
        for stem in stems:
            found[stem] += weight  # type: ignore[assignment]
    return found


def _postings(texts: Sequence[Counter[str]]) -> dict[str, Posting]:
    """Return for each stem how rare it is and what it weighs in each text."""
    spread = Counter(stem for text in texts for stem in text)
    rarity = {stem: _rarity(count, len(texts)) for stem, count in spread.items()}
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, text in enumerate(texts):
        weights = {stem: math.log1p(count) * rarity[stem] for stem, count in text.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        for stem, weight in weights.items():
            found[stem].append((number, round(weight / length**_DAMP, 4)))
    return {
        stem: Posting(round(rarity[stem], 4), tuple(n for n, _ in places), tuple(w for _, w in places))
        for stem, places in sorted(found.items())
    }


def _rarity(count: int, total: int) -> float:
    return math.log((total + 1) / (count + 0.5))


def _stems(text: str) -> list[str]:
    return [word.stem for word in read_words(text) if _counts(word.stem)]


def _counts(stem: str) -> bool:
    return len(stem) > 1 and stem not in _COMMON
