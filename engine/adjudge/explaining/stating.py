"""Statements as a scenario writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.facts import gather
from adjudge.quantities import show_quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from adjudge.facts import Known, Requirement
    from adjudge.vocabulary import Attribute


def listed(said: Any) -> list[Any]:
    """Return the values that a statement lists as true."""
    if isinstance(said, dict):
        said = said.get("is", [])
    return list(said) if isinstance(said, list | tuple) else [said]


def merged(attribute: Attribute, old: Any, new: Any) -> Any:
    """Return a statement with one that says some of it more precisely."""
    said, denied = listed(new), new.get("not", []) if isinstance(new, dict) else []
    kept = [one for one in listed(old) if not set(said) & set(attribute.narrower.get(one, ()))]
    out = [*(old.get("not", []) if isinstance(old, dict) else []), *(denied if isinstance(denied, list) else [denied])]
    values = list(dict.fromkeys([*kept, *said]))
    if out:
        return {"is": values, "not": list(dict.fromkeys(out))}
    return values[0] if len(values) == 1 else values


def statements(attributes: Mapping[str, Attribute], known: Iterable[Requirement]) -> dict[str, Any]:
    """Write requirements as a scenario states them, each attribute once."""
    known = list(known)
    facts = gather(known, attributes)
    return {
        name: _single([one for one in known if one.attribute == name]) or _statement(attributes[name], facts[name])
        for name in dict.fromkeys(one.attribute for one in known)
    }


def _single(said: list[Requirement]) -> Any:
    """Return what was said where that is one thing, so that it stays as it was written; else None."""
    return said[0].value if len(said) == 1 and not isinstance(said[0].value, bool) else None


def _statement(attribute: Attribute, known: Known) -> Any:
    if attribute.kind == "boolean":
        return known.true == ("true",)
    if attribute.kind == "quantity":
        bounds = {"at-least": known.least, "at-most": known.most}
        return {key: show_quantity(bound, attribute.unit) for key, bound in bounds.items() if bound is not None}
    return {key: list(values) for key, values in (("is", known.true), ("not", known.false)) if values}
