"""The commands of adjudge: what they are called, what they take, and their help."""

from adjudge_cli.app import deciding, explaining, knowing
from adjudge_cli.app.root import app

__all__ = ["app", "deciding", "explaining", "knowing"]
