"""Columns of disruptions: each shows one field, alike on the page and in a file."""

import io
import zipfile
from contextlib import closing
from datetime import date
from types import SimpleNamespace

import pytest

from disruptions.record.models import Disruption
from disruptions.record_list.pages import Names, disruption_columns
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.core.lists.columns import cells, pick
from soc_tracker.core.lists.exports import are_plain
from tests.makers import make_disruption

pytestmark = pytest.mark.django_db
NAMES = Names({1: "Cheshire Constabulary"}, {1: "North West"}, {5: "Drugs supply"}, {9: "national.csv"})


def shown(**values) -> dict[str, str]:
    row = {column.field: None for column in disruption_columns(NAMES, EVERYTHING)} | {
        "reference": "DIS/1 é",
        "threat__reference": "OCG-1",
    }
    columns = disruption_columns(NAMES, EVERYTHING, "?as_at=2023-01-04")
    return {cell.heading: cell for cell in cells(columns, SimpleNamespace(**row | values))}


def test_keys_become_names_and_what_is_missing_says_so():
    cells_by_heading = shown(organisation_id=1, crime_type_id=5, extract_id=9, four_p="prevent", size="not_assessed")
    texts = {heading: cell.text for heading, cell in cells_by_heading.items()}
    assert (texts["Organisation"], texts["Region"]) == ("Cheshire Constabulary", "North West")
    assert (texts["Crime type"], texts["Extract"]) == ("Drugs supply", "national.csv")
    assert (texts["4P"], texts["Size"]) == ("Prevent", "Not yet assessed")
    assert texts["Supported"] == "not stated"
    assert cells_by_heading["Supported"].missing


def test_links_are_addresses_that_hold_any_reference():
    cells_by_heading = shown(activity_date=date(2022, 3, 4))
    assert cells_by_heading["Reference"].link == "/disruptions/DIS/1%20%C3%A9/?as_at=2023-01-04"
    assert cells_by_heading["Threat"].link == "/threats/OCG-1/?as_at=2023-01-04"
    assert cells_by_heading["Activity"].text == "4 March 2022"


def test_files_are_written_without_an_object_for_each_row():
    assert are_plain(disruption_columns(NAMES, EVERYTHING), Disruption.objects.all())


def test_every_column_reads_a_field_of_the_rows():
    make_disruption()
    fields = dict.fromkeys(column.field for column in disruption_columns(NAMES, EVERYTHING))
    (row,) = Disruption.objects.values_list(*fields, named=True)
    assert [cell.text for cell in cells(pick(disruption_columns(NAMES, EVERYTHING), "reference", "summary"), row)] == [
        "DIS-2022-0000001",
        "not stated",
    ]


def test_a_workbook_holds_the_rows_with_days_as_days(analyst):
    make_disruption(summary="=1+1")
    with closing(analyst.get("/disruptions/?format=xlsx&columns=activity_date&columns=summary")) as response:
        text = zipfile.ZipFile(io.BytesIO(b"".join(response))).read("xl/worksheets/sheet1.xml").decode()
    assert "DIS-2022-0000001" in text
    assert "<v>44635</v>" in text
    assert "<f>" not in text
    assert text.count("<row ") == 7 + 1 + 1
