"""What further answers would change a decision, where a rule of thumb would miss them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge import evaluate
from adjudge.evaluation import Evaluator
from adjudge.missing import Missing, missing
from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

DAY = "2021-12-31"


def base(*rules: dict[str, Any], **attributes: Any) -> Knowledge:
    """Return knowledge about choosing between alder and birch, both of which serve."""
    words = [
        {"id": "need", "kind": "multiple", "values": [{"id": "plant"}]},
        *({"id": name, **said} for name, said in attributes.items()),
    ]
    return knowledge_of(
        {
            "vocabulary": {"attributes": words},
            "catalog": {"choices": [{"id": "alder", "serves": ["plant"]}, {"id": "birch", "serves": ["plant"]}]},
            "decisions": [{"topic": "planting", "need": "plant", "rules": list(rules)}],
        }
    )


def asked(knowledge: Knowledge, **said: Any) -> dict[str, Missing]:
    evaluation = evaluate({"need": "plant", **said}, as_of=DAY, knowledge=knowledge)
    (decision,) = evaluation.decisions
    return {one.attribute: one for one in missing(Evaluator(knowledge), evaluation, decision)}


def leading(knowledge: Knowledge, **said: Any) -> tuple[str, ...]:
    (decision,) = evaluate({"need": "plant", **said}, as_of=DAY, knowledge=knowledge).decisions
    return decision.leading


BOOLEAN = {"kind": "boolean"}
WET_AND_COLD = {
    "kind": "multiple",
    "values": [{"id": "wet"}, {"id": "cold"}, {"id": "bog", "broader": ["wet", "cold"]}],
}
GROUND = {
    "kind": "single",
    "values": [{"id": "soft"}, {"id": "sand", "broader": ["soft"]}, {"id": "peat", "broader": ["soft"]}],
}


def test_an_answer_that_leads_elsewhere() -> None:
    knowledge = base({"id": "frost", "when": {"frost": True}, "prefer": "birch", "over": "alder"}, frost=BOOLEAN)
    assert asked(knowledge)["frost"].outcomes == ((True, ("birch",)),)
    assert asked(knowledge, frost=False) == {}


def test_an_attribute_that_matters_only_with_another_changes_nothing_alone() -> None:
    rule = {"id": "frost", "when": {"frost": True, "wind": True}, "prefer": "birch", "over": "alder"}
    knowledge = base(rule, frost=BOOLEAN, wind=BOOLEAN)
    assert {name: one.would_change for name, one in asked(knowledge).items()} == {"frost": False, "wind": False}
    assert asked(knowledge, wind=True)["frost"].would_change


def test_an_attribute_from_which_another_is_derived() -> None:
    prefer = {"id": "frost", "when": {"frost": True}, "prefer": "birch", "over": "alder"}
    derive = {"id": "height", "when": {"height": {"at-least": 900}}, "derive": {"frost": True}}
    knowledge = base(prefer, derive, frost=BOOLEAN, height={"kind": "quantity", "unit": "count"})
    assert asked(knowledge)["height"].outcomes == (({"at-least": "900"}, ("birch",)),)


def test_what_changes_comes_first() -> None:
    rules = (
        {"id": "both", "when": {"air": True, "rain": True}, "prefer": "birch", "over": "alder"},
        {"id": "wind", "when": {"wind": True}, "prefer": "birch", "over": "alder"},
    )
    assert list(asked(base(*rules, air=BOOLEAN, rain=BOOLEAN, wind=BOOLEAN))) == ["wind", "air", "rain"]


def test_a_value_that_is_a_kind_of_two_that_rules_ask_for() -> None:
    """No rule names it, but it alone makes all conditions hold."""
    rule = {"id": "bog", "when": {"ground": {"all": ["wet", "cold"]}}, "prefer": "birch", "over": "alder"}
    knowledge = base(rule, ground=WET_AND_COLD)
    assert asked(knowledge)["ground"].outcomes == (("bog", ("birch",)),)


def test_a_value_beside_one_that_is_ruled_out() -> None:
    """Peat is soft and not sand; neither name that the rule uses says so much."""
    rules = (
        {"id": "soft", "when": {"ground": "soft"}, "derive": {"soft": True}},
        {"id": "sandless", "when": {"ground": {"not": "sand"}}, "derive": {"sandless": True}},
        {"id": "both", "when": {"soft": True, "sandless": True}, "prefer": "birch", "over": "alder"},
    )
    knowledge = base(*rules, ground=GROUND, soft=BOOLEAN, sandless=BOOLEAN)
    assert asked(knowledge)["ground"].outcomes == (("peat", ("birch",)),)


def test_a_broad_value_that_rules_out_all_that_rules_ask_about() -> None:
    values = [{"id": "pest"}, {"id": "aphid", "broader": ["pest"]}, {"id": "weevil", "broader": ["pest"]}]
    rule = {"id": "healthy", "when": {"pests": {"not": ["aphid", "weevil"]}}, "prefer": "birch", "over": "alder"}
    knowledge = base(rule, pests={"kind": "multiple", "values": values})
    assert asked(knowledge)["pests"].outcomes == (({"not": "pest"}, ("birch",)),)


def test_an_answer_from_which_something_known_follows_more_directly() -> None:
    """Nothing else fires, but the proof gets shorter, and with it the lead of what it speaks for."""
    rules = (
        {"id": "slope-is-dry", "when": {"slope": True, "sun": True}, "derive": {"dry": True}},
        {"id": "sand-is-dry", "when": {"sand": True}, "derive": {"dry": True}},
        {"id": "birch-stands-drought", "when": {"dry": True}, "recommend": "birch"},
        {"id": "alder-holds-slopes", "when": {"slope": True}, "recommend": "alder"},
        {"id": "sandy-frost", "when": {"sand": True, "frost": True}, "reject": "birch"},
    )
    knowledge = base(*rules, slope=BOOLEAN, sun=BOOLEAN, sand=BOOLEAN, dry=BOOLEAN, frost=BOOLEAN)
    said = {"slope": True, "sun": True}
    assert leading(knowledge, **said) == ("birch",)
    assert leading(knowledge, **said, sand=True) == ("alder", "birch")
    assert asked(knowledge, **said)["sand"].outcomes == ((True, ("alder", "birch")),)


def test_a_default_is_not_known_but_assumed() -> None:
    assumed = {"kind": "boolean", "assume": False, "assume-because": "It is rare."}
    rule = {"id": "frost", "when": {"frost": True}, "prefer": "birch", "over": "alder"}
    assert asked(base(rule, frost=assumed))["frost"].outcomes == ((True, ("birch",)),)


def test_an_answer_in_place_of_a_default_can_make_the_question_go_away() -> None:
    tools = {
        "kind": "multiple",
        "values": [{"id": "spade"}, {"id": "saw"}],
        "assume": "spade",
        "assume-because": "Who has a garden has a spade.",
    }
    rules = (
        {"id": "spade", "when": {"tools": "spade", "sun": True}, "derive": {"need": "plant"}},
        {"id": "saw", "when": {"tools": "saw"}, "prefer": "birch", "over": "alder"},
    )
    knowledge = base(*rules, tools=tools, sun=BOOLEAN)
    evaluation = evaluate({"sun": True}, as_of=DAY, knowledge=knowledge)
    (told,) = (
        one for one in missing(Evaluator(knowledge), evaluation, evaluation.decisions[0]) if one.attribute == "tools"
    )
    assert ("saw", ()) in told.outcomes
