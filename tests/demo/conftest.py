"""The demo records: as they are made, and on record."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from disruptions.choices import ExtractContents
from soc_tracker.demo.extracts import DemoExtract, demo_extracts
from soc_tracker.demo.published import Published, read

FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture(scope="session")
def published() -> Published:
    return read(FIXTURES)


@pytest.fixture(scope="session")
def extracts() -> list[DemoExtract]:
    return demo_extracts(FIXTURES)


@pytest.fixture(scope="session")
def threats(extracts: list[DemoExtract]) -> list[DemoExtract]:
    return [extract for extract in extracts if extract.contents == ExtractContents.THREATS]


@pytest.fixture(scope="session")
def disruptions(extracts: list[DemoExtract]) -> list[DemoExtract]:
    return [extract for extract in extracts if extract.contents == ExtractContents.DISRUPTIONS]


@pytest.fixture(scope="module")
def demo_records(loaded_reference: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo records in the database, for all tests of a module: loading takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo_records", verbosity=0)
        yield
        transaction.set_rollback(True)
