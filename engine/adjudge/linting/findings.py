"""What is found wrong with the knowledge base: kinds of findings by their codes, and single findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from adjudge.building import Site
    from adjudge.errors import Problem

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")  # the gravest first


class Kind(msgspec.Struct, frozen=True):
    """A kind of findings: its code, how grave it is, what it means, why it matters, and how it is mended."""

    code: str
    severity: Severity
    means: str
    why: str
    mend: str


class Finding(msgspec.Struct, frozen=True, order=True):
    """One thing found: where, of which kind, about what, and what is the case.

    Lines and columns count from 1; line 0 means the file as a whole. `id` is what an excuse names.
    """

    file: str
    line: int
    column: int
    code: str
    id: str
    says: str
    width: int = 1

    @property
    def kind(self) -> Kind:
        """What this is an instance of."""
        return KINDS[self.code]


def found_at(site: Site, code: str, name: str, says: str) -> Finding:
    """Return a finding at the place of an entry."""
    return found_in(site.file.problem(site.path, says), code, name)


def found_in(problem: Problem, code: str, name: str = "") -> Finding:
    """Return a finding for a problem."""
    says = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    return Finding(problem.file, problem.line, problem.column, code, name, says, problem.width)


_KINDS = (
    Kind(
        "invalid",
        "error",
        "The files cannot be used as they are.",
        "No command decides anything until this is mended, and nothing else can be checked.",
        "Do what the message says.",
    ),
    Kind(
        "unavailable-without-successor",
        "warning",
        "A rule recommends what cannot be had any more, and nothing that has taken its place is recommended instead.",
        "Whoever has this need gets a rejection and no advice.",
        "Name what has taken its place in `successors`, and write a rule of this need that recommends it.",
    ),
    Kind(
        "unchecked-for-a-year",
        "warning",
        "An event counts as verified, but nobody has looked for a year, or the day of the check is not noted.",
        "Dates are put off and services are kept on; a decision must not rest on what was true once.",
        "Read the source again and write the day into `checked`, or set `confidence: recalled`.",
    ),
    Kind(
        "date-passed",
        "warning",
        "An event was still to come when it was last checked, and its day has passed since.",
        "It may have been put off; decisions count it as something that has happened.",
        "Read the source again, correct the event, and write the day into `checked`.",
    ),
    Kind(
        "recalled-only",
        "note",
        "Some facts in this file rest on memory alone.",
        "Nobody has read a source for them; they are the first that may be wrong.",
        "Read a source, name it, and drop the ` (recalled)` or the `confidence: recalled`.",
    ),
    Kind(
        "no-example",
        "warning",
        "None of the examples of a rule makes this alternative or this step apply.",
        "A slip in its conditions would go unnoticed.",
        "Add a set of statements to `examples` in which it applies.",
    ),
    Kind(
        "single-use",
        "warning",
        "A single question makes this apply, and no example or scenario does.",
        "It may have been written for that question, and then decides nothing else.",
        "Make it a general truth and show by an example of another case that it is one, or drop it.",
    ),
    Kind(
        "never-exercised",
        "note",
        "No question, scenario or example makes this limit or precondition count.",
        "Nobody has seen it decide anything.",
        "Write a scenario or an example in which it is exceeded or not met.",
    ),
    Kind(
        "dead-rule",
        "warning",
        "This can never apply: what it asks for cannot all be true at once.",
        "It looks like knowledge, and decides nothing.",
        "Correct the conditions, or drop it.",
    ),
    Kind(
        "subsumed-rule",
        "note",
        "Wherever this applies, something more general already leads to the same.",
        "It changes no decision, it only adds a second reason, and has to be kept up all the same.",
        "Drop it, unless its reason tells more than that of the general one.",
    ),
    Kind(
        "near-double",
        "warning",
        "Two rules, or a rule and a limit, ask for the same and lead to the same.",
        "Two reasons are shown where there is one, and a change to one rule leaves the other behind.",
        "Keep one of them (a limit counts for every need), with the better reason and the sources of both.",
    ),
    Kind(
        "shared-name",
        "warning",
        "Several choices go by the same name.",
        "A text that uses the name is read as speaking of all of them, and a command that is given it takes the first.",
        "Leave the name to the choice that people mean by it.",
    ),
    Kind(
        "unreachable-need",
        "warning",
        "No rule tells when this need arises.",
        "Only who states the need by its id, or in the very words of a phrase, gets it decided.",
        "Write a rule that derives it from what people state.",
    ),
    Kind(
        "unused-attribute",
        "warning",
        "No rule asks for this attribute, and no formula computes with it.",
        "People are invited to state something that changes nothing.",
        "Write the rules that it was meant for, or drop it with its phrases.",
    ),
    Kind(
        "unused-value",
        "warning",
        "No rule asks for this value, or no choice has it.",
        "It stands in the vocabulary and has no effect.",
        "Use it, or drop it with its phrases.",
    ),
    Kind(
        "unused-trait",
        "warning",
        "No rule chooses by this trait, no goal is measured by it, and no question claims it.",
        "It is kept up for many choices and decides nothing.",
        "Write a principle that uses it, or drop it.",
    ),
    Kind(
        "long-file",
        "note",
        "A topic takes more lines than one can take in.",
        "An architect reads a topic from top to bottom.",
        "Divide it into topics that each settle one question; several may share a need.",
    ),
    Kind(
        "unused-excuse",
        "warning",
        "An excuse excuses nothing.",
        "What it excused has been mended or renamed; the next one of that name would be excused unseen.",
        "Drop it, or correct its code and its id.",
    ),
)
KINDS = {kind.code: kind for kind in _KINDS}
