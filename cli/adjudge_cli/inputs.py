"""Finding the scenarios that the arguments of a command name."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from adjudge.errors import Problem, ScenarioError, nearest
from adjudge.paths import scenarios_folder
from adjudge.yamlfile import MAX_BYTES, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUFFIXES = (".yaml", ".yml")


class Input(NamedTuple):
    """One scenario to read: what it is called, and its file (None for standard input)."""

    name: str
    path: Path | None

    def read(self) -> bytes:
        """Return its bytes, at most one more than may be; raise InputError if that cannot be done."""
        if self.path is None:
            return standard_input(self.name)
        return read_bytes(self.path, self.name)


def standard_input(name: str) -> bytes:
    """Return what is given on standard input, at most one byte more than may be; raise InputError if it cannot be."""
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except AttributeError:  # there is none
        raise ScenarioError([Problem(name, 0, 0, "cannot be read: it is closed")]) from None
    except OSError as error:
        raise ScenarioError([Problem(name, 0, 0, f"cannot be read: {error.strerror or error}")]) from None


def find(arguments: Iterable[str], suffixes: Sequence[str] = SUFFIXES) -> tuple[list[Input], list[Problem]]:
    """Return the scenarios that files, folders, shipped names and `-` stand for, and what cannot be found.

    Of folders the files with the suffixes are meant.
    """
    found: list[Input] = []
    problems: list[Problem] = []
    for argument in arguments:
        try:
            found += _find(argument, suffixes)
        except ScenarioError as error:
            problems += error.problems
    return list(dict.fromkeys(found)), problems


def _find(argument: str, suffixes: Sequence[str]) -> list[Input]:
    if argument == "-":
        return [Input("standard input", None)]
    path = Path(argument)
    try:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix in suffixes and p.is_file())
            if not inside:
                raise ScenarioError([Problem(argument, 0, 0, "is a folder without scenarios", "they are *.yaml files")])
            return [Input(str(one), one) for one in inside]
        if path.exists():
            return [Input(argument, path)]
    except (OSError, ValueError) as error:
        raise ScenarioError(
            [Problem(argument, 0, 0, f"cannot be read: {getattr(error, 'strerror', None) or error}")]
        ) from None
    for folder, name in _shipped_files():
        if name == f"{argument}.yaml":
            return [Input(argument, Path(folder, name))]
    hint = nearest(path.stem, [*shipped(), *_neighbours(path)])
    raise ScenarioError([Problem(argument, 0, 0, "there is no such file, folder or shipped scenario", hint)])


def shipped() -> dict[str, Path]:
    """Return the files of the shipped scenarios by their names."""
    return dict(sorted((name.removesuffix(".yaml"), Path(folder, name)) for folder, name in _shipped_files()))


def _shipped_files() -> Iterator[tuple[str, str]]:
    """Yield folder and name of each file of the shipped scenarios."""
    for folder, _, names in os.walk(scenarios_folder()):
        yield from ((folder, name) for name in names if name.endswith(".yaml"))


def _neighbours(path: Path) -> list[str]:
    try:
        return [one.name for one in path.parent.iterdir()][:1000]
    except OSError:
        return []
