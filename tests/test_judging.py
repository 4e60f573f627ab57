"""The proofs behind verdicts. Which verdict follows from what is fixed by the cases in `conformance/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adjudge import evaluate
from adjudge.judging import VERDICTS, Decision, Verdict, rank
from bases import knowledge_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.judging import Argument
    from adjudge.knowledge import Knowledge

DAY = "2021-12-31"


@pytest.fixture(scope="module")
def travel() -> Knowledge:
    flags = ("far", "hurry", "luggage", "strike", "sunny", "green")
    return knowledge_of(
        {
            "vocabulary": {
                "attributes": [
                    {"id": "need", "kind": "multiple", "values": [{"id": "go"}]},
                    {"id": "goal", "kind": "multiple", "values": [{"id": "cheap"}, {"id": "calm"}]},
                    {"id": "distance", "kind": "quantity", "unit": "count"},
                    *({"id": name, "kind": "boolean"} for name in flags),
                ],
                "traits": [
                    {"id": "price", "goal": "cheap", "values": [{"id": "low"}, {"id": "high"}]},
                    {"id": "noise", "goal": "calm", "values": [{"id": "quiet"}, {"id": "loud"}]},
                ],
            },
            "catalog": {
                "choices": [
                    {"id": "train", "traits": {"price": {"is": "low"}, "noise": {"is": "quiet"}}},
                    {"id": "plane", "traits": {"price": {"is": "high"}, "noise": {"is": "loud"}}},
                    {
                        "id": "bike",
                        "serves": ["go"],
                        "limits": [
                            {"that": {"distance": {"at-most": 50}}, "because": "Legs tire."},
                            {
                                "that": {"distance": {"at-most": 20}},
                                "when": {"luggage": True},
                                "because": "Loads tire.",
                            },
                        ],
                    },
                    {
                        "id": "coach",
                        "lifecycle": [
                            {"event": "closed-to-new-customers", "date": "2019-01-01"},
                            {"event": "end-of-support", "date": "2020-01-01", "confidence": "recalled"},
                            {"event": "end-of-support", "date": "2030-01-01"},
                        ],
                    },
                ]
            },
            "decisions": [
                {
                    "topic": "going",
                    "need": "go",
                    "rules": [
                        {"id": "far-is-go", "when": {"far": True}, "derive": {"need": "go"}},
                        {"id": "train-goes-far", "when": {"far": True}, "recommend": "train"},
                        {"id": "plane-goes-far", "when": {"far": True}, "recommend": "plane"},
                        {
                            "id": "train-carries",
                            "when-any": [{"luggage": True, "hurry": True}, {"sunny": True}],
                            "recommend": "train",
                        },
                        {"id": "plane-is-quick", "when": {"hurry": True}, "prefer": "plane", "over": "train"},
                        {"id": "no-train", "when": {"strike": True}, "reject": "train"},
                        {"id": "coach-goes-far", "when": {"far": True}, "recommend": "coach"},
                        {"id": "book", "when": {"luggage": True}, "advise": "Book a place for it.", "about": "train"},
                        {"id": "start-early", "when": {"hurry": True}, "advise": "Start early."},
                    ],
                },
                {
                    "topic": "principles",
                    "rules": [
                        {
                            "id": "quiet-first",
                            "when": {"green": True},
                            "prefer": {"noise": "quiet"},
                            "over": {"noise": "loud"},
                        }
                    ],
                },
            ],
        }
    )


def decide(knowledge: Knowledge, day: str = DAY, **said: Any) -> Decision:
    (decision,) = evaluate(said, as_of=day, knowledge=knowledge).decisions
    return decision


def verdict(decision: Decision, choice: str) -> Verdict:
    (found,) = (one for one in decision.verdicts if one.choice == choice)
    return found


def rules(arguments: Iterable[Argument]) -> list[str]:
    return [one.rule.id for one in arguments]


def stated(argument: Argument) -> set[str]:
    return {one.attribute for one in argument.stated}


def test_every_candidate_gets_a_verdict_the_best_first(travel: Knowledge) -> None:
    decision = decide(travel, far=True, hurry=True, distance=100)
    assert [(one.choice, one.verdict) for one in decision.verdicts] == [
        ("plane", "recommended"),
        ("train", "beaten"),
        ("bike", "rejected"),
        ("coach", "rejected"),
    ]
    assert [VERDICTS.index(one.verdict) for one in decision.verdicts] == [0, 1, 2, 2]


def test_what_raised_the_need_is_named(travel: Knowledge) -> None:
    assert decide(travel, far=True).raised.by == "going.far-is-go"
    assert decide(travel, need="go").raised.origin == "stated"


def test_a_beaten_choice_keeps_what_speaks_for_it(travel: Knowledge) -> None:
    train = verdict(decide(travel, far=True, hurry=True), "train")
    assert rules(train.arguments) == ["going.train-goes-far"]
    assert rules(train.against) == ["going.plane-is-quick"]
    assert (train.against[0].choice, train.against[0].rival) == ("plane", "train")


def test_a_won_preference_is_an_argument_for_the_winner(travel: Knowledge) -> None:
    plane = verdict(decide(travel, far=True, hurry=True), "plane")
    assert rules(plane.arguments) == ["going.plane-goes-far", "going.plane-is-quick"]
    assert plane.weight == 2


def test_a_preference_without_effect_is_no_argument(travel: Knowledge) -> None:
    decision = decide(travel, far=True, hurry=True, strike=True)
    assert rules(verdict(decision, "plane").arguments) == ["going.plane-goes-far"]
    assert rules(verdict(decision, "train").against) == ["going.no-train"]


def test_of_alternatives_the_one_with_the_smallest_proof_is_told(travel: Knowledge) -> None:
    said = {"far": True, "luggage": True, "hurry": True}
    carries, goes_far = verdict(decide(travel, **said), "train").arguments
    assert (stated(carries), stated(goes_far)) == ({"luggage", "hurry"}, {"far"})
    carries, goes_far = verdict(decide(travel, **said, sunny=True), "train").arguments
    assert (stated(carries), stated(goes_far)) == ({"sunny"}, {"far"})


def test_an_argument_rests_on_what_was_stated(travel: Knowledge) -> None:
    bike = verdict(decide(travel, far=True), "bike")
    assert [one.attribute for one in bike.arguments[0].supports] == ["need"]
    assert stated(bike.arguments[0]) == {"far"}


def test_all_limits_that_are_exceeded_are_told(travel: Knowledge) -> None:
    bike = verdict(decide(travel, far=True, distance=60, luggage=True), "bike")
    assert {one.rule.because for one in bike.against} == {"Legs tire.", "Loads tire."}


def test_the_latest_closing_event_is_told(travel: Knowledge) -> None:
    closed = {day: verdict(decide(travel, day, far=True), "coach").closed for day in ("2018-12-31", "2019-06-01", DAY)}
    assert closed["2018-12-31"] is None
    told = {day: (event.event, event.confidence) for day, event in closed.items() if event}
    assert told == {"2019-06-01": ("closed-to-new-customers", "verified"), DAY: ("end-of-support", "recalled")}


def test_advice_goes_to_its_choice_or_to_the_need(travel: Knowledge) -> None:
    decision = decide(travel, far=True, luggage=True, hurry=True)
    assert rules(verdict(decision, "train").cautions) == ["going.book"]
    assert rules(decision.advice) == ["going.start-early"]
    assert verdict(decision, "plane").cautions == ()


def test_goals_are_met_by_what_is_best_for_them(travel: Knowledge) -> None:
    decision = decide(travel, far=True, goal=["cheap", "calm"])
    assert verdict(decision, "train").goals == ("calm", "cheap")
    assert verdict(decision, "plane").goals == ()
    assert (decision.status, decision.leading) == ("decided", ("train",))


def test_a_goal_for_which_nothing_is_worse_is_met_by_nothing(travel: Knowledge) -> None:
    decision = decide(travel, far=True, hurry=True, distance=100, goal="cheap")
    assert decision.recommended == ("plane",)
    assert verdict(decision, "plane").goals == ()


def test_leading_are_those_of_the_first_rank(travel: Knowledge) -> None:
    tied = decide(travel, far=True)
    assert (tied.status, tied.leading, tied.recommended) == (
        "tied",
        ("bike", "plane", "train"),
        ("bike", "plane", "train"),
    )
    decided = decide(travel, far=True, sunny=True)
    assert (decided.status, decided.leading, decided.recommended) == ("decided", ("train",), ("train", "bike", "plane"))
    assert [rank(one) for one in decided.verdicts[:3]] == [(2, 0), (1, 0), (1, 0)]


def test_an_open_decision_leads_to_nothing(travel: Knowledge) -> None:
    decision = decide(travel, need="go", distance=100)
    assert (decision.status, decision.leading, decision.recommended) == ("open", (), ())


def test_a_principle_that_gave_way_is_told(travel: Knowledge) -> None:
    decision = decide(travel, far=True, hurry=True, green=True)
    assert decision.leading == ("plane",)
    assert rules(decision.cancelled) == ["principles.quiet-first"]
    assert rules(verdict(decision, "train").arguments) == ["going.train-goes-far"]
