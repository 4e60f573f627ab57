"""The cache never changes what is known: a hit equals a fresh load, and everything else is loaded afresh."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adjudge import cache, loading
from adjudge.cache import KEEP, load_folder
from adjudge.errors import KnowledgeError
from adjudge.paths import rules_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from adjudge.knowledge import Knowledge


def plain(knowledge: Knowledge) -> dict[str, Any]:
    """Return all fields as plain values, so that they can be compared one by one."""
    found = msgspec.structs.asdict(knowledge)
    return {
        name: dict(value) if name in ("attributes", "traits", "choices", "needs", "topics", "lexicon") else value
        for name, value in found.items()
    }


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes every load that the cache did not spare."""
    noted: list[str] = []
    load = loading.load

    def noting(contents: Any, prefix: str = "") -> Knowledge:
        noted.append(prefix)
        return load(contents, prefix)

    monkeypatch.setattr(loading, "load", noting)
    return noted


def entries(store: Path) -> list[Path]:
    return sorted(store.glob("knowledge-*"))


def test_hit_equals_a_fresh_load_field_by_field(rules: Path, store: Path, photos: Knowledge, loads: list[str]) -> None:
    load_folder(rules, store)
    hit = load_folder(rules, store)
    assert len(loads) == 1
    for name, value in plain(photos).items():
        assert plain(hit)[name] == value, name
    assert list(hit.attributes) == list(photos.attributes)
    assert list(hit.needs) == list(photos.needs)


def test_hit_equals_a_fresh_load_of_the_shipped_rules(store: Path, shipped: Knowledge) -> None:
    load_folder(rules_folder(), store)
    assert plain(load_folder(rules_folder(), store)) == plain(shipped)


def test_mappings_of_a_hit_behave_like_mappings(rules: Path, store: Path) -> None:
    load_folder(rules, store)
    attributes = load_folder(rules, store).attributes
    assert "need" in attributes
    assert "nothing" not in attributes
    assert len(attributes) == len(list(attributes))
    assert attributes["need"] is attributes["need"]
    with pytest.raises(KeyError):
        attributes["nothing"]


def change_text(rules: Path) -> None:
    path = rules / "decisions" / "space.yaml"
    path.write_text(path.read_text().replace("costs nothing but", "costs no more than"))


