"""The answer of a question: its options beside each other, which of them are right, and why the others are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from adjudge.judging import rank
from adjudge.options import KINDS, Objection, Options, Standing
from adjudge.reasons import Reason, against, reason
from adjudge.words import show_requirement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge.claims import Truth
    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.judging import Argument, Verdict
    from adjudge.knowledge import Knowledge
    from adjudge.question import Option, Question


# What is proven of an option counts for so much in log odds, as fitted to questions with keys: every reason that
# supports it, up to three, and that it is rejected or beaten.
_SUPPORTED, _REASONS, _COUNTER = 0.9, 3, {"rejected": 0.8, "beaten": 1.7}
_FEWEST = 2  # how many options are right, at least, where all that are right are asked for


class Judged(msgspec.Struct, frozen=True):
    """What becomes of an option, why it is wrong, and what speaks for it."""

    label: str
    verdict: Literal["right", "wrong", "unknown"]
    objections: tuple[Objection, ...] = ()
    support: tuple[Reason, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """The labels that are right by the best guess, whether that is proven, and every option's verdict.

    `needs` are the needs that an answer has to meet.
    """

    labels: tuple[str, ...]
    decided: bool
    options: tuple[Judged, ...]
    needs: tuple[str, ...] = ()


def answer(
    evaluator: Evaluator, evaluation: Evaluation, question: Question, leaning: Mapping[str, float] | None = None
) -> Answer:
    """Judge the options of a question about an evaluated scenario.

    `leaning` tells how well each option fits, for the guess that is made where nothing is proven.
    """
    return _Judge(evaluator, evaluation, question, leaning or {}).answer()


class _Judge:
    def __init__(
        self, evaluator: Evaluator, evaluation: Evaluation, question: Question, leaning: Mapping[str, float]
    ) -> None:
        self.question, self.evaluation, self.leaning = question, evaluation, leaning
        self.knowledge: Knowledge = evaluator.knowledge
        self.inference = evaluation.inference
        options = Options(evaluator, evaluation, question)
        self.needs, self.decisions = options.needs, options.decisions
        self.own = {one.label: options.stand(one) for one in question.options if one.kind == "own"}
        self.others = {one.label: self._truth(one) for one in question.options if one.kind != "own"}
        # Options that another one says are all right are not held against each other.
        self.embraced = {
            label: one
            for one in question.options
            if one.kind == "all" and self.others[one.label] == "true"
            for label in one.others
        }
        self.rivals = [one for label, one in self.own.items() if label not in self.embraced]
        if question.select == 1:
            self._demand_coverage(self.rivals)

    def _demand_coverage(self, own: list[Standing]) -> None:
        """Object to options that leave a need unmet which another option meets, and to what they take in vain."""
        coverable = [need for need in self.needs if any(need in one.verdicts for one in own)]
        for one in own:
            if not one.option.choices:
                continue
            covered = set(one.verdicts)
            unmet = [need for need in coverable if need not in covered]
            for need in unmet if covered else ():
                one.objections += self._uncovered(one.option, need)
            if not unmet and covered and any(o.kind == "off-need" for o in one.objections):
                one.objections = [_superfluous(o) for o in one.objections]
        full = [one for one in own if one.sound and one.option.proposes and not one.option.steps]
        for one in full:
            for other in full:
                mine, yours = set(one.option.proposes), set(other.option.proposes)
                if mine > yours and set(one.verdicts) == set(other.verdicts):
                    one.objections += [self._needless(c, other) for c in sorted(mine - yours)]
                    break
        ordered = [one for one in own if one.sound and one.option.steps]
        best = min(ordered, key=lambda one: len(one.missing_steps), default=None)
        for one in ordered if best else ():
            if best and len(one.missing_steps) > len(best.missing_steps):
                more = [reason for rule, reason in one.missing_steps.items() if rule not in best.missing_steps]
                one.objections += [Objection("incomplete", reason) for reason in more]

    def _uncovered(self, option: Option, need: str) -> list[Objection]:
        """Tell why an option leaves a need unmet: by a choice that does not work for it, or by none."""
        says = self.knowledge.needs[need].says
        tried = [v for v in self.decisions[need].verdicts if v.choice in option.choices]
        for verdict in tried:
            reasons = against(self.knowledge, self.evaluation, self.decisions[need], verdict)
            if verdict.verdict == "rejected":
                return [Objection("rejected", one, verdict.choice) for one in reasons]
        raised = self.decisions[need].raised
        supports = tuple(sorted(self.inference.rests_on((raised,)), key=show_requirement)) if raised else ()
        lacking = Reason(f"It leaves open what is needed as well: {says}.", supports=supports)
        return [Objection("incomplete", lacking)]

    def _needless(self, choice: str, other: Standing) -> Objection:
        names = " and ".join(self.knowledge.name(c) for c in other.option.proposes)
        known = self.knowledge.choices[choice]
        says = f"{names} meets it without {known.name}. {known.does}"
        return Objection("excessive", Reason(says, sources=known.sources), choice)

    def answer(self) -> Answer:
        """Return what becomes of each option."""
        sound = [one for one in self.rivals if one.sound]
        if self.question.select == 1:
            self._beat(sound)
        elif self.question.select:
            self._cut(sound, self.question.select)
        best = [one for one in self.rivals if one.sound]
        if self.question.select == 1 and len(best) == 1:
            for one in self.rivals:
                if one.objections and not one.clashes and not any(o.kind == "beaten" for o in one.objections):
                    one.objections += self._why_beaten(one, best[0])
        judged = [
            self._meta(option, self.others[option.label])
            if option.kind != "own"
            else self._final(self.own[option.label], best)
            for option in self.question.options
        ]
        right = tuple(one.label for one in judged if one.verdict == "right")
        wanted = self.question.select
        decided = bool(right) and not any(one.verdict == "unknown" for one in judged)
        decided = decided and (not wanted or len(right) == wanted)
        return Answer(tuple(sorted(right)) if decided else self._guess(judged), decided, tuple(judged), self.needs)

    def _beat(self, sound: list[Standing]) -> None:
        """Object to every sound option than which another is better, and say so by one that nothing is better than."""
        better = {
            one.option.label: [o for o in sound if self._better(o, one) and not self._better(one, o)] for one in sound
        }
        objections = {}
        for one in sound:
            if better[one.option.label]:
                winner = min(better[one.option.label], key=lambda o: len(better[o.option.label]))
                objections[one.option.label] = self._why_beaten(one, winner)
        for label, found in objections.items():
            self.own[label].objections += found

    def _better(self, one: Standing, other: Standing) -> bool:
        return any(one.best(need) > other.best(need) for need in self.needs)

    def _why_beaten(self, one: Standing, winner: Standing) -> list[Objection]:
        found = []
        for need in self.needs:
            if winner.best(need) <= one.best(need) or need not in one.verdicts:
                continue
            verdict = max(one.verdicts[need], key=rank)
            direct = [a for a in verdict.against if a.rival == verdict.choice]
            by_winner = [a for a in direct if a.choice in winner.option.choices]
            direct = sorted(by_winner or direct, key=lambda a: self._generality(a, winner))
            if direct:
                found += [Objection("beaten", reason(self.knowledge, a), verdict.choice) for a in direct]
            else:
                found.append(
                    Objection("beaten", self._outweighed(verdict, max(winner.verdicts[need], key=rank)), verdict.choice)
                )
        return found

    def _generality(self, argument: Argument, winner: Standing) -> tuple[bool, bool, bool]:
        """Return what puts preferences for the right option first, and specific ones before principles."""
        topic = self.knowledge.topics.get(argument.rule.id.partition(".")[0])
        general = topic is None or not topic.need
        return argument.choice not in winner.option.choices, general, bool(argument.rule.traits)

    def _outweighed(self, verdict: Verdict, winner: Verdict) -> Reason:
        """Say what speaks for the winner that does not speak for a choice which works as well."""
        names = self.knowledge.name(winner.choice), self.knowledge.name(verdict.choice)
        mine = {one.stated for one in verdict.arguments}
        more = [a for a in winner.arguments if not a.rival and a.stated not in mine] or list(winner.arguments)
        if winner.weight == verdict.weight and winner.goals:
            says = f"Both would do; {names[0]} serves better what is aimed at: {', '.join(winner.goals)}."
            return Reason(says, winner=winner.choice, loser=verdict.choice)
        found = reason(self.knowledge, more[0])
        says = f"{names[1]} would do; more of what is stated speaks for {names[0]}: {found.says}"
        return msgspec.structs.replace(found, says=says, winner=winner.choice, loser=verdict.choice)

    def _cut(self, sound: list[Standing], count: int) -> None:
        """Object to those sound options that are worse than as many as are asked for."""
        ranked = sorted(sound, key=self._score, reverse=True)
        if len(ranked) > count and self._score(ranked[count - 1]) > self._score(ranked[count]):
            for one in ranked[count:]:
                found = (self._why_beaten(one, winner) for winner in reversed(ranked[:count]))
                one.objections += next(filter(None, found), [])

    def _score(self, one: Standing) -> tuple[tuple[int, tuple[int, int]], ...]:
        return tuple(sorted((one.best(need) for need in self.needs), reverse=True))

    def _truth(self, option: Option) -> Truth:
        """Tell whether an option that speaks of others is true, each of them taken on its own."""
        meant = [self.own[label] for label in option.others if label in self.own]
        if option.kind == "none":
            return "false" if any(one.sound for one in meant) else "unknown" if any(o.open for o in meant) else "true"
        wrong = any(one.objections for one in meant)
        return "false" if wrong else "true" if all(one.sound for one in meant) else "unknown"

    def _meta(self, option: Option, truth: Truth) -> Judged:
        meant = [self.own[label] for label in option.others if label in self.own]
        if truth == "true":
            objecting = [o.reason for one in meant for o in one.objections] if option.kind == "none" else []
            supporting = [one.support[0] for one in meant if one.support] if option.kind == "all" else []
            return Judged(option.label, "right", support=tuple(objecting or supporting))
        if truth == "unknown":
            return Judged(option.label, "unknown")
        if option.kind == "none":
            right = min((one for one in meant if one.proven), key=lambda one: len(one.objections))
            first = right.support[0] if right.support else Reason("It meets what is asked.")
            says = f"Option {right.option.label} does: {first.says}"
            return Judged(option.label, "wrong", (_false(msgspec.structs.replace(first, says=says)),))
        wrong = next(one for one in meant if one.objections)
        first = wrong.objections[0].reason
        says = f"Option {wrong.option.label} is wrong: {first.says}"
        return Judged(option.label, "wrong", (_false(msgspec.structs.replace(first, says=says)),))

    def _final(self, one: Standing, best: Sequence[Standing]) -> Judged:
        """Return what becomes of an option that speaks for itself."""
        label, support = one.option.label, tuple({(r.rule, r.says): r for r in one.support}.values())
        if one.objections:
            distinct: dict[tuple[str, str], Objection] = {}
            for objection in one.objections:
                distinct.setdefault((objection.reason.rule, objection.reason.says), objection)
            # What is wrong for a need that something else in the option meets comes last.
            ordered = sorted(distinct.values(), key=lambda o: (o.need in one.verdicts, o.mild, KINDS.index(o.kind)))
            return Judged(label, "wrong", tuple(ordered), support)
        if one.open:
            return Judged(label, "unknown", (), support)
        embracing = self.embraced.get(label)
        if embracing and self.question.select == 1:
            rest = [other for other in embracing.others if other != label]
            so = f"so are {', '.join(rest[:-1])} and {rest[-1]}" if len(rest) > 1 else f"so is {rest[0]}"
            says = f"It is right, but {so}: option {embracing.label} says so."
            return Judged(label, "wrong", (Objection("incomplete", Reason(says)),), support)
        if self.question.select == 1 and len(best) > 1:
            return Judged(label, "unknown", (), support)
        return Judged(label, "right", (), support)

    def _guess(self, judged: Sequence[Judged]) -> tuple[str, ...]:
        """Return the labels that are most likely right: those that fit best, or have the least against them."""

        def order(one: Judged) -> tuple[float, ...]:
            standing = self.own.get(one.label)
            hard = sum(2 if not o.mild else 1 for o in one.objections)
            proven = standing is not None and standing.proven
            weight = {"right": 0, "unknown": 1, "wrong": 2}[one.verdict]
            if not self.leaning:
                return weight, hard, -proven, -len(one.support)
            return -(self.leaning.get(one.label, 0.0) + proven_odds(one)), weight, hard

        ranked = sorted(judged, key=order)
        right = sum(one.verdict == "right" for one in ranked)
        wanted = self.question.select or max(_FEWEST if self.leaning else 1, right)
        return tuple(sorted(one.label for one in ranked[:wanted]))


def proven_odds(one: Judged) -> float:
    """Return what is proven of an option in log odds."""
    kinds = {objection.kind for objection in one.objections}
    return _SUPPORTED * min(len(one.support), _REASONS) - sum(_COUNTER.get(kind, 0.0) for kind in sorted(kinds))


def _superfluous(one: Objection) -> Objection:
    return msgspec.structs.replace(one, kind="excessive") if one.kind == "off-need" else one


def _false(why: Reason) -> Objection:
    return Objection("false-claim", why)
