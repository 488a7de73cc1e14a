"""The labelled pairs, and how they are counted."""

from random import Random

import pytest

from bench.likeness.telling import Told, in_words, is_alike, tell
from bench.likeness.texts import ACTIONS_OF_A_PLAN, COPIED, HONEST, Pair, actions, labelled, made


def test_the_pairs_are_enough_and_of_every_kind() -> None:
    pairs = labelled()
    assert len(pairs) >= 200
    assert {pair.kind for pair in pairs} == {*COPIED, *HONEST}


def test_the_pairs_and_the_plans_are_the_same_each_time() -> None:
    assert labelled() == labelled()
    assert list(actions(3)) == list(actions(3))


def test_a_copy_made_from_words_differs_as_its_kind_says() -> None:
    pairs = list(made(Random(1)))  # noqa: S311
    by_kind = {kind: [pair for pair in pairs if pair.kind == kind] for kind in COPIED}
    assert all(one.first.strip(".").lower() == one.second.strip(".").lower() for one in by_kind["verbatim"])
    assert all(sorted(one.first.lower().split()) == sorted(one.second.lower().split()) for one in by_kind["reordered"])
    assert all(one.first != one.second for kind in COPIED[1:] for one in by_kind[kind])


def test_every_plan_has_its_actions() -> None:
    assert [len(own) for own in actions(4)] == [ACTIONS_OF_A_PLAN] * 4


def test_precision_and_recall() -> None:
    counts = dict.fromkeys((*COPIED, *HONEST), (0, 0))
    told = Told(counts | {"verbatim": (6, 8), "reordered": (0, 2), "menu": (2, 5)}, ())
    assert told.precision == pytest.approx(0.75)
    assert told.recall == pytest.approx(0.6)


def test_what_is_told_wrong_is_printed() -> None:
    text = "Search the white van of the courier before it reaches the port"
    told = tell([Pair("verbatim", text, text), Pair("different", text, text), Pair("menu", text, "Train dog handlers")])
    assert [pair.kind for pair in told.wrong] == ["different"]
    assert "| verbatim | yes | 1 | 1 |" in in_words(told)
    assert "Precision 0.500, recall 1.000" in in_words(told)


def test_copies_and_honest_likeness_are_told_apart() -> None:
    """What README.md says of the pairs, with some room: a change of the comparison must not lose it unseen."""
    told = tell(labelled())
    assert told.precision >= 0.97
    assert told.recall >= 0.95


def test_a_pair_of_short_tasks_is_not_alike() -> None:
    assert not is_alike(Pair("coincidence", "Stop the van", "Pull over the delivery driver"))
