"""What holds for the least changes of every decision, against trying all that could be stated by full evaluations.

HYPOTHESIS_PROFILE=thorough tries many more.
"""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, reject
from hypothesis import strategies as st

from adjudge.evaluation import Evaluation, Evaluator
from adjudge.explaining.changes import changed, possible_changes
from adjudge.explaining.flips import Aim, Flips, flips
from adjudge.explaining.trial import Trial
from adjudge.facts import ContradictionError, Known, gather, witnesses
from adjudge.inference import InconsistentError
from adjudge.quantities import show_bound
from adjudge.statements import read_statement
from shuffling import shuffled_statements
from strategies import NEEDS, World, generated_worlds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from hypothesis.strategies import DataObject

    from adjudge.explaining.changes import Alike, Change
    from adjudge.facts import Requirement
    from adjudge.judging import Decision

    Stated = tuple[Requirement, ...]
    Effect = tuple[tuple[str, ...], tuple[str, ...]]

RANDOM = st.randoms(use_true_random=False)
PAIRS = 6  # pairs of attributes that are tried out exhaustively in one scenario


class Asked:
    """A drawn decision with what is looked for, and full evaluations of what might be stated instead."""

    def __init__(self, data: DataObject, world: World) -> None:
        self.world, self.evaluator = world, Evaluator(world.knowledge)
        self.stated: Stated = tuple(world.stated())
        try:
            self.evaluation = self.evaluator.evaluate(self.stated, world.day)
        except InconsistentError:
            reject()
        self.need = data.draw(st.sampled_from(NEEDS))
        self.decision = self.evaluator.decide(self.evaluation.inference, self.need, world.day)
        self.raised = any(one.need == self.need for one in self.evaluation.decisions)
        self.target = data.draw(st.sampled_from(("", "", *world.knowledge.needs[self.need].candidates)))

    def flips(self, at_most: int = 2) -> Flips:
        return flips(self.evaluator, self.evaluation, self.decision, Aim(self.target, at_most))

    def leading(self, stated: Iterable[Requirement]) -> tuple[str, ...] | None:
        """Return what leads where this is stated, by a full evaluation; None if it contradicts itself."""
        try:
            evaluation = self.evaluator.evaluate(stated, self.world.day)
        except InconsistentError:
            return None
        decided = [one.leading for one in evaluation.decisions if one.need == self.need]
        if self.raised:
            return decided[0] if decided else self.decision.leading
        return self.evaluator.decide(evaluation.inference, self.need, self.world.day).leading

    def wanted(self, leading: tuple[str, ...] | None) -> bool:
        if leading is None:
            return False
        return leading == (self.target,) if self.target else leading != self.decision.leading

    def effects(self, space: dict[str, list[Stated]], names: tuple[str, ...]) -> set[Effect]:
        """Return what the ways to state something else of some attributes lead to, as far as it is wanted."""
        rest = [one for one in self.stated if one.attribute not in names]
        tried = (self.leading((*rest, *chain(*way))) for way in product(*(space[name] for name in names)))
        return {(names, leading) for leading in tried if leading is not None and self.wanted(leading)}


def ways_to_state(asked: Asked, name: str) -> list[Stated]:
    """Return all that could be stated of an attribute by one change, whether rules tell it apart or not."""
    said = tuple(one for one in asked.stated if one.attribute == name)
    answers = [tuple(read_statement(name, one, asked.world.knowledge.attributes)) for one in every_answer(asked, name)]
    without = [tuple(one for one in said if one is not left) for left in said]
    beside = [(*(one for one in said if not clash(asked, (one, *answer))), *answer) for answer in answers]
    found = [*beside, *answers, *without, ()]
    facts = {fact for one in said for fact in one.facts}
    return [one for one in found if {fact for each in one for fact in each.facts} != facts]


def clash(asked: Asked, said: Stated) -> bool:
    try:
        gather(said, asked.world.knowledge.attributes)
    except ContradictionError:
        return True
    return False


def every_answer(asked: Asked, name: str) -> list[Any]:
    attribute = asked.world.knowledge.attributes[name]
    if attribute.kind == "boolean":
        return [True, False]
    if attribute.kind == "quantity":
        return list(stretches(asked, name, attribute.unit))
    return [*attribute.values, *({"not": value} for value in attribute.values)]


