"""What differs between two days or two versions of the rules, and why; and what becomes of right answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from orchards import ALDER, BIRCH, closed, orchard

from adjudge.evaluation import Evaluator
from adjudge.explaining.diff_report import Label, by_cause, document, figures
from adjudge.explaining.differing import Compared, compare
from adjudge.explaining.sides import Side
from adjudge.scenario import read_scenario

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

EARLY, LATE = "2000-01-01", "2020-01-01"
FROSTY = "requirements: {need: plant, frost: true}\n"
QUESTION = """question:
  asks: What is to be planted?
  options:
    A: {says: An alder, proposes: [alder]}
    B: {says: A birch, proposes: [birch]}
"""


def compared(
    before: Knowledge, after: Knowledge, days: tuple[str, str] = (EARLY, LATE), text: str = FROSTY
) -> Compared:
    read = [read_scenario(text.encode(), "frosty.yaml", one) for one in (before, after)]
    sides = [Side(Evaluator(one), day) for one, day in zip((before, after), days, strict=True)]
    return compare(sides[0], sides[1], (read[0], read[1]))


def between_days(knowledge: Knowledge, days: tuple[str, str] = (EARLY, LATE), text: str = FROSTY) -> Compared:
    return compared(knowledge, knowledge, days, text)


def test_nothing_differs_where_nothing_happened() -> None:
    assert not between_days(orchard(ALDER), text=FROSTY + QUESTION).differs


def test_looking_back_a_closing_is_still_to_come() -> None:
    knowledge = orchard(ALDER, alder=[closed("2010-05-01")])
    (one,) = between_days(knowledge, (LATE, EARLY)).differences
    assert (one.before.leading, one.after.leading) == (("birch",), ("alder",))
    (cause,) = one.causes.found
    assert cause.how == "open"
    assert (
        cause.reason.says
        == "As of 2000-01-01 Alder can still be had; it is closed to new customers from 2010-05-01 on."
    )


def test_causes_that_suffice_only_together() -> None:
    """Each of two new rules rejects the birch, so that without one of them the other still does."""
    rules = [{"when": {"frost": True}, "reject": "birch", "from": day} for day in ("2004-01-01", "2005-01-01")]
    (one,) = between_days(orchard(*rules)).differences
    assert (one.after.leading, one.causes.weight) == (("alder",), "together")
    assert [cause.date for cause in one.causes.found] == ["2004-01-01", "2005-01-01"]
    hindered = [{"when": {"frost": True}, "prefer": "birch", "over": "alder", "until": "2004-01-01"}]
    (one,) = between_days(orchard(*hindered, *rules[:1])).differences
    assert (one.causes.weight, {cause.how for cause in one.causes.found}) == ("together", {"ends", "begins"})


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        ([], [ALDER], "added"),
        ([ALDER], [], "removed"),
        ([ALDER], [BIRCH], "changed"),
        ([ALDER], [{**ALDER, "when": {"frost": False}}], "changed"),
    ],
)
def test_versions_differ_by_rules_that_take_part(before: list, after: list, how: str) -> None:
    idle = {"id": "idle", "when": {"wet": True}, "reject": "birch"}
    (one,) = compared(orchard(*before, idle), orchard(*after), (LATE, LATE)).differences
    assert [(cause.how, cause.reason.rule) for cause in one.causes.found] == [(how, "planting.rule-1")]
    assert one.causes.weight == "alone"


def test_versions_that_say_the_same_in_other_words_do_not_differ() -> None:
    assert not compared(orchard(ALDER), orchard({**ALDER, "because": "Said otherwise."})).differs


def test_what_is_known_of_a_choice_can_differ_between_versions() -> None:
    (one,) = compared(orchard(ALDER), orchard(ALDER, alder=[closed("1999-01-01")]), (LATE, LATE)).differences
    assert [(cause.how, cause.choice) for cause in one.causes.found] == [("closed", "alder")]


def test_a_right_answer_is_overtaken() -> None:
    knowledge = orchard(ALDER, alder=[closed("2010-05-01", confidence="recalled")])
    found = between_days(knowledge, text=FROSTY + QUESTION)
    assert found.fated
    assert (found.fated.fate, found.fated.before.labels, found.fated.after.labels) == (
        "no-longer-right",
        ("A",),
        ("B",),
    )
    assert [(one.label, one.objections[0].kind) for one in found.fated.lost] == [("A", "rejected")]
    assert [cause.choice for cause in found.fated.causes.found] == ["alder"]
    counted = figures([found])
    assert (counted.proven, counted.no_longer_right, counted.recalled, counted.still_right) == (1, 1, 1, 0)
    ((causes, ones),) = by_cause([found])
    assert (causes, ones) == (found.fated.causes, [found])


def test_a_right_answer_that_is_no_longer_the_only_one() -> None:
    knowledge = orchard({**ALDER, "until": "2010-01-01"})
    found = between_days(knowledge, text=FROSTY + QUESTION)
    assert found.fated.fate == "no-longer-proven"
    asked_for_all = QUESTION.replace("options:", "select: all\n  options:")
    knowledge = orchard({"when": {"frost": True}, "reject": "birch", "until": "2010-01-01"})
    assert between_days(knowledge, text=FROSTY + asked_for_all).fated.fate == "joined"


def test_an_answer_that_is_proven_only_afterwards() -> None:
    knowledge = orchard({**ALDER, "from": "2010-01-01"})
    found = between_days(knowledge, text=FROSTY + QUESTION)
    assert (found.fated.fate, found.differs) == ("gained", True)
    counted = figures([found])
    assert (counted.proven, counted.gained) == (0, 1)


def test_a_question_that_nothing_proves_on_either_day_does_not_differ() -> None:
    found = between_days(orchard(), text=FROSTY + QUESTION)
    assert (found.fated.fate, found.differs) == ("unproven", False)


def test_the_document_tells_only_of_what_differs() -> None:
    knowledge = orchard(ALDER, alder=[closed("2010-05-01")])
    found = [between_days(knowledge), between_days(knowledge, (EARLY, EARLY))]
    made = document(knowledge, (Label(EARLY, ""), Label(LATE, "")), found)
    assert made["figures"]["scenarios"] == 2
    (scenario,) = made["scenarios"]
    (decision,) = scenario["decisions"]
    assert (decision["before"]["leading"], decision["after"]["leading"]) == (["alder"], ["birch"])
    assert decision["causes"][0]["confidence"] == "verified"
