"""The demo records: as they are made, and on record."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from disruptions.choices import ExtractContents
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.extracts import DemoExtract, make_extracts
from soc_tracker.demo.files import LAST_DAY
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account, second_officer

FIXTURES = settings.BASE_DIR / "fixtures"
TODAY = LAST_DAY
"""The demo plans as they look on the day of the last extract."""


@pytest.fixture(scope="session")
def extracts() -> list[DemoExtract]:
    return make_extracts()


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


@pytest.fixture(scope="module")
def demo_plans(demo_records: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The demo plans in the database as well, rolled back with the demo records."""
    with django_db_blocker.unblock():
        for role in Role:
            demo_account(role)
        second_officer()
        call_command("load_demo_plans", today=TODAY, verbosity=0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process run all tests of a module that loads demo records: else each process would load them."""
    for item in items:
        if "demo_records" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))
