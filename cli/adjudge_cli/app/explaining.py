"""Commands that explain a decision: what it rests on, and what would change it.

Annotations are not postponed here: typer would evaluate them again at every start, which takes longer than a decision.
"""

from typing import Annotated

import typer

from adjudge_cli.app.options import AsOf, Format, Rules, Said, Unsaid, complete
from adjudge_cli.app.root import app

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
    scenario: Annotated[str, typer.Argument(help="A scenario file, a shipped name, or -.", autocompletion=complete)],
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
