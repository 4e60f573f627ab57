"""From rules and choices to what texts are compared with: the words by which situations and proposals are told."""

from __future__ import annotations

import math
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
_DAMP = 0.7  # how far long texts are held back: not at all (0) to fully (1)


def build_index(knowledge: Knowledge, told: Mapping[str, Sequence[str]]) -> Index:
    """Return what texts are compared with; `told` tells of situations in which a rule holds, by its id."""
    said, offered = _said(knowledge)
    lessons: dict[str, tuple[int, str]] = {}
    asked: set[tuple[str, tuple[Test, ...]]] = set()
    situations: list[Bag] = []
    favouring: dict[str, set[int]] = defaultdict(set)
    opposing: dict[str, set[int]] = defaultdict(set)
    for need in knowledge.needs.values():
        for rule in need.rules:
            if rule.kind not in ("recommend", "prefer", "reject"):
                continue
            if rule.id not in lessons:
                lessons[rule.id] = len(situations), need.id
                texts = " . ".join(told.get(rule.id, ()))
                situations.append(_counted((telling_stems(rule.because), _REASON), (telling_stems(texts), 1.0)))
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
    return Index(numbered, offers, _postings(situations), _postings(proposals))


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


def _postings(texts: Sequence[Bag]) -> dict[str, Posting]:
    """Return for each stem how rare it is and what it weighs in each text."""
    spread = Counter(stem for text in texts for stem in text)
    rare = {stem: rarity(count, len(texts)) for stem, count in spread.items()}
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, text in enumerate(texts):
        weights = {stem: math.log1p(count) * rare[stem] for stem, count in text.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        for stem, weight in weights.items():
            found[stem].append((number, round(weight / length**_DAMP, 4)))
    return {
        stem: Posting(round(rare[stem], 4), tuple(n for n, _ in places), tuple(w for _, w in places))
        for stem, places in sorted(found.items())
    }
