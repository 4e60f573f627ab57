"""The commands of adjudge.

Annotations are not postponed here: typer would evaluate them again at every start, which takes longer than a decision.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

WELCOME = """\
adjudge decides between cloud and machine-learning options, and shows its reasoning.

Try:
  adjudge evaluate click-log-sql           one of the scenarios it comes with
  adjudge evaluate my-scenario.yaml        one of your own, in YAML or plain English
  adjudge explain ch06-q02                 an exam question, with the reason against every wrong option
  adjudge answer questions.txt             questions of your own, pasted as they are
  adjudge evaluate --help                  how to write one, and what else there is

It works offline; the same input always gives the same answer.
"""


RULES_HELP = "Use this folder of rules instead of the shipped one."


class Format(StrEnum):
    """How an evaluation is written."""

    text = "text"
    json = "json"


class ReportFormat(StrEnum):
    """How the outcome of many checks is written."""

    text = "text"
    json = "json"
    junit = "junit"
    markdown = "markdown"


class EngineChoice(StrEnum):
    """Which inference engine matches the rules."""

    durable = "durable"
    native = "native"


START_HELP = """Decide between cloud and machine-learning options, with reasons.

\b
Examples:
  adjudge evaluate click-log-sql
  adjudge explain ch06-q02
  adjudge evaluate --help

\b
Exit codes: 0 as expected; 1 the answer is no; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.callback(invoke_without_command=True, help=START_HELP)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Greet, or show the version."""
    if version:
        from adjudge import __version__

        typer.echo(f"adjudge {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(WELCOME, nl=False)


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
  cat scenario.yaml | adjudge evaluate - --as-of 2021-12-31
  echo "SQL over logs in S3, with nothing to manage" | adjudge evaluate - --set data.size="2 PB"

\b
Exit codes: 0 evaluated; 2 something given cannot be used; 3 a fault of adjudge.
"""


def _complete(incomplete: str) -> list[str]:
    """Return the shipped scenarios that a word may become; where there are none, shells go on to files."""
    from adjudge_cli.inputs import shipped

    return [name for name in shipped() if name.startswith(incomplete)] if incomplete else []


@app.command(help=EVALUATE_HELP, no_args_is_help=True)
def evaluate(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Scenario files, folders, shipped names, or -.", autocompletion=_complete
        ),
    ],
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    as_of: Annotated[
        str, typer.Option(metavar="DATE", help="Decide as of this day; the default is the scenario's, or today.")
    ] = "",
    rules: Annotated[Path | None, typer.Option(metavar="DIR", help=RULES_HELP)] = None,
    engine: Annotated[
        EngineChoice | None, typer.Option(help="The inference engine; both give the same answers.")
    ] = None,
    said: Annotated[
        list[str] | None, typer.Option("--set", metavar="ATTR=VALUE", help="State this, whatever was stated or read.")
    ] = None,
    unsaid: Annotated[
        list[str] | None, typer.Option("--unset", metavar="ATTR", help="Forget what was stated or read of this.")
    ] = None,
) -> None:
    """Decide what scenarios call for."""
    from adjudge_cli.evaluate import Request, run  # start-up is what users feel

    request = Request(
        paths, format.value, as_of, rules, engine.value if engine else None, tuple(said or ()), tuple(unsaid or ())
    )
    raise typer.Exit(run(request))


SOURCES_HELP = """Show which statements of the sources the knowledge rests on.

Without STATEMENT, counts them by kind and topic and lists those that nothing rests on and nothing excuses.

\b
Examples:
  adjudge sources
  adjudge sources --topic query-s3
  adjudge sources N386
  adjudge sources --format json

\b
Exit codes: 0 none is missing; 1 some are; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.command(help=SOURCES_HELP)
def sources(
    statement: Annotated[str, typer.Argument(metavar="[STATEMENT]", help="A statement, such as N386.")] = "",
    topic: Annotated[str, typer.Option(metavar="TOPIC", help="Count only the statements on this topic.")] = "",
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    rules: Annotated[Path | None, typer.Option(metavar="DIR", help=RULES_HELP)] = None,
) -> None:
    """Show what the knowledge rests on."""
    from adjudge_cli.sources import run

    raise typer.Exit(run(statement, topic, format.value, rules))


SHOW_HELP = """Browse the knowledge: a topic, choice, attribute, trait or rule with everything known about it.

