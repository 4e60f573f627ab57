"""Obstacles: each kind has its code, tells what was seen and needed, and the easiest comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gardens import garden, planted

from adjudge import evaluate
from adjudge.explaining.obstacles import Obstacle, obstacles

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

DAY = "2021-12-31"


def found(knowledge: Knowledge, choice: str = "alder", **said: Any) -> list[Obstacle]:
    _, evaluation, decision = planted(knowledge, **said)
    return list(obstacles(knowledge, evaluation, decision, choice))


def kept(photos: Knowledge, choice: str, as_of: str = DAY, **said: Any) -> list[Obstacle]:
    said = {name.replace("__", "."): value for name, value in said.items()}
    evaluation = evaluate(said, as_of=as_of, knowledge=photos)
    return list(obstacles(photos, evaluation, evaluation.decisions[0], choice))


def codes(some: list[Obstacle]) -> list[tuple[str, str]]:
    return [(one.code, one.ease) for one in some]


def test_what_is_unknown_comes_before_what_was_stated_otherwise():
    some = found(garden({"when": {"soil": "sand", "wind": True}, "recommend": "alder"}), soil="clay")
    assert codes(some) == [("unknown-condition", "unknown"), ("failed-condition", "stated")]
    assert [(gap.seen, gap.needed) for one in some for gap in one.gaps] == [("", "yes"), ("clay", "dry sand")]


def test_what_was_derived_is_as_easy_to_change_as_what_it_rests_on():
    dry = {"wet": False, "watered": False}
    rules = (
        {"when": {"watered": True}, "derive": {"wet": True}},
        {"when": {"wet": False}, "recommend": "alder", "examples": {"match": [dry], "differ": [{}]}},
    )
    assert codes(found(garden(*rules))) == [("failed-condition", "assumed")]


def test_a_rejection_goes_with_any_one_of_its_conditions():
    reject = {"when": {"soil": "clay", "height": {"at-least": 5}}, "reject": "alder"}
    [one] = found(garden(reject, serving=("alder",)), soil="clay", height=7)
    assert codes([one]) == [("rejected-by-rule", "stated")]
    assert [(gap.seen, gap.needed) for gap in one.gaps] == [
        ("clay", "anything but “clay”"),
        ("at least 7", "at most 4"),
    ]


def test_a_rejected_choice_lacks_what_would_recommend_it_as_well():
    rules = ({"when": {"salt": True}, "reject": "alder"}, {"when": {"wind": True}, "recommend": "alder"})
    some = found(garden(*rules), salt=True)
    assert codes(some) == [("unknown-condition", "unknown"), ("rejected-by-rule", "stated")]


def test_what_nothing_recommends():
    assert codes(found(garden({"when": {"salt": True}, "reject": "alder"}))) == [("no-rule", "none")]


def test_what_is_beaten_names_what_is_above_it():
    prefer = {"when": {"salt": True}, "prefer": "birch", "over": "alder"}
    [one] = found(garden(prefer, serving=("alder", "birch")), salt=True)
    assert (one.code, one.choice, one.reason.rule) == ("beaten-by", "birch", "planting.rule-1")


def test_what_is_recommended_behind_another_is_told_why():
    rules = (
        {"when": {"salt": True, "wind": True}, "recommend": "birch"},
        {"when": {"wind": True}, "recommend": "alder"},
    )
    said = {"salt": True, "wind": True}
    [one] = found(garden(*rules), **said)
    assert codes([one]) == [("ranked-behind", "none")]
    assert one.reason.says == "Birch leads: its reasons rest on 2 statements, those for Alder on 1 statement."
    assert found(garden(*rules), "birch", **said) == []


def test_of_equal_support_the_goals_decide():
    rules = ({"when": {"wind": True}, "recommend": "alder"}, {"when": {"wind": True}, "recommend": "birch"})
    [one] = found(garden(*rules), "birch", wind=True, goal="shade")
    assert "best for the most shade, Birch for none" in one.reason.says


def test_a_limit_that_rests_on_a_default_is_easy_to_change(photos: Knowledge):
    limit = next(one for one in kept(photos, "home-server", photos__kind="film") if one.code == "limit-exceeded")
    assert limit.ease == "assumed"
    assert ("negatives on film", "anything but “negatives on film”") in [(gap.seen, gap.needed) for gap in limit.gaps]


def test_a_precondition_that_fails(photos: Knowledge):
    some = kept(photos, "album-service", photos__kind="jpeg", devices=["phone", "laptop"], line={"below": "1 MB/s"})
    assert [one.code for one in some] == ["precondition-failed"]
    assert some[0].gaps[-1].needed == "at least 1 MB/s"


def test_a_choice_that_can_no_longer_be_had(photos: Knowledge):
    some = kept(photos, "album-service", "2026-01-01", photos__kind="jpeg", devices=["phone", "laptop"])
    assert codes(some) == [("closed", "none")]
    assert some[0].reason.date == "2025-06-01"


def test_a_step_that_has_been_taken(photos: Knowledge):
    some = kept(photos, "delete-blurred", store__full=True, tried="deleting")
    assert [one.code for one in some] == ["step-done"]
