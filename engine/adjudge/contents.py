"""The files of a folder of rules as bytes."""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING

from adjudge.errors import InputError, KnowledgeError, Problem
from adjudge.yamlfile import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = ("vocabulary", "catalog", "decisions", "phrases")

Contents = dict[str, bytes]


def read_folder(folder: Path) -> Contents:
    """Read the YAML files of a folder of rules, by their name in it; raise KnowledgeError if there are none."""
    if not folder.is_dir():
        raise KnowledgeError(
            [Problem(str(folder), 0, 0, "is not a folder of rules", f"it has the folders {', '.join(FOLDERS)}")]
        )
    contents: Contents = {}
    problems: list[Problem] = []
    for part in FOLDERS:
        for name in _yaml_files(folder / part):
            path = f"{folder}{os.sep}{part}{os.sep}{name}"
            try:
                contents[f"{part}/{name}"] = read_bytes(path, path)
            except InputError as error:
                problems += error.problems
    if not contents and not problems:
        problems.append(Problem(str(folder), 0, 0, "holds no rules", f"YAML files in {', '.join(FOLDERS)}"))
    if problems:
        raise KnowledgeError(problems)
    return contents


def is_yaml(name: str) -> bool:
    """Tell whether a file name is that of a YAML file."""
    return name.endswith((".yaml", ".yml"))


def _yaml_files(folder: Path) -> list[str]:
    """Return the names of the YAML files right in a folder; none if there is no such folder."""
    try:
        return sorted(filter(is_yaml, os.listdir(folder)))  # noqa: PTH208  (hundreds of Path objects cost start-up)
    except OSError:
        return []


Signature = tuple[tuple[str, int, int, int], ...]


def signature(contents: Contents) -> Signature:
    """Return what tells the content of files apart: of each its name, its length and two checksums."""
    return tuple((ascii(name), len(content), *_sums(content)) for name, content in sorted(contents.items()))


def _sums(content: bytes) -> tuple[int, int]:
    return zlib.crc32(content), zlib.adler32(content)
