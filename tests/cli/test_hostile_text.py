"""Text from input is shown, never interpreted: no markup, no commands to the terminal, no hidden characters."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from processes import PHONE_PICTURES, Run

if TYPE_CHECKING:
    from pathlib import Path

# What must not reach a terminal as it is, and how it is made visible.
UNSAFE = {
    "escape": ("\x1b[31m", "\\x1b[31m"),
    "bell": ("\x07", "\\x07"),
    "carriage return": ("\r", "\\r"),
    "backspace": ("\x08", "\\x08"),
    "delete": ("\x7f", "\\x7f"),
    "one-byte escape": ("\x9b31m", "\\x9b31m"),
    "right to left": ("\u202e", "\\u202e"),
    "isolate": ("\u2067", "\\u2067"),
    "Arabic mark": ("\u061c", "\\u061c"),
    "zero width": ("\u200b", "\\u200b"),
    "line separator": ("\u2028", "\\u2028"),
    "soft hyphen": ("\xad", "\\xad"),
    "hidden tag": ("\U000e0041", "\\U000e0041"),
}


def quoted(text: str) -> str:
    """Write a text as a double-quoted YAML scalar, all of it in escapes."""
    return '"' + "".join(f"\\U{ord(sign):08x}" for sign in text) + '"'


@pytest.mark.parametrize(("unsafe", "visible"), UNSAFE.values(), ids=UNSAFE)
def test_title(evaluate: Run, unsafe: str, visible: str) -> None:
    ran = evaluate("-", given=f"scenario: {quoted(f'before{unsafe}after')}\n{PHONE_PICTURES}")
    assert ran.out.splitlines()[0].startswith(f"before{visible}after (as of ")
    assert unsafe not in ran.out
    assert ran.code == 0


@pytest.mark.parametrize(("unsafe", "visible"), UNSAFE.values(), ids=UNSAFE)
def test_error_message(evaluate: Run, unsafe: str, visible: str) -> None:
    ran = evaluate("-", given=f"requirements: {{{quoted(f'before{unsafe}after')}: x}}\n")
    assert f"unknown attribute `before{visible}after`" in ran.err
    assert unsafe not in ran.err
    assert ran.code == 2


@pytest.mark.parametrize("unsafe", [unsafe for unsafe, _ in UNSAFE.values()], ids=UNSAFE)
def test_json_carries_the_text_but_not_its_effect(evaluate: Run, unsafe: str) -> None:
    given = f"scenario: {quoted(f'before{unsafe}after')}\n{PHONE_PICTURES}"
    ran = evaluate("-", "--format", "json", given=given)
    assert json.loads(ran.out)["scenario"] == f"before{unsafe}after"
    assert unsafe not in ran.out


def test_unsafe_text_in_the_line_that_is_shown(evaluate: Run) -> None:
    ran = evaluate("-", given="requirements: {'a\u202eb\u200b': x}\n")
    _, shown, carets = ran.err.splitlines()
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "'a\\u202eb\\u200b'"


def test_markup_and_emoji_codes_stay_as_they_are(evaluate: Run) -> None:
    title = "[red]x[/red] [link=http://a.b]y[/link] [/] :smile: <b>&amp;</b> %s {0} \\[bold]"
    ran = evaluate("-", given=f"scenario: '{title}'\n{PHONE_PICTURES}")
    assert ran.out.splitlines()[0].startswith(title)


def test_markup_in_an_error_stays_as_it_is(evaluate: Run) -> None:
    ran = evaluate("-", given="requirements: {photos.size: '[red]5 GB[/red]'}\n")
    assert "`[red]5 GB[/red]` is no quantity" in ran.err


def test_title_of_several_lines_stays_on_one(evaluate: Run) -> None:
    ran = evaluate("-", given=f"scenario: |\n  Pictures\n  → Shoe Box\n{PHONE_PICTURES}")
    assert ran.out.splitlines()[0].startswith("Pictures\\n→ Shoe Box (as of ")


def test_message_of_several_lines_stays_on_one(evaluate: Run) -> None:
    ran = evaluate("-", given='requirements: {"a\\nbad.yaml:1:1: b": x}\n')
    assert ran.err.splitlines()[0] == "standard input:1:16: unknown attribute `a\\nbad.yaml:1:1: b`"


def test_name_of_a_file(evaluate: Run) -> None:
    ran = evaluate(evaluate.write("a\x1b[31m\nb\u202e.yaml", "requirements: {photos.kind: jpg}\n"))
    assert ran.err.startswith("a\\x1b[31m\\nb\\u202e.yaml:1:29: ")


def test_text_from_the_rules(evaluate: Run, photo_rules: Path) -> None:
    folder = evaluate.folder / "rules"
    shutil.copytree(photo_rules, folder)
    stores = folder / "catalog" / "stores.yaml"
    stores.write_text(stores.read_text().replace("name: Album Service", 'name: "[red]Album[/red] \\e[31m :smile:"'))
    ran = evaluate("-", "--rules", folder, "--as-of", "2021-12-31", given=PHONE_PICTURES)
    assert "[red]Album[/red] \\x1b[31m :smile:" in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX alone")
def test_file_name_that_is_not_utf8(evaluate: Run) -> None:
    name = evaluate.write(os.fsdecode(b"b\xffd.yaml"))
    document = json.loads(evaluate(name, name, "--format", "json").out)
    assert document["evaluations"][0]["path"] == "b\\udcffd.yaml"
    assert evaluate(name).out.startswith("b\\udcffd.yaml (as of ")


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX alone")
def test_rules_in_a_file_whose_name_is_not_utf8(evaluate: Run, photo_rules: Path) -> None:
    folder = evaluate.folder / "rules"
    shutil.copytree(photo_rules, folder)
    (folder / "catalog" / "stores.yaml").rename(folder / "catalog" / os.fsdecode(b"b\xffd.yaml"))
    assert evaluate("-", "--rules", folder, given=PHONE_PICTURES).code == 0
