"""What the options of several commands have in common.

Annotations are not postponed here: typer would evaluate them again at every start, which takes longer than a decision.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How an evaluation is written."""

    text = "text"
    json = "json"


class EngineChoice(StrEnum):
    """Which inference engine matches the rules."""

    durable = "durable"
    native = "native"


def complete(incomplete: str) -> list[str]:
    """Return the shipped scenarios that a word may become; where there are none, shells go on to files."""
    from adjudge_cli.inputs import shipped

    return [name for name in shipped() if name.startswith(incomplete)] if incomplete else []


Rules = Annotated[Path | None, typer.Option(metavar="DIR", help="Use this folder of rules instead of the shipped one.")]
AsOf = Annotated[
    str, typer.Option(metavar="DATE", help="Decide as of this day; the default is the scenario's, or today.")
]
Said = Annotated[
    list[str] | None, typer.Option("--set", metavar="ATTR=VALUE", help="State this, whatever was stated or read.")
]
Unsaid = Annotated[
    list[str] | None, typer.Option("--unset", metavar="ATTR", help="Forget what was stated or read of this.")
]
