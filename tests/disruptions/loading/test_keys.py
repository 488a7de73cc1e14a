"""References are compared by their keys, wherever: in a file, with the record, on pages and in the API."""

from datetime import date

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from disruptions.choices import ExtractContents
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from disruptions.threats.models import Threat
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.text.normal import fill_keys
from tests.core.imports.reading import workbook
from tests.disruptions.loading.extracts import disruption, loaded, make_bodies
from tests.disruptions.loading.test_threats import assessed
from tests.makers import REASON, make_author, make_disruption, make_plan, make_threat

pytestmark = pytest.mark.django_db
VARIANTS = [
    "PB-0401",
    "PB-0401\u200b",
    "\ufeffPB-0401",
    "PB\u20110401",
    "PB-0401\u00ad",
    "pb-0401",
    "PB – 0401",
    "ＰＢ-0401",
]


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def rows_of(references):
    return [disruption(number, disruption_ref=reference) for number, reference in enumerate(references, 1)]


def test_one_reference_written_in_many_ways_is_repeated_and_named_so(path):
    outcome = loaded(path, [*rows_of(VARIANTS), disruption(99)], Decision.GOOD)
    assert (outcome.added, outcome.refused) == (1, len(VARIANTS))
    assert {fault.line for fault in outcome.refusals} == set(range(2, 2 + len(VARIANTS)))
    assert all("has it too, written a little otherwise" in fault.expected for fault in outcome.refusals)
    assert not Disruption.objects.filter(reference_key="pb-0401").exists()


@pytest.mark.parametrize("variant", VARIANTS, ids=ascii)
def test_it_is_the_one_on_record_however_it_is_written(path, variant):
    loaded(path, rows_of(["PB-0401"]))
    again = loaded(path, rows_of([variant]), as_at=date(2023, 7, 14))
    assert (again.added, again.changed, again.unchanged, again.missing) == (0, 0, 1, 0)
    row = rows_of([variant])[0] | {"four_p": "Prevent"}
    changed = loaded(path, [row], as_at=date(2023, 7, 15))
    (change,) = changed.changes
    assert [heading for heading, _, _ in change.differences] == ["four_p"]
    now = Disruption.objects.current().get()
    assert (now.reference, now.reference_key) == ("PB-0401", "pb-0401")
    assert set(Disruption.objects.values_list("reference_key", flat=True)) == {"pb-0401"}


def test_it_is_shown_as_it_was_sent_first(path):
    loaded(path, rows_of(["Pb\u20110401"]))
    assert Disruption.objects.get().reference == "Pb\u20110401"


@pytest.mark.parametrize(
    "variant", ["ocg-0000001", "OCG\u20110000001", "OCG – 0000001", "OCG-0000001\u200b"], ids=ascii
)
def test_threats_are_linked_by_their_keys(path, variant):
    threat = make_threat("OCG-0000001")
    outcome = loaded(path, [disruption(1, threat_ref=variant), disruption(2)])
    assert outcome.added == 2
    assert set(Disruption.objects.values_list("threat", flat=True)) == {threat.pk}
    assert Threat.objects.count() == 1
    again = loaded(path, [disruption(1), disruption(2, threat_ref=variant)], as_at=date(2023, 7, 14))
    assert again.unchanged == 2


def test_two_rows_make_one_new_threat(path):
    assert loaded(path, [disruption(1, threat_ref="OCG-7"), disruption(2, threat_ref="ocg\u20117")]).added == 2
    assert Threat.objects.get().reference_key == "ocg-7"


def test_a_file_of_threats_finds_the_one_on_record(path):
    threats = {"contents": ExtractContents.THREATS}
    row = assessed(threat_ref="OCG-7")
    loaded(path, [row], **threats)
    again = loaded(path, [row | {"threat_ref": "ocg\u20117"}], as_at=date(2023, 7, 14), **threats)
    assert (again.added, again.missing) == (0, 0)
    twice = loaded(path, [row, row | {"threat_ref": "OCG – 7"}], Decision.CHECK, **threats)
    assert twice.refused == 2
    assert Threat.objects.get().reference == "OCG-7"


def test_the_database_has_each_key_once(path):
    loaded(path, rows_of(["PB-0401"]))
    first = Disruption.objects.get()
    with pytest.raises(ValidationError) as refusal:
        make_disruption(reference="pb\u20110401")
    assert refusal.value.messages == ["Another disruption has this reference."]
    first.pk, first.reference = None, "PB – 0401"
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)
    with pytest.raises(ValidationError, match="Another threat has this reference"):
        make_threat("ocg\u20110000001")


