"""Mending: which changes are looked for first, and how they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from gardens import garden, planted

from adjudge import evaluate
from adjudge.evaluation import Evaluator
from adjudge.explaining.mending import UNBEATEN, VIABLE, Mender, Search, settings
from adjudge.words import show_requirement

if TYPE_CHECKING:
    from adjudge.explaining.mending import Mending
    from adjudge.knowledge import Knowledge


def searched(knowledge: Knowledge, wanted: Any = VIABLE, tries: int = 600, **said: Any) -> Search:
    evaluator, evaluation, decision = planted(knowledge, **said)
    return Mender(evaluator, evaluation, decision, "alder").search(wanted, tries)


def told(mending: Mending | None) -> list[tuple[list[str], list[str]]]:
    assert mending is not None
    return [
        ([show_requirement(r) for r in one.before], [show_requirement(r) for r in one.after]) for one in mending.changes
    ]


def test_what_is_unknown_is_stated_rather_than_what_is_stated_changed():
    rules = (
        {"when": {"soil": "sand"}, "recommend": "alder"},
        {"when": {"wind": True, "salt": True, "frost": False}, "recommend": "alder"},
    )
    found = searched(garden(*rules), soil="clay")
    assert told(found.mending) == [([], ["frost: false"]), ([], ["salt: true"]), ([], ["wind: true"])]


def test_a_value_that_excludes_another_takes_its_place():
    knowledge = garden({"when": {"soil": "sand"}, "recommend": "alder"})
    found = searched(knowledge, soil="clay")
    assert told(found.mending) == [(["soil: clay"], ["soil: sand"])]
    assert settings(found.mending, Evaluator(knowledge)) == [("--set", "soil=sand")]


def test_what_rejects_is_no_longer_stated():
    knowledge = garden({"when": {"salt": True}, "reject": "alder"}, serving=("alder",))
    found = searched(knowledge, salt=True, wind=True)
    assert told(found.mending) == [(["salt: true"], [])]
    assert settings(found.mending, Evaluator(knowledge)) == [("--unset", "salt")]


def test_a_default_is_replaced_rather_than_a_statement():
    reject = {"when": {"salt": True, "watered": True}, "reject": "alder"}
    assert told(searched(garden(reject, serving=("alder",)), salt=True).mending) == [([], ["watered: false"])]


def test_a_rejection_and_a_lack_of_reasons_are_both_mended():
    rules = (
        {"when": {"salt": True}, "reject": "alder"},
        {"when": {"frost": True}, "derive": {"wet": True}},
        {"when": {"wet": False}, "recommend": "alder"},
    )
    found = searched(garden(*rules), salt=True, frost=True)
    assert told(found.mending) == [([], ["wet: false"]), (["frost: true"], []), (["salt: true"], [])]


def test_what_puts_another_above_it_is_found():
    rules = (
        {"when": {"salt": True}, "prefer": "birch", "over": "alder"},
        {"when": {"wind": True}, "reject": "birch"},
    )
    found = searched(garden(*rules, serving=("alder", "birch")), UNBEATEN, salt=True)
    assert told(found.mending) == [([], ["wind: true"])]
    assert (found.mending.verdict, found.mending.leads) == ("recommended", True)


def test_what_is_then_still_beaten_says_by_what():
    rules = (
        {"when": {"wind": True}, "recommend": "alder"},
        {"when": {"salt": True}, "prefer": "birch", "over": "alder"},
    )
    found = searched(garden(*rules, serving=("birch",)), salt=True)
    assert (found.mending.verdict, found.mending.beaten_by) == ("beaten", ("birch",))


def test_a_need_that_goes_with_what_raised_it_is_stated():
    rules = (
        {"when": {"salt": True}, "derive": {"need": "plant"}},
        {"when": {"salt": True}, "reject": "alder"},
        {"when": {"wind": True}, "recommend": "alder"},
    )
    knowledge = garden(*rules)
    evaluation = evaluate({"salt": True, "wind": True}, as_of="2021-12-31", knowledge=knowledge)
    found = Mender(Evaluator(knowledge), evaluation, evaluation.decisions[0], "alder").search()
    assert told(found.mending) == [([], ["need: plant"]), (["salt: true"], [])]


def test_where_nothing_helps_the_search_comes_to_its_end():
    assert searched(garden({"when": {"watered": False}, "reject": "alder"})) == Search(None, 1, ended=True)


def test_a_search_that_is_cut_short_says_so():
    found = searched(garden({"when": {"wind": True}, "recommend": "alder"}), tries=1)
    assert (found.mending, found.ended) == (None, False)


@pytest.mark.parametrize(
    ("asked", "stated", "option"),
    [
        ({"at-least": 5}, {}, "height={at-least: 5}"),
        ({"at-least": 5, "at-most": 9}, {}, "height={at-least: 5, at-most: 9}"),
        ({"at-most": 9}, {"height": {"at-least": 9}}, "height=9"),
    ],
)
def test_amounts_are_written_as_they_are_set(asked: dict[str, int], stated: dict[str, Any], option: str):
    knowledge = garden({"when": {"height": asked}, "recommend": "alder"})
    found = searched(knowledge, **stated)
    assert settings(found.mending, Evaluator(knowledge)) == [("--set", option)]
