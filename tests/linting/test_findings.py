"""Of every kind of finding: a change to a sound base that brings it up, and alone; and what must not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from lint import DAY, SCENARIO, SOUND, attributes, changed, choice, found, rules, told

from adjudge.linting.findings import KINDS
from adjudge.paths import rules_folder
from bases import contents_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lint import Base


def ended(day: str, **more: Any) -> list[dict[str, Any]]:
    return [{"event": "closed-to-new-customers", "date": day, "checked": DAY, **more}]


def closed(base: Base) -> None:
    choice(base, 1)["lifecycle"] = ended("2026-05-31")


def closed_with_successor(base: Base) -> None:
    closed(base)
    choice(base, 1)["successors"] = ["coat"]


def closed_with_successor_of_successor(base: Base) -> None:
    base["catalog"]["choices"].append({"id": "stove", "successors": ["coat"]})
    closed(base)
    choice(base, 1)["successors"] = ["stove"]


def closed_with_closed_successor(base: Base) -> None:
    closed_with_successor(base)
    choice(base, 0)["lifecycle"] = ended("2026-05-31")
    choice(base, 0)["successors"] = ["fire"]


def served(base: Base) -> None:
    closed(base)
    choice(base, 1)["serves"] = ["warm-up"]
    rules(base)[2]["recommend"] = "coat"


def event(**fields: Any) -> Callable[[Base], object]:
    return lambda base: choice(base, 1)["lifecycle"][0].update(fields)


def unchecked(base: Base) -> None:
    del choice(base, 1)["lifecycle"][0]["checked"]


def unchecked_recalled(base: Base) -> None:
    unchecked(base)
    choice(base, 1)["lifecycle"][0]["confidence"] = "recalled"


def sources(*names: str) -> Callable[[Base], object]:
    return lambda base: choice(base, 1).update(sources=list(names))


def alternative(*examples: dict[str, Any]) -> Callable[[Base], object]:
    """Return a change that gives a rule two alternatives, and these examples."""

    def change(base: Base) -> None:
        rule = rules(base)[1]
        rule.pop("when")
        rule["when-any"] = [{"has": "wool"}, {"wet": False}]
        rule["examples"] = {"match": list(examples), "differ": [{}]}

    return change


def extra(**rule: Any) -> Callable[[Base], object]:
    return lambda base: rules(base).append({"id": "extra", **rule})


def limit(**limit: Any) -> Callable[[Base], object]:
    return lambda base: choice(base, 0).setdefault("limits", []).append(limit)


def named(name: str) -> Callable[[Base], object]:
    return lambda base: choice(base, 0).update(aliases=[name])


def impossible_after_deriving(base: Base) -> None:
    """Cold days are dry, and the limit asks for what is cold and wet."""
    rules(base).append({"id": "cold-is-dry", "when": {"sky": "clear"}, "derive": {"wet": False}})
    limit(that={"wet": False}, when={"sky": "clear"})(base)


def impossible_one_way(base: Base) -> None:
    """Of the two skies that the limit asks about, one brings dry weather."""
    impossible_after_deriving(base)
    choice(base, 0)["limits"] = [{"that": {"wet": False}, "when": {"sky": ["clear", "cloudy"], "has": {"not": "wood"}}}]


def ends_before_the_narrower_one(base: Base) -> None:
    rules(base)[3]["until"] = "2030-01-01"
    extra(when={"sky": "clear", "cold": True}, reject="fire")(base)


def begins_after_the_narrower_one(base: Base) -> None:
    rules(base)[3]["from"] = "2020-01-01"
    extra(when={"sky": "clear", "cold": True}, reject="fire")(base)


def impossible_but_for_a_default(base: Base) -> None:
    impossible_after_deriving(base)
    rules(base)[-1]["when"] = {"sky": "clear", "gale": False}
    base["vocabulary"]["attributes"].append(
        {"id": "gale", "kind": "boolean", "assume": False, "assume-because": "It seldom blows."}
    )


def long(base: Base) -> None:
    base["decisions"][0]["title"] = "Warmth"
    base["decisions"][0]["rules"][0]["examples"] = {"match": [{"cold": True}] * 320, "differ": [{}]}


class Case(NamedTuple):
    """A change, and code and id of all that is found then."""

    change: Callable[[Base], object]
    finds: list[tuple[str, str]]


NOTHING: list[tuple[str, str]] = []
UNAVAILABLE = [("unavailable-without-successor", "warm-up.fire")]
CASES = {
    "closed": Case(closed, UNAVAILABLE),
    "closed, and its catalog entry recommends it": Case(served, UNAVAILABLE),
    "closed, with a successor": Case(closed_with_successor, NOTHING),
    "closed, with a successor of a successor": Case(closed_with_successor_of_successor, NOTHING),
    "closed, with a successor that is closed": Case(
        closed_with_closed_successor, [("unavailable-without-successor", "warm-up.coat"), *UNAVAILABLE]
    ),
    "closed from that very day": Case(lambda base: choice(base, 1).update(lifecycle=ended(DAY)), UNAVAILABLE),
    "closed from the next day": Case(lambda base: choice(base, 1).update(lifecycle=ended("2026-06-02")), NOTHING),
    "no check noted": Case(unchecked, [("unchecked-for-a-year", "fire")]),
    "only recalled": Case(unchecked_recalled, [("recalled-only", "catalog/base.yaml")]),
    "checked more than a year ago": Case(event(checked="2025-05-31"), [("unchecked-for-a-year", "fire")]),
    "checked a year ago": Case(event(checked="2025-06-01"), NOTHING),
    "passed since the check": Case(event(date="2026-03-01"), [("date-passed", "fire")]),
    "passed on the day": Case(event(date=DAY), [("date-passed", "fire")]),
    "still to come": Case(event(date="2026-06-02"), NOTHING),
    "passed on the day of the check": Case(event(date="2026-01-01"), NOTHING),
    "all sources recalled": Case(sources("A book (recalled)"), [("recalled-only", "catalog/base.yaml")]),
    "one source read": Case(sources("A book (recalled)", "Another book"), NOTHING),
    "alternative without example": Case(alternative({"has": "wool"}), [("no-example", "warmth.wool-warms")]),
    "alternatives with examples": Case(alternative({"has": "wool"}, {"wet": False}), NOTHING),
    "limit that nothing exceeds": Case(
        limit(that={"cold": False}, when={"has": "wood", "sky": "clear"}),
        [("never-exercised", "coat.limit.cold")],
    ),
    "limit that contradicts itself": Case(
        limit(that={"wet": False}, when={"wet": False}),
        [("dead-rule", "coat.limit.wet"), ("never-exercised", "coat.limit.wet")],
    ),
    "limit that contradicts what follows": Case(
        impossible_after_deriving, [("dead-rule", "coat.limit.wet"), ("never-exercised", "coat.limit.wet")]
    ),
    "limit that contradicts what follows from a default": Case(
        impossible_but_for_a_default, [("never-exercised", "coat.limit.wet")]
    ),
    "limit that contradicts what follows in one of two ways": Case(
        impossible_one_way, [("never-exercised", "coat.limit.wet")]
    ),
    "two things that must not be there": Case(
        lambda base: rules(base).extend(
            {"id": f"no-{what}", "when": {"has": {"not": what}}, "reject": "fire"} for what in ("wood", "wool")
        ),
        NOTHING,
    ),
    "narrower rule that counts for longer": Case(ends_before_the_narrower_one, NOTHING),
    "narrower rule that counts earlier": Case(begins_after_the_narrower_one, NOTHING),
    "narrower rule": Case(
        extra(when={"sky": "clear", "cold": True}, reject="fire"), [("subsumed-rule", "warmth.extra")]
    ),
    "narrower in time": Case(
        extra(when={"sky": "clear"}, reject="fire", until="2030-01-01"), [("subsumed-rule", "warmth.extra")]
    ),
    "rule that a limit says as well": Case(
        extra(when={"wet": True, "cold": True}, reject="fire"), [("subsumed-rule", "warmth.extra")]
    ),
    "narrower recommendation": Case(extra(when={"has": "wool", "cold": True}, recommend="coat"), NOTHING),
    "narrower, of another choice": Case(extra(when={"sky": "clear", "cold": True}, reject="coat"), NOTHING),
    "overlapping rule": Case(extra(when={"sky": "cloudy", "cold": True}, reject="fire"), NOTHING),
    "same recommendation": Case(extra(when={"has": "wool"}, recommend="coat"), [("near-double", "warmth.wool-warms")]),
    "same as a limit": Case(extra(when={"wet": {"not": False}}, reject="fire"), [("near-double", "warmth.extra")]),
    "same name": Case(named("Fire"), [("shared-name", "fire")]),
    "same alias, other capitals": Case(named("A  Blaze"), [("shared-name", "fire")]),
    "name of its own": Case(named("Cloak"), NOTHING),
    "need that nothing raises": Case(
        lambda base: rules(base)[0].update(derive={"has": "wool"}),
        [("never-exercised", "fire.limit.wet"), ("unreachable-need", "warm-up")],
    ),
    "attribute that nothing asks for": Case(
        lambda base: attributes(base).append({"id": "mood", "kind": "boolean"}), [("unused-attribute", "mood")]
    ),
    "quantity that a formula asks for": Case(
        lambda base: (
            attributes(base).append({"id": "logs", "kind": "quantity", "unit": "count"}),
            choice(base, 1).update(formula="logs / 2"),
        ),
        NOTHING,
    ),
    "value that nothing asks for": Case(
        lambda base: attributes(base)[3]["values"].append({"id": "tea"}), [("unused-value", "has.tea")]
    ),
    "kind of a value that is asked for": Case(
        lambda base: attributes(base)[3]["values"].append({"id": "oak", "broader": ["wood"]}), NOTHING
    ),
    "value that only rules out others": Case(
        lambda base: attributes(base)[4]["values"].append({"id": "misty"}), NOTHING
    ),
    "value that no choice has": Case(
        lambda base: base["vocabulary"]["traits"][0]["values"].append({"id": "none"}),
        [("unused-value", "effort.none")],
    ),
    "trait by which nothing is chosen": Case(
        lambda base: (
            base["decisions"][1]["rules"][0].update(reject="fire") or base["decisions"][1].update(need="warm-up")
        ),
        [("unused-trait", "effort")],
    ),
    "long topic": Case(long, [("long-file", "warmth")]),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_a_change_brings_up(case: Case) -> None:
    assert told(changed(case.change)) == sorted(case.finds)


def test_nothing_is_found_in_the_sound_base() -> None:
    assert told(SOUND) == []


QUESTION = """\
scenario: A dry day
as_of: "2021-12-31"
requirements: {cold: true, wet: false}
question:
  asks: What warms?
  select: one
  options:
    A: {says: A coat, proposes: [coat]}
    B: {says: A fire, proposes: [fire]}
  answer: [A]
