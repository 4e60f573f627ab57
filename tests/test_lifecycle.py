"""What becomes of choices over time: names, closings, who may keep what is closed, and how that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adjudge import evaluate
from adjudge.browsing import find
from adjudge.errors import KnowledgeError
from adjudge.evaluation import Evaluator
from adjudge.explaining.mending import Mender
from adjudge.explaining.obstacles import obstacles
from adjudge.lifecycle import called, history
from adjudge.missing import missing
from adjudge.reasons import cautions
from adjudge.report import report
from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.evaluation import Evaluation
    from adjudge.knowledge import Knowledge

CLOSED = {"event": "closed-to-new-customers", "date": "2020-01-01"}
ENDED = {"event": "end-of-support", "date": "2030-01-01"}


def mill(*events: dict[str, Any], **fields: Any) -> Knowledge:
    """Return knowledge of a mill with a lifecycle, and of an oven, both of which serve."""
    attributes = [
        {"id": "need", "kind": "multiple", "values": [{"id": "bake"}]},
        {"id": "existing", "kind": "multiple", "values": [{"id": "millstone"}, {"id": "horse"}]},
        {"id": "windy", "kind": "boolean"},
    ]
    choices = [{"id": "mill", "serves": ["bake"], "lifecycle": [*events], **fields}, {"id": "oven", "serves": ["bake"]}]
    rules = [{"id": "r", "when": {"need": "bake"}, "prefer": "mill", "over": "oven"}]
    return knowledge_of(
        {
            "vocabulary": {"attributes": attributes},
            "catalog": {"choices": choices},
            "decisions": [{"topic": "baking", "need": "bake", "rules": rules}],
        }
    )


def baked(knowledge: Knowledge, day: str, **said: Any) -> Evaluation:
    return evaluate({"need": "bake", **said}, as_of=day, knowledge=knowledge)


def minded(knowledge: Knowledge, day: str) -> list[str]:
    evaluation = baked(knowledge, day, existing="millstone")
    [decision] = evaluation.decisions
    return [one.says for one in cautions(knowledge, evaluation, decision, decision.verdicts[0])]


def test_what_is_kept_comes_with_what_lies_ahead_and_what_to_weigh():
    knowledge = mill({**CLOSED, "confidence": "recalled"}, ENDED, existing=["millstone"], successors=["oven"])
    [said] = minded(knowledge, "2020-01-01")
    for part in ("closed to new customers since 2020-01-01 (recalled", "may keep it", "ends on 2030-01-01", "Oven"):
        assert part in said
    assert minded(knowledge, "2019-12-31") == []


def test_where_no_end_is_known_none_is_told():
    [said] = minded(mill(CLOSED, existing=["millstone"]), "2021-01-01")
    assert "No end of its support is known" in said
    assert "weigh" not in said


def test_that_it_is_run_already_is_asked_for_and_would_change_the_decision():
    knowledge = mill(CLOSED, existing=["millstone"])
    evaluation = baked(knowledge, "2021-01-01")
    [decision] = evaluation.decisions
    [asked] = [one for one in missing(Evaluator(knowledge), evaluation, decision) if one.would_change]
    assert (asked.attribute, asked.outcomes) == ("existing", (("millstone", ("mill",)),))


def test_to_run_it_already_removes_the_obstacle():
    knowledge = mill(CLOSED, existing=["millstone"])
    evaluation = baked(knowledge, "2021-01-01")
    [decision] = evaluation.decisions
    [closed] = obstacles(knowledge, evaluation, decision, "mill")
    assert (closed.code, closed.ease, [gap.attribute for gap in closed.gaps]) == ("closed", "unknown", ["existing"])
    found = Mender(Evaluator(knowledge), evaluation, decision, "mill").search().mending
    assert found is not None
    assert [one.attribute for one in found.changes] == ["existing"]


def test_what_has_ended_is_an_obstacle_for_good():
    knowledge = mill(CLOSED, ENDED, existing=["millstone"])
    evaluation = baked(knowledge, "2030-01-01", existing="millstone")
    [decision] = evaluation.decisions
    [closed] = obstacles(knowledge, evaluation, decision, "mill")
    assert (closed.ease, closed.gaps) == ("none", ())
    assert Mender(Evaluator(knowledge), evaluation, decision, "mill").search().mending is None


def test_a_choice_is_found_by_every_name_and_called_by_that_of_the_day():
    knowledge = mill(
        {"event": "renamed", "date": "2010-01-01", "name": "Grinder"},
        {"event": "renamed", "date": "2015-01-01", "name": "Pulveriser"},
        aliases=["Quern"],
    )
    for name in ("mill", "quern", "GRINDER", "Pulveriser"):
        assert find(knowledge, name) == ("choice", "mill"), name
    days = ("2009-12-31", "2010-01-01", "2015-01-01")
    assert [called(knowledge.choices["mill"], day) for day in days] == [
        "Mill",
        "Mill (now Grinder)",
        "Mill (now Pulveriser)",
    ]


def test_a_report_tells_the_name_of_the_day_where_it_is_another():
    knowledge = mill({"event": "renamed", "date": "2010-01-01", "name": "Grinder"})
    then, now = (report(Evaluator(knowledge), baked(knowledge, day), "")["decisions"][0]["recommended"][0]
                 for day in ("2009-12-31", "2010-01-01"))  # fmt: skip
    assert "now_called" not in then
    assert (now["name"], now["now_called"]) == ("Mill", "Grinder")


def test_the_history_is_told_in_order_with_how_sure_it_is():
    knowledge = mill({**ENDED, "confidence": "recalled"}, {**CLOSED, "checked": "2026-11-22"})
    told = history(knowledge.choices["mill"])
    assert [one["date"] for one in told] == ["2020-01-01", "2030-01-01"]
    assert "checked 2026-11-22" in told[0]["says"]
    assert "recalled, not verified" in told[1]["says"]


@pytest.mark.parametrize(
    ("events", "fields", "complaint"),
    [
        ([{"event": "reopened", "date": "2020-01-01"}], {}, "reopens what has not been closed before"),
        ([{"event": "reopened", "date": "2020-01-01"}, CLOSED], {}, "reopens what has not been closed before"),
        ([{"event": "renamed", "date": "2020-01-01"}], {}, "needs the new `name`"),
        ([{"event": "part-ended", "date": "2020-01-01"}], {}, "needs a `note`"),
        ([{**CLOSED, "checked": "yesterday"}], {}, "`yesterday` is no date"),
        ([CLOSED], {"existing": ["milstone"]}, "unknown value of the attribute `existing`: `milstone`"),
        ([ENDED], {"existing": ["millstone"]}, "has to be kept"),
    ],
)
def test_what_cannot_be_so_is_refused(events: list[dict[str, Any]], fields: dict[str, Any], complaint: str):
    with pytest.raises(KnowledgeError, match=complaint):
        mill(*events, **fields)


def test_whoever_runs_a_shipped_choice_can_say_so_unless_it_is_gone(shipped: Knowledge):
    day = "2026-11-22"
    for choice in shipped.choices.values():
        event = choice.closed(day)
        if event and event.event == "closed-to-new-customers":
            assert choice.existing or choice.id == "pinpoint", choice.id


def test_every_shipped_event_that_was_verified_tells_when(shipped: Knowledge):
    for choice in shipped.choices.values():
        for event in choice.lifecycle:
            assert bool(event.checked) == (event.confidence == "verified"), (choice.id, event)
