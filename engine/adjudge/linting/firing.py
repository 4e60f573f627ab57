"""Rules that can never apply, that add nothing, or that stand there twice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import structs

from adjudge.evaluation import NOTES_DAY, Evaluator
from adjudge.linting.findings import Finding, found_at
from adjudge.linting.implying import covers, impossible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.knowledge import Rule
    from adjudge.linting.material import Material

_OF_CHOICES = ("limit", "requires")  # these count for every need, the rules of a topic for theirs alone


def dead(material: Material) -> Iterator[Finding]:
    """Find what can never apply, among all that nothing makes apply."""
    evaluator = Evaluator(structs.replace(material.knowledge, assumed=()), "native")
    days = sorted({NOTES_DAY, material.day})
    for rule, covered in material.covered:
        if not covered.fired and (why := impossible(evaluator, rule.tests, days)):
            yield found_at(material.place(rule), "dead-rule", rule.id, f"it can never apply: {why}")


def repeated(material: Material) -> Iterator[Finding]:
    """Find rules that say no more than others do: with the same conditions, or with narrower ones."""
    told: set[Rule] = set()
    for rules in (material.knowledge.derivations, *(need.rules for need in material.knowledge.needs.values())):
        alike: dict[tuple[object, ...], list[Rule]] = defaultdict(list)
        for rule in rules:
            if not rule.traits and rule.basis != "ladder":
                alike[_consequence(rule)].append(rule)
        for group in alike.values():
            for one, other, same in _pairs(group):
                if one not in told:
                    told.add(one)
                    yield _finding(material, one, other, same=same)


def _consequence(rule: Rule) -> tuple[object, ...]:
    derived = tuple(sorted(fact for one in rule.derives for fact in one.facts))
    return rule.kind, tuple(sorted(rule.subjects)), tuple(sorted(rule.over)), derived, rule.advice


def _pairs(group: list[Rule]) -> Iterator[tuple[Rule, Rule, bool]]:
    """Yield rules with one that makes them needless, and whether the two are the same."""
    for number, one in enumerate(group):
        for place, other in enumerate(group):
            if place == number or not covers(other, one):
                continue
            same = covers(one, other)
            # A narrower recommendation does add something: a choice is ordered by the statements that speak for it.
            wide, other_wide = one.basis in _OF_CHOICES, other.basis in _OF_CHOICES
            needless = (wide, place) < (other_wide, number) if same else one.kind != "recommend" and wide <= other_wide
            if needless:
                yield one, other, same
                break


def _finding(material: Material, one: Rule, other: Rule, *, same: bool) -> Finding:
    place = material.place(other)
    problem = place.file.problem(place.path, "")
    where = f"`{other.id}` ({problem.file}:{problem.line})"
    if same:
        return found_at(material.place(one), "near-double", one.id, f"{where} asks for the same and leads to the same")
    return found_at(material.place(one), "subsumed-rule", one.id, f"{where} leads to the same wherever this applies")
