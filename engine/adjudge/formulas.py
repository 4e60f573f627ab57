"""Formulas that the knowledge base holds, over quantities that a scenario states: metrics, shard counts, rates.

A formula is written with the names of quantities, numbers, + - * / and parentheses, and `max`, `min`, `ceil`,
`sqrt` and `log`. A name may contain hyphens, so a minus stands between spaces. Durations count in seconds, shares
as fractions, everything else in its own unit.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from adjudge.facts import Facts
    from adjudge.vocabulary import Attribute

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+|[a-z][a-z0-9]*")
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "max": max, "min": min, "ceil": math.ceil, "sqrt": math.sqrt, "log": math.log,
}  # fmt: skip
_SCALE = {"duration": 10**6, "share": 10**6}  # smallest steps in what a formula counts in
_LONGEST = 500  # characters


class FormulaError(ValueError):
    """A formula that cannot be read, or has no value for the numbers given."""


def names(formula: str) -> tuple[str, ...]:
    """Return the quantities that a formula speaks of."""
    return tuple(dict.fromkeys(name for name in _NAME.findall(formula) if name not in _FUNCTIONS))


def check(formula: str, attributes: Mapping[str, Attribute]) -> None:
    """Raise FormulaError if a formula cannot be read or speaks of something that is no quantity."""
    for name in names(formula):
        if name not in attributes or attributes[name].kind != "quantity":
            raise FormulaError(f"`{name}` is no quantity of the vocabulary")
    _parse(formula)


def compute(formula: str, numbers: Mapping[str, float]) -> float:
    """Return a formula's value; raise FormulaError if it has none."""
    tree, places = _parse(formula)
    try:
        return _value(tree, {place: numbers[name] for place, name in places.items()})
    except KeyError as missing:
        raise FormulaError(f"`{missing.args[0]}` is not known") from None
    except (ZeroDivisionError, ValueError, OverflowError) as error:
        raise FormulaError(f"has no value here: {error}") from None


def known_numbers(wanted: Iterable[str], facts: Facts, attributes: Mapping[str, Attribute]) -> dict[str, float]:
    """Return those of the wanted quantities whose value is exactly known."""
    found = {}
    for name in wanted:
        known = facts.get(name)
        if known and known.least is not None and known.least == known.most:
            found[name] = known.least / _SCALE.get(attributes[name].unit, 1)
    return found


def _parse(formula: str) -> tuple[ast.expr, dict[str, str]]:
    """Return a formula's tree, and the quantity that each variable in it stands for."""
    if len(formula) > _LONGEST:
        raise FormulaError(f"a formula has at most {_LONGEST} characters")
    places: dict[str, str] = {}

    def place(found: re.Match[str]) -> str:
        name = found[0]
        if name in _FUNCTIONS:
            return name
        variable = f"_{list(dict.fromkeys([*places.values(), name])).index(name)}"
        places[variable] = name
        return variable

    try:
        tree = ast.parse(_NAME.sub(place, formula).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError("cannot be read as a formula") from None
    _check_tree(tree, places)
    return tree, places


def _check_tree(tree: ast.expr, places: Mapping[str, str]) -> None:
    match tree:
        case ast.BinOp(left, kind, right) if type(kind) in _OPERATORS:
            _check_tree(left, places)
            _check_tree(right, places)
        case ast.Call(ast.Name(name), args, []) if name in _FUNCTIONS and args:
            for one in args:
                _check_tree(one, places)
        case ast.Name(name) if name in places:
            pass
        case ast.Constant(value) if isinstance(value, int | float) and not isinstance(value, bool):
            pass
        case _:
            raise FormulaError("a formula has names of quantities, numbers, + - * / ( ) and max, min, ceil, sqrt, log")


def _value(tree: Any, variables: Mapping[str, float]) -> float:
    match tree:
        case ast.BinOp(left, kind, right):
            return _OPERATORS[type(kind)](_value(left, variables), _value(right, variables))
        case ast.Call(ast.Name(name), args, []):
            return _FUNCTIONS[name](*(_value(one, variables) for one in args))
        case ast.Name(name):
            return variables[name]
        case _:
            return float(tree.value)
