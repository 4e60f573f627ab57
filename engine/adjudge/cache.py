"""The parsed knowledge base, kept in the user's cache folder together with the files it was made from.

A cached entry is used only if it is whole, as its checksum tells, and holds exactly the files and the version of this
code that were asked for; its name is a mere checksum of them. Anything else is parsed anew. Entries are written beside
their place and moved there, so that two processes cannot disturb each other, and a folder that cannot be written costs
nothing but time.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from adjudge import __version__
from adjudge.contents import joined, read_folder
from adjudge.knowledge import Choice, Knowledge, Need, Rule, Topic
from adjudge.vocabulary import Attribute, Trait

if TYPE_CHECKING:
    from collections.abc import Iterator

KEEP = 8  # entries, the most recently written ones
_SUM = 4  # bytes at the head of an entry: the checksum of the rest

T = TypeVar("T")


class Stored(msgspec.Struct, frozen=True):
    """Knowledge as it is kept: what one evaluation may not need is decoded when it is asked for."""

    made_from: bytes
    attributes: dict[str, msgspec.Raw]
    traits: dict[str, Trait]
    choices: dict[str, msgspec.Raw]
    derivations: tuple[Rule, ...]
    needs: dict[str, msgspec.Raw]
    assumed: tuple[str, ...]
    topics: dict[str, Topic]


class Lazy(Mapping[str, T]):
    """A mapping whose values are decoded when they are first looked at."""

    def __init__(self, raw: dict[str, msgspec.Raw], kind: type[T]) -> None:
        self._raw, self._kind = raw, kind
        self._decoded: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._decoded:
            self._decoded[key] = msgspec.msgpack.decode(self._raw[key], type=self._kind)
        return self._decoded[key]

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


def load_folder(folder: Path, cache: Path | None = None) -> Knowledge:
    """Return the knowledge in a folder of rules, from the cache if it is there.

    `cache` defaults to the user's cache folder. Raises KnowledgeError if the rules are not valid.
    """
    contents = read_folder(folder)
    key = _fingerprint() + joined(contents)
    place = (cache or _default_folder()) / f"knowledge-{zlib.crc32(key):08x}.msgpack"
    found = _read(place, key)
    if found is None:
        from adjudge.loading import load  # noqa: PLC0415  (only where nothing is cached)

        found = load(contents, f"{folder}{os.sep}")
        _write(place, key, found)
    return found


def _fingerprint() -> bytes:
    """Return what changes when the code that makes the entries does."""
    with os.scandir(Path(__file__).parent) as entries:
        stamps = sorted((e.name, e.stat().st_mtime_ns, e.stat().st_size) for e in entries if e.name.endswith(".py"))
    return f"{__version__} {stamps}\n".encode()


def _default_folder() -> Path:
    named = os.environ.get("ADJUDGE_CACHE")
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415  (not needed where the folder is named)

    return Path(platformdirs.user_cache_dir("adjudge", appauthor=False))


def _read(place: Path, key: bytes) -> Knowledge | None:
    try:
        content = memoryview(place.read_bytes())
        if int.from_bytes(content[:_SUM]) != zlib.crc32(content[_SUM:]):
            return None
        found = msgspec.msgpack.decode(content[_SUM:], type=Stored)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    if found.made_from != key:
        return None
    return Knowledge(
        Lazy(found.attributes, Attribute),
        found.traits,
        Lazy(found.choices, Choice),
        found.derivations,
        Lazy(found.needs, Need),
        found.assumed,
        found.topics,
    )


def _write(place: Path, key: bytes, knowledge: Knowledge) -> None:
    def raw(mapping: Mapping[str, Any]) -> dict[str, msgspec.Raw]:
        return {name: msgspec.Raw(msgspec.msgpack.encode(value)) for name, value in mapping.items()}

    stored = Stored(
        key,
        raw(knowledge.attributes),
        dict(knowledge.traits),
        raw(knowledge.choices),
        knowledge.derivations,
        raw(knowledge.needs),
        knowledge.assumed,
        dict(knowledge.topics),
    )
    encoded = msgspec.msgpack.encode(stored)
    with contextlib.suppress(OSError):
        import tempfile  # noqa: PLC0415  (only where something is written)

        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(zlib.crc32(encoded).to_bytes(_SUM) + encoded)
            Path(temporary).replace(place)
        finally:
            Path(temporary).unlink(missing_ok=True)
        _sweep(place.parent)


def _sweep(folder: Path) -> None:
    entries = sorted(folder.glob("knowledge-*.msgpack"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in entries[KEEP:]:
        old.unlink(missing_ok=True)
