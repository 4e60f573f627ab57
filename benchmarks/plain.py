"""The plainest correct program for durable-rules: its own language and its Host, one fact per requirement.

Two things are done in its favour: the Host's background threads are left out (they end the process when sessions are
deleted), and a session is deleted when its scenario is done, since a new one costs four times as much while the old
ones are kept.
"""

from __future__ import annotations

from contextlib import suppress
from functools import reduce
from itertools import count
from operator import or_
from typing import TYPE_CHECKING

from durable import engine, lang
from durable.engine import MessageNotHandledException, MessageObservedException

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.facts import Requirement
    from adjudge.knowledge import Knowledge, Rule

_serial = count()


class QuietHost(engine.Host):
    """A Host without background threads."""

    def _run(self) -> None:
        pass


class PlainProgram:
    """A knowledge base as a durable-rules program; `fired` returns the ids of the rules that fire."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.name = f"plain{next(_serial)}"
        self.log: list[str] = []
        self.sessions = count()
        with lang.ruleset(self.name):
            for rule in (*knowledge.derivations, *(r for need in knowledge.needs.values() for r in need.rules)):
                self._define(rule)

            @lang.when_all(lang.pri(9), lang.m.end == 1)
            def end(c):  # noqa: ANN001, ANN202
                c.delete_state()

        lang._main_host = lang._main_host or QuietHost()
        lang.get_host()

    def _define(self, rule: Rule) -> None:
        conditions = []
        for number, test in enumerate(rule.tests):
            values = reduce(or_, (lang.m.value == value for value in test.yes))
            conditions.append(getattr(lang.c, f"c{number}") << ((lang.m.attribute == test.attribute) & values))

        # The action must have one parameter: with two, durable-rules takes it for an asynchronous one and waits.
        @lang.when_all(*conditions, lang.distinct(False))
        def act(c):  # noqa: ANN001, ANN202
            if rule.id not in self.log:  # a test on several values may hold by several facts
                self.log.append(rule.id)
                for one in rule.derives:
                    # A fact that no rule asks for, or that is known already, is an error to durable-rules.
                    with suppress(MessageNotHandledException, MessageObservedException):
                        c.assert_fact({"attribute": one.attribute, "value": one.value})

    def fired(self, stated: Iterable[Requirement]) -> set[str]:
        """Evaluate one scenario in a session of its own."""
        self.log.clear()
        session = f"s{next(self.sessions)}"
        for number, one in enumerate(stated):
            fact = {"id": number, "sid": session, "attribute": one.attribute, "value": one.value}
            with suppress(MessageNotHandledException):
                lang.assert_fact(self.name, fact)
        lang.assert_fact(self.name, {"id": "end", "sid": session, "end": 1})
        return set(self.log)
