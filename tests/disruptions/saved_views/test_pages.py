"""Saved views: a name for any list as it is filtered, one's own or shared, opened by one click from that list."""

import pytest
from django.urls import reverse

from disruptions.saved_views.models import SavedView
from soc_tracker.core.access.roles import Role
from soc_tracker.core.lists.directory import list_pages, saveable
from tests.forms import form_of, press
from tests.makers import make_organisation

pytestmark = pytest.mark.django_db
NEW, VIEWS = "/views/new/", "/views/"
QUERY = "organisation=cheshire&year=2022&sort=reference&columns=size"


def saved(client, name="Ours", address=f"/disruptions/?{QUERY}", **more):
    """Save what a list shows, as its reader does: by the link above the rows, and the form that it leads to."""
    page = client.get(address)
    (link,) = [line for line in page.content.decode().split('"') if line.startswith(NEW)]
    return press(client, client.get(link.replace("&amp;", "&")), "Save", name=name, **more)


@pytest.fixture
def cheshire(db):
    return make_organisation(slug="cheshire")


def test_a_view_is_saved_for_its_owner_and_leads_back_to_the_list(analyst, cheshire, make_user):
    response = saved(analyst)
    assert (response.status_code, response.url) == (302, f"/disruptions/?{QUERY}")
    view = SavedView.objects.get()
    assert (view.owner, view.shared, view.query) == (make_user(Role.ANALYST), False, QUERY)
    opened = analyst.get(f"{VIEWS}{view.pk}/")
    assert (opened.status_code, opened.url) == (302, f"/disruptions/?{QUERY}")
    assert "Saved as “Ours”." in analyst.get(response.url).content.decode()


def test_saving_leaves_a_trace(analyst, cheshire, make_user):
    saved(analyst)
    (row,) = SavedView.objects.get().history.all()
    assert (row.history_user, row.history_change_reason) == (make_user(Role.ANALYST), "Saved by its owner.")


@pytest.mark.parametrize("name", sorted(list_pages()))
def test_a_view_can_be_saved_of_every_list_and_stands_above_its_rows(name, administrator):
    address = reverse(name)
    assert saved(administrator, f"View of {name}", address).status_code == 302
    page = administrator.get(address).content.decode()
    assert f'href="{address}?" aria-current="true">View of {name}</a>' in " ".join(page.split())


def test_the_comparison_can_be_saved_too(analyst):
    assert saved(analyst, "Side by side", "/compare/").status_code == 302
    assert "Side by side" in analyst.get("/compare/").content.decode()


def test_a_view_stands_above_its_own_list_only_and_only_shared_ones_for_others(analyst, inspector):
    saved(analyst, "Priorities of ours", "/threats/priorities/")
    saved(analyst, "Priorities for all", "/threats/priorities/", shared=True)
    assert "Priorities of ours</a>" not in analyst.get("/threats/").content.decode()
    assert "Priorities of ours</a>" in analyst.get("/threats/priorities/").content.decode()
    page = inspector.get("/threats/priorities/").content.decode()
    assert "Priorities for all" in page
    assert "Priorities of ours" not in page


def test_only_shared_views_exist_for_others(analyst, inspector):
    saved(analyst, "Ours", "/threats/")
    saved(analyst, "For all", "/threats/", shared=True)
    text = inspector.get(VIEWS).content.decode()
    assert "For all" in text
    assert "Ours" not in text
    assert "Demo analyst" in text
    assert inspector.get(f"{VIEWS}{SavedView.objects.get(name='Ours').pk}/").status_code == 404
    assert inspector.get(f"{VIEWS}{SavedView.objects.get(name='For all').pk}/").status_code == 302


def test_views_are_found_by_search_as_far_as_they_exist_for_the_reader(analyst, inspector):
    saved(analyst, "County lines of ours", "/threats/")
    saved(analyst, "County lines for all", "/threats/", shared=True)
    assert "Saved views" in [group.heading for group in analyst.get("/search/?q=lines+ours").context["groups"]]
    assert inspector.get("/search/?q=lines+ours").context["groups"] == []
    assert len(inspector.get("/search/?q=county-lines").context["groups"][0].hits) == 1


def test_a_name_is_used_once_by_each_owner(analyst, inspector):
    saved(analyst, address="/threats/")
    again = saved(analyst, address="/threats/?list=master", shared=True)
    assert again.status_code == 400
    text = again.content.decode()
    assert "You have a view of this name already." in text
    assert 'value="list=master"' in text
    assert saved(inspector, address="/threats/").status_code == 302


@pytest.mark.parametrize(("values", "words"), [({"name": ""}, "Give the view a name."), ({"name": "x" * 81}, "80")])
def test_a_view_that_cannot_be_saved_says_why(analyst, values, words):
    response = saved(analyst, **{"address": "/threats/"} | values)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not SavedView.objects.exists()


