"""Shell completion: the script that bash sources, and the requests that it makes."""

from __future__ import annotations

import shlex
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from processes import Run


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["adjudge", "ev"], ["evaluate"]),
        (["adjudge", "evaluate", "--as"], ["--as-of"]),
        (["adjudge", "evaluate", "--engine", ""], ["durable", "native"]),
        (["adjudge", "evaluate", "--format", "j"], ["json"]),
        (["adjudge", "evaluate", "--engine", "x"], []),
    ],
)
def test_request(adjudge: Run, words: list[str], offered: list[str]) -> None:
    asked = {"_ADJUDGE_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    ran = adjudge(**asked)
    assert ran.out.split() == offered
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_script_works_in_bash(adjudge: Run) -> None:
    command = adjudge.folder / "adjudge"
    command.write_text(f'#!/bin/sh\nexec {shlex.join(adjudge.command())} "$@"\n')
    command.chmod(0o755)
    script = """
        source <(./adjudge --show-completion bash)
        complete -p adjudge
        COMP_WORDS=(./adjudge eval) COMP_CWORD=1
        _adjudge_completion ./adjudge
        echo "offered: ${COMPREPLY[*]}"
    """
    ran = adjudge.in_bash(script)
    registered, offered = ran.out.splitlines()
    assert registered.startswith("complete ")
    assert offered == "offered: evaluate"
