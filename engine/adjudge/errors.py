"""Everything adjudge raises.

AdjudgeError
├── InputError          what a person wrote cannot be used; carries the problems, each with its place
│   ├── KnowledgeError  ... in the files of the knowledge base
│   └── ScenarioError   ... in a scenario
└── EngineError         an inference engine failed; a fault of ours
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing that is wrong, and where.

    Lines and columns count from 1; 0 means that the problem concerns the file as a whole.
    `text` is the offending line, `width` the number of columns to underline in it.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    text: str = ""
    width: int = 1

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class AdjudgeError(Exception):
    """The base of all errors that adjudge raises on purpose."""


class InputError(AdjudgeError):
    """Input that cannot be used, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class KnowledgeError(InputError):
    """The knowledge base is not valid."""


class ScenarioError(InputError):
    """A scenario is not valid."""


class EngineError(AdjudgeError):
    """An inference engine failed or refused; no answer can be trusted."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint naming the known words closest to `word`, or an empty string."""
    import difflib  # only where something is wrong

    names = sorted(set(known))
    close = difflib.get_close_matches(word, names, n=2, cutoff=0.6)
    if not close:
        tail = word.rpartition(".")[2]
        close = [name for name in names if len(tail) > 2 and (tail in name or name in tail)][:2]  # noqa: PLR2004
    if close:
        return "did you mean " + " or ".join(f"`{name}`" for name in close) + "?"
    if 0 < len(names) <= 12:  # noqa: PLR2004
        return "known: " + ", ".join(names)
    return ""
