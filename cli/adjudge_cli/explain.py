"""`adjudge explain`: the right option of a question and why, and why each other one is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from adjudge.answering import answer
from adjudge.answers import answers_document
from adjudge.api import evaluate_scenario, load_knowledge
from adjudge.errors import InputError, Problem, ScenarioError, nearest
from adjudge.evaluation import Evaluator
from adjudge.scenario import read_scenario
from adjudge.words import show_requirement
from adjudge_cli.case import check_day
from adjudge_cli.inputs import find
from adjudge_cli.json_output import write_document
from adjudge_cli.rendering import Page, Reasons, styled
from adjudge_cli.terminal import clean, one_line, show_problems, tell_of_parsing

if TYPE_CHECKING:
    from pathlib import Path

    from adjudge.answering import Answer, Judged
    from adjudge.evaluation import Evaluation
    from adjudge.question import Option, Question
    from adjudge.reasons import Reason
    from adjudge.scenario import Scenario

_SHORT = 2  # reasons shown of an option where all options are shown


def run(path: str, label: str, written_as: str, as_of: str, rules: Path | None) -> int:
    """Explain a question, or one option of it; return the exit code."""
    try:
        check_day(as_of)
        evaluator = Evaluator(load_knowledge(rules, tell_of_parsing), "native")
        scenario = _read(path, evaluator)
        question: Question = scenario.question
        _check_label(scenario, label)
        evaluation = evaluate_scenario(scenario, evaluator, as_of)
    except InputError as error:
        show_problems(error.problems)
        return 2
    given = answer(evaluator, evaluation, question)
    if written_as == "json":
        write_document(answers_document(evaluator.knowledge, [(scenario, evaluation, given)], label))
    else:
        _Writer(evaluator, scenario, evaluation, given).write(label)
    return 0


def _read(path: str, evaluator: Evaluator) -> Scenario:
    inputs, missing = find([path])
    if missing:
        raise ScenarioError(missing)
    if len(inputs) > 1:
        raise ScenarioError([Problem(path, 0, 0, "is a folder; explain takes one question")])
    scenario = read_scenario(inputs[0].read(), inputs[0].name, evaluator.knowledge)
    if scenario.question is None:
        hint = f"`adjudge evaluate {path}` decides it"
        raise ScenarioError([Problem(inputs[0].name, 0, 0, "is a scenario without a `question`", hint)])
    return scenario


def _check_label(scenario: Scenario, label: str) -> None:
    labels = [option.label for option in scenario.question.options]
    if label and label not in labels:
        hint = nearest(label, labels)
        raise ScenarioError([Problem("--option", 0, 0, f"{scenario.id} has no option `{label}`", hint)])


class _Writer:
    """Writes an answered question for people."""

    def __init__(self, evaluator: Evaluator, scenario: Scenario, evaluation: Evaluation, given: Answer) -> None:
        self.knowledge, self.scenario, self.evaluation, self.given = evaluator.knowledge, scenario, evaluation, given
        self.question: Question = scenario.question
        self.page, self.reasons = Page(), Reasons(evaluator.knowledge, evaluation.inference)

    def write(self, label: str) -> None:
        """Write all of it, or one option at length."""
        title = one_line(self.scenario.title.strip())
        self.page.print(styled(title, "bold"), styled(f"{self.scenario.id}, as of {self.evaluation.day}", "dim"))
        pairs = list(zip(self.question.options, self.given.options, strict=True))
        if label:
            self.page.print(styled(self.question.asks))
            self.page.print()
            for option, judged in pairs:
                if option.label == label:
                    self._option(option, judged, at_length=True)
        else:
            self._situation()
            pairs.sort(key=lambda pair: pair[1].label not in self.given.labels)
            for option, judged in pairs:
                self._option(option, judged, at_length=False)
            self._close()
        self.page.flush()

    def _situation(self) -> None:
        if self.scenario.text:
            self.page.print(styled(self.scenario.text.strip()))
        self.page.print(styled(self.question.asks, "bold"))
        self.page.print()
        if self.scenario.requirements:
            self.page.print("Stated:")
            for one in self.scenario.requirements:
                question = self.knowledge.attributes[one.attribute].question
                shown = Text.assemble((clean(show_requirement(one)), "cyan"), (f"  {clean(question)}", "dim"))
                self.page.line(shown)
            self.page.print()

    def _option(self, option: Option, judged: Judged, *, at_length: bool) -> None:
        picked = judged.label in self.given.labels
        style = "green" if picked else "red" if judged.verdict == "wrong" else "yellow"
        sign = "→" if picked else "✗" if judged.verdict == "wrong" else "?"
        kinds = ", ".join(dict.fromkeys(o.kind for o in judged.objections))
        verdict = f"  {kinds}" if kinds else "  not decided" if judged.verdict == "unknown" else ""
        head = Text.assemble(
            (f"{sign} {judged.label}  ", f"bold {style}"), (clean(option.says), "bold"), (verdict, style)
        )
        tree = Tree(head, guide_style="dim")
        objections = judged.objections if at_length else judged.objections[:_SHORT]
        for one in objections:
            self.reasons.add(tree, one.reason, f"{self._subject(one.choice, one.reason)}")
        if not judged.objections or at_length:
            support = judged.support if at_length else judged.support[: _SHORT + 1]
            for reason in support:
                self.reasons.add(tree, reason, "For it: " if judged.objections else "")
        rest = len(judged.objections) - len(objections)
        if rest > 0:
            tree.add(styled(f"and {rest} more: adjudge explain {self.scenario.id} --option {judged.label}", "dim"))
        if at_length:
            for choice in option.choices:
                known = self.knowledge.choices[choice]
                tree.add(styled(f"{known.name}: {known.does}", "dim"))
        self.page.line(Text("")) if at_length else None
        self.page.tree(tree)

    def _subject(self, choice: str, reason: Reason) -> str:
        """Return who is spoken of, where the reason does not begin with it."""
        if reason.winner:
            return f"{self.knowledge.name(reason.winner)} is preferred: "
        name = self.knowledge.name(choice) if choice else ""
        return f"{name}: " if name and not reason.says.startswith(name) else ""

    def _close(self) -> None:
        self.page.print()
        if not self.given.decided:
            self.page.line("Not decided: nothing proves one answer against the rest; this is the best guess.", "yellow")
        if self.question.answer:
            expected = "".join(self.question.answer)
            agrees = self.question.accepts(self.given.labels)
            self.page.line(f"Expected: {expected}{'' if agrees else ', which differs'}.", "" if agrees else "yellow")
        for what, said in (("Disputed", self.question.disputed), ("Damaged", self.question.damaged)):
            if said:
                self.page.line(f"{what}: {said}")
