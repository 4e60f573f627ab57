"""The command line that asks for more about the same scenario."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge_cli.case import Asked


def command(name: str, asked: Asked, choice: str, need: str = "", further: Iterable[tuple[str, str]] = ()) -> str:
    """Return a command on a choice in the scenario as it was asked about; `further` corrections replace others."""
    further = list(further)
    changed = {value.partition("=")[0] for _, value in further}
    words = ["adjudge", name, asked.path, choice]
    words += ["--need", need] if need else []
    words += ["--as-of", asked.as_of] if asked.as_of else []
    words += ["--rules", str(asked.rules)] if asked.rules else []
    words += _options("--set", asked.said, changed) + _options("--unset", asked.unsaid, changed)
    words += [word for pair in further for word in pair]
    return shlex.join(words)


def _options(option: str, values: Sequence[str], changed: set[str]) -> list[str]:
    return [word for one in values if one.partition("=")[0].strip() not in changed for word in (option, one)]
