"""What all tests share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from adjudge.contents import read_folder
from adjudge.engines import EngineName, durable_available
from adjudge.loading import load
from bases import shipped_knowledge

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("default", deadline=None, max_examples=25, suppress_health_check=_SLOW_IS_FINE)
settings.register_profile("quick", deadline=None, max_examples=8, suppress_health_check=_SLOW_IS_FINE)
settings.register_profile("thorough", deadline=None, max_examples=2000, suppress_health_check=_SLOW_IS_FINE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

NEEDS_DURABLE = pytest.mark.skipif(not durable_available(), reason="durable-rules cannot be imported here")


@pytest.fixture(scope="session", params=["native", pytest.param("durable", marks=NEEDS_DURABLE)])
def engine(request: pytest.FixtureRequest) -> EngineName:
    """The name of each engine in turn."""
    return request.param


@pytest.fixture(scope="session")
def photo_rules() -> Path:
    """A small folder of rules that uses every feature of the format: where to keep photographs."""
    return Path(__file__).parent / "data" / "rules"


@pytest.fixture
def rules(tmp_path: Path, photo_rules: Path) -> Path:
    """A copy of that folder in the temporary folder of a test, called `rules`, to be changed."""
    shutil.copytree(photo_rules, tmp_path / "rules")
    return tmp_path / "rules"


@pytest.fixture(scope="session")
def photos(photo_rules: Path) -> Knowledge:
    """The knowledge in that folder."""
    return load(read_folder(photo_rules))


@pytest.fixture(scope="session")
def shipped() -> Knowledge:
    """The shipped knowledge, loaded from its files."""
    return shipped_knowledge()
