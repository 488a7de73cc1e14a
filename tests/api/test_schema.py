"""Every operation of the API answers generated input as its schema says."""

from collections.abc import Callable, Iterable, Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from soc_tracker.dashboards.api import router
from soc_tracker.wsgi import application

PATHS = [
    path.format(prefix=prefix, lookup=view.lookup_field)
    for prefix, view, _ in router.registry
    for path in ("/api/v1/{prefix}/", *(["/api/v1/{prefix}/{{{lookup}}}/"] if hasattr(view, "retrieve") else []))
]
# Which names may be asked for depends on what is stored, and an empty parameter says nothing: the views' own tests
# say what is refused. The application below signs every call in.
NOT_IN_THE_SCHEMA = [ignored_auth, negative_data_rejection, positive_data_acceptance]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the test's own connection, with its transaction, from one request to the next, as Django's client does."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def api_schema(inspector: Client, reference: None, one_connection: None) -> schemathesis.BaseSchema:
    """The schema as the site serves it to somebody signed in."""
    cookie = f"sessionid={inspector.cookies['sessionid'].value}"

    def signed_in(environ: dict[str, object], start_response: Callable) -> Iterable[bytes]:
        return application(environ | {"HTTP_COOKIE": cookie, "HTTP_ACCEPT_ENCODING": "identity"}, start_response)

    return schemathesis.openapi.from_wsgi("/api/schema/", signed_in)


@pytest.mark.parametrize("path", [path.replace("{pk}", "{id}") for path in PATHS])
def test_every_operation_keeps_to_its_schema(api_schema: schemathesis.BaseSchema, path: str) -> None:
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=api_schema[path]["GET"].as_strategy())
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=NOT_IN_THE_SCHEMA)

    check()


def test_the_schema_holds_every_operation_and_no_other(api_schema: schemathesis.BaseSchema) -> None:
    assert sorted(api_schema) == sorted(path.replace("{pk}", "{id}") for path in PATHS)
