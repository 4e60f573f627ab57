"""What holds for every knowledge base, scenario and two days of it.

HYPOTHESIS_PROFILE=thorough tries many more.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import assume, given, reject
from hypothesis import strategies as st

from adjudge.evaluation import Evaluator
from adjudge.explaining.causes import causes
from adjudge.explaining.shifts import put_back, shifts, taking_part
from adjudge.explaining.sides import Outcome, Side, look
from adjudge.explaining.timeline import timeline
from adjudge.inference import InconsistentError
from bases import files_of
from strategies import DAYS, NEEDS, World, bases, compiled, shipped_worlds, statements

if TYPE_CHECKING:
    from adjudge.explaining.causes import Causes

FIRST, LAST = "2019-06-01", "2024-06-01"
AROUND = sorted(
    {(date.fromisoformat(day) + timedelta(days=step)).isoformat() for day in DAYS for step in (-1, 0, 1, 100)}
)
SHIPPED_DAYS = st.dates(date(2021, 12, 31), date(2027, 12, 31)).map(date.isoformat)


@st.composite
def eventful_worlds(draw: st.DrawFn) -> World:
    """Draw small knowledge in which something happens to most choices, with a scenario."""
    base = draw(bases())
    kinds = st.sampled_from(("closed-to-new-customers", "end-of-support"))
    for choice in base["catalog"]["choices"]:
        events = st.fixed_dictionaries({"event": kinds, "date": st.sampled_from(DAYS[1:])})
        choice["lifecycle"] += draw(st.lists(events, max_size=1))
    knowledge = compiled(files_of(base))
    return World(knowledge, draw(statements(knowledge)), draw(st.sampled_from(DAYS)), base)


def evaluated(world: World, need: str, day: str) -> Outcome:
    """Return what becomes of a need by a plain evaluation."""
    try:
        evaluation = Evaluator(world.knowledge).evaluate(world.stated(), day)
    except InconsistentError:
        return Outcome("contradictory")
    found = [Outcome(one.status, one.leading) for one in evaluation.decisions if one.need == need]
    return found[0] if found else Outcome("not-raised")


def difference(world: World, need: str, days: tuple[str, str]) -> tuple[Side, Side, Causes | None]:
    """Return two sides, and what makes a need come out otherwise."""
    before, after = (Side(Evaluator(world.knowledge), day) for day in days)
    stated = world.stated()
    views = look(before, stated), look(after, stated)
    was, now = (view.outcome(need) for view in views)
    if was == now:
        return before, after, None
    involved = taking_part((before, views[0]), (after, views[1]), shifts(before, after, [need]))
    return before, after, causes(before, after, involved, lambda side: look(side, stated, need).outcome(need) == was)


@given(world=eventful_worlds(), need=st.sampled_from(NEEDS))
def test_the_timeline_tells_what_an_evaluation_on_any_day_tells(world: World, need: str) -> None:
    found = timeline(Evaluator(world.knowledge), world.stated(), need, (FIRST, LAST))
    for day in AROUND:
        assert found.on(day) == evaluated(world, need, day), day


@given(world=shipped_worlds(), data=st.data())
def test_the_timeline_of_shipped_knowledge_agrees_with_evaluations(world: World, data: st.DataObject) -> None:
    try:
        evaluation = Evaluator(world.knowledge).evaluate(world.stated(), "2021-12-31")
    except InconsistentError:
        reject()
    assume(evaluation.decisions)
    need = data.draw(st.sampled_from([one.need for one in evaluation.decisions]))
    found = timeline(Evaluator(world.knowledge), world.stated(), need, ("2021-12-31", "2027-12-31"))
    for day in [*(one.day for one in found.turns), *data.draw(st.lists(SHIPPED_DAYS, min_size=3, max_size=3))]:
        assert found.on(day) == evaluated(world, need, day), day


@given(world=eventful_worlds(), need=st.sampled_from(NEEDS))
def test_each_turn_turns_and_has_a_cause(world: World, need: str) -> None:
    found = timeline(Evaluator(world.knowledge), world.stated(), need, (FIRST, LAST))
    before = found.first
    for turn in found.turns:
        assert turn.outcome != before
        assert turn.causes.found
        before = turn.outcome


@given(world=eventful_worlds(), need=st.sampled_from(NEEDS), days=st.permutations(DAYS))
def test_all_that_counts_otherwise_put_back_gives_the_side_before(world: World, need: str, days: list[str]) -> None:
    before, after = (Side(Evaluator(world.knowledge), day) for day in days[:2])
    everything = shifts(before, after, [need])
    back = look(put_back(before, after, everything), world.stated())
    assert back.outcome(need) == evaluated(world, need, days[0])


@given(world=eventful_worlds(), need=st.sampled_from(NEEDS), days=st.permutations(DAYS))
def test_causes_are_found_exactly_where_something_differs(world: World, need: str, days: list[str]) -> None:
    first, second = days[:2]
    differs = evaluated(world, need, first) != evaluated(world, need, second)
    forth, back = (difference(world, need, pair)[2] for pair in ((first, second), (second, first)))
    assert (forth is not None) == (back is not None) == differs
    if forth and back:
        assert forth.found
        assert back.found


@given(world=eventful_worlds(), need=st.sampled_from(NEEDS), day=st.sampled_from(DAYS))
def test_a_day_does_not_differ_from_itself(world: World, need: str, day: str) -> None:
    side = Side(Evaluator(world.knowledge), day)
    assert shifts(side, Side(Evaluator(world.knowledge), day), [need], world.knowledge.choices) == []
    assert difference(world, need, (day, day))[2] is None
