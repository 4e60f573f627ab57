"""Proofs as trees in the words of the vocabulary: from a reason down to what was stated, and to the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from adjudge.words import say_requirement, show_requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.facts import Requirement
    from adjudge.inference import Inference
    from adjudge.knowledge import Knowledge
    from adjudge.reasons import Reason

ProofKind = Literal["reason", "trait", "stated", "read", "derived", "assumed"]


class ToldProof(msgspec.Struct, frozen=True):
    """Something that holds, with what it rests on below it.

    Of a requirement, `asks` is the question to which `says` is the answer, `written` how a scenario states it,
    `quote` the words it was read from, and `since` why it was derived or assumed. Of a preference, `lead` tells what
    is preferred.
    """

    says: str
    kind: ProofKind
    asks: str = ""
    written: str = ""
    quote: str = ""
    since: str = ""
    rule: str = ""
    sources: tuple[str, ...] = ()
    below: tuple[ToldProof, ...] = ()
    lead: str = ""

    @property
    def sentence(self) -> str:
        """What it says, with what is preferred before it."""
        return f"{self.lead}: {self.says}" if self.lead else self.says


class Prover:
    """Writes down the proofs of what follows in one scenario; `text` is the prose that it was read from, if any."""

    def __init__(self, knowledge: Knowledge, inference: Inference, text: str = "") -> None:
        self.knowledge, self.inference, self.text = knowledge, inference, text

    def reason(self, one: Reason) -> ToldProof:
        """Return the proof of a reason."""
        traits = (
            ToldProof(f"{self.knowledge.name(trait.choice)}: {trait.says}", "trait", sources=trait.sources)
            for trait in one.traits
        )
        return ToldProof(
            one.says,
            "reason",
            rule=one.rule,
            sources=one.sources,
            below=(*map(self.requirement, one.supports), *traits),
        )

    def requirement(self, one: Requirement) -> ToldProof:
        """Return the proof of a requirement."""
        attribute = self.knowledge.attributes[one.attribute]
        derivation = self.inference.derivations.get(one)
        told = ToldProof(
            say_requirement(one, attribute),
            one.origin,
            attribute.question,
            show_requirement(one),
            " ".join(self.text[slice(*one.span)].split()) if one.span else "",
            attribute.assume_because if one.origin == "assumed" else "",
        )
        if derivation is None:
            return told
        rule = derivation.rule
        below = tuple(map(self.requirement, derivation.supports))
        return msgspec.structs.replace(told, since=rule.because, rule=rule.id, sources=rule.sources, below=below)


def all_sources(proof: ToldProof) -> Iterator[str]:
    """Yield every source that a proof leans on."""
    yield from proof.sources
    for one in proof.below:
        yield from all_sources(one)
