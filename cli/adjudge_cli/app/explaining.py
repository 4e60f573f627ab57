"""Commands that explain decisions.

Annotations are not postponed here: typer would evaluate them again at every start, which takes longer than a decision.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from adjudge_cli.app.options import AsOf, Format, Rules, Said, Unsaid, complete
from adjudge_cli.app.root import app

OneScenario = Annotated[
    str, typer.Argument(help="A scenario file, a shipped name, or -.", autocompletion=complete, show_default=False)
]
OneChoice = Annotated[str, typer.Argument(help="The choice, by its id or as people call it.", show_default=False)]
OneNeed = Annotated[str, typer.Option(metavar="NEED", help="Ask about this need only, even if nothing raises it.")]

WHY_HELP = """Show why a choice is recommended: the smallest proof, down to the words of the scenario.

The proof rests on the fewest statements that suffice for it alone. Each is quoted with the place where it stands.

\b
Examples:
  adjudge why click-log-sql athena
  adjudge why click-log-sql "Amazon Athena" --long
  adjudge why click-log-sql athena --short
  adjudge why click-log-sql redshift-spectrum --set existing=redshift-cluster
  echo "SQL over logs in S3, with nothing to manage" | adjudge why - athena

\b
Exit codes: 0 it is recommended; 1 it is not; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.command(help=WHY_HELP, no_args_is_help=True)
def why(
    scenario: OneScenario,
    choice: OneChoice,
    need: OneNeed = "",
    short: Annotated[bool, typer.Option("--short", help="Say it in one sentence.")] = False,
    long: Annotated[bool, typer.Option("--long", help="Show all that speaks for it, and all proofs.")] = False,
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    as_of: AsOf = "",
    rules: Rules = None,
    said: Said = None,
    unsaid: Unsaid = None,
) -> None:
    """Show why a choice is recommended."""
    from adjudge_cli.case import Asked
    from adjudge_cli.why import run

    if short and long:
        raise typer.BadParameter("--short and --long exclude each other")
    asked = Asked(scenario, as_of, rules, tuple(said or ()), tuple(unsaid or ()))
    raise typer.Exit(run(asked, choice, need, "short" if short else "long" if long else "", format.value))


WHY_NOT_HELP = """Show what keeps a choice from being recommended, and what would have to change.

Each obstacle has a code, what was seen and what is needed; the easiest to change comes first. Then the changes that
make the choice eligible, which have been tried out.

\b
Examples:
  adjudge why-not click-log-sql redshift-spectrum
  adjudge why-not click-log-sql "S3 Select"
  adjudge why-not click-log-sql aurora --format json

\b
Exit codes: 0 it is not recommended; 1 it is; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.command("why-not", help=WHY_NOT_HELP, no_args_is_help=True)
def why_not(
    scenario: OneScenario,
    choice: OneChoice,
    need: OneNeed = "",
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    as_of: AsOf = "",
    rules: Rules = None,
    said: Said = None,
    unsaid: Unsaid = None,
) -> None:
    """Show why a choice is not recommended."""
    from adjudge_cli.case import Asked
    from adjudge_cli.why_not import run

    asked = Asked(scenario, as_of, rules, tuple(said or ()), tuple(unsaid or ()))
    raise typer.Exit(run(asked, choice, need, format.value))


INTERVIEW_HELP = """Ask for what matters to a decision, the most telling question first, and write the scenario down.

It stops as soon as no further answer can change what is decided for. Reply with a number, the words or their
beginning, several between commas, `not ...`, or an amount such as `2 TB`, `at least 5 min` or `< 100 ms`; with
`why`, `back` or `stop`; or with an empty line for what you do not know.

SCENARIO is what is known already: a file in YAML or plain English, or the name of a shipped scenario. Through a
pipe, replies are read one a line, and the end of the input stops the interview.

\b
Examples:
  adjudge interview
  adjudge interview --need query-in-place
  adjudge interview click-log-sql --need query-in-place --output my-case.yaml
  echo "which service for streaming?" | adjudge interview --format json

\b
Exit codes: 0 a decision is shown; 1 it ended before it was known what to decide; 2 something given cannot be used;
3 a fault of adjudge.
"""


@app.command(help=INTERVIEW_HELP)
def interview(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="What is known already.", autocompletion=complete)
    ] = "",
    need: Annotated[str, typer.Option(metavar="NEED", help="What has to be decided.")] = "",
    output: Annotated[
        str, typer.Option(metavar="FILE", help="Where to write the scenario; the default, -, is standard output.")
    ] = "-",
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if there is one.")] = False,
    format: Annotated[Format, typer.Option(help="How to ask: for people, or one JSON object a line.")] = Format.text,
    as_of: AsOf = "",
    rules: Rules = None,
) -> None:
    """Ask for what matters."""
    from adjudge_cli.interview import Request, run

    raise typer.Exit(run(Request(scenario, need, output, force, format.value, as_of, rules)))


class CompareFormat(StrEnum):
    """How a comparison is written."""

    text = "text"
    json = "json"
    markdown = "markdown"


COMPARE_HELP = """Tell two choices apart: what separates them in a scenario, or when one would take which.

With a SCENARIO, shows only what is true of one and not of the other, what it rests on, and what it comes to. Without,
shows under which conditions the rules speak for each. A and B are choices, by their ids or as people call them.

