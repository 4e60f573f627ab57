"""Other orders of what has no order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

    from bases import Files

UNORDERED = (
    "attributes", "traits", "choices", "rules", "ladders", "broader", "serves", "requires", "limits", "lifecycle",
    "when-any", "over",
)  # fmt: skip


def shuffled_files(files: Files, random: Random) -> Files:
    """Shuffle the entries of files, and deal those of the vocabulary and the catalog out to other files."""
    dealt: Files = {}
    for name, content in files.items():
        turned = _shuffled(content, random)
        folder = name.partition("/")[0]
        if folder == "phrases":
            dealt[name] = {key: dict(_permuted(list(said.items()), random)) for key, said in turned.items()}
            continue
        if folder == "decisions":
            dealt[name] = turned
            continue
        for key, entries in turned.items():
            for entry in entries:
                place = f"{folder}/{random.choice('pqr')}.yaml"
                dealt.setdefault(place, {}).setdefault(key, []).append(entry)
    return dict(_permuted(list(dealt.items()), random))


def shuffled_statements(said: dict[str, Any], random: Random) -> dict[str, Any]:
    """Shuffle what is stated, and the values of each attribute."""
    shuffled: dict[str, Any] = {}
    for name, value in _permuted(list(said.items()), random):
        lists = isinstance(value, dict) and all(isinstance(listed, list) for listed in value.values())
        shuffled[name] = (
            {k: _permuted(v, random) for k, v in _permuted(list(value.items()), random)} if lists else value
        )
    return shuffled


def _shuffled(value: Any, random: Random) -> Any:
    if isinstance(value, dict):
        found = {}
        for key, one in value.items():
            inner = _shuffled(one, random)
            if isinstance(inner, list) and (key in UNORDERED or (key == "values" and "kind" in value)):
                inner = _permuted(inner, random)
            found[key] = inner
        return found
    return [_shuffled(one, random) for one in value] if isinstance(value, list) else value


def _permuted(items: list[Any], random: Random) -> list[Any]:
    return random.sample(items, len(items))
