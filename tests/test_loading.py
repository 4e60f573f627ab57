"""What the loader refuses, at which place, and with what help; and that it tells everything at once."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from adjudge.contents import read_folder
from adjudge.errors import KnowledgeError, Problem
from adjudge.loading import load
from bases import files_of, written

if TYPE_CHECKING:
    from pathlib import Path

    from bases import Files

GONE = object()
BASE = {
    "vocabulary": {
        "attributes": [
            {"id": "need", "kind": "multiple", "values": [{"id": "eat"}, {"id": "drink"}]},
            {"id": "goal", "kind": "multiple", "values": [{"id": "less-work"}]},
            {"id": "meal", "kind": "single", "values": [{"id": "lunch"}, {"id": "supper"}]},
            {"id": "hungry", "kind": "boolean"},
            {"id": "guests", "kind": "quantity", "unit": "count"},
            {"id": "quiet", "kind": "boolean", "assume": True, "assume-because": "It mostly is."},
        ],
        "traits": [{"id": "work", "goal": "less-work", "values": [{"id": "none"}, {"id": "much"}]}],
    },
    "catalog": {
        "choices": [
            {"id": "soup", "traits": {"work": {"is": "much"}}, "successors": ["bread"]},
            {
                "id": "bread",
                "serves": ["eat"],
                "limits": [{"that": {"guests": {"at-most": 9}}}],
                "lifecycle": [{"event": "announced", "date": "2020-01-01"}],
            },
            {"id": "salad"},
        ]
    },
    "decisions": [
        {
            "topic": "eating",
            "need": "eat",
            "rules": [
                {"id": "hunger", "when": {"hungry": True}, "derive": {"need": "eat"}},
                {"id": "soup-fills", "when": {"hungry": True}, "recommend": "soup"},
                {"id": "soup-first", "when": {"meal": "supper"}, "prefer": "soup", "over": ["salad", "bread"]},
                {"id": "mind", "when": {"meal": "lunch"}, "advise": "Wash it.", "about": "salad"},
            ],
            "ladders": [
                {
                    "id": "more",
                    "when": {"hungry": True},
                    "steps": [{"choice": "salad", "next-when": {"meal": "supper"}}, {"choice": "bread"}],
                    "examples": [
                        {"given": {"hungry": True}, "step": "salad"},
                        {"given": {"hungry": True, "meal": "supper"}, "step": "bread"},
                    ],
                }
            ],
        },
        {"topic": "general", "rules": [{"id": "lazy", "when": {"hungry": False}, "reject": {"work": "much"}}]},
    ],
}
WORDS, STORES, EATING, GENERAL = (
    "vocabulary/base.yaml",
    "catalog/base.yaml",
    "decisions/eating.yaml",
    "decisions/general.yaml",
)


class Fault(NamedTuple):
    """A change to one file of the base, what has to be said about it, and what has to be underlined."""

    file: str
    at: tuple[str | int, ...]
    value: Any
    says: str
    marked: str = ""


def rule(number: int, *path: str | int) -> tuple[str | int, ...]:
    return ("rules", number, *path)


FAULTS = {
    # what must not be missing
    "no source": Fault(EATING, rule(1, "sources"), [], "needs at least one source (notes:N123", "[]"),
    "sources left out": Fault(EATING, rule(1, "sources"), GONE, "`sources` is missing here"),
    "no reason": Fault(EATING, rule(1, "because"), "  ", "says nothing"),
    "reason left out": Fault(EATING, rule(1, "because"), GONE, "`because` is missing here"),
    "examples left out": Fault(EATING, rule(1, "examples"), GONE, "`examples` is missing here"),
    "no match": Fault(EATING, rule(1, "examples", "match"), [], "needs at least one example that matches", "[]"),
    "no difference": Fault(EATING, rule(1, "examples", "differ"), [], "at least one example that does not match", "[]"),
    "differences left out": Fault(EATING, rule(1, "examples", "differ"), GONE, "`differ` is missing here"),
    "no condition": Fault(EATING, rule(1, "when"), {}, "a rule without conditions would always fire (add `when`)"),
    "an alternative without condition": Fault(
        EATING, rule(1), {"when": {}, "when-any": [{"meal": "lunch"}, {}]}, "would always fire"
    ),
    "empty advice": Fault(EATING, rule(3, "advise"), " ", "says nothing"),
    "a choice without source": Fault(STORES, ("choices", 0, "sources"), [], "needs at least one source"),
    "a trait without source": Fault(
        STORES, ("choices", 0, "traits", "work", "sources"), [], "needs at least one source"
    ),
    "a limit without source": Fault(STORES, ("choices", 1, "limits", 0, "sources"), [], "needs at least one source"),
    "an event without source": Fault(
        STORES, ("choices", 1, "lifecycle", 0, "sources"), [], "needs at least one source"
    ),
    "a step without source": Fault(EATING, ("ladders", 0, "steps", 0, "sources"), [], "needs at least one source"),
    "a limit that says nothing": Fault(STORES, ("choices", 1, "limits", 0, "that"), {}, "says nothing"),
    "a question left out": Fault(WORDS, ("attributes", 2, "question"), GONE, "`question` is missing here"),
    # names
    "choice": Fault(EATING, rule(1, "recommend"), "soop", "unknown choice `soop` (did you mean `soup`?)", '"soop"'),
    "choice of a preference": Fault(EATING, rule(2, "prefer"), "soop", "unknown choice `soop`", '"soop"'),
    "choice below a preference": Fault(EATING, rule(2, "over", 1), "bred", "unknown choice `bred`", '"bred"'),
    "choice of an advice": Fault(EATING, rule(3, "about"), "sallad", "unknown choice `sallad`", '"sallad"'),
    "choice of a step": Fault(EATING, ("ladders", 0, "steps", 1, "choice"), "bred", "unknown choice `bred`", '"bred"'),
    "successor": Fault(STORES, ("choices", 0, "successors", 0), "bred", "(did you mean `bread`?)", '"bred"'),
    "served need": Fault(
        STORES, ("choices", 1, "serves", 0), "eet", "unknown need `eet` (did you mean `eat`?)", '"eet"'
    ),
    "need of a topic": Fault(EATING, ("need",), "eet", "unknown need `eet` (did you mean `eat`?)", '"eet"'),
    "attribute": Fault(EATING, rule(1), {"when": {"hungri": True}}, "unknown attribute `hungri`", '"hungri"'),
    "attribute of an alternative": Fault(EATING, rule(1), {"when-any": [{"meel": "lunch"}]}, "`meel`", '"meel"'),
    "attribute of a limit": Fault(STORES, ("choices", 1, "limits", 0, "that"), {"gusts": 5}, "`gusts`", '"gusts"'),
    "value": Fault(EATING, rule(2, "when", "meal"), "super", "`super` is no value of `meal`", '"super"'),
    "derived attribute": Fault(EATING, rule(0, "derive"), {"ned": "eat"}, "unknown attribute `ned`", '"ned"'),
    "derived value": Fault(EATING, rule(0, "derive", "need"), "eet", "(did you mean `eat`?)", '"eet"'),
    "trait": Fault(
        STORES, ("choices", 0, "traits"), {"wurk": {"is": "much", "sources": ["a"]}}, "unknown trait `wurk`"
    ),
    "value of a trait": Fault(
        STORES, ("choices", 0, "traits", "work", "is"), "mush", "(did you mean `much`?)", '"mush"'
    ),
    "trait of a principle": Fault(GENERAL, rule(0, "reject"), {"wurk": "much"}, "unknown trait `wurk`", '"wurk"'),
    "trait value of a principle": Fault(GENERAL, rule(0, "reject", "work"), "mush", "(did you mean `much`?)", '"mush"'),
    "goal of a trait": Fault(WORDS, ("traits", 0, "goal"), "les-work", "unknown goal `les-work`", '"les-work"'),
    "step of an example": Fault(EATING, ("ladders", 0, "examples", 0, "step"), "sald", "`sald` is no step", '"sald"'),
    "key": Fault(EATING, rule(1, "becuase"), "So.", "unknown key `becuase` (did you mean `because`?)", '"becuase"'),
    "kind": Fault(WORDS, ("attributes", 2, "kind"), "singel", "(did you mean `single`?)", '"singel"'),
    "event": Fault(STORES, ("choices", 1, "lifecycle", 0, "event"), "anounced", "(did you mean `announced`?)"),
    "topic not named like its file": Fault(EATING, ("topic",), "eatin", "not named like its file (write `eating`)"),
    # twice
    "attribute twice": Fault(WORDS, ("attributes", 3, "id"), "meal", "the attribute `meal` is defined twice (first at"),
    "trait value twice": Fault(WORDS, ("traits", 0, "values", 1, "id"), "none", "the value `none` is listed twice"),
    "choice twice": Fault(STORES, ("choices", 2, "id"), "soup", "the choice `soup` is defined twice (first at"),
    "rule twice": Fault(
        EATING, rule(1, "id"), "hunger", "the rule `hunger` is defined twice in this topic", '"hunger"'
    ),
    "rule and ladder of one id": Fault(EATING, ("ladders", 0, "id"), "hunger", "is defined twice in this topic"),
    # what does not go together
    "two consequences": Fault(
        EATING, rule(1, "reject"), "bread", "exactly one consequence, this one has `recommend` and"
    ),
    "no consequence": Fault(EATING, rule(1, "recommend"), GONE, "exactly one consequence, this one has none"),
    "prefer without over": Fault(EATING, rule(2, "over"), GONE, "`prefer` and `over` belong together"),
    "over without prefer": Fault(EATING, rule(1, "over"), "bread", "`prefer` and `over` belong together"),
    "about without advise": Fault(EATING, rule(1, "about"), "bread", "`about` belongs to `advise`"),
    "nothing derived": Fault(EATING, rule(0, "derive"), {}, "derives nothing", "{}"),
    "nobody preferred to": Fault(EATING, rule(2, "over"), [], "names no choice", "[]"),
    "no traits": Fault(GENERAL, rule(0, "reject"), {}, "names no trait", "{}"),
    "traits that no choice has": Fault(GENERAL, rule(0, "reject"), {"work": "none"}, "no choice has these traits"),
    "recommending without a need": Fault(GENERAL, rule(0), {"reject": GONE, "recommend": "soup"}, "needs a need"),
    "advising without a need": Fault(GENERAL, rule(0), {"reject": GONE, "advise": "Rest."}, "needs a need"),
    "a ladder without a need": Fault(
        GENERAL, ("ladders",), files_of(BASE)[EATING]["ladders"], "a ladder needs a need: put it into the file of one"
    ),
    "a single step": Fault(EATING, ("ladders", 0, "steps", 1), GONE, "a ladder has at least two steps"),
    "one step twice": Fault(EATING, ("ladders", 0, "steps", 1, "choice"), "salad", "each with a choice of its own"),
    "a step that is never left": Fault(EATING, ("ladders", 0, "steps", 0, "next-when"), {}, "needs `next-when`"),
    "a step without example": Fault(EATING, ("ladders", 0, "examples", 0), GONE, "an example for each of its steps"),
    "from after until": Fault(EATING, rule(1), {"from": "2021-01-01", "until": "2021-01-01"}, "holds on no day"),
    "limit from after until": Fault(
        STORES, ("choices", 1, "limits", 0), {"from": "2022-01-01", "until": "2021-01-01"}, "holds on no day"
    ),
    # wrong forms
    "source": Fault(EATING, rule(1, "sources", 0), "notes:N12", "`notes:N12` is no source (notes:N123", '"notes:N12"'),
    "source without a letter": Fault(EATING, rule(1, "sources", 0), "12/3", "`12/3` is no source"),
    "id": Fault(EATING, rule(1, "id"), "Soup fills", "`Soup fills` is no id", '"Soup fills"'),
    "long id": Fault(EATING, rule(1, "id"), "s" * 81, "is no id"),
    "id of a choice": Fault(STORES, ("choices", 2, "id"), "sal_ad", "`sal_ad` is no id"),
    "id of an attribute": Fault(WORDS, ("attributes", 4, "id"), "-guests", "`-guests` is no id"),
    "day": Fault(EATING, rule(1, "from"), "2021-02-30", "`2021-02-30` is no date", '"2021-02-30"'),
    "day of an event": Fault(STORES, ("choices", 1, "lifecycle", 0, "date"), "2020", "`2020` is no date"),
    "quantity without unit": Fault(
        WORDS, ("attributes", 4, "unit"), GONE, "a quantity, and nothing else, has a `unit`"
    ),
    "unit without quantity": Fault(WORDS, ("attributes", 3, "unit"), "count", "a quantity, and nothing else, has a"),
    "default that does not fit": Fault(
        WORDS, ("attributes", 5, "assume"), "yes", "`quiet` is true or false, not `yes`"
    ),
    "text for a list": Fault(EATING, rule(1, "sources"), "notes:N001", "expected a list, got text", '"notes:N001"'),
    "list for text": Fault(EATING, rule(1, "because"), ["So."], "expected text, got a list"),
    "rule that is none": Fault(EATING, rule(1), "soup", "expected a mapping, got text"),
    "file that is a list": Fault(GENERAL, (), ["a"], "expected a mapping, got a list"),
}


def changed(fault: Fault) -> Files:
    """Return the files of the base with a fault. A mapping is merged into what stands there."""
    files = deepcopy(files_of(BASE))
    if not fault.at:
        return files | {fault.file: fault.value}
    holder = files[fault.file]
    for step in fault.at[:-1]:
        holder = holder[step]
    last = fault.at[-1]
    if fault.value is GONE:
        del holder[last]
    elif isinstance(fault.value, dict) and isinstance(last, int):
        holder[last] = {key: value for key, value in {**holder[last], **fault.value}.items() if value is not GONE}
    else:
        holder[last] = fault.value
    return files


def problems(files: Files, prefix: str = "") -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load(written(files), prefix)
    return caught.value.problems


def test_the_base_itself_is_fine() -> None:
    assert load(written(files_of(BASE))).needs.keys() == {"eat"}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_faults_are_refused_at_their_place(fault: Fault) -> None:
    told = problems(changed(fault))
    (problem,) = [one for one in told if fault.says in f"{one.message} ({one.hint})"]
    assert problem.file == fault.file
    assert problem.line > 0
    if fault.marked:
        assert problem.text[problem.column - 1 :][: problem.width] == fault.marked


def test_a_default_that_a_rule_derives_is_told_where_it_stands() -> None:
    (problem,) = problems(changed(Fault(EATING, rule(0, "derive"), {"quiet": True}, "")))
    assert problem.file == WORDS
    assert problem.message == "`quiet` has a default, but rule eating.hunger derives it"
    assert problem.text.strip().startswith('"assume": true')


@pytest.mark.parametrize(
    ("file", "at"),
    [
        (EATING, ("rules", 1, "when")),
        (STORES, ("choices", 1, "limits", 0, "that")),
        (EATING, ("ladders", 0, "steps", 0, "next-when")),
    ],
)
def test_more_conditions_than_a_rule_can_have(file: str, at: tuple[str | int, ...]) -> None:
    names = [f"v{number}" for number in range(33)]
    values = [{"id": name, "says": name} for name in names]
    spice = {"id": "spice", "kind": "multiple", "question": "What is in it?", "values": values}
    asked: Any = names if "limits" in at else {"all": names}
    files = changed(Fault(file, at, {"spice": asked}, ""))
    files[WORDS]["attributes"].append(spice)
    (problem,) = problems(files)
    assert problem.file == file
    assert "conditions; 32 are the most" in problem.message


# --- all at once -------------------------------------------------------------------------------------------------


def broken(*names: str) -> Files:
    """Return the files of the base with several faults."""
    files = files_of(BASE)
    for name in names:
        fault = FAULTS[name]
        changes = changed(fault)
        files[fault.file] = changes[fault.file]
    return files


def test_problems_of_all_files_are_told_together() -> None:
    told = problems(broken("goal of a trait", "successor", "attribute", "no traits"))
    assert [(one.file, one.message) for one in told] == [
        (STORES, "unknown choice `bred`"),
        (EATING, "unknown attribute `hungri`"),
        (GENERAL, "names no trait"),
        (WORDS, "unknown goal `les-work`"),
    ]


def test_problems_of_one_rule_are_told_together() -> None:
    wrong = {"recommend": "soop", "when": {"meel": "lunch"}, "sources": [], "from": "soon", "because": ""}
    told = problems(changed(Fault(EATING, rule(1), wrong, "")))
    assert {one.message for one in told} == {
        "unknown choice `soop`",
        "unknown attribute `meel`",
        "needs at least one source",
        "`soon` is no date",
        "says nothing",
    }
    assert list(told) == sorted(told)


def test_two_keys_nobody_knows_are_both_told() -> None:
    told = problems(changed(Fault(EATING, rule(1), {"becuase": "So.", "sorces": []}, "")))
    assert {one.message for one in told} == {"unknown key `becuase`", "unknown key `sorces`"}


def test_what_could_not_be_read_is_not_unknown_as_well() -> None:
    """A choice with a fault exists all the same."""
    (problem,) = problems(changed(Fault(STORES, ("choices", 0, "does"), GONE, "")))
    assert problem.message == "`does` is missing here"


def test_an_attribute_with_a_fault_is_not_unknown_as_well() -> None:
    (problem,) = problems(changed(Fault(WORDS, ("attributes", 2, "question"), GONE, "")))
    assert problem.message == "`question` is missing here"


def test_a_file_that_cannot_be_read_leaves_nothing_unknown() -> None:
    contents = written(files_of(BASE)) | {STORES: b"choices: [", GENERAL: b"topic: [", WORDS: b"attributes: yes"}
    with pytest.raises(KnowledgeError) as caught:
        load(contents)
    assert {one.file for one in caught.value.problems} == {STORES, GENERAL, WORDS}
    assert "unknown" not in str(caught.value)


def test_examples_are_tried_only_in_rules_that_are_right() -> None:
    """What comes of a fault would only look like a second one."""
    files = broken("attribute")
    files[EATING]["rules"][2]["examples"]["match"] = [{"meal": "lunch"}]
    (problem,) = problems(files)
    assert problem.message == "unknown attribute `hungri`"


def test_the_prefix_stands_before_each_file() -> None:
    (problem,) = problems(changed(FAULTS["no reason"]), "/some/where/")
    assert problem.file == f"/some/where/{EATING}"
    assert str(problem).startswith(f"/some/where/{EATING}:{problem.line}:{problem.column}: says nothing")


def test_rules_of_one_need_may_stand_in_several_files() -> None:
    base = deepcopy(BASE)
    more = {"id": "salad-too", "when": {"hungry": True}, "recommend": "salad"}
    base["decisions"].append({"topic": "dieting", "need": "eat", "rules": [more]})
    knowledge = load(written(files_of(base)))
    assert {"dieting.salad-too", "eating.soup-fills"} <= {rule.id for rule in knowledge.needs["eat"].rules}


def test_preferences_in_two_files_of_one_need_can_run_in_a_circle() -> None:
    base = deepcopy(BASE)
    more = {"id": "bread-first", "when": {"hungry": True}, "prefer": "bread", "over": "soup"}
    base["decisions"].append({"topic": "dieting", "need": "eat", "rules": [more]})
    (problem,) = problems(files_of(base))
    assert problem.message.endswith("by the rules dieting.bread-first, eating.soup-first")


# --- folders -----------------------------------------------------------------------------------------------------


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="is not a folder of rules"):
        read_folder(tmp_path / "nowhere")


def test_a_folder_without_rules(tmp_path: Path) -> None:
    (tmp_path / "decisions").mkdir()
    with pytest.raises(KnowledgeError, match="holds no rules"):
        read_folder(tmp_path)


def test_a_folder_is_read_with_its_three_parts(tmp_path: Path) -> None:
    for name, content in written(files_of(BASE)).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "decisions" / "notes.txt").write_text("no rules")
    assert load(read_folder(tmp_path)) == load(written(files_of(BASE)))
