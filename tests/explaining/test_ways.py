"""Ways to make a condition hold, and how what is stated is written as an option."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adjudge.explaining.ways import setting
from adjudge.statements import read_statement

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge


@pytest.mark.parametrize(
    ("name", "said", "option"),
    [
        ("devices", "phone", "devices=phone"),
        ("devices", {"is": ["phone", "laptop"], "not": ["television"]}, "{is: [phone, laptop], not: [television]}"),
        ("devices", {"not": "phone"}, "devices={not: [phone]}"),
        ("store.full", {"not": True}, "store.full=false"),
        ("photos.size", "2 GB", "photos.size=2 GB"),
        ("wait", {"above": "1 min"}, "wait={above: 1 min}"),
    ],
)
def test_all_that_is_stated_of_an_attribute_is_written_as_one_option(
    photos: Knowledge, name: str, said: Any, option: str
):
    requirements = read_statement(name, said, photos.attributes)
    assert setting(requirements, photos.attributes[name]).endswith(option)
