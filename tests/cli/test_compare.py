"""`adjudge compare`: as a table for people, as Markdown to paste, as JSON, with and without a scenario."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from processes import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Run

CLICKS = ("click-log-sql", "athena", "redshift-spectrum")


def document(adjudge: Run, *arguments: str) -> dict[str, Any]:
    ran = adjudge("compare", *arguments, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_a_comparison_agrees_with_the_evaluation(adjudge: Run) -> None:
    compared = document(adjudge, *CLICKS)
    assert compared["schema"] == "adjudge.comparison/1"
    (one,) = compared["comparisons"]
    evaluated = json.loads(adjudge("evaluate", "click-log-sql", "--format", "json").out)
    (decision,) = (each for each in evaluated["decisions"] if each["need"] == one["need"])
    verdicts = {each["choice"]: "recommended" for each in decision["recommended"]}
    verdicts |= {each["choice"]: each["verdict"] for each in decision["alternatives"]}
    assert one["verdicts"] == {choice: verdicts[choice] for choice in CLICKS[1:]}
    assert one["better"] == decision["recommended"][0]["choice"] == "athena"


def test_text_and_markdown_say_what_json_says(adjudge: Run) -> None:
    (one,) = document(adjudge, *CLICKS)["comparisons"]
    shown = " ".join(adjudge("compare", *CLICKS).out.split())
    markdown = adjudge("compare", *CLICKS, "--format", "markdown").out
    assert one["sums_up"] in shown
    assert markdown.rstrip().endswith(one["sums_up"])
    for point in one["points"]:
        assert point["says"] in markdown
        assert all(source in markdown for source in point["sources"])
    for trait in one["traits"]:
        assert re.search(trait["says"], markdown, re.IGNORECASE)


def test_markdown_is_one_table_and_the_sentence(adjudge: Run) -> None:
    lines = adjudge("compare", *CLICKS, "--format", "markdown").out.splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert lines[: len(table)] == table
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {4}
    assert [bool(line) for line in lines[len(table) :]] == [False, True]


def test_the_table_in_the_docs_is_what_the_command_prints(adjudge: Run) -> None:
    page = (CHECKOUT / "docs/compare.md").read_text(encoding="utf-8")
    command, table = re.search(r"`adjudge (compare .*?)`:\n\n```markdown\n(.*?)```", page, re.DOTALL).groups()
    assert adjudge(*command.split()).out == table


def test_what_is_said_besides_counts(adjudge: Run) -> None:
    (one,) = document(adjudge, *CLICKS, "--set", "existing=redshift-cluster")["comparisons"]
    assert one["better"] == "redshift-spectrum"


def test_prose_is_compared_as_well(adjudge: Run) -> None:
    text = "Analysts run SQL over log files in S3 now and then. Nobody wants to manage servers."
    ran = adjudge("compare", "-", "athena", "presto-on-emr", given=text)
    assert ran.code == 0
    assert "Choose Amazon Athena" in " ".join(ran.out.split())
    assert "“now and then”" in ran.out


def test_two_choices_without_a_scenario(adjudge: Run) -> None:
    found = document(adjudge, "athena", "Redshift Spectrum", "--as-of", "2021-12-31")
    assert found["schema"] == "adjudge.contrast/1"
    (need,) = found["needs"]
    first = next(one for one in need["take"] if one["kind"] == "preferred")
    assert (need["need"], first["choice"]) == ("query-in-place", "redshift-spectrum")
    shown = " ".join(adjudge("compare", "athena", "redshift-spectrum").out.split())
    assert "Take Amazon Redshift Spectrum rather than Amazon Athena when" in shown
    assert "What do you already run? a Redshift cluster" in shown
    markdown = adjudge("compare", "athena", "redshift-spectrum", "--format", "markdown").out
    for one in (*need["take"], *found["general"]):
        assert one["says"].split(";")[0] in markdown


def test_two_that_are_never_weighed_together(adjudge: Run) -> None:
    ran = adjudge("compare", "athena", "precision")
    assert ran.code == 1
    assert "never weighed against each other" in ran.out
    assert "by which metric a classifier is judged" in ran.out
    ran = adjudge("compare", "athena", "precision", "--format", "json")
    assert (ran.code, json.loads(ran.out)["needs"]) == (1, [])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("athena",), "takes two choices"),
        (("athena", "atena"), "did you mean `athena`"),
        (("athena", "Amazon Athena"), "name two different choices"),
        (("athena", "redshift", "--set", "data.store=s3"), "--set: corrects a scenario"),
        (("athena", "redshift", "--need", "query-in-plaice"), "did you mean `query-in-place`"),
        (("athena", "redshift", "--need", "judge-classes"), "is not weighed for `judge-classes`"),
        (("athena", "redshift", "--as-of", "tomorrow"), "is no date"),
        (("click-log-sql", "athena", "precision"), "they serve no need together"),
        (("click-log-sql", "athena", "redshift", "emr"), "takes two choices"),
        (("click-log-sq", "athena", "redshift"), "click-log-sql"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_line(adjudge: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = adjudge("compare", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_hostile_text_stays_in_its_cell(adjudge: Run, rules: Path) -> None:
    """A reason from other rules can neither end a cell nor become markup, nor command the terminal."""
    for file in rules.rglob("*.yaml"):
        changed = re.sub(r"(because: )(?!>)(.*)", r'\1"a | b <b> [x](y) \\e[31m"', file.read_text(encoding="utf-8"))
        file.write_text(changed, encoding="utf-8")
    scenario = adjudge.write("photos.yaml")
    evaluated = json.loads(adjudge("evaluate", scenario, "--rules", rules, "--format", "json").out)
    decision = evaluated["decisions"][0]
    both = [one["choice"] for one in (*decision["recommended"], *decision["alternatives"])][:2]
    asked = ("compare", scenario, *both, "--rules", rules)
    markdown = adjudge(*asked, "--format", "markdown").out
    assert "a \\| b" in markdown
    assert "<b>" not in markdown.replace("\\<b\\>", "")
    assert "\x1b" not in markdown + adjudge(*asked).out