def change_one_byte_and_no_time(rules: Path) -> None:
    path = rules / "decisions" / "space.yaml"
    before = path.stat()
    path.write_text(path.read_text().replace("an evening", "in evening"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def add_a_file(rules: Path) -> None:
    (rules / "decisions" / "more.yaml").write_text("{topic: more, title: More, settles: What more?}\n")


def remove_a_file(rules: Path) -> None:
    (rules / "decisions" / "principles.yaml").unlink()


def rename_a_file(rules: Path) -> None:
    (rules / "catalog" / "stores.yaml").rename(rules / "catalog" / "choices.yaml")


def move_text_between_files(rules: Path) -> None:
    words = rules / "vocabulary" / "words.yaml"
    attributes, _, traits = words.read_text().partition("traits:")
    words.write_text(attributes)
    (rules / "vocabulary" / "words2.yaml").write_text(f"traits:{traits}")


@pytest.mark.parametrize(
    "change",
    [change_text, change_one_byte_and_no_time, add_a_file, remove_a_file, rename_a_file, move_text_between_files],
)
def test_any_change_of_the_rules_is_noticed(
    rules: Path, store: Path, loads: list[str], change: Callable[[Path], None]
) -> None:
    load_folder(rules, store)
    change(rules)
    changed = load_folder(rules, store)
    assert len(loads) == 2
    assert plain(load_folder(rules, store)) == plain(changed)
    assert len(loads) == 2


def test_change_is_part_of_what_is_known(rules: Path, store: Path) -> None:
    load_folder(rules, store)
    change_text(rules)
    assert "It costs no more than an evening." in str(plain(load_folder(rules, store))["needs"])


def test_rules_changed_back_are_found_again(rules: Path, photo_rules: Path, store: Path, loads: list[str]) -> None:
    load_folder(rules, store)
    change_text(rules)
    load_folder(rules, store)
    load_folder(photo_rules, store)  # the same files in another folder
    assert len(loads) == 2


def test_change_of_the_code_is_noticed(
    rules: Path, store: Path, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_folder(rules, store)
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    load_folder(rules, store)
    assert len(loads) == 2


def test_rules_with_faults_are_never_cached(rules: Path, store: Path) -> None:
    (rules / "decisions" / "more.yaml").write_text("topic: other\n")
    for _ in range(2):
        with pytest.raises(KnowledgeError, match=r"more\.yaml:1:1"):
            load_folder(rules, store)
    assert entries(store) == []


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "one byte": lambda content: content[:1],
    "cut in half": lambda content: content[: len(content) // 2],
    "cut by one": lambda content: content[:-1],
    "one byte more": lambda content: content + b"\0",
    "zeroes": lambda content: bytes(len(content)),
    "text": lambda _: b"{}",
    "another value": lambda _: msgspec.msgpack.encode({"made_from": b"", "attributes": []}),
    "deep": lambda _: b"\x91" * 200_000,
    "deep inside": lambda _: b"\x81\xa1x" + b"\x91" * 200_000 + b"\xc0",
    "huge": lambda _: b"\xdd\xff\xff\xff\xff",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_entry_is_made_anew(
    rules: Path, store: Path, photos: Knowledge, loads: list[str], damage: Callable[[bytes], bytes]
) -> None:
    load_folder(rules, store)
    (entry,) = entries(store)
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert plain(load_folder(rules, store)) == plain(photos)
    assert len(loads) == 2
    assert entry.read_bytes() == whole


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_flipped_bit_changes_what_is_known(rules: Path, store: Path, photos: Knowledge, data: st.DataObject) -> None:
    load_folder(rules, store)
    (entry,) = entries(store)
    content = bytearray(entry.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    entry.write_bytes(content)
    assert plain(load_folder(rules, store)) == plain(photos)


def test_entry_of_other_rules_under_the_same_name_is_not_used(
    rules: Path, store: Path, photos: Knowledge, loads: list[str]
) -> None:
    load_folder(rules, store)
    (entry,) = entries(store)
    change_text(rules)
    load_folder(rules, store)
    (other,) = (path for path in entries(store) if path != entry)
    entry.write_bytes(other.read_bytes())  # as if the checksums in their names were the same
    loads.clear()
    path = rules / "decisions" / "space.yaml"
    path.write_text(path.read_text().replace("costs no more than", "costs nothing but"))
    assert plain(load_folder(rules, store)) == plain(photos)
    assert len(loads) == 1


def test_folder_that_is_a_file(rules: Path, store: Path, photos: Knowledge) -> None:
    store.write_text("not a folder")
    assert plain(load_folder(rules, store)) == plain(photos)
    assert plain(load_folder(rules, store / "below")) == plain(photos)
    assert store.read_text() == "not a folder"


def test_folder_that_cannot_be_written(
    rules: Path, store: Path, photos: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert plain(load_folder(rules, store)) == plain(photos)
    assert entries(store) == []


def test_disk_that_is_full(rules: Path, store: Path, photos: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    assert plain(load_folder(rules, store)) == plain(photos)
    assert list(store.iterdir()) == []


def test_folder_is_made_with_its_parents(rules: Path, store: Path) -> None:
    load_folder(rules, store / "deep" / "down")
    assert len(entries(store / "deep" / "down")) == 1


def test_only_the_latest_entries_are_kept(rules: Path, store: Path, loads: list[str]) -> None:
    (store / "deep").mkdir(parents=True)
    (store / "other.txt").write_text("not ours")
    space = rules / "decisions" / "space.yaml"
    text = space.read_text()
    for number in range(KEEP + 3):
        space.write_text(text.replace("Room for more", f"Room for {number}"))
        load_folder(rules, store)
        for entry in entries(store):  # as if time went by
            os.utime(entry, ns=(0, entry.stat().st_mtime_ns - 10**9))
    assert len(entries(store)) == KEEP
    load_folder(rules, store)
    assert len(loads) == KEEP + 3  # the latest was among those kept
    assert (store / "other.txt").exists()


def test_place_comes_from_the_environment(rules: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADJUDGE_CACHE", str(store))
    load_folder(rules)
    assert len(entries(store)) == 1


def test_place_is_the_users_cache_folder_by_default(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADJUDGE_CACHE", raising=False)
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name, **_: str(tmp_path / "user" / name))
    load_folder(rules)
    assert len(entries(tmp_path / "user" / "adjudge")) == 1


def test_processes_that_write_at_once_do_not_disturb_each_other(rules: Path, store: Path, photos: Knowledge) -> None:
    script = """
import sys
from pathlib import Path
from adjudge.cache import load_folder
sys.stdin.readline()
for _ in range(10):
    for entry in Path(sys.argv[2]).glob("knowledge-*"):
        entry.unlink(missing_ok=True)
    knowledge = load_folder(Path(sys.argv[1]), Path(sys.argv[2]))
    assert len(dict(knowledge.attributes)) == 13 and len(dict(knowledge.needs)) == 2
"""
    processes = [
        subprocess.Popen([sys.executable, "-c", script, rules, store], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for process in processes:  # all of them wait for this line
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    ends = [process.communicate(timeout=60) for process in processes]
    assert [(process.returncode, err) for process, (_, err) in zip(processes, ends, strict=True)] == [(0, b"")] * 4
    assert plain(load_folder(rules, store)) == plain(photos)
    assert [
        path.name for path in store.iterdir() if not path.name.startswith(("knowledge-", "prose-", "folder-"))
    ] == []


@pytest.mark.parametrize("damage", ["gone", "cut", "changed"])
def test_what_prose_takes_is_made_anew_where_its_entry_cannot_be_used(
    rules: Path, store: Path, photos: Knowledge, loads: list[str], damage: str
) -> None:
    load_folder(rules, store)
    [entry] = store.glob("prose-*")
    content = entry.read_bytes()
    if damage == "gone":
        entry.unlink()
    else:
        entry.write_bytes(content[: len(content) // 2] if damage == "cut" else content[:-1] + b"x")
    hit = load_folder(rules, store)
    assert len(loads) == 1  # for nobody has read prose yet
    assert dict(hit.lexicon) == dict(photos.lexicon)
    assert dict(hit.index.situations) == dict(photos.index.situations)
    assert dict(hit.index.offers) == dict(photos.index.offers)
    assert len(loads) == 2
    again = load_folder(rules, store)
    assert dict(again.lexicon) == dict(photos.lexicon)
    assert len(loads) == 2
