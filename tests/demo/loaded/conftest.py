"""The demo records and plans in the database, loaded once for all tests of this folder: that takes seconds."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account, second_officer
from tests.demo.conftest import TODAY


@pytest.fixture(scope="package")
def demo(loaded_reference: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo as it looks on the day of the last extract; taken back after the last test of the folder."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo_records", verbosity=0)
        for role in Role:
            demo_account(role)
        second_officer()
        call_command("load_demo_plans", today=TODAY, verbosity=0)
        yield
        transaction.set_rollback(True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process run all tests of this folder: else each process would load the demo."""
    for item in items:
        if "demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("demo"))
