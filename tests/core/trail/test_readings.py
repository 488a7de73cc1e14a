"""Who has been shown an order, or a priority individual, stands on the trail; reading anything else writes nothing."""

import pytest
from django.urls import reverse

from disruptions.choices import ThreatType
from soc_tracker.core.access.roles import Role
from soc_tracker.core.trail.models import Entry
from tests.makers import make_order, make_organisation, make_threat

pytestmark = pytest.mark.django_db


def readings():
    return list(Entry.objects.filter(kind="sensitive_reading").order_by("pk").values_list("subject_kind", "subject"))


def test_an_order_wherever_it_is_shown(administrator):
    order = make_order(make_organisation())
    before = Entry.objects.count()
    urls = [
        order.get_absolute_url(),
        reverse("plans4p:record_edit", args=["order", order.pk]),
        reverse("plans4p:record_remove", args=["order", order.pk]),
        reverse("admin:plans4p_ancillaryorder_change", args=[order.pk]),
        reverse("admin:plans4p_ancillaryorder_history", args=[order.pk]),
        reverse("api:order-detail", args=[order.reference]),
    ]
    for number, url in enumerate(urls, 1):
        assert administrator.get(url).status_code == 200, url
        assert len(readings()) == number, url
    assert set(readings()) == {("plans4p.ancillaryorder", order.reference)}
    assert Entry.objects.count() == before + len(urls)


@pytest.mark.parametrize("kind", ThreatType)
def test_a_priority_individual_alone_of_all_threats(analyst, kind):
    threat = make_threat(first_type=kind)
    assert analyst.get(threat.get_absolute_url()).status_code == 200
    assert analyst.get(reverse("api:threat-detail", args=[threat.reference])).status_code == 200
    assert len(readings()) == (2 if kind == ThreatType.PRIORITY_INDIVIDUAL else 0)


def test_what_is_not_shown_was_not_read(client, sign_in):
    auditor_client = sign_in(Role.AUDITOR)
    order = make_order(make_organisation())
    assert client.get(order.get_absolute_url()).status_code == 302
    assert auditor_client.get(order.get_absolute_url()).status_code == 403
    assert readings() == []


def test_a_page_of_the_api_is_taken_away_like_a_file(analyst):
    make_order(make_organisation())
    assert analyst.get(reverse("api:order-list"), {"kind": "scpo"}).status_code == 200
    entry = Entry.objects.filter(kind="export").get()
    assert entry.subject == "API: ancillary orders"
    assert entry.details["filter"] == "kind=scpo"


def test_published_facts_leave_none(inspector, reference):
    before = Entry.objects.count()
    for name in ("api:finding-list", "inspections:finding_list", "home", "forces:force_list"):
        assert inspector.get(reverse(name)).status_code == 200
    assert Entry.objects.count() == before
