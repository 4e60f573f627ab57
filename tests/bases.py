"""Small knowledge bases for tests: the shipped format, with everything filled in that nothing is concluded from."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from adjudge.contents import read_folder
from adjudge.loading import load
from adjudge.paths import rules_folder
from adjudge.yamlfile import parse

if TYPE_CHECKING:
    from adjudge.contents import Contents
    from adjudge.knowledge import Knowledge

Files = dict[str, Any]

SOURCES = ["Handbook of tests"]


@cache
def shipped_knowledge() -> Knowledge:
    """Return the shipped knowledge, loaded from its files."""
    return load(read_folder(rules_folder()))


def knowledge_of(base: dict[str, Any]) -> Knowledge:
    """Load a base: {vocabulary: {...}, catalog: {...}, decisions: [...]}; raise KnowledgeError as the loader does."""
    return load(contents_of(base))


def contents_of(base: dict[str, Any]) -> Contents:
    """Write a base as the files of a folder of rules."""
    return written(files_of(base))


def files_of(base: dict[str, Any]) -> Files:
    """Return the files of a folder of rules as plain values."""
    base = filled(base)
    files = {"vocabulary/base.yaml": base["vocabulary"]}
    if base["catalog"].get("choices"):
        files["catalog/base.yaml"] = base["catalog"]
    return files | {f"decisions/{topic['topic']}.yaml": topic for topic in base["decisions"]}


def shipped_files() -> Files:
    """Return the shipped files as plain values."""
    return {name: parse(content.decode(), name).data for name, content in read_folder(rules_folder()).items()}


def written(files: Files) -> Contents:
    """Write plain values as files; JSON is YAML."""
    return {name: msgspec.json.format(msgspec.json.encode(content), indent=1) for name, content in files.items()}


def filled(base: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a base with texts, sources and examples wherever they were left out."""
    base = {"vocabulary": {}, "catalog": {}, "decisions": [], **deepcopy(base)}
    for attribute in base["vocabulary"].get("attributes", ()):
        attribute.setdefault("question", f"What about {attribute['id']}?")
        _say(attribute.get("values", ()))
    for trait in base["vocabulary"].get("traits", ()):
        trait.setdefault("says", trait["id"])
        _say(trait["values"])
    for choice in base["catalog"].get("choices", ()):
        _fill_choice(choice)
    for topic in base["decisions"]:
        topic.setdefault("title", topic["topic"])
        topic.setdefault("settles", f"What about {topic['topic']}?")
        for rule in topic.get("rules", ()):
            _reason(rule)
            rule.setdefault("examples", {"match": [example_of(rule)], "differ": [{}]})
        for ladder in topic.get("ladders", ()):
            ladder.setdefault("examples", [{"given": {}}] * len(ladder["steps"]))
            for step in ladder["steps"]:
                _reason(step)
    return base


def example_of(rule: dict[str, Any]) -> dict[str, Any]:
    """Return statements that make the conditions of a rule hold: its `when`, and the first of its alternatives."""
    conditions = {**rule.get("when", {}), **next(iter(rule.get("when-any", ())), {})}
    return {name: _statement(asked) for name, asked in conditions.items()}


def _statement(asked: Any) -> Any:
    if isinstance(asked, list):
        return asked[0]
    if isinstance(asked, dict) and "all" in asked:
        return {"is" if key == "all" else key: value for key, value in asked.items()}
    return asked


def _fill_choice(choice: dict[str, Any]) -> None:
    for key, text in (
        ("name", choice["id"].title()),
        ("kind", "thing"),
        ("does", f"It is {choice['id']}."),
        ("sources", [*SOURCES]),
    ):
        choice.setdefault(key, text)
    for trait in choice.get("traits", {}).values():
        trait.setdefault("sources", [*SOURCES])
    for constraint in (*choice.get("requires", ()), *choice.get("limits", ())):
        _reason(constraint)
    for event in choice.get("lifecycle", ()):
        event.setdefault("sources", [*SOURCES])
        event.setdefault("confidence", "verified")


def _say(values: Any) -> None:
    for value in values:
        value.setdefault("says", value["id"])


def _reason(entry: dict[str, Any]) -> None:
    entry.setdefault("because", "That is how it works.")
    entry.setdefault("sources", [*SOURCES])
