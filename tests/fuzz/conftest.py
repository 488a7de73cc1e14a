"""A small record of everything, and an account of each role."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.core.records.admin.records import World

NOBODY = "nobody"
ROLES = (NOBODY, *(str(role.value) for role in Role))


@pytest.fixture(scope="module")
def record(rows_of_module: None) -> World:
    return World()


@pytest.fixture(scope="module")
def client_of(record: World) -> Callable[[str], Client]:
    """A client of its own for each request, in a session that is open already."""
    sessions = {}
    for role in Role:
        client = Client()
        client.force_login(demo_account(role), backend="django.contrib.auth.backends.ModelBackend")
        sessions[str(role.value)] = client.cookies["sessionid"].value

    def opened(role: str) -> Client:
        client = Client()
        if role != NOBODY:
            client.cookies["sessionid"] = sessions[role]
        return client

    return opened


@pytest.fixture(autouse=True)
def no_log() -> Iterator[None]:
    """Thousands of lines that say that something was not found."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def rows_that_are_read_one_by_one(settings) -> None:
    """Looked for elsewhere: what is odd enough may well be looked up row by row."""
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "*"}]
