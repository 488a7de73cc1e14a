"""An analyst of Cheshire, and the token of theirs, read nothing of Cumbria by any address, nor how much there is."""

import pytest
from django.urls import NoReverseMatch, reverse

from soc_tracker.dashboards.api import router
from tests.architecture.urls import names
from tests.deployment.accounts import MARKS, OF_CHESHIRE
from tests.deployment.test_answers import is_guarded

pytestmark = pytest.mark.both_databases
OWN, OTHER = (MARKS[force].lower() for force in ("Cheshire", "Cumbria"))
API = [f"/api/v1/{prefix}/" for prefix, _, _ in router.registry]
LISTS = [
    "disruptions:disruption_list",
    "disruptions:threat_list",
    "plans4p:plan_list",
    "plans4p:order_list",
    "plans4p:site_list",
    "plans4p:officer_list",
]
LEAVING = ("account_logout", "admin:logout")


def addresses():
    """Every address without a part of its own: lists, dashboards, forms; pages of both bodies; searches."""
    for name in sorted(set(names()) - set(LEAVING)):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue
    for body in ("cheshire", "cumbria"):
        yield from (f"/organisations/{body}/", f"/disruptions/?organisation={body}", f"/threats/?organisation={body}")
    mark = MARKS["Cumbria"]
    yield from (f"/search/?q={mark}", f"/disruptions/?q={mark}", f"/threats/?q={mark}", f"/plans/?q={mark}")


def tells(answer):
    return answer.body.decode("latin-1").lower().replace(f"q={OTHER}", "").replace(f'"{OTHER}"', "")


def test_the_rows_are_there_for_who_reaches_them(site):
    for name in LISTS:
        assert OTHER in tells(site.visitor("analyst").get(reverse(name))), name
        assert OWN in tells(site.visitor(OF_CHESHIRE).get(reverse(name))), name


def test_no_page_tells_of_another_body(site):
    reader, told, broken = site.visitor(OF_CHESHIRE), [], []
    for address in addresses():
        answer = reader.get(address)
        assert is_guarded(answer)
        broken += [address] if answer.status >= 500 else []
        typed = f"q={MARKS['Cumbria']}" in address  # the page says again what was searched for
        told += [address] if OTHER in tells(answer) and not typed else []
    assert broken == []
    assert told == []


def test_what_is_searched_for_is_not_found(site):
    for address in ("/disruptions/", "/threats/", "/plans/"):
        found = site.visitor(OF_CHESHIRE).get(f"{address}?q={MARKS['Cumbria']}")
        assert f"/{MARKS['Cumbria'].upper()}" not in found.text.upper().replace(f"Q={OTHER.upper()}", "")


def test_no_answer_to_the_token_tells_of_another_body(site):
    reader, bearer = site.visitor(), {"Authorization": f"Bearer {site.token}"}
    told = []
    for address in (*API, *(f"{reverse(name)}?format=csv" for name in LISTS)):
        answer = reader.get(address, **bearer)
        assert answer.status == 200, (address, answer.status, answer.body[:200])
        told += [address] if OTHER in tells(answer) else []
    assert told == []
    seen = reader.get("/api/v1/disruptions/", **bearer).text.lower()
    assert OWN in seen


@pytest.mark.parametrize("lists", ["threats", "plans", "disruptions"])
def test_what_is_not_reached_is_what_does_not_exist(site, lists):
    beginning = {"threats": "OCG-", "plans": "4P-", "disruptions": "DIS-"}[lists]
    ending = "-0" if lists == "disruptions" else ""
    reader, bearer = site.visitor(), {"Authorization": f"Bearer {site.token}"}
    for mark in (MARKS["Cumbria"], "Quarrybrick"):
        answer = reader.get(f"/api/v1/{lists}/{beginning}{mark.upper()}{ending}/", **bearer)
        page = site.visitor(OF_CHESHIRE).get(f"/{lists}/{beginning}{mark}{ending}/")
        assert (answer.status, page.status) == (404, 404)
        assert mark.lower() not in tells(answer).replace(f"{beginning}{mark}".lower(), "")


def test_counts_are_of_what_is_reached(site):
    """Cheshire has one disruption, Cumbria three."""
    bearer = {"Authorization": f"Bearer {site.token}"}
    lines = site.visitor().get("/disruptions/?format=csv&form=data", **bearer).text.strip().splitlines()
    assert len(lines) == 2
    listed = site.visitor().get("/api/v1/disruptions/", **bearer).text
    assert listed.lower().count(f"dis-{OWN}") >= 1
    assert '"count":4' not in listed.replace(" ", "")
