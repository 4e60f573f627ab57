"""Whatever attributes and values are called, both engines tell them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import adjudge
from adjudge.building import MAX_NAME
from adjudge.errors import KnowledgeError
from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.engines import EngineName

# How a rule asks for an attribute, and what a scenario states, by kind of attribute.
ASKED: dict[str, tuple[Any, Any]] = {
    "single": ("{value}", "{value}"),
    "multiple": (["{value}", "other"], "{value}"),
    "boolean": (True, True),
    "quantity": ({"at-least": 5}, 7),
}


def base(name: str, kind: str, value: str, asked: Any, stated: Any) -> dict[str, Any]:
    """Return a base in which one choice is recommended for the need alone, and a better one for the attribute."""
    attribute: dict[str, Any] = {"id": name, "kind": kind}
    if kind in {"single", "multiple"}:
        attribute["values"] = [{"id": value}, {"id": "other"}]
    if kind == "quantity":
        attribute["unit"] = "count"
    rules = [
        {"id": "plain", "when": {"need": "n"}, "recommend": "plain"},
        {
            "id": "special",
            "when": {name: asked},
            "recommend": "special",
            "examples": {"match": [{name: stated}], "differ": [{}]},
        },
    ]
    return {
        "vocabulary": {"attributes": [{"id": "need", "kind": "multiple", "values": [{"id": "n"}]}, attribute]},
        "catalog": {"choices": [{"id": "plain"}, {"id": "special"}]},
        "decisions": [{"topic": "t", "need": "n", "rules": rules}],
    }


def filled(template: Any, value: str) -> Any:
    if isinstance(template, list):
        return [filled(one, value) for one in template]
    return template.format(value=value) if isinstance(template, str) else template


@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "x"),  # keys that durable-rules uses itself
        ("sid", "s"),
        ("the.end", "1"),
        ("x", "true"),  # values that look like something else
        ("x", "1"),
        ("x", "1e5"),
        ("x", "null"),
        ("0", "0"),
        ("a" * MAX_NAME, "b" * MAX_NAME),
    ],
)
def test_rule_fires_whatever_its_attribute_is_called(engine: EngineName, kind: str, name: str, value: str) -> None:
    asked, stated = (filled(part, value) for part in ASKED[kind])
    knowledge = knowledge_of(base(name, kind, value, asked, stated))
    with_it = adjudge.evaluate({"need": "n", name: stated}, knowledge=knowledge, engine=engine)
    without = adjudge.evaluate({"need": "n"}, knowledge=knowledge, engine=engine)
    assert set(with_it.decisions[0].recommended) == {"plain", "special"}
    assert without.decisions[0].recommended == ("plain",)


@pytest.mark.parametrize(
    "name", ["", "A", "a b", "a_b", "-a", "a-", ".a", "é", 'a"b', "a\nb", "$and", "a" * (MAX_NAME + 1)]
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(KnowledgeError, match="is no id"):
        knowledge_of(base(name, "boolean", "", asked=True, stated=True))
