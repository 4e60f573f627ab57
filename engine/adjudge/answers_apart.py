"""The answers to an attribute's question that rules tell apart: what is worth trying out, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from adjudge.quantities import LIMIT, show_bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from adjudge.facts import Known, Test
    from adjudge.vocabulary import Attribute


class Worth(NamedTuple):
    """What makes an answer worth trying: that one of `tests` holds with it.

    With `untested`, goals are tried that no test asks for; with `replaces`, values that make no test hold.
    """

    tests: Sequence[Test]
    untested: bool = False
    replaces: bool = False


def answers_apart(attribute: Attribute, known: Known, worth: Worth) -> Iterator[list[Any]]:
    """Yield the possible answers, as written in a scenario, in lists of those that the rules do not tell apart.

    `known` is what is known of the attribute already.
    """
    if attribute.kind == "boolean":
        yield from ([] if known.true else [[True], [False]])
    elif attribute.kind == "quantity":
        yield from ([amount] for amount in _amounts(worth.tests, known.least, known.most, attribute.unit))
    else:
        yield from _values(attribute, known, worth)


def _values(attribute: Attribute, known: Known, worth: Worth) -> Iterable[list[Any]]:
    """Return the values that could be true or false, those that rules name first, by the tests that would then hold."""
    named = {value for test in worth.tests for value in test.asked}
    open_ = sorted(attribute.values.keys() - {*known.true, *known.false}, key=lambda value: (value not in named, value))
    alike: dict[Any, list[Any]] = {}
    for value in open_:
        held = tuple(number for number, test in enumerate(worth.tests) if value in test.yes)
        if attribute.id == "goal":  # traits tell goals apart, too
            if held or worth.untested:
                alike["is", value] = [value]
        elif held or worth.replaces:
            alike.setdefault(("is", held), []).append(value)
    for value in open_:
        held = tuple(number for number, test in enumerate(worth.tests) if value in test.no)
        if held or worth.replaces:
            alike.setdefault(("not", held), []).append({"not": value})
    return alike.values()


def _amounts(tests: Iterable[Test], least: int | None, most: int | None, unit: str) -> Iterator[dict[str, str]]:
    """Yield one range for each stretch of amounts that the tests do not tell apart."""
    low, high = least or 0, LIMIT if most is None else most
    starts = {test.bound + (1 if test.relation == "at-most" else 0) for test in tests}
    edges = sorted({low, *(start for start in starts if low < start <= high)})
    for start, end in zip(edges, [*(edge - 1 for edge in edges[1:]), high], strict=True):
        bounds = [("at-least", start)] if start > 0 else []
        bounds += [("at-most", end)] if end < LIMIT else []
        if bounds:
            yield dict(show_bound(relation, bound, unit) for relation, bound in bounds)
