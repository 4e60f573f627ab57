"""What examples, scenarios and questions show of the rules, and what they leave in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.browsing import conditions
from adjudge.linting.findings import Finding, found_at
from adjudge.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.knowledge import Rule
    from adjudge.linting.material import Material

_WITH_EXAMPLES = ("rule", "ladder")  # limits and preconditions have none of their own


def unshown(material: Material) -> Iterator[Finding]:
    """Find alternatives and steps that none of their own examples shows, and what shows them instead."""
    for rule, covered in material.covered:
        if covered.examples or rule.basis not in _WITH_EXAMPLES:
            continue
        if len(covered.questions) == 1 and not covered.scenarios:
            says = f"only the question {covered.questions[0]} makes it apply: {_asked(material, rule)}"
            yield found_at(material.place(rule), "single-use", rule.id, says)
        else:
            says = f"no example shows it: {_asked(material, rule)}"
            yield found_at(material.place(rule), "no-example", rule.id, says)


def never(material: Material) -> Iterator[Finding]:
    """Find limits and preconditions that nothing makes count; without scenarios nothing could."""
    for rule, covered in material.covered if material.scenarios else ():
        if not covered.fired and rule.basis not in _WITH_EXAMPLES:
            says = f"nothing makes it count: {_asked(material, rule)}"
            yield found_at(material.place(rule), "never-exercised", rule.id, says)


def _asked(material: Material, rule: Rule) -> str:
    return listed(conditions(material.knowledge, rule))
