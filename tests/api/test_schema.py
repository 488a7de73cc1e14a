"""Every operation of the API answers generated input as its schema says."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import pytest
import schemathesis
from django.contrib.auth.models import Group, User
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from forces.models import Organisation
from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.tokens.models import Scope
from soc_tracker.core.accounts.tokens.services import make_token
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
def reader() -> dict[str, str]:
    """What the requests of whoever reads say of who it is; a test may change it."""
    return {}


@pytest.fixture
def api_schema(
    inspector: Client, reference: None, one_connection: None, reader: dict[str, str]
) -> schemathesis.BaseSchema:
    """The schema as the site serves it to somebody signed in."""
    reader["HTTP_COOKIE"] = cookie_of(inspector)

    def known(environ: dict[str, object], start_response: Callable) -> Iterable[bytes]:
        # The schema names tokens, so that calls are generated with made-up ones: who reads is the reader's to say.
        own = {"HTTP_AUTHORIZATION": ""} | reader | {"HTTP_ACCEPT_ENCODING": "identity"}
        return application(environ | own, start_response)

    return schemathesis.openapi.from_wsgi("/api/schema/", known)


def cookie_of(client: Client) -> str:
    return f"sessionid={client.cookies['sessionid'].value}"


@pytest.mark.parametrize("path", [path.replace("{pk}", "{id}") for path in PATHS])
def test_every_operation_keeps_to_its_schema(api_schema: schemathesis.BaseSchema, path: str) -> None:
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=api_schema[path]["GET"].as_strategy())
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=NOT_IN_THE_SCHEMA)

    check()


def test_the_schema_holds_every_operation_and_no_other(api_schema: schemathesis.BaseSchema) -> None:
    assert sorted(api_schema) == sorted(path.replace("{pk}", "{id}") for path in PATHS)


# Whoever asks: every role, an account of one body, one without a role, a token of each, and nobody.


UNKNOWN = {401, 403}
READERS = {
    **{str(role.value): {200, 400, 404} if role.reads_record else {403} for role in Role},
    "of one body": {200, 400, 404},
    "token of one body": {200, 400, 404},
    "token of published facts": {200, 400, 403, 404},
    "without a role": UNKNOWN,
    "token without a role": UNKNOWN,
    "made-up token": UNKNOWN | {429},
    "nobody": UNKNOWN,
}
"""Who reads → the statuses that they get."""


def environ_of(who: str, sign_in: Callable[[Role], Client]) -> dict[str, str]:
    """What the requests of a reader say of who it is."""
    if role := {str(role.value): role for role in Role}.get(who):
        return {"HTTP_COOKIE": cookie_of(sign_in(role))}
    account = User.objects.create_user("reader")
    if "without a role" not in who:
        account.groups.add(Group.objects.get(name=Role.ANALYST.label))
        body = Organisation.objects.get(slug="cheshire")
        Reach.objects.create(account=account, organisation=body, valid_from=date(1990, 1, 1), reason="For a test.")
    if "token" in who:
        scopes = [Scope.PUBLISHED] if "published" in who else list(Scope)
        _, secret = make_token(account, "Mine", scopes, date(2100, 1, 1), reason="For a test.")
        return {"HTTP_AUTHORIZATION": f"Bearer {secret}{'x' if 'made-up' in who else ''}"}
    client = Client()
    if who != "nobody":
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return {"HTTP_COOKIE": cookie_of(client)} if client.cookies else {}


@pytest.mark.parametrize("who", READERS)
def test_no_reader_breaks_any_operation(
    api_schema: schemathesis.BaseSchema, reader: dict[str, str], sign_in: Callable[[Role], Client], who: str
) -> None:
    reader.clear()
    reader.update(environ_of(who, sign_in))
    for path in sorted(api_schema):

        @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=api_schema[path]["GET"].as_strategy())
        def check(case: schemathesis.Case) -> None:
            answer = case.call()
            assert answer.status_code in READERS[who], (case.formatted_path, answer.status_code, answer.text[:300])

        check()


def test_the_schema_says_what_every_operation_answers_with(api_schema: schemathesis.BaseSchema) -> None:
    answers = {path: item["get"]["responses"]["200"] for path, item in api_schema.raw_schema["paths"].items()}
    assert {path for path, answer in answers.items() if not answer.get("content")} == set()
    assert {path.replace("{pk}", "{id}") for path in PATHS} <= set(answers)
