"""Commands that show, measure and check the knowledge.

Annotations are not postponed here: typer would evaluate them again at every start, which takes longer than a decision.
"""

from enum import StrEnum
from typing import Annotated

import typer

from adjudge_cli.app.options import AsOf, EngineChoice, Format, Rules, complete
from adjudge_cli.app.root import app


class ReportFormat(StrEnum):
    """How the outcome of many checks is written."""

    text = "text"
    json = "json"
    junit = "junit"
    markdown = "markdown"


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
    rules: Rules = None,
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
    rules: Rules = None,
) -> None:
    """Browse the knowledge."""
    from adjudge_cli.show import run

    raise typer.Exit(run(name, format.value, rules))


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
        typer.Argument(metavar="[PATH...]", help="Scenario files, folders or shipped names.", autocompletion=complete),
    ] = None,
    format: Annotated[ReportFormat, typer.Option(help="How to write the result.")] = ReportFormat.text,
    rules: Rules = None,
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
        typer.Argument(metavar="[PATH...]", help="Scenario files, folders or shipped names.", autocompletion=complete),
    ] = None,
    at_least: Annotated[
        float, typer.Option(min=0, max=100, metavar="PERCENT", help="Fail below this share of rules or conditions.")
    ] = 0,
    list_: Annotated[
        CoverageList | None,
        typer.Option("--list", help="List what nothing exercises, or the rules that a single question alone fires."),
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.text,
    rules: Rules = None,
) -> None:
    """Show what exercises the rules."""
    from adjudge_cli.coverage import run

    raise typer.Exit(run(paths or [], at_least, list_.value if list_ else "", format.value, rules))


CHECK_HELP = """Check the rules themselves: what is wrong with them, or may be, at which line, and what to do about it.

Finds rules that nothing shows or that can never apply, what cannot be had any more, facts that nobody has checked for a
year, words that nothing uses, and more; docs/check.md tells of each. PATH are the scenarios and questions that exercise
the rules: the shipped ones, or none with --rules.

\b
Examples:
  adjudge check
  adjudge check --only unavailable-without-successor --as-of 2027-01-01
  adjudge check --format sarif > findings.sarif

\b
Exit codes: 0 nothing as grave as --fail-on; 1 something is; 2 something given cannot be used; 3 a fault of adjudge.
"""


class CheckFormat(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    sarif = "sarif"


class Severity(StrEnum):
    """How grave a finding is, the gravest first."""

    error = "error"
    warning = "warning"
    note = "note"


@app.command(help=CHECK_HELP)
def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH...]", help="Scenario files, folders or shipped names.", autocompletion=complete),
    ] = None,
    format: Annotated[CheckFormat, typer.Option(help="How to write the findings.")] = CheckFormat.text,
    rules: Rules = None,
    as_of: AsOf = "",
    only: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Look for findings of this code alone; may be repeated.")
    ] = None,
    fail_on: Annotated[
        Severity, typer.Option("--fail-on", help="End with 1 where a finding is as grave as this, or graver.")
    ] = Severity.warning,
) -> None:
    """Check the rules themselves."""
    from adjudge_cli.check import Wanted, run

    raise typer.Exit(run(Wanted(paths or [], format.value, rules, as_of, only or [], fail_on.value)))
