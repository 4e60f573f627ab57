"""Decision records, flowcharts and pages: they say what the text and JSON say, and text from input stays text."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from processes import PHONE_PICTURES, Run

from adjudge_cli.markdown import WIDTH, escaped, item, paragraph
from adjudge_cli.mermaid_output import label
from adjudge_cli.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

NAMES = ["click-log-sql", "code-hosting-in-2024", "half-idle-gpu-2026", "film-archive-2026"]
HEADINGS = [
    "Context and Problem Statement",
    "Decision Drivers",
    "Considered Options",
    "Decision Outcome",
    "Consequences",
    "Confirmation",
    "Pros and Cons of the Options",
    "More Information",
]
HOSTILE = (
    "# A <b>title</b> ![x](http://e.vil/i.png) [y](http://e.vil) www.e.vil "
    "<script>alert(1)</script> --- &lt; `c` *e* _f_"
)
MARKUP = st.text(st.sampled_from("ab1 29.)(-+=*_`~#>|<&;:!@$\\[]\"'/{}%\n\t\u202e\u200bé"), max_size=60)
ANY_TEXT = MARKUP | st.text(max_size=40)


def plain(text: str) -> str:
    """Return a text as one line shows it."""
    return " ".join(clean(text).split())


# --- all formats agree ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(module_adjudge: Run) -> dict[str, str]:
    """The same scenarios in every format."""
    found = {}
    for written_as in ("text", "json", "adr", "mermaid", "html"):
        ran = module_adjudge("evaluate", *NAMES, "--format", written_as)
        assert (ran.code, ran.err) == (0, "")
        found[written_as] = ran.out
    return found


def test_every_format_recommends_the_same(written: dict[str, str]) -> None:
    decisions = [one for each in json.loads(written["json"])["evaluations"] for one in each["decisions"]]
    decided = [one["recommended"][0]["name"] for one in decisions if one["status"] == "decided"]
    fitting = [choice["name"] for one in decisions for choice in one["recommended"]]
    assert decided
    assert re.findall(r"^  → (.*)$", written["text"], re.MULTILINE) == decided
    assert re.findall(r"Chosen option:\s\*\*(.*?)\*\*", written["adr"], re.DOTALL) == decided
    assert re.findall(r'\(\["✓ (.*): recommended"\]\)', written["mermaid"]) == [plain_label(name) for name in fitting]
    page = re.findall(r'<p class="label">Recommended</p>\s*<p class="name">(.*?)</p>', written["html"])
    assert [html.unescape(name) for name in page] == decided


def plain_label(name: str) -> str:
    return label(name)[1:-1]


def test_every_format_gives_each_reason_against_a_choice(written: dict[str, str]) -> None:
    decisions = [one for each in json.loads(written["json"])["evaluations"] for one in each["decisions"]]
    out = [other for one in decisions for other in one["alternatives"] if other["verdict"] != "unsupported"]
    whys = {why["says"] for other in out for why in other["because"]}
    assert whys
    adr, page = re.sub(r"\\(.)", r"\1", " ".join(written["adr"].split())), html.unescape(written["html"])
    for says in whys:
        assert says in adr
        assert says in page
        assert label(says)[1:-1] in written["mermaid"]


# --- decision records -----------------------------------------------------------------------------------------------


def records(out: str) -> list[str]:
    """Split what goes to standard output into its records."""
    return [part.strip() + "\n" for part in re.split(r"^<!-- \d{4}-\S+ -->$", out, flags=re.MULTILINE) if part.strip()]


def tokens(document: str) -> list[Token]:
    front, _, body = document.removeprefix("---\n").partition("\n---\n")
    assert re.fullmatch(r"status: proposed\ndate: \d{4}-\d\d-\d\d", front)
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)


def flat(found: list[Token]) -> Iterator[Token]:
    for one in found:
        yield one
        yield from flat(one.children or [])


def test_each_record_has_the_headings_of_madr(written: dict[str, str]) -> None:
    documents = records(written["adr"])
    assert len(documents) >= len(NAMES)
    for document in documents:
        found = tokens(document)
        heads = [(one.tag, found[place + 1].content) for place, one in enumerate(found) if one.type == "heading_open"]
        assert [tag for tag, _ in heads].count("h1") == 1
        assert [text for _, text in heads if text in HEADINGS] == HEADINGS
        assert {one.type for one in flat(found)} <= {
            "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "softbreak",
            "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "em_open", "em_close",
            "strong_open", "strong_close", "text_special",
        }  # fmt: skip


@given(ANY_TEXT)
@example("&lt; &#60; &amp;lt;")
@example("> quoted")
@example("1. one")
@example("# heading")
@example("- item")
@example(f"{'word ' * 15}- item {'word ' * 15}> quoted {'word ' * 15}1. one {'word ' * 14}=== {'word ' * 15}# heading")
@example("__init__ and _this_ and a_b")
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    for markdown, around in ((paragraph(escaped(text)), 0), (item(escaped(text)), 2)):
        if not plain(text):
            continue
        found = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
        assert len(found) == 3 + 2 * around
        shown = "".join(one.content if one.type != "softbreak" else " " for one in flat(found) if not one.children)
        types = {one.type for one in flat(found) if one.type not in ("text", "text_special", "softbreak")}
        assert {one.removesuffix("_open").removesuffix("_close") for one in types} <= {
            "paragraph", "inline", "bullet_list", "list_item"
        }  # fmt: skip
        assert shown == plain(text)


@given(st.lists(ANY_TEXT, max_size=30).map(" ".join))
def test_lines_are_no_longer_than_they_may_be(text: str) -> None:
    for line in paragraph(escaped(text)).splitlines():
        assert len(line) <= WIDTH or " " not in line.strip()


@pytest.mark.parametrize("address", ["http://e.vil/x", "HTTPS://e.vil", "www.e.vil", "mailto:a@e.vil", "a@e.vil"])
def test_addresses_do_not_become_links(address: str) -> None:
    shown = escaped(f"see {address} there")
    assert address not in shown
    assert re.sub(r"\\(.)", r"\1", shown) == f"see {address} there"


def test_hostile_text_in_a_record(evaluate: Run) -> None:
    text = json.dumps(f"{HOSTILE}\n\n---\n\n# Other")
    given_text = f"scenario: {json.dumps(HOSTILE)}\ntext: {text}\n{PHONE_PICTURES}"
    (document,) = records(evaluate("-", "--format", "adr", "--as-of", "2021-12-31", given=given_text).out)
    found = tokens(document)
    assert not {one.type for one in flat(found)} & {
        "html_inline",
        "html_block",
        "link_open",
        "image",
        "hr",
        "code_inline",
    }
    assert "# Other" in "".join(one.content for one in flat(found) if one.type in ("text", "text_special"))
    assert [one.tag for one in found if one.type == "heading_open"].count("h1") == 1


def test_an_open_decision_says_what_would_settle_it(evaluate: Run) -> None:
    given_text = "requirements: {photos.kind: jpeg, photos.size: 9 TB, blurred: 60 %}\n"
    out = evaluate("-", "--format", "adr", "--as-of", "2021-12-31", given=given_text).out
    assert "status: proposed" in out
    assert "Not decided yet. Nothing that is stated makes any of the options fit." in out
    assert ("To be settled first is one of these questions:" in out) != ("No single further answer" in out)


def test_files_are_numbered_and_never_replaced_unasked(evaluate: Run) -> None:
    name = evaluate.write("a.yaml")
    arguments = (name, "--format", "adr", "--as-of", "2021-12-31", "--output", "decisions")
    ran = evaluate(*arguments)
    file = evaluate.folder / "decisions" / "0001-keep-photos.md"
    assert (ran.code, ran.out, ran.err) == (0, "wrote decisions/0001-keep-photos.md\n", "")
    assert file.read_text() == evaluate(name, "--format", "adr", "--as-of", "2021-12-31").out
    file.write_text("edited")
    again = evaluate(*arguments)
    assert (again.code, file.read_text()) == (2, "edited")
    assert "decisions/0001-keep-photos.md: is there already" in again.err
    assert evaluate(*arguments, "--force").code == 0
    assert file.read_text() != "edited"


def test_nothing_is_written_if_one_file_is_there(evaluate: Run) -> None:
    evaluate.write("decisions/0002-keep-photos.md", "mine")
    names = (evaluate.write("a.yaml"), evaluate.write("b.yaml"))
    assert evaluate(*names, "--format", "adr", "--output", "decisions").code == 2
    assert [one.name for one in (evaluate.folder / "decisions").iterdir()] == ["0002-keep-photos.md"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(("--output", "x"), "--format adr"), (("--format", "html", "--output", "x"), "--format adr"),
     (("--format", "adr", "--force"), "--output")],
)  # fmt: skip
def test_options_that_do_not_go_together(evaluate: Run, arguments: tuple[str, ...], word: str) -> None:
    ran = evaluate("-", *arguments, given=PHONE_PICTURES)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert word in ran.err


def test_a_folder_that_cannot_be_made(evaluate: Run) -> None:
    evaluate.write("taken", "a file")
    ran = evaluate("-", "--format", "adr", "--output", "taken", given=PHONE_PICTURES)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("written_as", ["adr", "mermaid", "html"])
def test_nothing_to_decide_is_said(evaluate: Run, written_as: str) -> None:
    ran = evaluate("-", "--format", written_as, given="requirements: {photos.count: 5}\n")
    assert ran.code == 0
    assert "nothing to decide" in ran.out + ran.err


@pytest.mark.parametrize("written_as", ["adr", "mermaid", "html"])
def test_one_bad_scenario_does_not_keep_the_others_back(evaluate: Run, written_as: str) -> None:
    bad, good = evaluate.write("bad.yaml", "requirements: {x: y}\n"), evaluate.write("good.yaml")
    ran = evaluate(bad, good, "--format", written_as, "--as-of", "2021-12-31")
    assert ran.code == 2
    assert "bad.yaml" in ran.err
    assert "Album Service" in ran.out


@pytest.mark.parametrize("written_as", ["adr", "mermaid", "html"])
def test_prose_is_told_with_what_it_is_about(evaluate: Run, written_as: str) -> None:
    text = evaluate.write("situation.txt", "Our holiday pictures are seen on a phone and a laptop.")
    ran = evaluate(text, "--format", written_as, "--as-of", "2021-12-31")
    assert (ran.code, "Album Service" in ran.out) == (0, True)


# --- flowcharts -----------------------------------------------------------------------------------------------------

LABEL = r'"(?:[^"#;<>&`\\{}|*_\[\]%]|[#]\d+;)+"'
LINES = re.compile(
    rf"""flowchart\ LR | \ \ (?:
    subgraph\ d\d+\[{LABEL}\] | direction\ LR | end
    | (?P<node>n\d+)(?:\({LABEL}\)|\[{LABEL}\]|\(\[{LABEL}\]\)):::[a-z]+
    | (?P<source>n\d+)\ (?:-->|-\.\ against\ \.->)\ (?P<target>n\d+)
    | classDef\ [a-z]+\ [a-z0-9#:,\ -]+
    )""",
    re.VERBOSE,
)


def check_flowchart(out: str) -> None:
    nodes: set[str] = set()
    depth = 0
    for line in out.splitlines():
        found = LINES.fullmatch(line)
        assert found, line
        depth += line.startswith("  subgraph") - (line == "  end")
        assert depth in (0, 1)
        if found["node"]:
            assert found["node"] not in nodes
            nodes.add(found["node"])
        if found["source"]:
            assert {found["source"], found["target"]} <= nodes
    assert depth == 0


def test_flowchart_is_what_mermaid_reads(written: dict[str, str]) -> None:
    check_flowchart(written["mermaid"])


def test_hostile_text_in_a_flowchart(evaluate: Run) -> None:
    given_text = f"scenario: {json.dumps(HOSTILE)}\nrequirements: {{photos.count: 5}}\n"
    out = evaluate("-", "--format", "mermaid", given=given_text).out
    check_flowchart(out)
    assert "e.vil" in out


@given(ANY_TEXT)
def test_labels_carry_the_text_and_nothing_else(text: str) -> None:
    shown = label(text)
    if plain(text):
        assert re.fullmatch(LABEL, shown)
        assert not re.match(r'"([-+]|\d\d?[.)])', shown)
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), shown[1:-1]) == plain(text)


def test_flowchart_counts_what_it_leaves_out(written: dict[str, str]) -> None:
    unsupported = [
        sum(other["verdict"] == "unsupported" for other in one["alternatives"])
        for each in json.loads(written["json"])["evaluations"]
        for one in each["decisions"]
    ]
    told = re.findall(r'"(\d+) choices? (?:is|are) left out', written["mermaid"])
    assert [int(one) for one in told] == [one for one in unsupported if one]
