"""`adjudge check` as a process: what it prints in each format, how it ends, and what it makes of hostile text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from adjudge.linting.findings import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Ran, Run

LEVELS = ("error", "warning", "note")


def check(adjudge: Run, rules: Path, *more: str) -> Ran:
    return adjudge("check", "--rules", rules, "--as-of", "2026-06-01", *more)


def mend(rules: Path) -> None:
    """Take out of the photo rules what is found in them."""
    words = rules / "vocabulary" / "words.yaml"
    for value in (
        "      - {id: shrinking, says: smaller files}\n",
        "      - {id: least-cost, says: as little money as possible}\n",
        "      - {id: computer, says: a computer of any kind}\n",
        ", broader: [computer]",
    ):
        replace(words, value, "")
    replace(rules / "decisions" / "principles.yaml", "goal: least-cost", "goal: {not: least-work}")
    replace(rules / "catalog" / "stores.yaml", "confidence: verified", 'confidence: verified, checked: "2026-01-01"')
    shown = "wait: 5 min}\n      differ"
    more = "wait: 5 min}\n        - {photos.kind: jpeg, photos.count: 20, views: 1/s}\n      differ"
    replace(rules / "decisions" / "photos.yaml", shown, more)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_findings_name_their_place_and_what_to_do(adjudge: Run, rules: Path) -> None:
    ran = check(adjudge, rules)
    assert ran.code == 1
    assert "warning: unchecked-for-a-year (1)" in ran.out
    assert KINDS["unchecked-for-a-year"].mend in " ".join(ran.out.split())
    line = next(line for line in ran.out.splitlines() if "Album Service on 2025-06-01" in line)
    assert line.startswith("  rules/catalog/stores.yaml:16:9: ")
    assert line.endswith("[album-service]")
    assert "(as of 2026-06-01)" in ran.out
    assert ran.err == ""


def test_notes_are_counted_and_listed_when_asked_for(adjudge: Run, rules: Path) -> None:
    assert "1 of recalled-only" in check(adjudge, rules).out
    listed = check(adjudge, rules, "--only", "recalled-only")
    assert "note: recalled-only (1)" in listed.out
    assert listed.code == 0
    assert check(adjudge, rules, "--only", "recalled-only", "--fail-on", "note").code == 1
    assert "note: recalled-only (1)" in check(adjudge, rules, "--fail-on", "note").out


def test_what_is_mended_is_found_no_more(adjudge: Run, rules: Path) -> None:
    mend(rules)
    ran = check(adjudge, rules)
    assert (ran.code, ran.err) == (0, ""), ran.out
    assert ran.out.startswith("1 note (as of 2026-06-01).")


def test_warnings_can_be_let_pass(adjudge: Run, rules: Path) -> None:
    assert check(adjudge, rules, "--fail-on", "error").code == 0


def test_the_day_decides(adjudge: Run, rules: Path) -> None:
    mend(rules)
    assert adjudge("check", "--rules", rules, "--as-of", "2027-01-01").code == 0
    assert adjudge("check", "--rules", rules, "--as-of", "2027-01-02").code == 1


def test_scenarios_exercise_the_rules(adjudge: Run, rules: Path) -> None:
    path = adjudge.write("one.yaml", "requirements: {photos.kind: jpeg, photos.count: 20, views: 1/s}\n")
    unexercised = "never-exercised"
    assert unexercised not in check(adjudge, rules).out
    assert unexercised in check(adjudge, rules, path).out


def test_rules_that_cannot_be_used_are_findings(adjudge: Run, rules: Path) -> None:
    replace(rules / "decisions" / "photos.yaml", "recommend: shoe-box", "recommend: shoo-box")
    ran = check(adjudge, rules)
    assert ran.code == 1
    assert "error: invalid (1)" in ran.out
    assert "rules/decisions/photos.yaml:31:16: unknown choice `shoo-box` (did you mean `shoe-box`" in ran.out
    (one,) = json.loads(check(adjudge, rules, "--format", "json", "--only", "long-file").out)["findings"]
    assert (one["code"], one["line"], one["column"]) == ("invalid", 31, 16)


def test_excuses(adjudge: Run, rules: Path) -> None:
    mend(rules)
    excuses = "excuses: [{code: recalled-only, id: catalog/stores.yaml, reason: Nobody wrote it down.}]\n"
    (rules / "excuses.yaml").write_text(excuses, encoding="utf-8")
    assert check(adjudge, rules, "--fail-on", "note").out == "Nothing found; 1 excused (as of 2026-06-01).\n"
    document = json.loads(check(adjudge, rules, "--format", "json").out)
    assert document["counts"] == {"error": 0, "warning": 0, "note": 0, "excused": 1}
    assert document["excused"][0]["excuse"] == "Nobody wrote it down."
    (rules / "excuses.yaml").write_text("excuses: 5\n", encoding="utf-8")
    assert "rules/excuses.yaml:1:10: expected a list, got a whole number" in check(adjudge, rules).out


def test_json(adjudge: Run, rules: Path) -> None:
    ran = check(adjudge, rules, "--format", "json")
    document = json.loads(ran.out)
    assert (document["schema"], document["as_of"]) == ("adjudge.check/1", "2026-06-01")
    for one in document["findings"]:
        assert one["severity"] == KINDS[one["code"]].severity
        assert all(one[key] for key in ("file", "line", "column", "id", "says", "why", "mend"))
    counted = {level: sum(one["severity"] == level for one in document["findings"]) for level in LEVELS}
    assert document["counts"] == counted | {"excused": 0}
    assert ran.code == 1


def test_sarif(adjudge: Run, rules: Path) -> None:
    excuses = "excuses: [{code: recalled-only, id: catalog/stores.yaml, reason: Nobody wrote it down.}]\n"
    (rules / "excuses.yaml").write_text(excuses, encoding="utf-8")
    log = json.loads(check(adjudge, rules, "--format", "sarif").out)
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    driver = run["tool"]["driver"]
    assert set(driver) == {"name", "semanticVersion", "rules"}
    assert [one["id"] for one in driver["rules"]] == list(KINDS)
    for rule in driver["rules"]:
        assert set(rule) == {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        assert rule["defaultConfiguration"]["level"] in LEVELS
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
    assert run["results"]
    for result in run["results"]:
        assert_sound(result, driver["rules"])
    suppressed = [one["ruleId"] for one in run["results"] if "suppressions" in one]
    assert suppressed == ["recalled-only"]


def assert_sound(result: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    """Check one result against what SARIF 2.1.0 asks for."""
    keys = {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"}
    assert set(result) - {"suppressions"} == keys
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in LEVELS
    assert result["message"]["text"]
    ((place),) = (one["physicalLocation"] for one in result["locations"])
    assert place["artifactLocation"]["uri"].startswith("rules/")
    region = place["region"]
    assert region["startLine"] >= 1
    assert 1 <= region["startColumn"] < region["endColumn"]
    assert all(isinstance(one, str) for one in result["partialFingerprints"].values())
    for one in result.get("suppressions", ()):
        assert one["kind"] in ("inSource", "external")


def test_names_of_files_become_uris(adjudge: Run, rules: Path) -> None:
    elsewhere = rules.rename(rules.parent.parent / f"{rules.parent.name}, two #1")
    log = json.loads(check(adjudge, elsewhere, "--format", "sarif").out)
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]}
    assert all(uri.startswith("file:///") and "%2C%20two%20%231/" in uri for uri in uris)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--only", "long-fil"), "--only: `long-fil` is no code of a finding (did you mean `long-file`"),
        (("--as-of", "tomorrow"), "--as-of: `tomorrow` is no date"),
        (("nowhere.yaml",), "there is no such file, folder or shipped scenario"),
        (("--rules", "nowhere"), "is not a folder of rules"),
    ],
)
def test_what_cannot_be_used(adjudge: Run, rules: Path, options: tuple[str, ...], says: str) -> None:
    ran = check(adjudge, rules, *options)
    assert ran.code == 2
    assert says in ran.err
    assert ran.out == ""


def test_hostile_text(adjudge: Run, rules: Path) -> None:
    hostile = '"[red]Box[/red] \\e[31m\\u202e :smile: \\n<b>"'
    replace(rules / "catalog" / "stores.yaml", "name: Shoe Box", f"name: {hostile}\n    aliases: [Album Service]")
    replace(rules / "catalog" / "stores.yaml", "name: Home Server", f"name: {hostile}")
    ran = check(adjudge, rules, "--only", "shared-name")
    assert "[red]box[/red] \\x1b[31m\\u202e :smile: <b>" in ran.out
    assert not {"\x1b", "\u202e"} & set(ran.out)
    for written_as in ("json", "sarif"):
        out = check(adjudge, rules, "--format", written_as).out
        assert json.loads(out)
        assert not {"\x1b", "\u202e"} & set(out)


def test_the_shipped_rules_have_no_errors(adjudge: Run) -> None:
    document = json.loads(adjudge("check", "--format", "json").out)
    assert document["counts"]["error"] == 0
    assert document["findings"]
