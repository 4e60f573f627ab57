"""From arguments to verdicts: which choices are viable, which are beaten, and in which order the rest stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from adjudge.facts import Requirement
from adjudge.knowledge import Event, Knowledge, Need, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.inference import Inference

VerdictName = Literal["recommended", "beaten", "rejected", "unsupported"]
Status = Literal["decided", "tied", "open"]
VERDICTS: tuple[VerdictName, ...] = ("recommended", "beaten", "rejected", "unsupported")


class Argument(msgspec.Struct, frozen=True):
    """A fired rule that speaks for or against a choice, with the requirements that made it fire.

    `rival` is the other choice of a preference; `stated` are the statements on which the proof rests.
    """

    rule: Rule
    choice: str
    supports: tuple[Requirement, ...]
    stated: frozenset[Requirement]
    rival: str = ""


class Verdict(msgspec.Struct, frozen=True):
    """What becomes of a choice, and the proof: all that speaks for it, all that speaks against it.

    `goals` are the stated goals that it meets better than another choice that is still in play; `weight` is the
    number of distinct stated requirements its arguments rest on. `closed` is the event since which it cannot be had:
    by newcomers, or by anyone; it is not set where it is known that one runs the choice already and may keep it.
    """

    choice: str
    verdict: VerdictName
    arguments: tuple[Argument, ...] = ()
    against: tuple[Argument, ...] = ()
    goals: tuple[str, ...] = ()
    weight: int = 0
    closed: Event | None = None
    cautions: tuple[Argument, ...] = ()


class Decision(msgspec.Struct, frozen=True):
    """A need with the verdict on each of its choices, best first, and advice on the need as a whole.

    `raised` is the requirement that the need is one of, if it was raised and not just asked about; `cancelled` are
    preferences that do not count, since others run against them.
    """

    need: str
    status: Status
    raised: Requirement | None
    verdicts: tuple[Verdict, ...]
    advice: tuple[Argument, ...] = ()
    cancelled: tuple[Argument, ...] = ()

    @property
    def recommended(self) -> tuple[str, ...]:
        """The recommended choices, best first."""
        return tuple(verdict.choice for verdict in self.verdicts if verdict.verdict == "recommended")

    @property
    def leading(self) -> tuple[str, ...]:
        """The one choice that is decided for, the several that are tied, or none."""
        return tuple(
            v.choice for v in self.verdicts if v.verdict == "recommended" and rank(v) == rank(self.verdicts[0])
        )


def rank(verdict: Verdict) -> tuple[int, int]:
    """Return what orders recommended choices: statements their arguments rest on, then goals met; more is better."""
    return verdict.weight, len(verdict.goals)


def judge(knowledge: Knowledge, need: Need, inference: Inference, fired: Iterable[int], day: str) -> Decision:
    """Judge every candidate of a need, given the numbers of the need's rules that fired, on an ISO date."""
    arguments = _arguments(need, inference, fired, day)
    backing = _by_choice(arguments, "recommend")
    against = _by_choice(arguments, "reject")
    kept = _by_choice(arguments, "keep")
    closed = {c: event for c in need.candidates if (event := knowledge.choices[c].closed(day)) and c not in kept}
    viable = {c for c in backing if c in need.candidates and c not in against and c not in closed}
    wins = [a for a in arguments if a.rule.kind == "prefer" and a.choice in viable and a.rival in viable]
    cancelled = _cancelled(wins)
    losses: dict[str, list[Argument]] = {}
    for win in wins:
        if win not in cancelled:
            losses.setdefault(win.rival, []).append(win)
    standing = sorted(viable - losses.keys())
    cautions = _by_choice(arguments, "advise")
    verdicts = []
    for choice in need.candidates:
        name: VerdictName = (
            "rejected" if choice in against or choice in closed
            else "unsupported" if choice not in viable
            else "beaten" if choice in losses
            else "recommended"
        )  # fmt: skip
        speaking = (*backing.get(choice, ()), *(w for w in wins if w.choice == choice and w not in cancelled))
        verdicts.append(
            Verdict(
                choice,
                name,
                arguments=speaking,
                against=(*against.get(choice, ()), *losses.get(choice, ())),
                goals=_goals_met(knowledge, inference, choice, standing) if name == "recommended" else (),
                weight=len({r for a in speaking for r in a.stated if r.origin in ("stated", "read")}),
                closed=closed.get(choice),
                cautions=(*kept.get(choice, ()), *cautions.get(choice, ())),
            )
        )
    verdicts.sort(key=lambda v: (VERDICTS.index(v.verdict), *(-part for part in rank(v)), v.choice))
    leading = sum(v.verdict == "recommended" and rank(v) == rank(verdicts[0]) for v in verdicts)
    return Decision(
        need.id,
        "open" if not standing else "decided" if leading == 1 else "tied",
        _raised(need, inference),
        tuple(verdicts),
        advice=tuple(cautions.get("", ())),
        cancelled=tuple(cancelled),
    )


