"""The commands of adjudge.

Annotations are not postponed here: typer would evaluate them again at every start, which takes longer than a decision.
"""

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

WELCOME = """\
adjudge decides between cloud and machine-learning options, and shows its reasoning.

Try:
  adjudge evaluate click-log-sql           one of the scenarios it comes with
  adjudge evaluate my-scenario.yaml        one of your own, in YAML or plain English
  adjudge flip click-log-sql               the least change that would turn its decisions
  adjudge compare athena emr               when to take which
  adjudge explain ch06-q02                 an exam question, with the reason against every wrong option
  adjudge answer questions.txt             questions of your own, pasted as they are
  adjudge evaluate --help                  how to write one, and what else there is

It works offline; the same input always gives the same answer.
"""


START_HELP = """Decide between cloud and machine-learning options, with reasons.

\b
Examples:
  adjudge evaluate click-log-sql
  adjudge explain ch06-q02
  adjudge evaluate --help

\b
Exit codes: 0 as expected; 1 the answer is no; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.callback(invoke_without_command=True, help=START_HELP)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Greet, or show the version."""
    if version:
        from adjudge import __version__

        typer.echo(f"adjudge {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(WELCOME, nl=False)
