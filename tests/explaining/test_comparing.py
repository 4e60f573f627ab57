"""What comparisons and contrasts say of small knowledge, where one can see what they have to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adjudge import evaluate
from adjudge.evaluation import Evaluator
from adjudge.explaining.comparing import Comparison, compare
from adjudge.explaining.contrasting import contrast
from adjudge.explaining.summing import sum_up
from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

DAY = "2021-12-31"
WORDS: list[dict[str, Any]] = [
    {"id": "need", "kind": "multiple", "values": [{"id": "plant"}, {"id": "fence"}]},
    {"id": "goal", "kind": "multiple", "values": [{"id": "calm", "says": "a calm garden"}]},
    {"id": "frost", "kind": "boolean", "question": "Is there frost?"},
    {"id": "wind", "kind": "boolean"},
    {"id": "height", "kind": "quantity", "unit": "count"},
]
TRAITS = [{"id": "care", "says": "how much care it takes", "goal": "calm", "values": [{"id": "none"}, {"id": "much"}]}]


def knowledge(*rules: dict[str, Any], **choices: dict[str, Any]) -> Knowledge:
    """Return knowledge about alder, birch and cedar, which all serve unless something else is said of them."""
    named = {name: {"serves": ["plant"], **choices.get(name, {})} for name in ("alder", "birch", "cedar")}
    return knowledge_of(
        {
            "vocabulary": {"attributes": WORDS, "traits": TRAITS},
            "catalog": {"choices": [{"id": name, **said} for name, said in named.items()]},
            "decisions": [{"topic": "planting", "need": "plant", "rules": list(rules)}],
        }
    )


def compared(known: Knowledge, first: str = "alder", second: str = "birch", **said: Any) -> Comparison:
    evaluation = evaluate({"need": "plant", **said}, as_of=DAY, knowledge=known)
    return compare(Evaluator(known), evaluation, evaluation.decisions[0], (first, second))


def told(one: Comparison) -> set[tuple[str, str, str]]:
    return {(p.choice, p.kind, p.reason.rule) for p in one.points}


PREFER = {"id": "frost", "when": {"frost": True}, "prefer": "birch", "over": "alder", "because": "Birch stands frost."}
REJECT = {"id": "frost", "when": {"frost": True}, "reject": "alder", "because": "Alder freezes."}
CEDAR = {"id": "wind", "when": {"wind": True}, "prefer": "cedar", "over": ["alder", "birch"]}


def test_a_tie_names_what_would_separate_the_two() -> None:
    known = knowledge(PREFER)
    found = compared(known)
    assert found.better == ""
    assert [(turn.choice, turn.attribute, turn.answer) for turn in found.turns] == [("birch", "frost", True)]
    says = sum_up(known, found)
    assert "Alder and Birch fit equally well" in says
    assert "Birch would be right if, in addition, the answer to “Is there frost?” were: yes." in says
    assert "No single further statement would decide for Alder instead." in says


def test_a_preference_is_told_once_and_of_the_one_preferred() -> None:
    known = knowledge(PREFER)
    found = compared(known, frost=True)
    assert found.better == "birch"
    assert [p for p in told(found) if p[1] == "preferred"] == [("birch", "preferred", "planting.frost")]
    assert not any(kind == "against" for _, kind, _ in told(found))
    assert sum_up(known, found).startswith("Choose Birch rather than Alder: Birch stands frost.")
    known = knowledge(PREFER, {"id": "cedar", "when": {"frost": True}, "recommend": "cedar"})
    found = compared(known, frost=True)
    assert "Choose Birch (Cedar would do as well) rather than Alder: Birch stands frost." in sum_up(known, found)


def test_what_is_ruled_out_is_told_with_its_reason() -> None:
    known = knowledge(REJECT)
    found = compared(known, frost=True)
    assert ("alder", "against", "planting.frost") in told(found)
    assert "Alder is ruled out: Alder freezes." in sum_up(known, found)


def test_what_concerns_both_is_left_out_and_counted() -> None:
    both = {"id": "dry", "when": {"wind": True}, "reject": ["alder", "birch"], "because": "Wind dries both."}
    known = knowledge(both)
    found = compared(known, wind=True)
    assert not any(kind == "against" for _, kind, _ in told(found))
    assert (found.better, found.shared) == ("", 1)
    says = sum_up(known, found)
    assert "Neither Alder nor Birch fits: Wind dries both. The decision itself is for Cedar." in says


def test_a_third_that_beats_both_is_named() -> None:
    known = knowledge(CEDAR)
    found = compared(known, wind=True)
    assert found.better == ""
    assert "something else would do better: Cedar than either" in sum_up(known, found)
    found = compared(knowledge(CEDAR, PREFER), wind=True, frost=True)
    assert found.better == "birch"
    assert sum_up(known, found).startswith("Of the two, Birch comes first: Birch stands frost. The decision itself is")


def test_more_statements_come_before_fewer() -> None:
    known = knowledge({"id": "wind", "when": {"wind": True}, "recommend": "birch"})
    found = compared(known, wind=True)
    assert found.better == "birch"
    assert "Alder fits too, but fewer statements speak for it: 1 against 2." in sum_up(known, found)


def test_a_goal_brings_in_the_trait_that_serves_it() -> None:
    care = {name: {"traits": {"care": {"is": value}}} for name, value in (("alder", "none"), ("birch", "much"))}
    known = knowledge(**care)
    assert compared(known).differences == ()
    found = compared(known, goal="calm")
    assert [(one.trait, *(held.values for held in one.held if held)) for one in found.differences] == [
        ("care", ("none",), ("much",))
    ]
    assert found.better == "alder"
    assert "Alder serves more of the goals: a calm garden" in sum_up(known, found)


def test_a_closed_choice_says_since_when() -> None:
    event = {"event": "end-of-support", "date": "2021-01-01"}
    known = knowledge(birch={"lifecycle": [event]})
    found = compared(known)
    assert ("birch", "closed", "") in told(found)
    assert "Birch has been out of service since 2021-01-01." in sum_up(known, found)


def test_a_choice_that_nothing_calls_for() -> None:
    known = knowledge(PREFER, birch={"serves": []})
    found = compared(known)
    assert found.better == "alder"
    assert "Nothing that is stated calls for Birch; no single further statement would decide for it instead." in (
        sum_up(known, found)
    )
    known = knowledge(PREFER, birch={"serves": []}, alder={"serves": []})
    assert sum_up(known, compared(known)).startswith("Nothing that is stated calls for Alder or for Birch.")


def test_of_a_need_that_is_not_raised_nothing_is_said_that_was_not_tried() -> None:
    known = knowledge({"id": "sun", "when": {"frost": False}, "recommend": "alder"}, PREFER)
    evaluator, evaluation = Evaluator(known), evaluate({"frost": False}, as_of=DAY, knowledge=known)
    decision = evaluator.decide(evaluation.inference, "plant", DAY)
    found = compare(evaluator, evaluation, decision, ("alder", "birch"))
    assert found.turns == ()
    says = sum_up(known, found)
    assert "Nothing that is stated calls for Birch. What would change that has not been tried" in says


LIMIT = {"that": {"height": {"at-most": 20}}}


def test_a_contrast_sorts_by_how_little_is_asked() -> None:
    long = {"id": "a", "when": {"frost": True, "wind": True}, "recommend": "alder"}
    short = {"id": "b", "when": {"frost": True}, "recommend": "alder"}
    (need,) = contrast(knowledge(long, short), ("alder", "birch"), DAY).needs
    grounds = [ground.rule.id for ground in need.grounds if ground.choice == "alder"]
    assert grounds == ["alder.serves.plant", "planting.b", "planting.a"]


def test_a_contrast_takes_what_rules_one_out_for_the_other() -> None:
    found = contrast(knowledge(alder={"limits": [LIMIT]}), ("alder", "birch"), DAY)
    assert [(g.choice, g.kind, g.rule.id) for g in found.general] == [
        ("birch", "other-out", "alder.limit.height")
    ]  # fmt: skip


@pytest.mark.parametrize(("birch", "left"), [(20, []), (10, [("alder", 11)]), (30, [("birch", 21)])])
def test_what_rules_out_both_is_no_ground(birch: int, left: list[tuple[str, int]]) -> None:
    limits = {"alder": {"limits": [LIMIT]}, "birch": {"limits": [{"that": {"height": {"at-most": birch}}}]}}
    found = contrast(knowledge(**limits), ("alder", "birch"), DAY)
    assert [(g.choice, g.ways[0][0].bound) for g in found.general] == left


def test_what_rules_out_both_only_together_with_more_is_a_ground() -> None:
    alder = {"id": "a", "when": {"frost": True}, "reject": "alder"}
    birch = {"id": "b", "when": {"frost": True, "wind": True}, "reject": "birch"}
    (need,) = contrast(knowledge(alder, birch), ("alder", "birch"), DAY).needs
    assert [(g.choice, g.rule.id) for g in need.grounds if g.kind == "other-out"] == [("birch", "planting.a")]


def test_what_rules_one_out_where_the_other_stays_is_a_ground() -> None:
    alder = {"id": "a", "when": {"frost": True}, "reject": "alder"}
    birch = {"id": "b", "when": {"frost": False}, "reject": "birch"}
    (need,) = contrast(knowledge(alder, birch), ("alder", "birch"), DAY).needs
    outs = {(g.choice, g.rule.id) for g in need.grounds if g.kind == "other-out"}
    assert outs == {("birch", "planting.a"), ("alder", "planting.b")}


def test_a_rule_that_says_the_same_of_both_is_counted_and_left_out() -> None:
    both = {"id": "both", "when": {"frost": True}, "reject": ["alder", "birch"]}
    (need,) = contrast(knowledge(both), ("alder", "birch"), DAY).needs
    assert ({g.kind for g in need.grounds}, need.shared) == ({"for"}, 1)


def test_a_contrast_counts_only_the_rules_of_the_day() -> None:
    known = knowledge({**PREFER, "until": DAY})
    ids = {ground.rule.id for ground in contrast(known, ("alder", "birch"), DAY).needs[0].grounds}
    assert "planting.frost" not in ids
    earlier = contrast(known, ("alder", "birch"), "2021-12-30").needs[0].grounds
    assert ("birch", "preferred") in {(g.choice, g.kind) for g in earlier if g.rule.id == "planting.frost"}


def test_a_principle_holds_for_every_need_that_both_serve() -> None:
    base = {
        "vocabulary": {"attributes": WORDS, "traits": TRAITS},
        "catalog": {
            "choices": [
                {"id": "alder", "serves": ["plant", "fence"], "traits": {"care": {"is": "none"}}},
                {"id": "birch", "serves": ["plant", "fence"], "traits": {"care": {"is": "much"}}},
                {"id": "cedar", "serves": ["fence"], "traits": {"care": {"is": "much"}}},
            ]
        },
        "decisions": [
            {
                "topic": "calm",
                "rules": [
                    {"id": "rest", "when": {"goal": "calm"}, "prefer": {"care": "none"}, "over": {"care": "much"}}
                ],
            }
        ],
    }
    found = contrast(knowledge_of(base), ("alder", "birch"), DAY)
    assert [(g.choice, g.kind, g.rule.id) for g in found.general] == [("alder", "preferred", "calm.rest")]
    assert all(ground.rule.basis == "serves" for need in found.needs for ground in need.grounds)
    assert contrast(knowledge_of(base), ("alder", "cedar"), DAY).only == (("plant",), ())
