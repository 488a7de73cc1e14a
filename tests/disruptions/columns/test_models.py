"""A new column of disruptions or threats is a field and one entry: added here, used everywhere, and taken away."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, models
from django.urls import reverse

from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS, Described
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record.pages import correction_form
from disruptions.record.services import correct_disruption
from disruptions.threats.models import Threat, ThreatState
from soc_tracker.core.imports.outcome import Decision
from tests.disruptions.loading.extracts import disruption, loaded, make_bodies
from tests.disruptions.loading.test_corrections import LATER
from tests.disruptions.loading.test_threats import loaded as loaded_threats
from tests.disruptions.loading.test_threats import threat
from tests.forms import admin_url
from tests.makers import make_author

pytestmark = pytest.mark.django_db
NAME, LABEL = "operation", "Operation"


@contextmanager
def one_more_column(columns: list[Described], entry: Described) -> Iterator[None]:
    """What a migration and one line would add: a text field, in the history too, and its entry."""
    model = entry.model
    history = model.history.model
    label = entry.heading
    fields = [(each, models.CharField(label, max_length=30, blank=True, default="")) for each in (model, history)]
    with connection.cursor() as cursor:
        for each, _ in fields:
            cursor.execute(f"ALTER TABLE {each._meta.db_table} ADD COLUMN {entry.name} varchar(30) NOT NULL DEFAULT ''")
    for each, field in fields:
        field.contribute_to_class(each, entry.name)
    tracked = history.tracked_fields
    history.tracked_fields = [*tracked, model._meta.get_field(entry.name)]
    columns.append(entry)
    try:
        yield
    finally:
        columns.remove(entry)
        history.tracked_fields = tracked
        for each, field in fields:
            each._meta.local_fields.remove(field)
            delattr(each, entry.name)
            each._meta._expire_cache()


@pytest.fixture
def operation():
    entry = Described(NAME, ("operation", "name of operation"), heading=LABEL, required=False)
    with one_more_column(DISRUPTION_COLUMNS, entry):
        yield


@pytest.fixture
def operation_and_intent():
    """A column of threats and one of what they are on a day."""
    entry = Described(NAME, ("operation", "name of operation"), LABEL, model=Threat, required=False)
    intent = Described("intent", ("intent",), "Intent", model=ThreatState, required=False)
    with one_more_column(THREAT_COLUMNS, entry), one_more_column(THREAT_COLUMNS, intent):
        yield


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


def test_a_new_column_of_threats_is_one_entry(operation_and_intent, path, analyst, administrator):
    make_bodies()
    rows = [threat(1) | {"Name of operation": "Heron", "intent": "Grow"}, threat(2) | {"intent": ""}]
    preview = loaded_threats(path, rows[:1], Decision.CHECK)
    differences = {heading: (before, after) for heading, before, after in preview.additions[0].differences}
    assert (differences["Name of operation"], differences["intent"]) == (("", "Heron"), ("", "Grow"))
    long = loaded_threats(path, [threat(3) | {"operation": "x" * 31}], Decision.CHECK)
    assert [fault.expected for fault in long.refusals] == ["text of at most 30 characters"]
    loaded_threats(path, rows)
    loaded_threats(path, [threat(4)])
    assert ThreatState.objects.get(threat__reference="OCG-0000004").intent == ""

    # Another file changes both; what the threat was until then stays.
    changed = [threat(1) | {"operation": "Heron II", "intent": "Hold"}]
    (row,) = loaded_threats(path, changed, Decision.CHECK, as_at=LATER).changes
    assert {("operation", "Heron", "Heron II"), ("intent", "Grow", "Hold")} <= {*row.differences}
    loaded_threats(path, changed, as_at=LATER)
    now = Threat.objects.get(reference="OCG-0000001")
    assert (now.operation, [state.intent for state in now.states.order_by("valid_from")]) == (
        "Heron II",
        ["Grow", "Hold"],
    )

    # A file without the columns leaves them alone.
    loaded_threats(path, [threat(1, tier="3")], as_at=LATER)
    now.refresh_from_db()
    assert (now.operation, now.states.get(valid_to=None).intent) == ("Heron II", "Hold")

    # The list and its file, the page, what an extract added, the API and the form have them.
    by_reference = {row["Reference"]: row for row in file_of(analyst, "disruptions:threat_list")}
    assert (by_reference["OCG-0000001"][LABEL], by_reference["OCG-0000001"]["Intent"]) == ("Heron II", "Hold")
    page = analyst.get(now.get_absolute_url())
    assert (LABEL, "Heron II") in page.context["summary"]
    assert "Intent Grow → Hold" in page.content.decode()
    added = analyst.get(reverse("disruptions:extract_added", args=[Extract.objects.earliest("pk").pk]))
    assert "Heron" in b"".join(added.streaming_content).decode()
    in_api = analyst.get(f"/api/v1/threats/{now.reference}/").json()
    assert (in_api[NAME], in_api["intent"]) == ("Heron II", "Hold")
    form = administrator.get(admin_url(Threat, "change", now.pk)).context["adminform"].form
    assert form.initial[NAME] == "Heron II"


def test_without_the_entry_there_is_none(path):
    make_bodies()
    assert not [column for column in DISRUPTION_COLUMNS if column.name == NAME]
    assert loaded(path, [disruption(1) | {"operation": "Heron"}], decision=Decision.CHECK).stray == ("operation",)
    assert NAME not in correction_form().base_fields
