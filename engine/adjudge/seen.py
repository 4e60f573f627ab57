"""Whether the files of a folder are as they were when they were last read, told without reading them.

A file is taken to be unchanged if its size, its number, and the times of its last change of content and of state are
the same. No program can set the latter, but a clock ticks: files that changed shortly before they were looked at could
change again within the same tick, so nothing is concluded from those.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import msgspec

from adjudge.contents import FOLDERS, is_yaml

if TYPE_CHECKING:
    from pathlib import Path

TICK = 2 * 10**9  # nanoseconds; the coarsest clock of a file system in use

Look = tuple[tuple[str, int, int, int, int], ...]  # of each file: name, size, number, and the two times


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """How the files of a folder looked, and the cache entry that was made from them."""

    look: Look
    entry: str


def look_at(folder: Path) -> Look | None:
    """Return how the YAML files of a folder of rules look; None where that does not tell whether they change."""
    if os.name == "nt":  # the second time is that of creation there
        return None
    found = []
    newest = 0
    try:
        for part in FOLDERS:
            with os.scandir(f"{folder}/{part}") as entries:
                for entry in entries:
                    if is_yaml(entry.name):
                        stat = entry.stat()
                        newest = max(newest, stat.st_mtime_ns, stat.st_ctime_ns)
                        name = ascii(f"{part}/{entry.name}")
                        found.append((name, stat.st_size, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns))
    except OSError:
        return None
    return tuple(sorted(found)) if newest + TICK < time.time_ns() else None


def read_seen(place: Path) -> Seen | None:
    """Return what was noted at a place, or None if nothing readable is there."""
    try:
        return msgspec.msgpack.decode(place.read_bytes(), type=Seen)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
