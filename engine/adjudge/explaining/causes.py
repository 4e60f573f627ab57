"""Why something comes out otherwise on one side than on the other: the events and rules that make the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from adjudge.explaining.shifts import Shift, put_back
from adjudge.explaining.sides import rules_of
from adjudge.reasons import Reason, closing
from adjudge.report import reason_document

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from adjudge.explaining.sides import Side
    from adjudge.knowledge import Choice, Event, Rule

How = Literal["closed", "open", "altered", "begins", "ends", "added", "removed", "changed"]
Weight = Literal["alone", "together", "unsure"]


class Cause(msgspec.Struct, frozen=True):
    """An event or a rule that makes a difference, in words; `date` is the day from which on it does, if that is known.

    `recalled` tells whether it rests on something that was recalled and not verified.
    """

    how: How
    reason: Reason
    choice: str = ""
    date: str = ""
    recalled: bool = False


class Causes(msgspec.Struct, frozen=True):
    """What makes a difference.

    `alone`: without any one of them things would be as before. `together`: without all of them they would, and what is
    not needed for that is left out. `unsure`: they take part, and without them things would still not be as before.
    """

    weight: Weight
    found: tuple[Cause, ...]

    @property
    def recalled(self) -> bool:
        """Tell whether the difference rests on something that was only recalled."""
        return (all if self.weight == "alone" else any)(one.recalled for one in self.found)


def causes(before: Side, after: Side, shifts: Collection[Shift], as_before: Callable[[Side], bool]) -> Causes:
    """Return which shifts make a difference; `as_before` tells whether a side comes out as the one before."""

    def undoes(some: Collection[Shift]) -> bool:
        return as_before(put_back(before, after, some))

    weight: Weight = "alone"
    found = [one for one in shifts if undoes([one])]
    if not found:
        weight, found = ("together", list(shifts)) if shifts and undoes(shifts) else ("unsure", list(shifts))
        for one in shifts if weight == "together" else ():
            rest = [other for other in found if other is not one]
            found = rest if undoes(rest) else found
    told = {(one.how, one.reason.says): one for one in (_cause(before, after, shift) for shift in found)}
    return Causes(weight, tuple(told.values()))


def cause_document(one: Cause) -> dict[str, Any]:
    """Return a cause as plain values: a reason with how it makes a difference, of which choice, when and how sure."""
    return reason_document(one.reason) | {
        "how": one.how,
        "choice": one.choice or None,
        "date": one.date or None,
        "confidence": "recalled" if one.recalled else "verified",
    }


def causes_document(found: Causes) -> dict[str, Any]:
    """Return causes as plain values."""
    return {"weight": found.weight, "causes": [cause_document(one) for one in found.found]}


def _cause(before: Side, after: Side, shift: Shift) -> Cause:
    if shift.choices:
        return _of_choice(before, after, *shift.choices)
    return _of_rule(before, after, shift)


def _of_choice(before: Side, after: Side, then: Choice, now: Choice) -> Cause:
    was, closed = then.closed(before.day), now.closed(after.day)
    if closed and closed != was:
        said = closing(after.knowledge, now.id, closed)
        return Cause("closed", said, now.id, closed.date, closed.confidence != "verified")
    if was and not closed:
        last = was if after.day < was.date or not now.lifecycle else max(now.lifecycle, key=lambda one: one.date)
        said = Reason(_opened(now, was, after.day), sources=last.sources, event=last.event, date=last.date)
        return Cause("open", said, now.id, last.date, last.confidence != "verified")
    return Cause("altered", Reason(f"What is known of {now.name} is not the same.", sources=now.sources), now.id)


def _opened(choice: Choice, was: Event, day: str) -> str:
    if was.date <= day:
        return f"{choice.name} can be had again as of {day}; it had been closed since {was.date}."
    what = "closed to new customers" if was.event == "closed-to-new-customers" else "out of service"
    sure = "" if was.confidence == "verified" else " (recalled, not verified)"
    return f"As of {day} {choice.name} can still be had; it is {what} from {was.date} on{sure}."


def _of_rule(before: Side, after: Side, shift: Shift) -> Cause:
    rule = min(shift.after - shift.before or shift.before - shift.after, key=repr)
    how, date, lead = _timed(before, after, shift, rule)
    says = f"{lead}: {rule.advice} {rule.because}".replace(":  ", ": ")
    recalled = any(source.endswith("(recalled)") for source in rule.sources)
    return Cause(how, Reason(says, rule.id, rule.sources), date=date, recalled=recalled)


def _timed(before: Side, after: Side, shift: Shift, rule: Rule) -> tuple[How, str, str]:
    """Return how a rule comes to make a difference, from when on, and words to lead over to what it says."""
    dates = sorted(
        date
        for side in (before, after)
        for need in shift.needs
        for one in rules_of(side.knowledge, need)
        if one.id == rule.id
        for date in (one.since, one.until)
        if min(before.day, after.day) < date <= max(before.day, after.day)
    )
    forward = before.day < after.day
    date = (dates[-1] if forward else dates[0]) if dates else ""
    if shift.before and shift.after:
        return "changed", date, f"Otherwise since {date}" if date and forward else "Not the same"
    if shift.after:
        lead = f"Since {date}" if forward else f"Still so before {date}"
        return ("begins", date, lead) if date else ("added", "", "New")
    lead = f"No longer so since {date}" if forward else f"Not yet so before {date}"
    return ("ends", date, lead) if date else ("removed", "", "Gone")
