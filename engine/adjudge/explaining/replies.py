"""What people reply to a question, as a scenario would state it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from adjudge.errors import nearest
from adjudge.statements import MisfitError, read_statement, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.vocabulary import Attribute

_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "2")
_BOUNDS = {
    "at least": "at-least", ">=": "at-least", "≥": "at-least", "from": "at-least", "min": "at-least",
    "at most": "at-most", "<=": "at-most", "≤": "at-most", "up to": "at-most", "max": "at-most",
    "above": "above", ">": "above", "over": "above", "more than": "above",
    "below": "below", "<": "below", "under": "below", "less than": "below", "fewer than": "below",
}  # fmt: skip
_SIGNS = "|".join(sorted(map(re.escape, _BOUNDS), key=len, reverse=True))
_BOUND = re.compile(rf"\s*({_SIGNS})(?![a-z])\s*(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:between\s+)?(.+?)\s+(?:and|to)\s+(.+)", re.IGNORECASE)
_OFFERED = 4  # values that a word could mean, of which a message tells
_ARTICLE = re.compile(r"(?:an?|the) (?=.)")
_NOT = re.compile(r"(?:not|no|none of)\s+(.+)", re.IGNORECASE)


def read_reply(reply: str, attribute: Attribute, values: Sequence[str]) -> Any:
    """Return what a reply states; raise MisfitError, with a message for people, if it fits no answer.

    `values` are the ids of the values in the order in which they were offered, by whose numbers they may be called. A
    JSON string is read as its text; a JSON list or mapping is what a scenario would state.
    """
    written = _json(reply)
    text = written.strip() if isinstance(written, str) else reply.strip()
    if isinstance(written, dict | list):
        said: Any = written
    elif attribute.kind == "boolean":
        said = _truth(text)
    elif attribute.kind == "quantity":
        said = _amount(text)
    else:
        said = _choices(text, attribute, values)
    _check(attribute, said)
    return said


def unquoted(reply: str) -> str:
    """Return a reply without the quotes that it has if it is a JSON string."""
    written = _json(reply)
    return written if isinstance(written, str) else reply


def _json(reply: str) -> Any:
    """Return the text, list or mapping that a reply writes as JSON; None if it writes no such thing."""
    if reply.strip()[:1] not in ('"', "[", "{"):
        return None
    try:
        return json.loads(reply)
    except (ValueError, RecursionError):
        return None


def _check(attribute: Attribute, said: Any) -> None:
    """Raise MisfitError if no scenario could state an answer."""
    read_statement(attribute.id, said, {attribute.id: attribute})
    several = said.get("is") if isinstance(said, dict) else said
    if attribute.kind == "single" and isinstance(several, list) and len(several) > 1:
        raise MisfitError("only one of them can be so", "name one, or what it is not: `not ...`")


def _truth(text: str) -> bool:
    folded = text.casefold()
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise MisfitError(f"`{shortened(text)}` is neither yes nor no")


def _amount(text: str) -> Any:
    bound = _BOUND.fullmatch(text)
    if bound:
        return {_BOUNDS[" ".join(bound[1].lower().split())]: bound[2]}
    between = _BETWEEN.fullmatch(text)
    return {"at-least": between[1], "at-most": between[2]} if between else text


def _choices(text: str, attribute: Attribute, values: Sequence[str]) -> Any:
    """Read one value by its words, which may hold commas, or several between commas, each perhaps denied."""
    whole = _named(text, attribute, values)
    parts = [text] if len(whole) == 1 else [part.strip() for part in text.split(",") if part.strip()]
    found: dict[str, list[str]] = {"is": [], "not": []}
    for part in parts:
        denied = None if _named(part, attribute, values) else _NOT.fullmatch(part)
        kept = found["not" if denied else "is"]
        value = _value(denied[1] if denied else part, attribute, values)
        if value not in kept:
            kept.append(value)
    if not found["not"]:
        return found["is"][0] if len(found["is"]) == 1 else found["is"]
    return {key: listed for key, listed in found.items() if listed}


def _value(text: str, attribute: Attribute, values: Sequence[str]) -> str:
    found = _named(text, attribute, values)
    if len(found) == 1:
        return found[0]
    if found:
        more = " or another" if len(found) > _OFFERED else ""
        raise MisfitError(f"`{shortened(text)}` could be {' or '.join(found[:_OFFERED])}{more}")
    if text.isdecimal():
        raise MisfitError(f"there is no number {shortened(text)}", f"they go from 1 to {len(values)}")
    hint = nearest(text, [*values, *(attribute.values[one].says for one in values)])
    raise MisfitError(f"`{shortened(text)}` is none of the answers", hint if hint.startswith("did") else "")


def _named(text: str, attribute: Attribute, values: Sequence[str]) -> list[str]:
    """Return the values that a number, an id, words or the beginning of either may mean."""
    if text in values:
        return [text]
    if text.isdecimal() and 1 <= int(text) <= len(values):
        return [values[int(text) - 1]]
    meant = _bare(text)
    names = {value: (_bare(value), _bare(attribute.values[value].says)) for value in values}
    exact = [value for value, said in names.items() if meant in said]
    return exact or [value for value, said in names.items() if meant and any(one.startswith(meant) for one in said)]


def _bare(text: str) -> str:
    """Return words without what people leave out: capitals, hyphens, the article."""
    return _ARTICLE.sub("", " ".join(text.casefold().replace("-", " ").split()))
