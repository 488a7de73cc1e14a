"""A word of a vocabulary is one line: with one more in each, and rows that hold it, every page of plans opens."""

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from plans4p import choices
from plans4p.plans.models import Plan
from plans4p.signatures.models import SignatureRequest
from soc_tracker.core.records.models import Tracked
from tests.core.records.admin.records import World
from tests.vocabularies import NEW, fields_of_words, one_more_word, vocabularies_of

pytestmark = pytest.mark.django_db
VOCABULARIES = vocabularies_of(choices)
LISTS = ("plan_list", "partner_list", "order_list", "officer_list", "site_list")
PAGES = ("my_plans", "reminders", "unplanned_list", "unforeseen_list", "plan_new")
API = ("plan", "partner", "order", "lead-officer", "site")


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """One more word of each vocabulary."""
    with ExitStack() as stack:
        for vocabulary in VOCABULARIES:
            stack.enter_context(one_more_word(vocabulary))
        yield


def addresses() -> Iterator[str]:
    for name in LISTS:
        url = reverse(f"plans4p:{name}")
        yield from (url, f"{url}?format=csv")
    yield from (reverse(f"plans4p:{name}") for name in PAGES)
    for model in ("LeadOfficer", "Partner", "AncillaryOrder", "Site"):
        yield from (row.get_absolute_url() for row in apps.get_model("plans4p", model).objects.all())
    for plan in Plan.objects.all():
        yield from (plan.get_absolute_url() + page for page in ("", "print/", "around/", "links/", "history/"))
        yield reverse("plans4p:on_a_page", args=[plan.organisation.slug])
    for kind, model in {"aim": "Aim", "action": "Action", "offer": "Offer", "order": "AncillaryOrder"}.items():
        for key in apps.get_model("plans4p", model).objects.values_list("pk", flat=True):
            yield reverse("plans4p:record_edit", args=[kind, key])


def test_one_more_word_of_each(administrator, settings):
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "*"}]  # of the few rows made here, each is read by itself
    World()
    stored = 0
    for model, field in fields_of_words("plans4p", VOCABULARIES):
        more = {"answered_on": date(2023, 3, 1)} if model is SignatureRequest else {}
        for key in model.objects.values_list("pk", flat=True) if issubclass(model, Tracked) else ():
            with suppress(IntegrityError), transaction.atomic():  # such as the result of a plan that still runs
                stored += model.objects.filter(pk=key).update(**{field.name: NEW}, **more)
    assert stored > 10
    answers = {url: administrator.get(url).status_code for url in addresses()}
    assert len(answers) > 30
    assert {url: status for url, status in answers.items() if status not in (200, 404)} == {}


def test_each_is_offered_where_it_is_chosen(administrator):
    page = administrator.get(reverse("plans4p:record_new", args=["order"]))
    assert page.content.decode().count("Something new") >= 2
