"""Small damages to a text, as people and editors do them."""

from __future__ import annotations

import re

from hypothesis import strategies as st

SIGNS = "{}[]:,-#'\"|>&*!%@`? \t\n0a.\x00\x1b\u2028é"
SCALARS = (
    "5", "-1", "1.5", "99999999999999999999", "0.00000001", "null", "true", "no", '""', '"\\n"', "- a", ": ", "[]",
    "{}", "[a, b]", "[[a]]", "[1, 2]", "{a: b}", "[{a: 1}]", "{is: a}", "{all: [a]}", "{not: []}", "{at-least: 5}",
    "{[a]: b}", "need", "goal", "quantity", "boolean", "single", "multiple", "film", "keep-photos", "operations",
    "album-service", '"2021-02-30"', "2020-01-01", "[notes:N001]", '"a` - at `$.b"',
)  # fmt: skip
_SCALAR = re.compile(r"(?<=: )[\[{].*|[\w.-]+(?=:)|[\w.-]+")


@st.composite
def damaged(draw: st.DrawFn, text: str, most: int = 3) -> str:
    """Draw the text with one to `most` damages."""
    for _ in range(draw(st.integers(1, most))):
        lines = text.split("\n")
        damage = draw(st.sampled_from((_delete, _double, _overwrite, _swap, _insert, _replace_scalar)))
        damage(draw, lines, draw(st.integers(0, len(lines) - 1)))
        text = "\n".join(lines)
    return text


def _delete(_: st.DrawFn, lines: list[str], at: int) -> None:
    del lines[at]
    lines.append("")  # so that there is always one


def _double(_: st.DrawFn, lines: list[str], at: int) -> None:
    lines.insert(at, lines[at])


def _overwrite(draw: st.DrawFn, lines: list[str], at: int) -> None:
    lines[at] = draw(st.sampled_from(lines))


def _swap(draw: st.DrawFn, lines: list[str], at: int) -> None:
    other = draw(st.integers(0, len(lines) - 1))
    lines[at], lines[other] = lines[other], lines[at]


def _insert(draw: st.DrawFn, lines: list[str], at: int) -> None:
    column = draw(st.integers(0, len(lines[at])))
    lines[at] = lines[at][:column] + draw(st.text(SIGNS, min_size=1, max_size=3)) + lines[at][column:]


def _replace_scalar(draw: st.DrawFn, lines: list[str], at: int) -> None:
    scalars = list(_SCALAR.finditer(lines[at]))
    if scalars:
        found = draw(st.sampled_from(scalars))
        lines[at] = lines[at][: found.start()] + draw(st.sampled_from(SCALARS)) + lines[at][found.end() :]
