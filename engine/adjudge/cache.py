"""The parsed knowledge base, kept in the user's cache folder under the digest of the files it was read from.

A cached entry is used only if it decodes completely and carries the digest that was asked for; anything else is
parsed anew. Entries are written beside their place and moved there, so that two processes cannot disturb each
other, and a folder that cannot be written costs nothing but time.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import msgspec

from adjudge import __version__
from adjudge.knowledge import Knowledge
from adjudge.loading import digest, load, read_folder

KEEP = 8  # entries, the most recently written ones


def load_folder(folder: Path, cache: Path | None = None) -> Knowledge:
    """Return the knowledge in a folder of rules, from the cache if it is there.

    `cache` defaults to the user's cache folder. Raises KnowledgeError if the rules are not valid.
    """
    contents = read_folder(folder)
    key = digest(contents)
    place = (cache or _default_folder()) / f"knowledge-{__version__}-{key}.msgpack"
    found = _read(place, key)
    if found is None:
        found = load(contents, f"{folder}{os.sep}")
        _write(place, found)
    return found


def _default_folder() -> Path:
    named = os.environ.get("ADJUDGE_CACHE")
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415  (not needed where the folder is named)

    return Path(platformdirs.user_cache_dir("adjudge", appauthor=False))


def _read(place: Path, key: str) -> Knowledge | None:
    try:
        found = msgspec.msgpack.decode(place.read_bytes(), type=Knowledge)
    except (OSError, msgspec.MsgspecError):
        return None
    return found if found.digest == key else None


def _write(place: Path, knowledge: Knowledge) -> None:
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(msgspec.msgpack.encode(knowledge))
            Path(temporary).replace(place)
        finally:
            Path(temporary).unlink(missing_ok=True)
        _sweep(place.parent)


def _sweep(folder: Path) -> None:
    entries = sorted(folder.glob("knowledge-*.msgpack"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in entries[KEEP:]:
        old.unlink(missing_ok=True)


