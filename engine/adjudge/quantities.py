"""Quantities as exact integers: sizes in bytes, durations in microseconds, counts, shares in millionths.

Inference compares nothing but integers, so that no rounding and no locale can change a decision.
"""

from __future__ import annotations

import re
from typing import Final

LIMIT: Final = 4 * 10**18  # below 2**62, the largest number the C engine compares exactly

_SIZE = {
    "": 1, "b": 1, "byte": 1, "bytes": 1,
    **{f"{p}b": 1000**i for i, p in enumerate("kmgtpe", 1)},
    **{f"{p}ib": 1024**i for i, p in enumerate("kmgtpe", 1)},
}  # fmt: skip
_DURATION = {
    "us": 1, "microsecond": 1, "ms": 1000, "millisecond": 1000, "s": 10**6, "sec": 10**6, "second": 10**6,
    "min": 60 * 10**6, "minute": 60 * 10**6, "h": 3600 * 10**6, "hour": 3600 * 10**6,
    "d": 86_400 * 10**6, "day": 86_400 * 10**6, "week": 7 * 86_400 * 10**6,
    "month": 30 * 86_400 * 10**6, "year": 365 * 86_400 * 10**6,
}  # fmt: skip
_COUNT = {"": 1, "k": 1000, "thousand": 1000, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_SHARE = {"": 10**6, "%": 10**4, "percent": 10**4}
_RATE = {f"{name}{per}": factor for name, factor in _COUNT.items() for per in ("/s", "/second", " per second")}

# How each unit of the vocabulary is written, and what one of it is worth in the smallest step.
UNITS: Final[dict[str, dict[str, int]]] = {
    "bytes": _SIZE,
    "duration": _DURATION,
    "count": _COUNT,
    "share": _SHARE,
    "per-second": {**_COUNT, **_RATE},
    "bytes-per-second": {f"{name}{per}": f for name, f in _SIZE.items() for per in ("/s", "ps", " per second")},
}

_SHAPE = re.compile(r"\s*(?P<whole>-?[0-9]{1,40})(?:\.(?P<part>[0-9]{1,20}))?\s*(?P<unit>[A-Za-z%/ ]*?)\s*\Z")
_EXAMPLES = {
    "bytes": "50 GB",
    "duration": "100 ms",
    "count": "5 million",
    "share": "90 %",
    "per-second": "1000/s",
    "bytes-per-second": "2 MB/s",
}


def read_quantity(value: object, unit: str) -> int:
    """Turn `50 GB`, `100 ms` or a plain number into an integer of the smallest step of `unit`.

    Raises ValueError with a message for people if the value is no such quantity.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"expected a quantity such as {_EXAMPLES[unit]}")  # noqa: TRY004  (one error for callers)
    found = _SHAPE.match(_plainly(value) if isinstance(value, float) else str(value))
    if not found:
        raise ValueError(f"`{value}` is no quantity; write it like {_EXAMPLES[unit]}")
    name = " ".join(found["unit"].lower().split())
    units = UNITS[unit]
    factor = units.get(name) or (units.get(name.removesuffix("s")) if len(name) > 1 else None)
    if factor is None:
        if not name:
            raise ValueError(f"`{value}` lacks its unit; write it like {_EXAMPLES[unit]}")
        raise ValueError(f"`{found['unit']}` is no unit here; write it like {_EXAMPLES[unit]}")
    part = found["part"] or ""
    amount, rest = divmod(int(found["whole"] + part) * factor, int(10 ** len(part)))
    if rest or not 0 <= amount <= LIMIT:
        limit = show_quantity(LIMIT, unit)
        raise ValueError(f"`{value}` is out of range: it must be whole, not negative, and not above {limit}")
    return amount


def _plainly(number: float) -> str:
    """Write a number without an exponent."""
    from decimal import Decimal  # few scenarios have one

    return f"{Decimal(repr(number)):f}"


def show_quantity(amount: int, unit: str) -> str:
    """Write an integer of the smallest step of `unit` for people, in a form that reads back exactly."""
    fitting = [pair for pair in _SHOWN[unit] if pair[1] <= amount and amount % pair[1] == 0]
    name, factor = max(fitting or [min(_SHOWN[unit], key=_factor)], key=_factor)
    whole, rest = divmod(amount, factor)
    part = f".{rest * 10**7 // factor:07d}".rstrip("0") if rest else ""
    if name == "days" and whole == 1 and not part:
        name = "day"
    return f"{whole}{part}{'' if name in ('', '/s') else ' '}{name}"


def show_bound(relation: str, bound: int, unit: str) -> tuple[str, str]:
    """Write an inclusive bound as rules and scenarios do, with the rounder of the two ways to say it.

    `("at-least", 900000001)` of a duration becomes `("above", "15 min")`.
    """
    outside = bound - 1 if relation == "at-least" else bound + 1
    inclusive, exclusive = show_quantity(bound, unit), show_quantity(outside, unit) if 0 <= outside <= LIMIT else ""
    if exclusive and len(exclusive) < len(inclusive):
        return ("above" if relation == "at-least" else "below"), exclusive
    return relation, inclusive


def _factor(pair: tuple[str, int]) -> int:
    return pair[1]


_SHOWN: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "bytes": (("bytes", 1), *((f"{p}B".replace("k", "K"), 1000**i) for i, p in enumerate("kMGTPE", 1)),
              *((f"{p}iB", 1024**i) for i, p in enumerate("KMGTPE", 1))),
    "duration": (("us", 1), ("ms", 1000), ("s", 10**6), ("min", 60 * 10**6), ("h", 3600 * 10**6),
                 ("days", 86_400 * 10**6)),
    "count": (("", 1), ("thousand", 1000), ("million", 10**6), ("billion", 10**9)),
    "share": (("%", 10**4),),
    "per-second": (("/s", 1),),
    "bytes-per-second": (("bytes/s", 1), *((f"{p}B/s", 1000**i) for i, p in enumerate("KMGTPE", 1))),
}  # fmt: skip


def show_number(value: float) -> str:
    """Write a computed number for people, to four significant digits where it is not whole."""
    return str(int(value)) if value == int(value) else f"{value:.4g}"
