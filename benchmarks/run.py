"""What an evaluation costs, beside the plainest durable-rules program, and what starting the command costs.

`python benchmarks/run.py [--quick]` prints one table; docs/benchmarks.md holds a run with its date and machine.
All programs take turns on the same scenarios in one process; every figure is the median over the scenarios.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from adjudge.engines import durable_available
from adjudge.evaluation import Evaluator
from bases import base, scenarios

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge.knowledge import Knowledge

DAY = "2021-12-31"
SIZES = (300, 1000, 3000)
PLAIN_SIZES = (300, 1000)
IMPORTS = [sys.executable, "-c", "import typer, rich, yaml"]
COMMAND = [sys.executable, "-m", "adjudge_cli", "evaluate", "click-log-sql"]


def main() -> None:
    """Measure and print."""
    quick = "--quick" in sys.argv
    console = Console()
    console.print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}\n")
    console.print(_engines(20 if quick else 200))
    console.print()
    console.print(_start_up(3 if quick else 15))


def _engines(count: int) -> Table:
    table = Table("rules", "program", "ms per scenario", "of the plain program", title="One scenario")
    for size in SIZES:
        knowledge = base(size)
        times = _take_turns(_programs(knowledge, size), count)
        plain = times.get("durable-rules, plainest program")
        for name, seconds in times.items():
            median = statistics.median(seconds)
            ratio = f"{median / statistics.median(plain):.3f}" if plain else "-"
            table.add_row(f"{size:,}", name, f"{median * 1000:.4f}", ratio)
        table.add_section()
    return table


def _programs(knowledge: Knowledge, size: int) -> dict[str, Callable[[Sequence], object]]:
    """Return what is compared: each takes the requirements of a scenario and finds everything that fires."""
    native = Evaluator(knowledge, "native")
    programs: dict[str, Callable[[Sequence], object]] = {}
    if durable_available():
        from plain import PlainProgram  # needs durable-rules

        if size in PLAIN_SIZES:
            programs["durable-rules, plainest program"] = PlainProgram(knowledge).fired
        durable = Evaluator(knowledge, "durable")
        programs["adjudge, durable engine: fired rules with derivations"] = lambda s: _fired(durable, s)
    programs["adjudge, native engine: fired rules with derivations"] = lambda s: _fired(native, s)
    programs["adjudge, native engine: matching alone, with its record"] = _matching(native)
    programs["adjudge, native engine: decision with all verdicts and proofs"] = lambda s: native.evaluate(s, DAY)
    return programs


def _fired(evaluator: Evaluator, stated: Sequence) -> object:
    """Derive to the fixpoint, with the reason for each step, and match the need's rules."""
    inference = evaluator.infer(stated, DAY)
    return evaluator.engine("n").match(inference.facts)


def _matching(native: Evaluator) -> Callable[[Sequence], object]:
    """Match derivations and the need's rules on facts that stand ready: what the chainer itself costs."""
    ready: dict[int, object] = {}

    def prepare(stated: Sequence) -> None:
        ready[id(stated)] = native.infer(stated, DAY).facts

    def match(stated: Sequence) -> object:
        facts = ready[id(stated)]
        return native.engine().trace(facts), native.engine("n").trace(facts)

    match.prepare = prepare  # type: ignore[attr-defined]
    return match


def _take_turns(programs: dict[str, Callable[[Sequence], object]], count: int) -> dict[str, list[float]]:
    """Run all programs on each scenario in turn, after a warm-up; return the seconds each took."""
    times: dict[str, list[float]] = {name: [] for name in programs}
    for number, stated in enumerate(list(scenarios(count + 5))):
        for name, run in programs.items():
            getattr(run, "prepare", lambda _: None)(stated)
            started = time.perf_counter()
            run(stated)
            if number >= 5:  # noqa: PLR2004  (warmed up)
                times[name].append(time.perf_counter() - started)
    return times


def _start_up(count: int) -> Table:
    table = Table("command", "ms", "of the imports", title="Start-up, whole processes in turn, warm file cache")
    commands = {
        "python -c 'import typer, rich, yaml'": IMPORTS,
        "adjudge evaluate click-log-sql --format json": [*COMMAND, "--format", "json"],
        "adjudge evaluate click-log-sql": COMMAND,
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(count + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            if number:
                times[name].append(time.perf_counter() - started)
    reference = statistics.median(next(iter(times.values())))
    for name, seconds in times.items():
        median = statistics.median(seconds)
        table.add_row(name, f"{median * 1000:.1f}", f"{median / reference:.2f}")
    return table


if __name__ == "__main__":
    main()