def test_a_view_of_what_is_no_list_is_refused(analyst):
    response = analyst.post(NEW, {"page": "admin:index", "query": "", "name": "x"})
    assert response.status_code == 400
    assert "There is no such list" in response.content.decode()


def test_a_list_that_the_address_does_not_name_is_that_of_disruptions(analyst):
    assert "Save a view of Disruptions" in analyst.get(f"{NEW}?page=elsewhere").content.decode()
    assert "Save a view of SOC threats" in analyst.get(f"{NEW}?page=disruptions:threat_list").content.decode()


def test_a_view_of_a_list_that_is_gone_does_not_exist(analyst, make_user):
    view = SavedView.objects.create(name="Old", page="disruptions:gone", owner=make_user(Role.ANALYST))
    assert "Old" not in analyst.get(VIEWS).content.decode()
    assert analyst.get(f"{VIEWS}{view.pk}/").status_code == 404
    assert analyst.get("/search/?q=old").context["groups"] == []


def test_its_owner_renames_and_shares_a_view(analyst, inspector, make_user):
    saved(analyst, address="/threats/")
    view = SavedView.objects.get()
    page = analyst.get(f"{VIEWS}{view.pk}/edit/")
    assert press(analyst, page, "Save", name="Theirs too", shared=True).url == VIEWS
    view.refresh_from_db()
    assert (view.name, view.shared, view.version) == ("Theirs too", True, 2)
    assert view.history.first().history_user == make_user(Role.ANALYST)
    assert "Theirs too" in inspector.get("/threats/").content.decode()


def test_a_name_changed_in_the_meantime_is_not_overwritten(analyst):
    saved(analyst, address="/threats/")
    address = f"{VIEWS}{SavedView.objects.get().pk}/edit/"
    first, second = form_of(analyst.get(address), "Save"), form_of(analyst.get(address), "Save")
    assert first.press(analyst, "Save", name="One").status_code == 302
    late = second.press(analyst, "Save", name="Two")
    assert late.status_code == 409
    assert 'value="Two"' in late.content.decode()
    assert SavedView.objects.get().name == "One"


def test_a_name_that_is_taken_is_refused_with_words(analyst):
    saved(analyst, "One", "/threats/")
    saved(analyst, "Two", "/threats/")
    page = analyst.get(f"{VIEWS}{SavedView.objects.get(name='Two').pk}/edit/")
    refused = press(analyst, page, "Save", name="One")
    assert refused.status_code == 400
    assert "You have a view of this name already." in refused.content.decode()


def test_only_its_owner_changes_or_removes_a_view(analyst, inspector):
    saved(analyst, address="/threats/", shared=True)
    address = f"{VIEWS}{SavedView.objects.get().pk}/"
    assert inspector.get(f"{address}edit/").status_code == 404
    assert inspector.post(f"{address}edit/", {"name": "x", "expected_version": 1}).status_code == 404
    assert inspector.post(f"{address}delete/").status_code == 404
    assert analyst.get(f"{address}delete/").status_code == 405
    assert SavedView.objects.exists()
    assert press(analyst, analyst.get(f"{address}edit/"), "Remove this view").url == VIEWS
    assert not SavedView.objects.exists()
    assert "has been removed" in analyst.get(VIEWS).content.decode()
    assert SavedView.history.filter(history_type="-").get().history_change_reason == "Removed by its owner."


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["For all", "Ours"]),
        ("whose=own", ["Ours"]),
        ("whose=others", ["For all"]),
        ("list=disruptions:threat_list", ["Ours"]),
        ("shared=yes", ["For all"]),
        ("q=OURS", ["Ours"]),
    ],
)
def test_the_list_is_filtered_as_any_other(query, names, analyst, inspector):
    saved(analyst, "For all", "/plans/", shared=True)
    saved(inspector, "Ours", "/threats/")
    assert [view.name for view in inspector.get(f"{VIEWS}?{query}").context["rows"]] == names


def test_a_query_never_leads_off_the_list(analyst):
    form = form_of(analyst.get(f"{NEW}?query=//elsewhere.example/?x=1"), "Save")
    assert form.press(analyst, "Save", name="Ours").url.startswith("/disruptions/?")


def test_what_can_be_saved_has_a_name(make_user):
    names = saveable(make_user(Role.ANALYST)).values()
    assert len(names) > 15
    assert all(isinstance(name, str) and name for name in names)


@pytest.mark.parametrize("address", [VIEWS, NEW, f"{VIEWS}1/", f"{VIEWS}1/edit/"])
def test_nobody_sees_views_without_an_account(client, address):
    assert client.get(address).status_code == 302
    assert client.get(address).url.startswith("/accounts/login/")
