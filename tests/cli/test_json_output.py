"""The JSON document: the contract `adjudge.evaluation/1` that tools rely on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import pytest
from processes import CHECKOUT, PHONE_PICTURES, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTES_DAY = "2021-12-31"
Scalar = str | bool | int | float


class Requirement(msgspec.Struct):
    attribute: str
    value: Scalar | dict[str, Scalar]
    origin: Literal["stated", "read", "derived", "assumed"]
    by: str | None
    span: tuple[int, int] | None


class Reason(msgspec.Struct, rename={"rests_on": "from"}):
    rule: str | None
    says: str
    sources: list[str]
    rests_on: list[Requirement]


class Recommended(msgspec.Struct):
    choice: str
    name: str
    because: list[Reason]
    cautions: list[Reason]


class Alternative(msgspec.Struct):
    choice: str
    verdict: Literal["beaten", "rejected", "unsupported"]
    because: list[Reason]


class Missing(msgspec.Struct):
    attribute: str
    question: str
    would_change: bool


class Decision(msgspec.Struct):
    need: str
    status: Literal["decided", "tied", "open"]
    recommended: list[Recommended]
    alternatives: list[Alternative]
    missing: list[Missing]


class Document(msgspec.Struct):
    """What the contract promises; a document may say more."""

    schema: Literal["adjudge.evaluation/1"]
    scenario: str
    as_of: str
    requirements: list[Requirement]
    decisions: list[Decision]


class Documents(msgspec.Struct):
    schema: Literal["adjudge.evaluations/1"]
    evaluations: list[Document]
    problems: list[dict[str, str | int]]


def test_document_keeps_the_contract(evaluate: Run) -> None:
    given = f"scenario: Pictures\nas_of: {NOTES_DAY}\n{PHONE_PICTURES}"
    ran = evaluate("--format", "json", "-", given=given)
    document = msgspec.json.decode(ran.out, type=Document)
    assert (document.scenario, document.as_of) == ("Pictures", NOTES_DAY)
    assert (ran.code, ran.err) == (0, "")


def test_requirements_tell_where_they_come_from(evaluate: Run) -> None:
    document = json.loads(evaluate("--format", "json", "-", given=PHONE_PICTURES).out)
    found = {(one["attribute"], str(one["value"])): (one["origin"], one["by"]) for one in document["requirements"]}
    assert found == {
        ("photos.kind", "jpeg"): ("stated", None),
        ("devices", "phone"): ("stated", None),
        ("devices", "laptop"): ("stated", None),
        ("wish.offline", "False"): ("assumed", None),
        ("need", "keep-photos"): ("derived", "photos.pictures-are-kept"),
    }


def test_decision_holds_reasons_alternatives_and_what_is_missing(evaluate: Run) -> None:
    ran = evaluate("--format", "json", "--as-of", NOTES_DAY, "-", given=PHONE_PICTURES)
    (decision,) = msgspec.json.decode(ran.out, type=Document).decisions
    assert (decision.need, decision.status) == ("keep-photos", "decided")
    album = decision.recommended[0]
    assert (album.choice, album.name) == ("album-service", "Album Service")
    assert [one.rule for one in album.because] == ["photos.the-album-shows-them-everywhere"]
    assert {(one.attribute, one.value) for one in album.because[0].rests_on} == {
        ("photos.kind", "jpeg"),
        ("devices", "phone"),
        ("devices", "laptop"),
    }
    assert album.because[0].sources == ["notes:N001"]
    assert [one.verdict for one in decision.alternatives if one.choice == "shoe-box"] == ["unsupported"]
    questions = {one.attribute: (one.question, one.would_change) for one in decision.missing}
    assert questions["line"] == ("How fast is the line?", True)


def test_closed_choice_is_rejected_with_its_date_and_successor(evaluate: Run) -> None:
    document = json.loads(evaluate("--format", "json", "--as-of", "2026-01-01", "-", given=PHONE_PICTURES).out)
    (decision,) = document["decisions"]
    (album,) = (one for one in decision["alternatives"] if one["choice"] == "album-service")
    assert album["verdict"] == "rejected"
    (reason,) = (one for one in album["because"] if one["rule"] is None)
    assert "2025-06-01" in reason["says"]
    assert "Home Server" in reason["says"]
    assert decision["before_closures"] == {"as_of": NOTES_DAY, "status": "decided", "leading": ["album-service"]}


def test_scenario_that_decides_nothing(evaluate: Run) -> None:
    ran = evaluate("--format", "json", "-", given="requirements: {photos.count: 5}\n")
    assert msgspec.json.decode(ran.out, type=Document).decisions == []
    assert ran.code == 0


def test_several_files_give_one_document(evaluate: Run) -> None:
    ran = evaluate("--format", "json", evaluate.write("b.yaml"), evaluate.write("a.yaml"))
    documents = msgspec.json.decode(ran.out, type=Documents)
    assert [one["path"] for one in json.loads(ran.out)["evaluations"]] == ["b.yaml", "a.yaml"]
    assert documents.problems == []


def test_folder_of_one_file_gives_a_document_of_several(evaluate: Run) -> None:
    evaluate.write("folder/only.yaml")
    ran = evaluate("--format", "json", "folder")
    assert len(msgspec.json.decode(ran.out, type=Documents).evaluations) == 1


@pytest.fixture(scope="module")
def shipped_documents(module_adjudge: Run) -> list[dict[str, Any]]:
    """What becomes of all shipped examples."""
    ran = module_adjudge("evaluate", CHECKOUT / "scenarios" / "examples", "--format", "json")
    assert ran.code == 0
    return json.loads(ran.out)["evaluations"]


def test_shipped_scenarios_keep_the_contract(shipped_documents: list[dict[str, Any]]) -> None:
    assert shipped_documents
    for document in shipped_documents:
        assert msgspec.convert(document, Document).decisions


EVERY_KIND = """
requirements:
  photos.kind: {is: [jpeg, picture], not: [film]}
  devices: {is: [phone, laptop], not: television}
  tried: {not: deleting}
  store.full: true
  wish.offline: {not: true}
  photos.size: {at-least: 40 GB, below: 1 TB}
  photos.count: 20
  wait: 5 min
  blurred: 0.6
  line: {above: 2 MB/s}
