"""What holds for every knowledge base and every scenario, tried on drawn ones and on the shipped knowledge.

HYPOTHESIS_PROFILE=thorough tries many more.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from adjudge.errors import KnowledgeError
from adjudge.evaluation import Evaluation, Evaluator
from adjudge.facts import ContradictionError, Fact, Requirement, gather, opposites, witnesses
from adjudge.inference import InconsistentError, Inference, assumptions, close
from adjudge.judging import rank
from adjudge.loading import load
from adjudge.missing import missing
from adjudge.quantities import LIMIT, show_quantity
from adjudge.report import report
from adjudge.statements import read_statement
from bases import files_of, shipped_files, shipped_knowledge, written
from matching import fired, seeded
from shuffling import shuffled_files, shuffled_statements
from strategies import (
    DAYS,
    World,
    any_fact,
    bases,
    compiled,
    generated_worlds,
    shipped_worlds,
    statement_of,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from hypothesis.strategies import DataObject, SearchStrategy

    from adjudge.engines import EngineName
    from adjudge.facts import Facts, Test
    from adjudge.judging import Argument, Decision
    from adjudge.knowledge import Knowledge, Rule

    Worlds = SearchStrategy[World]

on_all_worlds = pytest.mark.parametrize("worlds", [generated_worlds(), shipped_worlds()], ids=["generated", "shipped"])
RANDOM = st.randoms(use_true_random=False)
SOME = 4  # attributes that are tried out exhaustively in one scenario


# --- what fires --------------------------------------------------------------------------------------------------


@on_all_worlds
@given(data=st.data())
def test_engines_fire_what_the_definition_says(worlds: Worlds, engine: EngineName, data: DataObject) -> None:
    world = data.draw(worlds)
    evaluator, inference = _evaluator(world, engine), _infer(world)
    for facts in (_given_facts(world), inference.facts):
        for need, rules in _sets_of_rules(world.knowledge):
            assert evaluator.engine(need).match(facts) == fired(rules, facts)


@on_all_worlds
@given(data=st.data())
def test_nothing_is_both_true_and_false(worlds: Worlds, data: DataObject) -> None:
    world = data.draw(worlds)
    facts = _infer(world).facts
    for test in _tests(world.knowledge):
        against = opposites(test, world.knowledge.attributes[test.attribute])
        assert not (witnesses(test, facts) and all(witnesses(one, facts) for one in against)), test


@on_all_worlds
@given(data=st.data())
def test_closing_finds_what_inferring_finds(worlds: Worlds, data: DataObject) -> None:
    world = data.draw(worlds)
    evaluator = _evaluator(world)
    try:
        closed = close(world.knowledge, evaluator.engine(), _given_facts(world), world.day)
    except ContradictionError:
        with pytest.raises(InconsistentError):
            evaluator.infer(world.stated(), world.day)
    else:
        assert closed == evaluator.infer(world.stated(), world.day).facts


@on_all_worlds
@given(data=st.data())
def test_knowing_more_undoes_nothing(worlds: Worlds, data: DataObject) -> None:
    world = data.draw(worlds)
    before, knowledge = _infer(world), world.knowledge
    name = data.draw(st.sampled_from(sorted(knowledge.attributes.keys() - {*knowledge.assumed})))
    after = _infer(world, data.draw(_one_more(knowledge, name)))
    assert set(before.carriers) <= set(after.carriers)
    for _, rules in _sets_of_rules(knowledge):
        assert set(fired(rules, before.facts)) <= set(fired(rules, after.facts))


# --- time --------------------------------------------------------------------------------------------------------


@given(data=st.data())
def test_who_runs_a_choice_already_has_it_as_if_it_had_never_been_closed(data: DataObject) -> None:
    """Nothing but the closings asks what is run already, so stating it can only bring choices back."""
    world = data.draw(generated_worlds())
    choices = world.knowledge.choices
    closings = [
        one.date
        for choice in choices.values()
        if choice.existing
        for one in choice.lifecycle
        if one.event == "closed-to-new-customers"
    ]
    day = data.draw(st.sampled_from(closings or [world.day]))
    closed = {c.id: event.event for c in choices.values() if c.existing and (event := c.closed(day))}
    kept = sorted(one for one, event in closed.items() if event == "closed-to-new-customers")
    choice = data.draw(st.sampled_from(kept or sorted(choices)))
    known = world.said.get("existing", {})
    assume(choice not in known.get("not", ()))
    said = {**world.said, "existing": {**known, "is": sorted({*known.get("is", ()), choice})}}
    forever = msgspec.structs.replace(choices[choice], lifecycle=())
    never = msgspec.structs.replace(world.knowledge, choices={**choices, choice: forever})
    then = _evaluate(World(world.knowledge, said, day, world.base)).decisions
    reference = never if kept else world.knowledge
    before = _evaluate(World(reference, world.said, day, world.base)).decisions
    assert [_standings(one) for one in then] == [_standings(one) for one in before]


@on_all_worlds
@given(data=st.data())
def test_between_two_dates_every_day_decides_alike(worlds: Worlds, data: DataObject) -> None:
    world = data.draw(worlds)
    dates = sorted(_dates(world.knowledge))
    index = data.draw(st.integers(0, len(dates) - 2))
    first, last = date.fromisoformat(dates[index]), date.fromisoformat(dates[index + 1]) - timedelta(1)
    days = [one.isoformat() for one in (first, data.draw(st.dates(first, last)), last)]
    evaluations = [_evaluate(World(world.knowledge, world.said, day, world.base)) for day in days]
    assert len({repr([_standings(one) for one in found.decisions]) for found in evaluations}) == 1


# --- order -------------------------------------------------------------------------------------------------------


@on_all_worlds
@given(data=st.data(), random=RANDOM)
def test_order_of_requirements_changes_nothing(worlds: Worlds, data: DataObject, random: Random) -> None:
    world = data.draw(worlds)
    other = World(world.knowledge, shuffled_statements(world.said, random), world.day, world.base)
    assert _report(other) == _report(world)


@given(world=generated_worlds(), random=RANDOM)
def test_order_of_rules_and_files_changes_nothing(world: World, random: Random) -> None:
    knowledge = compiled(shuffled_files(files_of(world.base or {}), random))
    assert _report(World(knowledge, world.said, world.day, world.base)) == _report(world)


@given(world=shipped_worlds())
def test_order_of_shipped_rules_and_files_changes_nothing(world: World) -> None:
    assert _report(World(_shuffled_shipped(), world.said, world.day)) == _report(world)


# --- proofs ------------------------------------------------------------------------------------------------------


@on_all_worlds
@given(data=st.data())
def test_each_proof_stands_by_itself(worlds: Worlds, data: DataObject) -> None:
    world = data.draw(worlds)
    for decision in _evaluate(world).decisions:
        for argument in _arguments(decision):
            supported = gather(argument.supports, world.knowledge.attributes)
            assert fired([argument.rule], supported)
            alone = _infer_from(world, argument.stated)
            assert fired([argument.rule], alone.facts)


@on_all_worlds
@given(data=st.data())
def test_what_the_proofs_cite_decides_alone(worlds: Worlds, data: DataObject) -> None:
    world = data.draw(worlds)
    evaluation = _evaluate(world)
    for decision in evaluation.decisions:
        again = _infer_from(world, _cited(evaluation.inference, decision))
        then = _evaluator(world).decide(again, decision.need, world.day)
        assert _verdicts(then) == _verdicts(decision)


@on_all_worlds
@given(data=st.data())
def test_what_no_rule_of_a_need_mentions_leaves_it_alone(worlds: Worlds, data: DataObject) -> None:
    world = data.draw(worlds)
    evaluation = _evaluate(world)
    assume(evaluation.decisions)
    decision = data.draw(st.sampled_from(evaluation.decisions))
    unrelated = sorted(world.knowledge.attributes.keys() - _related(world.knowledge, decision.need))
    assume(unrelated)
    more = data.draw(_one_more(world.knowledge, data.draw(st.sampled_from(unrelated))))
    assert _evaluator(world).decide(_infer(world, more), decision.need, world.day) == decision


# --- what is missing ---------------------------------------------------------------------------------------------


@on_all_worlds
@given(data=st.data())
def test_what_is_missing_would_change_exactly_what_is_said(worlds: Worlds, data: DataObject) -> None:
    world = data.draw(worlds)
    evaluator, evaluation = _evaluator(world), _evaluate(world)
    assume(evaluation.decisions)
    decision = data.draw(st.sampled_from(evaluation.decisions))
    found = missing(evaluator, evaluation, decision)
    if world.base is None:
        found = tuple(data.draw(st.permutations(found))[:SOME])
    for one in found:
        told = {then for _, then in one.outcomes}
        for answer, then in one.outcomes:
            assert _leading(_decide_if(world, decision, one.attribute, answer)) == then != decision.leading
        answers = _news(world, evaluation.inference, one.attribute)
        possible = (_decide_if(world, decision, one.attribute, answer) for answer in answers)
        assert {_leading(then) for then in possible if then} - {decision.leading, ()} == told - {()}


@on_all_worlds
@given(data=st.data())
def test_what_is_not_missing_matters_to_no_choice(worlds: Worlds, data: DataObject) -> None:
    world = data.draw(worlds)
    evaluator, evaluation = _evaluator(world), _evaluate(world)
    assume(evaluation.decisions)
    decision = data.draw(st.sampled_from(evaluation.decisions))
    listed = {one.attribute for one in missing(evaluator, evaluation, decision)}
    unknown = sorted(world.knowledge.attributes.keys() - evaluation.inference.facts.keys() - listed - {"need"})
    for name in data.draw(st.permutations(unknown))[:SOME]:
        for answer in _answers(world, name):
            then = _decide_if(world, decision, name, answer)
            assert then is None or set(then.recommended) == set(decision.recommended)


# --- circles -----------------------------------------------------------------------------------------------------


@given(data=st.data())
def test_no_circle_escapes_the_check(data: DataObject) -> None:
    base = data.draw(bases(circles=True))
    try:
        knowledge = compiled(files_of(base))
    except KnowledgeError:
        reject()
    world = World(knowledge, data.draw(statements(knowledge)), data.draw(st.sampled_from(DAYS)), base)
    for decision in _evaluate(world).decisions:
        assert all(argument.rule.traits for argument in decision.cancelled)


# --- means -------------------------------------------------------------------------------------------------------


@cache
def _shipped_evaluator(engine: EngineName) -> Evaluator:
    return Evaluator(shipped_knowledge(), engine)


@cache
def _shuffled_shipped() -> Knowledge:
    return load(written(shuffled_files(shipped_files(), seeded(1))))


def _evaluator(world: World, engine: EngineName = "native") -> Evaluator:
    return _shipped_evaluator(engine) if world.base is None else Evaluator(world.knowledge, engine)


def _evaluate(world: World) -> Evaluation:
    try:
        return Evaluator(world.knowledge).evaluate(world.stated(), world.day)
    except InconsistentError:
        reject()


def _infer(world: World, more: Iterable[Requirement] = ()) -> Inference:
    try:
        return _evaluator(world).infer([*world.stated(), *more], world.day)
    except InconsistentError:
        reject()


def _infer_from(world: World, cited: Iterable[Requirement]) -> Inference:
    """Infer from cited requirements alone, and from what is stated where otherwise a default would come in."""
    kept = {*cited}
    assumed = world.knowledge.assumed
    stated = [one for one in world.stated() if one in kept or one.attribute in assumed]
    return _evaluator(world).infer(stated, world.day)


def _given_facts(world: World) -> Facts:
    stated = world.stated()
    return gather([*stated, *assumptions(world.knowledge, stated)], world.knowledge.attributes)


def _sets_of_rules(knowledge: Knowledge) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    yield "", knowledge.derivations
    yield from ((need.id, need.rules) for need in knowledge.needs.values())


def _tests(knowledge: Knowledge) -> set[Test]:
    return {test for _, rules in _sets_of_rules(knowledge) for rule in rules for test in rule.tests}


def _one_more(knowledge: Knowledge, name: str) -> SearchStrategy[list[Requirement]]:
    """Draw a further statement about an attribute."""
    rules = [rule for _, rules in _sets_of_rules(knowledge) for rule in rules]
    return any_fact(knowledge.attributes[name], rules).map(lambda fact: _requirements(knowledge, fact))


def _requirements(knowledge: Knowledge, fact: Fact) -> list[Requirement]:
    said = statement_of(knowledge, [fact])
    return [one for name, value in said.items() for one in read_statement(name, value, knowledge.attributes)]


def _report(world: World) -> dict[str, Any]:
    """Return the report on a world, with the requirements in an order of their own."""
    made = report(Evaluator(world.knowledge), _evaluate(world), "")
    made["requirements"].sort(key=msgspec.json.encode)
    return made


def _arguments(decision: Decision) -> Iterator[Argument]:
    for verdict in decision.verdicts:
        yield from (*verdict.arguments, *verdict.against, *verdict.cautions)
    yield from (*decision.advice, *decision.cancelled)


def _cited(inference: Inference, decision: Decision) -> set[Requirement]:
    """Return what a decision rests on: its arguments, what raised the need, and the goals that are met."""
    goals = {goal for verdict in decision.verdicts for goal in verdict.goals}
    facts = [Fact("need", "is", decision.need), *(Fact("goal", "is", goal) for goal in goals)]
    by_facts = {root for fact in facts for root in inference.roots(fact)}
    return by_facts.union(*(argument.stated for argument in _arguments(decision)))


def _dates(knowledge: Knowledge) -> set[str]:
    """Return the dates on which a rule begins or ends, or something happens to a choice."""
    rules = [rule for _, rules in _sets_of_rules(knowledge) for rule in rules]
    found = {day for rule in rules for day in (rule.since, rule.until)}
    found |= {event.date for choice in knowledge.choices.values() for event in choice.lifecycle}
    return {"2000-01-01", *found, "2099-01-01"} - {""}


def _standings(decision: Decision) -> list[tuple[str, str, tuple[int, int]]]:
    return [(one.choice, one.verdict, rank(one)) for one in decision.verdicts]


def _verdicts(decision: Decision) -> dict[str, str]:
    return {verdict.choice: verdict.verdict for verdict in decision.verdicts}


def _related(knowledge: Knowledge, need: str) -> set[str]:
    """Return the attributes that the rules of a need ask about, directly or through what is derived from them."""
    tests = {test for rule in knowledge.needs[need].rules for test in rule.tests}
    waiting = list(knowledge.derivations)
    while True:
        bearing = [rule for rule in waiting if any(_bears(fact, need, tests) for fact in _concluded(rule))]
        if not bearing:
            return {"need", "goal", *(test.attribute for test in tests)}
        waiting = [rule for rule in waiting if rule not in bearing]
        tests |= {test for rule in bearing for test in rule.tests}


def _concluded(rule: Rule) -> Iterator[Fact]:
    return (fact for requirement in rule.derives for fact in requirement.facts)


def _bears(fact: Fact, need: str, tests: Iterable[Test]) -> bool:
    """Tell whether a derived fact raises a need, states a goal, or may make a test hold."""
    if fact.attribute == "goal" or fact == ("need", "is", need):
        return True
    return any(
        test.attribute == fact.attribute
        and (test.relation == fact.relation or fact.value in (test.yes if fact.relation == "is" else test.no))
        for test in tests
    )


def _decide_if(world: World, decision: Decision, name: str, answer: Any) -> Decision | None:
    """Return the decision if an answer is stated as well; None if it cannot be, or the need does not arise then."""
    more = read_statement(name, answer, world.knowledge.attributes)
    evaluator = _evaluator(world)
    try:
        inference = evaluator.infer([*world.stated(), *more], world.day)
    except InconsistentError:
        return None
    return evaluator.decide(inference, decision.need, world.day) if inference.raises(decision.need) else None


def _leading(decision: Decision | None) -> tuple[str, ...]:
    return decision.leading if decision else ()


def _news(world: World, inference: Inference, name: str) -> list[Any]:
    """Return every answer that says something that is not known yet, or only assumed."""
    known = {fact for fact, carrier in inference.carriers.items() if carrier.origin != "assumed"}
    said = ((answer, read_statement(name, answer, world.knowledge.attributes)) for answer in _answers(world, name))
    return [answer for answer, stated in said if any(fact not in known for one in stated for fact in one.facts)]


def _answers(world: World, name: str) -> list[Any]:
    """Return every answer to an attribute's question; of amounts, those next to what any rule asks for."""
    attribute = world.knowledge.attributes[name]
    if attribute.kind == "boolean":
        return [True, False]
    if attribute.kind == "quantity":
        asked = {test.bound for test in _tests(world.knowledge) if test.attribute == name}
        amounts = sorted({amount + step for amount in asked for step in (-1, 0, 1)} | {0, LIMIT})
        return [show_quantity(amount, attribute.unit) for amount in amounts if 0 <= amount <= LIMIT]
    return [*attribute.values, *({"not": value} for value in attribute.values)]
