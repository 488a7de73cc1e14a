"""A new column of disruptions is a field of the model and one entry: added here, used everywhere, and taken away."""

import csv
import io

import pytest
from django.db import connection, models
from django.urls import reverse

from disruptions.columns.models import DISRUPTION_COLUMNS, Described
from disruptions.record.forms import correction_form
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from soc_tracker.core.imports.outcome import Decision
from tests.disruptions.loading.extracts import disruption, loaded, make_bodies
from tests.disruptions.loading.test_corrections import LATER
from tests.makers import make_author

pytestmark = pytest.mark.django_db
NAME, LABEL = "operation", "Operation"


@pytest.fixture
def operation(monkeypatch):
    """What a migration and one line would add: a field, in the history too, and its entry."""
    history = Disruption.history.model
    fields = [
        (model, models.CharField(LABEL, max_length=30, blank=True, default="")) for model in (Disruption, history)
    ]
    entry = Described(NAME, ("operation", "name of operation"), heading=LABEL, required=False)
    with connection.cursor() as cursor:
        for model, _ in fields:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ADD COLUMN {NAME} varchar(30) NOT NULL DEFAULT ''")
    for model, field in fields:
        field.contribute_to_class(model, NAME)
    monkeypatch.setattr(history, "tracked_fields", [*history.tracked_fields, Disruption._meta.get_field(NAME)])
    DISRUPTION_COLUMNS.append(entry)
    yield
    DISRUPTION_COLUMNS.remove(entry)
    for model, field in fields:
        model._meta.local_fields.remove(field)
        delattr(model, NAME)
        model._meta._expire_cache()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def file_of(client, name, **query):
    answer = client.get(reverse(name), {**query, "format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("Reference"))
    return list(csv.DictReader(io.StringIO("\n".join(lines[start:]))))


def test_a_new_column_is_one_entry(operation, path, analyst):
    make_bodies()
    rows = [disruption(1) | {"Name of operation": "Heron"}, disruption(2) | {"Name of operation": ""}]

    # A file brings it; the preview shows it.
    preview = loaded(path, rows, Decision.CHECK)
    assert preview.stray == ()
    assert ("Name of operation", "", "Heron") in preview.additions[0].differences
    loaded(path, rows)
    assert list(Disruption.objects.order_by("reference").values_list(NAME, flat=True)) == ["Heron", ""]

    # A value that is too long is refused, in the words of the entry.
    long = loaded(path, [disruption(3) | {"operation": "x" * 31}], Decision.CHECK)
    assert [fault.expected for fault in long.refusals] == ["text of at most 30 characters"]

    # Another file changes it, before and after kept.
    changed = [disruption(1) | {"operation": "Heron II"}]
    (row,) = loaded(path, changed, Decision.CHECK, as_at=LATER).changes
    assert row.differences == (("operation", "Heron", "Heron II"),)
    loaded(path, changed, as_at=LATER)
    now = Disruption.objects.current().get(reference="DIS-2022-0000001")
    assert (now.operation, Disruption.objects.get(state_of=now).operation) == ("Heron II", "Heron")
    assert set(Disruption.history.filter(id=now.pk).values_list(NAME, flat=True)) == {"Heron", "Heron II"}

    # A file without the column leaves it alone.
    loaded(path, [disruption(1, assessment="Major")], as_at=LATER)
    now.refresh_from_db()
    assert (now.size, now.operation) == ("major", "Heron II")

    # The list's file, the page, the form and the API have it.
    by_reference = {row["Reference"]: row for row in file_of(analyst, "disruptions:disruption_list")}
    assert by_reference["DIS-2022-0000001"][LABEL] == "Heron II"
    page = analyst.get(now.get_absolute_url())
    assert (LABEL, "Heron II") in page.context["summary"]
    assert page.context["forms"]["correct"].initial[NAME] == "Heron II"
    assert analyst.get(f"/api/v1/disruptions/{now.reference}/").json()[NAME] == "Heron II"

    # A person corrects it.
    assert correction_form().base_fields[NAME].label == LABEL
    write = {"by": make_author(), "reason": "Renamed.", "expected_version": now.version}
    corrected = correct_disruption(now, {NAME: "Egret"}, on=LATER, **write)
    assert corrected.operation == "Egret"


def test_without_the_entry_there_is_none(path):
    make_bodies()
    assert not [column for column in DISRUPTION_COLUMNS if column.name == NAME]
    assert loaded(path, [disruption(1) | {"operation": "Heron"}], decision=Decision.CHECK).stray == ("operation",)
    assert NAME not in correction_form().base_fields
