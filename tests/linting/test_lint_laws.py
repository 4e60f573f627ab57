"""What is proven of rules, against what they do in random scenarios over random knowledge.

HYPOTHESIS_PROFILE=thorough tries many more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from hypothesis import event, given, reject

from adjudge.browsing import rules
from adjudge.evaluation import Evaluator
from adjudge.facts import witnesses
from adjudge.inference import InconsistentError
from adjudge.linting.implying import covers, impossible
from strategies import World, generated_worlds

if TYPE_CHECKING:
    from adjudge.knowledge import Rule


def firing(world: World) -> list[Rule]:
    """Return the rules that apply in a world; give the example up where its statements clash."""
    try:
        facts = Evaluator(world.knowledge).infer(world.stated(), world.day).facts
    except InconsistentError:
        reject()
    return [
        rule
        for rule in rules(world.knowledge)
        if rule.valid(world.day) and all(witnesses(test, facts) for test in rule.tests)
    ]


@given(generated_worlds())
def test_what_covers_a_rule_applies_wherever_it_does(world: World) -> None:
    found = firing(world)
    for one in found:
        for other in rules(world.knowledge):
            if other.id != one.id and covers(other, one):
                event("one covers another")
                assert other in found, (one.id, other.id)


@given(generated_worlds())
def test_what_applies_is_never_called_impossible(world: World) -> None:
    evaluator = Evaluator(msgspec.structs.replace(world.knowledge, assumed=()))
    found = firing(world)
    for rule in found:
        assert not impossible(evaluator, rule.tests, (world.day,)), rule.id
    together = tuple({test: None for rule in found for test in rule.tests})
    assert not impossible(evaluator, together, (world.day,))
