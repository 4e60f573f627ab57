"""What may become of a decision yet, and what that hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adjudge.evaluation import Evaluator
from adjudge.explaining.interviewing import begin, turn
from adjudge.explaining.outlook import Outlook, outlook
from adjudge.inference import InconsistentError
from adjudge.statements import read_statement
from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.explaining.interviewing import Turn
    from adjudge.knowledge import Knowledge

DAY = "2021-12-31"
BOOLEAN = {"kind": "boolean"}
GROUND = {
    "kind": "multiple",
    "values": [{"id": "soft"}, {"id": "sand", "broader": ["soft"]}, {"id": "peat", "broader": ["soft"]}],
}
CHOICES = ("alder", "birch", "cedar")


def base(*rules: dict[str, Any], **attributes: Any) -> Knowledge:
    """Return knowledge about choosing between three trees, all of which serve."""
    words = [
        {"id": "need", "kind": "multiple", "values": [{"id": "plant"}]},
        *({"id": name, **said} for name, said in attributes.items()),
    ]
    return knowledge_of(
        {
            "vocabulary": {"attributes": words},
            "catalog": {"choices": [{"id": choice, "serves": ["plant"]} for choice in CHOICES]},
            "decisions": [{"topic": "planting", "need": "plant", "rules": list(rules)}],
        }
    )


def rule(name: str, when: dict[str, Any], **then: Any) -> dict[str, Any]:
    return {"id": name, "when": when, **then}


def ahead(knowledge: Knowledge, *declined: str, **said: Any) -> Outlook:
    evaluator, said = Evaluator(knowledge), {"need": "plant", **said}
    stated = [one for name, value in said.items() for one in read_statement(name, value, knowledge.attributes)]
    return outlook(evaluator, evaluator.infer(stated, DAY), "plant", DAY, declined)


def now(knowledge: Knowledge, **said: Any) -> Turn:
    stated = [one for name, value in said.items() for one in read_statement(name, value, knowledge.attributes)]
    return turn(Evaluator(knowledge), begin(knowledge, "plant", DAY, stated))


def test_what_matters_only_with_another_is_asked_until_one_is_denied() -> None:
    both = rule("both", {"frost": True, "wind": True}, prefer="birch", over="alder")
    knowledge = base(both, frost=BOOLEAN, wind=BOOLEAN)
    assert ahead(knowledge).hanging.keys() == {"frost", "wind"}
    assert ahead(knowledge, frost=True).hanging.keys() == {"wind"}
    assert ahead(knowledge, wind=False).settled


def test_what_is_not_known_leaves_the_rest_without_effect() -> None:
    both = rule("both", {"frost": True, "wind": True}, prefer="birch", over="alder")
    assert ahead(base(both, frost=BOOLEAN, wind=BOOLEAN), "frost").settled


def test_the_only_one_left_leads_whatever_else_is_answered() -> None:
    rules = (
        rule("dry", {"dry": True}, reject="birch"),
        rule("cold", {"cold": True}, reject="cedar"),
        rule("frost", {"frost": True}, prefer="birch", over="alder"),
        rule("wind", {"wind": True}, recommend="alder"),
    )
    knowledge = base(*rules, dry=BOOLEAN, cold=BOOLEAN, frost=BOOLEAN, wind=BOOLEAN)
    assert ahead(knowledge, dry=True).leaders == ("alder", "cedar")
    assert ahead(knowledge, dry=True, cold=True) == Outlook(("alder",), {}, {})


def test_a_lead_that_no_answers_make_up_for() -> None:
    rules = (
        rule("wet", {"wet": True}, recommend="alder"),
        rule("slope", {"slope": True}, recommend="alder"),
        rule("frost", {"frost": True}, recommend="birch"),
    )
    knowledge = base(*rules, wet=BOOLEAN, slope=BOOLEAN, frost=BOOLEAN)
    assert not ahead(knowledge, wet=True).settled  # or they would be tied
    assert ahead(knowledge, wet=True, slope=True) == Outlook(("alder",), {}, {})


def test_a_lead_is_no_help_against_what_may_be_preferred() -> None:
    rules = (
        rule("wet", {"wet": True}, recommend="alder"),
        rule("slope", {"slope": True}, recommend="alder"),
        rule("frost", {"frost": True}, prefer="birch", over="alder"),
    )
    knowledge = base(*rules, wet=BOOLEAN, slope=BOOLEAN, frost=BOOLEAN)
    assert ahead(knowledge, wet=True, slope=True).hanging.keys() == {"frost"}


def test_to_be_preferred_to_a_choice_that_is_out_of_the_race_still_counts() -> None:
    rules = (
        rule("wet", {"wet": True}, prefer="birch", over="cedar"),
        rule("frost", {"frost": True}, prefer="alder", over="cedar"),
    )
    assert ahead(base(*rules, wet=BOOLEAN, frost=BOOLEAN), wet=True).hanging.keys() == {"frost"}


def test_a_default_may_be_replaced_until_it_is_left_at_that() -> None:
    assumed = {"kind": "boolean", "assume": False, "assume-because": "It mostly is so."}
    knowledge = base(rule("frost", {"frost": True}, prefer="birch", over=["alder", "cedar"]), frost=assumed)
    assert ahead(knowledge).hanging.keys() == {"frost"}
    assert ahead(knowledge, "frost").settled


def test_what_a_question_hangs_on_is_found_through_what_is_derived() -> None:
    rules = (
        rule("height", {"height": {"at-least": 900}}, derive={"frost": True}),
        rule("frost", {"frost": True}, prefer="birch", over="alder"),
    )
    knowledge = base(*rules, height={"kind": "quantity", "unit": "count"}, frost=BOOLEAN)
    assert ahead(knowledge).hanging.keys() == {"height", "frost"}
    assert ahead(knowledge, "frost").hanging.keys() == {"height"}
    assert ahead(knowledge, "frost", height=100).settled


def test_after_a_broad_answer_it_is_asked_more_precisely() -> None:
    knowledge = base(rule("peat", {"ground": "peat"}, prefer="birch", over="alder"), ground=GROUND)
    question = now(knowledge, ground="soft").question
    assert question is not None
    assert (question.values, question.known) == (("peat", "sand"), ("soft",))
    assert now(knowledge, ground="sand").question is None
    interview = begin(knowledge, "plant", DAY).answered(question.attribute, "soft").answered(question.attribute, "peat")
    assert interview.said["ground"] == "peat"


def test_an_attribute_of_which_a_rule_concludes_something_is_not_asked_about() -> None:
    rules = (
        rule("height", {"height": True}, derive={"frost": True}),
        rule("frost", {"frost": True, "wind": True}, prefer="birch", over="alder"),
    )
    knowledge = base(*rules, height=BOOLEAN, frost=BOOLEAN, wind=BOOLEAN)
    assert ahead(knowledge, height=True).hanging.keys() == {"wind"}


def test_the_question_whose_answers_tell_choices_apart_comes_first() -> None:
    rules = (
        rule("air", {"air": True, "rain": True}, prefer="alder", over="cedar"),
        rule("rain", {"rain": True, "air": True}, prefer="birch", over="cedar"),
        rule("wind", {"wind": True}, prefer="alder", over=["birch", "cedar"]),
    )
    question = now(base(*rules, air=BOOLEAN, rain=BOOLEAN, wind=BOOLEAN)).question
    assert question is not None
    assert question.attribute.id == "wind"
    assert question.outcomes == ((True, ("alder",)),)


def test_an_answer_that_cannot_be_is_told() -> None:
    knowledge = base(rule("height", {"height": True}, derive={"frost": True}), height=BOOLEAN, frost=BOOLEAN)
    with pytest.raises(InconsistentError):
        now(knowledge, height=True, frost=False)
