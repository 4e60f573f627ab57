"""What `excuses.yaml` takes away, what it cannot, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lint import changed, choice, found

from adjudge.errors import KnowledgeError
from adjudge.linting.checks import looked_for
from adjudge.linting.excuses import Outcome, apply, read_excuses

if TYPE_CHECKING:
    from pathlib import Path

    from lint import Base

EXCUSE = "excuses:\n  - {code: %s, id: %s, reason: It is so.}\n"


def doubtful(base: Base) -> None:
    choice(base, 0)["aliases"] = ["Fire"]
    choice(base, 0)["sources"] = ["A book (recalled)"]


def outcome(folder: Path, excuses: str, *only: str) -> Outcome:
    (folder / "excuses.yaml").write_text(excuses, encoding="utf-8")
    return apply(found(changed(doubtful)), read_excuses(folder, "rules/"), looked_for(only))


def test_an_excused_finding_is_told_apart_with_the_reason(tmp_path: Path) -> None:
    after = outcome(tmp_path, EXCUSE % ("shared-name", "fire"))
    assert [one.code for one in after.findings] == ["recalled-only"]
    assert [(one.code, reason) for one, reason in after.excused] == [("shared-name", "It is so.")]


@pytest.mark.parametrize("excuse", [("shared-name", "coat"), ("long-file", "fire")])
def test_an_excuse_of_something_else_is_a_finding_itself(tmp_path: Path, excuse: tuple[str, str]) -> None:
    after = outcome(tmp_path, EXCUSE % excuse)
    assert [one.code for one in after.findings] == ["recalled-only", "shared-name", "unused-excuse"]
    (unused,) = (one for one in after.findings if one.code == "unused-excuse")
    assert (unused.file, unused.line, unused.id) == ("rules/excuses.yaml", 2, excuse[1])


def test_an_excuse_is_not_judged_where_its_findings_were_not_looked_for(tmp_path: Path) -> None:
    after = outcome(tmp_path, EXCUSE % ("long-file", "fire"), "shared-name", "unused-excuse")
    assert "unused-excuse" not in [one.code for one in after.findings]


def test_without_a_file_nothing_is_excused(tmp_path: Path) -> None:
    assert read_excuses(tmp_path, "") == []


@pytest.mark.parametrize(
    ("excuses", "says"),
    [
        (EXCUSE % ("shared-names", "fire"), "did you mean `shared-name`"),
        (EXCUSE % ("invalid", "fire"), "unknown code of a finding `invalid`"),
        (EXCUSE % ("unused-excuse", "fire"), "unknown code of a finding `unused-excuse`"),
        ("excuses:\n  - {code: long-file, id: fire, reason: ' '}\n", "says nothing"),
        ("excuses:\n  - {code: long-file, id: fire}\n", "`reason` is missing here"),
        ("excuse: []\n", "unknown key `excuse` (did you mean `excuses`?)"),
    ],
)
def test_what_is_wrong_with_excuses_is_told_at_its_place(tmp_path: Path, excuses: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        outcome(tmp_path, excuses)
    (problem,) = caught.value.problems
    assert says in str(problem)
    assert problem.line
