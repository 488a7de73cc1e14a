"""The address that load balancers ask."""

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_well(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_without_a_database(client, monkeypatch):
    def refuse():
        raise OperationalError("no connection")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert b"no connection" not in answer.content


def test_only_reading(client):
    assert client.post("/healthz").status_code == 405
