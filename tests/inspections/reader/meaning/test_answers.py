"""Passages of a response are matched with what they answer: two at once, by number only, by a quoted title, or none."""

from pathlib import Path

import pytest

from inspections.reader.meaning.answers import Match, Point, match_answers, numbers_of
from inspections.reader.meaning.proposals import Confidence
from inspections.reader.structure.files import read_document

POINTS = [
    Point(1, True, 1, ("Train every owner of a plan",)),
    Point(2, True, 2, ("Renew the plans that are older than a year and look at each monthly",)),
    Point(3, True, 3, ("Name somebody who answers for intelligence gaps",)),
    Point(4, True, 4, ("Tell partners what was found",)),
    Point(
        5, False, 1, ("Owners of threats lack time", "The force should give owners of threats the time that they need")
    ),
]


def matches_of(text: str, tmp_path: Path, points: list[Point] = POINTS) -> dict[int, list[Match]]:
    (tmp_path / "letter.txt").write_text(text)
    found = match_answers(read_document(tmp_path / "letter.txt", "letter.txt").blocks, points)
    return {key: [match for match in found if match.key == key] for key in dict.fromkeys(match.key for match in found)}


LETTER = """Response of the commissioner

I thank the inspectors for their report on the force.

Recommendations 1 and 3: we accept both, and the force will do what they ask.

Recommendation 2

The force does not accept this. Its plans are renewed once a year, and no further action is planned.

"The force should give owners of threats the time that they need"

We agree. Owners will be freed of shifts by 31 March 2031.

Yours sincerely

The commissioner
"""


def test_two_in_one_passage_one_by_its_heading_one_quoted_and_one_of_which_nothing_is_said(tmp_path: Path) -> None:
    found = matches_of(LETTER, tmp_path)
    assert list(found) == [1, 3, 2, 5]
    [first], [third] = found[1], found[3]
    assert (first.text, first.acceptance, first.confidence) == (third.text, "accepted", Confidence.CERTAIN)
    assert first.why == "It names “Recommendations 1 and 3”."
    [second] = found[2]
    assert (second.acceptance, second.kind, second.due) == ("rejected", "no_action", None)
    [time] = found[5]
    assert "It has the words “the force should give owners of threats" in time.why
    assert (time.acceptance, str(time.due and time.due.on)) == ("accepted", "2031-03-31")


def test_numbers_alone_count_under_a_heading_of_recommendations_and_nowhere_else(tmp_path: Path) -> None:
    listed = (
        "Our answers\n\n{}\n\n1. Accepted. Training has begun.\n\n2. Not accepted, since plans are renewed often.\n"
    )
    found = matches_of(listed.format("Recommendations"), tmp_path)
    assert {key: (each.confidence, each.acceptance) for key, [each] in found.items()} == {
        1: (Confidence.LIKELY, "accepted"),
        2: (Confidence.LIKELY, "rejected"),
    }
    assert matches_of(listed.format("Next steps"), tmp_path) == {}


def test_of_a_passage_on_several_only_what_is_said_of_each_is_taken(tmp_path: Path) -> None:
    text = (
        "Our answer\n\nWe accept recommendation 1 and will act by 1 May 2031. "
        "We do not accept recommendation 2.\n\n"
        "Recommendations 3 and 4 are accepted in the one case, and in the other we do not agree, by 2 June 2031.\n"
    )
    found = {key: each for key, [each] in matches_of(text, tmp_path).items()}
    assert (found[1].acceptance, str(found[1].due and found[1].due.on)) == ("accepted", "2031-05-01")
    assert (found[2].acceptance, found[2].due) == ("rejected", None)
    assert {(found[key].acceptance, found[key].due) for key in (3, 4)} == {("", None)}


def test_a_number_that_several_have_is_unsure(tmp_path: Path) -> None:
    points = [Point(1, True, 1, ("Train owners",)), Point(2, True, 1, ("Renew plans",))]
    found = matches_of("Answer\n\nWe accept recommendation 1 in full.\n", tmp_path, points)
    assert {each.confidence for [each] in found.values()} == {Confidence.UNSURE}


def test_most_of_the_telling_words_make_a_passage_likely(tmp_path: Path) -> None:
    text = "Answer\n\nEvery plan older than a year will be renewed, and each of the plans looked at monthly.\n"
    [match] = matches_of(text, tmp_path)[2]
    assert match.confidence == Confidence.LIKELY


@pytest.mark.parametrize(
    ("text", "numbers"), [("2", [2]), ("1 and 3", [1, 3]), ("1 to 3", [1, 2, 3]), ("1, 4–5", [1, 4, 5])]
)
def test_numbers_and_spans_of_them(text: str, numbers: list[int]) -> None:
    assert numbers_of(text) == numbers
