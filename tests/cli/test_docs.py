"""What the README and the docs show works as shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from processes import CHECKOUT, Run

from adjudge.api import evaluate_scenario
from adjudge.evaluation import Evaluator
from adjudge.scenario import read_scenario
from adjudge_cli.app import app

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]


def indented(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.splitlines())


def test_the_session_in_the_readme_is_what_the_command_prints(adjudge: Run):
    session = re.search(r"    \$ cat (\S+)\n(.*?)\n    \$ adjudge evaluate \1\n(.*?)\n\n\S", README, re.DOTALL)
    assert session, "the README shows no session"
    name, scenario, shown = session.groups()
    ran = adjudge("evaluate", adjudge.write(name, indented(scenario)))
    assert ran.out.strip() == indented(shown).strip()


def test_what_the_readme_asks_then_is_answered_as_shown(adjudge: Run):
    scenario = re.search(r"    \$ cat (\S+)\n(.*?)\n    \$ adjudge", README, re.DOTALL)
    asked = re.search(r"## Then ask\n.*?    \$ adjudge (\S+) (\S+) (.*?)\n(.*?)\n\n\S", README, re.DOTALL)
    assert scenario
    assert asked
    assert scenario[1] == asked[2]
    ran = adjudge(asked[1], adjudge.write(asked[2], indented(scenario[2])), *asked[3].split())
    assert ran.out.strip() == indented(asked[4]).strip()


def test_the_python_example_in_the_readme_gives_what_it_says():
    code = re.search(r"From Python:\n\n(.*?)\n\n\S", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(indented(code[1]), names)  # noqa: S102  (that is the point)
    assert names["result"].decisions[0].leading == ("athena",)
    assert "# ('athena',)" in code[1]


def test_the_scenario_in_the_readme_decides_as_it_expects(shipped: Knowledge):
    written = re.search(r"```yaml\n(scenario: .*?)```", README, re.DOTALL)
    scenario = read_scenario(written[1].encode(), "README", shipped)
    decisions = {one.need: one for one in evaluate_scenario(scenario, Evaluator(shipped)).decisions}
    for expected in scenario.expect:
        assert decisions[expected.need].status == expected.status
        assert list(decisions[expected.need].leading) == expected.recommended


def test_the_rule_in_the_readme_is_a_shipped_one():
    written = re.search(r"```yaml\n(  - id: .*?)```", README, re.DOTALL)
    identity = re.search(r"id: (\S+)", written[1])[1]
    shipped = "".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "rules/decisions").glob("*.yaml"))
    assert f"- id: {identity}\n" in shipped


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


COMMANDS = sorted(one.name or one.callback.__name__ for one in app.registered_commands if one.callback)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_of_a_command_names_its_options(adjudge: Run, command: str):
    page = (CHECKOUT / f"docs/{command}.md").read_text(encoding="utf-8")
    shown = adjudge(command, "--help").out
    for option in set(re.findall(r"--[a-z-]+", shown)) - {"--help"}:
        assert option in page, option


def test_the_question_in_the_readme_is_answered_as_it_expects(adjudge: Run):
    written = re.search(r"```yaml\n(scenario: [^`]*?question:.*?)```", README, re.DOTALL)
    assert written
    ran = adjudge("regress", adjudge.write("question.yaml", written[1]))
    assert (ran.code, ran.out.strip()) == (0, "1 of 1 questions as expected")
