"""An interview with a person: at a terminal, or through a pipe with one line for each question."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from adjudge.explaining.interview_report import asks, reasons_to_ask
from adjudge.reasons import reason
from adjudge.words import listed, say_answer
from adjudge_cli.rendering import Page, Reasons, styled
from adjudge_cli.terminal import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.explaining.asking import Question
    from adjudge.explaining.interviewing import Turn
    from adjudge.knowledge import Knowledge, Rule
    from adjudge_cli.interview import Ended

_FEW = 12  # answers that are listed even where no rule asks for them
_NAMED = 4  # choices that are named
_ENDS = {
    "settled": "No further answer can change this.",
    "nothing-left": "Nothing is left to ask. What was not known may still change this.",
    "stopped": "Stopped early: further answers may still change this.",
}
_HELP = {
    "boolean": "Reply with a number or the word.",
    "single": "Reply with a number or the words; `not ...` for what it is not.",
    "multiple": "Reply with numbers or the words, several between commas; `not ...` for what is not so.",
    "quantity": "Reply with an amount; `at least ...`, `at most ...` or `below ...` where it is not exactly known.",
}
_ELSE = "An empty line if you do not know; `why` tells why this matters; `back`; `stop`."
_EXAMPLES = {"bytes": "2 TB", "duration": "5 min", "count": "1000", "share": "90 %", "per-second": "1000/s"}


class TextVoice:
    """Writes what is asked and told for people."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.page = Page()
        self.at_terminal = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
        self._helped: set[str] = set()

    def ask_need(self, needs: Sequence[str]) -> None:
        """Ask what has to be decided, or which of some needs is meant."""
        if not needs:
            self._ask("What has to be decided?", "", [], "Say it in your own words, such as: where to host the model")
            return
        answers = [(self.knowledge.needs[need].says, need) for need in needs]
        self._ask("Which of these is it?", "", answers, "Reply with a number, or say it in other words.")

    def ask(self, now: Turn, question: Question) -> None:
        """Ask a question; answers that no rule asks for are left out where there are many."""
        attribute = question.attribute
        count = len(question.values)
        shown = question.telling if count > _FEW and question.telling else count
        rest = f"`all` lists {count - shown} more answers." if count > shown else ""
        hint = "" if attribute.kind in self._helped else f"{_HELP[attribute.kind]} {_ELSE}"
        self._helped.add(attribute.kind)
        told = asks(question) + (f" (such as {_EXAMPLES[attribute.unit]})" if attribute.unit in _EXAMPLES else "")
        standing = self._standing(now)
        self._ask(told, attribute.id, self._answers(question, shown), f"{rest} {hint}".strip(), standing)

    def tell_why(self, question: Question) -> None:
        """Tell what hangs on a question."""
        attribute = question.attribute
        said = [
            f"If the answer is “{say_answer(answer, attribute)}”: {self._names(then, 'or') or 'nothing fits any more'}."
            for answer, then in question.outcomes
        ]
        if not said:
            said.append("No answer changes the outcome by itself, but with other answers it may.")
        said += [f"{self._claim(rule)}: {rule.because}" for rule in reasons_to_ask(question)]
        self._tell(said)
        self._prompt()

    def tell_all(self, question: Question) -> None:
        """List all answers to a question."""
        self._ask(asks(question), question.attribute.id, self._answers(question, len(question.values)), "")

    def refuse(self, what: str, hint: str = "") -> None:
        """Tell that a reply cannot be used."""
        self._tell([f"{what[:1].upper()}{what[1:]}" + (f" ({hint})" if hint else "") + "."])

    def close(self, ended: Ended) -> None:
        """Show the decision in short, and the scenario or where it was written."""
        now, page = ended.now, self.page
        decision = now.decision
        says = self.knowledge.needs[decision.need].says
        page.print()
        page.print(styled(f"{says[:1].upper()}{says[1:]}", "bold underline"), styled(decision.need, "dim"))
        if not decision.leading:
            page.line("Open: nothing that was said makes any choice fit.", "yellow")
        elif len(decision.leading) > 1:
            page.line(f"Tied: nothing that was said separates {self._names(decision.leading)}.", "yellow")
        reasons = Reasons(self.knowledge, now.evaluation.inference)
        for verdict in decision.verdicts:
            if verdict.choice in decision.leading:
                tree = Tree(styled(f"→ {self.knowledge.name(verdict.choice)}", "bold green"), guide_style="dim")
                for argument in verdict.arguments:
                    if not argument.rival:
                        reasons.add(tree, reason(self.knowledge, argument))
                page.tree(tree)
        page.line(_ENDS[ended.why])
        if ended.path:
            page.print(
                styled(f"Written to {one_line(ended.path)}: `adjudge evaluate {one_line(ended.path)}` tells the rest.")
            )
            page.flush()
            return
        page.print("\nThe scenario, for `adjudge evaluate`:\n")
        page.flush()
        sys.stdout.write(clean(ended.file))

    def _standing(self, now: Turn) -> str:
        """Tell what leads so far, and what else may."""
        lead, rest = now.decision.leading, [one for one in now.leaders if one not in now.decision.leading]
        ahead = f"So far {self._names(lead)} {'leads' if len(lead) == 1 else 'lead'}" if lead else "So far nothing fits"
        return f"{ahead}. Still possible: {self._names(rest)}." if rest else f"{ahead}."

    def _names(self, choices: Iterable[str], word: str = "and") -> str:
        names = [self.knowledge.name(choice) for choice in choices]
        more = len(names) - _NAMED
        return listed([*names[:_NAMED], f"{more} others"] if more > 1 else names, word)

    def _claim(self, rule: Rule) -> str:
        subjects = self._names(rule.subjects)
        if rule.kind == "prefer":
            return f"For {subjects} rather than {self._names(rule.over)}"
        return (
            f"{'Against' if rule.kind == 'reject' else 'For'} {subjects}"
            if subjects
            else "It matters which goal counts"
        )

    def _answers(self, question: Question, shown: int) -> list[tuple[str, str]]:
        attribute = question.attribute
        if attribute.kind == "boolean":
            return [("yes", ""), ("no", "")]
        return [(attribute.values[one].says, one) for one in question.values[:shown]]

    def _ask(self, asked: str, name: str, answers: list[tuple[str, str]], hint: str, standing: str = "") -> None:
        """Ask in several lines at a terminal; in one through a pipe."""
        if not self.at_terminal:
            options = "; ".join(f"{number} {says}" for number, (says, _) in enumerate(answers, 1))
            parts = [asked, f"({name})" if name else "", f"[{options}]" if options else ""]
            self._write(" ".join(filter(None, parts)))
            return
        self.page.print()
        if standing:
            self.page.print(styled(standing, "dim"))
        self.page.print(styled(asked, "bold"), styled(name, "dim"))
        for number, (says, value) in enumerate(answers, 1):
            self.page.line(Text.assemble((f"{number:>3}  ", "cyan"), clean(says), (f"  {clean(value)}", "dim")))
        if hint:
            self.page.print(styled(hint, "dim"))
        self.page.flush()
        self._prompt()

    def _prompt(self) -> None:
        if self.at_terminal:
            sys.stdout.write("> ")
            sys.stdout.flush()

    def _tell(self, said: list[str]) -> None:
        if not self.at_terminal:
            self._write(" ".join(said))
            return
        for one in said:
            self.page.line(one)
        self.page.flush()

    def _write(self, text: str) -> None:
        sys.stdout.write(f"{one_line(text)}\n")
        sys.stdout.flush()
