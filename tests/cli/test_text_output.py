"""The text for people: the recommendation with its reasoning, the alternatives, what is not known."""

from __future__ import annotations

import pytest
from processes import PHONE_PICTURES, Run

NOTES_DAY = "2021-12-31"


def test_recommendation_with_all_it_rests_on(evaluate: Run) -> None:
    ran = evaluate("-", "--as-of", NOTES_DAY, given=f"scenario: Holidays\n{PHONE_PICTURES}")
    lines = ran.out.splitlines()
    assert lines[0] == "Holidays (as of 2021-12-31)"
    start = lines.index("  → Album Service")
    assert lines[start + 1 : start + 6] == [
        "  ├── Every device that has a line reaches the same album.",
        "  │   ├── photos.kind: jpeg  stated",
        "  │   ├── devices: phone  stated",
        "  │   ├── devices: laptop  stated",
        "  │   └── photos.the-album-shows-them-everywhere · notes:N001",
    ]
    assert (ran.code, ran.err) == (0, "")


def test_derived_requirement_shows_where_it_comes_from(evaluate: Run) -> None:
    out = evaluate("-", "--as-of", NOTES_DAY, given=PHONE_PICTURES).out
    assert "need: keep-photos  since A picture that is kept nowhere is lost." in out
    assert "photos.pictures-are-kept · notes:N001" in out


def test_alternatives_say_why_not(evaluate: Run) -> None:
    out = evaluate("-", "--as-of", NOTES_DAY, given="requirements: {photos.kind: film}\n").out
    rejected = out[out.index("✗ Home Server  rejected") :]
    assert "More disks do not fit into its case." in rejected
    assert "wish.offline: false  assumed" in rejected
    asked = "Album Service  What kind of pictures are they? pictures of any kind instead of “negatives on film”"
    assert " ".join(asked.split()) in " ".join(out.split())


def test_what_would_change_the_answer(evaluate: Run) -> None:
    out = evaluate("-", "--as-of", NOTES_DAY, given=PHONE_PICTURES).out
    assert "? How fast is the line?  line\n  └── below 1 MB/s → Home Server\n" in out


def test_advice_and_an_open_decision(evaluate: Run) -> None:
    given = "requirements: {photos.kind: jpeg, photos.size: 9 TB, blurred: 60 %}\n"
    out = evaluate("-", "--as-of", NOTES_DAY, given=given).out
    assert "Open: nothing that is stated makes any choice fit." in out
    assert "Sort them before they are stored." in out


def test_closed_choice_tells_what_it_would_have_been(evaluate: Run) -> None:
    out = evaluate("-", "--as-of", "2026-01-01", given=PHONE_PICTURES).out
    assert "Album Service has been closed to new customers since 2025-06-01. Weigh Home Server instead." in out
    assert "As of 2021-12-31, before what has been closed since, it would have been: Album Service." in out


def test_nothing_to_decide_lists_what_could_be(evaluate: Run) -> None:
    ran = evaluate("-", given="requirements: {photos.count: 5}\n")
    assert "need: keep-photos" in ran.out
    assert "need: free-space" in ran.out
    assert ran.code == 0


def test_untitled_scenario_goes_by_its_name(evaluate: Run) -> None:
    assert evaluate(evaluate.write("holidays.yaml")).out.startswith("holidays.yaml (as of ")
    assert evaluate("-", given=PHONE_PICTURES).out.startswith("standard input (as of ")


def test_several_scenarios_stand_one_below_the_other(evaluate: Run) -> None:
    names = [evaluate.write(f"{title}.yaml", f"scenario: {title}\n{PHONE_PICTURES}") for title in ("b", "a")]
    out = evaluate(*names).out
    assert out.startswith("b (as of ")
    assert "\n\na (as of " in out


@pytest.mark.parametrize("columns", ["40", "300"])
def test_width_without_a_terminal_does_not_depend_on_the_environment(evaluate: Run, columns: str) -> None:
    plain = evaluate("-", "--as-of", NOTES_DAY, given=PHONE_PICTURES).out
    assert evaluate("-", "--as-of", NOTES_DAY, given=PHONE_PICTURES, COLUMNS=columns).out == plain
    assert max(map(len, plain.splitlines())) <= 100


def test_no_line_ends_in_blanks(evaluate: Run) -> None:
    out = evaluate("-", given=PHONE_PICTURES).out
    assert [line for line in out.splitlines() if line != line.rstrip()] == []


def test_output_that_cannot_carry_every_character(evaluate: Run) -> None:
    ran = evaluate("-", "--as-of", NOTES_DAY, given=PHONE_PICTURES, PYTHONIOENCODING="ascii")
    assert "\\u2192 Album Service" in ran.out
    assert ran.code == 0