Without NAME, lists the topics. A choice may be named as people call it.

\b
Examples:
  adjudge show
  adjudge show query-s3
  adjudge show "Redshift Spectrum"
  adjudge show data.store
  adjudge show query-s3.running-cluster-first

\b
Exit codes: 0 shown; 2 there is nothing of that name; 3 a fault of adjudge.
"""


@app.command(help=SHOW_HELP)
def show(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="What to show.")] = "",
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    rules: Annotated[Path | None, typer.Option(metavar="DIR", help=RULES_HELP)] = None,
) -> None:
    """Browse the knowledge."""
    from adjudge_cli.show import run

    raise typer.Exit(run(name, format.value, rules))


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
    question: Annotated[str, typer.Argument(help="A question file, a shipped name, or -.", autocompletion=_complete)],
    option: Annotated[str, typer.Option(metavar="LABEL", help="Explain this option at length.")] = "",
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    as_of: Annotated[str, typer.Option(metavar="DATE", help="Judge as of this day instead of the question's.")] = "",
    rules: Annotated[Path | None, typer.Option(metavar="DIR", help=RULES_HELP)] = None,
) -> None:
    """Explain a question."""
    from adjudge_cli.explain import run

    raise typer.Exit(run(question, option, format.value, as_of, rules))


REGRESS_HELP = """Check every question and scenario against the answer or verdicts that it expects.

Without PATH, checks the shipped ones. A question passes if its answer is proven, not guessed.

\b
Examples:
  adjudge regress
  adjudge regress scenarios/exam/ch06
  adjudge regress --format junit > report.xml

\b
Exit codes: 0 all as expected; 1 some are not; 2 something given cannot be used; 3 a fault of adjudge.
"""


@app.command(help=REGRESS_HELP)
def regress(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH...]", help="Scenario files, folders or shipped names.", autocompletion=_complete),
    ] = None,
    format: Annotated[ReportFormat, typer.Option(help="How to write the result.")] = ReportFormat.text,
    rules: Annotated[Path | None, typer.Option(metavar="DIR", help=RULES_HELP)] = None,
    engine: Annotated[
        EngineChoice, typer.Option(help="The inference engine; both give the same answers.")
    ] = EngineChoice.native,
    read: Annotated[bool, typer.Option("--read", help="Measure instead how well prose is read and answered.")] = False,
) -> None:
    """Check scenarios against what they expect."""
    from adjudge_cli.regress import run

    raise typer.Exit(run(paths or [], format.value, rules, engine.value, read=read))


COVERAGE_HELP = """Show which rules, and which of their conditions, the questions, scenarios and examples exercise.

A rule is exercised where it fires; a condition is where all else that its rule asks holds, and it does not.

\b
Examples:
  adjudge coverage
  adjudge coverage --at-least 60
  adjudge coverage --list conditions
  adjudge coverage --format json

\b
Exit codes: 0 exercised well enough; 1 less than --at-least; 2 something given cannot be used; 3 a fault of adjudge.
"""


class CoverageList(StrEnum):
    """What `coverage` lists one by one."""

    rules = "rules"
    conditions = "conditions"
    single = "single"


@app.command(help=COVERAGE_HELP)
def coverage(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH...]", help="Scenario files, folders or shipped names.", autocompletion=_complete),
    ] = None,
    at_least: Annotated[
        float, typer.Option(min=0, max=100, metavar="PERCENT", help="Fail below this share of rules or conditions.")
    ] = 0,
    list_: Annotated[
        CoverageList | None,
        typer.Option("--list", help="List what nothing exercises, or the rules that a single question alone fires."),
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    rules: Annotated[Path | None, typer.Option(metavar="DIR", help=RULES_HELP)] = None,
) -> None:
    """Show what exercises the rules."""
    from adjudge_cli.coverage import run

    raise typer.Exit(run(paths or [], at_least, list_.value if list_ else "", format.value, rules))


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
    rules: Annotated[Path | None, typer.Option(metavar="DIR", help=RULES_HELP)] = None,
) -> None:
    """Answer questions in prose."""
    from adjudge_cli.answer import run

    raise typer.Exit(run(paths, format.value, as_of, rules))
