"""However a folder of rules is damaged, what comes of it is knowledge or a KnowledgeError that points at places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjudge.contents import Contents, read_folder
from adjudge.errors import KnowledgeError
from adjudge.loading import load
from adjudge.paths import rules_folder
from mutations import damaged

if TYPE_CHECKING:
    from pathlib import Path


def check(contents: Contents) -> None:
    """Load rules; if they are refused, see that there are problems, at places that exist."""
    try:
        load(contents, "rules/")
    except KnowledgeError as error:
        problems = error.problems
    else:
        return
    assert problems
    for problem in problems:
        name = problem.file.removeprefix("rules/")
        assert name in contents
        assert problem.message
        assert 0 <= problem.line <= len(lines_of(contents[name]))
        assert 0 <= problem.column <= len(problem.text) + 1


def lines_of(content: bytes) -> list[str]:
    return content.decode().replace("\u2028", "\n").split("\n")


@pytest.fixture(scope="module")
def shipped_files() -> Contents:
    return read_folder(rules_folder())


@settings(max_examples=400)
@given(data=st.data())
def test_one_damaged_file(photo_rules: Path, data: st.DataObject) -> None:
    contents = read_folder(photo_rules)
    name = data.draw(st.sampled_from(sorted(contents)))
    contents[name] = data.draw(damaged(contents[name].decode())).encode()
    check(contents)


@settings(max_examples=50)
@given(data=st.data())
def test_all_files_damaged(photo_rules: Path, data: st.DataObject) -> None:
    contents = {
        name: data.draw(damaged(content.decode())).encode() for name, content in read_folder(photo_rules).items()
    }
    check(contents)


@settings(max_examples=50)
@given(data=st.data())
def test_missing_files(photo_rules: Path, data: st.DataObject) -> None:
    contents = read_folder(photo_rules)
    kept = data.draw(st.sets(st.sampled_from(sorted(contents))))
    check({name: contents[name] for name in kept})


@settings(max_examples=8)
@given(data=st.data())
def test_one_damaged_file_of_the_shipped_rules(shipped_files: Contents, data: st.DataObject) -> None:
    contents = dict(shipped_files)
    name = data.draw(st.sampled_from(sorted(contents)))
    contents[name] = data.draw(damaged(contents[name].decode())).encode()
    check(contents)
