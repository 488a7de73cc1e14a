"""A first load of many rows builds the indexes last; afterwards everything is as after any other."""

import pytest
from django.db import IntegrityError, connection, transaction

from disruptions.loading.disruptions import services as loading
from disruptions.record.models import Disruption
from disruptions.words.models import matching
from soc_tracker.core.imports.outcome import Decision
from tests.disruptions.loading.extracts import AS_AT, disruption, disruptions, loaded, make_bodies
from tests.disruptions.loading.test_corrections import assert_cells_are_those_of_the_rows
from tests.makers import make_disruption

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


@pytest.fixture
def entered(monkeypatch):
    """Count the loads that take the indexes off, from five rows on."""
    times, without_indexes = [], loading.without_indexes

    def counted():
        times.append(1)
        return without_indexes()

    monkeypatch.setattr(loading, "MANY", 5)
    monkeypatch.setattr(loading, "without_indexes", counted)
    return times


def structure():
    """Every index and constraint of the tables, as the database describes them."""
    with connection.cursor() as cursor:
        return {table: connection.introspection.get_constraints(cursor, table) for table in loading.TABLES}


def definitions():
    return {part for table in loading.TABLES for part in loading._parts(table)}


def test_the_tables_are_as_before(path, entered):
    before, defined = structure(), definitions()
    outcome = loaded(path, disruptions(200))
    assert entered
    assert structure() == before
    assert definitions() == defined
    assert len(defined) > 8
    assert outcome.added == Disruption.objects.count() == 200
    assert (
        matching(Disruption.objects.all(), "heron").count()
        == Disruption.objects.filter(summary__icontains="heron").count()
    )
    assert_cells_are_those_of_the_rows()


def test_constraints_hold_again(path, entered):
    loaded(path, disruptions(10))
    assert entered
    with pytest.raises(IntegrityError), transaction.atomic():
        Disruption.objects.filter(reference="DIS-2022-0000001").update(reference_key="dis-2022-0000002")


def test_a_table_with_rows_keeps_its_indexes(path, entered):
    make_disruption("DIS-1999-0000001", activity_date=AS_AT)
    loaded(path, disruptions(20))
    assert not entered


def test_few_rows_keep_the_indexes(path, entered):
    loaded(path, [disruption(1)])
    assert not entered


def test_what_fails_half_way_leaves_the_tables_as_they_were(path, entered, monkeypatch):
    before = structure()

    def fail(*_, **__):
        raise RuntimeError("stop")

    monkeypatch.setattr(loading, "add_rows", fail)
    with pytest.raises(RuntimeError, match="stop"):
        loaded(path, disruptions(20), Decision.ALL)
    assert entered
    assert structure() == before
    assert not Disruption.objects.exists()
