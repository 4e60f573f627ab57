"""A small sound knowledge base, changes to it, and what is found in it then."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from adjudge.linting.checks import CHECKS, find, looked_for
from adjudge.linting.material import Material
from adjudge.loading import load_with_places
from adjudge.scenario import read_scenario
from bases import contents_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge.linting.findings import Finding

DAY = "2026-06-01"

Base = dict[str, Any]

SOUND: Base = {
    "vocabulary": {
        "attributes": [
            {"id": "need", "kind": "multiple", "values": [{"id": "warm-up"}]},
            {"id": "cold", "kind": "boolean"},
            {"id": "wet", "kind": "boolean"},
            {"id": "has", "kind": "multiple", "values": [{"id": "wood"}, {"id": "wool"}]},
            {"id": "sky", "kind": "single", "values": [{"id": "clear"}, {"id": "cloudy"}]},
        ],
        "traits": [{"id": "effort", "values": [{"id": "little"}, {"id": "much"}]}],
    },
    "catalog": {
        "choices": [
            {"id": "coat", "traits": {"effort": {"is": "little"}}},
            {
                "id": "fire",
                "aliases": ["a blaze"],
                "traits": {"effort": {"is": "much"}},
                "limits": [{"that": {"wet": False}}],
                "lifecycle": [
                    {"event": "announced", "date": "2001-01-01", "checked": "2026-01-01"},
                ],
            },
        ]
    },
    "decisions": [
        {
            "topic": "warmth",
            "need": "warm-up",
            "rules": [
                {"id": "cold-calls", "when": {"cold": True}, "derive": {"need": "warm-up"}},
                {"id": "wool-warms", "when": {"has": "wool"}, "recommend": "coat"},
                {"id": "wood-burns", "when": {"has": "wood"}, "recommend": "fire"},
                {"id": "no-fire-outside", "when": {"sky": "clear"}, "reject": "fire"},
            ],
        },
        {"topic": "general", "rules": [{"id": "lazy", "when": {"sky": "cloudy"}, "reject": {"effort": "much"}}]},
    ],
}
SCENARIO = "scenario: A wet evening\nrequirements: {cold: true, wet: true, has: [wood, wool], sky: cloudy}\n"


def changed(change: Callable[[Base], object]) -> Base:
    """Return the sound base with a change."""
    base = deepcopy(SOUND)
    change(base)
    return base


def rules(base: Base) -> list[dict[str, Any]]:
    """Return the rules of the topic."""
    listed: list[dict[str, Any]] = base["decisions"][0]["rules"]
    return listed


def attributes(base: Base) -> list[dict[str, Any]]:
    """Return the attributes."""
    listed: list[dict[str, Any]] = base["vocabulary"]["attributes"]
    return listed


def choice(base: Base, number: int) -> dict[str, Any]:
    """Return a choice."""
    found: dict[str, Any] = base["catalog"]["choices"][number]
    return found


def material(base: Base, scenarios: Sequence[str] = (SCENARIO,), day: str = DAY) -> Material:
    """Load a base with the scenarios that exercise it."""
    loaded = load_with_places(contents_of(base), "rules/")
    read = [read_scenario(text.encode(), f"{number}.yaml", loaded.knowledge) for number, text in enumerate(scenarios)]
    return Material(loaded, read, day)


def found(base: Base, scenarios: Sequence[str] = (SCENARIO,), day: str = DAY) -> list[Finding]:
    """Return everything that is found in a base."""
    looked_at = material(base, scenarios, day)
    codes = looked_for(())
    return sorted({one for check in CHECKS for one in find(check, looked_at, codes)})


def told(base: Base, scenarios: Sequence[str] = (SCENARIO,), day: str = DAY) -> list[tuple[str, str]]:
    """Return code and id of everything that is found in a base."""
    return sorted((one.code, one.id) for one in found(base, scenarios, day))
