"""Strict filters: whatever comes in the address, nothing that was not understood means "everything"."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_bakery import baker

from inspections.findings.models import Topic
from soc_tracker.core.lists.filter_fields import (
    ChoicesFilter,
    ConditionFilter,
    DayFilter,
    OneChoiceFilter,
    SlugsFilter,
    WordsFilter,
)
from soc_tracker.core.lists.filters import LONGEST_VALUE, Chip, Problem, StrictFilterSet

pytestmark = pytest.mark.django_db
KINDS = [("weak", "Weak kind"), ("strong", "Strong kind")]


class TopicFilter(StrictFilterSet):
    q = WordsFilter(label="Words")
    kind = ChoicesFilter("description", choices=KINDS, label="Kind")
    topic = SlugsFilter("slug", records=Topic.objects.visible_to, label="Topic")
    linked = SlugsFilter("slug", records=Topic.objects.visible_to, label="Linked", hidden=True)
    first = OneChoiceFilter(field_name="order", choices=[("yes", "Only first")], label="First", method="only_first")
    place = ConditionFilter(
        ("second", "Second", Q(order=2)), ("day", "That of the day", lambda today: Q(order=today.day)), label="Place"
    )
    since = DayFilter(field_name="name", label="Since", method="ignored")

    class Meta:
        model = Topic
        fields = ()

    def only_first(self, queryset, name, value):
        return queryset.filter(order=1)

    def ignored(self, queryset, name, value):
        return queryset


@pytest.fixture(autouse=True)
def topics() -> None:
    baker.make(Topic, name="Alpha cars", slug="alpha", description="weak", order=1)
    baker.make(Topic, name="Beta cars", slug="beta", description="strong", order=2)
    baker.make(Topic, name="Gamma", slug="gamma", description="strong", order=3)


def filtered(query: str, **kwargs: object) -> TopicFilter:
    request = RequestFactory().get("/")
    request.user = User(username="somebody", is_superuser=True)
    return TopicFilter(QueryDict(query), queryset=Topic.objects.all(), request=request, **kwargs)


def slugs(query: str) -> set[str]:
    return {topic.slug for topic in filtered(query).qs}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"alpha", "beta", "gamma"}),
        ("kind=&topic=&q=&first=&place=&since=", {"alpha", "beta", "gamma"}),
        ("q=%20%20", {"alpha", "beta", "gamma"}),
        ("kind=weak", {"alpha"}),
        ("kind=weak&kind=strong", {"alpha", "beta", "gamma"}),
        ("kind=&kind=weak", {"alpha"}),
        ("topic=alpha&topic=gamma", {"alpha", "gamma"}),
        ("kind=strong&q=CARS", {"beta"}),
        ("q=strong+cars", {"beta"}),
        ("q=%25", set()),
        ("first=yes", {"alpha"}),
        ("place=second", {"beta"}),
        ("linked=gamma", {"gamma"}),
        ("older=token&newer=&sort=name&format=csv&kind=weak", {"alpha"}),
    ],
)
def test_understood_filters_narrow_the_rows(query: str, found: set[str]) -> None:
    assert filtered(query).problems == []
    assert slugs(query) == found


FILTERS = ("q", "kind", "topic", "linked", "first", "place", "since")
ALLOWED_KINDS, SLUGS = ("weak", "strong"), ("alpha", "beta", "gamma")
NO_TEXT = "the value holds a character that no text may hold"


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("colour=red", Problem("colour", "red", "“colour” is not a filter of this list.", FILTERS)),
        ("kind=x", Problem("kind", "x", "Kind: “x” is not one of its values.", ALLOWED_KINDS)),
        ("kind=weak&kind=x", Problem("kind", "x", "Kind: “x” is not one of its values.", ALLOWED_KINDS)),
        ("kind=%20weak", Problem("kind", " weak", "Kind: “ weak” is not one of its values.", ALLOWED_KINDS)),
        ("topic=delta", Problem("topic", "delta", "Topic: “delta” is not one of its values.", SLUGS)),
        ("linked=delta", Problem("linked", "delta", "Linked: “delta” is not one of its values.", SLUGS)),
        ("first=no", Problem("first", "no", "First: “no” is not one of its values.", ("yes",))),
        ("since=32/1/2023", Problem("since", "32/1/2023", "Since: give a date such as 2023-01-31.")),
        ("q=a&q=b", Problem("q", "a, b", "Words may be given only once.")),
        ("q=a%00b", Problem("q", "a�b", f"Words: {NO_TEXT}.")),
        ("kind=%00", Problem("kind", "�", f"Kind: {NO_TEXT}.", ALLOWED_KINDS)),
    ],
)
def test_anything_else_is_named_and_shows_nothing(query: str, problem: Problem) -> None:
    filterset = filtered(query)
    assert filterset.problems == [problem]
    assert not filterset.qs.exists()


def test_a_value_too_long_is_named_in_short() -> None:
    filterset = filtered("q=" + "x" * (LONGEST_VALUE + 1))
    assert len(filterset.problems[0].value) < LONGEST_VALUE
    assert "longer than" in filterset.problems[0].message
    assert not filterset.qs.exists()


def test_every_problem_is_named_at_once() -> None:
    filterset = filtered("colour=red&size=9&kind=x&kind=y&topic=z")
    assert [(problem.parameter, problem.value) for problem in filterset.problems] == [
        ("colour", "red"),
        ("size", "9"),
        ("kind", "x"),
        ("kind", "y"),
        ("topic", "z"),
    ]


def test_what_the_page_refuses_shows_nothing_either() -> None:
    filterset = filtered("kind=weak")
    assert filterset.qs.count() == 1
    filterset.refuse(Problem("sort", "size", "This list has no such sort.", ("name",)))
    assert not filterset.qs.exists()


def test_the_page_may_reserve_other_names() -> None:
    assert [problem.parameter for problem in filtered("sort=x", reserved=()).problems] == ["sort"]
    assert filtered("cursor=x", reserved=("cursor",)).problems == []


def test_chips_take_away_one_value_and_leave_the_rest() -> None:
    filterset = filtered("topic=alpha&topic=beta&q=cars&since=2023-01-04&sort=name&older=token&kind=")
    assert filterset.chips == [
        Chip("Words", "cars", "?topic=alpha&topic=beta&since=2023-01-04&sort=name"),
        Chip("Topic", "Alpha cars", "?topic=beta&q=cars&since=2023-01-04&sort=name"),
        Chip("Topic", "Beta cars", "?topic=alpha&q=cars&since=2023-01-04&sort=name"),
        Chip("Since", "4 January 2023", "?topic=alpha&topic=beta&q=cars&sort=name"),
    ]
    assert filterset.summary == "Words: cars; Topic: Alpha cars or Beta cars; Since: 4 January 2023"


def test_without_a_filter_the_summary_says_so() -> None:
    assert filtered("kind=&older=x").summary == "No filter"


def test_chips_stand_beside_problems_only_for_what_was_understood() -> None:
    filterset = filtered("kind=weak&kind=x&colour=red&since=never")
    assert [(chip.label, chip.value) for chip in filterset.chips] == [("Kind", "Weak kind")]


def test_choices_are_read_once_however_often_they_are_needed(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        filterset = filtered("topic=alpha&topic=beta")
        assert filterset.problems == []
        assert len(filterset.chips) == 2
        assert "Gamma" in str(filterset.form["topic"])


def test_hidden_filters_stay_in_the_form_without_being_offered(django_assert_num_queries) -> None:
    form = filtered("linked=gamma").form
    assert [bound.name for bound in form.hidden_fields()] == ["linked"]
    assert 'value="gamma"' in str(form["linked"])
    with django_assert_num_queries(1):
        str(filtered("topic=alpha").form)


def test_only_what_the_user_may_see_can_be_chosen() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    filterset = TopicFilter(QueryDict("topic=alpha"), queryset=Topic.objects.all(), request=request)
    assert [problem.value for problem in filterset.problems] == ["alpha"]


def test_a_condition_may_depend_on_the_day_of_the_page() -> None:
    chosen = filtered("place=day", today=date(2023, 1, 3))
    assert [topic.slug for topic in chosen.qs] == ["gamma"]


def test_today_is_given_by_the_page() -> None:
    assert filtered("", today=date(2020, 2, 29)).today == date(2020, 2, 29)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["q", "kind", "topic", "linked", "first", "since", "sort", "x", "q__in", "kind[]", ""]),
            st.text(st.characters(codec="utf-8"), max_size=12)
            | st.sampled_from(["weak", "alpha", "yes", "2023-01-04"]),
        ),
        max_size=6,
    )
)
def test_any_address_at_all_is_answered(pairs: list[tuple[str, str]]) -> None:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    filterset = filtered(query.urlencode())
    rows = list(filterset.qs)
    assert not (filterset.problems and rows)
    stated = [name for name, values in query.lists() if any(value.strip() for value in values) and name != "sort"]
    # Whatever was said and not refused is in force: it has a chip.
    named = {problem.parameter for problem in filterset.problems}
    labels = {chip.label for chip in filterset.chips}
    for name in stated:
        assert name in named or TopicFilter.base_filters[name].label in labels
    str(filterset.form)