def _raised(need: Need, inference: Inference) -> Requirement | None:
    return next((c for fact, c in inference.carriers.items() if fact == ("need", "is", need.id)), None)


def _arguments(need: Need, inference: Inference, fired: Iterable[int], day: str) -> list[Argument]:
    """Return one argument for each fired rule, choice and rival; of a rule's alternatives the smallest proof.

    Several limits of a choice may share an id, that of their attribute; each with a reason of its own is an argument.
    """
    found: dict[tuple[str, ...], Argument] = {}
    for number in fired:
        rule = need.rules[number]
        if not rule.valid(day):
            continue
        supports = inference.support(rule)
        stated = inference.rests_on(supports)
        for choice in rule.subjects or ("",):
            for rival in rule.over or ("",):
                key = (rule.id, choice, rival, rule.because)
                old = found.get(key)
                if choice != (rival or None) and (
                    old is None or _size(stated, supports) < _size(old.stated, old.supports)
                ):
                    found[key] = Argument(rule, choice, supports, stated, rival)
    return [found[key] for key in sorted(found)]


def _size(stated: frozenset[Requirement], supports: tuple[Requirement, ...]) -> tuple[int, str]:
    return len(stated), repr(supports)


def _by_choice(arguments: list[Argument], kind: str) -> dict[str, list[Argument]]:
    found: dict[str, list[Argument]] = {}
    for argument in arguments:
        if argument.rule.kind == kind:
            found.setdefault(argument.choice, []).append(argument)
    return found


def _cancelled(wins: list[Argument]) -> list[Argument]:
    """Return the preferences that do not count because they lie on a loop.

    The specific comes before the general: a principle over traits gives way wherever it would close a loop with
    what the rules of the topic prefer. On a loop of equal rank all preferences cancel each other out.
    """
    special = [win for win in wins if not win.rule.traits]
    circular = on_loops(special, special)
    kept = [win for win in wins if win not in circular]
    general = [win for win in kept if win.rule.traits]
    return circular + on_loops(general, kept)


def on_loops(asked: list[Argument], wins: list[Argument]) -> list[Argument]:
    """Return those preferences for which some of `wins` lead from the loser back to the winner."""
    below: dict[str, set[str]] = {}
    for win in wins:
        below.setdefault(win.choice, set()).add(win.rival)

    def reaches(start: str, goal: str) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            for rival in below.get(waiting.pop(), ()):
                if rival == goal:
                    return True
                if rival not in seen:
                    seen.add(rival)
                    waiting.append(rival)
        return False

    return [win for win in asked if reaches(win.rival, win.choice)]


def _goals_met(knowledge: Knowledge, inference: Inference, choice: str, standing: list[str]) -> tuple[str, ...]:
    """Return the stated goals for which no standing choice is better by its traits, and some is worse."""
    wanted = inference.facts.get("goal")
    met = []
    for trait in knowledge.traits.values():
        if wanted is None or trait.goal not in wanted.true:
            continue
        order = list(trait.values)
        levels = {c: min((order.index(v) for v in t.values), default=len(order)) if t else len(order)
                  for c in standing for t in (knowledge.choices[c].traits.get(trait.id),)}  # fmt: skip
        if levels[choice] == min(levels.values()) < max(levels.values()):
            met.append(trait.goal)
    return tuple(sorted(set(met)))
