"""`adjudge flip`, run as people run it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from processes import CHECKOUT

from adjudge.evaluation import Evaluator
from adjudge.scenario import read_scenario
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Run

    from adjudge.knowledge import Knowledge

CLICKS = ("flip", "click-log-sql", "--need", "query-in-place")
PAGE = (CHECKOUT / "docs/flip.md").read_text(encoding="utf-8")


def documented(ran: Any) -> dict[str, Any]:
    document = json.loads(ran.out)
    assert document["schema"] == "adjudge.flip/1"
    return document


def test_the_session_on_the_page_is_what_the_command_prints(adjudge: Run) -> None:
    sessions = re.findall(r"    \$ adjudge (.*)\n((?:    .*\n|\n)*)", PAGE)
    assert sessions, "the page shows no session"
    for command, shown in sessions:
        ran = adjudge.in_bash(f'program=("$@"); "${{program[@]}}" {command}')
        assert ran.out.strip() == "\n".join(line.removeprefix("    ") for line in shown.splitlines()).strip()


def test_each_flip_in_the_document_leads_where_it_says(adjudge: Run, shipped: Knowledge) -> None:
    (decision,) = documented(adjudge(*CLICKS, "--format", "json"))["decisions"]
    assert decision["leading"] == ["athena"]
    source = (CHECKOUT / "scenarios/examples/click-log-sql.yaml").read_bytes()
    for flip in decision["flips"]:
        (change,) = flip["changes"]
        scenario = read_scenario(source, "scenario", shipped)
        gone = [(one["attribute"], one["value"]) for one in change["withdrawn"]]
        stated = [one for one in scenario.requirements if (one.attribute, one.value) not in gone]
        assert len(stated) == len(scenario.requirements) - len(gone)
        if change["answer"] is not None:
            stated += read_statement(change["attribute"], change["answer"], shipped.attributes)
        evaluation = Evaluator(shipped).evaluate(stated, "2021-12-31")
        (then,) = (one for one in evaluation.decisions if one.need == "query-in-place")
        assert list(then.leading) == flip["leads_to"] != decision["leading"]
        assert flip["contradicts"] == bool(gone)
        assert flip["turns"]


def test_a_choice_is_made_to_win(adjudge: Run) -> None:
    ran = adjudge(*CLICKS, "--to", "redshift spectrum")
    assert ran.code == 0
    assert "Amazon Redshift Spectrum win" in ran.out
    (decision,) = documented(adjudge(*CLICKS, "--to", "redshift-spectrum", "--format", "json"))["decisions"]
    assert {tuple(flip["leads_to"]) for flip in decision["flips"]} == {("redshift-spectrum",)}


def test_what_leads_already_needs_no_change(adjudge: Run) -> None:
    ran = adjudge(*CLICKS, "--to", "athena")
    assert ran.code == 0
    assert "leads already" in ran.out


def test_no_is_an_answer(adjudge: Run) -> None:
    ran = adjudge(*CLICKS, "--to", "aurora")
    assert ran.code == 1
    assert "Nothing that could be stated makes Amazon Aurora win" in ran.out
    one = adjudge("flip", "click-log-sql", "--need", "catalog-data", "--at-most", "1")
    assert one.code == 1
    assert "No single change" in one.out
    assert "What do you already run?" not in one.out


def test_only_so_many_are_shown_and_all_if_asked(adjudge: Run) -> None:
    asked = ("flip", "translation-model-over-machines", "--need", "distribute-training")
    some, every = adjudge(*asked).out, adjudge(*asked, "--all").out
    assert "--all shows the rest" in some
    assert "--all" not in every
    assert len(every) > len(some)
    (decision,) = documented(adjudge(*asked, "--format", "json"))["decisions"]
    for flip in decision["flips"]:
        assert flip["changes"][-1]["attribute"] in every.split()
    assert "other answers" not in every


def test_what_is_set_and_unset_counts_as_stated(adjudge: Run) -> None:
    ran = adjudge(*CLICKS, "--unset", "existing", "--to", "redshift-spectrum")
    assert "You have not said: What do you already run?" in ran.out
    assert "against" not in ran.out


def test_prose_is_read_and_what_was_read_can_be_wrong(adjudge: Run) -> None:
    text = "We query CSV files in S3 with SQL now and then. There is no Redshift cluster."
    ran = adjudge("flip", adjudge.write("logs.txt", text), "--to", "redshift-spectrum")
    assert ran.code == 0
    assert "gainst what was read" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("click-log-sqI",), "click-log-sql"),
        (("click-log-sql", "--to", "atena"), "thena"),
        (("click-log-sql", "--to", "data.store"), "not a choice"),
        (("click-log-sql", "--need", "query-in-plac"), "query-in-place"),
        (("click-log-sql", "--to", "outposts"), "no need for which"),
        (("click-log-sql", "--at-most", "0"), "at-most"),
        (("click-log-sql", "--as-of", "tomorrow"), "2021-12-31"),
    ],
)
def test_what_cannot_be_used_is_told(adjudge: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = adjudge("flip", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_hostile_words_in_rules_stay_text(adjudge: Run, rules: Path) -> None:
    words = rules / "vocabulary/words.yaml"
    content = words.read_text(encoding="utf-8").replace("How much is it in all?", '"[bold]\\e[31mWhat?"')
    words.write_text(content, encoding="utf-8")
    ran = adjudge("flip", adjudge.write("photos.yaml"), "--rules", rules, "--all")
    assert "[bold]\\x1b[31mWhat?" in ran.out
    assert "\x1b" not in ran.out
