"""One option on its own: whether what it proposes, orders and claims is right for the scenario, and what objects."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

import msgspec

from adjudge.claims import Claims
from adjudge.inference import InconsistentError
from adjudge.judging import Argument, Verdict, rank
from adjudge.question import Option
from adjudge.reasons import Reason, against, reason
from adjudge.shortfall import nearest_rule
from adjudge.steps import examine_steps
from adjudge.words import say_test, show_requirement

if TYPE_CHECKING:
    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.facts import Requirement
    from adjudge.inference import Inference
    from adjudge.judging import Decision
    from adjudge.knowledge import Knowledge
    from adjudge.question import Question

Kind = Literal["rejected", "beaten", "off-need", "false-claim", "incomplete", "excessive"]
KINDS: tuple[Kind, ...] = ("false-claim", "rejected", "off-need", "beaten", "incomplete", "excessive")


_CLOSE = 0.8  # how much a name must be like another to be taken for it, from 0 to 1


class Objection(msgspec.Struct, frozen=True):
    """Why an option is wrong; `choice` is what it concerns, where that is one choice, and `need` for what it is wrong.

    `mild` marks what only says that nothing speaks for it.
    """

    kind: Kind
    reason: Reason
    choice: str = ""
    need: str = ""
    mild: bool = False


class Standing(msgspec.Struct):
    """What is known of one option while the options are judged."""

    option: Option
    objections: list[Objection]
    support: list[Reason]
    verdicts: dict[str, list[Verdict]]  # need -> those of its choices that work for it
    proven: bool = False  # whether everything it says is known to be right
    missing_steps: dict[str, Reason] = {}  # by the step's rule
    clashes: bool = False  # whether it says of the situation what is known not to be so

    @property
    def sound(self) -> bool:
        """Whether all that it says is right."""
        return self.proven and not self.objections

    @property
    def open(self) -> bool:
        """Whether nothing speaks against it, but not enough for it."""
        return not self.proven and not self.objections

    def best(self, need: str) -> tuple[int, tuple[int, int]]:
        """Return how well its best choice for a need stands: more is better."""
        found = [(1 + (v.verdict == "recommended"), rank(v)) for v in self.verdicts.get(need, ())]
        return max(found, default=(0, (0, 0)))


class Options:
    """The options of a question about an evaluated scenario, each to be judged on its own.

    `needs` are those that an answer has to meet, `decisions` what is decided on them among the offered choices.
    """

    def __init__(self, evaluator: Evaluator, evaluation: Evaluation, question: Question) -> None:
        self.evaluator, self.evaluation = evaluator, evaluation
        self.knowledge: Knowledge = evaluator.knowledge
        self.inference, self.day = evaluation.inference, evaluation.day
        self.offered = frozenset(choice for option in question.options for choice in option.choices)
        self.needs = question.decides or self._asked()
        self.decisions = self._decide(self.inference)

    def _asked(self) -> tuple[str, ...]:
        """Return the raised needs for which some option offers a candidate; if there are none, all raised needs."""
        if not self.offered:
            return ()
        raised = tuple(need for need in self.knowledge.needs if self.inference.raises(need))
        return tuple(n for n in raised if self.offered.intersection(self.knowledge.needs[n].candidates)) or raised

    def _decide(self, inference: Inference) -> dict[str, Decision]:
        return {need: self.evaluator.decide(inference, need, self.day, self.offered) for need in self.needs}

    def stand(self, option: Option) -> Standing:
        """Judge one option on its own."""
        found = Standing(option, [], [], {}, proven=True)
        inference, decisions = self.inference, self.decisions
        if option.entails:
            try:
                inference = self.evaluator.infer((*self._stated(), *option.entails), self.day)
                decisions = self._decide(inference)
            except InconsistentError as error:
                found.objections.append(self._clash(option, error))
                found.clashes = True
        found.objections += [Objection("false-claim", self._unheard(name)) for name in option.unheard]
        if option.steps:
            self._walk(found, decisions)
        for choice in option.proposes:
            self._propose(found, choice, decisions, inference)
        claims = Claims(self.evaluator, inference, self.day)
        for claim in option.claims:
            finding = claims.check(claim)
            if finding.truth == "false":
                found.objections.append(Objection("false-claim", finding.reason, claim.about))
            elif finding.truth == "true":
                found.support.append(finding.reason)
            found.proven = found.proven and finding.truth == "true"
        if not (option.choices or option.claims):
            found.proven = False
        return found

    def _stated(self) -> tuple[Requirement, ...]:
        return tuple(one for one in self.inference.requirements if one.origin in ("stated", "read"))

    def _clash(self, option: Option, error: InconsistentError) -> Objection:
        """Tell which requirement the option goes against."""
        entailed = set(option.entails)
        stated = sorted(map(show_requirement, error.roots - entailed))
        taken = sorted(map(show_requirement, error.roots & entailed)) or sorted(map(show_requirement, entailed))
        attribute = self.knowledge.attributes[error.first.attribute]
        said = {one: attribute.show(one.facts[0].value) for one in (error.first, error.second)}
        if entailed & said.keys() and len(error.first.facts) == len(error.second.facts) == 1:
            mine = error.first if error.first in entailed else error.second
            other = error.second if mine is error.first else error.first
            not_so = "not " if mine.facts[0].relation == "is-not" else ""
            says = f"“{attribute.question}” It answers: {not_so}{said[mine]}; the scenario: {said[other]}."
        else:
            says = f"It comes to {' and '.join(taken)}, which goes against {' and '.join(stated) or 'the scenario'}."
        derived = [one.by for one in (error.first, error.second) if one.by]
        because = next((r for r in self.knowledge.derivations if r.id in derived), None)
        if because:
            says = f"{says} {because.because}"
        sources = because.sources if because else ()
        roots = tuple(sorted(error.roots - entailed, key=show_requirement))
        return Objection("rejected", Reason(says, because.id if because else "", sources, roots))

    def _unheard(self, name: str) -> Reason:
        known = [name for choice in self.knowledge.choices.values() for name in (choice.name, *choice.aliases)]
        close = get_close_matches(name, known, n=1, cutoff=_CLOSE)
        near = f" The nearest name that is: {close[0]}." if close else ""
        asked = "; ".join(self.knowledge.needs[need].says for need in self.needs)
        return Reason(f"Nothing called {name} is known here{f' for what is asked ({asked})' if asked else ''}.{near}")

    def _propose(self, found: Standing, choice: str, decisions: dict[str, Decision], inference: Inference) -> None:
        """Find out where a proposed choice works; object if it does so nowhere."""
        verdicts = {n: v for n, d in decisions.items() for v in d.verdicts if v.choice == choice}
        works = {need: v for need, v in verdicts.items() if v.verdict in ("recommended", "beaten")}
        for need, verdict in works.items():
            found.verdicts.setdefault(need, []).append(verdict)
            found.support += [reason(self.knowledge, one) for one in verdict.arguments if not one.rival]
        if works:
            return
        rejecting = {need: v for need, v in verdicts.items() if v.verdict == "rejected"}
        for need, verdict in (rejecting or verdicts).items():
            evaluation = msgspec.structs.replace(self.evaluation, inference=inference)
            reasons = against(self.knowledge, evaluation, decisions[need], verdict)
            if rejecting:
                reasons.sort(key=lambda one: one.rule.partition(".")[0] == choice)  # its limits after the topic's rules
                found.objections += [Objection("rejected", one, choice, need) for one in reasons]
            else:
                aside = self._aside(need, choice, reasons[-1], inference)
                found.objections.append(Objection("off-need", aside, choice, need, mild=True))
        if not verdicts:
            out = self._ruled_out(choice, inference)
            found.objections += [Objection("rejected", one, choice) for one in out]
            found.objections += [Objection("off-need", self._elsewhere(choice), choice)] if not out else []

    def _aside(self, need: str, choice: str, lacking: Reason, inference: Inference) -> Reason:
        """Say what a choice is good for that could serve a need, but that nothing stated calls for."""
        near = nearest_rule(self.knowledge, need, choice, inference.facts, self.day)
        lacks = []
        for one in near.outcomes if near else ():
            if one.state != "held":
                attribute = self.knowledge.attributes[one.test.attribute]
                known = inference.facts.get(attribute.id)
                others = ", ".join(map(attribute.show, known.true)) if known else ""
                instead = f" (here: {others})" if others else " (not said here)"
                lacks.append(f"{say_test(one.test, attribute)}{instead}")
        called = f" It is called for where {' and '.join(lacks)}." if lacks else " Nothing here calls for it."
        return msgspec.structs.replace(lacking, says=f"{self.knowledge.choices[choice].does}{called}")

    def _ruled_out(self, choice: str, inference: Inference) -> list[Reason]:
        """Return the principles of the needs that reject the traits of a choice which serves none of them."""
        held = self.knowledge.choices[choice].traits
        found = []
        for need in self.needs:
            rules = self.knowledge.needs[need].rules
            for number in self.evaluator.engine(need).match(inference.facts):
                rule = rules[number]
                if rule.kind != "reject" or not rule.traits or not rule.valid(self.day):
                    continue
                wanted: dict[str, set[str]] = {}
                for one in rule.traits:
                    name, _, value = one.partition("=")
                    wanted.setdefault(name, set()).add(value)
                if all(name in held and values & set(held[name].values) for name, values in wanted.items()):
                    supports = inference.support(rule)
                    argument = Argument(rule, choice, supports, inference.rests_on(supports))
                    found.append(reason(self.knowledge, argument))
        return found

    def _elsewhere(self, choice: str) -> Reason:
        """Say what a choice is good for that serves none of the needs."""
        known = self.knowledge.choices[choice]
        asked = "; ".join(self.knowledge.needs[need].says for need in self.needs)
        says = f"{known.does} It does nothing about what is asked{f' ({asked})' if asked else ''}."
        raised = [d.raised for d in self.decisions.values() if d.raised]
        supports = [one for r in raised for one in sorted(self.inference.rests_on((r,)), key=show_requirement)]
        return Reason(says, sources=known.sources, supports=tuple(dict.fromkeys(supports)))

    def _walk(self, found: Standing, decisions: dict[str, Decision]) -> None:
        """Judge the order of an option's steps, and those steps that no ladder orders like any other proposal."""
        walk = examine_steps(self.knowledge, self.needs, found.option.steps)
        found.missing_steps = {one.rule: one for one in walk.missing}
        found.support += () if walk.misplaced else walk.support
        found.objections += [Objection("rejected", one) for one in walk.misplaced]
        for need, ladder in walk.ladders.items():
            found.verdicts.setdefault(need, []).append(Verdict(ladder, "recommended"))
        for choice in walk.loose:
            self._propose(found, choice, decisions, self.inference)
