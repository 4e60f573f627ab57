"""Small knowledge about what to plant, in which things happen in the course of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

ALDER = {"when": {"frost": True}, "prefer": "alder", "over": "birch"}
BIRCH = {"when": {"frost": True}, "prefer": "birch", "over": "alder"}


def orchard(*rules: dict[str, Any], alder: list[dict[str, str]] | None = None, **choice: Any) -> Knowledge:
    """Return knowledge about choosing between alder, with a lifecycle, and birch, both of which serve."""
    attributes = [
        {"id": "need", "kind": "multiple", "values": [{"id": "plant"}]},
        {"id": "frost", "kind": "boolean"},
        {"id": "wet", "kind": "boolean"},
    ]
    choices = [
        {"id": "alder", "serves": ["plant"], "lifecycle": alder or [], **choice},
        {"id": "birch", "serves": ["plant"]},
    ]
    named = [{"id": f"rule-{number}", **rule} for number, rule in enumerate(rules, 1)]
    return knowledge_of(
        {
            "vocabulary": {"attributes": attributes},
            "catalog": {"choices": choices},
            "decisions": [{"topic": "planting", "need": "plant", "rules": named}],
        }
    )


def closed(day: str, **more: str) -> dict[str, str]:
    return {"event": "closed-to-new-customers", "date": day, **more}
