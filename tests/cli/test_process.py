"""How the process ends: exit codes, closed pipes, Ctrl-C, and faults of ours."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from processes import PHONE_PICTURES, Run

if TYPE_CHECKING:
    from collections.abc import Iterator


FAULT = """
import adjudge.api

def load_knowledge(folder, parsing):
    raise ValueError("oh\\x1b[31m no")

adjudge.api.load_knowledge = load_knowledge
"""


@pytest.mark.parametrize(
    "arguments", ["", "--help", "evaluate --help", "evaluate a.yaml", "evaluate a.yaml --format json"]
)
def test_reader_that_has_gone(adjudge: Run, photo_rules: Path, arguments: str) -> None:
    adjudge.write("a.yaml")
    rules = ["--rules", photo_rules, "--engine", "native"] if "a.yaml" in arguments else []
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        adjudge.command(*arguments.split(), *rules),
        stdout=writer,
        stderr=subprocess.PIPE,
        cwd=adjudge.folder,
        env=adjudge.environment,
        check=False,
        timeout=60,
    )
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_reader_that_takes_one_line_of_many(evaluate: Run) -> None:
    many = [evaluate.write(f"{number}.yaml", f"scenario: Number {number}\n{PHONE_PICTURES}") for number in range(100)]
    ran = evaluate.in_bash('"$@" | head -1; echo "${PIPESTATUS[0]}"', *many)
    first, code = ran.out.splitlines()
    assert first.startswith("Number 0 (as of ")
    assert (code, ran.err) == ("0", "")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Processes that are started hear Ctrl-C, even where the tests themselves were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("form", ["text", "json"])
def test_interrupt_while_reading_standard_input(evaluate: Run, form: str) -> None:
    with subprocess.Popen(
        evaluate.command("--engine", "native", "--format", form, "nowhere.yaml", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=evaluate.folder,
        env=evaluate.environment,
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the missing file has been told: what comes next is standard input
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")


@pytest.fixture
def broken(adjudge: Run) -> Run:
    """The same command with a fault in it, which a module that Python imports at its start has put there."""
    adjudge.write("sitecustomize.py", FAULT)
    return Run(adjudge.folder, {**adjudge.environment, "PYTHONPATH": str(adjudge.folder)})


def test_fault_of_ours(broken: Run) -> None:
    ran = broken("evaluate", "-", given=PHONE_PICTURES)
    assert ran.err == (
        "adjudge: internal error: ValueError: oh\\x1b[31m no\n"
        "This is a fault of adjudge, not of your input; ADJUDGE_DEBUG=1 shows where it happened.\n"
    )
    assert (ran.code, ran.out) == (3, "")


def test_fault_of_ours_in_detail(broken: Run) -> None:
    ran = broken("evaluate", "-", given=PHONE_PICTURES, ADJUDGE_DEBUG="1")
    assert "Traceback" in ran.err
    assert "in load_knowledge" in ran.err


def test_closed_standard_input(evaluate: Run) -> None:
    ran = evaluate.in_bash('"$@" - <&-')
    assert ran.err == "standard input: cannot be read: it is closed\n"
    assert ran.code == 2


def test_closed_standard_output(evaluate: Run) -> None:
    evaluate.write("a.yaml")
    assert evaluate.in_bash('"$@" a.yaml >&-').err == ""
    assert evaluate.in_bash('"$@" --format json a.yaml >&-').code == 0


def test_closed_standard_error(evaluate: Run) -> None:
    evaluate.write("a.yaml", "requirements: {}\n")
    assert evaluate.in_bash('"$@" a.yaml 2>&-').code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk here that is always full")
@pytest.mark.parametrize("form", ["text", "json"])
def test_full_disk(evaluate: Run, form: str) -> None:
    evaluate.write("a.yaml")
    ran = evaluate.in_bash(f'"$@" --format {form} a.yaml > /dev/full')
    assert "No space left on device" in ran.err
    assert "Traceback" not in ran.err
    assert ran.code == 3


def test_cache_that_cannot_be_used_is_not_spoken_of(powerless: Run) -> None:
    (powerless.folder / "locked").mkdir(mode=0o500)
    powerless.write("file", "no folder")
    for place in ("locked", "file"):
        ran = powerless("-", given=PHONE_PICTURES, ADJUDGE_CACHE=str(powerless.folder / place))
        assert (ran.code, ran.err) == (0, "")
    assert list((powerless.folder / "locked").iterdir()) == []
