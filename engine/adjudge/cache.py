"""The parsed knowledge base, kept in the user's cache folder with the signature of what it was made from.

A cached entry is used only if it is whole, as its checksum tells, and was made from exactly the files and by the
version of this code that were asked for. Anything else is parsed anew. Where the files look as they did when they were
last read (see `seen`), a note tells which entry was made from them, and they are not read again. Entries are written
beside their place and moved there, so that two processes cannot disturb each other; a folder that cannot be written
costs nothing but time.

An entry is a checksum, the length of its head, the head, and the parts of which the head tells where they are: one
evaluation looks at few of them. What only reading prose takes has an entry of its own.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from adjudge import __version__
from adjudge.contents import Signature, read_folder, signature
from adjudge.knowledge import Choice, Index, Knowledge, Need, Rule, Topic
from adjudge.seen import Seen, look_at, read_seen
from adjudge.vocabulary import Attribute, Trait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEEP = 5  # entries of each kind, the most recently written ones
_NUMBER = 4  # bytes of the checksum and of the length at the beginning of an entry

K = TypeVar("K")
T = TypeVar("T")


class Made(msgspec.Struct, frozen=True, array_like=True):
    """What an entry was made from: the files of the rules, and the files of this code."""

    version: str
    code: tuple[tuple[str, int, int], ...]
    rules: Signature


class Head(msgspec.Struct, frozen=True, array_like=True):
    """Knowledge as it is kept, with the places (start, end) of the values that are decoded when they are asked for."""

    made: Made
    traits: dict[str, Trait]
    derivations: tuple[Rule, ...]
    assumed: tuple[str, ...]
    topics: dict[str, tuple[int, int]]
    attributes: dict[str, tuple[int, int]]
    choices: dict[str, tuple[int, int]]
    needs: dict[str, tuple[int, int]]


class ProseHead(msgspec.Struct, frozen=True, array_like=True):
    """The places of what only reading prose takes, in an entry of its own: it is larger than all the rest."""

    lexicon: dict[str, tuple[int, int]]
    lessons: dict[int, tuple[int, int]]
    offers: dict[str, tuple[int, int]]
    situations: dict[str, tuple[int, int]]
    told: dict[str, tuple[int, int]]
    proposals: dict[str, tuple[int, int]]


class Lazy(Mapping[K, T]):
    """A mapping whose values are decoded when they are first looked at."""

    def __init__(self, places: dict[K, tuple[int, int]], parts: memoryview, kind: type[T]) -> None:
        self._places, self._parts, self._kind = places, parts, kind
        self._decoded: dict[K, T] = {}

    def __getitem__(self, key: K) -> T:
        if key not in self._decoded:
            start, end = self._places[key]
            self._decoded[key] = msgspec.msgpack.decode(self._parts[start:end], type=self._kind)
        return self._decoded[key]

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[K]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Prose:
    """The entry of a folder of rules that only reading prose takes, read when it is first looked at."""

    def __init__(self, place: Path, folder: Path) -> None:
        self._place, self._folder = place, folder

    @cached_property
    def mappings(self) -> tuple[Mapping[Any, Any], ...]:
        """The lexicon and the parts of the index, made anew if the entry cannot be used."""
        from adjudge.reading.likeness import Lesson, Offer, Posting  # only where prose is read
        from adjudge.reading.notation import Branch

        found = _read(self._place, ProseHead)
        if found:
            head, parts = found
            return (
                Lazy(head.lexicon, parts, Branch),
                Lazy(head.lessons, parts, Lesson),
                Lazy(head.offers, parts, Offer),
                Lazy(head.situations, parts, Posting),
                Lazy(head.told, parts, Posting),
                Lazy(head.proposals, parts, Posting),
            )
        from adjudge.loading import load  # only where nothing is cached

        knowledge = load(read_folder(self._folder), f"{self._folder}{os.sep}")
        _write(self._place, _encode_prose(knowledge))
        return _prose(knowledge)


class Asleep(Mapping[Any, Any]):
    """One of the mappings of an entry for prose, for which nothing is read before it is looked at."""

    def __init__(self, prose: Prose, number: int) -> None:
        self._prose, self._number = prose, number

    def __getitem__(self, key: Any) -> Any:
        return self._prose.mappings[self._number][key]

    def __contains__(self, key: object) -> bool:
        return key in self._prose.mappings[self._number]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._prose.mappings[self._number])

    def __len__(self) -> int:
        return len(self._prose.mappings[self._number])


def load_folder(folder: Path, cache: Path | None = None, parsing: Callable[[], None] | None = None) -> Knowledge:
    """Return the knowledge in a folder of rules, from the cache if it is there.

    `cache` defaults to the user's cache folder; `parsing` is called before the files are parsed anew. Raises
    KnowledgeError if the rules are not valid.
    """
    store = cache or _default_folder()
    code = _code()
    look = look_at(folder)
    note = store / f"folder-{zlib.crc32(os.fsencode(Path(folder).resolve())):08x}.msgpack"
    seen = read_seen(note) if look else None
    if seen and seen.look == look:
        found = _read_knowledge(store / Path(seen.entry).name, folder)
        if found and (found[0].version, found[0].code) == (__version__, code):
            return found[1]
    contents = read_folder(folder)
    made = Made(__version__, code, signature(contents))
    place = store / f"knowledge-{zlib.crc32(repr(made).encode()):08x}.msgpack"
    found = _read_knowledge(place, folder)
    if found and found[0] == made:
        knowledge = found[1]
    else:
        from adjudge.loading import load  # only where nothing is cached

        if parsing:
            parsing()
        knowledge = load(contents, f"{folder}{os.sep}")
        _write(_beside(place), _encode_prose(knowledge))
        _write(place, _encode(made, knowledge))
    if look:
        _write(note, msgspec.msgpack.encode(Seen(look, place.name)))
    return knowledge


def _code() -> tuple[tuple[str, int, int], ...]:
    """Return what changes when the code that makes the entries does."""
    found = []
    for folder in (Path(__file__).parent, Path(__file__).parent / "reading"):
        with os.scandir(folder) as entries:
            stats = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith(".py")]
        found += [(name, stat.st_mtime_ns, stat.st_size) for name, stat in stats]
    return tuple(sorted(found))


def _default_folder() -> Path:
    named = os.environ.get("ADJUDGE_CACHE")
    if named:
        return Path(named)
    import platformdirs  # not needed where the folder is named

    return Path(platformdirs.user_cache_dir("adjudge", appauthor=False))


def _beside(place: Path) -> Path:
    """Return the place of the entry for prose that belongs to an entry of knowledge."""
    return place.with_name(place.name.replace("knowledge-", "prose-", 1))


def _read(place: Path, kind: type[T]) -> tuple[T, memoryview] | None:
    """Return the head of an entry and its parts, or None if there is no whole entry."""
    try:
        content = memoryview(place.read_bytes())
        if int.from_bytes(content[:_NUMBER]) != zlib.crc32(content[_NUMBER:]):
            return None
        start = 2 * _NUMBER
        end = start + int.from_bytes(content[_NUMBER:start])
        return msgspec.msgpack.decode(content[start:end], type=kind), content[end:]
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _read_knowledge(place: Path, folder: Path) -> tuple[Made, Knowledge] | None:
    """Return what an entry was made from and the knowledge in it, or None if there is no whole entry."""
    found = _read(place, Head)
    if found is None:
        return None
    head, parts = found
    prose = Prose(_beside(place), folder)
    knowledge = Knowledge(
        Lazy(head.attributes, parts, Attribute),
        head.traits,
        Lazy(head.choices, parts, Choice),
        head.derivations,
        Lazy(head.needs, parts, Need),
        head.assumed,
        Lazy(head.topics, parts, Topic),
        Asleep(prose, 0),
        Index(*(Asleep(prose, number) for number in range(1, 6))),
    )
    return head.made, knowledge


class _Parts:
    """Encoded values, one after the other."""

    def __init__(self) -> None:
        self.encoded = bytearray()

    def add(self, mapping: Mapping[K, Any]) -> dict[K, tuple[int, int]]:
        """Add the values of a mapping; return the places where they are."""
        places = {}
        for name, value in mapping.items():
            start = len(self.encoded)
            self.encoded.extend(msgspec.msgpack.encode(value))
            places[name] = (start, len(self.encoded))
        return places

    def entry(self, head: Head | ProseHead) -> bytes:
        """Return the whole entry."""
        encoded = msgspec.msgpack.encode(head)
        rest = len(encoded).to_bytes(_NUMBER) + encoded + self.encoded
        return zlib.crc32(rest).to_bytes(_NUMBER) + rest


def _encode(made: Made, knowledge: Knowledge) -> bytes:
    parts = _Parts()
    head = Head(
        made,
        dict(knowledge.traits),
        knowledge.derivations,
        knowledge.assumed,
        parts.add(knowledge.topics),
        parts.add(knowledge.attributes),
        parts.add(knowledge.choices),
        parts.add(knowledge.needs),
    )
    return parts.entry(head)


def _encode_prose(knowledge: Knowledge) -> bytes:
    parts = _Parts()
    return parts.entry(ProseHead(*map(parts.add, _prose(knowledge))))


def _prose(knowledge: Knowledge) -> tuple[Mapping[Any, Any], ...]:
    index = knowledge.index
    return knowledge.lexicon, index.lessons, index.offers, index.situations, index.told, index.proposals


def _write(place: Path, encoded: bytes) -> None:
    """Write a file of the cache if that can be done."""
    with contextlib.suppress(OSError):
        import tempfile  # only where something is written

        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(encoded)
            Path(temporary).replace(place)
        finally:
            Path(temporary).unlink(missing_ok=True)
        _sweep(place.parent)


def _sweep(folder: Path) -> None:
    for kind in ("knowledge", "prose", "folder"):
        entries = sorted(folder.glob(f"{kind}-*.msgpack"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in entries[KEEP:]:
            old.unlink(missing_ok=True)
