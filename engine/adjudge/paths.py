"""Where the shipped rules and scenarios are: beside the package when installed, at the top of a checkout."""

from __future__ import annotations

from pathlib import Path


def rules_folder() -> Path:
    """Return the folder of the shipped rules."""
    return _shipped("rules")


def scenarios_folder() -> Path:
    """Return the folder of the shipped scenarios."""
    return _shipped("scenarios")


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parent
    packaged = package / name
    return packaged if packaged.is_dir() else package.parent.parent / name
