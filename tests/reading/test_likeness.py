"""What is guessed where nothing is proven: by what rules and choices tell of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adjudge.contents import read_folder
from adjudge.errors import KnowledgeError
from adjudge.evaluation import Evaluator
from adjudge.loading import load
from adjudge.reading.asking import Answered, answer_asked
from adjudge.reading.doubt import leaning
from adjudge.reading.forms import Asked
from adjudge.reading.likeness import stems_of, weigh
from adjudge.reading.mentions import find_mentions
from adjudge.reading.words import read_words

if TYPE_CHECKING:
    from adjudge.knowledge import Knowledge

RULES = Path(__file__).parents[1] / "data" / "rules"
WEDDING = (
    "Our aunt took some snapshots at a wedding, a handful at most, and now and then she shows them to her sisters."
)
OPTIONS = {"A": "Keep them on a home server.", "B": "Keep them with an album service."}


@pytest.fixture
def told() -> Knowledge:
    return load(read_folder(RULES))


def ask(knowledge: Knowledge, stem: str, options: dict[str, str]) -> Answered:
    return answer_asked(Evaluator(knowledge), Asked("1", stem, options), "2020-01-01")


def odds(knowledge: Knowledge, stem: str, options: dict[str, str]) -> dict[str, float]:
    return {label: like.odds for label, like in ask(knowledge, stem, options).like.items()}


def test_a_situation_is_guessed_from_what_is_told_of_rules(told: Knowledge):
    found = ask(told, WEDDING, OPTIONS)
    assert found.answer.labels == ("B",)
    assert not found.answer.decided


def test_a_rule_that_is_told_to_reject_speaks_against(told: Knowledge):
    cabin = "There is neither cable nor signal at the cabin in the mountains."
    apart = odds(told, cabin, OPTIONS)
    assert apart["B"] < apart["A"]


def test_what_no_rule_tells_of_favours_nothing(told: Knowledge):
    assert set(odds(told, "Zebras graze quietly yonder.", OPTIONS).values()) == {0.0}


def test_words_that_all_options_share_tell_nothing(told: Knowledge):
    plain = odds(told, WEDDING, OPTIONS)
    longer = {label: f"{text} Buy frames." for label, text in OPTIONS.items()}
    assert odds(told, WEDDING, longer) == pytest.approx(plain)


def test_choices_are_compared_by_their_first_name(told: Knowledge):
    def stems(text: str) -> dict[str, float]:
        words = read_words(text)
        return stems_of(words, find_mentions(words, told.lexicon), told)

    choice = next(one for one in told.choices.values() if one.aliases)
    assert stems(f"We like {choice.aliases[0]} best.") == stems(f"We like {choice.name} best.")


def reasons(knowledge: Knowledge, stem: str) -> dict[str, tuple[str, ...]]:
    found = ask(knowledge, stem, OPTIONS)
    return {one.rule: one.lacks for one in leaning(knowledge, found.evaluation, found.like["B"].lessons)}


def test_a_guess_names_the_rule_and_what_it_lacks(told: Knowledge):
    lacks = reasons(told, WEDDING)["photos.few-pictures-need-no-machine"]
    questions = (told.attributes[name].question for name in ("photos.count", "views"))
    assert all(any(question in lacking for lacking in lacks) for question in questions)


def test_what_is_known_is_not_lacking(told: Knowledge):
    lacks = reasons(told, f"{WEDDING} A picture appears within at least 5 minutes.")
    [lacking] = lacks["photos.few-pictures-need-no-machine"]
    assert told.attributes["photos.count"].question in lacking


def test_a_rule_known_not_to_hold_is_no_reason_for_a_guess(told: Knowledge):
    everywhere = "photos.the-album-shows-them-everywhere"
    anywhere = "Every device that has a line reaches the album."
    assert everywhere in reasons(told, anywhere)
    assert everywhere not in reasons(told, f"{anywhere} They are rolls of film.")


def test_weighing_takes_no_order_into_account(told: Knowledge):
    situation = {"wed": 1.0, "snapshot": 1.5, "sister": 1.0}
    options = {"A": ["server"], "B": ["album"]}
    named = {"A": ["home-server"], "B": ["album-service"]}
    there = weigh(told.index, situation, options, named)
    back = weigh(told.index, dict(reversed(situation.items())), dict(reversed(options.items())), named)
    assert {label: one.odds for label, one in there.items()} == pytest.approx(
        {label: one.odds for label, one in back.items()}
    )


def test_only_rules_that_exist_are_told_of():
    files = dict(read_folder(RULES))
    files["phrases/more.yaml"] = b"told:\n  photos.few-picture-need-no-machine: [a handful]\n"
    with pytest.raises(KnowledgeError) as caught:
        load(files)
    [problem] = caught.value.problems
    assert (problem.line, "few-pictures-need-no-machine" in problem.hint) == (2, True)
