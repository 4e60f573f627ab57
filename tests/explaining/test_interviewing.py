"""What an interview asks, when it stops, and that it stops only when it may."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, reject
from hypothesis import strategies as st

from adjudge.api import evaluate_scenario
from adjudge.evaluation import Evaluator
from adjudge.explaining.interview_report import scenario_file
from adjudge.explaining.interviewing import Interview, begin, turn
from adjudge.explaining.stating import listed
from adjudge.facts import ContradictionError
from adjudge.inference import InconsistentError
from adjudge.quantities import LIMIT, show_quantity
from adjudge.scenario import read_scenario
from matching import seeded
from strategies import generated_worlds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DataObject

    from adjudge.explaining.interviewing import Turn
    from adjudge.knowledge import Knowledge
    from strategies import World

MANY = 600  # combinations of answers that are tried out


def interviews(data: DataObject) -> tuple[Evaluator, Interview]:
    """Draw knowledge and an interview about one of its needs, in which something is known already."""
    world: World = data.draw(generated_worlds())
    need = data.draw(st.sampled_from(sorted(world.knowledge.needs)))
    evaluator = Evaluator(world.knowledge)
    try:
        interview = begin(world.knowledge, need, world.day, world.stated())
    except ContradictionError:
        reject()
    _turn(evaluator, interview)
    return evaluator, interview


def _turn(evaluator: Evaluator, interview: Interview) -> Turn:
    try:
        return turn(evaluator, interview)
    except (InconsistentError, ContradictionError):
        reject()


def _leading(evaluator: Evaluator, interview: Interview) -> tuple[str, ...] | None:
    """Return what leads, or None if what was said cannot all be."""
    try:
        inference = evaluator.infer(interview.requirements(evaluator.knowledge), interview.day)
    except (InconsistentError, ContradictionError):
        return None
    return evaluator.decide(inference, interview.need, interview.day).leading


def _open(evaluator: Evaluator, interview: Interview) -> dict[str, list[Any]]:
    """Return every answer to each question to which nothing precise is known, and which is not declined."""
    inference = evaluator.infer(interview.requirements(evaluator.knowledge), interview.day)
    known = {fact.attribute for fact, carrier in inference.carriers.items() if carrier.origin != "assumed"}
    found = {}
    for name in sorted(evaluator.knowledge.attributes.keys() - {"need", *interview.declined}):
        attribute = evaluator.knowledge.attributes[name]
        kinds = [
            kind
            for value in listed(interview.said.get(name, []))
            for kind in attribute.narrower.get(str(value), ())
            if kind != value and not set(attribute.narrower[str(value)]) - {value} & set(inference.facts[name].true)
        ]
        if name not in known:
            found[name] = _answers(evaluator.knowledge, name)
        elif kinds:
            found[name] = _ways(attribute.kind, list(dict.fromkeys(kinds)))
    return found


def _answers(knowledge: Knowledge, name: str) -> list[Any]:
    """Return every answer to a question; of amounts, all ranges between those next to what any rule asks for."""
    attribute = knowledge.attributes[name]
    if attribute.kind == "boolean":
        return [True, False]
    if attribute.kind == "quantity":
        edges = [show_quantity(amount, attribute.unit) for amount in (0, *_bounds(knowledge, name), LIMIT)]
        pairs = [(low, high) for place, low in enumerate(edges) for high in edges[place:]]
        return [{"at-least": low, "at-most": high} for low, high in pairs]
    return _ways(attribute.kind, list(attribute.values))


def _ways(kind: str, values: list[str]) -> list[Any]:
    """Return every way to say of values that they are so or not; of a single one only one is so."""
    found: list[Any] = [*values] if kind == "single" else []
    for signed in product(("", "not") if kind == "single" else ("", "is", "not"), repeat=len(values)):
        said = {sign: [v for v, one in zip(values, signed, strict=True) if one == sign] for sign in ("is", "not")}
        found.append({sign: chosen for sign, chosen in said.items() if chosen})
    return [one for one in found if one]


def _bounds(knowledge: Knowledge, name: str) -> list[int]:
    rules = [*knowledge.derivations, *(rule for need in knowledge.needs.values() for rule in need.rules)]
    asked = {(t.relation, t.bound) for rule in rules for t in rule.tests if t.attribute == name}
    return sorted({bound if relation == "at-least" else bound + 1 for relation, bound in asked} | {b for _, b in asked})


def _futures(evaluator: Evaluator, interview: Interview) -> Iterator[Interview]:
    """Yield the interview with every combination of answers that may still be given."""
    open_ = _open(evaluator, interview)
    for answers in product(*([None, *ways] for ways in open_.values())):
        then = interview
        for name, answer in zip(open_, answers, strict=True):
            if answer is not None:
                then = then.answered(evaluator.knowledge.attributes[name], answer)
        yield then


@given(data=st.data())
def test_when_nothing_more_is_asked_no_answers_change_what_leads(data: DataObject) -> None:
    evaluator, interview = interviews(data)
    ways = _open(evaluator, interview)
    count = 1
    for name in data.draw(st.permutations(sorted(ways))):  # those that make too many combinations are declined
        if count * (len(ways[name]) + 1) > MANY:
            interview = interview.without(name)
        else:
            count *= len(ways[name]) + 1
    now = turn(evaluator, interview)
    assume(now.question is None)
    assert {_leading(evaluator, one) for one in _futures(evaluator, interview)} <= {now.decision.leading, None}


@given(data=st.data())
def test_when_it_is_settled_not_even_what_was_not_known_changes_what_leads(data: DataObject) -> None:
    evaluator, interview = interviews(data)
    ways = _open(evaluator, interview)
    for name in data.draw(st.lists(st.sampled_from(sorted(ways)), unique=True)):
        interview = interview.without(name)
    now = turn(evaluator, interview)
    assume(now.reason == "settled")
    random = seeded(data.draw(st.integers(0, 9999)))
    for _ in range(200):
        then = interview
        for name in random.sample(sorted(ways), len(ways) * 2 // 3):
            then = then.answered(evaluator.knowledge.attributes[name], random.choice(ways[name]))
        assert _leading(evaluator, then) in (now.decision.leading, None)


@given(data=st.data())
def test_an_interview_asks_only_what_is_open_and_ends(data: DataObject) -> None:
    evaluator, interview = interviews(data)
    asked: list[str] = []
    while (question := turn(evaluator, interview).question) is not None:
        ways = _open(evaluator, interview)
        assert question.attribute.id in ways
        asked.append(question.attribute.id)
        assert asked.count(question.attribute.id) <= 1 + len(question.attribute.values)  # each time more precisely
        answer = data.draw(st.sampled_from([None, *ways[question.attribute.id]]))
        if answer is None or _leading(evaluator, then := interview.answered(question.attribute, answer)) is None:
            interview = interview.without(question.attribute.id)
        else:
            interview = then


@given(data=st.data())
def test_what_is_told_of_single_answers_is_so(data: DataObject) -> None:
    evaluator, interview = interviews(data)
    question = turn(evaluator, interview).question
    assume(question is not None)
    for answer, leading in question.outcomes:
        assert _leading(evaluator, interview.answered(question.attribute, answer)) == leading


@given(data=st.data())
def test_the_file_that_is_written_gives_the_decision_that_was_shown(data: DataObject) -> None:
    evaluator, interview = interviews(data)
    question = turn(evaluator, interview).question
    if question is not None:
        interview = interview.without(question.attribute.id)
    now = turn(evaluator, interview)
    file = scenario_file(evaluator.knowledge, interview, "no: *1_000 # 'é", interview.day)
    scenario = read_scenario(file.encode(), "it", evaluator.knowledge)
    decisions = {one.need: one for one in evaluate_scenario(scenario, evaluator).decisions}
    assert scenario.title == "no: *1_000 # 'é"
    assert decisions[interview.need].leading == now.decision.leading


@given(data=st.data())
def test_the_order_of_answers_changes_nothing(data: DataObject) -> None:
    evaluator, interview = interviews(data)
    said = dict(data.draw(st.permutations(list(interview.said.items()))))
    now, then = turn(evaluator, interview), turn(evaluator, Interview(interview.need, interview.day, said))
    assert (now.decision.leading, now.leaders, now.reason) == (then.decision.leading, then.leaders, then.reason)
