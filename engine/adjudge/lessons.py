"""From rules and choices to what texts are compared with: the words by which situations and proposals are told."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING

from adjudge.knowledge import Index
from adjudge.reading.likeness import Lesson, Offer, Posting, counts, rarity, telling_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from adjudge.facts import Test
    from adjudge.knowledge import Knowledge, Rule

Bag = defaultdict[str, float]  # how often a stem occurs, which need not be a whole number

_OFTEN = 3.0  # how often a word of phrases counts, at most
_REASON, _DOES, _FIGURE = 2.0, 0.5, 0.5  # what the words of a reason, a description, the words beside a number count
# How soon saying a word again adds nothing, and how far long texts are held back: k1 and b of BM25.
_SOON, _HELD = {"situation": 1.2, "told": 0.5, "proposal": 1.2}, 0.75


def build_index(knowledge: Knowledge, told: Mapping[str, Sequence[str]]) -> Index:
    """Return what texts are compared with; `told` tells of situations in which a rule holds, by its id."""
    said, offered = _said(knowledge)
    lessons: dict[str, tuple[int, str]] = {}
    asked: set[tuple[str, tuple[Test, ...]]] = set()
    situations: list[Bag] = []
    tales: list[Bag] = []
    favouring: dict[str, set[int]] = defaultdict(set)
    opposing: dict[str, set[int]] = defaultdict(set)
    for need in knowledge.needs.values():
        for rule in need.rules:
            if rule.kind not in ("recommend", "prefer", "reject"):
                continue
            if rule.id not in lessons:
                lessons[rule.id] = len(situations), need.id
                tale = telling_stems(" . ".join(told.get(rule.id, ())))
                situations.append(_counted((telling_stems(rule.because), _REASON), (tale, 1.0)))
                tales.append(_counted((tale, 1.0)))
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
    for one in knowledge.choices.values():
        names = telling_stems(" . ".join((one.name, *one.aliases)))
        proposal = _counted((names, 1.0), (telling_stems(one.does), _DOES))
        for stem, count in offered[one.id].items():
            proposal[stem] += count
        proposals.append(proposal)
        offers[one.id] = Offer(tuple(sorted(favouring[one.id])), tuple(sorted(opposing[one.id])))
    numbered = {number: Lesson(rule, need) for rule, (number, need) in lessons.items()}
    return Index(
        numbered,
        offers,
        _postings(situations, _SOON["situation"]),
        _postings(tales, _SOON["told"]),
        _postings(proposals, _SOON["proposal"]),
    )


def _ask(situation: Bag, rule: Rule, said: Mapping[tuple[str, str], Bag]) -> None:
    """Add the words for what a rule asks for."""
    for test in rule.tests:
        for value in test.asked if test.relation == "is" else ():
            for stem, count in said[test.attribute, value].items():
                situation[stem] += count / len(test.asked)
        if not test.asked:
            for stem, count in said[test.attribute, ""].items():
                situation[stem] += _FIGURE * count


def _said(knowledge: Knowledge) -> tuple[dict[tuple[str, str], Bag], dict[str, Bag]]:
    """Return the words by which people say each value of an attribute, and each choice."""
    values: dict[tuple[str, str], Bag] = defaultdict(partial(defaultdict, float))
    choices: dict[str, Bag] = defaultdict(partial(defaultdict, float))
    for pattern in dict.fromkeys(one for branch in knowledge.lexicon.values() for one in branch.patterns):
        if pattern.named:
            continue
        words = choices[pattern.subject] if pattern.role == "choice" else values[pattern.subject, pattern.value]
        for element in pattern.elements:
            for stem in filter(counts, element):
                words[stem] += 1 / len(element)
    for words in (*values.values(), *choices.values()):
        for stem, count in words.items():
            words[stem] = min(count, _OFTEN)
    for attribute in knowledge.attributes.values():
        for name, value in attribute.values.items():
            for stem in telling_stems(value.says):
                values[attribute.id, name][stem] += 1
    return values, choices


def _counted(*parts: tuple[Iterable[str], float]) -> Bag:
    found: Bag = defaultdict(float)
    for stems, weight in parts:
        for stem in stems:
            found[stem] += weight
    return found


def _postings(texts: Sequence[Bag], soon: float) -> dict[str, Posting]:
    """Return for each stem how rare it is and what it weighs in each text, by BM25."""
    spread = Counter(stem for text in texts for stem in text)
    rare = {stem: rarity(count, len(texts)) for stem, count in spread.items()}
    usual = sum(sum(text.values()) for text in texts) / (len(texts) or 1) or 1.0
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, text in enumerate(texts):
        held = soon * (1 - _HELD + _HELD * sum(text.values()) / usual)
        for stem, count in text.items():
            found[stem].append((number, round(rare[stem] * count * (soon + 1) / (count + held), 4)))
    return {
        stem: Posting(round(rare[stem], 4), tuple(n for n, _ in places), tuple(w for _, w in places))
        for stem, places in sorted(found.items())
    }
