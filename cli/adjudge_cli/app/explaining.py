"""Commands that explain a decision.

Annotations are not postponed here: typer would evaluate them again at every start, which takes longer than a decision.
"""

from enum import StrEnum
from typing import Annotated

import typer

from adjudge_cli.app.options import AsOf, Rules, Said, Unsaid, complete
from adjudge_cli.app.root import app


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
