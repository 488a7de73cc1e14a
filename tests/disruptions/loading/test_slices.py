"""Many rows are written some at a time, and seen by nobody until all are in; the record is then as if at once."""

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate

from disruptions.counts.models import Cell
from disruptions.counts.services import rebuild_cells
from disruptions.loading import services as writing
from disruptions.loading.disruptions import services as rows_services
from disruptions.loading.services import OvertakenError
from disruptions.models import CrimeType, Disruption, Extract, Pending, Threat
from disruptions.record.services import correct_disruption
from disruptions.standpoint.queries import standpoint
from disruptions.words.models import matching
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.core.imports.outcome import Decision
from tests.disruptions.loading.extracts import disruptions, loaded, make_bodies, write
from tests.makers import REASON, make_author

pytestmark = pytest.mark.django_db(transaction=True)
SLICES = connection.vendor == "sqlite"
"""PostgreSQL writes in one transaction: it shows nobody what is not committed, and lets others write."""
COUNT, TODAY = 300, localdate()
MODELS = (Extract, CrimeType, Threat, Disruption, Cell)


@pytest.fixture(autouse=True)
def small_slices(monkeypatch, settings, tmp_path):
    make_bodies()
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(writing, "LARGE", 100)
    monkeypatch.setattr("disruptions.pending.services.PAUSE", 0)


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "extract.csv", disruptions(COUNT))


def cells():
    names = [field.attname for field in Cell._meta.concrete_fields if not field.primary_key]
    return sorted(map(str, Cell.objects.values_list(*names)))


def test_nothing_is_seen_until_all_is(path, monkeypatch):
    seen = []

    def look(extract):
        with transaction.atomic():
            seen.append([model._base_manager.count() > 0 for model in MODELS])
            seen.append([model.objects.count() for model in MODELS])
            seen.append(standpoint(today=TODAY, sight=EVERYTHING).latest)

    original = writing.put_on_record
    monkeypatch.setattr(writing, "put_on_record", lambda: (look(None), original()))
    loaded(path)
    assert seen == ([[True] * len(MODELS), [0] * len(MODELS), None] if SLICES else [])
    assert Disruption.objects.count() == COUNT
    assert not Pending.objects.exists()


def test_as_if_written_at_once(path):
    loaded(path)
    sliced = cells()
    assert sum(Cell.objects.filter(level=3).values_list("n", flat=True)) == COUNT
    rebuild_cells()
    assert len(cells()) == len(sliced)
    first = Disruption.objects.order_by("pk").first()
    assert list(matching(Disruption.objects.all(), first.reference)) == [first]
    [extract] = Extract.objects.all()
    assert Extract.history.filter(id=extract.pk).latest().loaded_at == extract.loaded_at


@pytest.mark.parametrize("step", ["add_threats", "add_rows", "add_cells_in_slices" if SLICES else "add_cells"])
def test_what_fails_leaves_nothing(path, monkeypatch, step):
    def fail(*args, **kwargs):
        raise OSError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(rows_services, step, fail)
        with pytest.raises(OSError, match="disk"):
            loaded(path)
    assert [model._base_manager.count() for model in (*MODELS, Pending)] == [0] * 6
    assert loaded(path).added == COUNT


def test_a_row_that_somebody_changes_meanwhile_is_not_written_over(tmp_path, monkeypatch):
    rows = disruptions(2 * COUNT)
    loaded(write(tmp_path / "extract.csv", rows[:COUNT]))
    more = [row | {"summary": "Seen anew"} for row in rows]
    newer = write(tmp_path / "newer.csv", more)
    record = Disruption.objects.get(reference=more[0]["disruption_ref"])
    original = rows_services.add_cells_in_slices

    def meanwhile(rows_sql):
        original(rows_sql)
        write = {"by": make_author(), "reason": REASON, "expected_version": 1}
        correct_disruption(record, {"summary": "Typed by hand"}, on=TODAY, **write)

    monkeypatch.setattr(rows_services, "add_cells_in_slices", meanwhile)
    if not SLICES:  # which lets nobody else write such a row meanwhile
        assert loaded(newer, decision=Decision.ALL).added == COUNT
        return
    with pytest.raises(OvertakenError, match="Load it again"):
        loaded(newer, decision=Decision.ALL)
    assert Disruption.objects.current().count() == COUNT
    assert Disruption.objects.get(pk=record.pk).summary == "Typed by hand"
    assert not Pending.objects.exists()