"""


def test_every_kind_of_requirement_can_be_written_back(evaluate: Run) -> None:
    first = json.loads(evaluate("--format", "json", "-", given=EVERY_KIND).out)
    assert len(first["decisions"]) == 2
    again = evaluate("--format", "json", "-", given=json.dumps(as_scenario(first)))
    assert json.loads(again.out) == first


def test_shipped_scenarios_can_be_written_back(module_adjudge: Run, shipped_documents: list[dict[str, Any]]) -> None:
    names = [
        module_adjudge.write(f"back-{number}.yaml", json.dumps(as_scenario(document)))
        for number, document in enumerate(shipped_documents)
    ]
    ran = module_adjudge("evaluate", "--format", "json", *names)
    assert (ran.code, ran.err) == (0, "")
    for before, after in zip(shipped_documents, json.loads(ran.out)["evaluations"], strict=True):
        assert {**after, "path": None} == {**before, "path": None}


def as_scenario(document: dict[str, Any]) -> dict[str, Any]:
    """Write what was stated as a scenario; JSON is YAML."""
    return {
        "scenario": document["scenario"],
        "as_of": document["as_of"],
        "requirements": merged(one for one in document["requirements"] if one["origin"] == "stated"),
    }


def merged(stated: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Put the requirements on one attribute together: `{is: [...], not: [...]}`, or the bounds as they are."""
    found: dict[str, Any] = {}
    for one in stated:
        name, value = one["attribute"], one["value"]
        if name not in found:
            found[name] = value
        else:
            found[name] = {key: [*_under(key, found[name]), *_under(key, value)] for key in ("is", "not")}
            found[name] = {key: values for key, values in found[name].items() if values}
    return found


def _under(key: str, value: Any) -> list[Any]:
    """Return the values that `{is: ..., not: ...}`, or a plain value, has under a key."""
    said = value.get(key, []) if isinstance(value, dict) else [value] if key == "is" else []
    return said if isinstance(said, list) else [said]
