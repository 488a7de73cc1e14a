"""The words filter has one name, ``q``, on every list, chart and API; its former name leads there."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from model_bakery import baker

from disruptions.saved_views.models import SavedView
from soc_tracker.core.access.roles import Role
from soc_tracker.core.lists.filter_fields import WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet

pytestmark = pytest.mark.django_db
PAGES = ("disruptions:disruption_list", "disruptions:disruption_charts", "disruptions:threat_list", "plans4p:plan_list")


@pytest.mark.parametrize("page", PAGES)
def test_the_former_name_leads_to_the_same_page(page, analyst):
    response = analyst.get(reverse(page), {"words": ["fen & land"], "organisation": ["a", "b"]})
    assert (response.status_code, response.url) == (
        301,
        f"{reverse(page)}?organisation=a&organisation=b&q=fen+%26+land",
    )


@pytest.mark.parametrize("path", ["/api/v1/threats/", "/api/v1/disruptions/", "/api/v1/plans/", "/api/v1/measures/"])
def test_the_former_name_leads_to_the_same_answer_of_the_api(path, analyst):
    response = analyst.get(f"{path}?words=fen")
    assert (response.status_code, response.url) == (301, f"{path}?q=fen")


def test_an_address_with_both_names_is_refused(analyst):
    assert "is not a filter of this list" in analyst.get("/threats/?words=a&q=b").content.decode()


def all_filter_sets(base=StrictFilterSet):
    for found in base.__subclasses__():
        yield found
        yield from all_filter_sets(found)


def test_every_words_filter_is_called_q():
    import_module("soc_tracker.urls")  # with it every filter

    names = {
        name
        for filters in all_filter_sets()
        for name, each in filters.base_filters.items()
        if isinstance(each, WordsFilter)
    }
    assert names == {"q"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("words=cash+line&year=2022", "q=cash+line&year=2022"),
        ("year=2022&words=%E2%80%99", "year=2022&q=%E2%80%99"),
        ("extract=words", "extract=words"),
        ("", ""),
    ],
)
def test_views_saved_under_the_former_name_keep_working(before, after, make_user):
    view = baker.make(SavedView, page="disruptions:disruption_list", query=before, owner=make_user(Role.ANALYST))
    migration = import_module("disruptions.migrations.0003_saved_views_say_q")
    migration.forwards(apps, None)
    view.refresh_from_db()
    assert view.query == after
    migration.backwards(apps, None)
    view.refresh_from_db()
    assert view.query == before
