"""What the checks look at: the knowledge with its places, what exercises it, and the day."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from adjudge.browsing import conditions, rules
from adjudge.building import Problems, RuleBuilder, Site
from adjudge.coverage import Covered, cover
from adjudge.schema import LadderEntry, RuleEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.knowledge import Rule
    from adjudge.loading import Loaded
    from adjudge.scenario import Scenario


class Material:
    """The knowledge as of an ISO date, with the scenarios that exercise it (there may be none)."""

    def __init__(self, loaded: Loaded, scenarios: Sequence[Scenario], day: str) -> None:
        self.knowledge, self.written, self.places = loaded
        self.scenarios, self.day = scenarios, day

    @cached_property
    def rules(self) -> list[Rule]:
        """Every rule once, each alternative on its own."""
        return list(rules(self.knowledge))

    @cached_property
    def covered(self) -> list[tuple[Rule, Covered]]:
        """Each rule, each alternative on its own, with what exercises it."""
        found = {(one.rule, one.conditions): one for one in cover(self.knowledge, self.written, self.scenarios)}
        return [(rule, found[rule.id, tuple(conditions(self.knowledge, rule))]) for rule in self.rules]

    @cached_property
    def _builder(self) -> RuleBuilder:
        return RuleBuilder(self.knowledge.attributes, self.knowledge.choices, self.knowledge.traits)

    def place(self, rule: Rule) -> Site:
        """Return where a rule was written: its entry or alternative, the step of a ladder, the entry of a choice."""
        written = self.written.get(rule.id)
        if written is not None and isinstance(written.entry, RuleEntry):
            return self._alternative(written.entry, written.site, rule)
        if rule.basis == "ladder":
            return self._step(rule)
        choice = rule.subjects[0] if rule.subjects else rule.id.partition(f".{rule.basis}.")[0]
        site = self.places.choices[choice]
        return self._constraint(site, rule) if rule.basis in ("limit", "requires") else site.at("serves")

    def _alternative(self, entry: RuleEntry, site: Site, rule: Rule) -> Site:
        silent = Site(site.file, site.path, Problems())
        given = self._builder.tests(entry.when, silent)
        for index, way in enumerate(entry.when_any):
            if tuple(dict.fromkeys((*given, *self._builder.tests(way, silent)))) == rule.tests:
                return site.at("when-any", index)
        return site

    def _step(self, rule: Rule) -> Site:
        name = rule.id.removesuffix(".done")
        for ladder in self.written.values():
            if isinstance(ladder.entry, LadderEntry) and name.startswith(f"{ladder.id}."):
                for index, step in enumerate(ladder.entry.steps):
                    if name == f"{ladder.id}.{step.choice}":
                        return ladder.site.at("steps", index)
        raise KeyError(rule.id)

    @staticmethod
    def _constraint(site: Site, rule: Rule) -> Site:
        """Return where the limit or precondition stands from which a rule was made."""
        key = "limits" if rule.basis == "limit" else "requires"
        entry = site.file.data
        for step in site.path:
            entry = entry[step]
        attribute = rule.id.partition(f".{rule.basis}.")[2]
        for index, one in enumerate(entry[key]):
            if attribute in one["that"] and one["because"] == rule.because:
                return site.at(key, index)
        return site
