"""When a decision changes, to what, and by which event or rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchards import ALDER, BIRCH, closed, orchard

from adjudge.evaluation import Evaluator
from adjudge.explaining.sides import Outcome
from adjudge.explaining.timeline import Timeline, last_date, raised_between, timeline
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

SPAN = ("2000-01-01", "2030-01-01")


def told(knowledge: Knowledge, *, unraised: bool = False, days: tuple[str, str] = SPAN, **said: Any) -> Timeline:
    stated = [one for name, value in said.items() for one in read_statement(name, value, knowledge.attributes)]
    return timeline(Evaluator(knowledge), stated, "plant", days, unraised=unraised)


def test_an_event_turns_a_decision_on_its_day() -> None:
    found = told(orchard(ALDER, alder=[closed("2010-05-01", confidence="recalled")]), need="plant", frost=True)
    assert found.first == Outcome("decided", ("alder",))
    (turn,) = found.turns
    assert (turn.day, turn.outcome) == ("2010-05-01", Outcome("decided", ("birch",)))
    (cause,) = turn.causes.found
    assert (cause.how, cause.choice, cause.date, cause.recalled) == ("closed", "alder", "2010-05-01", True)
    assert turn.causes.weight == "alone"


def test_what_is_decided_on_a_day_is_read_off() -> None:
    found = told(orchard(ALDER, alder=[closed("2010-05-01")]), need="plant", frost=True)
    assert [found.on(day).leading for day in ("2010-04-30", "2010-05-01")] == [("alder",), ("birch",)]


def test_a_rule_begins_and_ends() -> None:
    found = told(orchard({**ALDER, "from": "2005-01-01", "until": "2008-01-01"}), need="plant", frost=True)
    assert [(one.day, one.outcome.status) for one in found.turns] == [("2005-01-01", "decided"), ("2008-01-01", "tied")]
    assert [one.causes.found[0].how for one in found.turns] == ["begins", "ends"]
    assert all(one.causes.found[0].reason.rule == "planting.rule-1" for one in found.turns)


def test_what_happens_to_a_choice_that_does_not_matter_turns_nothing() -> None:
    idle = {"when": {"wet": True}, "recommend": "alder", "from": "2003-01-01"}
    knowledge = orchard(BIRCH, idle, alder=[closed("2010-05-01")])
    assert told(knowledge, need="plant", frost=True).turns == ()


def test_events_outside_of_the_days_are_left_out_and_the_last_day_counts() -> None:
    knowledge = orchard(ALDER, alder=[closed("2010-05-01")])
    said = {"need": "plant", "frost": True}
    assert told(knowledge, days=("2000-01-01", "2010-04-30"), **said).turns == ()
    assert told(knowledge, days=("2010-05-01", "2030-01-01"), **said).first.leading == ("birch",)
    assert len(told(knowledge, days=("2000-01-01", "2010-05-01"), **said).turns) == 1


def test_a_closing_and_a_rule_of_the_same_day_that_matter_only_together() -> None:
    """Without the closing alder would be recommended too, without the rule nothing would, but never alder alone."""
    rule = {"when": {"frost": True}, "reject": "birch", "until": "2010-05-01"}
    found = told(orchard(rule, alder=[closed("2010-05-01")]), need="plant", frost=True)
    (turn,) = found.turns
    assert turn.causes.weight == "together"
    assert {one.how for one in turn.causes.found} == {"closed", "ends"}


def test_a_dated_limit_is_a_cause() -> None:
    limit = {"that": {"wet": False}, "because": "It drowns.", "from": "2015-01-01"}
    found = told(orchard(ALDER, limits=[limit]), need="plant", frost=True, wet=True)
    (turn,) = found.turns
    assert turn.causes.found[0].reason.says == "Since 2015-01-01: It drowns."


def test_a_need_that_arises_and_goes() -> None:
    knowledge = orchard({"when": {"wet": True}, "derive": {"need": "plant"}, "from": "2012-01-01"})
    evaluator = Evaluator(knowledge)
    stated = read_statement("wet", True, knowledge.attributes)
    assert raised_between(evaluator, stated, *SPAN) == ["plant"]
    assert raised_between(evaluator, stated, "2000-01-01", "2011-12-31") == []
    found = told(knowledge, wet=True)
    assert [found.first.status, *(one.outcome.status for one in found.turns)] == ["not-raised", "tied"]
    assert found.turns[0].causes.found[0].how == "begins"
    assert told(knowledge, wet=True, unraised=True).first.status == "open"


def test_statements_that_contradict_each_other_for_a_while() -> None:
    rule = {"when": {"wet": True}, "derive": {"frost": False}, "from": "2012-01-01", "until": "2013-01-01"}
    found = told(orchard(ALDER, rule), need="plant", wet=True, frost=True)
    assert [one.outcome.status for one in found.turns] == ["contradictory", "decided"]
    assert [one.causes.found[0].how for one in found.turns] == ["begins", "ends"]


def test_the_last_date_is_that_of_the_last_thing_known() -> None:
    assert last_date(orchard(alder=[closed("2040-05-01")]), "2000-01-01") == "2040-05-01"
    assert last_date(orchard(), "2000-01-01") == "2000-01-01"
