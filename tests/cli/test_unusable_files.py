"""Files that cannot be read at all, and what becomes of everything else that was given."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from processes import PHONE_PICTURES, Run

MEGABYTES = 5_000_000

CONTENTS = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n", "is empty"),
    "byte order mark": (b"\xef\xbb\xbf", "is empty"),
    "comments": (b"# nothing\n", "says nothing"),
    "null": (b"null\n", "says nothing"),
    "binary": (b"\x7fELF\x00\x01", "is a binary file, not text"),
    "UTF-16": ("requirements: {}".encode("utf-16"), "is a binary file, not text"),
    "too large": (b"# " + b"x" * MEGABYTES, "is larger than 5 MB"),
}


@pytest.mark.parametrize(("content", "says"), CONTENTS.values(), ids=CONTENTS)
def test_file_that_is_no_text(evaluate: Run, content: bytes, says: str) -> None:
    ran = evaluate(evaluate.write("bad.yaml", content))
    assert ran.err.splitlines()[0].startswith("bad.yaml:")
    assert says in ran.err.splitlines()[0]
    assert (ran.code, ran.out) == (2, "")


def test_file_of_exactly_five_megabytes_is_read(evaluate: Run) -> None:
    comment = b"#" * (MEGABYTES - len(PHONE_PICTURES) - 1) + b"\n"
    assert evaluate(evaluate.write("large.yaml", comment + PHONE_PICTURES.encode())).code == 0


def test_byte_that_is_not_utf8(evaluate: Run) -> None:
    ran = evaluate(evaluate.write("bad.yaml", b"scenario: a\nrequirements: {k\xc3\xa4se: \xff}\n"))
    place, shown, carets = ran.err.splitlines()
    assert place.startswith("bad.yaml:2:22: is not UTF-8 text: byte 0xff (save the file as UTF-8)")
    assert shown[carets.index("^")] == "\N{REPLACEMENT CHARACTER}"
    assert ran.code == 2


def test_aliases_that_explode_are_not_expanded(evaluate: Run) -> None:
    doubled = "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in pairwise("abcdefghi"))
    bomb = f"a: &a [x, x]\n{doubled}"
    ran = evaluate(evaluate.write("bomb.yaml", bomb))
    assert ran.err.startswith("bomb.yaml:1:4: YAML anchors and aliases are not used here")
    assert ran.code == 2


def test_missing_file_with_a_similar_neighbour(evaluate: Run) -> None:
    evaluate.write("pictures.yaml")
    ran = evaluate("picture.yaml")
    assert ran.err == (
        "picture.yaml: there is no such file, folder or shipped scenario (did you mean `pictures.yaml`?)\n"
    )
    assert (ran.code, ran.out) == (2, "")


def test_misspelt_name_of_a_shipped_scenario(adjudge: Run) -> None:
    assert "did you mean `click-log-sql`" in adjudge("evaluate", "click-logs-sql").err


def test_name_that_is_too_long_for_any_file(evaluate: Run) -> None:
    ran = evaluate("x" * 5000)
    assert ran.err.endswith(": cannot be read: File name too long\n")
    assert ran.code == 2


def test_folder_without_scenarios(evaluate: Run) -> None:
    evaluate.write("folder/readme.txt")
    ran = evaluate("folder")
    assert ran.err == "folder: is a folder without scenarios (they are *.yaml files)\n"
    assert (ran.code, ran.out) == (2, "")


def test_unreadable_file(powerless: Run) -> None:
    name = powerless.write("secret.yaml")
    (powerless.folder / name).chmod(0)
    ran = powerless(name)
    assert ran.err == "secret.yaml: cannot be read: Permission denied\n"
    assert (ran.code, ran.out) == (2, "")


def test_file_in_an_unreadable_folder(powerless: Run) -> None:
    name = powerless.write("secret/pictures.yaml")
    (powerless.folder / "secret").chmod(0)
    ran = powerless(name)
    (powerless.folder / "secret").chmod(0o700)
    assert ran.err == "secret/pictures.yaml: cannot be read: Permission denied\n"
    assert ran.code == 2


def test_one_bad_file_among_many(evaluate: Run) -> None:
    for name in ("a.yaml", "c.yaml", "deep/d.yml"):
        evaluate.write(f"many/{name}", f"scenario: Title of {name}\n{PHONE_PICTURES}")
    evaluate.write("many/b.yaml", "requirements: {photos.kind: jpg}\n")
    ran = evaluate("many")
    assert [name for name in ("a.yaml", "c.yaml", "deep/d.yml") if f"Title of {name}" in ran.out] == [
        "a.yaml",
        "c.yaml",
        "deep/d.yml",
    ]
    assert ran.err.startswith("many/b.yaml:1:29: `jpg` is no value of `photos.kind`")
    assert ran.code == 2


def test_all_faults_of_all_files_are_told_in_reading_order(evaluate: Run) -> None:
    evaluate.write("a.yaml", "requirements:\n  photos.size: huge\n  photo.kind: raw\n  devices: phon\nexpekt: []\n")
    evaluate.write("b.yaml", "requirements: [\n")
    ran = evaluate("a.yaml", "nowhere.yaml", "b.yaml")
    places = [line.partition(" ")[0] for line in ran.err.splitlines() if not line.startswith(" ")]
    assert places == ["nowhere.yaml:", "a.yaml:2:16:", "a.yaml:3:3:", "a.yaml:4:12:", "a.yaml:5:1:", "b.yaml:2:1:"]
    assert ran.code == 2


def test_json_tells_the_faults_beside_the_evaluations(evaluate: Run) -> None:
    evaluate.write("a.yaml", "requirements: {photo.kind: raw}\n")
    ran = evaluate("a.yaml", evaluate.write("b.yaml"), "c.yaml", "--format", "json")
    document = json.loads(ran.out)
    assert document["schema"] == "adjudge.evaluations/1"
    assert [one["path"] for one in document["evaluations"]] == ["b.yaml"]
    assert sorted((one["file"], one["line"], one["column"]) for one in document["problems"]) == [
        ("a.yaml", 1, 16),
        ("c.yaml", 0, 0),
    ]
    assert all(one["message"] and isinstance(one["hint"], str) for one in document["problems"])
    assert ran.code == 2


@pytest.mark.parametrize("argument", ["bad.yaml", "nowhere.yaml", "folder"])
def test_json_is_one_document_even_if_nothing_can_be_evaluated(evaluate: Run, argument: str) -> None:
    evaluate.write("bad.yaml", "requirements: {photo.kind: raw}\n")
    (evaluate.folder / "folder").mkdir()
    ran = evaluate(argument, "--format", "json")
    document = json.loads(ran.out)
    assert document["evaluations"] == []
    assert [one["file"] for one in document["problems"]] == [argument]
    assert ran.err.startswith(argument)
    assert ran.code == 2
