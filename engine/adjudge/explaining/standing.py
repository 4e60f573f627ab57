"""Where a recommended choice stands among the recommended ones, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adjudge.judging import Decision, Verdict
    from adjudge.knowledge import Knowledge


def standing(knowledge: Knowledge, decision: Decision, choice: str) -> str:
    """Return a sentence on how a recommended choice stands to what leads, and why; nothing if it leads alone."""
    verdict = next(one for one in decision.verdicts if one.choice == choice)
    first = decision.verdicts[0]
    others = [knowledge.name(one) for one in decision.leading if one != choice]
    if choice in decision.leading:
        return f"It is tied with {' and '.join(others)}: nothing stated separates them." if others else ""
    leads, their = ("leads", "its") if len(others) == 1 else ("lead", "their")
    ahead = f"{' and '.join(others)} {leads}: {their} reasons rest on {_statements(first.weight)}"
    name = knowledge.name(choice)
    if first.weight != verdict.weight:
        return f"{ahead}, those for {name} on {_statements(verdict.weight)}."
    own = _goals(knowledge, verdict)
    beside = f"{name} only for {own}" if own else f"{name} for none"
    return (
        f"{ahead}, as do those for {name}, but of the stated goals it is best for {_goals(knowledge, first)}, {beside}."
    )


def _statements(number: int) -> str:
    return "1 statement" if number == 1 else f"{number} statements"


def _goals(knowledge: Knowledge, verdict: Verdict) -> str:
    return " and ".join(knowledge.attributes["goal"].show(goal) for goal in verdict.goals)
