"""The wheel, installed into an empty environment, works outside of the checkout. This takes about half a minute."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
SCENARIO = "click-log-sql"
TEMPLATES = tuple(f"/templates/{path.name}" for path in (CHECKOUT / "cli/adjudge_cli/templates").iterdir())


def run(*command: str | Path, **options: object) -> str:
    """Run a command to its end; return what it wrote, and fail with all of it if it failed."""
    ended = subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, CHECKOUT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    """The names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_wheel_installs_the_two_packages_and_nothing_else(names: list[str]) -> None:
    tops = {name.partition("/")[0] for name in names}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"adjudge", "adjudge_cli"}
    assert len(tops) == 3


def test_wheel_holds_the_rules_and_scenarios_of_the_checkout(names: list[str]) -> None:
    for part in ("rules", "scenarios"):
        files = [path for path in (CHECKOUT / part).rglob("*") if path.suffix in (".yaml", ".jsonl")]
        here = {path.relative_to(CHECKOUT).as_posix() for path in files}
        assert {name.removeprefix("adjudge/") for name in names if name.startswith(f"adjudge/{part}/")} >= here


def test_wheel_holds_nothing_by_accident(names: list[str]) -> None:
    packages = [name for name in names if ".dist-info/" not in name]
    assert [name for name in packages if not name.endswith((".py", ".yaml", ".jsonl", "/py.typed", *TEMPLATES))] == []


def test_wheel_is_typed(names: list[str]) -> None:
    assert "adjudge/py.typed" in names


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment into which the wheel was installed, with what it requires."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel)
    return programs


def test_installed_command_decides_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    clean = {"ADJUDGE_CACHE": str(tmp_path / "cache")}
    out = run(installed / "adjudge", "evaluate", SCENARIO, cwd=tmp_path, env=clean)
    assert "Amazon Athena" in out
    assert out == run(sys.executable, "-m", "adjudge_cli", "evaluate", SCENARIO, cwd=tmp_path, env=clean)
    assert "Amazon Athena" in run(
        installed / "adjudge", "evaluate", SCENARIO, "--format", "html", cwd=tmp_path, env=clean
    )


def test_installed_library_decides_with_its_own_rules(installed: Path, tmp_path: Path) -> None:
    script = """
import adjudge
from adjudge.paths import rules_folder
result = adjudge.evaluate({"data.store": "s3", "query.language": "sql"}, as_of="2021-12-31")
print(rules_folder())
print(result.decisions[0].recommended[0])
"""
    clean = {"ADJUDGE_CACHE": str(tmp_path / "cache")}
    rules, choice = run(installed / "python", "-I", "-c", script, cwd=tmp_path, env=clean).splitlines()
    assert Path(rules).is_relative_to(installed.parent)
    assert choice == "athena"
