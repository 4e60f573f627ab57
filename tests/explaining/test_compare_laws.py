"""What holds of every comparison and contrast: it takes no side, agrees with the decision, and is true of one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import Pair, draw_pair

from adjudge.explaining.comparing import compare
from adjudge.explaining.contrasting import contrast
from adjudge.explaining.summing import sum_up
from adjudge.judging import rank
from adjudge.statements import read_statement
from strategies import generated_worlds, shipped_worlds

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

    from adjudge.explaining.comparing import Comparison, Point
    from adjudge.judging import Argument, Verdict
    from adjudge.knowledge import Rule
    from strategies import World

    Worlds = SearchStrategy[World]

on_all_worlds = pytest.mark.parametrize("worlds", [generated_worlds(), shipped_worlds()], ids=["generated", "shipped"])
OF_RULES = ("for", "against", "limit", "mind")


@on_all_worlds
@given(data=st.data())
def test_the_order_of_the_two_changes_nothing(worlds: Worlds, data: DataObject) -> None:
    pair = draw_pair(data, worlds)
    one, other = _compare(pair), _compare(pair._replace(choices=pair.choices[::-1]))
    assert other.better == one.better
    assert set(other.points) == set(one.points)
    assert {(d.trait, d.held[::-1], frozenset(d.supports)) for d in other.differences} == {
        (d.trait, d.held, frozenset(d.supports)) for d in one.differences
    }  # fmt: skip
    assert (set(map(repr, other.turns)), other.shared) == (set(map(repr, one.turns)), one.shared)
    if one.better:
        assert sum_up(pair.world.knowledge, other) == sum_up(pair.world.knowledge, one)


@on_all_worlds
@given(data=st.data())
def test_the_better_one_is_the_one_that_the_decision_puts_first(worlds: Worlds, data: DataObject) -> None:
    pair = draw_pair(data, worlds)
    found = _compare(pair)
    better, (first, second) = found.better, found.sides
    leading = [choice for choice in pair.choices if choice in pair.decision.leading]
    only = leading[0] if len(leading) == 1 else ""
    assert not leading or better == only
    names = first.verdict, second.verdict
    if names == ("recommended", "recommended"):
        order = [verdict.choice for verdict in pair.decision.verdicts if verdict.choice in pair.choices]
        ranks = rank(first), rank(second)
        assert better == ("" if ranks[0] == ranks[1] else order[0])
    elif "recommended" in names:
        assert better == pair.choices[names.index("recommended")]
    elif "beaten" not in names:
        assert better == ""
    if better:
        put_below = {argument.rival for argument in found.verdict(found.other(better)).arguments}
        assert better not in put_below


@on_all_worlds
@given(data=st.data())
def test_what_is_told_is_true_of_one_and_not_of_the_other(worlds: Worlds, data: DataObject) -> None:
    pair = draw_pair(data, worlds)
    found = _compare(pair)
    for point in found.points:
        other = found.other(point.choice)
        assert _true(pair, found, point, point.choice), point
        assert not _true(pair, found, point, other), point
    for one in found.differences:
        values = [set(held.values) if held else set() for held in one.held]
        assert values[0] != values[1]
        assert one.held == tuple(pair.world.knowledge.choices[c].traits.get(one.trait) for c in pair.choices)
        assert one.supports
        assert set(one.supports) <= set(pair.evaluation.inference.requirements)


@on_all_worlds
@given(data=st.data())
def test_nothing_that_is_true_of_one_alone_is_left_out(worlds: Worlds, data: DataObject) -> None:
    pair = draw_pair(data, worlds)
    found = _compare(pair)
    told = {(point.choice, point.reason.rule, point.reason.says) for point in found.points}
    for side, other in (found.sides, found.sides[::-1]):
        theirs = {(a.rule.id, a.rule.because) for a in (*other.arguments, *other.against)}
        for argument in (*side.arguments, *side.against):
            single = not argument.rival and (argument.rule.id, argument.rule.because) not in theirs
            assert not single or (side.choice, argument.rule.id, argument.rule.because) in told
        for loss in (a for a in side.against if a.rival and a.choice == other.choice):
            assert (other.choice, loss.rule.id, loss.rule.because) in told
    goals = pair.evaluation.inference.facts.get("goal")
    for trait in pair.world.knowledge.traits.values():
        held = {
            frozenset(t.values) if t else None
            for c in pair.choices for t in (pair.world.knowledge.choices[c].traits.get(trait.id),)
        }  # fmt: skip
        if len(held) > 1 and goals and trait.goal in goals.true:
            assert trait.id in {one.trait for one in found.differences}


@on_all_worlds
@given(data=st.data())
def test_what_would_turn_it_does(worlds: Worlds, data: DataObject) -> None:
    pair = draw_pair(data, worlds)
    for turn in _compare(pair).turns:
        more = read_statement(turn.attribute, turn.answer, pair.world.knowledge.attributes)
        inference = pair.evaluator.infer([*pair.world.stated(), *more], pair.world.day)
        then = pair.evaluator.decide(inference, pair.decision.need, pair.world.day)
        assert then.leading == turn.leading
        (other,) = {*pair.choices} - {turn.choice}
        assert (turn.choice in then.leading, other in then.leading) == (True, False)
        again = compare(pair.evaluator, pair.evaluator.evaluate([*pair.world.stated(), *more], pair.world.day), then,
                        pair.choices)  # fmt: skip
        assert again.better == turn.choice


@on_all_worlds
@given(data=st.data())
def test_what_separates_in_a_scenario_separates_by_the_rules(worlds: Worlds, data: DataObject) -> None:
    pair = draw_pair(data, worlds)
    found = _compare(pair)
    general = contrast(pair.world.knowledge, pair.choices, pair.world.day, pair.decision.need)
    (need,) = general.needs
    told = {(g.choice, g.kind, g.rule.id) for g in (*need.grounds, *general.general)}
    for point in found.points:
        other = found.other(point.choice)
        if point.kind in ("for", "preferred"):
            assert (point.choice, point.kind, point.reason.rule) in told
        if point.kind in ("against", "limit") and not point.reason.winner:
            both_out = found.verdict(other).verdict == "rejected"
            assert both_out or (other, "other-out", point.reason.rule) in told


@on_all_worlds
@given(data=st.data())
def test_a_contrast_takes_no_side(worlds: Worlds, data: DataObject) -> None:
    pair = draw_pair(data, worlds)
    knowledge, day = pair.world.knowledge, pair.world.day
    one, other = contrast(knowledge, pair.choices, day), contrast(knowledge, pair.choices[::-1], day)
    assert set(map(repr, one.general)) == set(map(repr, other.general))
    for mine, theirs in zip(one.needs, other.needs, strict=True):
        assert (mine.need, mine.shared) == (theirs.need, theirs.shared)
        assert set(map(repr, mine.grounds)) == set(map(repr, theirs.grounds))
    assert (one.only, one.closed) == (other.only[::-1], other.closed[::-1])
    assert [(d.trait, d.held) for d in one.traits] == [(d.trait, d.held[::-1]) for d in other.traits]


@on_all_worlds
@given(data=st.data())
def test_what_a_contrast_tells_is_what_the_rule_says(worlds: Worlds, data: DataObject) -> None:
    pair = draw_pair(data, worlds)
    found = contrast(pair.world.knowledge, pair.choices, pair.world.day)
    for need in found.needs:
        for ground in (*need.grounds, *found.general):
            (other,) = {*pair.choices} - {ground.choice}
            assert ground.rule.valid(pair.world.day)
            assert _says(ground.rule, ground.kind, ground.choice, other)
            assert not _says(ground.rule, ground.kind, other, ground.choice)


def _compare(pair: Pair) -> Comparison:
    return compare(pair.evaluator, pair.evaluation, pair.decision, pair.choices)


def _true(pair: Pair, found: Comparison, point: Point, choice: str) -> bool:
    """Tell, by the rules that fired and the catalog, whether what a point tells holds of a choice."""
    knowledge, day, one = pair.world.knowledge, pair.world.day, point.reason
    if point.kind == "closed":
        event = knowledge.choices[choice].closed(day)
        return event is not None and one.says.startswith(knowledge.name(choice))
    if point.kind == "preferred":
        return any(_is(a, point) and a.choice == choice for side in found.sides for a in side.against)
    if point.kind == "lacks":
        return found.verdict(choice).verdict == "unsupported" and _nearest(found.verdict(choice), pair) == one.rule
    if one.winner:
        return any(_is(a, point) and a.rival == choice for a in found.verdict(choice).against)
    rules = pair.world.knowledge.needs[pair.decision.need].rules
    if one.says.startswith("Not stated, but required"):
        return any(rule.id == one.rule and rule.basis == "requires" and choice in rule.subjects for rule in rules)
    kind = {"for": "recommend", "mind": "advise"}.get(point.kind, "reject")
    fired = (
        rules[number] for number in pair.evaluator.engine(pair.decision.need).match(pair.evaluation.inference.facts)
    )
    return any(_matches(rule, point, kind) and choice in rule.subjects for rule in fired if rule.valid(day))


def _keeps(rule: Rule, point: Point) -> bool:
    """Tell whether what is to be minded is that a choice may be kept though it is closed to newcomers."""
    return (point.kind, rule.kind, rule.id) == ("mind", "keep", point.reason.rule)


def _is(argument: Argument, point: Point) -> bool:
    return bool(argument.rival) and argument.rule.id == point.reason.rule and argument.choice == point.reason.winner


def _matches(rule: Rule, point: Point, kind: str) -> bool:
    told = (rule.id, rule.kind) == (point.reason.rule, kind) and point.reason.says.endswith(rule.because)
    return told or _keeps(rule, point)


def _nearest(verdict: Verdict, pair: Pair) -> str:
    from adjudge.shortfall import nearest_rule

    near = nearest_rule(
        pair.world.knowledge, pair.decision.need, verdict.choice, pair.evaluation.inference.facts, pair.world.day
    )
    return near.rule.id if near else ""


def _says(rule: Rule, kind: str, choice: str, other: str) -> bool:
    if kind == "preferred":
        return rule.kind == "prefer" and choice in rule.subjects and other in rule.over
    if kind == "for":
        return rule.kind == "recommend" and choice in rule.subjects
    return rule.kind == "reject" and other in rule.subjects
