"""Quantities are exact: what is written reads back, and nothing is rounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.quantities import LIMIT, UNITS, read_quantity, show_bound, show_quantity

units = st.sampled_from(sorted(UNITS))
amounts = (
    st.integers(0, 2000)
    | st.integers(0, LIMIT)
    | st.builds(lambda digits, zeros: min(digits * 10**zeros, LIMIT), st.integers(0, 999), st.integers(0, 18))
    | st.builds(lambda digits, power: min(digits * 1024**power, LIMIT), st.integers(0, 999), st.integers(0, 6))
)


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [
        ("50 GB", "bytes", 50 * 10**9),
        ("50 GiB", "bytes", 50 * 2**30),
        ("50GB", "bytes", 50 * 10**9),
        ("1.5 kb", "bytes", 1500),
        ("7 bytes", "bytes", 7),
        ("1 byte", "bytes", 1),
        (7, "bytes", 7),
        ("100 ms", "duration", 100_000),
        ("1.5 h", "duration", 5400 * 10**6),
        ("90 minutes", "duration", 5400 * 10**6),
        ("2 days", "duration", 2 * 86_400 * 10**6),
        ("1 month", "duration", 30 * 86_400 * 10**6),
        ("1 year", "duration", 365 * 86_400 * 10**6),
        ("5 million", "count", 5 * 10**6),
        ("0.5 k", "count", 500),
        (12, "count", 12),
        (12.0, "count", 12),
        ("90 %", "share", 900_000),
        ("90%", "share", 900_000),
        (0.9, "share", 900_000),
        (0.000001, "share", 1),
        ("33.3333 percent", "share", 333_333),
        ("1000/s", "per-second", 1000),
        ("2 thousand per second", "per-second", 2000),
        (3, "per-second", 3),
        ("2 MB/s", "bytes-per-second", 2 * 10**6),
        ("2 MBps", "bytes-per-second", 2 * 10**6),
        ("2 MiB per second", "bytes-per-second", 2 * 2**20),
        ("4 EB", "bytes", LIMIT),
        (1e16, "bytes", 10**16),
    ],
)
def test_amount(written: object, unit: str, amount: int) -> None:
    assert read_quantity(written, unit) == amount


@pytest.mark.parametrize(
    ("written", "unit", "says"),
    [
        ("GB", "bytes", "is no quantity"),
        ("", "bytes", "is no quantity"),
        ("five GB", "bytes", "is no quantity"),
        ("1,000 GB", "bytes", "is no quantity"),
        ("1 000 GB", "bytes", "is no quantity"),
        ("+5 GB", "bytes", "is no quantity"),
        ("1e3 GB", "bytes", "is no quantity"),
        ("5. GB", "bytes", "is no quantity"),
        ("٣ GB", "bytes", "is no quantity"),
        ("5 GB\n6", "bytes", "is no quantity"),
        (float("nan"), "bytes", "is no quantity"),
        (float("inf"), "bytes", "is no quantity"),
        ("5 XB", "bytes", "`XB` is no unit here"),
        ("5 s", "bytes", "`s` is no unit here"),
        ("5 GB", "duration", "`GB` is no unit here"),
        ("5", "duration", "lacks its unit"),
        (5, "bytes-per-second", "lacks its unit"),
        ("-1 GB", "bytes", "out of range"),
        ("0.5 bytes", "bytes", "out of range"),
        ("0.0000001", "share", "out of range"),
        ("4.000000000000000001 EB", "bytes", "out of range"),
        (1e300, "bytes", "is no quantity"),
        (True, "count", "expected a quantity"),
        (None, "count", "expected a quantity"),
        ([5], "count", "expected a quantity"),
        ({"at-least": 5}, "count", "expected a quantity"),
    ],
)
def test_what_is_no_amount(written: object, unit: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_quantity(written, unit)


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_message_has_an_example_that_reads(unit: str) -> None:
    with pytest.raises(ValueError, match="write it like ") as caught:
        read_quantity("much", unit)
    assert read_quantity(str(caught.value).partition("write it like ")[2], unit) > 0


@given(
    units, st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.none(), st.lists(st.integers(), max_size=2))
)
def test_anything_is_read_within_bounds_or_refused_in_words(unit: str, written: object) -> None:
    try:
        amount = read_quantity(written, unit)
    except ValueError:
        return
    assert 0 <= amount <= LIMIT


@given(units, amounts)
def test_what_is_shown_reads_back_exactly(unit: str, amount: int) -> None:
    assert read_quantity(show_quantity(amount, unit), unit) == amount


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        (0, "bytes", "0 bytes"),
        (1_500_000, "bytes", "1500 KB"),
        (2**30, "bytes", "1 GiB"),
        (86_400 * 10**6, "duration", "1 day"),
        (900 * 10**6, "duration", "15 min"),
        (0, "count", "0"),
        (5 * 10**6, "count", "5 million"),
        (333_333, "share", "33.3333 %"),
        (1000, "per-second", "1000/s"),
        (2 * 10**6, "bytes-per-second", "2 MB/s"),
    ],
)
def test_shown_in_the_largest_unit_that_divides_it(amount: int, unit: str, shown: str) -> None:
    assert show_quantity(amount, unit) == shown


@given(units, st.sampled_from(["at-least", "at-most"]), amounts)
def test_a_shown_bound_means_the_same(unit: str, relation: str, bound: int) -> None:
    key, amount = show_bound(relation, bound, unit)
    shift = {"above": 1, "below": -1}.get(key, 0)
    assert key in (relation, "above" if relation == "at-least" else "below")
    assert read_quantity(amount, unit) + shift == bound


@pytest.mark.parametrize(
    ("relation", "bound", "shown"),
    [
        ("at-least", 900_000_001, ("above", "15 min")),
        ("at-most", 899_999_999, ("below", "15 min")),
        ("at-least", 900_000_000, ("at-least", "15 min")),
        ("at-least", 0, ("at-least", "0 us")),
        ("at-most", LIMIT, ("at-most", show_quantity(LIMIT, "duration"))),
    ],
)
def test_bound_is_shown_the_rounder_way(relation: str, bound: int, shown: tuple[str, str]) -> None:
    assert show_bound(relation, bound, "duration") == shown
