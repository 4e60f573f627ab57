"""adjudge decides between cloud and machine-learning architecture choices, and shows its reasoning.

import adjudge
result = adjudge.evaluate({"data.store": "s3", "query.language": "sql"}, as_of="2021-12-31")
result.decisions[0].recommended   # ('athena', ...)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from adjudge.api import evaluate, load_knowledge
    from adjudge.errors import AdjudgeError, EngineError, InputError, KnowledgeError, Problem, ScenarioError

__all__ = [
    "AdjudgeError",
    "EngineError",
    "InputError",
    "KnowledgeError",
    "Problem",
    "ScenarioError",
    "evaluate",
    "load_knowledge",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: start-up is what users feel."""
    if name not in __all__:
        raise AttributeError(f"module 'adjudge' has no attribute {name!r}")
    from importlib import import_module

    home = "adjudge.api" if name in ("evaluate", "load_knowledge") else "adjudge.errors"
    return getattr(import_module(home), name)
