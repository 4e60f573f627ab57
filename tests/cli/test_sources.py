"""`adjudge sources`: counts, single statements, and what is wrong."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Run

NOTES = """\
source: notes
title: Notes on photographs
statements:
  - {id: N001, kind: noise, topic: title, says: A headline.}
  - {id: N002, kind: decision, topic: sharing, says: Something that a rule says.}
  - {id: N003, kind: limit, topic: sharing, says: Something that nothing says., reading: "ERROR: it is wrong."}
"""


@pytest.fixture
def sourced(tmp_path: Path, photo_rules: Path) -> Path:
    """The small rules about photographs, with statements of which one is cited and one is not."""
    folder = tmp_path / "sourced"
    shutil.copytree(photo_rules, folder)
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "notes.yaml").write_text(NOTES, encoding="utf-8")
    catalog = next((folder / "catalog").glob("*.yaml"))
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.parent.name != "sources" and "notes:N" in text:
            path.write_text(text.replace("notes:N", "a book, page "), encoding="utf-8")
    text = catalog.read_text(encoding="utf-8")
    head, found, rest = text.partition("sources: [")
    assert found
    catalog.write_text(f"{head}{found}notes:N002, {rest}", encoding="utf-8")
    return folder


def test_missing_statements_are_listed_and_end_with_one(adjudge: Run, sourced: Path):
    ran = adjudge("sources", "--rules", sourced)
    assert ran.code == 1
    assert "2 statements: 1 encoded, 0 excused, 1 missing" in ran.out
    assert "N003" in ran.out.partition("Missing:")[2]
    assert "N001" not in ran.out


def test_an_excuse_accounts_for_a_statement(adjudge: Run, sourced: Path):
    excuse = 'source: notes\nexcused: [{id: N003, reason: "an error of the notes"}]\n'
    (sourced / "sources" / "excused.yaml").write_text(excuse, encoding="utf-8")
    ran = adjudge("sources", "--rules", sourced)
    assert (ran.code, "1 encoded, 1 excused, 0 missing" in ran.out) == (0, True)
    shown = adjudge("sources", "N003", "--rules", sourced).out
    assert "an error of the notes" in shown
    assert "ERROR: it is wrong." in shown


def test_a_statement_is_shown_with_what_rests_on_it(adjudge: Run, sourced: Path):
    ran = adjudge("sources", "notes:N002", "--rules", sourced, "--format", "json")
    document = json.loads(ran.out)
    assert (document["schema"], document["id"], document["state"]) == ("adjudge.source/1", "notes:N002", "encoded")
    assert [one["kind"] for one in document["cited_by"]] == ["choice"]


def test_the_count_for_programs_adds_up(adjudge: Run, sourced: Path):
    document = json.loads(adjudge("sources", "--rules", sourced, "--format", "json").out)
    assert document["schema"] == "adjudge.sources/1"
    for table in (document["by_kind"], document["by_topic"]):
        assert sum(sum(row.values()) for row in table.values()) == document["statements"] == 2
    assert [one["id"] for one in document["missing"]] == ["notes:N003"]


def test_a_topic_can_be_counted_alone(adjudge: Run, sourced: Path):
    assert "2 statements" in adjudge("sources", "--topic", "sharing", "--rules", sourced).out
    ran = adjudge("sources", "--topic", "shoring", "--rules", sourced)
    assert (ran.code, "sharing" in ran.err) == (2, True)


def test_what_does_not_exist_is_told_with_the_nearest(adjudge: Run, sourced: Path):
    ran = adjudge("sources", "N02", "--rules", sourced)
    assert (ran.code, ran.out) == (2, "")
    assert "N002" in ran.err


def test_a_citation_of_nothing_is_an_error(adjudge: Run, sourced: Path):
    path = sourced / "sources" / "notes.yaml"
    path.write_text(NOTES.replace("N002", "N004"), encoding="utf-8")
    ran = adjudge("sources", "--rules", sourced)
    assert ran.code == 2
    assert "there is no statement notes:N002" in ran.err


def test_a_malformed_statement_is_told_at_its_place(adjudge: Run, sourced: Path):
    path = sourced / "sources" / "notes.yaml"
    path.write_text(NOTES.replace("kind: limit", "kind: limmit"), encoding="utf-8")
    ran = adjudge("sources", "--rules", sourced)
    assert ran.code == 2
    assert "notes.yaml:6:" in ran.err
    assert "did you mean `limit`" in ran.err


def test_every_shipped_citation_names_a_statement(adjudge: Run):
    ran = adjudge("sources", "--format", "json")
    assert ran.code in (0, 1)
    assert json.loads(ran.out)["statements"] == 755
