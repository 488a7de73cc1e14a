"""Addresses: empty values say nothing, others survive a change."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.lists.filters import address, as_query

names = st.sampled_from(["kind", "region", "q", "older"])
texts = st.text(st.characters(codec="utf-8"), max_size=8)


def test_empty_values_are_left_out() -> None:
    assert as_query(QueryDict("kind=&kind=a&kind=b&region=&q=%20")).urlencode() == "kind=a&kind=b"


def test_a_plain_mapping_will_do() -> None:
    assert as_query({"kind": ["a", "b"], "page": 2}).urlencode() == "kind=a&kind=b&page=2"
    assert as_query(None).urlencode() == ""


def test_the_given_query_is_not_changed() -> None:
    given_query = QueryDict("a=1&b=2")
    assert address(given_query, without=["a"], c="3") == "?b=2&c=3"
    assert given_query.urlencode() == "a=1&b=2"


def test_nothing_left_is_a_bare_question_mark() -> None:
    assert address(QueryDict("a=1"), without=["a", "z"]) == "?"


@given(st.lists(st.tuples(names, texts)))
def test_what_is_not_changed_comes_back(pairs: list[tuple[str, str]]) -> None:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    back = QueryDict(address(query, without=["older"])[1:])
    for name in ("kind", "region", "q"):
        assert back.getlist(name) == [value for value in query.getlist(name) if value.strip()]
    assert "older" not in back
