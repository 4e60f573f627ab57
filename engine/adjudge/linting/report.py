"""The findings as documents: JSON of our own, and SARIF 2.1.0, which other tools read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from adjudge import __version__
from adjudge.linting.findings import KINDS, SEVERITIES

if TYPE_CHECKING:
    from adjudge.linting.excuses import Outcome
    from adjudge.linting.findings import Finding

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_CODES = list(KINDS)


def document(outcome: Outcome, day: str) -> dict[str, Any]:
    """Return the findings as of a day as plain values."""
    severities = [one.kind.severity for one in outcome.findings]
    return {
        "schema": "adjudge.check/1",
        "as_of": day,
        "counts": {name: severities.count(name) for name in SEVERITIES} | {"excused": len(outcome.excused)},
        "findings": [_finding(one) for one in outcome.findings],
        "excused": [_finding(one) | {"excuse": reason} for one, reason in outcome.excused],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.kind.severity,
        "file": _text(one.file),
        "line": one.line,
        "column": one.column,
        "id": one.id,
        "says": _text(one.says),
        "why": one.kind.why,
        "mend": one.kind.mend,
    }


def sarif(outcome: Outcome) -> dict[str, Any]:
    """Return the findings as a SARIF log; excused ones are in it as suppressed."""
    rules = [
        {
            "id": kind.code,
            "shortDescription": {"text": kind.means},
            "fullDescription": {"text": f"{kind.means} {kind.why}"},
            "help": {"text": kind.mend},
            "defaultConfiguration": {"level": kind.severity},
        }
        for kind in KINDS.values()
    ]
    driver = {"name": "adjudge", "semanticVersion": __version__, "rules": rules}
    results = [_result(one) for one in outcome.findings] + [
        _result(one) | {"suppressions": [{"kind": "external", "justification": reason}]}
        for one, reason in outcome.excused
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _result(one: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(one.file)}}
    if one.line:
        region = {"startLine": one.line, "startColumn": one.column, "endColumn": one.column + one.width}
        place["region"] = region
    return {
        "ruleId": one.code,
        "ruleIndex": _CODES.index(one.code),
        "level": one.kind.severity,
        "message": {"text": f"{_text(one.says)}. {one.kind.mend}"},
        "locations": [{"physicalLocation": place}],
    } | ({"partialFingerprints": {"about/v1": f"{one.code}:{one.id}"}} if one.id else {})


def _uri(file: str) -> str:
    """Return the URI of a file: relative to the working directory, or of its absolute path."""
    path = Path(file)
    return "file://" + quote(os.fsencode(path)) if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def _text(text: str) -> str:
    """Return a text without the half surrogates by which file names carry bytes that are not UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode()
