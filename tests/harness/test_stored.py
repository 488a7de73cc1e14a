"""Rows put back are the rows that were loaded."""

import pytest
from django.db import connection

from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from tests import stored

pytestmark = pytest.mark.django_db


def contents() -> dict[str, list[tuple]]:
    return {table.name: sorted(table.rows) for table in map(stored._copied, stored._names())}


@pytest.fixture
def loaded_anew(monkeypatch):
    monkeypatch.setattr(stored, "_tables", [])
    stored.load_reference()


def test_put_back_as_loaded(loaded_anew):
    before = contents()
    with connection.cursor() as cursor:
        for name in stored._names():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
    assert Finding.objects.count() == 0
    stored.load_reference()
    assert contents() == before
    assert Grading.objects.count() > 10


def test_rows_can_be_added_afterwards(loaded_anew, reference_again):
    finding = Finding.objects.earliest("pk")
    finding.pk, finding.slug = None, "another"
    finding.save()
    assert Finding.objects.filter(slug="another").exists()


@pytest.fixture
def reference_again(loaded_anew):
    with connection.cursor() as cursor:
        for name in stored._names():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
    stored.load_reference()
