"""The navigation knows where the reader is."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.navigation import navigation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", {"Home": "page"}),
        ("/regions/", {"Regions": "page"}),
        ("/regions/north-west/", {"Regions": "true"}),
        ("/threats/priorities/", {"Threats": "true"}),
        ("/search/", {}),
    ],
)
def test_current(make_user, path, current):
    user = make_user(Role.INSPECTOR)
    assert {link.text: link.current for link in navigation(user, path) if link.current} == current


def test_every_section_is_there(make_user):
    assert [link.text for link in navigation(make_user(Role.INSPECTOR), "/")] == [
        *("Home", "Regions", "Forces", "ROCUs", "Compare", "Threats", "Disruptions", "Extracts"),
        "Saved views",
        *("4P plans", "Partners", "Orders", "LRO network", "Clear, Hold, Build"),
        *("Inspections", "Findings", "Recommendations", "Figures", "Sources", "Methods"),
    ]


def test_nothing_is_offered_to_those_who_may_open_nothing(db):
    assert navigation(AnonymousUser(), "/") == []
    assert navigation(User.objects.create_user("jo"), "/") == []