def stretches(asked: Asked, name: str, unit: str) -> Iterator[dict[str, str]]:
    """Yield the longest ranges of amounts in which no condition that bears on the need changes its outcome."""
    knowledge = asked.world.knowledge
    rules = [*knowledge.derivations, *knowledge.needs[asked.need].rules]
    tests = [test for rule in rules for test in rule.tests if test.attribute == name]
    kinds: dict[tuple[bool, ...], list[int]] = {}
    for amount in range(max((test.bound for test in tests), default=0) + 2):
        facts = {name: Known(least=amount, most=amount)}
        kinds.setdefault(tuple(bool(witnesses(test, facts)) for test in tests), []).append(amount)
    runs = sorted(kinds.values())
    for run in runs:
        bounds = [("at-least", run[0])] if run[0] else []
        bounds += [("at-most", run[-1])] if run is not runs[-1] else []
        if bounds:
            yield dict(show_bound(relation, bound, unit) for relation, bound in bounds)


def attributes_of(changes: Iterable[Change]) -> tuple[str, ...]:
    return tuple(sorted(change.attribute for change in changes))


@given(data=st.data(), world=generated_worlds())
def test_a_flip_flips_and_no_part_of_it_does(data: DataObject, world: World) -> None:
    asked = Asked(data, world)
    found = asked.flips(at_most=data.draw(st.sampled_from((2, 2, 3))))
    for flip in found.flips:
        assert asked.leading(changed(asked.stated, flip.changes)) == flip.leading
        assert asked.wanted(flip.leading)
        for size in range(len(flip.changes)):
            for part in combinations(flip.changes, size):
                assert not asked.wanted(asked.leading(changed(asked.stated, part)))


@given(data=st.data(), world=generated_worlds())
def test_none_of_the_least_is_missing(data: DataObject, world: World) -> None:
    asked = Asked(data, world)
    found = asked.flips()
    assume(not found.reached)
    space = {name: ways_to_state(asked, name) for name in sorted(world.knowledge.attributes.keys() - {"need"})}
    told = {(attributes_of(flip.changes), flip.leading) for flip in found.flips}
    singles = set().union(*(asked.effects(space, (name,)) for name in space))
    if found.barred or singles:
        assert told == singles
    else:
        assert all(len(names) == 2 for names, _ in told)
        for pair in data.draw(st.permutations(list(combinations(space, 2))))[:PAIRS]:
            assert asked.effects(space, pair) == {one for one in told if one[0] == pair}


@given(data=st.data(), world=generated_worlds(), random=RANDOM)
def test_the_order_of_statements_does_not_matter(data: DataObject, world: World, random: Random) -> None:
    asked = Asked(data, world)
    other = World(world.knowledge, shuffled_statements(world.said, random), world.day, world.base)
    evaluation = Evaluator(world.knowledge).evaluate(other.stated(), world.day)
    again = flips(asked.evaluator, evaluation, _decided(asked, evaluation), Aim(asked.target, 2))
    assert _alike(again) == _alike(asked.flips())


@given(data=st.data(), world=generated_worlds())
def test_the_short_way_finds_what_a_full_evaluation_finds(data: DataObject, world: World) -> None:
    asked = Asked(data, world)
    trial = Trial(asked.evaluator, asked.evaluation, asked.decision, "")
    space = possible(asked)
    for _ in range(20):
        some = data.draw(st.lists(st.sampled_from(space), min_size=1, max_size=3, unique_by=id))
        changes = tuple(data.draw(st.sampled_from([one for alike in group for one in alike])) for group in some)
        assert trial.leading(changes) == asked.leading(changed(asked.stated, changes))


def possible(asked: Asked) -> list[list[Alike]]:
    found = possible_changes(asked.evaluator, asked.stated, asked.need, asked.world.day)
    assume(found)
    return found


def _decided(asked: Asked, evaluation: Evaluation) -> Decision:
    return asked.evaluator.decide(evaluation.inference, asked.need, asked.world.day)


def _alike(found: Flips) -> set[Any]:
    return {
        (tuple((one.attribute, frozenset(one.then), frozenset(one.withdrawn)) for one in flip.changes), flip.leading)
        for flip in found.flips
    }
