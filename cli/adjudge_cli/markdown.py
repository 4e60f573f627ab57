"""Text inside of Markdown."""

from __future__ import annotations

from adjudge_cli.terminal import clean


def cell(text: str) -> str:
    """Return a text that stays inside of a cell of a table and is not taken for markup."""
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]<>|#~" else c for c in clean(text))
    return escaped.replace("\n", " ").replace("&", "&amp;")
