"""The command line, run as people run it: one process per call, in an environment that holds nothing else."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from processes import PowerlessRun, Run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What every process sees: a cache and a home of its own, and neither terminal nor preferences."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONDONTWRITEBYTECODE") if name in os.environ}
    home = tmp_path_factory.mktemp("home")
    return kept | {"HOME": str(home), "ADJUDGE_CACHE": str(home / "cache")}


@pytest.fixture
def adjudge(environment: Mapping[str, str], tmp_path: Path) -> Run:
    """Runs `adjudge` in an empty folder."""
    return Run(tmp_path, environment)


@pytest.fixture(scope="module")
def module_adjudge(environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs `adjudge` in a folder that the tests of a module share."""
    return Run(tmp_path_factory.mktemp("module"), environment)


@pytest.fixture
def evaluate(environment: Mapping[str, str], tmp_path: Path, photo_rules: Path) -> Run:
    """Runs `adjudge evaluate` in an empty folder, with the small rules about photographs."""
    return Run(tmp_path, environment, "evaluate", "--rules", photo_rules)


@pytest.fixture
def powerless(evaluate: Run) -> Run:
    """The same without the power of root to read every file."""
    if os.geteuid() != 0:
        return evaluate
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root reads every file, and there is no setpriv to give that up")
    return PowerlessRun(evaluate, setpriv)