\b
Examples:
  adjudge compare click-log-sql athena "Redshift Spectrum"
  adjudge compare click-log-sql athena presto-on-emr --format markdown
  adjudge compare click-log-sql athena redshift-spectrum --unset existing
  adjudge compare athena redshift-spectrum
  adjudge compare kinesis-data-streams firehose --need ingest-stream

\b
Exit codes: 0 compared; 1 no question puts the two beside each other; 2 something given cannot be used;
3 a fault of adjudge.
"""


@app.command(help=COMPARE_HELP, no_args_is_help=True)
def compare(
    names: Annotated[
        list[str],
        typer.Argument(metavar="[SCENARIO] A B", help="A scenario, or none, and two choices.", autocompletion=complete),
    ],
    need: Annotated[str, typer.Option(metavar="NEED", help="Compare them for this need only.")] = "",
    format: Annotated[CompareFormat, typer.Option(help="How to write the result.")] = CompareFormat.text,
    as_of: AsOf = "",
    rules: Rules = None,
    said: Said = None,
    unsaid: Unsaid = None,
) -> None:
    """Tell two choices apart."""
    from adjudge_cli.case import Asked
    from adjudge_cli.compare import Request, run

    asked = Asked("", as_of, rules, tuple(said or ()), tuple(unsaid or ()))
    raise typer.Exit(run(Request(names, need, format.value, asked)))


FLIP_HELP = """Show the least changes to what a scenario states that change its decision, or that make a choice win.

One change is tried at a time, then two together, then three; of the first size that succeeds, every way is shown:
what you have not said so far comes before what contradicts something that you stated.

SCENARIO is a file, the name of a shipped scenario, or - for standard input.

\b
Examples:
  adjudge flip click-log-sql
  adjudge flip click-log-sql --need query-in-place --to "Redshift Spectrum"
  adjudge flip scenario.yaml --at-most 2 --format json

\b
Exit codes: 0 something changes it; 1 nothing does; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.command(help=FLIP_HELP, no_args_is_help=True)
def flip(
    scenario: OneScenario,
    to: Annotated[str, typer.Option(metavar="CHOICE", help="Show what makes this choice win.")] = "",
    need: Annotated[str, typer.Option(metavar="NEED", help="Look only at the decision on this need.")] = "",
    at_most: Annotated[int, typer.Option(min=1, metavar="K", help="Change up to so many requirements.")] = 3,
    all_: Annotated[bool, typer.Option("--all", help="Show every way, however many there are.")] = False,
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    as_of: AsOf = "",
    rules: Rules = None,
    said: Said = None,
    unsaid: Unsaid = None,
) -> None:
    """Show what would change a decision."""
    from adjudge_cli.case import Asked
    from adjudge_cli.flip import Wish, run

    asked = Asked(scenario, as_of, rules, said or (), unsaid or ())
    raise typer.Exit(run(asked, Wish(to, need, at_most, all_), format.value))


class ChangesFormat(StrEnum):
    """How what changes is written."""

    text = "text"
    json = "json"
    markdown = "markdown"


TIMELINE_HELP = """Show the days on which the decisions of a scenario change, to what, and why.

Every day is told on which something else is decided for, with the event or the rule that makes the difference. Days to
come are told as far as they have been announced.

\b
Examples:
  adjudge timeline half-idle-gpu
  adjudge timeline questions-to-the-intranet --need search-documents
  adjudge timeline scenario.yaml --from 2024-01-01 --format json

\b
Exit codes: 0 shown, whether anything changes or not; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.command(help=TIMELINE_HELP, no_args_is_help=True)
def timeline(
    scenario: OneScenario,
    need: OneNeed = "",
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="Start on this day.")] = "2021-12-31",
    last: Annotated[
        str, typer.Option("--to", metavar="DATE", help="End on this day; the default is the last known date.")
    ] = "",
    format: Annotated[ChangesFormat, typer.Option(help="How to write the result.")] = ChangesFormat.text,
    rules: Rules = None,
    said: Said = None,
    unsaid: Unsaid = None,
) -> None:
    """Show when decisions change."""
    from adjudge_cli.case import Asked
    from adjudge_cli.timeline import Request, run

    asked = Asked(scenario, first, rules, said or (), unsaid or ())
    raise typer.Exit(run(Request(asked, need, last, format.value)))


DIFF_HELP = """Show which decisions, and which answers of questions, differ between two days or two folders of rules.

Each difference is told with the events and rules that make it. Without SCENARIOS, all that are shipped are compared.
Two folders are compared by --rules OLD --rules NEW.

\b
Examples:
  adjudge diff --as-of 2021-12-31 --as-of 2026-11-22 scenarios/exam/ch01
  adjudge diff --as-of 2021-12-31 --as-of 2024-07-29 ch01-q12 --format json

\b
Exit codes: 0 nothing differs; 1 something does; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.command(help=DIFF_HELP, no_args_is_help=True)
def diff(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCENARIOS]", help="Scenario files, folders or shipped names.", autocompletion=complete
        ),
    ] = None,
    as_of: Annotated[
        list[str] | None, typer.Option("--as-of", metavar="DATE", help="Give it twice: the day before, the day after.")
    ] = None,
    rules: Annotated[
        list[Path] | None, typer.Option("--rules", metavar="DIR", help="Once, or twice: the rules before, and after.")
    ] = None,
    format: Annotated[ChangesFormat, typer.Option(help="How to write the result.")] = ChangesFormat.text,
) -> None:
    """Show what differs."""
    from adjudge_cli.diff import Request, run

    raise typer.Exit(run(Request(scenarios or [], as_of or [], rules or [], format.value)))
