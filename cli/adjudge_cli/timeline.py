"""`adjudge timeline`: the days on which the decisions of a scenario change, to what, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from adjudge.dates import today
from adjudge.errors import InputError, Problem, ScenarioError
from adjudge.explaining.sides import say_outcome
from adjudge.explaining.timeline import document, last_date, raised_between, timeline
from adjudge_cli.case import check_day, decisions_on, open_case
from adjudge_cli.causes_text import cited, draw, lead_of
from adjudge_cli.json_output import write_document
from adjudge_cli.markdown import escaped, item, paragraph
from adjudge_cli.rendering import Page, styled
from adjudge_cli.terminal import clean, one_line, show_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.explaining.timeline import Timeline, Turn
    from adjudge_cli.case import Asked, Case


class Request(NamedTuple):
    """What is asked: of which need, up to which day, and how it is written; the scenario is as of the first day."""

    asked: Asked
    need: str = ""
    last: str = ""
    written_as: str = "text"


def run(request: Request) -> int:
    """Show when the decisions of a scenario change; return the exit code."""
    first, last = request.asked.as_of, request.last
    try:
        for option, day in (("--from", first), ("--to", last)):
            check_day(day, option)
        if last and last < first:
            raise ScenarioError([Problem("--to", 0, 0, f"{last} is before {first}, where the time line starts")])
        case = open_case(request.asked)
        days = first, last or last_date(case.evaluator.knowledge, first)
        found = _timelines(case, request.need, days)
    except InputError as error:
        show_problems(error.problems)
        return 2
    if request.written_as == "json":
        title = case.scenario.title.encode("utf-8", "backslashreplace").decode()
        write_document(document(case.evaluator.knowledge, title, days, today(), found))
    elif request.written_as == "markdown":
        sys.stdout.write("\n\n".join(_markdown(case, days, found)) + "\n")
    else:
        _write(case, days, found)
    return 0


def _timelines(case: Case, need: str, days: tuple[str, str]) -> list[Timeline]:
    """Return the time line of each need that is asked about: one by name, those of a text, or all that arise."""
    stated = case.scenario.requirements
    needs = [] if need or case.scenario.reading else raised_between(case.evaluator, stated, *days)
    if not needs:
        needs = [one.need for one in decisions_on(case, need)]
    return [timeline(case.evaluator, stated, one, days, unraised=bool(need)) for one in needs]


def _when(turn: Turn) -> str:
    """Say from when on something else is decided for: as a fact, or as what is foreseen."""
    return f"From {turn.day} on, as far as is known today" if turn.day > today() else f"Since {turn.day}"


def _write(case: Case, days: tuple[str, str], found: list[Timeline]) -> None:
    page, knowledge = Page(), case.evaluator.knowledge
    title = one_line(case.scenario.title.strip())
    page.print(styled(title, "bold"), styled(f"(from {days[0]} to {days[1]})", "dim"))
    for one in found:
        says = knowledge.needs[one.need].says
        page.print()
        page.print(styled(f"{says[:1].upper()}{says[1:]}", "bold underline"), styled(one.need, "dim"))
        names = clean(say_outcome(knowledge, one.first))
        page.line(Text.assemble(f"On {days[0]}: ", (names, "bold green" if one.first.leading else "yellow")))
        for turn in one.turns:
            names = clean(say_outcome(knowledge, turn.outcome))
            style = "bold green" if turn.outcome.leading else "yellow"
            page.tree(draw(knowledge, Text.assemble(f"{_when(turn)}: ", (names, style)), turn.causes))
        if not one.turns:
            page.line("Nothing that is known of these years changes it.", "dim")
    page.flush()


def _markdown(case: Case, days: tuple[str, str], found: list[Timeline]) -> Iterator[str]:
    knowledge = case.evaluator.knowledge
    yield f"# {escaped(case.scenario.title.strip())}"
    for one in found:
        says = knowledge.needs[one.need].says
        yield f"## {escaped(says[:1].upper() + says[1:])}"
        told = f"On {days[0]}: **{escaped(say_outcome(knowledge, one.first))}**."
        yield paragraph(told if one.turns else f"{told} Nothing that is known up to {days[1]} changes it.")
        items = []
        for turn in one.turns:
            named = f"**{escaped(say_outcome(knowledge, turn.outcome))}**"
            causes = " ".join([escaped(lead_of(turn.causes)), *map(cited, turn.causes.found)]).strip()
            items.append(item(f"{_when(turn)}: {named}. {causes}"))
        if items:
            yield "\n".join(items)
