"""Text as words: stems with their places, in sentences and clauses."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W_]+(?:[+#]+)?|['\u2019%.,;:!?()\[\]➔➢→=>/\n-]")
_SILENT = frozenset((
    "a", "an", "the", "this", "these", "that", "those", "its", "their", "our", "your", "my", "his", "her", "some",
    "any",
))  # fmt: skip
_APOSTROPHES = ("'", "\N{RIGHT SINGLE QUOTATION MARK}")
MAKERS = ("amazon", "aws", "apache")  # "Amazon S3" is S3
_NAME = re.compile(r"\s+[A-Z]")
_BREAKS = frozenset(";:()[],")
_TURNS = frozenset(("but", "however", "although", "though", "whereas", "while", "yet", "because", "since", "so"))
_ISE = re.compile(r"(?<=[a-z]{3})is(e|es|ed|ing|er|ers|ation|ations)$")
_OUR = re.compile(r"(?<=[a-z]{3})our(s|ed|ing|al)?$")
# Forms that the stemmer does not know, and words that it takes for forms of others.
_IRREGULAR = {
    "production": "production", "recording": "recording", "recordings": "recording", "texting": "texting",
    "trending": "trending", "reading": "reading", "readings": "reading", "coding": "coding", "savings": "savings",
    "analyses": "analysi", "analyse": "analyz", "analysed": "analyz", "analysing": "analyz", "analysis": "analysi",
    "built": "build", "ran": "run", "running": "run", "sent": "send", "took": "take", "taken": "take", "kept": "keep",
    "chosen": "choos", "chose": "choos", "written": "write", "wrote": "write", "grown": "grow", "grew": "grow",
    "lost": "lose", "found": "find", "held": "hold", "made": "make", "seen": "see", "said": "say", "spent": "spend",
    "indices": "index", "matrices": "matrix", "criteria": "criterion", "people": "people",
    "customer": "customer", "customers": "customer", "important": "important", "importance": "important",
    "positive": "positiv", "positives": "positiv", "objective": "objectiv", "objectives": "objectiv",
    "logistics": "logistics", "personal": "personal", "personalize": "personaliz", "personalized": "personaliz",
    "personalise": "personaliz", "personalised": "personaliz", "personalization": "personaliz",
    "personalizing": "personaliz", "lay": "lie", "lies": "lie", "lying": "lie", "cannot": "cannot", "less": "less",
    "datasets": "dataset", "meeting": "meeting", "meetings": "meeting",
}  # fmt: skip


class Word(NamedTuple):
    """One word: its stem, where it stands in the text, and the numbers of its sentence and clause."""

    stem: str
    start: int
    end: int
    sentence: int
    clause: int
    raw: str


@cache
def _stemmer() -> Any:
    import Stemmer  # only where prose is read

    return Stemmer.Stemmer("english")


@cache
def stem(word: str) -> str:
    """Return the stem that all forms and spellings of a lower-case word share."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return str(_stemmer().stemWord(_OUR.sub(r"or\1", _ISE.sub(r"iz\1", word))))


def read_words(text: str) -> list[Word]:
    """Return the words of a text without articles and the like; punctuation ends clauses and sentences."""
    found: list[Word] = []
    sentence = clause = 0
    for token in _TOKEN.finditer(text):
        raw = token[0]
        lower = raw.lower()
        after = text[token.end() : token.end() + 2]
        if raw in ".?!\n":
            if after[:1] in ("\n", "-", "*") if raw == "\n" else not after or after[0].isspace():
                sentence += 1
                clause += 1
            continue
        if raw in _BREAKS:
            clause += 1
            continue
        if not raw[0].isalnum() or (lower in ("s", "t") and text[token.start() - 1 : token.start()] in _APOSTROPHES):
            continue
        if lower in _TURNS:
            clause += 1
        if lower in _SILENT or (lower in MAKERS and _NAME.match(text, token.end())):
            continue
        if lower.endswith("n") and after[:1] in _APOSTROPHES and after[1:].lower() == "t":  # don't, can't
            found.append(Word("not", token.start(), token.end() + 2, sentence, clause, raw))
            continue
        found.append(Word(stem(lower), token.start(), token.end(), sentence, clause, raw))
    return found
