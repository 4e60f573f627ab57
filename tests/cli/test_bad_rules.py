"""What is wrong with a folder of rules is said at its place, underlined, and nothing is decided by it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest
from processes import PHONE_PICTURES, Run, underlined, unmark

if TYPE_CHECKING:
    from pathlib import Path


class Fault(NamedTuple):
    """A change to one file of the rules about photographs, its fault marked, and what has to be said about it."""

    file: str
    old: str
    new: str
    says: str
    hint: str = ""


def in_words(old: str, new: str, says: str, hint: str = "") -> Fault:
    return Fault("vocabulary/words.yaml", old, new, says, hint)


def in_stores(old: str, new: str, says: str, hint: str = "") -> Fault:
    return Fault("catalog/stores.yaml", old, new, says, hint)


def in_photos(old: str, new: str, says: str, hint: str = "") -> Fault:
    return Fault("decisions/photos.yaml", old, new, says, hint)


def in_space(old: str, new: str, says: str, hint: str = "") -> Fault:
    return Fault("decisions/space.yaml", old, new, says, hint)


def in_principles(old: str, new: str, says: str, hint: str = "") -> Fault:
    return Fault("decisions/principles.yaml", old, new, says, hint)


def new_choice(name: str) -> str:
    """Write a choice with an id, before the one that is called smaller-files."""
    return f"  - {{id: {name}, name: New, kind: thing, does: Nothing., sources: [A book]}}\n  - id: smaller-files"


FAULTS = {
    # names that nobody knows
    "kind of attribute": in_words("kind: single", "kind: ⟦singel⟧", "`singel` is not allowed here", "`single`"),
    "unit": in_words("unit: bytes\n", "unit: ⟦byte⟧\n", "`byte` is not allowed here", "`bytes`"),
    "key of an attribute": in_words("assume: false", "⟦asume⟧: false", "unknown key `asume`", "`assume`"),
    "comma in text": in_words(
        "says: a phone", "says: a phone, ⟦or two⟧", "unknown key `or two`", "quote text that has a comma"
    ),
    "default": in_words("assume: false", "assume: ⟦maybe⟧", "is true or false, not `maybe`"),
    "broader value": in_words(
        "[picture]}\n      - {id: jpeg", "[⟦pictures⟧]}\n      - {id: jpeg", "unknown value", "`picture`"
    ),
    "goal": in_words("goal: least-work\n", "goal: ⟦less-work⟧\n", "unknown goal `less-work`", "`least-work`"),
    "trait": in_stores("operations: {is: none", "⟦operation⟧: {is: none", "unknown trait `operation`", "`operations`"),
    "value of a trait": in_stores("is: none", "is: ⟦nome⟧", "unknown value of the trait `operations`", "`none`"),
    "key of a trait": in_stores(
        "{is: none, sources", "{is: none, ⟦source⟧: [a], sources", "unknown key `source`", "`sources`"
    ),
    "event": in_stores("event: announced", "event: ⟦anounced⟧", "`anounced` is not allowed here", "`announced`"),
    "successor": in_stores("[home-server]", "[⟦house-server⟧]", "unknown choice `house-server`", "`home-server`"),
    "served need": in_stores("serves: [keep-photos]", "serves: [⟦keep-fotos⟧]", "unknown need", "`keep-photos`"),
    "attribute of a limit": in_stores(
        "{photos.size: {at-most", "{⟦photo.size⟧: {at-most", "unknown attribute", "`photos.size`"
    ),
    "need of a topic": in_space(
        "need: free-space\n", "need: ⟦more-space⟧\n", "unknown need `more-space`", "`free-space`"
    ),
    "choice": in_photos("recommend: shoe-box", "recommend: ⟦shoebox⟧", "unknown choice `shoebox`", "`shoe-box`"),
    "choice in a list": in_photos(
        "[home-server, shoe-box]", "[home-server, ⟦shoebox⟧]", "unknown choice", "`shoe-box`"
    ),
    "attribute of a rule": in_photos(
        "when: {photos.count:", "when: {⟦photo.count⟧:", "unknown attribute", "`photos.count`"
    ),
    "value of a rule": in_photos(
        "when: {photos.kind: film}", "when: {photos.kind: ⟦fim⟧}", "`fim` is no value", "`film`"
    ),
    "derived value": in_photos(
        "derive: {need: keep-photos}", "derive: {need: ⟦kepp-photos⟧}", "is no value", "`keep-photos`"
    ),
    "step": in_space("step: smaller-files", "step: ⟦smaller-file⟧", "is no step of this ladder", "`smaller-files`"),
    "consequence": in_photos("recommend: shoe-box", "⟦recomend⟧: shoe-box", "unknown key `recomend`", "`recommend`"),
    "named like no file": in_space(
        "topic: space", "topic: ⟦room⟧", "the topic `room` is not named like its file", "`space`"
    ),
    "principle about a trait": in_principles(
        "{operations: much}", "{operations: ⟦little⟧}", "unknown value", "known: much, none, some"
    ),
    # the same thing twice
    "attribute twice": in_words(
        "  - id: line\n",
        "  - {id: ⟦views⟧, kind: boolean, question: How?}\n  - id: line\n",
        "the attribute `views` is defined twice",
        "first at",
    ),
    "value twice": in_words(
        "- {id: television",
        "- {id: ⟦phone⟧, says: a phone}\n      - {id: television",
        "the value `phone` is listed twice",
    ),
    "choice twice": in_stores(
        "  - id: smaller-files", new_choice("⟦shoe-box⟧"), "the choice `shoe-box` is defined twice", "stores.yaml:33"
    ),
    "rule twice": in_photos("id: sort-first", "id: ⟦mind-the-copies⟧", "is defined twice in this topic"),
    "key twice": in_photos(
        "title: Where", "⟦topic⟧: photos\ntitle: Where", "the key `topic` stands here twice", "first on line 1"
    ),
    # wrong types and surprises
    "no": in_words(
        "assume: false", "assume: ⟦no⟧", "means different things to different YAML readers", "true or false"
    ),
    "underscores": in_photos("photos.count: 1000,", "photos.count: ⟦1_000⟧,", "means different things"),
    "text for a list": in_photos("sources: [notes:N004]", "sources: ⟦notes:N004⟧", "expected a list, got text"),
    "number for a source": in_photos("sources: [notes:N004]", "sources: [⟦5⟧]", "expected text, got a whole number"),
    "no such day": in_photos('from: "2012-01-01"', 'from: ⟦"2012-13-01"⟧', "`2012-13-01` is no date"),
    "day in a catalog": in_stores('date: "2010-01-01"', 'date: ⟦"soon"⟧', "`soon` is no date"),
    "days the wrong way round": in_photos('until: "2098-01-01"', 'until: ⟦"2011-01-01"⟧', "holds on no day"),
    "quantity without unit": in_words(
        "kind: quantity\n    unit: share", "kind: ⟦quantity⟧", "a quantity, and nothing else, has a `unit`"
    ),
    "id in capitals": in_stores(
        "  - id: smaller-files", new_choice("⟦Smaller-Files⟧"), "`Smaller-Files` is no id", "small letters"
    ),
    "empty id": in_stores("  - id: smaller-files", new_choice("⟦''⟧"), "`` is no id"),
    # rules that say too little or too much
    "source": in_photos("sources: [notes:N004]", "sources: [⟦notes:4⟧]", "`notes:4` is no source", "notes:N123"),
    "no source": in_photos("sources: [notes:N004]", "sources: ⟦[]⟧", "needs at least one source"),
    "no reason": in_photos("because: Negatives are things, not data.", "because: ⟦' '⟧", "says nothing"),
    "no example": in_photos(
        "differ:\n        - {photos.kind: {not: film}}", "differ: ⟦[]⟧", "needs at least one example"
    ),
    "no trait": in_principles("{operations: much}", "⟦{}⟧", "names no trait"),
    "no value of a trait": in_principles("{operations: much}", "{operations: ⟦[]⟧}", "lists no value of the trait"),
    "list in a list": in_principles("{operations: much}", "{operations: ⟦[[much]]⟧}", "unknown value of the trait"),
    "no rival": in_photos("[home-server, shoe-box]", "⟦[]⟧", "names no choice"),
    "nothing derived": in_photos("derive: {need: keep-photos}", "derive: ⟦{}⟧", "derives nothing"),
    "example that does not match": in_photos(
        "- {photos.kind: raw}\n      differ", "- ⟦{photos.size: 5 GB}⟧\n      differ", "does not fire on this example"
    ),
    "example that contradicts itself": in_photos(
        "- {photos.kind: raw}\n      differ", "- ⟦{photos.kind: [raw, film]}⟧\n      differ", "this example cannot be"
    ),
    # what is no YAML, or not used of it
    "tab": in_space("title: Room", "⟦\t⟧title: Room", "not valid YAML"),
    "tag": in_space(
        "title: Room for more", "title: ⟦!!python/name:os.system Room for more⟧", "YAML tags are not used here"
    ),
    "alias": in_space("title: Room for more", "title: ⟦*room⟧", "anchors and aliases are not used here"),
}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_fault_is_named_at_its_place(adjudge: Run, rules: Path, fault: Fault) -> None:
    replace(rules / fault.file, fault.old, fault.new)
    text, line, column, marked = unmark((rules / fault.file).read_text())
    (rules / fault.file).write_text(text)
    ran = adjudge("evaluate", "--rules", "rules", "-", given=PHONE_PICTURES)
    place, shown, carets = ran.err.splitlines()
    assert place.startswith(f"rules/{fault.file}:{line}:{column}: ")
    assert fault.says in place
    assert fault.hint in place
    assert underlined(shown, carets) == marked
    assert (ran.code, ran.out) == (2, "")


CONTENTS = {
    "empty": (b"", "is empty"),
    "comments": (b"# nothing\n", "says nothing"),
    "binary": (b"a: b\x00\n", "is a binary file"),
    "not UTF-8": (b"a: \xe4\n", ":1:4: is not UTF-8 text: byte 0xe4"),
    "too large": (b"#" * 5_000_001, "is larger than 5 MB"),
    "a list": (b"- a\n", ":1:1: expected a mapping, got a list"),
    "deep": (b"choices: " + b"[" * 60 + b"]" * 60, ":1:59: is nested more than 50 levels deep"),
}


@pytest.mark.parametrize(("content", "says"), CONTENTS.values(), ids=CONTENTS)
def test_file_that_cannot_be_used(adjudge: Run, rules: Path, content: bytes, says: str) -> None:
    (rules / "catalog" / "more.yaml").write_bytes(content)
    ran = adjudge("evaluate", "--rules", "rules", "-", given=PHONE_PICTURES)
    told = ran.err.splitlines()[0]
    assert told.startswith("rules/catalog/more.yaml:")
    assert says in told
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("folder", ["nowhere", "file", "empty"])
def test_what_is_no_folder_of_rules(adjudge: Run, folder: str) -> None:
    adjudge.write("file")
    (adjudge.folder / "empty").mkdir()
    ran = adjudge("evaluate", "--rules", folder, "-", given=PHONE_PICTURES)
    assert ran.err.startswith((f"{folder}: is not a folder of rules", f"{folder}: holds no rules"))
    assert "vocabulary, catalog, decisions" in ran.err
    assert (ran.code, ran.out) == (2, "")


def test_unreadable_file(powerless: Run, rules: Path) -> None:
    (rules / "catalog" / "stores.yaml").chmod(0)
    ran = powerless("--rules", "rules", "-", given=PHONE_PICTURES)
    assert ran.err == "rules/catalog/stores.yaml: cannot be read: Permission denied\n"
    assert (ran.code, ran.out) == (2, "")


def test_all_faults_of_all_files_are_told(adjudge: Run, rules: Path) -> None:
    replace(rules / "catalog" / "stores.yaml", "[home-server]", "[house-server]")
    replace(rules / "decisions" / "photos.yaml", "recommend: shoe-box", "recommend: shoebox")
    replace(rules / "decisions" / "space.yaml", "title: Room", "title: [Room")
    ran = adjudge("evaluate", "--rules", "rules", "-", given=PHONE_PICTURES)
    places = [line.partition(" ")[0] for line in ran.err.splitlines() if not line.startswith(" ")]
    assert places == [
        "rules/catalog/stores.yaml:17:18:",
        "rules/decisions/photos.yaml:31:16:",
        "rules/decisions/space.yaml:3:8:",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("attributes:", "attributes: ["),  # no YAML at all
        ("attributes:", "atributes:"),  # nothing in the file is found
        ("kind: single", "kind: singel"),  # one attribute is not understood
        ("unit: bytes\n", "unit: byte\n"),
        ("kind: quantity\n    unit: bytes\n", "kind: quantity\n"),
    ],
)
def test_one_fault_in_the_vocabulary_is_told_once(adjudge: Run, rules: Path, old: str, new: str) -> None:
    replace(rules / "vocabulary" / "words.yaml", old, new)
    ran = adjudge("evaluate", "--rules", "rules", "-", given=PHONE_PICTURES)
    places = [line for line in ran.err.splitlines() if not line.startswith(" ")]
    assert len(places) == 1
    assert places[0].startswith("rules/vocabulary/words.yaml:")


def test_json_tells_the_faults_of_rules(adjudge: Run, rules: Path) -> None:
    replace(rules / "catalog" / "stores.yaml", "[home-server]", "[house-server]")
    ran = adjudge("evaluate", "--rules", "rules", "--format", "json", "-", given=PHONE_PICTURES)
    document = json.loads(ran.out)
    assert document["evaluations"] == []
    assert [(one["file"], one["line"]) for one in document["problems"]] == [("rules/catalog/stores.yaml", 17)]
