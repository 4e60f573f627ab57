"""From plain YAML values to typed entries, with every misfit at its place and in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from adjudge.errors import Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.yamlfile import KeyPath, YamlFile

T = TypeVar("T", bound=msgspec.Struct)

_PLACE = re.compile(r"(?P<what>.*) - at `\$(?P<path>(?:\.[\w-]+|\[\d+\]|\[\.\.\.\])*)`\Z", re.DOTALL)
_STEP = re.compile(r"\.([\w-]+)|\[(\d+|\.\.\.)\]")
_TYPES = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "true or false",
    "array": "a list", "object": "a mapping", "null": "nothing", "date": "a date",
}  # fmt: skip


def convert(file: YamlFile, path: KeyPath, raw: Any, kind: type[T], problems: list[Problem]) -> T | None:
    """Turn the value at `path` into a `kind`; on failure add to `problems` and return None."""
    failed = False
    while True:
        try:
            entry = msgspec.convert(raw, kind)
        except msgspec.ValidationError as error:
            what, below = _place(raw, kind, str(error))
        else:
            return None if failed else entry
        failed = True
        holder = _at(raw, below)
        unknown = re.match(r"Object contains unknown field `(.*)`\Z", what, re.DOTALL)
        if not unknown or not isinstance(holder, dict) or unknown[1] not in holder:
            problems.append(_explain(file, (*path, *below), what, kind))
            return None
        key = unknown[1]
        hint = nearest(key, _fields(kind) if not below else _all_fields(kind))
        if " " in key:  # {says: one, two} has the key `two`
            hint = "quote text that has a comma in it"
        problems.append(file.problem((*path, *below, key), f"unknown key `{key}`", hint, at_key=True))
        raw = _replaced(raw, below, {name: value for name, value in holder.items() if name != key})


def _misfit(raw: Any, kind: type) -> str:
    """Return what msgspec has against a value as a `kind`; nothing if it fits."""
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        return str(error)
    return ""


def _place(raw: Any, kind: type, message: str) -> tuple[str, KeyPath]:
    """Divide a message of msgspec's into what is wrong and where.

    Of an entry in a mapping msgspec does not tell the key (`[...]`): it is the one that is as wrong on its own.
    """
    found = _PLACE.match(message)
    if not found:
        return message, ()
    path: list[str | int] = []
    here = raw
    for name, index in _STEP.findall(found["path"]):
        step: Any = name or index
        if index == "..." and isinstance(here, dict):
            alone = (key for key in here if _misfit(_replaced(raw, tuple(path), {key: here[key]}), kind) == message)
            step = next(alone, None)
        elif index:
            step = int(index)
        if not _has(here, step):
            break
        here = here[step]
        path.append(step)
    return found["what"], tuple(path)


def _at(raw: Any, path: KeyPath) -> Any:
    """Return what stands at a path, or None."""
    for step in path:
        raw = raw[step] if _has(raw, step) else None
    return raw


def _has(raw: Any, step: Any) -> bool:
    return step in raw if isinstance(raw, dict) else isinstance(raw, list) and step in range(len(raw))


def _replaced(raw: Any, path: KeyPath, value: Any) -> Any:
    """Return a copy of a value with another value at `path`."""
    if not path:
        return value
    copy = list(raw) if isinstance(raw, list) else dict(raw)
    copy[path[0]] = _replaced(copy[path[0]], path[1:], value)  # type: ignore[index]
    return copy


def _explain(file: YamlFile, path: KeyPath, what: str, kind: type) -> Problem:
    missing = re.match(r"Object missing required field `(.*)`", what)
    if missing:
        return file.problem(path, f"`{missing[1]}` is missing here")
    wrong = re.match(r"Expected `(.*)`, got `(.*)`", what)
    if wrong:
        wanted = " or ".join(_TYPES.get(name, name) for name in wrong[1].split(" | ") if name != "null")
        return file.problem(path, f"expected {wanted}, got {_TYPES.get(wrong[2], wrong[2])}")
    enum = re.match(r"Invalid enum value '(.*)'", what)
    if enum:
        return file.problem(path, f"`{enum[1]}` is not allowed here", nearest(enum[1], _allowed(kind, path)))
    return file.problem(path, what[:1].lower() + what[1:])


def _fields(kind: type) -> tuple[str, ...]:
    return tuple(getattr(kind, "__struct_encode_fields__", ()))


def _nested(kind: Any) -> Iterator[type]:
    """Yield a struct type and all struct types inside it."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
        for hint in get_type_hints(kind).values():
            yield from _nested(hint)
    for part in get_args(kind):
        yield from _nested(part)


def _all_fields(kind: type) -> set[str]:
    return {name for one in _nested(kind) for name in _fields(one)}


def _allowed(kind: type, path: KeyPath) -> list[str]:
    """Return the words allowed at the end of `path`: those of the innermost field on it that lists its words."""
    words: dict[str, list[str]] = {}
    for one in _nested(kind):
        for field, encoded in zip(one.__struct_fields__, _fields(one), strict=True):  # type: ignore[attr-defined]
            hint = get_type_hints(one)[field]
            for part in (hint, *get_args(hint)):
                if get_origin(part) is Literal:
                    words[encoded] = list(get_args(part))
    return next((words[step] for step in reversed(path) if step in words), [])
