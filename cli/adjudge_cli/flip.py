"""`adjudge flip`: the least changes to what is stated that change a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from rich.text import Text
from rich.tree import Tree

from adjudge.errors import InputError
from adjudge.explaining.flip_report import by_outcome, document, turning_point
from adjudge.explaining.flips import LIMIT, Aim, flips
from adjudge.words import either, listed, quoted, say_answer
from adjudge_cli.case import decisions_on, find_choice, open_case
from adjudge_cli.json_output import write_document
from adjudge_cli.rendering import Page, styled
from adjudge_cli.terminal import clean, one_line, progress, show_problems

if TYPE_CHECKING:
    from adjudge.explaining.changes import Change
    from adjudge.explaining.flips import Flips
    from adjudge.explaining.trial import Flip
    from adjudge.explaining.turning import Turn
    from adjudge.vocabulary import Attribute
    from adjudge_cli.case import Asked, Case

_ALIKE, _SHOWN = 3, 10  # flips shown that lead to the same, and all in all
_ANSWERS = 4  # answers named of those that come to the same
_NUMBERS = ("no", "one", "two", "three", "four", "five")


class Wish(NamedTuple):
    """What is asked: for which choice (else for any other decision), on which need, and how far to look."""

    to: str = ""
    need: str = ""
    at_most: int = 3
    all: bool = False


def run(asked: Asked, wish: Wish, written_as: str) -> int:
    """Show what would change the decisions of a scenario; return the exit code."""
    try:
        case = open_case(asked)
        target = find_choice(case.evaluator.knowledge, wish.to) if wish.to else ""
        decisions = decisions_on(case, wish.need, [target] if target else [])
    except InputError as error:
        show_problems(error.problems)
        return 2
    found = [flips(case.evaluator, case.evaluation, one, Aim(target, wish.at_most), progress) for one in decisions]
    if written_as == "json":
        title = case.scenario.title.encode("utf-8", "backslashreplace").decode()
        write_document(document(case.evaluator, case.evaluation, title, found))
    else:
        _Writer(case, wish).write(found)
    return 0 if any(one.flips or one.reached for one in found) else 1


class _Way(NamedTuple):
    """Flips that differ only in their last answer, and turn on the same."""

    turning: Turn
    flips: list[Flip]


class _Writer:
    """Writes what would change the decisions of one scenario."""

    def __init__(self, case: Case, wish: Wish) -> None:
        self.case, self.wish, self.page = case, wish, Page()
        self.knowledge = case.evaluator.knowledge

    def write(self, found: list[Flips]) -> None:
        title = one_line(self.case.scenario.title.strip())
        self.page.print(styled(title, "bold"), styled(f"(as of {self.case.evaluation.day})", "dim"))
        for one in found:
            self.page.print()
            self._decision(one)
        self.page.flush()

    def _decision(self, found: Flips) -> None:
        before = found.before
        says = self.knowledge.needs[before.need].says
        self.page.print(styled(f"{says[:1].upper()}{says[1:]}", "bold underline"), styled(before.need, "dim"))
        names = listed(self._names(before.leading))
        now = {"decided": f"Decided for {names}.", "tied": f"Tied between {names}.", "open": "Open: nothing fits."}
        self.page.line(now[before.status])
        self.page.line(self._summary(found), "" if found.flips else "yellow")
        shown = 0
        for group in by_outcome(found):
            ways = self._ways(found, group)
            room = len(ways) if self.wish.all else min(_ALIKE, max(0, _SHOWN - shown))
            if room:
                self._group(group[0].leading, ways, room)
            shown += sum(self._told(len(way.flips)) for way in ways[:room])
        if shown < len(found.flips):
            self.page.line(f"{shown} of {len(found.flips)} shown; --all shows the rest.", "dim")

    def _summary(self, found: Flips) -> str:
        target = self.knowledge.name(found.target) if found.target else ""
        if found.reached:
            return f"Nothing has to change: {target} leads already."
        if found.barred:
            return f"Nothing that could be stated makes {target} win. {found.barred}"
        aim = f"make {target} win" if target else "alter this decision"
        if found.flips:
            return self._least(found, aim)
        fewer = (
            "No single change would"
            if found.complete == 1
            else f"No change of up to {found.complete} requirements would"
        )
        if found.complete == self.wish.at_most:
            return f"{fewer} {aim}."
        return (
            f"{fewer} {aim}. Whether more would is not known: {found.complete + 1} at a time are over "
            f"{LIMIT:,} combinations, too many to try."
        )

    def _least(self, found: Flips, aim: str) -> str:
        size = len(found.flips[0].changes)
        ways = f"There are {len(found.flips)} ways:" if len(found.flips) > 1 else "There is one way:"
        if size == 1:
            return f"One change is enough to {aim}. {ways}"
        number = _NUMBERS[size] if size < len(_NUMBERS) else str(size)
        fewer = "single change" if number == "two" else f"change of fewer than {number} requirements"
        return f"No {fewer} would {aim}; {number} together would. {ways}"

    def _ways(self, found: Flips, group: list[Flip]) -> list[_Way]:
        """Put flips together that differ only in their last answer, and turn on the same."""
        ways: dict[object, _Way] = {}
        for flip in group:
            turning = turning_point(self.case.evaluator, self.case.evaluation, found, flip)
            last = msgspec.structs.replace(flip.changes[-1], added=None) if flip.changes[-1].added else flip
            alike = (flip.changes[:-1], last, turning.how, turning.reason and turning.reason.says)
            ways.setdefault(alike, _Way(turning, [])).flips.append(flip)
        return list(ways.values())

    def _group(self, leading: tuple[str, ...], ways: list[_Way], room: int) -> None:
        names = listed(self._names(leading)) or "nothing fits any more"
        tied = "a tie of " if len(leading) > 1 else ""
        tree = Tree(Text.assemble(("→ ", "bold green"), (clean(tied + names), "bold")), guide_style="dim")
        for way in ways[:room]:
            alike = [[change] for change in way.flips[0].changes[:-1]] + [[flip.changes[-1] for flip in way.flips]]
            lines = [self._change(one, "and " if number else "") for number, one in enumerate(alike)]
            branch = tree.add(Text("\n").join(lines))
            said = f": {way.turning.reason.says}" if way.turning.reason else "."
            branch.add(styled(way.turning.how + said))
        rest = sum(len(way.flips) for way in ways[room:])
        if rest:
            tree.add(styled(f"and {rest} more {'way' if rest == 1 else 'ways'}", "dim"))
        self.page.tree(tree)

    def _change(self, alike: list[Change], link: str) -> Text:
        """Say what is stated anew, in one of several ways, and what that goes against, if not only nothing was said."""
        change, attribute = alike[0], self.knowledge.attributes[alike[0].attribute]
        before = listed([quoted(say_answer(one.value, attribute)) for one in change.withdrawn])
        if before:
            read = any(one.origin == "read" for one in change.withdrawn)
            lead = f"{'against what was read' if read else 'against what you stated'}, {before}: "
        else:
            assumed = attribute.assume is not None and not change.kept
            lead = "only assumed so far: " if assumed else self._unsaid(change, attribute)
        answers = [self._answer(one, attribute) for one in alike]
        told = self._told(len(answers))
        if told < len(answers):
            answers = [*answers[:told], f"{len(answers) - told} other answers"]
        also = "also " if change.kept and change.added and attribute.kind != "quantity" else ""
        return Text.assemble(
            (clean(link + lead if link else lead[0].upper() + lead[1:]), "yellow" if before else "cyan"),
            f"{clean(attribute.question)} ",
            (clean(also + either(answers)), "bold"),
            (f"  {change.attribute}", "dim"),
        )

    def _unsaid(self, change: Change, attribute: Attribute) -> str:
        """Say that something was not said, or not beside what was."""
        if not change.kept:
            return "you have not said: "
        kept = listed([quoted(say_answer(one.value, attribute)) for one in change.kept])
        return f"more exactly than {kept}: " if attribute.kind == "quantity" else f"besides {kept}: "

    def _told(self, answers: int) -> int:
        """Return how many of the answers that come to the same are told."""
        return answers if self.wish.all or answers <= _ANSWERS else _ANSWERS - 1

    def _answer(self, change: Change, attribute: Attribute) -> str:
        if change.added:
            return say_answer(change.added.value, attribute)
        if change.kept:
            return f"only {listed([say_answer(one.value, attribute) for one in change.kept])}"
        return "left open" if attribute.assume is None else "left to what is assumed"

    def _names(self, choices: tuple[str, ...]) -> list[str]:
        return [self.knowledge.name(choice) for choice in choices]
