"""Numbers with units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.quantities import read_quantity
from adjudge.reading.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "unit", "said", "bound"),
    [
        ("50 GB of files", "bytes", "50 gb", "exact"),
        ("petabyte-scale data", "bytes", "1 pb", "at-least"),
        ("terabytes of video", "bytes", "1 tb", "at-least"),
        ("a response in under 100 ms", "duration", "100 ms", "at-most"),
        ("within two hours", "duration", "2 hours", "at-most"),
        ("more than 90 days", "duration", "90 days", "at-least"),
        ("5.5 GB or more", "bytes", "5.5 gb", "at-least"),
        ("thousands of models", "count", "1000", "at-least"),
        ("3 million rows", "count", "3000000", "exact"),
        ("30% of the values", "share", "30 %", "exact"),
        ("over 20 percent", "share", "20 %", "at-least"),
        ("1,500 requests per second", "per-second", "1500/s", "exact"),
        ("up to 2 MB per second", "bytes-per-second", "2 mb/s", "at-most"),
        ("a 15-minute limit", "duration", "15 minute", "exact"),
    ],
)
def test_numbers_are_read_with_unit_and_bound(text: str, unit: str, said: str, bound: str):
    [found] = find_amounts(text)
    assert unit in found.units
    assert (found.said, found.bound) == (said, bound)
    assert read_quantity(found.said, unit) >= 0


@pytest.mark.parametrize(
    "text",
    ["p3.2xlarge", "S3", "a model", "one of the following", "EC2 instances", "$500", "TensorFlow", "as a service"],
)
def test_what_counts_nothing_is_no_amount(text: str):
    assert find_amounts(text) == []


@given(st.text(alphabet="0123456789.,% -GBmskyear/toundermillions", max_size=60))
def test_any_text_can_be_looked_through(text: str):
    for found in find_amounts(text):
        assert text[found.start : found.end].strip()
