"""`adjudge interview`, driven as people and programs do: through pipes, and at a terminal."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from typing import TYPE_CHECKING, Any, Self

import pytest
from processes import CHECKOUT, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from adjudge.knowledge import Knowledge


@pytest.fixture
def interview(environment: Mapping[str, str], tmp_path: Path, photo_rules: Path) -> Run:
    """Runs `adjudge interview` in an empty folder, with the small rules about photographs."""
    return Run(tmp_path, environment, "interview", "--rules", photo_rules)


class Driven:
    """An interview driven by a program that waits for each object before it replies."""

    def __init__(self, run: Run, *arguments: str) -> None:
        # What a shell runs in the background ignores interrupts, and so would all that it starts.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            run.command(*arguments, "--format", "json"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=run.folder,
            env=dict(run.environment),
        )
        signal.signal(signal.SIGINT, before)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def hear(self) -> dict[str, Any]:
        return json.loads(self.process.stdout.readline())

    def reply(self, reply: str) -> dict[str, Any]:
        self.process.stdin.write(f"{reply}\n".encode())
        self.process.stdin.flush()
        return self.hear()


def lines_of(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_free_words_find_the_need(interview: Run) -> None:
    first, second, *_ = lines_of(interview("--format", "json", given="where do my photographs go?\n").out)
    assert (first["ask"], first["answers"]) == ("need", [])
    assert "keep-photos" in [one["value"] for one in second["answers"]]


@pytest.mark.parametrize("reply", ["keep-photos", '"where photographs are kept"', "where do my photographs go?\n1"])
def test_a_need_is_taken_by_its_name_its_words_or_its_number(interview: Run, reply: str) -> None:
    done = lines_of(interview("--format", "json", given=f"{reply}\nstop\n").out)[-1]
    assert done["decision"]["need"] == "keep-photos"


def test_words_that_are_like_nothing_are_asked_for_again(interview: Run) -> None:
    told = lines_of(interview("--format", "json", given="zzz\n").out)
    assert [one.get("ask", "error") for one in told] == ["need", "error", "need"]


def test_a_program_asks_why_errs_goes_back_and_is_done(interview: Run) -> None:
    with Driven(interview, "--need", "keep-photos") as driven:
        first = driven.hear()
        assert first["why"]["may_lead"]
        assert driven.reply("why")["why"] == first["why"]
        assert "none of the answers" in driven.reply("slide")["error"]
        assert driven.hear() == first
        second = driven.reply(first["answers"][0]["value"])
        assert second["ask"] != first["ask"] or second["answers"] != first["answers"]
        assert driven.reply("back") == first
        assert "first question" in driven.reply("back")["error"]
        assert driven.hear() == first
        done = driven.reply("stop")
        assert (done["schema"], done["done"], done["reason"]) == ("adjudge.interview/1", True, "stopped")
        assert done["scenario"]["requirements"] == {"need": "keep-photos"}
        assert driven.process.wait(60) == 0


def test_all_answered_or_not_known_it_ends_by_itself(interview: Run) -> None:
    told = lines_of(interview("--need", "keep-photos", "--format", "json", given="?\n" * 50).out)
    asked = [one["ask"] for one in told if "ask" in one]
    assert len(set(asked)) == len(asked) < 50
    assert told[-1]["reason"] in ("settled", "nothing-left")
    assert told[-1]["not_known"] == asked


def test_what_a_scenario_states_is_not_asked(interview: Run) -> None:
    name = interview.write("a.yaml", "requirements: {photos.kind: film}\n")
    told = lines_of(interview(name, "--format", "json", given="?\n" * 50).out)
    assert "photos.kind" not in [one.get("ask") for one in told]
    assert told[-1]["decision"]["need"] == "keep-photos"


def test_the_file_evaluates_to_what_was_shown(
    interview: Run, environment: Mapping[str, str], photo_rules: Path
) -> None:
    replies = "picture\njpeg\nphone, laptop\n" + "\n" * 40
    ran = interview("--need", "keep-photos", "--output", "case.yaml", "--as-of", "2020-01-01", given=replies)
    assert (ran.code, ran.err) == (0, "")
    assert "case.yaml" in ran.out.splitlines()[-1]
    evaluated = Run(interview.folder, environment)("evaluate", "case.yaml", "--rules", photo_rules, "--format", "json")
    document = json.loads(evaluated.out)
    (decision,) = [one for one in document["decisions"] if one["need"] == "keep-photos"]
    assert document["as_of"] == "2020-01-01"
    assert decision["recommended"]
    assert f"→ {decision['recommended'][0]['name']}" in ran.out
    assert "# Not known:" in (interview.folder / "case.yaml").read_text()


def test_without_a_file_the_scenario_is_shown(interview: Run) -> None:
    out = interview("--need", "keep-photos", given="stop\n").out
    assert out.endswith("scenario: where photographs are kept\nrequirements:\n  need: keep-photos\n")


def test_a_file_is_overwritten_only_by_force(interview: Run) -> None:
    interview.write("case.yaml", "mine\n")
    refused = interview("--need", "keep-photos", "--output", "case.yaml")
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    assert (interview.folder / "case.yaml").read_text() == "mine\n"
    assert interview("--need", "keep-photos", "--output", "case.yaml", "--force").code == 0
    assert "need: keep-photos" in (interview.folder / "case.yaml").read_text()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--need", "keep-fotos"), "did you mean `keep-photos`"),
        (("--output", "nowhere/case.yaml"), "no such folder"),
        (("-",), "standard input"),
        (("missing.yaml",), "no such file"),
        (("--as-of", "soon"), "no date"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(interview: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = interview(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_nothing_is_decided_if_nobody_says_what(interview: Run) -> None:
    ran = interview("--output", "case.yaml")
    assert (ran.code, ran.err) == (1, "")
    assert not (interview.folder / "case.yaml").exists()


def test_through_a_pipe_each_question_is_one_plain_line(interview: Run) -> None:
    out = interview("--need", "keep-photos", given="why\nslide\nstop\n").out
    question, why, error, again = out.splitlines()[:4]
    assert question == again
    assert "[1 " in question
    assert why.startswith(("If the answer is", "No answer"))
    assert error.startswith("`slide` is none of the answers")
    assert "\x1b" not in out


def test_what_is_replied_cannot_command_the_terminal(interview: Run) -> None:
    out = interview("--need", "keep-photos", given="\x1b[31mred\n\ud83d\n".encode("utf-8", "surrogatepass")).out
    assert "\x1b" not in out
    assert "\\x1b[31mred" in out


def test_an_interrupt_writes_nothing(interview: Run) -> None:
    with Driven(interview, "--need", "keep-photos", "--output", "case.yaml") as driven:
        driven.hear()
        driven.process.send_signal(signal.SIGINT)
        assert driven.process.wait(60) == 130
        assert not (interview.folder / "case.yaml").exists()


def test_at_a_terminal(interview: Run) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        interview.command("--need", "keep-photos"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=interview.folder,
        env={**interview.environment, "TERM": "xterm-256color"},
    ) as process:
        os.close(theirs)
        os.write(ours, b"why\n1\nstop\n")
        shown = b"".join(_read(ours)).decode()
    os.close(ours)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert process.returncode == 0
    assert plain.count("\n> ") + plain.count("\r> ") >= 3
    assert re.search(r"^ +1  ", plain, re.MULTILINE)
    assert "\x1b[" in shown
    assert "Stopped early" in plain


def _read(terminal: int) -> Iterator[bytes]:
    """Yield what is written to a terminal until nobody holds it any more."""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # so Linux tells the end
            return
        if not chunk:
            return
        yield chunk


def test_a_shipped_scenario_asks_only_for_what_it_leaves_open(adjudge: Run, shipped: Knowledge) -> None:
    ran = adjudge("interview", "click-log-sql", "--need", "query-in-place", "--format", "json", given="?\n" * 60)
    told = lines_of(ran.out)
    assert {one["ask"] for one in told if "ask" in one} <= shipped.attributes.keys() - {"query.language", "data.size"}
    assert [one["choice"] for one in told[-1]["decision"]["leading"]] == ["athena"]


def test_the_session_on_its_page_is_what_the_command_prints(adjudge: Run) -> None:
    page = (CHECKOUT / "docs/interview.md").read_text(encoding="utf-8")
    shown = re.search(r"    \$ (printf '.*?' \| )adjudge (.*?)\n(.*?)\n\n## ", page, re.DOTALL)
    assert shown
    given, arguments, printed = shown.groups()
    ran = adjudge.in_bash(f'{given} "$@"', *arguments.split())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip() == re.sub(r"^    ", "", printed, flags=re.MULTILINE).strip()
