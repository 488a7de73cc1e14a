"""The labelled pairs of findings, and how they are told."""

from bench.repeats import Pair, Told, in_words, labelled
from soc_tracker.core.text.gist import LIKELY


def test_there_are_fifty_pairs_each_once_of_both_kinds() -> None:
    pairs = list(labelled())
    assert len(pairs) == len({frozenset((pair.first, pair.second)) for pair in pairs}) == 50
    assert 20 <= sum(pair.is_one_problem for pair in pairs) <= 30


def test_precision_and_recall_and_what_is_told_wrong() -> None:
    told = Told([Pair("a", "b", True, LIKELY), Pair("c", "d", False, 0.9), Pair("e", "f", True, 0.1)])
    assert (told.precision, told.recall) == (0.5, 0.5)
    assert "- not one problem, 0.90: c / d\n- one problem, 0.10: e / f" in in_words(told)


def test_findings_of_one_problem_are_told_from_others() -> None:
    """On all pairs, and on each half of them: what was chosen on one holds on the other."""
    pairs = list(labelled())
    for some in (pairs, pairs[::2], pairs[1::2]):
        told = Told(some)
        assert told.precision >= 0.9
        assert told.recall >= 0.8
