"""A vocabulary takes one more word, and every page that meets it opens."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.contrib.admin import site
from django.db import connection
from django.db.models import Field, Model
from django.test import Client
from django.urls import reverse

import forces.choices
import inspections.choices
from forces.models import Organisation
from soc_tracker.core.access.roles import Role
from soc_tracker.core.records.models import Tracked
from soc_tracker.core.records.words import KEPT
from tests.pages import PAGES
from tests.vocabularies import NEW, fields_of_words, one_more_word, vocabularies_of, without_checks

pytestmark = pytest.mark.usefixtures("reference")
VOCABULARIES = [*vocabularies_of(forces.choices), *vocabularies_of(inspections.choices)]
APPS = ("forces", "inspections")
API = ("organisations", "programmes", "inspections", "gradings", "findings", "recommendations", "figures")
# A due date of a new precision has no day, as one whose year is not stated.
WITH = {"due_precision": {"due_on": None}, "first_due_precision": {"first_due_on": None}}
EVERY_THIRD = slice(None, None, 3)


def fields() -> list[tuple[type[Model], Field]]:
    """The fields of records that take a word of the vocabularies."""
    return [
        (model, field)
        for app in APPS
        for model, field in fields_of_words(app, VOCABULARIES)
        if issubclass(model, Tracked)
    ]


@pytest.fixture
def rows() -> Iterator[list[Model]]:
    """Rows of every kind with every new word."""
    for page in PAGES:
        page.url  # noqa: B018 - makes the row that the page shows
    changed = []
    with ExitStack() as stack:
        for vocabulary in VOCABULARIES:
            stack.enter_context(one_more_word(vocabulary))
        for model in {model for model, _ in fields()}:
            without_checks(model)
        for model, field in fields():
            keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
            keys = keys[-1:] if model is Organisation else keys[EVERY_THIRD]
            model._base_manager.filter(pk__in=keys).update(**{field.name: NEW} | WITH.get(field.name, {}))
            changed += model._base_manager.filter(pk__in=keys)[:2]
        KEPT.forget()
        yield changed
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA ignore_check_constraints = OFF")


def test_every_vocabulary_is_of_a_field() -> None:
    assert {field.choices.func.__self__ for _, field in fields()} == set(VOCABULARIES)


def test_every_page_opens(rows: list[Model], sign_in: Callable[[Role], Client]) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    urls = [page.url for page in PAGES]
    urls += [row.get_absolute_url() for row in rows if hasattr(row, "get_absolute_url")]
    for row in (row for row in rows if site.is_registered(type(row))):  # others are edited with what they are about
        admin = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        urls += [reverse(f"{admin}_changelist"), reverse(f"{admin}_change", args=[row.pk])]
    urls += [f"/api/v1/{name}/" for name in API]
    failures = {}
    for url in urls:
        try:
            response = client.get(url)
            if response.status_code >= 400:
                failures[url] = response.status_code
            b"".join(response)  # also of a file, which is written as it is read
        except Exception as error:  # noqa: BLE001 - each page says for itself what it does not bear
            failures[url] = repr(error)
    assert failures == {}
