"""The least changes that change a decision: what counts as one, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge import evaluate
from adjudge.evaluation import Evaluator
from adjudge.explaining import flips as search
from adjudge.explaining.flip_report import by_outcome, turning_point
from adjudge.explaining.flips import ANY_OTHER, Aim, Flips, flips
from bases import knowledge_of

if TYPE_CHECKING:
    import pytest

    from adjudge.explaining.changes import Change
    from adjudge.knowledge import Knowledge

DAY = "2021-12-31"
BOOLEAN = {"kind": "boolean"}
SOIL = {"kind": "single", "values": [{"id": "clay"}, {"id": "sand"}, {"id": "peat"}]}
GUESTS = {"kind": "multiple", "values": [{"id": "bees"}, {"id": "deer"}]}


def base(
    *rules: dict[str, Any],
    choices: list[dict[str, Any]] | None = None,
    traits: list[dict[str, Any]] | None = None,
    **attributes: Any,
) -> Knowledge:
    """Return knowledge about choosing between alder and birch, both of which serve."""
    need = {"id": "need", "kind": "multiple", "values": [{"id": "plant"}]}
    words = [need, *({"id": name, **said} for name, said in attributes.items())]
    both = [{"id": "alder", "serves": ["plant"]}, {"id": "birch", "serves": ["plant"]}]
    return knowledge_of(
        {
            "vocabulary": {"attributes": words, "traits": traits or []},
            "catalog": {"choices": choices or both},
            "decisions": [{"topic": "planting", "need": "plant", "rules": list(rules)}],
        }
    )


def asked(knowledge: Knowledge, aim: Aim = ANY_OTHER, **said: Any) -> Flips:
    evaluation = evaluate({"need": "plant", **said}, as_of=DAY, knowledge=knowledge)
    return flips(Evaluator(knowledge), evaluation, evaluation.decisions[0], aim)


def told(change: Change) -> tuple[str, Any, tuple[Any, ...]]:
    """Return the attribute, what is stated of it now, and what is not any more."""
    return change.attribute, change.added.value if change.added else None, tuple(one.value for one in change.withdrawn)


def ways(found: Flips) -> list[tuple[list[tuple[str, Any, tuple[Any, ...]]], tuple[str, ...]]]:
    return [([told(change) for change in flip.changes], flip.leading) for group in by_outcome(found) for flip in group]


def turns(knowledge: Knowledge, **said: Any) -> list[str]:
    """Return how the decision turns with each flip."""
    evaluation = evaluate({"need": "plant", **said}, as_of=DAY, knowledge=knowledge)
    evaluator = Evaluator(knowledge)
    found = flips(evaluator, evaluation, evaluation.decisions[0])
    return [turning_point(evaluator, evaluation, found, flip).how for group in by_outcome(found) for flip in group]


FROST = {"id": "frost", "when": {"frost": True}, "prefer": "birch", "over": "alder"}
WIND = {"id": "wind", "when": {"wind": True}, "reject": "birch"}


def test_what_was_not_said_is_told_apart_from_what_contradicts() -> None:
    knowledge = base(FROST, WIND, frost=BOOLEAN, wind=BOOLEAN)
    assert {told(flip.changes[0]): flip.contradicts for flip in asked(knowledge).flips} == {
        ("frost", True, ()): False,
        ("wind", True, ()): False,
    }
    assert {told(flip.changes[0]): flip.contradicts for flip in asked(knowledge, frost=True).flips} == {
        ("frost", None, (True,)): True,
        ("wind", True, ()): False,
    }
    assert [flip.contradicts for group in by_outcome(asked(knowledge, frost=True)) for flip in group] == [False, True]


def test_a_single_change_is_found_in_each_form() -> None:
    rule = {"id": "clay", "when": {"soil": "clay"}, "prefer": "birch", "over": "alder"}
    knowledge = base(rule, {"id": "peat", "when": {"soil": "peat"}, "reject": "birch"}, soil=SOIL)
    assert ways(asked(knowledge, soil="clay")) == [
        ([("soil", "peat", ("clay",))], ("alder",)),
        ([("soil", None, ("clay",))], ("alder", "birch")),
    ]
    assert ways(asked(knowledge)) == [
        ([("soil", "clay", ())], ("birch",)),
        ([("soil", "peat", ())], ("alder",)),
    ]


def test_of_several_values_one_alone_can_be_withdrawn() -> None:
    rule = {"id": "deer", "when": {"guests": "deer"}, "reject": "birch"}
    found = asked(base(rule, guests=GUESTS), guests=["bees", "deer"])
    assert ways(found) == [([("guests", None, ("deer",))], ("alder", "birch"))]
    assert [one.value for one in found.flips[0].changes[0].then] == ["bees"]


def test_two_changes_that_do_it_only_together() -> None:
    rule = {"id": "frost", "when": {"frost": True, "wind": True}, "prefer": "birch", "over": "alder"}
    knowledge = base(rule, frost=BOOLEAN, wind=BOOLEAN)
    both = [("frost", True, ()), ("wind", True, ())]
    assert ways(asked(knowledge)) == [(both, ("birch",))]
    assert asked(knowledge).complete == 2
    short = asked(knowledge, Aim(at_most=1))
    assert (short.flips, short.complete) == ((), 1)


def test_what_a_value_is_derived_from_is_changed() -> None:
    derive = {"id": "height", "when": {"height": {"at-least": 900}}, "derive": {"frost": True}}
    knowledge = base(FROST, derive, frost=BOOLEAN, height={"kind": "quantity", "unit": "count"})
    found = ways(asked(knowledge, height=1000))
    assert ([("height", None, (1000,))], ("alder", "birch")) in found
    assert ([("height", {"at-least": "900"}, ())], ("birch",)) in ways(asked(knowledge))


def test_a_target_has_to_lead_alone() -> None:
    rules = (
        {"id": "frost", "when": {"frost": True}, "reject": "birch"},
        {"id": "wind", "when": {"wind": True}, "prefer": "birch", "over": "alder"},
    )
    knowledge = base(*rules, frost=BOOLEAN, wind=BOOLEAN)
    assert ways(asked(knowledge, Aim("birch"), frost=True)) == [
        ([("frost", None, (True,)), ("wind", True, ())], ("birch",)),
    ]


def test_a_target_that_leads_already_needs_nothing() -> None:
    found = asked(base(FROST, frost=BOOLEAN), Aim("birch"), frost=True)
    assert found.reached
    assert (found.flips, found.tried) == ((), 0)


def test_why_no_change_whatever_makes_a_choice_win() -> None:
    gone = {"event": "end-of-support", "date": "2020-01-01"}
    choices = [
        {"id": "alder", "serves": ["plant"]},
        {"id": "birch", "serves": ["plant"], "lifecycle": [gone]},
        {"id": "cedar"},
    ]
    no_cedar = {"id": "no-cedar", "when": {"frost": True}, "reject": "cedar"}
    knowledge = base(FROST, no_cedar, choices=choices, frost=BOOLEAN)
    assert "2020-01-01" in asked(knowledge, Aim("birch")).barred
    assert "recommends" in asked(knowledge, Aim("cedar")).barred
    assert not asked(knowledge, Aim("alder"), frost=True).barred


def test_that_the_need_goes_away_is_no_other_decision() -> None:
    derive = {"id": "garden", "when": {"garden": True}, "derive": {"need": "plant"}}
    knowledge = base(FROST, derive, frost=BOOLEAN, garden=BOOLEAN)
    evaluation = evaluate({"garden": True, "frost": True}, as_of=DAY, knowledge=knowledge)
    found = flips(Evaluator(knowledge), evaluation, evaluation.decisions[0])
    assert {change.attribute for flip in found.flips for change in flip.changes} == {"frost"}


def test_what_is_withdrawn_only_since_it_contradicts_the_rest() -> None:
    """Nothing asks for peat, but frost is not to be had with it."""
    derive = {"id": "mild", "when": {"soil": "peat"}, "derive": {"frost": False}}
    found = asked(base(FROST, derive, frost=BOOLEAN, soil=SOIL), Aim("birch"), soil="peat")
    assert ways(found) == [([("frost", True, ()), ("soil", None, ("peat",))], ("birch",))]


def test_another_value_takes_the_place_of_one_that_contradicts() -> None:
    """Clay and sand are alike to the rules about birch; that clay is never dry only matters beside the drought."""
    rules = (
        {"id": "light", "when": {"soil": ["clay", "sand"]}, "prefer": "birch", "over": "alder"},
        {"id": "clay-is-wet", "when": {"soil": "clay"}, "derive": {"drought": False}},
    )
    knowledge = base(*rules, soil=SOIL, drought=BOOLEAN)
    assert ways(asked(knowledge)) == [([("soil", "clay", ())], ("birch",))]
    assert ways(asked(knowledge, drought=True)) == [([("soil", "sand", ())], ("birch",))]


def test_a_default_gives_way_and_comes_back() -> None:
    assumed = {**BOOLEAN, "assume": False, "assume-because": "It mostly is."}
    rule = {"id": "mild", "when": {"frost": False, "wind": True}, "prefer": "birch", "over": "alder"}
    knowledge = base(rule, frost=assumed, wind=BOOLEAN)
    assert ([("frost", True, ())], ("alder", "birch")) in ways(asked(knowledge, wind=True))
    assert ways(asked(knowledge, wind=True, frost=True)) == [([("frost", None, (True,))], ("birch",))]


def test_a_default_that_comes_back_can_call_for_a_choice() -> None:
    assumed = {**BOOLEAN, "assume": False, "assume-because": "It mostly is."}
    rules = (
        {"id": "mild", "when": {"frost": False, "wind": [True, False]}, "recommend": "birch"},
        {"id": "wind", "when": {"wind": True}, "prefer": "birch", "over": "alder"},
    )
    knowledge = base(
        *rules, choices=[{"id": "alder", "serves": ["plant"]}, {"id": "birch"}], frost=assumed, wind=BOOLEAN
    )
    assert ways(asked(knowledge, wind=True, frost=True)) == [([("frost", None, (True,))], ("birch",))]


def test_what_a_goal_is_derived_from_is_changed() -> None:
    """No rule asks for the goal, but the traits of choices serve it more or less."""
    growth = {"id": "growth", "goal": "shade-soon", "values": [{"id": "quick"}, {"id": "slow"}]}
    choices = [
        {"id": name, "serves": ["plant"], "traits": {"growth": {"is": pace}}}
        for name, pace in (("alder", "slow"), ("birch", "quick"))
    ]
    derive = {"id": "sun", "when": {"sun": True}, "derive": {"goal": "shade-soon"}}
    goal = {"kind": "multiple", "values": [{"id": "shade-soon"}]}
    knowledge = base(derive, choices=choices, traits=[growth], goal=goal, sun=BOOLEAN)
    assert ways(asked(knowledge)) == [
        ([("goal", "shade-soon", ())], ("birch",)),
        ([("sun", True, ())], ("birch",)),
    ]


def test_amounts_that_lead_to_the_same_are_told_as_one_range() -> None:
    rules = (
        {"id": "high", "when": {"height": {"at-least": 900}}, "prefer": "birch", "over": "alder"},
        {"id": "higher", "when": {"height": {"at-least": 2000}}, "advise": "Mind the snow."},
        {"id": "highest", "when": {"height": {"above": 3000}}, "prefer": "birch", "over": "alder"},
    )
    height = {"kind": "quantity", "unit": "count"}
    assert ways(asked(base(*rules, height=height))) == [([("height", {"at-least": "900"}, ())], ("birch",))]


def test_a_range_is_not_told_as_one_where_all_of_it_would_not_do() -> None:
    """Each half is known to be dry, by a bound of its own; the whole is within neither."""
    rules = (
        {"id": "low", "when": {"height": {"at-least": 10, "at-most": 19}}, "derive": {"dry": True}},
        {"id": "high", "when": {"height": {"at-least": 20, "at-most": 29}}, "derive": {"dry": True}},
        {"id": "dry", "when": {"dry": True}, "prefer": "birch", "over": "alder"},
    )
    found = ways(asked(base(*rules, dry=BOOLEAN, height={"kind": "quantity", "unit": "count"})))
    assert [changes[0][1] for changes, _ in found if changes[0][0] == "height"] == [
        {"above": "9", "at-most": "19"},
        {"at-least": "20", "at-most": "29"},
    ]


def test_an_answer_takes_the_place_of_what_it_contradicts_alone() -> None:
    rule = {"id": "deer", "when": {"guests": {"all": ["bees", "deer"]}}, "prefer": "birch", "over": "alder"}
    found = asked(base(rule, guests=GUESTS), guests={"is": "bees", "not": "deer"})
    assert ways(found) == [([("guests", "deer", ({"not": "deer"},))], ("birch",))]
    assert [one.value for one in found.flips[0].changes[0].then] == ["bees", "deer"]


def test_a_size_with_too_many_combinations_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = {"id": "frost", "when": {"frost": True, "wind": True}, "prefer": "birch", "over": "alder"}
    knowledge = base(rule, frost=BOOLEAN, wind=BOOLEAN)
    whole = asked(knowledge).tried
    monkeypatch.setattr(search, "LIMIT", whole)
    assert asked(knowledge).flips
    monkeypatch.setattr(search, "LIMIT", whole - 1)
    short = asked(knowledge)
    assert (short.flips, short.complete) == ((), 1)
    assert short.tried < whole


def test_what_a_decision_turns_on() -> None:
    reject = {"id": "frost", "when": {"frost": True}, "reject": "alder"}
    assert turns(base(reject, frost=BOOLEAN)) == ["That rules out Alder"]
    assert turns(base(reject, frost=BOOLEAN), frost=True) == ["What ruled out Alder is gone"]
    assert turns(base(FROST, frost=BOOLEAN)) == ["Birch is then preferred to Alder"]
    assert turns(base(FROST, frost=BOOLEAN), frost=True) == ["Birch is no longer preferred to Alder"]
    backing = {"id": "frost", "when": {"frost": True}, "recommend": "birch"}
    assert turns(base(backing, frost=BOOLEAN)) == ["That speaks for Birch"]
    assert turns(base(backing, frost=BOOLEAN), frost=True) == ["What spoke for Birch is gone"]
