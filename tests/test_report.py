"""What a report says about the time before choices were closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adjudge import evaluate
from adjudge.evaluation import Evaluator
from adjudge.report import report
from bases import knowledge_of

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

TODAY = "2024-06-01"


@pytest.fixture(scope="module")
def music() -> Knowledge:
    flags = [{"id": name, "kind": "boolean"} for name in ("party", "loud", "dance", "old-device")]
    return knowledge_of(
        {
            "vocabulary": {
                "attributes": [{"id": "need", "kind": "multiple", "values": [{"id": "play"}, {"id": "record"}]}, *flags]
            },
            "catalog": {
                "choices": [
                    {
                        "id": "mixtape",
                        "serves": ["play"],
                        "lifecycle": [{"event": "end-of-support", "date": "2023-01-01"}],
                        "successors": ["stream"],
                    },
                    {"id": "stream", "serves": ["play"]},
                ]
            },
            "decisions": [
                {
                    "topic": "playing",
                    "need": "play",
                    "rules": [
                        {"id": "old", "when": {"old-device": True}, "prefer": "mixtape", "over": "stream"},
                        {"id": "new-device", "when": {"old-device": False}, "prefer": "stream", "over": "mixtape"},
                        {"id": "new", "when": {"party": True}, "derive": {"need": "play"}, "from": "2022-06-01"},
                        {"id": "then", "when": {"dance": True}, "derive": {"loud": False}, "until": "2022-06-01"},
                    ],
                }
            ],
        }
    )


def before(knowledge: Knowledge, day: str = TODAY, **said: Any) -> Any:
    said = {name.replace("_", "-"): value for name, value in said.items()}
    made = report(Evaluator(knowledge), evaluate(said, as_of=day, knowledge=knowledge), "")
    (decision,) = made["decisions"]
    return decision["before_closures"]


def test_a_choice_closed_since_that_would_have_led(music: Knowledge) -> None:
    told = {"as_of": "2021-12-31", "status": "decided", "leading": ["mixtape"]}
    assert before(music, need="play", old_device=True) == told


def test_a_choice_closed_since_that_would_have_tied(music: Knowledge) -> None:
    told = {"as_of": "2021-12-31", "status": "tied", "leading": ["mixtape", "stream"]}
    assert before(music, need="play") == told


def test_a_choice_closed_since_that_would_not_have_led(music: Knowledge) -> None:
    assert before(music, need="play", old_device=False) is None


def test_before_it_was_closed_there_is_nothing_to_tell(music: Knowledge) -> None:
    assert before(music, "2022-12-31", need="play") is None
    assert before(music, "2021-12-31", need="play") is None


def test_a_need_that_did_not_arise_then(music: Knowledge) -> None:
    assert before(music, party=True) is None


def test_requirements_that_could_not_hold_then(music: Knowledge) -> None:
    assert before(music, need="play", dance=True, loud=True) is None
