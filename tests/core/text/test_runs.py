"""Runs of words that a text copies from another."""

from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.text.runs import LENGTH, SIZE, copied_runs, digests_of, words_of

SOURCE = "The force’s teams visit every shop on the long road twice a week, and write down what they see there."
WORDS = st.lists(st.sampled_from("abcdefghijkl"), max_size=40)


def test_a_run_is_found_whatever_its_case_punctuation_and_apostrophes() -> None:
    text = "It says that the forces teams – visit EVERY shop: on the long bridge"
    assert copied_runs(text, digests_of(SOURCE)) == ["the forces teams visit every shop on the long"]


def test_seven_words_are_nobodys() -> None:
    assert copied_runs("visit every shop on the long road", digests_of(SOURCE)) == []


def test_runs_that_lie_apart_are_told_apart() -> None:
    runs = ["the forces teams visit every shop on the", "and write down what they see there"]
    text = f"{runs[0]} bridge twice a week {runs[1]}"
    assert copied_runs(text, digests_of(SOURCE)) == [runs[0], f"twice a week {runs[1]}"]


def test_digests_are_added_to_those_before() -> None:
    both = digests_of("a b c d e f g h", digests_of(SOURCE))
    assert copied_runs("a b c d e f g h", both) == ["a b c d e f g h"]
    assert copied_runs(SOURCE, both) == [" ".join(words_of(SOURCE))]
    assert digests_of(SOURCE, both) == both


@given(WORDS, WORDS)
def test_a_copied_run_stands_in_both_and_none_is_missed(source: list[str], text: list[str]) -> None:
    runs = copied_runs(" ".join(text), digests_of(" ".join(source)))
    assert all(f" {run} " in f" {' '.join(text)} " and len(run.split()) >= LENGTH for run in runs)
    shared = {tuple(source[n : n + LENGTH]) for n in range(len(source) - LENGTH + 1)}
    shared &= {tuple(text[n : n + LENGTH]) for n in range(len(text) - LENGTH + 1)}
    assert bool(runs) == bool(shared)


@given(WORDS)
def test_nothing_of_a_text_is_in_its_digests_but_their_number(words: list[str]) -> None:
    digests = digests_of(" ".join(words))
    assert len(digests) % SIZE == 0
    assert len(digests) // SIZE <= max(0, len(words) - LENGTH + 1)
