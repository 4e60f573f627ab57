"""The files of a folder of rules as bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from adjudge.errors import InputError, KnowledgeError, Problem
from adjudge.yamlfile import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = ("vocabulary", "catalog", "decisions")

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


def _yaml_files(folder: Path) -> list[str]:
    """Return the names of the YAML files right in a folder; none if there is no such folder."""
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith((".yaml", ".yml")))  # noqa: PTH208
    except OSError:
        return []


def joined(contents: Contents) -> bytes:
    """Return all files with their names as one value that is equal only for equal files."""
    parts = []
    for name in sorted(contents):
        parts += [f"{name} {len(contents[name])}\n".encode("utf-8", "surrogateescape"), contents[name]]
    return b"".join(parts)
