"""Decisions as one page that needs nothing but itself: no network, no scripts, no fonts but those at hand."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from adjudge import __version__
from adjudge_cli.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from adjudge_cli.told import Told

_TEMPLATES = Path(__file__).parent / "templates"


def page(told: Sequence[Told]) -> str:
    """Return the page for some scenarios; nothing if there are none."""
    if not told:
        return ""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=_cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["pieces"] = pieces
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    # Styles count only if they are these: what a text smuggled in could not even change a colour.
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return environment.get_template("page.html").render(told=told, style=style, digest=digest, version=__version__)


def _cleaned(value: Any) -> Any:
    """Return text without what would reorder or hide it; markup that templates made stays as it is."""
    return clean(value) if type(value) is str else value


def pieces(told: Told) -> Iterator[tuple[str, bool]]:
    """Yield the text of a scenario in pieces, each with whether it was understood."""
    end = 0
    for start, stop in told.marks:
        yield told.text[end:start], False
        yield told.text[start:stop], True
        end = stop
    yield told.text[end:], False
