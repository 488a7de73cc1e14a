"""A vocabulary of threats and disruptions takes one more word, and every page that meets it opens."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client

import disruptions.choices
from disruptions.counts.services import rebuild_cells
from soc_tracker.core.access.roles import Role
from tests.makers import make_disruption
from tests.pages import PAGES
from tests.vocabularies import NEW, fields_of_words, one_more_word, vocabularies_of, without_checks

pytestmark = pytest.mark.usefixtures("reference")
VOCABULARIES = vocabularies_of(disruptions.choices)
SOME = slice(None, None, 3)
LISTS = ("disruptions", "threats", "extracts", "measures", "measures/?by=four_p&by=size")
OF_NEW = (
    "/disruptions/?four_p=new&size=new&involvement=new&threat_type=new",
    "/disruptions/charts/?four_p=new&size=new&involvement=new&threat_type=new",
    "/disruptions/cross-table/?down=size&size=new",
    "/threats/?type=new&moderation=new&assessment_type=new",
    "/disruptions/?format=csv",
    "/extracts/?contents=new",
)


@pytest.fixture
def urls() -> Iterator[list[str]]:
    """Addresses to open once rows of every kind have every new word."""
    urls = [page.url for page in PAGES]
    made = [make_disruption(f"DIS-2022-90000{number}") for number in range(6)]
    changed: list[Model] = []
    with ExitStack() as stack:
        for vocabulary in VOCABULARIES:
            stack.enter_context(one_more_word(vocabulary))
        fields = fields_of_words("disruptions", VOCABULARIES)
        for model in {model for model, _ in fields}:
            without_checks(model)
        for model, field in fields:
            keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))[SOME]
            if field.name != "kind_of_data" or len(keys) > 1:
                model._base_manager.filter(pk__in=keys).update(**{field.name: NEW})
                changed += model._base_manager.filter(pk__in=keys)[:2]
        rebuild_cells()
        urls += [row.get_absolute_url() for row in (*made, *changed) if hasattr(row, "get_absolute_url")]
        yield [*urls, *OF_NEW, *(f"/api/v1/{path}" if "?" in path else f"/api/v1/{path}/" for path in LISTS)]
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA ignore_check_constraints = OFF")


def test_every_vocabulary_is_of_a_field() -> None:
    fields = fields_of_words("disruptions", VOCABULARIES)
    assert {field.choices.func.__self__ for _, field in fields} == set(VOCABULARIES)


def test_every_page_opens(urls: list[str], sign_in: Callable[[Role], Client]) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    failures = {}
    for url in urls:
        try:
            response = client.get(url)
            b"".join(response.streaming_content) if response.streaming else response.content
            filter_ = response.context.get("filter") if response.context else None
            if response.status_code >= 400 or any(NEW in problem.value for problem in getattr(filter_, "problems", ())):
                failures[url] = str(response.status_code)
        except Exception as error:  # noqa: BLE001 - each page says for itself what it does not bear
            failures[url] = repr(error)
    assert failures == {}
