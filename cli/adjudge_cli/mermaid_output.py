"""The proofs of decisions as a flowchart in the language of mermaid: from statements by reasons to verdicts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from adjudge_cli.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.explaining.record import Option, Record
    from adjudge.explaining.told_proofs import ToldProof
    from adjudge_cli.told import Told

# What has a meaning in mermaid, in HTML or in Markdown, as which mermaid reads labels.
_SPECIAL = re.compile(r"[^\w .,:()/'“”—…+=?!✓✗-]|_|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_SIGNS = {"recommended": "✓", "beaten": "✗", "rejected": "✗"}
_VERDICTS = {"recommended": "recommended", "beaten": "works, but another fits better", "rejected": "ruled out"}
_STYLES = (
    "classDef given fill:#e8eef9,stroke:#4a6da7,color:#14213d",
    "classDef derived fill:#f4f4f5,stroke:#71717a,color:#18181b",
    "classDef reason fill:#ffffff,stroke:#a1a1aa,color:#18181b",
    "classDef recommended fill:#dff3e4,stroke:#2f7d4f,color:#0f2f1c,stroke-width:2px",
    "classDef beaten fill:#fdf3d8,stroke:#9a7412,color:#3a2b05",
    "classDef rejected fill:#fbe4e2,stroke:#b3443b,color:#40110d",
    "classDef note fill:#ffffff,stroke:#d4d4d8,color:#52525b,stroke-dasharray:4 3",
)


def flowchart(told: Sequence[Told]) -> str:
    """Return one flowchart, with a frame for each decision of each scenario."""
    chart = _Chart()
    for one in told:
        for record in one.records:
            title = record.title if len(told) == 1 else f"{one.title}: {record.title}"
            chart.decision(record, title)
        if not one.records:
            chart.node("note", f"{one.title}: there is nothing to decide.", "[", "]")
    return "\n".join(["flowchart LR", *(f"  {line}" for line in (*chart.lines, *_STYLES))]) + "\n"


def label(text: str) -> str:
    """Return a text as a quoted label in which every sign stands for itself."""
    return '"' + _SPECIAL.sub(lambda found: f"#{ord(found[0])};", " ".join(clean(text).split())) + '"'


class _Chart:
    """Collects the lines of a flowchart; every node has a number of its own."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.nodes = self.frames = 0
        self.known: dict[ToldProof, str] = {}

    def decision(self, record: Record, title: str) -> None:
        """Add a frame with what was weighed; statements and reasons stand in it once."""
        self.frames += 1
        self.known = {}
        self.lines.append(f"subgraph d{self.frames}[{label(title)}]")
        self.lines.append("direction LR")
        for one in record.options:
            self._option(one)
        if not any(one.leads for one in record.options):
            self.node("note", record.outcome, "[", "]")
        uncalled = len(record.uncalled) + len(record.others)
        if uncalled:
            others = f"{uncalled} choices are" if uncalled > 1 else "1 choice is"
            self.node("note", f"{others} left out: nothing that is stated calls for them.", "[", "]")
        self.lines.append("end")

    def _option(self, one: Option) -> None:
        verdict = f"{_SIGNS[one.verdict]} {one.name}: {_VERDICTS[one.verdict]}"
        node = self.node(one.verdict, verdict, "([", "])")
        # What speaks for a choice that is out does not bear on the decision.
        self._lead_to(node, one.pros if one.verdict == "recommended" else (), "-->")
        self._lead_to(node, one.cons, "-. against .->")

    def _lead_to(self, node: str, proofs: Iterable[ToldProof], arrow: str) -> None:
        for proof in proofs:
            self.lines.append(f"{self._proof(proof)} {arrow} {node}")

    def _proof(self, proof: ToldProof) -> str:
        """Return the node of a proof, and add it with all that it rests on if it is new."""
        proof = msgspec.structs.replace(proof, lead="")  # which way a preference goes is told by the arrows
        if proof not in self.known:
            style = proof.kind if proof.kind in ("reason", "derived") else "given"
            says = f"{proof.says}. {proof.since}" if proof.kind == "derived" else proof.says
            text = f"{proof.asks} {says}".strip()
            self.known[proof] = self.node(style, text, *(("(", ")") if style == "reason" else ("[", "]")))
            self._lead_to(self.known[proof], proof.below, "-->")
        return self.known[proof]

    def node(self, style: str, text: str, start: str, end: str) -> str:
        """Add a node; return its id."""
        self.nodes += 1
        self.lines.append(f"n{self.nodes}{start}{label(text)}{end}:::{style}")
        return f"n{self.nodes}"
