"""What a decision would be after changes to what is stated, found fast enough to try very many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from adjudge.explaining.changes import Change, changed
from adjudge.facts import NOTHING, ContradictionError, gather
from adjudge.inference import InconsistentError, Inference, add, assumptions, close
from adjudge.judging import judge

if TYPE_CHECKING:
    from adjudge.evaluation import Evaluation, Evaluator
    from adjudge.facts import Facts, Requirement
    from adjudge.judging import Decision
    from adjudge.knowledge import Rule


class Flip(msgspec.Struct, frozen=True):
    """Changes which together, and in no part, change a decision, and the choices that lead it then."""

    changes: tuple[Change, ...]
    leading: tuple[str, ...]

    @property
    def contradicts(self) -> bool:
        """Tell whether it takes back something that was stated."""
        return any(change.withdrawn for change in self.changes)


class _Unproven(Inference):
    """Facts without their proofs: enough to tell who stands, but not in which order."""

    def support(self, rule: Rule) -> tuple[Requirement, ...]:  # noqa: ARG002  (there is none for any rule)
        return ()


class Trial:
    """Tells what leads a decision after changes, with proofs only where the order of choices hangs on them."""

    def __init__(self, evaluator: Evaluator, evaluation: Evaluation, decision: Decision, target: str) -> None:
        self.evaluator, self.day, self.decision, self.target = evaluator, evaluation.day, decision, target
        self.stated = tuple(one for one in evaluation.inference.requirements if one.origin in ("stated", "read"))
        self.raised = evaluation.inference.raises(decision.need)
        self.defaults = {one.attribute: (one,) for one in assumptions(evaluator.knowledge, ())}
        self._settled = frozenset(one.attribute for one in self.stated).union(self.defaults)
        self._grounds: dict[frozenset[str], Facts] = {}
        self._standing: dict[tuple[int, ...], tuple[str, ...]] = {}

    def leading(self, changes: tuple[Change, ...]) -> tuple[str, ...] | None:
        """Return what leads after changes; None if they contradict something.

        Where the need does not arise any more, that is no other decision: what leads is what led before. Where there is
        a target that could not lead, all that fits may be returned, whatever its order.
        """
        evaluator, need = self.evaluator, self.decision.need
        try:
            facts = self._facts(changes)
        except ContradictionError:
            return None
        if self.raised and need not in facts.get("need", NOTHING).true:
            return self.decision.leading
        standing = self._stand(evaluator.engine(need).match(facts))
        if len(standing) <= 1 or (self.target and self.target not in standing):
            return standing
        try:
            inference = evaluator.infer(changed(self.stated, changes), self.day)
        except InconsistentError:
            return None
        return evaluator.decide(inference, need, self.day).leading

    def _facts(self, changes: tuple[Change, ...]) -> Facts:
        """Return all that follows after changes."""
        knowledge, engine = self.evaluator.knowledge, self.evaluator.engine()
        touched = self._settled.intersection(change.attribute for change in changes)
        if touched not in self._grounds:
            rest = [one for one in self.stated if one.attribute not in touched]
            defaults = (one for one in assumptions(knowledge, rest) if one.attribute not in touched)
            given = gather((*rest, *defaults), knowledge.attributes)
            self._grounds[touched] = close(knowledge, engine, given, self.day)
        facts = self._grounds[touched]
        for change in changes:
            for requirement in change.then or self.defaults.get(change.attribute, ()):
                facts = add(knowledge, facts, requirement)
        return close(knowledge, engine, facts, self.day)

    def _stand(self, fired: tuple[int, ...]) -> tuple[str, ...]:
        """Return the choices that no fired rule keeps from being recommended."""
        if fired not in self._standing:
            knowledge = self.evaluator.knowledge
            without = _Unproven((), {}, {}, {})
            judged = judge(knowledge, knowledge.needs[self.decision.need], without, fired, self.day)
            self._standing[fired] = judged.recommended
        return self._standing[fired]
