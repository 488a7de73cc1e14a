"""Saved views: a name for the address of a list, one's own or shared."""

import pytest

from disruptions.models import SavedView
from soc_tracker.roles import Role

pytestmark = pytest.mark.django_db
NEW, VIEWS = "/views/new/", "/views/"
QUERY = "organisation=cheshire&year=2022&sort=reference&columns=size"


def saved(client, name="Ours", **more):
    values = {"page": "disruptions:disruption_list", "query": QUERY, "name": name} | more
    return client.post(NEW, values)


def test_a_view_is_saved_for_its_owner_and_opens_the_list(analyst, make_user):
    response = saved(analyst)
    assert (response.status_code, response.url) == (302, VIEWS)
    view = SavedView.objects.get()
    assert (view.owner, view.shared, view.query) == (make_user(Role.ANALYST), False, QUERY)
    opened = analyst.get(f"{VIEWS}{view.pk}/")
    assert (opened.status_code, opened.url) == (302, f"/disruptions/?{QUERY}")
    text = analyst.get(VIEWS).content.decode()
    assert "Saved as “Ours”." in text
    assert f'href="/disruptions/?{QUERY.replace("&", "&amp;")}"' in text


def test_saving_leaves_a_trace(analyst, make_user):
    saved(analyst)
    (row,) = SavedView.objects.get().history.all()
    assert (row.history_user, row.history_change_reason) == (make_user(Role.ANALYST), "Saved by its owner.")


def test_only_shared_views_exist_for_others(analyst, inspector):
    saved(analyst)
    saved(analyst, "For all", shared="on")
    text = inspector.get(VIEWS).content.decode()
    assert "For all" in text
    assert "Ours" not in text
    assert "Demo analyst" in text
    assert inspector.get(f"{VIEWS}{SavedView.objects.get(name='Ours').pk}/").status_code == 404
    assert inspector.get(f"{VIEWS}{SavedView.objects.get(name='For all').pk}/").status_code == 302


def test_a_name_is_used_once_by_each_owner(analyst, inspector):
    saved(analyst)
    again = saved(analyst, shared="on")
    assert again.status_code == 400
    text = again.content.decode()
    assert "You have a view of this name already." in text
    assert f'value="{QUERY.replace("&", "&amp;")}"' in text
    assert saved(inspector).status_code == 302


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "Give the view a name."),
        ({"page": "admin:index"}, "There is a problem"),
        ({"name": "x" * 81}, "80"),
    ],
)
def test_a_view_that_cannot_be_saved_says_why(analyst, values, said):
    response = saved(analyst, **values)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not SavedView.objects.exists()


def test_the_form_takes_the_list_from_the_link(analyst):
    text = analyst.get(f"{NEW}?page=disruptions:threat_list&query=list%3Dmaster").content.decode()
    assert "Save a view of threats" in text
    assert 'value="list=master"' in text
    assert "Save a view of disruptions" in analyst.get(f"{NEW}?page=elsewhere").content.decode()


def test_only_its_owner_deletes_a_view(analyst, inspector):
    saved(analyst, shared="on")
    address = f"{VIEWS}{SavedView.objects.get().pk}/delete/"
    assert inspector.post(address).status_code == 404
    assert analyst.get(address).status_code == 405
    assert SavedView.objects.exists()
    assert analyst.post(address).url == VIEWS
    assert not SavedView.objects.exists()
    assert "has been deleted" in analyst.get(VIEWS).content.decode()
    assert SavedView.history.filter(history_type="-").get().history_change_reason == "Deleted by its owner."


def test_a_query_never_leads_off_the_list(analyst):
    saved(analyst, query="//elsewhere.example/?x=1")
    assert analyst.get(f"{VIEWS}{SavedView.objects.get().pk}/").url.startswith("/disruptions/?")


@pytest.mark.parametrize("address", [VIEWS, NEW, f"{VIEWS}1/"])
def test_nobody_sees_views_without_an_account(client, address):
    assert client.get(address).status_code == 302
    assert client.get(address).url.startswith("/accounts/login/")
