"""What differs between two sides, as a page in Markdown: the answers that do not stay right, then other decisions."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from adjudge.explaining.diff_report import by_cause, figures
from adjudge.explaining.sides import say_outcome
from adjudge.words import listed
from adjudge_cli.causes_text import cited, lead_of
from adjudge_cli.diff_text import capital, say_fate, says_of, sum_up
from adjudge_cli.markdown import escaped, item, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from adjudge.explaining.causes import Causes
    from adjudge.explaining.diff_report import Figures
    from adjudge.explaining.differing import Compared, Difference
    from adjudge_cli.diff_text import Evaluators, Labels

_AMONG = (
    "A question is answered among its own options only, so one of them may be right for want of a better one that the "
    "decision names."
)


def write(evaluators: Evaluators, labels: Labels, found: Sequence[Compared], paths: Sequence[str]) -> None:
    """Write the page to standard output."""
    sys.stdout.write("\n\n".join(_Page(evaluators, labels).blocks(found, paths)) + "\n")


class _Page:
    def __init__(self, evaluators: Evaluators, labels: Labels) -> None:
        self.evaluators, self.labels = evaluators, labels
        self.before, self.after = (escaped(str(one)) for one in labels)

    def blocks(self, found: Sequence[Compared], paths: Sequence[str]) -> Iterator[str]:
        """Yield the blocks of the page."""
        yield f"# What comes out otherwise {self.after} than {self.before}"
        yield paragraph(f"Written by `{self._command(paths)}`.")
        counted = figures(found)
        if counted.proven:
            yield paragraph(self._of_answers(counted))
        yield paragraph(escaped(sum_up(self.labels, found)))
        groups = by_cause(found)
        if groups:
            yield "## Answers that do not stay as they are"
        for causes, ones in groups:
            yield f"### {escaped(self._heading(causes))}"
            yield from self._causes(causes)
            yield "\n".join(item(self._answer(one)) for one in ones)
        others = [(one, other) for one in found for other in one.differences if not (one.fated and one.fated.causes)]
        if others:
            yield "## Decisions on which no answer hangs"
            yield "\n".join(item(self._decision(one, other)) for one, other in others)

    def _command(self, paths: Sequence[str]) -> str:
        days = [f"--as-of {label.day}" for label in self.labels if label.day]
        rules = [f"--rules {shlex.quote(label.rules)}" for label in self.labels if label.rules]
        return " ".join(["adjudge diff", *days, *rules, *map(shlex.quote, paths), "--format markdown"])

    def _of_answers(self, counted: Figures) -> str:
        gone = counted.proven - counted.still_right
        kinds = (
            (counted.no_longer_right, "wrong"),
            (counted.no_longer_proven, "no longer proven"),
            (counted.joined, "not the only right one"),
        )
        became = listed([f"{count} {words}" for count, words in kinds if count])
        lead = (
            f"Of {counted.questions} questions, {counted.proven} have an answer that is proven right {self.before}. "
            f"**{gone} of these answers would no longer be right {self.after}"
        )
        if not gone:
            return f"{lead}.**"
        if counted.recalled:
            sure = f"In {counted.recalled} of these cases the reason is only recalled, not verified."
        else:
            sure = "In each of these cases the reason is verified."
        return f"{lead}** ({became}); {counted.still_right} still are. {sure} {_AMONG}"

    def _heading(self, causes: Causes) -> str:
        """Return what a group is about: choices to which something happened, or else topics of the rules."""
        knowledge = self.evaluators[1].knowledge
        names = [knowledge.name(one.choice) for one in causes.found if one.choice]
        topics = [knowledge.topics.get(one.reason.rule.partition(".")[0]) for one in causes.found]
        titles = dict.fromkeys(one.title for one in topics if one)
        return listed(names) or f"Rules: {listed(list(titles)) or 'of the catalog'}"

    def _causes(self, causes: Causes) -> Iterator[str]:
        if lead_of(causes):
            yield paragraph(escaped(lead_of(causes)))
        if len(causes.found) == 1:
            yield paragraph(cited(causes.found[0]))
        elif causes.found:
            yield "\n".join(item(cited(one)) for one in causes.found)
            yield "Hence:"

    def _answer(self, one: Compared) -> str:
        told = f"{self._named(one)}: {escaped(say_fate(self.labels, one))}"
        knowledge = self.evaluators[1].knowledge
        now = [f"{says_of(self.evaluators, d.need)}: {say_outcome(knowledge, d.after)}" for d in one.differences]
        return told + (f" Decided {self.after}: {escaped('; '.join(now))}." if now else "")

    def _decision(self, one: Compared, other: Difference) -> str:
        outcomes = zip(self.evaluators, (other.before, other.after), strict=True)
        was, now = (escaped(say_outcome(evaluator.knowledge, outcome)) for evaluator, outcome in outcomes)
        says = escaped(capital(says_of(self.evaluators, other.need)))
        causes = " ".join([escaped(lead_of(other.causes)), *map(cited, other.causes.found)]).strip()
        return f"{self._named(one)}: {says}: {was} → **{now}**. {causes}"

    def _named(self, one: Compared) -> str:
        return f"**{escaped(one.scenario.id)}** {escaped(one.scenario.title.strip())}"
