"""The inference engines behind one small interface."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, Protocol

from adjudge.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from adjudge.facts import Facts
    from adjudge.knowledge import Rule
    from adjudge.vocabulary import Attribute

EngineName = Literal["durable", "native"]


class Engine(Protocol):
    """Matches a fixed set of rules against facts."""

    def match(self, facts: Facts) -> tuple[int, ...]:
        """Return the numbers of the rules whose tests all hold (see `facts.witnesses`), ascending."""
        ...


@cache
def durable_available() -> bool:
    """Tell whether durable-rules' C module can be imported here."""
    if find_spec("durable_rules_engine") is None:
        return False
    try:
        import durable_rules_engine  # noqa: F401  (as published it does not import on 3.13)
    except ImportError:
        return False
    return True


def engine_maker(name: EngineName) -> Callable[[Sequence[Rule], Mapping[str, Attribute]], Engine]:
    """Return what makes an engine for rules and a vocabulary; raise EngineError if it cannot be had here."""
    if name == "native":
        from adjudge.native import NativeEngine  # only one engine is ever needed

        return NativeEngine
    if not durable_available():
        raise EngineError("the durable engine is not installed here")
    from adjudge.durable import DurableEngine

    return DurableEngine
