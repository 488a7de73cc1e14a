"""A word of a vocabulary is one line: with one more in each, and rows that hold it, every page of plans opens."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from plans4p import choices
from plans4p.plans.models import Plan
from plans4p.signatures.models import SignatureRequest
from soc_tracker.core.text.vocabulary import Vocabulary
from tests.core.records.admin.records import World

pytestmark = pytest.mark.django_db
VOCABULARIES = [
    each
    for each in vars(choices).values()
    if isinstance(each, type) and issubclass(each, Vocabulary) and each is not Vocabulary
]
LISTS = ("plan_list", "partner_list", "order_list", "officer_list", "site_list")
PAGES = ("my_plans", "reminders", "unplanned_list", "unforeseen_list", "plan_new")
API = ("plan", "partner", "order", "lead-officer", "site")


@pytest.fixture
def words() -> Iterator[dict[type[Vocabulary], Vocabulary]]:
    """One more word of each vocabulary, which has what its first word has."""
    added = {}
    for vocabulary in VOCABULARIES:
        first = next(iter(vocabulary))
        word = str.__new__(vocabulary, "more")
        word._name_, word._value_, word._label_ = "MORE", "more", "One more word"
        for attribute in vocabulary.__annotations__:
            setattr(word, attribute, getattr(first, attribute))
        vocabulary._member_names_.append("MORE")
        vocabulary._member_map_["MORE"] = vocabulary._value2member_map_["more"] = word
        added[vocabulary] = word
    yield added
    for vocabulary in VOCABULARIES:
        vocabulary._member_names_.remove("MORE")
        del vocabulary._member_map_["MORE"], vocabulary._value2member_map_["more"]


def fields_of(vocabulary):
    for model in apps.get_app_config("plans4p").get_models():
        for field in model._meta.concrete_fields:
            if "Historical" not in model.__name__ and [value for value, _ in field.flatchoices] == vocabulary.values:
                yield model, field.name


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


def test_one_more_word_of_each(words, administrator, settings):
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "*"}]  # of the few rows made here, each is read by itself
    World()
    stored = 0
    for vocabulary, word in words.items():
        for model, name in fields_of(vocabulary):
            more = {"answered_on": date(2023, 3, 1)} if model is SignatureRequest else {}
            for key in model.objects.values_list("pk", flat=True):
                with suppress(IntegrityError), transaction.atomic():  # such as the result of a plan that still runs
                    stored += model.objects.filter(pk=key).update(**{name: word}, **more)
    assert stored > 10
    answers = {url: administrator.get(url).status_code for url in addresses()}
    assert len(answers) > 30
    assert {url: status for url, status in answers.items() if status not in (200, 404)} == {}


def test_each_is_offered_where_it_is_chosen(words, administrator):
    page = administrator.get(reverse("plans4p:record_new", args=["order"]))
    assert page.content.decode().count("One more word") >= 2
