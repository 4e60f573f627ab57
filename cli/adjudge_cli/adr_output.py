"""Decisions as records in Markdown, in the form of MADR 4: one for each need, on standard output or in files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from adjudge.errors import Problem, ScenarioError
from adjudge_cli.markdown import WIDTH, escaped, item, paragraph
from adjudge_cli.terminal import one_line, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from adjudge.explaining.record import Change, Driver, Option, Record
    from adjudge_cli.told import Told

_VERDICTS = {"recommended": "fits", "beaten": "works, but another fits better", "rejected": "ruled out"}
_REVIEW = "The outcome follows from the drivers above. It is to be looked at again when one of them changes"


class File(NamedTuple):
    """A decision record and what its file is called."""

    name: str
    content: str


def write(told: Sequence[Told], folder: Path | None, *, force: bool = False) -> None:
    """Write decision records to files in a folder, or to standard output.

    Raises ScenarioError if a file is there already, which `force` replaces, or cannot be written.
    """
    found = [(one, record) for one in told for record in one.records]
    files = [
        File(f"{number:04}-{record.need}.md", document(one, record)) for number, (one, record) in enumerate(found, 1)
    ]
    for one in told:
        _tell_what_is_left_out(one)
    if folder:
        _save(files, folder, force=force)
        return
    for number, file in enumerate(files):
        head = f"<!-- {file.name} -->\n\n" if len(files) > 1 else ""
        sys.stdout.write(("\n" if number else "") + head + file.content)


def _tell_what_is_left_out(told: Told) -> None:
    if told.aside:
        needs = ", ".join(one.need for one in told.aside)
        say(f"{told.title}: no record of what only single words raise: {needs} (state it: --set need=NEED)")
    if not told.records:
        say(f"{told.title}: there is nothing to decide, so there is no record (state what is: --set need=NEED)")


def _save(files: Sequence[File], folder: Path, *, force: bool) -> None:
    there = [file.name for file in files if (folder / file.name).exists()]
    if there and not force:
        raise ScenarioError(
            [Problem(str(folder / one), 0, 0, "is there already", "--force replaces it") for one in there]
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            (folder / file.name).write_text(file.content, encoding="utf-8")
    except OSError as error:
        raise ScenarioError([Problem(str(folder), 0, 0, f"cannot be written: {error.strerror or error}")]) from None
    for file in files:
        sys.stdout.write(f"wrote {one_line(str(folder / file.name))}\n")


def document(told: Told, record: Record) -> str:
    """Return the decision record of one need."""
    blocks = [
        f"---\nstatus: proposed\ndate: {record.day}\n---",
        _heading(record),
        "## Context and Problem Statement",
        *_context(told, record),
        "## Decision Drivers",
        _items(map(_driver, record.drivers)) or "Nothing that is stated bears on the options.",
        "## Considered Options",
        *_considered(record),
        "## Decision Outcome",
        *_outcome(record),
        "### Consequences",
        _items(_consequences(record)) or "None are known beyond the pros and cons below.",
        "### Confirmation",
        *_confirmation(record),
        "## Pros and Cons of the Options",
        *(block for one in record.options for block in _option(one)),
        *_uncalled(record),
        "## More Information",
        *_more(record),
    ]
    return "\n\n".join(blocks) + "\n"


def _items(found: Iterable[str]) -> str:
    return "\n".join(map(item, found))


def _heading(record: Record) -> str:
    """Return the title: the problem, and the solution where both fit into a line."""
    solved = f"# {escaped(record.title)}"
    chosen = escaped(record.leading[0]) if record.status == "decided" else "to be settled"
    return f"{solved}: {chosen}" if len(solved) + len(chosen) + len(": ") <= WIDTH else solved


def _context(told: Told, record: Record) -> Iterator[str]:
    for part in (told.text.strip() or told.title).split("\n\n"):
        if part.strip():
            yield paragraph(escaped(part))
    since = f" {record.raised.since}" if record.raised else ""
    yield paragraph(escaped(f"It has to be decided {record.says}.{since}"))


def _driver(one: Driver) -> str:
    return f"{escaped(one.asks)} {'; '.join(f'*{escaped(answer)}*' for answer in one.answers)}"


def _considered(record: Record) -> Iterator[str]:
    if record.options:
        yield _items(f"{escaped(one.name)} ({_verdict(record, one)})" for one in record.options)
    names = [*(name for name, _ in record.uncalled), *record.others]
    if names:
        yield paragraph(f"Nothing that is stated calls for: {escaped(', '.join(names))}.")


def _verdict(record: Record, one: Option) -> str:
    return "chosen" if one.leads and record.status == "decided" else _VERDICTS[one.verdict]


def _outcome(record: Record) -> Iterator[str]:
    if record.status == "decided":
        chosen = record.options[0]
        because = " ".join(escaped(text) for text in (*(one.sentence for one in chosen.pros), chosen.standing) if text)
        yield paragraph(f"Chosen option: **{escaped(chosen.name)}**. {because}")
        return
    yield paragraph(f"Not decided yet. {escaped(record.outcome)}")
    if record.changes:
        yield paragraph("To be settled first is one of these questions:")
        yield _items(map(_change, record.changes))
    else:
        yield paragraph("No single further answer would settle it.")


def _change(one: Change) -> str:
    ways = "; ".join(f"if *{escaped(answer)}*, {escaped(then)}" for answer, then in one.outcomes)
    return f"{escaped(one.asks)} {ways[:1].upper()}{ways[1:]}."


def _consequences(record: Record) -> Iterator[str]:
    for one in record.options:
        if one.leads:
            name = "" if len(record.leading) == 1 else f" with {escaped(one.name)}"
            yield from (f"To mind{name}: {escaped(mind.says)}" for mind in one.minds)
    yield from (f"To do: {escaped(note.says)}" for note in record.notes)


def _confirmation(record: Record) -> Iterator[str]:
    required = [(one.name, proof) for one in record.options if one.leads for proof in one.preconditions]
    if required:
        yield paragraph("Not stated so far, but required, and so to be confirmed before anything is built:")
        yield _items(f"{escaped(name)}: {escaped(proof.says)}" for name, proof in required)
    again = ", or when one of the questions is answered that would change it" if record.changes else ""
    yield paragraph(f"{_REVIEW}{again}.")


def _option(one: Option) -> Iterator[str]:
    yield f"### {escaped(one.name)}"
    yield paragraph(escaped(one.does))
    found = [
        *(f"Good: {escaped(proof.sentence)}" for proof in one.pros),
        *(f"Bad: {escaped(proof.sentence)}" for proof in one.cons),
        *(f"Neutral: {escaped(proof.says)}" for proof in one.minds),
        *(f"Neutral: required, but not stated: {escaped(proof.says)}" for proof in one.preconditions),
    ]
    if found:
        yield _items(found)


def _uncalled(record: Record) -> Iterator[str]:
    if record.uncalled:
        yield "### Options that nothing calls for"
        yield _items(f"{escaped(name)}: {escaped(lacks)}" for name, lacks in record.uncalled)


def _more(record: Record) -> Iterator[str]:
    yield paragraph(f"Decided as of {record.day}, from what is stated and nothing else.")
    yield from (paragraph(escaped(one)) for one in record.remarks)
    if record.changes and record.status == "decided":
        yield "What is not known and would change the outcome:"
        yield _items(map(_change, record.changes))
    if record.sources:
        yield "Sources:"
        yield _items(map(escaped, _sources(record)))


def _sources(record: Record) -> Iterator[str]:
    """Return the sources, the numbered statements of the notes on one line."""
    notes = [one.removeprefix("notes:") for one in record.sources if one.startswith("notes:")]
    if notes:
        yield f"Study notes: {', '.join(sorted(notes))}"
    yield from (one for one in record.sources if not one.startswith("notes:"))
