"""What the vocabulary holds and nothing uses, needs that nothing raises, and names that mean several things."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from adjudge.formulas import names
from adjudge.linting.findings import Finding, found_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.linting.material import Material


def needs(material: Material) -> Iterator[Finding]:
    """Find needs that no rule derives."""
    derived = {
        fact.value for rule in material.knowledge.derivations for one in rule.derives for fact in one.facts
        if fact.attribute == "need"
    }  # fmt: skip
    attribute = material.knowledge.attributes.get("need")
    for index, need in enumerate(attribute.values if attribute else ()):
        if need in material.knowledge.needs and need not in derived:
            site = material.places.attributes["need"].at("values", index)
            yield found_at(site, "unreachable-need", need, f"no rule derives the need `{need}`")


def attributes(material: Material) -> Iterator[Finding]:
    """Find attributes and values that no rule asks for."""
    asked = _asked(material)
    for attribute in material.knowledge.attributes.values():
        site = material.places.attributes[attribute.id]
        if attribute.id not in asked:
            yield found_at(site, "unused-attribute", attribute.id, f"nothing asks for `{attribute.id}`")
        elif attribute.kind == "multiple":  # stating another value of a single one makes the rest false
            for index, value in enumerate(attribute.values):
                if value not in asked[attribute.id]:
                    name = f"{attribute.id}.{value}"
                    says = f"nothing asks whether `{attribute.id}` is `{value}`"
                    yield found_at(site.at("values", index), "unused-value", name, says)


def _asked(material: Material) -> dict[str, set[str]]:
    """Return for each attribute that something asks for the values of which it does."""
    asked: dict[str, set[str]] = defaultdict(set)
    asked["need"].update(material.knowledge.needs)
    asked["goal"].update(trait.goal for trait in material.knowledge.traits.values())
    for rule in material.rules:
        for test in rule.tests:
            asked[test.attribute].update(test.yes, test.no)
    for choice in material.knowledge.choices.values():
        for name in names(choice.formula):
            asked[name].update()
    return asked


def traits(material: Material) -> Iterator[Finding]:
    """Find traits by which nothing is chosen, and values of traits that no choice has."""
    used = {said.partition("=")[0] for rule in material.rules for said in rule.traits} | _claimed(material)
    held = defaultdict[str, set[str]](set)
    for choice in material.knowledge.choices.values():
        for name, has in choice.traits.items():
            held[name].update(has.values)
    for trait in material.knowledge.traits.values():
        site = material.places.traits[trait.id]
        if not trait.goal and trait.id not in used:
            yield found_at(site, "unused-trait", trait.id, f"nothing chooses by `{trait.id}`")
        for index, value in enumerate(trait.values):
            if value not in held[trait.id]:
                says = f"no choice has `{value}` for the trait `{trait.id}`"
                yield found_at(site.at("values", index), "unused-value", f"{trait.id}.{value}", says)


def _claimed(material: Material) -> set[str]:
    """Return the traits that the options of questions claim."""
    return {
        test.trait
        for scenario in material.scenarios
        if scenario.question
        for option in scenario.question.options
        for claim in option.claims
        for test in claim.traits
    }


def shared_names(material: Material) -> Iterator[Finding]:
    """Find names and aliases that several choices have."""
    called: dict[str, list[str]] = defaultdict(list)
    for choice in material.knowledge.choices.values():
        for name in dict.fromkeys(" ".join(one.casefold().split()) for one in (choice.name, *choice.aliases)):
            called[name].append(choice.id)
    for name, choices in called.items():
        for other in choices[1:]:
            first = material.places.choices[choices[0]]
            problem = first.file.problem(first.path, "")
            says = f"“{name}” is also a name of `{choices[0]}` ({problem.file}:{problem.line})"
            yield found_at(material.places.choices[other], "shared-name", other, says)
