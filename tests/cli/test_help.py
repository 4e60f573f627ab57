"""What someone sees who does not know yet what to type; every example in it works."""

from __future__ import annotations

import re

import pytest
from processes import CHECKOUT, Run

import adjudge as library
from adjudge_cli.app import app

COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands)


def examples(text: str) -> list[str]:
    """Return the commands in a help text."""
    return re.findall(r"^ {2,}((?:\S+ \S+ \| )?adjudge .*?)(?: {3,}.*)?$", text, re.MULTILINE)


def scenario(text: str) -> str:
    """Return the scenario in a help text."""
    lines = [line for line in text.splitlines(keepends=True) if re.match(r" {4,}[a-z.]+:", line)]
    return "".join(line.removeprefix("    ") for line in lines)


def test_plain_command_greets_and_shows_what_to_try(adjudge: Run) -> None:
    ran = adjudge()
    assert "Try:" in ran.out
    assert examples(ran.out)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=str)
def test_help_has_examples_and_exit_codes(adjudge: Run, command: tuple[str, ...], option: str) -> None:
    ran = adjudge(*command, option)
    assert "Examples:" in ran.out
    assert examples(ran.out)
    assert "Exit codes: 0 " in ran.out
    assert (ran.code, ran.err) == (0, "")


def test_help_names_every_command(adjudge: Run) -> None:
    listed = adjudge("--help").out.partition("Commands:")[2]
    assert sorted(re.findall(r"^  (\S+)  ", listed, re.MULTILINE)) == COMMANDS


def test_command_without_arguments_shows_its_help(adjudge: Run) -> None:
    ran = adjudge("evaluate")
    assert "Examples:" in ran.out + ran.err
    assert ran.code == 2


def test_version(adjudge: Run) -> None:
    assert adjudge("--version").out == f"adjudge {library.__version__}\n"


@pytest.fixture(scope="module")
def newcomer(module_adjudge: Run) -> Run:
    """Someone at the top of a checkout who has written down the scenario of the help and the question of the README."""
    written = scenario(module_adjudge("evaluate", "--help").out)
    for name in ("scenario.yaml", "my-scenario.yaml"):
        module_adjudge.write(name, written)
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    asked = re.search(r"```yaml\n(scenario: [^`]*?question:.*?)```", readme, re.DOTALL)
    assert asked, "the README shows no question"
    module_adjudge.write("my-question.yaml", asked[1])
    for name in ("questions.txt", "question.md"):
        module_adjudge.write(name, "What runs SQL over files in S3?\nA. Amazon Athena\nB. Amazon Polly\n")
    line = '{"id": "1", "stem": "What runs SQL over files?", "options": {"A": "Amazon Athena", "B": "Amazon Polly"}}\n'
    module_adjudge.write("questions.jsonl", line)
    (module_adjudge.folder / "scenarios").symlink_to(CHECKOUT / "scenarios")
    return module_adjudge


@pytest.mark.parametrize("text", ["", "--help", *(f"{name} --help" for name in COMMANDS)])
def test_examples_work(newcomer: Run, text: str) -> None:
    for example in examples(newcomer(*text.split()).out):
        ran = newcomer.in_bash(f'program=("$@"); adjudge() {{ "${{program[@]}}" "$@"; }}; {example}')
        assert (ran.code in {0, 1}, ran.err) == (True, ""), example
