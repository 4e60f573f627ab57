"""What becomes of choices over time: how a closing is put into words, and who may keep what is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.facts import is_any
from adjudge.knowledge import CLOSING, Choice, Event, Rule
from adjudge.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from adjudge.building import Site
    from adjudge.vocabulary import Attribute

_SAID = {
    "announced": "announced",
    "renamed": "renamed",
    "closed-to-new-customers": "closed to new customers",
    "end-of-support": "support ended for everybody",
    "sdk-removed": "removed from the libraries",
    "part-ended": "a part of it ended",
    "reopened": "open to new customers again",
}
ATTRIBUTE = "existing"  # by which a scenario states what is run already


def sure(event: Event) -> str:
    """Return what to add to what is said of an event: nothing if it was read in a source."""
    return "" if event.confidence == "verified" else " (recalled, not verified)"


def closed_since(choice: Choice, event: Event) -> str:
    """Say since when a choice cannot be had, without the full stop."""
    what = "has been closed to new customers" if event.event == "closed-to-new-customers" else "has been out of service"
    return f"{called(choice, event.date)} {what} since {event.date}{sure(event)}"


def called(choice: Choice, day: str) -> str:
    """Return the name of a choice, and the one it has on an ISO date if that is another."""
    now = choice.called(day)
    return choice.name if now == choice.name else f"{choice.name} (now {now})"


def tell(event: Event) -> str:
    """Say in a line what happened, how sure that is, and what there is to note."""
    what = _SAID[event.event] + (f" {event.name}" if event.name else "")
    known = f"read in a source, checked {event.checked}" if event.checked else "read in a source"
    known = known if event.confidence == "verified" else "recalled, not verified"
    return f"{event.date}: {what} ({known}){f'. {event.note}' if event.note else ''}"


def history(choice: Choice) -> list[dict[str, Any]]:
    """Return the events of a choice, the first one first, as plain values."""
    return [
        {
            "event": one.event,
            "date": one.date,
            "name": one.name or None,
            "confidence": one.confidence,
            "checked": one.checked or None,
            "note": one.note or None,
            "says": tell(one),
            "sources": list(one.sources),
        }
        for one in sorted(choice.lifecycle, key=lambda one: (one.date, repr(one)))
    ]


def ending(choice: Choice, day: str) -> Event | None:
    """Return the end of support that lies ahead of an ISO date, if any."""
    ends = [one for one in choice.lifecycle if one.event == "end-of-support" and one.date > day]
    return min(ends, key=lambda one: (one.date, repr(one)), default=None)


def keeping(choice: Choice, choices: Mapping[str, Choice], attributes: Mapping[str, Attribute]) -> Iterator[Rule]:
    """Yield the rules by which whoever runs a choice already may keep it while it is only closed to newcomers."""
    asked = tuple(one for one in choice.existing if ATTRIBUTE in attributes and one in attributes[ATTRIBUTE].values)
    days = sorted({one.date for one in choice.lifecycle if one.event != "announced"})
    for day, until in zip(days, [*days[1:], ""], strict=True) if asked else ():
        event = choice.closed(day)
        if event and event.event == "closed-to-new-customers":
            yield Rule(
                f"{choice.id}.existing",
                "keep",
                (is_any(attributes[ATTRIBUTE], asked),),
                _instead(choice, choices, day),
                event.sources,
                (choice.id,),
                advice=f"{closed_since(choice, event)}; who runs it already may keep it.",
                basis="existing",
                since=day,
                until=until,
            )


def _instead(choice: Choice, choices: Mapping[str, Choice], day: str) -> str:
    """Say what lies ahead of those who keep a choice, and what to weigh for what is new."""
    end = ending(choice, day)
    ends = f"Its support ends on {end.date}{sure(end)}." if end else "No end of its support is known."
    names = [choices[one].name for one in choice.successors if one in choices]
    return f"{ends} For what is new, weigh {listed(names, 'or')}." if names else ends


def check_lifecycle(choice: Choice, site: Site, attributes: Mapping[str, Attribute]) -> None:
    """Note what cannot be so in the events of a choice, and in what says that one runs it."""
    closings = [one.date for one in choice.lifecycle if one.event in CLOSING]
    for index, event in enumerate(choice.lifecycle):
        if event.event == "renamed" and not event.name:
            site.at("lifecycle", index).complain("`renamed` needs the new `name`")
        if event.event == "part-ended" and not event.note:
            site.at("lifecycle", index).complain("`part-ended` needs a `note` that says which part")
        if event.event == "reopened" and min(closings, default=event.date) >= event.date:
            site.at("lifecycle", index).complain("reopens what has not been closed before")
    values = attributes[ATTRIBUTE].values if ATTRIBUTE in attributes else {}
    for index, name in enumerate(choice.existing):
        site.at("existing", index).known(name, values, f"value of the attribute `{ATTRIBUTE}`:")
    if choice.existing and not any(one.event == "closed-to-new-customers" for one in choice.lifecycle):
        site.at("existing").complain("only what is closed to new customers some day has to be kept")
