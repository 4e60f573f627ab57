"""What an interview asks, when it stops, and that it stops only when it may."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, reject
from hypothesis import strategies as st

from adjudge.evaluation import Evaluator
from adjudge.explaining.interviewing import Interview, begin, turn
from adjudge.facts import ContradictionError
from adjudge.inference import InconsistentError
from adjudge.quantities import LIMIT, show_quantity
from matching import seeded
from strategies import generated_worlds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from hypothesis.strategies import DataObject

    from adjudge.explaining.interviewing import Turn
    from adjudge.knowledge import Knowledge
    from strategies import World

MANY = 1500  # combinations of answers that are tried out


def interviews(data: DataObject) -> tuple[Evaluator, Interview]:
    """Draw knowledge and an interview about one of its needs, in which something is known already."""
    world: World = data.draw(generated_worlds())
    need = data.draw(st.sampled_from(sorted(world.knowledge.needs)))
    evaluator = Evaluator(world.knowledge)
    interview = begin(world.knowledge, need, world.day, world.stated())
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


def _unknown(evaluator: Evaluator, interview: Interview) -> list[str]:
    inference = evaluator.infer(interview.requirements(evaluator.knowledge), interview.day)
    known = {fact.attribute for fact, carrier in inference.carriers.items() if carrier.origin != "assumed"}
    return sorted(evaluator.knowledge.attributes.keys() - known - {"need", *interview.declined})


def _answers(knowledge: Knowledge, name: str) -> list[Any]:
    """Return every answer to a question; of amounts, all ranges between those next to what any rule asks for."""
    attribute = knowledge.attributes[name]
    if attribute.kind == "boolean":
        return [True, False]
    if attribute.kind == "quantity":
        edges = [show_quantity(amount, attribute.unit) for amount in (0, *_bounds(knowledge, name), LIMIT)]
        pairs = [(low, high) for place, low in enumerate(edges) for high in edges[place:]]
        return [{"at-least": low, "at-most": high} for low, high in pairs]
    values = list(attribute.values)
    signs = (("", "not") if attribute.kind == "single" else ("", "is", "not") for _ in values)
    found: list[Any] = [*values] if attribute.kind == "single" else []
    for signed in product(*signs):
        said = {sign: [v for v, one in zip(values, signed, strict=True) if one == sign] for sign in ("is", "not")}
        found.append({sign: listed for sign, listed in said.items() if listed})
    return [one for one in found if one]


def _bounds(knowledge: Knowledge, name: str) -> list[int]:
    rules = [*knowledge.derivations, *(rule for need in knowledge.needs.values() for rule in need.rules)]
    asked = {(t.relation, t.bound) for rule in rules for t in rule.tests if t.attribute == name}
    return sorted({bound if relation == "at-least" else bound + 1 for relation, bound in asked} | {b for _, b in asked})


def _narrowed(evaluator: Evaluator, interview: Interview, names: Sequence[str]) -> Interview:
    """Decline questions until all combinations of answers to the others can be tried out."""
    count = 1
    for name in names:
        ways = len(_answers(evaluator.knowledge, name)) + 1
        if count * ways > MANY:
            interview = interview.without(name)
        else:
            count *= ways
    return interview


def _futures(evaluator: Evaluator, interview: Interview) -> Iterator[Interview]:
    """Yield the interview with every combination of answers that may still be given."""
    open_ = _unknown(evaluator, interview)
    for answers in product(*([None, *_answers(evaluator.knowledge, name)] for name in open_)):
        said = {name: answer for name, answer in zip(open_, answers, strict=True) if answer is not None}
        yield Interview(interview.need, interview.day, {**interview.said, **said}, interview.declined)


@given(data=st.data())
def test_when_nothing_more_is_asked_no_answers_change_what_leads(data: DataObject) -> None:
    evaluator, interview = interviews(data)
    interview = _narrowed(evaluator, interview, data.draw(st.permutations(_unknown(evaluator, interview))))
    now = turn(evaluator, interview)
    assume(now.question is None)
    assert {_leading(evaluator, one) for one in _futures(evaluator, interview)} <= {now.decision.leading, None}


@given(data=st.data())
def test_when_it_is_settled_not_even_what_was_not_known_changes_what_leads(data: DataObject) -> None:
    evaluator, interview = interviews(data)
    names = data.draw(st.permutations(_unknown(evaluator, interview)))
    for name in names[: data.draw(st.integers(0, len(names)))]:
        interview = interview.without(name)
    now = turn(evaluator, interview)
    assume(now.reason == "settled")
    asked, random = Interview(interview.need, interview.day, interview.said), seeded(data.draw(st.integers(0, 9999)))
    for _ in range(200):
        said = {name: random.choice(_answers(evaluator.knowledge, name)) for name in names if random.random() < 0.7}
        then = _leading(evaluator, Interview(asked.need, asked.day, {**asked.said, **said}))
        assert then in (now.decision.leading, None)
