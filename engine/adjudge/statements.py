"""Reading what people write about attributes: statements (what is so) and conditions (what a rule asks)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.errors import nearest
from adjudge.facts import Fact, Origin, Requirement, Test, is_any, is_not
from adjudge.quantities import read_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from adjudge.vocabulary import Attribute
    from adjudge.yamlfile import KeyPath

_LONGEST = 40  # characters of what was written that a message repeats
_BOUNDS = ("at-least", "at-most", "above", "below")


class MisfitError(ValueError):
    """Something written does not fit the vocabulary; `at` is its place below the mapping that was read."""

    def __init__(self, message: str, hint: str = "", at: KeyPath = (), *, at_key: bool = False) -> None:
        self.hint, self.at, self.at_key = hint, at, at_key
        super().__init__(message)


def find_attribute(name: str, attributes: Mapping[str, Attribute]) -> Attribute:
    """Return the attribute of that name; raise MisfitError with the nearest ones if there is none."""
    try:
        return attributes[name]
    except KeyError:
        raise MisfitError(f"unknown attribute `{name}`", nearest(name, attributes), (name,), at_key=True) from None


def read_statement(
    name: str, said: Any, attributes: Mapping[str, Attribute], origin: Origin = "stated", by: str | None = None
) -> list[Requirement]:
    """Turn `attribute: said` into requirements, one for each value that is said to be true or false."""
    attribute = find_attribute(name, attributes)
    if attribute.kind == "quantity":
        facts = tuple(Fact(name, relation, bound) for relation, bound in _bounds(attribute, said, (name,)))
        if isinstance(said, dict):
            said = tuple(said.items())
        return [Requirement(name, said, facts, origin, by)]
    mapping = said if isinstance(said, dict) else {"is": said}
    if not mapping:
        raise MisfitError(f"`{name}` says nothing", at=(name,))
    found: list[Requirement] = []
    for key, listed in mapping.items():
        at: KeyPath = (name, key) if isinstance(said, dict) else (name,)
        if key not in ("is", "not"):
            hint = "write a value, a list of values, or {is: ..., not: ...}"
            raise MisfitError(f"`{key}` does not fit `{name}`", hint, at, at_key=True)
        for value, _ in _values(attribute, listed, at):
            found.append(_requirement(attribute, value, key == "is", origin, by))
    return found


def _requirement(attribute: Attribute, value: str, true: bool, origin: Origin, by: str | None) -> Requirement:
    if attribute.kind == "boolean":
        truth = (value == "true") == true
        return Requirement(attribute.id, truth, (Fact(attribute.id, "is", str(truth).lower()),), origin, by)
    fact = Fact(attribute.id, "is" if true else "is-not", value)
    return Requirement(attribute.id, value if true else (("not", value),), (fact,), origin, by)


def read_condition(name: str, asked: Any, attributes: Mapping[str, Attribute]) -> list[Test]:
    """Turn `attribute: asked` of a rule into tests, all of which must hold."""
    attribute = find_attribute(name, attributes)
    if attribute.kind == "quantity":
        return [Test(name, relation, bound=bound) for relation, bound in _bounds(attribute, asked, (name,))]
    if not isinstance(asked, dict):
        return [is_any(attribute, tuple(dict.fromkeys(value for value, _ in _values(attribute, asked, (name,)))))]
    if not asked:
        raise MisfitError(f"`{name}` asks for nothing", at=(name,))
    tests: list[Test] = []
    for key, listed in asked.items():
        at = (name, key)
        if key == "not":
            tests += [is_not(attribute, value) for value, _ in _values(attribute, listed, at)]
        elif key == "all" and attribute.kind == "multiple":
            tests += [is_any(attribute, (value,)) for value, _ in _values(attribute, listed, at)]
        else:
            hint = "write a value, a list of values, {not: ...} or {all: [...]}"
            raise MisfitError(f"`{key}` does not fit `{name}`", hint, at, at_key=True)
    return tests


def _values(attribute: Attribute, listed: Any, at: KeyPath) -> Iterator[tuple[str, KeyPath]]:
    """Yield the value ids in a scalar or a list, with the place of each."""
    if isinstance(listed, list):
        if not listed:
            raise MisfitError(f"`{attribute.id}` lists no value", at=at)
        for index, one in enumerate(listed):
            yield _value(attribute, one, (*at, index)), (*at, index)
    else:
        yield _value(attribute, listed, at), at


def _value(attribute: Attribute, said: Any, at: KeyPath) -> str:
    if attribute.kind == "boolean":
        if isinstance(said, bool):
            return "true" if said else "false"
        raise MisfitError(f"`{attribute.id}` is true or false, not `{shortened(said)}`", at=at)
    if isinstance(said, str) and said in attribute.values:
        return said
    if isinstance(said, dict | list) or said is None:
        raise MisfitError(f"`{attribute.id}` needs a value", nearest("", attribute.values), at)
    raise MisfitError(f"`{shortened(said)}` is no value of `{attribute.id}`", nearest(str(said), attribute.values), at)


def _bounds(attribute: Attribute, said: Any, at: KeyPath) -> Iterator[tuple[Any, int]]:
    """Yield the bounds that a quantity or a mapping of bounds sets, as (relation, inclusive integer)."""
    if not isinstance(said, dict):
        amount = _amount(attribute, said, at)
        yield "at-least", amount
        yield "at-most", amount
        return
    if not said:
        raise MisfitError(f"`{attribute.id}` sets no bound", at=at)
    for key, bound in said.items():
        if key not in _BOUNDS:
            hint = nearest(str(key), _BOUNDS)
            raise MisfitError(f"`{key}` does not fit the quantity `{attribute.id}`", hint, (*at, key), at_key=True)
        amount = _amount(attribute, bound, (*at, key))
        if key == "below" and amount == 0:
            raise MisfitError("nothing lies below 0", at=(*at, key))
        yield (
            ("at-least" if key in ("at-least", "above") else "at-most"),
            amount + {"above": 1, "below": -1}.get(key, 0),
        )


def _amount(attribute: Attribute, said: Any, at: KeyPath) -> int:
    try:
        return read_quantity(said, attribute.unit)
    except ValueError as error:
        raise MisfitError(str(error), at=at) from None


def shortened(said: Any) -> str:
    """Return something written, or its beginning where it is too long for a message."""
    text = str(said)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
