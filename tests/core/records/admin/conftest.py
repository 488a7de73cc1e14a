"""What the tests of the records' admin share."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.core.records.admin.records import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """The records, made once for all tests of a file: what a test writes on top of them is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def rows_that_django_reads_one_by_one(settings) -> None:
    """Django looks up each row that a formset sends, and so do the services that write them."""
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]
