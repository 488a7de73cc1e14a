"""Any page that takes parameters names what it does not understand, and shows nothing."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from soc_tracker.core.lists.filters import LONGEST_VALUE, problems_in
from soc_tracker.core.lists.pages import Page

TAKES = {"kind": ("lead", "support"), "q": None}


class Numbers(Page):
    title = "Numbers"
    parents = (("Lists", "/lists/"),)
    parameters = TAKES


def page(query: str) -> Numbers:
    view = Numbers()
    view.setup(RequestFactory().get(f"/numbers/?{query}"))
    return view


@pytest.mark.parametrize("query", ["", "kind=lead", "kind=", "q=anything&kind=support"])
def test_what_is_understood_is_no_problem(query: str) -> None:
    assert page(query).problems == []


@pytest.mark.parametrize(
    ("query", "parameter", "allowed", "words"),
    [
        ("colour=red", "colour", ("kind", "q"), "“colour” is not something that this page can be asked."),
        ("kind=rumour", "kind", ("lead", "support"), "“rumour” is not a value of “kind”."),
        ("kind=lead&kind=support", "kind", (), "“kind” may be given only once."),
        ("q=a%00b", "q", (), "“q”: the value holds a character that no text may hold."),
        (f"q={'a' * (LONGEST_VALUE + 1)}", "q", (), f"“q”: the value is longer than {LONGEST_VALUE} characters."),
    ],
)
def test_each_problem_says_what_would_be_understood(query, parameter, allowed, words) -> None:
    (problem,) = page(query).problems
    assert (problem.parameter, problem.allowed, problem.message) == (parameter, allowed, words)
    assert "\x00" not in problem.value
    assert len(problem.value) <= LONGEST_VALUE


def test_a_page_that_takes_nothing_refuses_all() -> None:
    assert [problem.parameter for problem in problems_in(QueryDict("a=1&b="), {})] == ["a", "b"]
