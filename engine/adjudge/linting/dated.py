"""What time has done to the knowledge: what cannot be had any more, and what has not been checked for long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.linting.findings import Finding, found_at, found_in
from adjudge.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.building import Site
    from adjudge.knowledge import Choice, Event, Knowledge, Rule
    from adjudge.linting.material import Material

_RECALLED = "(recalled)"


def unavailable(material: Material) -> Iterator[Finding]:
    """Find what is recommended and cannot be had on the day, with nothing that could stand in for it."""
    for need in material.knowledge.needs.values():
        recommending: dict[str, Rule] = {}
        for rule in need.rules:
            if rule.kind == "recommend" and rule.valid(material.day):
                for choice in rule.subjects:
                    recommending.setdefault(choice, rule)
        to_be_had = {one for one in recommending if not material.knowledge.choices[one].closed(material.day)}
        for name in sorted(recommending.keys() - to_be_had):
            if not _successors(material.knowledge, name) & to_be_had:
                says = _gone(material, name, need.id)
                yield found_at(
                    material.place(recommending[name]), "unavailable-without-successor", f"{need.id}.{name}", says
                )


def _successors(knowledge: Knowledge, name: str) -> set[str]:
    """Return what has taken the place of a choice, and what has taken the place of that."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for successor in knowledge.choices[waiting.pop()].successors:
            if successor not in found:
                found.add(successor)
                waiting.append(successor)
    return found


def _gone(material: Material, name: str, need: str) -> str:
    choice = material.knowledge.choices[name]
    event = choice.closed(material.day)
    if event is None:
        raise ValueError(f"{name} is not closed as of {material.day}")
    what = "ended on" if event.event == "end-of-support" else "has taken no new customers since"
    successors = listed([f"`{one}`" for one in choice.successors], "or")
    instead = f"no rule of `{need}` recommends {successors} instead" if successors else "no successor is named"
    return f"{choice.name} is recommended for `{need}`, but {what} {event.date}; {instead}"


def unchecked(material: Material) -> Iterator[Finding]:
    """Find events that are said to be verified but have not been checked for a year."""
    for choice, event, site in _events(material):
        if event.confidence == "verified" and (not event.checked or _year_after(event.checked) < material.day):
            when = f"was last checked on {event.checked}" if event.checked else "does not say when it was checked"
            yield found_at(
                site, "unchecked-for-a-year", choice.id, f"{_told(choice, event)} counts as verified but {when}"
            )


def passed(material: Material) -> Iterator[Finding]:
    """Find events that were still to come when they were checked, and whose day has passed since."""
    for choice, event, site in _events(material):
        if event.checked and event.checked < event.date <= material.day:
            says = f"{_told(choice, event)} was still to come when it was checked on {event.checked}"
            yield found_at(site, "date-passed", choice.id, says)


def _events(material: Material) -> Iterator[tuple[Choice, Event, Site]]:
    for choice in material.knowledge.choices.values():
        for index, event in enumerate(choice.lifecycle):
            yield choice, event, material.places.choices[choice.id].at("lifecycle", index)


def _told(choice: Choice, event: Event) -> str:
    return f"“{event.event}” of {choice.name} on {event.date}"


def _year_after(day: str) -> str:
    """Return the same day of the next year as text that compares like a date (29 February may stand in any year)."""
    return f"{int(day[:4]) + 1:04}{day[4:]}"


def recalled(material: Material) -> Iterator[Finding]:
    """Count, file by file, what rests on memory alone."""
    for folder in ("catalog", "decisions"):
        for file in material.places.files[folder]:
            facts = list(_facts(file.data))
            count = sum(map(_is_recalled, facts))
            if count:
                says = f"{count} of {len(facts)} entries with sources rest on memory alone"
                name = f"{folder}/{file.name.rpartition('/')[2]}"
                yield found_in(file.problem((), says), "recalled-only", name)


def _facts(data: Any) -> Iterator[dict[str, Any]]:
    """Yield everything in a file that names sources of its own."""
    if isinstance(data, dict):
        if "sources" in data:
            yield data
        data = list(data.values())
    for one in data if isinstance(data, list) else ():
        yield from _facts(one)


def _is_recalled(fact: dict[str, Any]) -> bool:
    sources = [str(one).rstrip() for one in fact["sources"]]
    return fact.get("confidence") == "recalled" or all(one.endswith(_RECALLED) for one in sources)
