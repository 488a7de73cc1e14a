"""Questions that the reading of a file raises, and what its sender answers."""

from dataclasses import asdict

import pytest

from soc_tracker.core.imports.questions import UnreadableFileError, are_open, ask, questions_of
from soc_tracker.core.imports.uploads.forms import AnswersForm

ORDER = {
    "key": "day_order",
    "text": "Which comes first?",
    "choices": (("day", "Day"), ("month", "Month")),
    "is_needed": True,
}
SHEET = {"key": "sheet", "text": "Which sheet?", "choices": (("One", "One"), ("Two", "Two"))}
ROW = {"key": "row", "text": "Which row?", "choices": (("4", "row 4"), ("5", "row 5")), "within": "sheet"}


def test_a_question_is_open_until_it_is_answered():
    question = ask({}, **ORDER)
    assert question.is_open
    assert are_open([ask({}, **SHEET), question])
    assert not ask({"day_order": "month"}, **ORDER).is_open
    assert ask({"day_order": "month", "other": "x"}, **ORDER).answer == "month"


def test_what_need_not_be_answered_is_never_open():
    assert not ask({}, **SHEET).is_open


def test_an_answer_that_is_none_is_refused_with_those_that_are():
    with pytest.raises(UnreadableFileError, match="Choose one of “One”, “Two”"):
        ask({"sheet": "Three"}, **SHEET)


def test_a_question_is_kept_and_comes_back_as_it_was():
    question = ask({"row": "4"}, **ROW)
    assert questions_of({"questions": [asdict(question)]}) == [question]
    assert questions_of({}) == []


@pytest.mark.parametrize(
    ("sent", "answers"),
    [
        ({"sheet": "Two", "row": "5"}, {"sheet": "Two", "row": "5"}),
        ({"sheet": "Two", "row": "4"}, {"sheet": "Two"}),
        ({"sheet": "One", "row": "5"}, {"sheet": "One", "row": "5"}),
        ({"sheet": "", "row": "4"}, {}),
    ],
)
def test_a_row_chosen_in_one_sheet_does_not_go_along_to_another(sent, answers):
    now = {"sheet": "One", "row": "4"}
    form = AnswersForm([ask(now, **SHEET), ask(now, **ROW)], sent)
    assert form.is_valid()
    assert form.answers == answers


def test_a_question_may_wait_while_another_is_answered():
    form = AnswersForm([ask({}, **ORDER), ask({}, **SHEET)], {"sheet": "Two"})
    assert form.is_valid()
    assert form.answers == {"sheet": "Two"}


def test_an_answer_that_was_not_offered_is_refused():
    assert not AnswersForm([ask({}, **SHEET)], {"sheet": "Three"}).is_valid()


def test_few_choices_stand_side_by_side_and_many_in_a_list():
    many = [(str(number), f"row {number}") for number in range(20)]
    form = AnswersForm([ask({}, **SHEET), ask({}, **ROW | {"choices": many})])
    assert [field.field.widget.input_type for field in form] == ["radio", "select"]
