"""Numbers with their units in a text: sizes, durations, counts, shares and rates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100, "couple": 2, "half": 0.5,
    "dozen": 12,
}  # fmt: skip
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
_SIZES = {
    f"{full}byte": short
    for full, short in {"kilo": "kb", "mega": "mb", "giga": "gb", "tera": "tb", "peta": "pb", "exa": "eb"}.items()
}
_UNIT = (
    r"(?P<size>(?:kilo|mega|giga|tera|peta|exa)bytes?|[kmgtpe]i?b|bytes)"
    r"|(?P<time>milliseconds?|ms|microseconds?|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|years?)"
    r"|(?P<share>%|percent|per\s+cent)"
)
_AMOUNT = re.compile(
    r"(?<![\w.$])(?:(?P<number>\d[\d,]*(?:\.\d+)?)|(?P<word>" + "|".join(_WORDS) + r")\b)"
    r"(?:[\s-]*(?P<scale>hundred|thousand|million|billion|trillion|dozen|k)\b)?"
    r"(?:[\s-]*(?:" + _UNIT + r")(?![\w]))?"
    r"(?P<rate>\s*(?:/\s*s(?:ec|econd)?\b|ps\b|(?:[a-z]+\s+)?(?:per|a|each|every)\s+second\b))?",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:(?P<scale>hundreds|thousands|millions|billions|dozens)|(?P<size>(?:kilo|mega|giga|tera|peta|exa)bytes?))\b"
    r"(?P<of>\s+of|[\s-]+scale)?",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"(?:\b(?:under|below|within|less\s+than|fewer\s+than|at\s+most|up\s+to|no\s+more\s+than|no\s+longer\s+than"
    r"|not\s+exceed(?:ing)?|maximum(?:\s+of)?|shorter\s+than|smaller\s+than|sub|in)\b|<=?)[\s-]*(?:about\s+|the\s+)?\Z",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?:\b(?:over|above|more\s+than|greater\s+than|at\s+least|exceed(?:s|ing)?|minimum(?:\s+of)?|longer\s+than"
    r"|larger\s+than|bigger\s+than|beyond)\b|>=?)[\s-]*(?:about\s+)?\Z",
    re.IGNORECASE,
)
_LEAST_AFTER = re.compile(
    r"\s*(?:or\s+(?:more|longer|larger|greater|above)|\+|and\s+(?:more|growing|above))", re.IGNORECASE
)
_MOST_AFTER = re.compile(r"\s*(?:or\s+(?:less|fewer|shorter|smaller|below)|at\s+most)", re.IGNORECASE)

Bound = Literal["exact", "at-least", "at-most"]


class Amount(msgspec.Struct, frozen=True):
    """A number in a text: what it may measure (units of the vocabulary), as a scenario states it, and its span."""

    units: tuple[str, ...]
    said: str
    bound: Bound
    start: int
    end: int


def find_amounts(text: str) -> list[Amount]:
    """Return the numbers of a text that have a unit, or count something, by their place."""
    exact = list(_numbers(text))
    taken = [(one.start, one.end) for one in exact]
    vague = [one for one in _vague(text) if not any(one.start < end and start < one.end for start, end in taken)]
    return sorted((*exact, *vague), key=lambda one: one.start)


def _numbers(text: str) -> Iterator[Amount]:
    for found in _AMOUNT.finditer(text):
        word = (found["word"] or "").lower()
        number = float(found["number"].replace(",", "").rstrip(".")) if found["number"] else float(_WORDS[word])
        if word in ("a", "one", "hundred", "couple", "half", "dozen") and not (found["size"] or found["time"]):
            continue
        number *= _SCALES.get((found["scale"] or "").lower(), 1)
        units, said = _unit(found, number)
        before = text[max(0, found.start() - 30) : found.start()]
        after = text[found.end() : found.end() + 20]
        bound: Bound = (
            "at-most" if _MOST.search(before) or _MOST_AFTER.match(after)
            else "at-least" if _LEAST.search(before) or _LEAST_AFTER.match(after)
            else "exact"
        )  # fmt: skip
        if before.lower().rstrip().endswith(" in") and not found["time"]:
            bound = "exact"
        yield Amount(units, said, bound, found.start(), found.end())


def _unit(found: re.Match[str], number: float) -> tuple[tuple[str, ...], str]:
    """Return what a number may measure, and how a scenario would state it."""
    plain = f"{number:f}".rstrip("0").rstrip(".")
    if found["size"]:
        size = found["size"].lower()
        size = _SIZES.get(size.rstrip("s"), size)
        return (("bytes-per-second",), f"{plain} {size}/s") if found["rate"] else (("bytes",), f"{plain} {size}")
    if found["time"]:
        time = found["time"].lower()
        name = {"sec": "s", "secs": "s", "hr": "h", "hrs": "h", "mins": "min"}.get(time, time)
        return ("duration",), f"{plain} {name}"
    if found["share"]:
        return ("share",), f"{plain} %"
    if found["rate"]:
        return ("per-second",), f"{plain}/s"
    return ("count", "per-second"), plain


def _vague(text: str) -> Iterator[Amount]:
    """Yield sizes and counts without a number: terabytes of data, thousands of models."""
    for found in _VAGUE.finditer(text):
        if found["size"]:
            size = found["size"].lower()
            if not found["of"] and not size.endswith("s"):
                continue
            yield Amount(("bytes",), f"1 {_SIZES[size.rstrip('s')]}", "at-least", found.start(), found.end())
        else:
            scale = found["scale"].lower().rstrip("s")
            amount = {"dozen": 12}.get(scale, _SCALES[scale])
            yield Amount(("count", "per-second"), str(amount), "at-least", found.start(), found.end())
