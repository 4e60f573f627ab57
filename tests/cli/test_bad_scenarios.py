"""What is wrong with a scenario is said at its place, underlined, with the mend; nothing is guessed."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from processes import PHONE_PICTURES, Run, underlined, unmark

EXPECT = "expect: [{need: keep-photos, status: open}]\n"


class Fault(NamedTuple):
    """A scenario with its fault marked, and what has to be said about it."""

    text: str
    says: str
    hint: str = ""


def stating(requirement: str) -> str:
    return f"scenario: Pictures\nrequirements:\n  {requirement}\n"


def expecting(expectation: str) -> str:
    return f"{PHONE_PICTURES}expect:\n  - {{{expectation}}}\n"


FAULTS = {
    # names that nobody knows
    "attribute": Fault(stating("⟦photo.kind⟧: jpeg"), "unknown attribute `photo.kind`", "did you mean `photos.kind`"),
    "value": Fault(stating("photos.kind: ⟦jpg⟧"), "`jpg` is no value of `photos.kind`", "did you mean `jpeg`"),
    "value in a list": Fault(stating("devices: [phone, ⟦laptp⟧]"), "`laptp` is no value", "did you mean `laptop`"),
    "value under not": Fault(stating("devices: {not: [⟦phon⟧]}"), "`phon` is no value", "did you mean `phone`"),
    "word beside is and not": Fault(
        stating("devices: {⟦nt⟧: phone}"), "`nt` does not fit `devices`", "{is: ..., not: ...}"
    ),
    "bound": Fault(stating("photos.size: {⟦atleast⟧: 5 GB}"), "`atleast` does not fit", "did you mean `at-least`"),
    "key": Fault(f"⟦scenarios⟧: x\n{PHONE_PICTURES}", "unknown key `scenarios`", "did you mean `scenario`"),
    "key of an expectation": Fault(expecting("need: keep-photos, ⟦state⟧: open"), "unknown key `state`", "`status`"),
    "need": Fault(expecting("need: ⟦keep-photo⟧"), "unknown need `keep-photo`", "did you mean `keep-photos`"),
    "status": Fault(expecting("need: keep-photos, status: ⟦opened⟧"), "`opened` is not allowed here", "`open`"),
    "recommended choice": Fault(
        expecting("need: keep-photos, recommended: [⟦album⟧]"), "unknown choice `album`", "`album-service`"
    ),
    "judged choice": Fault(
        expecting("need: keep-photos, verdicts: {shoe-box: beaten, ⟦shoe-boks⟧: beaten}"),
        "unknown choice",
        "`shoe-box`",
    ),
    "verdict": Fault(
        expecting("need: keep-photos, verdicts: {home-server: beaten, shoe-box: ⟦beatn⟧}"), "not allowed", "`beaten`"
    ),
    # the same thing twice
    "key twice": Fault(
        f"scenario: a\n⟦scenario⟧: b\n{PHONE_PICTURES}", "`scenario` stands here twice", "first on line 1"
    ),
    "attribute twice": Fault(stating("photos.kind: raw\n  ⟦photos.kind⟧: raw"), "stands here twice", "first on line 3"),
    "key twice in a row": Fault(stating("photos.size: {above: 1 GB, ⟦above⟧: 2 GB}"), "`above` stands here twice"),
    # words and numbers that YAML readers disagree about
    "no": Fault(stating("wish.offline: ⟦no⟧"), "means different things to different YAML readers", "true or false"),
    "On": Fault(stating("wish.offline: ⟦On⟧"), "means different things", "true or false"),
    "y": Fault(stating("wish.offline: ⟦y⟧"), "means different things", "true or false"),
    "TRUE": Fault(stating("wish.offline: ⟦TRUE⟧"), "means different things", "small letters"),
    "Null": Fault(stating("photos.kind: ⟦Null⟧"), "means different things", "small letters"),
    "underscores": Fault(stating("photos.count: ⟦1_000⟧"), "means different things", "without underscores"),
    "octal": Fault(stating("photos.count: ⟦0755⟧"), "means different things", "octal"),
    "hexadecimal": Fault(stating("photos.count: ⟦0x1F⟧"), "means different things", "decimal"),
    "base 60": Fault(stating("photos.count: ⟦12:30⟧"), "means different things", "base 60"),
    "infinity": Fault(stating("photos.count: ⟦.inf⟧"), "means different things", "finite"),
    "no such day": Fault(f"as_of: ⟦2021-02-30⟧\n{PHONE_PICTURES}", "`2021-02-30` is no date", "2021-12-31"),
    "day in words": Fault(f"as_of: ⟦31 December⟧\n{PHONE_PICTURES}", "`31 December` is no date", "2021-12-31"),
    # wrong types
    "list of requirements": Fault("requirements:\n  ⟦- photos.kind⟧\n", "expected a mapping, got a list"),
    "text for requirements": Fault("requirements: ⟦jpeg⟧\n", "expected a mapping, got text"),
    "list for a title": Fault(f"scenario: ⟦[a, b]⟧\n{PHONE_PICTURES}", "expected text, got a list"),
    "number for a title": Fault(f"scenario: ⟦2021⟧\n{PHONE_PICTURES}", "expected text, got a whole number"),
    "list for a scenario": Fault("⟦- requirements⟧\n", "expected a mapping, got a list"),
    "text for a scenario": Fault("⟦hello⟧\n", "expected a mapping, got text"),
    "text for a boolean": Fault(stating('wish.offline: ⟦"true"⟧'), "is true or false"),
    "number for a value": Fault(stating("photos.kind: ⟦5⟧"), "`5` is no value"),
    "nothing for a value": Fault(stating("photos.kind: ⟦null⟧"), "needs a value", "known: film, jpeg, picture, raw"),
    "empty list": Fault(stating("devices: ⟦[]⟧"), "lists no value"),
    "empty mapping": Fault(stating("devices: ⟦{}⟧"), "says nothing"),
    "no bound": Fault(stating("photos.size: ⟦{}⟧"), "sets no bound"),
    "list for a quantity": Fault(stating("photos.size: ⟦[5 GB]⟧"), "expected a quantity such as 50 GB"),
    "words for a quantity": Fault(stating("photos.size: ⟦a lot⟧"), "`a lot` is no quantity", ""),
    "no unit": Fault(stating("wait: ⟦5⟧"), "lacks its unit; write it like 100 ms"),
    "another unit": Fault(stating("wait: ⟦5 GB⟧"), "`GB` is no unit here; write it like 100 ms"),
    "below nothing": Fault(stating("photos.count: {below: ⟦0⟧}"), "nothing lies below 0"),
    "negative": Fault(stating("photos.count: ⟦-3⟧"), "out of range"),
    "too much": Fault(stating("photos.size: ⟦9000 EB⟧"), "not above 4 EB"),
    "no requirement": Fault("requirements: ⟦{}⟧\n", "states no requirement"),
    "no requirements": Fault("⟦scenario: x⟧\n", "`requirements` is missing here"),
    # what contradicts itself
    "two kinds": Fault(
        stating("photos.kind: ⟦[jpeg, film]⟧"),
        "contradictory requirements: photos.kind is film, and photos.kind is jpeg",
    ),
    "is and is not": Fault(stating("devices: ⟦{is: laptop, not: computer}⟧"), "contradictory requirements: devices"),
    "empty range": Fault(
        stating("photos.size: ⟦{above: 5 GB, below: 2 GB}⟧"), "photos.size is below 2 GB, and photos.size is above 5 GB"
    ),
    "a rule against a statement": Fault(
        "requirements:\n  need: {not: keep-photos}\n  photos.kind: ⟦jpeg⟧\n",
        "contradictory requirements: need cannot be both",
        "by rule photos.pictures-are-kept, see also line 2",
    ),
    # parts of YAML that are not used here
    "anchor": Fault(stating("photos.kind: ⟦&kind jpeg⟧"), "anchors and aliases are not used", "write the value out"),
    "alias": Fault(stating("photos.kind: ⟦*kind⟧"), "anchors and aliases are not used"),
    "tag": Fault(stating("photos.count: ⟦!!int '5'⟧"), "YAML tags are not used here", "remove the tag"),
    "tag that makes an object": Fault(
        stating("photos.kind: ⟦!!python/name:os.system x⟧"), "YAML tags are not used here"
    ),
    "key that is a list": Fault("requirements:\n  ? ⟦[⟧a, b]\n  : c\n", "a key must be plain text"),
    "second document": Fault(f"{PHONE_PICTURES}⟦---⟧\nscenario: x\n", "a second document starts here", "one document"),
    "depth": Fault(stating("devices: " + "[" * 48 + "⟦[⟧" + "]" * 49), "nested more than 50 levels deep"),
    # what is no YAML
    "tab": Fault("requirements:\n⟦\t⟧photos.kind: jpeg\n", "not valid YAML", "indent with spaces, not tabs"),
    "colon in text": Fault(f"scenario: a⟦:⟧ b\n{PHONE_PICTURES}", "not valid YAML", "quote text that contains `: `"),
    "control character": Fault(f"scenario: a⟦\x07⟧b\n{PHONE_PICTURES}", "the character U+0007 is not allowed in YAML"),
    "half of a surrogate pair": Fault(f'scenario: "\\u⟦d⟧800"\n{PHONE_PICTURES}', "not valid YAML", ""),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_fault_is_named_at_its_place(evaluate: Run, fault: Fault) -> None:
    text, line, column, marked = unmark(fault.text)
    ran = evaluate(evaluate.write("bad.yaml", text))
    place, shown, carets = ran.err.splitlines()
    assert place.startswith(f"bad.yaml:{line}:{column}: ")
    assert fault.says in place
    assert fault.hint in place
    assert underlined(shown, carets) == marked.replace("\x07", "\\x07")
    assert (ran.code, ran.out) == (2, "")
