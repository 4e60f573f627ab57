"""Commands that decide, answer and explain.

Annotations are not postponed here: typer would evaluate them again at every start, which takes longer than a decision.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from adjudge_cli.app.options import AsOf, EngineChoice, Format, Rules, Said, Unsaid, complete
from adjudge_cli.app.root import app


class EvaluationFormat(StrEnum):
    """How an evaluation is written: for people, for programs, as decision records, as a page, or as a flowchart."""

    text = "text"
    json = "json"
    adr = "adr"
    html = "html"
    mermaid = "mermaid"


EVALUATE_HELP = """Decide what a scenario calls for, and show why.

A scenario is a YAML file that states requirements:

\b
  scenario: Ad-hoc SQL over click logs
  requirements:
    data.store: s3
    query.language: sql
    wish.serverless: true

or plain English (.txt, .md): then the text is shown with what was understood in it, and --set and --unset
correct what was misread.

Each decision shows the recommended choice with its reasoning, every alternative with why not, and what is
still unknown. PATH is a file, a folder, the name of a shipped scenario, or - for standard input.

\b
Examples:
  adjudge evaluate scenario.yaml
  adjudge evaluate click-log-sql
  adjudge evaluate scenarios/examples --format json > decisions.json
  adjudge evaluate scenario.yaml --format html > decision.html
  adjudge evaluate scenario.yaml --format adr --output decisions
  cat scenario.yaml | adjudge evaluate - --as-of 2021-12-31
  echo "SQL over logs in S3, with nothing to manage" | adjudge evaluate - --set data.size="2 PB"

\b
Exit codes: 0 evaluated; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.command(help=EVALUATE_HELP, no_args_is_help=True)
def evaluate(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Scenario files, folders, shipped names, or -.", autocompletion=complete
        ),
    ],
    format: Annotated[
        EvaluationFormat, typer.Option(help="How to write the result: adr gives decision records in Markdown.")
    ] = EvaluationFormat.text,
    output: Annotated[
        Path | None, typer.Option(metavar="DIR", help="With adr: write one numbered file per decision into DIR.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="With --output: replace files that are there.")] = False,
    as_of: AsOf = "",
    rules: Rules = None,
    engine: Annotated[
        EngineChoice | None, typer.Option(help="The inference engine; both give the same answers.")
    ] = None,
    said: Said = None,
    unsaid: Unsaid = None,
) -> None:
    """Decide what scenarios call for."""
    from adjudge_cli.evaluate import Request, run  # start-up is what users feel

    request = Request(
        paths,
        format.value,
        as_of,
        rules,
        engine.value if engine else None,
        tuple(said or ()),
        tuple(unsaid or ()),
        output,
        force,
    )
    raise typer.Exit(run(request))


EXPLAIN_HELP = """Explain an exam question: which option is right and why, and why each other one is wrong.

QUESTION is the name of a shipped question, a scenario file with a `question`, or - for standard input.

\b
Examples:
  adjudge explain ch06-q02
  adjudge explain ch06-q02 --option B
  adjudge explain my-question.yaml --format json

\b
Exit codes: 0 explained; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.command(help=EXPLAIN_HELP, no_args_is_help=True)
def explain(
    question: Annotated[str, typer.Argument(help="A question file, a shipped name, or -.", autocompletion=complete)],
    option: Annotated[str, typer.Option(metavar="LABEL", help="Explain this option at length.")] = "",
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    as_of: Annotated[str, typer.Option(metavar="DATE", help="Judge as of this day instead of the question's.")] = "",
    rules: Rules = None,
) -> None:
    """Explain a question."""
    from adjudge_cli.explain import run

    raise typer.Exit(run(question, option, format.value, as_of, rules))


ANSWER_HELP = """Answer multiple-choice questions in plain English, with a reason for each option.

PATH is a text file with one or more questions, or - for standard input. The form is recognised: lettered options
with or without ANSWER: lines, Markdown check lists, numbered questions, or JSON lines with id, stem and options.
A key is never looked at while answering; it is compared afterwards.

\b
Examples:
  adjudge answer questions.txt
  cat question.md | adjudge answer -
  adjudge answer questions.jsonl --format json > answers.json

\b
Exit codes: 0 answered; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.command(help=ANSWER_HELP, no_args_is_help=True)
def answer(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Text files with questions, or -.")],
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    as_of: Annotated[str, typer.Option(metavar="DATE", help="Answer as of this day; the default is 2021-12-31.")] = "",
    rules: Rules = None,
) -> None:
    """Answer questions in prose."""
    from adjudge_cli.answer import run

    raise typer.Exit(run(paths, format.value, as_of, rules))
