"""What people write about attributes, as requirements and as conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.facts import Fact, gather, witnesses
from adjudge.statements import MisfitError, read_condition, read_statement

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

GB = 10**9


class Place(NamedTuple):
    """Where a misfit is: below the mapping that was read, at a value or at its key."""

    at: tuple[str | int, ...]
    at_key: bool


def value_at(*path: str | int) -> Place:
    return Place(path, at_key=False)


def key_at(*path: str | int) -> Place:
    return Place(path, at_key=True)


@pytest.mark.parametrize(
    ("name", "said", "facts"),
    [
        ("photos.kind", "jpeg", [("is", "jpeg")]),
        ("devices", ["phone", "laptop"], [("is", "phone"), ("is", "laptop")]),
        ("devices", {"is": "phone", "not": ["laptop"]}, [("is", "phone"), ("is-not", "laptop")]),
        ("photos.kind", {"not": "film"}, [("is-not", "film")]),
        ("store.full", True, [("is", "true")]),
        ("store.full", False, [("is", "false")]),
        ("store.full", {"not": True}, [("is", "false")]),
        ("store.full", {"not": False}, [("is", "true")]),
        ("photos.size", "5 GB", [("at-least", 5 * GB), ("at-most", 5 * GB)]),
        ("photos.size", {"at-least": "5 GB"}, [("at-least", 5 * GB)]),
        ("photos.size", {"above": "5 GB", "below": "6 GB"}, [("at-least", 5 * GB + 1), ("at-most", 6 * GB - 1)]),
        ("blurred", 0.5, [("at-least", 500_000), ("at-most", 500_000)]),
    ],
)  # fmt: skip
def test_statement(photos: Knowledge, name: str, said: Any, facts: list[tuple[str, Any]]) -> None:
    found = read_statement(name, said, photos.attributes)
    assert [(fact.relation, fact.value) for one in found for fact in one.facts] == facts
    assert {(one.attribute, one.origin, one.by) for one in found} == {(name, "stated", None)}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("photos.kind", "jpeg"),
        ("photos.kind", {"not": "film"}),
        ("store.full", True),
        ("store.full", False),
        ("photos.size", "5 GB"),
        ("photos.size", {"above": "5 GB", "below": "6 GB"}),
        ("blurred", 0.5),
    ],
)
def test_value_of_a_requirement_is_what_was_written(photos: Knowledge, name: str, said: Any) -> None:
    (found,) = read_statement(name, said, photos.attributes)
    assert found.value == said
    assert read_statement(name, found.value, photos.attributes) == [found]


def test_requirement_knows_the_rule_that_derived_it(photos: Knowledge) -> None:
    (found,) = read_statement("need", "keep-photos", photos.attributes, "derived", by="some.rule")
    assert (found.origin, found.by) == ("derived", "some.rule")


@pytest.mark.parametrize(
    ("name", "asked", "holding", "open_"),
    [
        ("photos.kind", "picture", {"photos.kind": "jpeg"}, {"photos.kind": {"not": "film"}}),
        ("photos.kind", ["jpeg", "film"], {"photos.kind": "film"}, {"photos.kind": "picture"}),
        ("devices", {"all": ["phone", "laptop"]}, {"devices": ["phone", "laptop"]}, {"devices": "phone"}),
        (
            "devices",
            {"not": ["phone", "laptop"]},
            {"devices": {"not": ["phone", "computer"]}},
            {"devices": "television"},
        ),
        (
            "devices",
            {"all": ["phone"], "not": "laptop"},
            {"devices": {"is": "phone", "not": "laptop"}},
            {"devices": "phone"},
        ),
        ("photos.kind", {"not": "film"}, {"photos.kind": "raw"}, {}),
        ("store.full", False, {"store.full": False}, {}),
        ("store.full", {"not": True}, {"store.full": False}, {}),
        ("photos.size", {"at-least": "5 GB"}, {"photos.size": "5 GB"}, {"photos.size": {"at-least": "4 GB"}}),
        ("photos.size", {"above": "5 GB"}, {"photos.size": {"above": "5 GB"}}, {"photos.size": {"at-least": "5 GB"}}),
        ("photos.size", "5 GB", {"photos.size": "5000 MB"}, {"photos.size": {"at-least": "5 GB"}}),
    ],
)
def test_condition(photos: Knowledge, name: str, asked: Any, holding: dict[str, Any], open_: dict[str, Any]) -> None:
    assert holds(photos, name, asked, holding)
    assert not holds(photos, name, asked, open_)


def holds(photos: Knowledge, name: str, asked: Any, stated: dict[str, Any]) -> bool:
    requirements = [
        one for attribute, said in stated.items() for one in read_statement(attribute, said, photos.attributes)
    ]
    facts = gather(requirements, photos.attributes)
    return all(witnesses(test, facts) for test in read_condition(name, asked, photos.attributes))


@pytest.mark.parametrize(
    ("written", "says", "place"),
    [
        ({"photo.kind": "jpeg"}, "unknown attribute `photo.kind`", key_at("photo.kind")),
        ({"photos.kind": "jpg"}, "`jpg` is no value of `photos.kind`", value_at("photos.kind")),
        ({"devices": ["phone", "fone"]}, "`fone` is no value", value_at("devices", 1)),
        ({"devices": {"not": ["phone", "fone"]}}, "`fone` is no value", value_at("devices", "not", 1)),
        ({"devices": {"no": "phone"}}, "`no` does not fit", key_at("devices", "no")),
        ({"devices": []}, "lists no value", value_at("devices")),
        ({"devices": {}}, "", value_at("devices")),
        ({"devices": None}, "needs a value", value_at("devices")),
        ({"devices": [["phone"]]}, "needs a value", value_at("devices", 0)),
        ({"devices": "x" * 100}, f"`{'x' * 39}…` is no value", value_at("devices")),
        ({"store.full": "true"}, "is true or false, not `true`", value_at("store.full")),
        ({"store.full": 1}, "is true or false, not `1`", value_at("store.full")),
        ({"photos.size": {"least": "5 GB"}}, "`least` does not fit the quantity", key_at("photos.size", "least")),
        ({"photos.size": {"at-least": "5 ells"}}, "`ells` is no unit here", value_at("photos.size", "at-least")),
        ({"photos.size": {}}, "sets no bound", value_at("photos.size")),
        ({"photos.size": {"below": 0}}, "nothing lies below 0", value_at("photos.size", "below")),
        ({"photos.size": {"not": "5 GB"}}, "`not` does not fit the quantity", key_at("photos.size", "not")),
    ],
)
@pytest.mark.parametrize("read", [read_statement, read_condition])
def test_misfit_tells_its_place(photos: Knowledge, read: Any, written: dict[str, Any], says: str, place: Place) -> None:
    ((name, said),) = written.items()
    with pytest.raises(MisfitError) as caught:
        read(name, said, photos.attributes)
    assert says in str(caught.value)
    assert (caught.value.at, caught.value.at_key) == (place.at, place.at_key)


def test_all_belongs_to_attributes_of_several_values(photos: Knowledge) -> None:
    with pytest.raises(MisfitError, match=r"`all` does not fit `photos\.kind`"):
        read_condition("photos.kind", {"all": ["jpeg"]}, photos.attributes)


WORDS = ["phone", "jpeg", "film", "5 GB", "1 min", "is", "not", "all", "at-least", "above", "below", ""]
SAID = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=6,
)


@given(
    name=st.sampled_from(["need", "photos.kind", "devices", "store.full", "photos.size", "blurred", "line", "x"]),
    said=SAID,
)
@pytest.mark.parametrize("read", [read_statement, read_condition])
def test_anything_is_read_or_refused(photos: Knowledge, read: Any, name: str, said: Any) -> None:
    try:
        found = read(name, said, photos.attributes)
    except MisfitError:
        return
    assert found
    assert hash(tuple(found))


@given(said=SAID)
def test_stated_facts_are_about_the_attribute_and_its_values(photos: Knowledge, said: Any) -> None:
    try:
        found = read_statement("devices", said, photos.attributes)
    except MisfitError:
        return
    for one in found:
        assert all(isinstance(fact, Fact) and fact.value in photos.attributes["devices"].values for fact in one.facts)
