"""What people may reply, and what it states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adjudge.explaining.replies import read_reply
from adjudge.statements import MisfitError
from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.vocabulary import Attribute

STORES = [
    {"id": "s3", "says": "Amazon S3"},
    {"id": "object-store", "says": "an object store"},
    {"id": "sql-database", "says": "a database, asked by SQL"},
    {"id": "sql-warehouse", "says": "a warehouse"},
]
WORDS = knowledge_of(
    {
        "vocabulary": {
            "attributes": [
                {"id": "stores", "kind": "multiple", "values": STORES},
                {"id": "store", "kind": "single", "values": STORES},
                {"id": "cold", "kind": "boolean"},
                {"id": "size", "kind": "quantity", "unit": "bytes"},
                {"id": "delay", "kind": "quantity", "unit": "duration"},
            ]
        }
    }
).attributes


def read(name: str, reply: str) -> Any:
    attribute: Attribute = WORDS[name]
    return read_reply(reply, attribute, list(attribute.values))


@pytest.mark.parametrize(
    ("name", "reply", "said"),
    [
        ("store", "1", "s3"),
        ("store", "S3", "s3"),
        ("store", "amazon s3", "s3"),
        ("store", "object store", "object-store"),
        ("store", "obj", "object-store"),
        ("store", "a database, asked by SQL", "sql-database"),
        ("store", "sql-w", "sql-warehouse"),
        ("store", "not s3", {"not": ["s3"]}),
        ("store", "not s3, not 2", {"not": ["s3", "object-store"]}),
        ("store", '"s3"', "s3"),
        ("stores", "1, warehouse, s3", ["s3", "sql-warehouse"]),
        ("stores", "1, not 2", {"is": ["s3"], "not": ["object-store"]}),
        ("stores", '["s3", "object-store"]', ["s3", "object-store"]),
        ("stores", '{"not": "s3"}', {"not": "s3"}),
        ("cold", "Yes", True),
        ("cold", "false", False),
        ("size", "2 TB", "2 TB"),
        ("size", "2", "2"),  # bytes
        ("size", "at least 2 TB", {"at-least": "2 TB"}),
        ("size", "between 1 GB and 2 TB", {"at-least": "1 GB", "at-most": "2 TB"}),
        ("delay", "< 100 ms", {"below": "100 ms"}),
        ("delay", "<=100ms", {"at-most": "100ms"}),
        ("delay", "More than 5 min", {"above": "5 min"}),
        ("delay", '{"at-most": "1 s"}', {"at-most": "1 s"}),
    ],
)
def test_what_a_reply_states(name: str, reply: str, said: Any) -> None:
    assert read(name, reply) == said


@pytest.mark.parametrize(
    ("name", "reply", "told"),
    [
        ("store", "sql", "could be sql-database or sql-warehouse"),
        ("store", "5", "no number 5"),
        ("store", "objekt-store", "none of the answers"),
        ("store", "s3, object-store", "only one"),
        ("store", "not", "none of the answers"),
        ("cold", "perhaps", "neither yes nor no"),
        ("size", "big", "no quantity"),
        ("size", "5 min", "no unit"),
        ("size", "below 0 GB", "nothing lies below 0"),
        ("stores", ",", "lists no value"),
        ("stores", '{"perhaps": "s3"}', "does not fit"),
        ("stores", "[[", "none of the answers"),
    ],
)
def test_what_fits_no_answer_is_refused_with_what_is_wrong(name: str, reply: str, told: str) -> None:
    with pytest.raises(MisfitError, match=told):
        read(name, reply)


def test_the_nearest_answer_is_suggested() -> None:
    with pytest.raises(MisfitError) as error:
        read("store", "objekt-store")
    assert "object-store" in error.value.hint
