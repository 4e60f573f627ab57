"""`adjudge show`: browse the knowledge."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from adjudge.api import load_knowledge
from adjudge.browsing import Found, asking_for, bearing_on, conditions, consequence, find, names, of_topic, rules
from adjudge.errors import InputError, nearest
from adjudge.lifecycle import ATTRIBUTE, history
from adjudge_cli.json_output import write_document
from adjudge_cli.terminal import clean, say, show_problems, tell_of_parsing

if TYPE_CHECKING:
    from pathlib import Path

    from adjudge.knowledge import Knowledge, Rule


def run(name: str, written_as: str, folder: Path | None) -> int:
    """Show what a name stands for, or an overview; return the exit code."""
    try:
        knowledge = load_knowledge(folder, tell_of_parsing)
    except InputError as error:
        show_problems(error.problems)
        return 2
    if not name:
        document = _overview(knowledge)
    else:
        found = find(knowledge, name)
        if found is None:
            hint = nearest(name, names(knowledge))
            say(f"nothing is called `{name}`" + (f" ({hint})" if hint else ""))
            return 2
        document = _describe(knowledge, found)
    if written_as == "json":
        write_document({"schema": "adjudge.knowledge/1", **document})
    else:
        if "lifecycle" in document:
            document["lifecycle"] = [f"{one['says']} · {' · '.join(one['sources'])}" for one in document["lifecycle"]]
        sys.stdout.write(clean("\n".join(_lines(document))) + "\n")
    return 0


def _overview(knowledge: Knowledge) -> dict[str, Any]:
    return {
        "topics": {topic.id: topic.settles for topic in sorted(knowledge.topics.values(), key=lambda one: one.id)},
        "attributes": len(knowledge.attributes),
        "choices": len(knowledge.choices),
        "traits": len(knowledge.traits),
        "rules": len({rule.id for rule in rules(knowledge)}),
    }


def _describe(knowledge: Knowledge, found: Found) -> dict[str, Any]:
    match found.thing:
        case "topic" | "need":
            return _topic(knowledge, found)
        case "choice":
            return _choice(knowledge, found.id)
        case "attribute":
            return _attribute(knowledge, found.id)
        case "trait":
            return _trait(knowledge, found.id)
        case "rule":
            return {"rule": found.id, "rules": [_rule(knowledge, r) for r in rules(knowledge) if r.id == found.id]}


def _topic(knowledge: Knowledge, found: Found) -> dict[str, Any]:
    """Describe a topic, or all topics of a need."""
    topics = [one for one in knowledge.topics.values() if found.id in (one.id, one.need)]
    need = knowledge.needs.get(topics[0].need if topics else found.id)
    return {
        "topic": ", ".join(one.id for one in topics) or found.id,
        "title": "; ".join(one.title for one in topics),
        "settles": " ".join(one.settles for one in topics),
        "need": need.id if need else "",
        "choices": {one: knowledge.name(one) for one in need.candidates} if need else {},
        "rules": [_rule(knowledge, rule) for one in topics for rule in of_topic(knowledge, one.id)],
    }


def _choice(knowledge: Knowledge, identity: str) -> dict[str, Any]:
    choice = knowledge.choices[identity]
    return {
        "choice": identity,
        "name": choice.name,
        "kind": choice.kind,
        "does": choice.does,
        "sources": list(choice.sources),
        "also called": list(choice.aliases),
        "traits": {
            name: {"is": list(value.values), "sources": list(value.sources)} for name, value in choice.traits.items()
        },
        "lifecycle": history(choice),
        "kept if": [f"{ATTRIBUTE}: {one}" for one in choice.existing],
        "successors": [knowledge.name(one) for one in choice.successors],
        "rules": [_rule(knowledge, rule) for rule in bearing_on(knowledge, identity)],
    }


def _attribute(knowledge: Knowledge, identity: str) -> dict[str, Any]:
    attribute = knowledge.attributes[identity]
    derived = [r.id for r in knowledge.derivations if any(one.attribute == identity for one in r.derives)]
    return {
        "attribute": identity,
        "question": attribute.question,
        "kind": attribute.kind + (f", in {attribute.unit}" if attribute.unit else ""),
        "values": {
            value.id: value.says + (f" (a kind of {', '.join(value.broader)})" if value.broader else "")
            for value in attribute.values.values()
        },
        "assumed": None if attribute.assume is None else f"{attribute.assume}: {attribute.assume_because}",
        "derived by": list(dict.fromkeys(derived)),
        "asked by": list(dict.fromkeys(rule.id for rule in asking_for(knowledge, identity))),
    }


def _trait(knowledge: Knowledge, identity: str) -> dict[str, Any]:
    trait = knowledge.traits[identity]
    holders: dict[str, list[str]] = {value: [] for value in trait.values}
    for choice in knowledge.choices.values():
        for value in choice.traits[identity].values if identity in choice.traits else ():
            holders[value].append(choice.name)
    return {
        "trait": identity,
        "says": trait.says,
        "goal": trait.goal,
        "values": {value: f"{says}: {', '.join(sorted(holders[value]))}" for value, says in trait.values.items()},
    }


def _rule(knowledge: Knowledge, rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "when": conditions(knowledge, rule),
        "then": consequence(knowledge, rule),
        "because": rule.because,
        "sources": list(rule.sources),
        "from": rule.since,
        "until": rule.until,
    }


def _lines(value: Any, depth: int = 0) -> list[str]:
    """Write a document as indented lines, leaving out what is empty."""
    pad = "  " * depth
    lines = []
    for key, one in value.items():
        if one in ("", None, [], {}):
            continue
        if isinstance(one, dict):
            lines += [f"{pad}{key}:", *_lines(one, depth + 1)]
        elif isinstance(one, list) and isinstance(one[0], dict):
            lines.append(f"{pad}{key}:")
            for each in one:
                lines += ["", *_lines(each, depth + 1)]
        elif isinstance(one, list) and sum(map(len, one)) > _WIDTH:
            lines += [f"{pad}{key}:", *(f"{pad}  {each}" for each in one)]
        else:
            lines.append(f"{pad}{key}: {', '.join(one) if isinstance(one, list) else one}")
    return lines


_WIDTH = 100  # characters beyond which a list is written one item a line
