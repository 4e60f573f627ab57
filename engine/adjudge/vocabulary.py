"""The words of a scenario: attributes with their values, and the traits that choices have."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from adjudge.quantities import show_quantity

Kind = Literal["single", "multiple", "boolean", "quantity"]


class Value(msgspec.Struct, frozen=True, array_like=True):
    """A value of an attribute; `broader` holds every value of which it is a kind, however far up."""

    id: str
    says: str
    broader: tuple[str, ...] = ()


class Attribute(msgspec.Struct, frozen=True, array_like=True):
    """One thing that a scenario can state; a text cannot deny what is `undeniable`.

    `narrower` maps a value to itself and everything that is a kind of it; `unit` is set for quantities.
    """

    id: str
    kind: Kind
    question: str
    says: str = ""
    unit: str = ""
    values: dict[str, Value] = {}
    narrower: dict[str, tuple[str, ...]] = {}
    assume: Any = None
    assume_because: str = ""
    undeniable: bool = False

    def comparable(self, one: str, other: str) -> bool:
        """Tell whether one value is the other, or a kind of it, or the other way round."""
        return one == other or other in self.values[one].broader or one in self.values[other].broader

    def affirming(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """Return the values each of which, known to be true, makes one of the asked values true."""
        return tuple(sorted({value for one in asked for value in self.narrower[one]}))

    def excluding(self, asked: str) -> tuple[str, ...]:
        """Return the values each of which, known to be true, makes the asked value false."""
        if self.kind == "multiple":
            return ()
        return tuple(sorted(value for value in self.values if not self.comparable(value, asked)))

    def show(self, value: object) -> str:
        """Write a value for people: its words, its quantity with the unit, yes or no."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int):
            return show_quantity(value, self.unit or "count")
        known = self.values.get(str(value))
        return known.says if known else str(value)


class Trait(msgspec.Struct, frozen=True, array_like=True):
    """A property of choices; with a goal, `values` stand in order, the best for that goal first."""

    id: str
    says: str
    values: dict[str, str]
    goal: str = ""


def booleans() -> dict[str, Value]:
    """Return the values of a boolean attribute."""
    return {"true": Value("true", "yes"), "false": Value("false", "no")}
