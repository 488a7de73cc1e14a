"""What a page does not understand is named, and nothing is assumed."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.lists.filters import problems_in
from tests.dashboards.making import named

KNOWN = {"programme": ("peel-2017", "peel-2022-23"), "q": None}


@pytest.mark.parametrize("query", ["", "programme=peel-2017", "programme=", "q=any+words", "q="])
def test_what_is_known_is_no_problem(query):
    assert problems_in(QueryDict(query), KNOWN) == []


def test_an_unknown_parameter_is_named_with_those_that_are_known():
    (problem,) = problems_in(QueryDict("colour=green"), KNOWN)
    assert (problem.parameter, problem.value, problem.allowed) == ("colour", "green", ("programme", "q"))
    assert "“colour”" in problem.message


def test_an_unknown_value_is_named_with_those_that_are_allowed():
    (problem,) = problems_in(QueryDict("programme=peel-1999"), KNOWN)
    assert problem.allowed == ("peel-2017", "peel-2022-23")
    assert "“peel-1999”" in problem.message


def test_a_parameter_given_twice_is_a_problem_even_if_both_values_are_allowed():
    assert named(problems_in(QueryDict("programme=peel-2017&programme=peel-2022-23"), KNOWN)) == [
        ("programme", "peel-2017, peel-2022-23")
    ]


def test_text_that_no_database_takes_is_a_problem():
    assert "no text may hold" in problems_in(QueryDict("q=%00"), KNOWN)[0].message
    assert "longer than 200" in problems_in(QueryDict("q=" + "a" * 201), KNOWN)[0].message


def test_every_problem_is_named_at_once():
    assert len(problems_in(QueryDict("colour=green&programme=x&q=%00"), KNOWN)) == 3


@given(st.text(max_size=300), st.text(max_size=300))
def test_what_a_problem_shows_is_short_and_printable(name, value):
    query = QueryDict(mutable=True)
    query[name] = value
    for problem in problems_in(query, {}):
        assert "\x00" not in problem.message + problem.value
        assert len(problem.message) < 300
