"""`adjudge why` and `adjudge why-not`: proofs and obstacles as people and programs get them."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from processes import CHECKOUT, Ran, Run

if TYPE_CHECKING:
    from pathlib import Path

FILM = "requirements:\n  photos.kind: film\n  photos.size: 1 GB\n"


@pytest.fixture
def ask(adjudge: Run, photo_rules: Path) -> Any:
    """Asks about photographs, as of the day of the small rules."""

    def asked(command: str, *arguments: str, given: str = FILM) -> Ran:
        return adjudge(command, "-", "--rules", photo_rules, "--as-of", "2021-12-31", *arguments, given=given)

    return asked


def test_the_smallest_proof_is_shown_in_the_words_of_the_scenario(ask: Any):
    ran = ask("why", "shoe-box")
    assert "→ Shoe Box is recommended, and leads." in ran.out
    assert "Negatives are things, not data." in ran.out
    assert "photos.kind: film  standard input:2\n" in ran.out
    assert "This one statement alone is enough." in ran.out
    assert "photos.size" not in ran.out
    assert (ran.code, ran.err) == (0, "")


def test_a_line_that_says_more_is_quoted(ask: Any):
    given = "requirements:\n  photos.kind: jpeg\n  devices: [phone, laptop]\n"
    ran = ask("why", "album-service", given=given)
    assert "devices: phone  standard input:3 “devices: [phone, laptop]”" in ran.out


def test_words_of_prose_are_quoted(adjudge: Run, photo_rules: Path):
    name = adjudge.write("attic.txt", "We moved house.\nThere are negatives in the attic.\n")
    ran = adjudge("why", name, "shoe-box", "--rules", photo_rules)
    assert "photos.kind: film  attic.txt:2 “negatives”" in ran.out


def test_a_correction_is_quoted_as_an_option(ask: Any):
    ran = ask("why", "the album", "--set", "photos.kind=jpeg", "--set", "devices=[phone, laptop]")
    assert "photos.kind: jpeg  --set “photos.kind=jpeg”" in ran.out


def test_one_sentence_holds_choice_mechanism_and_words(ask: Any):
    ran = ask("why", "shoe-box", "--short")
    assert " ".join(ran.out.split()) == (
        "Shoe Box: Negatives are things, not data (standard input:2 “photos.kind: film”)."
    )


def test_at_length_everything_that_speaks_for_it_is_shown(adjudge: Run):
    ran = adjudge("why", "click-log-sql", "athena", "--long")
    assert "query-s3.athena-idles-for-nothing" in ran.out.partition("All that speaks for it:")[2]
    assert "query-s3.athena-idles-for-nothing" not in adjudge("why", "click-log-sql", "athena").out


def test_short_and_long_exclude_each_other(ask: Any):
    ran = ask("why", "shoe-box", "--short", "--long")
    assert (ran.code, ran.out) == (2, "")
    assert "--short and --long exclude each other" in ran.err


def test_what_is_not_recommended_leads_to_why_not(ask: Any, adjudge: Run):
    ran = ask("why", "home-server", "--unset", "photos.size")
    assert ran.code == 1
    assert "Home Server is not recommended: it is rejected. Shoe Box leads." in ran.out
    command = re.search(r"Why not: adjudge (why-not .*)", ran.out)[1]
    assert "Home Server: it is rejected" in adjudge(*shlex.split(command), given=FILM).out


def test_what_is_recommended_leads_to_why(ask: Any, adjudge: Run):
    ran = ask("why-not", "shoe-box")
    assert ran.code == 1
    assert "Shoe Box is recommended, and nothing is ahead of it." in ran.out
    command = re.search(r"Why: adjudge (why .*)", ran.out)[1]
    assert adjudge(*shlex.split(command), given=FILM).code == 0


def test_an_obstacle_says_what_it_is_what_was_seen_and_what_is_needed(ask: Any):
    ran = ask("why-not", "album-service")
    assert "Not so: What kind of pictures are they?  photos.kind" in ran.out
    assert "Now: negatives on film; it would take: pictures of any kind" in ran.out
    assert ran.out.index("Not known: ") < ran.out.index("Not so: ")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("choice", ["album-service", "home-server"])
def test_what_would_mend_it_does(ask: Any, adjudge: Run, choice: str):
    ran = ask("why-not", choice)
    assert "To make it eligible:" in ran.out
    then = re.search(r"it is then recommended|it is then eligible, though", ran.out)
    command = re.search(r"Try it: adjudge (.*)", ran.out)[1]
    again = adjudge(*shlex.split(command), given=FILM)
    assert again.code == 0
    expected = "is recommended" if then[0].endswith("recommended") else "something else is preferred to it"
    assert expected in again.out


@pytest.mark.parametrize("scenario", ["click-log-sql", "half-idle-gpu-2026", "fraud-one-in-two-hundred"])
def test_not_both_why_and_why_not_succeed(adjudge: Run, scenario: str):
    [decision, *_] = json.loads(adjudge("evaluate", scenario, "--format", "json").out)["decisions"]
    verdicts = {one["choice"]: "recommended" for one in decision["recommended"]}
    others = {one["verdict"]: one["choice"] for one in decision["alternatives"]}
    for choice in [*verdicts, *others.values()]:
        asked = (scenario, choice, "--need", decision["need"])
        codes = adjudge("why", *asked).code, adjudge("why-not", *asked).code
        assert codes == ((0, 1) if choice in verdicts else (1, 0))


def test_a_proof_as_json(ask: Any):
    document = json.loads(ask("why", "shoe-box", "--format", "json").out)
    assert (document["schema"], document["choice"], document["name"]) == ("adjudge.why/1", "shoe-box", "Shoe Box")
    [decision] = document["decisions"]
    proof = decision["proof"]
    assert (decision["need"], decision["verdict"], decision["leading"]) == ("keep-photos", "recommended", ["shoe-box"])
    [leaf] = proof["cited"]
    assert (leaf["attribute"], leaf["quote"], leaf["place"]) == ("photos.kind", "photos.kind: film", "standard input:2")
    assert proof["because"]["from"] == [leaf]
    assert proof["raised_by"]["from"] == [leaf]
    assert (proof["smallest"], proof["complete"], proof["others"]) == (True, True, [])


def test_obstacles_as_json(ask: Any):
    document = json.loads(ask("why-not", "home-server", "--format", "json").out)
    assert document["schema"] == "adjudge.why-not/1"
    [decision] = document["decisions"]
    limit = next(one for one in decision["obstacles"] if one["code"] == "limit-exceeded")
    assert (limit["ease"], limit["rule"]) == ("assumed", "home-server.limit.photos.kind")
    mending = decision["mending"]
    assert mending["found"]
    assert mending["options"] == [{"option": "--set", "value": "wish.offline=true"}]
    assert mending["then"]["verdict"] == "recommended"


@pytest.mark.parametrize("command", ["why", "why-not"])
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("shoe-bx",), "did you mean `shoe-box`"),
        (("shoe-box", "--need", "keep-fotos"), "did you mean `keep-photos`"),
        (("smaller-files",), "--need free-space"),
        (("shoe-box", "--as-of", "soon"), "is no date"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_line(ask: Any, command: str, arguments: tuple[str, ...], says: str):
    ran = ask(command, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("command", ["why", "why-not"])
def test_the_session_on_its_page_is_what_the_command_prints(adjudge: Run, command: str):
    page = (CHECKOUT / f"docs/{command}.md").read_text(encoding="utf-8")
    asked, shown = re.search(r"    \$ adjudge (.*?)\n(.*?)\n\n\S", page, re.DOTALL).groups()
    shown = "\n".join(line.removeprefix("    ") for line in shown.splitlines())
    assert adjudge(*shlex.split(asked)).out.strip() == shown.strip()


@pytest.mark.parametrize("command", ["why", "why-not"])
def test_hostile_text_does_not_reach_the_terminal(ask: Any, command: str):
    given = 'scenario: "\\e[31mred[/]"\nrequirements: {photos.kind: film} # \u202e\n'
    ran = ask(command, "shoe-box" if command == "why" else "album-service", given=given)
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
