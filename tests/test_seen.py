"""Files are not read again while they look the same, and any change of them is noticed all the same."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from adjudge import cache, contents, seen
from adjudge.cache import load_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Notes every time the files of a folder are read."""
    noted: list[Path] = []

    def noting(folder: Path) -> Any:
        noted.append(folder)
        return contents.read_folder(folder)

    monkeypatch.setattr(cache, "read_folder", noting)
    return noted


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes every file to have been changed long ago."""
    monkeypatch.setattr(seen, "TICK", -(10**18))


@pytest.mark.usefixtures("old")
def test_files_that_look_the_same_are_not_read_again(rules: Path, tmp_path: Path, reads: list[Path]) -> None:
    first = load_folder(rules, tmp_path / "cache")
    again = load_folder(rules, tmp_path / "cache")
    assert len(reads) == 1
    assert dict(first.choices) == dict(again.choices)


def test_files_that_changed_just_now_are_read_again(rules: Path, tmp_path: Path, reads: list[Path]) -> None:
    for path in rules.rglob("*.yaml"):
        path.touch()
    load_folder(rules, tmp_path / "cache")
    load_folder(rules, tmp_path / "cache")
    assert len(reads) == 2


def change_one_byte_and_no_time(path: Path) -> None:
    before = path.stat()
    path.write_text(path.read_text().replace("an evening", "in evening"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def put_another_file_in_its_place(path: Path) -> None:
    before = path.stat()
    other = path.with_suffix(".new")
    other.write_text(path.read_text().replace("an evening", "in evening"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("change", [change_one_byte_and_no_time, put_another_file_in_its_place])
def test_a_change_that_leaves_size_and_time_is_noticed(
    rules: Path, tmp_path: Path, reads: list[Path], change: Callable[[Path], None]
) -> None:
    load_folder(rules, tmp_path / "cache")
    change(rules / "decisions" / "space.yaml")
    changed = load_folder(rules, tmp_path / "cache")
    assert len(reads) == 2
    assert any("in evening" in rule.because for need in changed.needs.values() for rule in need.rules)


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("damage", [b"", b"\x91" * 100_000, b"\x92\x90\xa5other"])
def test_a_note_that_leads_nowhere_is_not_followed(
    rules: Path, tmp_path: Path, reads: list[Path], damage: bytes
) -> None:
    first = load_folder(rules, tmp_path / "cache")
    (note,) = (tmp_path / "cache").glob("folder-*")
    note.write_bytes(damage)
    assert dict(load_folder(rules, tmp_path / "cache").choices) == dict(first.choices)
    assert len(reads) == 2


@pytest.mark.usefixtures("old")
def test_a_lost_entry_is_made_again(rules: Path, tmp_path: Path, reads: list[Path]) -> None:
    load_folder(rules, tmp_path / "cache")
    for entry in (tmp_path / "cache").glob("knowledge-*"):
        entry.unlink()
    load_folder(rules, tmp_path / "cache")
    assert len(reads) == 2
