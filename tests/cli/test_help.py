"""What someone sees who does not know yet what to type; every example in it works."""

from __future__ import annotations

import json
import re
import shlex
import subprocess

import pytest
from processes import CHECKOUT, Run

import adjudge as library


def examples(text: str) -> list[str]:
    """Return the commands in a help text."""
    return re.findall(r"^ {2,}((?:\S+ \S+ \| )?adjudge .*?)(?: {3,}.*)?$", text, re.MULTILINE)


def scenario(text: str) -> str:
    """Return the scenario in a help text."""
    return "".join(
        line.removeprefix("    ") for line in text.splitlines(keepends=True) if re.match(r" {4,}[a-z.]+:", line)
    )


def test_plain_command_greets_and_shows_what_to_try(adjudge: Run) -> None:
    ran = adjudge()
    assert "Try:" in ran.out
    assert [line.split()[1] for line in examples(ran.out)] == ["evaluate"] * 3
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("evaluate", "--help"), ("evaluate", "-h")])
def test_help_has_examples_and_exit_codes(adjudge: Run, arguments: tuple[str, ...]) -> None:
    ran = adjudge(*arguments)
    assert "Examples:" in ran.out
    assert examples(ran.out)
    assert "Exit codes: 0 " in ran.out
    assert (ran.code, ran.err) == (0, "")


def test_help_names_every_option(adjudge: Run) -> None:
    out = adjudge("evaluate", "--help").out
    assert {"--format", "--as-of", "--rules", "--engine"} <= set(re.findall(r"--[a-z-]+", out))


def test_command_without_arguments_shows_its_help(adjudge: Run) -> None:
    ran = adjudge("evaluate")
    assert "Examples:" in ran.out + ran.err
    assert ran.code == 2


def test_version(adjudge: Run) -> None:
    assert adjudge("--version").out == f"adjudge {library.__version__}\n"


@pytest.fixture(scope="module")
def all_examples(module_adjudge: Run) -> list[str]:
    texts = [module_adjudge().out, module_adjudge("--help").out, module_adjudge("evaluate", "--help").out]
    return list(dict.fromkeys(line for text in texts for line in examples(text)))


def test_examples_work(module_adjudge: Run, all_examples: list[str]) -> None:
    written = scenario(module_adjudge("evaluate", "--help").out)
    for name in ("scenario.yaml", "my-scenario.yaml"):
        module_adjudge.write(name, written)
    (module_adjudge.folder / "scenarios").symlink_to(CHECKOUT / "scenarios")
    for example in all_examples:
        script = f'adjudge() {{ {shlex.join(module_adjudge.command())} "$@"; }}; {example}'
        ended = subprocess.run(
            ["bash", "-c", script],
            capture_output=True,
            text=True,
            cwd=module_adjudge.folder,
            env=module_adjudge.environment,
            check=False,
            timeout=60,
        )
        assert (ended.returncode, ended.stderr) == (0, ""), example
    assert json.loads((module_adjudge.folder / "decisions.json").read_text())["evaluations"]