"""


def test_what_a_single_question_exercises() -> None:
    base = changed(alternative({"has": "wool"}))
    assert told(base, (SCENARIO, QUESTION)) == [("single-use", "warmth.wool-warms")]
    assert told(base, (SCENARIO, QUESTION, SCENARIO.replace("wet: true", "wet: false"))) == [
        ("no-example", "warmth.wool-warms")
    ]
    assert told(changed(alternative({"has": "wool"}, {"wet": False})), (SCENARIO, QUESTION)) == []


def test_a_step_that_no_example_reaches() -> None:
    def ladder(base: Base) -> None:
        steps = [{"choice": "coat", "next-when": {"has": "wood"}}, {"choice": "fire"}]
        given = {"given": {"wet": True}, "step": "coat"}
        base["decisions"][0]["ladders"] = [
            {"id": "more", "when": {"wet": True}, "steps": steps, "examples": [given, given]}
        ]

    steps = [one for one in found(changed(ladder)) if one.code == "no-example"]
    assert {one.id for one in steps} == {"warmth.more.fire", "warmth.more.coat.done"}


def test_without_scenarios_limits_are_not_said_to_be_unexercised() -> None:
    assert told(SOUND, ()) == []


def test_a_finding_is_at_its_place() -> None:
    (one,) = found(changed(alternative({"has": "wool"})))
    assert one.file == "rules/decisions/warmth.yaml"
    assert "wet is false" in one.says
    lines = contents_of(changed(alternative({"has": "wool"})))["decisions/warmth.yaml"].decode().splitlines()
    assert '"wet": false' in "".join(lines[one.line - 1 : one.line + 1])
    assert '"wet": false' not in lines[one.line - 3]
    (other,) = found(changed(limit(that={"cold": False}, when={"has": "wood", "sky": "clear"})))
    assert other.file == "rules/catalog/base.yaml"
    assert (one.line > 1, other.line > 1) == (True, True)


def test_each_kind_has_a_case() -> None:
    covered = {code for case in CASES.values() for code, _ in case.finds}
    assert covered | {"invalid", "single-use", "unused-excuse"} == set(KINDS)


def test_the_page_has_a_section_for_each_kind() -> None:
    page = (rules_folder().parent / "docs" / "check.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    sections.pop("Excuses")
    assert list(sections) == list(KINDS)
    for code, text in sections.items():
        headings = ["What it means.", "Why.", "How to mend.", "When to excuse it."]
        assert re.findall(r"^\*(.*?)\*", text, re.MULTILINE) == headings, code
        assert KINDS[code].severity in text.partition("*Why.*")[0], code