def test_pages_and_the_api_open_it_however_it_is_written(path, analyst):
    loaded(path, rows_of(["PB-0401"]))
    make_plan(reference="4P-7")
    for variant in ("PB-0401", "pb\u20110401", "PB – 0401"):
        assert analyst.get(reverse("disruptions:disruption", args=[variant])).status_code == 200
        assert analyst.get(f"/api/v1/disruptions/{variant}/").json()["reference"] == "PB-0401"
    for variant in ("OCG-0000001", "ocg\u20110000001"):
        assert analyst.get(reverse("disruptions:threat", args=[variant])).status_code == 200
        assert analyst.get(reverse("disruptions:disruption_list"), {"threat": variant}).context["page"].total == 1
    assert analyst.get(reverse("plans4p:plan", args=["4p\u20117"])).status_code == 200


def test_rows_that_were_stored_before_keep_what_tells_them_apart():
    """As a migration finds them, before the database holds that each key is there once."""
    first, second = make_disruption(reference="DIS-7"), make_disruption(reference="DIS-8")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX disruption_key_once")
    Disruption.objects.filter(pk=second.pk).update(reference="dis\u20117")
    Disruption.objects.update(reference_key="")
    fill_keys(Disruption.objects.all(), state_of__isnull=True)
    keys = dict(Disruption.objects.values_list("pk", "reference_key"))
    assert keys == {first.pk: "dis-7", second.pk: "dis-7\n2"}
    second.refresh_from_db()
    write = {"by": make_author(), "reason": REASON, "expected_version": 1}
    changed = correct_disruption(second, {"summary": "Still itself."}, on=date(2023, 7, 14), **write)
    assert changed.reference_key == "dis-7\n2"


# Numbers, which spreadsheets change.


def test_two_numbers_that_differ_by_zeros_are_named_together(path):
    outcome = loaded(path, rows_of(["00401", "401", "00402"]), Decision.GOOD)
    assert [(fault.line, fault.value) for fault in outcome.refusals] == [(2, "00401"), (3, "401")]
    assert "row 3 has 401. A spreadsheet drops those at the beginning" in outcome.refusals[0].expected
    assert outcome.added == 1


def test_a_number_that_has_lost_its_zeros_is_told_by_the_record(path):
    loaded(path, rows_of(["00401", "00402"]))
    outcome = loaded(path, rows_of(["401", "00402", "403"]), Decision.GOOD)
    (fault,) = outcome.refusals
    assert (fault.line, fault.value) == (2, "401")
    assert "on record is 00401" in fault.expected
    assert (outcome.added, outcome.unchanged) == (1, 1)


def test_long_numbers_that_all_end_in_zeros_were_rounded(path):
    rounded = loaded(path, rows_of(["2022071300000010", "2022071300000020"]), Decision.CHECK)
    assert rounded.refused == 2
    assert "keeps 15 digits" in rounded.refusals[0].expected
    right = loaded(path, rows_of(["2022071300000010", "2022071300000023"]), Decision.CHECK)
    assert right.refused == 0


def test_a_number_of_a_workbook(tmp_path):
    path = tmp_path / "extract.xlsx"
    rows = rows_of(["401", "2", "3"])
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    table[1][0], table[2][0], table[3][0] = 401, 2022071300012346000, date(2022, 3, 12)
    outcome = loaded(workbook(path, table), decision=Decision.GOOD)
    assert [fault.line for fault in outcome.refusals] == [3, 4]
    assert Disruption.objects.get().reference == "401"


# Days that cannot be.


@pytest.mark.parametrize("day", [date(1922, 7, 13), date(202, 7, 13), date(1989, 12, 31)])
def test_the_database_refuses_days_that_cannot_be(day):
    row = make_disruption(reference="DIS-7")
    with pytest.raises(IntegrityError), transaction.atomic():
        Disruption.objects.filter(pk=row.pk).update(activity_date=day)
    with pytest.raises(ValidationError):
        make_disruption(reference="DIS-8", activity_date=day)


def test_days_of_a_workbook_that_counts_from_1904(tmp_path):
    """Also where they stand as plain numbers."""
    rows = [list(disruption(1)), list(disruption(1).values())]
    rows[1][6], rows[1][7] = (date(2022, 3, 15) - date(1904, 1, 1)).days, (date(2022, 4, 1) - date(1904, 1, 1)).days
    path = tmp_path / "extract.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    assert loaded(path).added == 1
    assert Disruption.objects.get().activity_date == date(2022, 3, 15)
