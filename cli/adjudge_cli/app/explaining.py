"""Commands that explain a decision, and find out what it needs.

Annotations are not postponed here: typer would evaluate them again at every start, which takes longer than a decision.
"""

from typing import Annotated

import typer

from adjudge_cli.app.options import AsOf, Format, Rules, complete
from adjudge_cli.app.root import app

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
