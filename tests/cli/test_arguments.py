"""What `adjudge evaluate` takes: files, folders, shipped names, standard input, and options."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from processes import PHONE_PICTURES, Run

from adjudge.paths import scenarios_folder

if TYPE_CHECKING:
    from pathlib import Path

    from adjudge.engines import EngineName

SHIPPED = sorted(path.stem for path in scenarios_folder().rglob("*.yaml"))


def titles(text: str) -> list[str]:
    """Return the titles in a text output."""
    return [line.partition(" (as of ")[0] for line in text.splitlines() if " (as of 2" in line]


def test_file_folder_and_standard_input_together_in_the_order_given(evaluate: Run) -> None:
    for name in ("one.yaml", "folder/b.yml", "folder/a.yaml", "folder/deep/c.yaml"):
        evaluate.write(name, f"scenario: {name}\n{PHONE_PICTURES}")
    evaluate.write("folder/notes.txt", "no scenario")
    ran = evaluate("one.yaml", "folder", "-", given=f"scenario: from standard input\n{PHONE_PICTURES}")
    expected = ["one.yaml", "folder/a.yaml", "folder/b.yml", "folder/deep/c.yaml", "from standard input"]
    assert titles(ran.out) == expected
    assert ran.code == 0


def test_file_named_twice_is_evaluated_once(evaluate: Run) -> None:
    name = evaluate.write("a.yaml")
    assert len(titles(evaluate(name, name).out)) == 1


def test_file_whose_name_begins_like_an_option(evaluate: Run) -> None:
    assert titles(evaluate("--", evaluate.write("-a.yaml")).out) == ["-a.yaml"]


def test_shipped_scenarios_by_name(adjudge: Run) -> None:
    ran = adjudge("evaluate", *SHIPPED, "--format", "json")
    assert [one["path"] for one in json.loads(ran.out)["evaluations"]] == SHIPPED
    assert (ran.code, ran.err) == (0, "")


def test_own_file_hides_a_shipped_scenario_of_that_name(evaluate: Run) -> None:
    ran = evaluate(evaluate.write(SHIPPED[0], f"scenario: Mine\n{PHONE_PICTURES}"))
    assert titles(ran.out) == ["Mine"]


def test_engines_agree(evaluate: Run, engine: EngineName) -> None:
    given = "requirements: {photos.kind: film, devices: [phone], goal: least-work, store.full: true, blurred: 0.6}\n"
    ran = evaluate("--engine", engine, "--format", "json", "-", given=given)
    assert ran == evaluate("--engine", "native", "--format", "json", "-", given=given)
    assert ran.code == 0


def test_engines_agree_on_the_shipped_scenarios(adjudge: Run, engine: EngineName) -> None:
    folder = scenarios_folder() / "examples"
    ran = adjudge("evaluate", "--engine", engine, "--format", "json", folder)
    assert ran == adjudge("evaluate", "--format", "json", folder)
    assert ran.code == 0


def test_rules_decide(evaluate: Run, rules: Path) -> None:
    photos = rules / "decisions" / "photos.yaml"
    photos.write_text(photos.read_text().replace("recommend: album-service", "recommend: shoe-box"))
    out = evaluate("--rules", "rules", "--format", "json", "-", given=PHONE_PICTURES).out
    assert json.loads(out)["decisions"][0]["recommended"][0]["choice"] == "shoe-box"


@pytest.mark.parametrize(
    ("written", "option", "day"),
    [
        ("as_of: 2021-12-31\n", (), "2021-12-31"),
        ('as_of: "2021-12-31"\n', (), "2021-12-31"),
        ("as_of: 2021-12-31\n", ("--as-of", "2024-02-29"), "2024-02-29"),
        ("", ("--as-of", "2024-02-29"), "2024-02-29"),
    ],
)
def test_day_of_the_decision(evaluate: Run, written: str, option: tuple[str, ...], day: str) -> None:
    ran = evaluate(*option, "--format", "json", "-", given=written + PHONE_PICTURES)
    assert json.loads(ran.out)["as_of"] == day


def test_day_of_the_decision_is_today_by_default(evaluate: Run) -> None:
    before = datetime.now(UTC).date().isoformat()
    day = json.loads(evaluate("--format", "json", "-", given=PHONE_PICTURES).out)["as_of"]
    assert before <= day <= datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize("day", ["2021-02-30", "31.12.2021", "20211231", "today", "2021-W52-5"])
def test_day_that_is_no_date(evaluate: Run, day: str) -> None:
    ran = evaluate("--as-of", day, "-", given=PHONE_PICTURES)
    assert ran.err == f"--as-of: `{day}` is no date (write it like 2021-12-31)\n"
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("evaluate", "--frmat", "json", "-"), "--format"),
        (("evaluate", "--format", "xml", "-"), "'text', 'json'"),
        (("evaluate", "--engine", "quick", "-"), "'durable', 'native'"),
        (("evaluate", "--as-of"), "--as-of"),
        (("evalute", "-"), "evaluate"),
    ],
)
def test_wrong_usage_names_what_would_be_right(adjudge: Run, arguments: tuple[str, ...], names: str) -> None:
    ran = adjudge(*arguments)
    assert names in ran.err
    assert (ran.code, ran.out) == (2, "")


@pytest.fixture
def without_durable(evaluate: Run) -> Run:
    """The same command where durable-rules is there, but cannot be imported."""
    evaluate.write("hidden/durable_rules_engine.py", "raise ImportError('undefined symbol')\n")
    hidden = {**evaluate.environment, "PYTHONPATH": str(evaluate.folder / "hidden")}
    return Run(evaluate.folder, hidden, *evaluate.leading)


def test_native_engine_steps_in_with_a_word_about_it(evaluate: Run, without_durable: Run) -> None:
    ran = without_durable.run(without_durable.command("--format", "json", "-"), PHONE_PICTURES)
    assert ran.out == evaluate("--engine", "native", "--format", "json", "-", given=PHONE_PICTURES).out
    assert "the native engine decides" in ran.err
    assert ran.code == 0


def test_native_engine_is_not_spoken_of_where_it_was_asked_for(without_durable: Run) -> None:
    assert without_durable("--engine", "native", "-", given=PHONE_PICTURES).err == ""


def test_engine_that_is_not_there(without_durable: Run) -> None:
    ran = without_durable("--engine", "durable", "--format", "json", "-", given=PHONE_PICTURES)
    assert ran.err == "--engine: the durable engine is not installed here\n"
    assert json.loads(ran.out)["evaluations"] == []
    assert ran.code == 2
