"""What the tests of the records' admin share."""

import pytest

from tests.core.records.admin.records import World


@pytest.fixture(scope="module")
def world(rows_of_module: None) -> World:
    return World()


@pytest.fixture(autouse=True)
def rows_that_django_reads_one_by_one(settings) -> None:
    """Django looks up each row that a formset sends, and so do the services that write them."""
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]
