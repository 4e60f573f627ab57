"""Dates as ISO text: `2021-12-31`. They compare as they are."""

from __future__ import annotations

from datetime import UTC, date, datetime


def is_day(text: str) -> bool:
    """Tell whether a text is an ISO date."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def today() -> str:
    """Return today's date (UTC)."""
    return datetime.now(UTC).date().isoformat()
