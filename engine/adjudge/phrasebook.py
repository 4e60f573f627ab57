"""From the files in `rules/phrases/` and the names of choices to the lexicon by which prose is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.convert import convert
from adjudge.reading.notation import Branch, NotationError, Pattern, Role, branch, compile_name, compile_phrase
from adjudge.schema import PhraseFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from adjudge.building import Problems, Site
    from adjudge.knowledge import Choice
    from adjudge.vocabulary import Attribute
    from adjudge.yamlfile import YamlFile


class Phrasebook:
    """Collects patterns by the stem of their first word; what is wrong goes to `problems`.

    `rules` are those of which something can be told; None if not all of them could be read.
    """

    def __init__(
        self,
        attributes: Mapping[str, Attribute],
        choices: Mapping[str, Choice],
        rules: Mapping[str, object] | None,
        problems: Problems,
    ) -> None:
        self.attributes, self.choices, self.rules, self.problems = attributes, choices, rules, problems
        self.told: dict[str, list[str]] = {}
        self._found: dict[str, dict[Pattern, None]] = {}
        for choice in choices.values():
            for name in (choice.name, *choice.aliases):
                self._add(compile_name(name, choice.id))

    def read(self, file: YamlFile) -> None:
        """Take in a file of phrases."""
        from adjudge.building import Site  # which imports what imports this

        top = convert(file, (), file.data, PhraseFile, self.problems)
        if top is None:
            return
        site = Site(file, (), self.problems)
        for name, listed in top.phrases.items():
            if site.at("phrases", name).known(name, self.attributes, "attribute", at_key=True):
                self._attribute(name, listed, site.at("phrases", name))
        for name, listed in top.choices.items():
            here = site.at("choices", name)
            if here.known(name, self.choices, "choice", at_key=True):
                self._phrases(listed, here, "choice", name)
        for name, listed in top.told.items():
            if self.rules is None or site.at("told", name).known(name, self.rules, "rule", at_key=True):
                self.told.setdefault(name, []).extend(listed)

    def _attribute(self, name: str, listed: dict[str, list[str]] | list[str], here: Site) -> None:
        attribute = self.attributes[name]
        if (attribute.kind == "quantity") != isinstance(listed, list):
            what = "a list of words" if attribute.kind == "quantity" else "phrases for each of its values"
            here.complain(f"`{name}` has {what} here")
        elif isinstance(listed, list):
            self._phrases(listed, here, "cue", name)
        else:
            for value, phrases in listed.items():
                if here.at(value).known(value, attribute.values, f"value of `{name}`:", at_key=True):
                    self._phrases(phrases, here.at(value), "value", name, value)

    def _phrases(self, phrases: list[str], site: Site, role: Role, subject: str, value: str = "") -> None:
        for index, phrase in enumerate(phrases):
            try:
                self._add(compile_phrase(phrase, role, subject, value))
            except NotationError as error:
                site.at(index).complain(str(error))

    def _add(self, patterns: Iterable[Pattern]) -> None:
        for pattern in patterns:
            for stem in pattern.elements[0]:
                self._found.setdefault(stem, {})[pattern] = None

    def lexicon(self) -> dict[str, Branch]:
        """Return all patterns by each stem with which they may begin."""
        return {stem: branch(found) for stem, found in sorted(self._found.items())}
