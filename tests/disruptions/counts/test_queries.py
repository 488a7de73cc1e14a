"""What the counts cost and where they are read; what they say of a small record, worked out beforehand."""

import re
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from disruptions.choices import DataKind
from disruptions.counts.models import Cell
from disruptions.counts.queries import DIMENSIONS, HOW, Scope, count_by, facets, lead_and_support, total, total_up_to
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from disruptions.standpoint.queries import Standpoint
from forces.choices import OrganisationKind
from soc_tracker.core.access.models import EVERYTHING
from tests.makers import make_author, make_crime_type, make_disruption, make_extract, make_organisation

pytestmark = pytest.mark.django_db
LATEST = date(2023, 7, 13)


@pytest.fixture(scope="module")
def bodies(rows_of_module) -> dict[str, int]:
    """Cheshire: pursue twice, prevent once, of 2021 and 2022; Cumbria: prevent once; the last was added late."""
    cheshire, cumbria = make_organisation(), make_organisation("Cumbria Constabulary")
    make_disruption("DIS-1", cheshire, activity_date=date(2021, 12, 31))
    make_disruption("DIS-2", cheshire, activity_date=date(2022, 1, 1), crime_type=make_crime_type())
    make_disruption("DIS-3", cheshire, "prevent", activity_date=date(2022, 3, 15))
    make_disruption("DIS-4", cumbria, "prevent", "minor", date(2022, 3, 16), added_date=LATEST)
    return {"cheshire": cheshire.pk, "cumbria": cumbria.pk}


def scope(day: date = LATEST, latest: date = LATEST, **more) -> Scope:
    return Scope(Standpoint(DataKind.RECORDED, day, latest, sight=EVERYTHING), **more)


def of(*bodies: int, **more) -> Scope:
    return scope(values={"organisation": frozenset(bodies)}, **more)


def test_facets_of_everything(bodies):
    found = facets(scope(), DIMENSIONS)
    assert found["organisation"] == {bodies["cheshire"]: 3, bodies["cumbria"]: 1}
    assert found["four_p"] == {"pursue": 2, "prevent": 2}
    assert found["size"] == {"moderate": 3, "minor": 1}
    assert found["crime_type"] == {None: 3, make_crime_type().pk: 1}
    assert found["extract"] == {None: 4}
    assert found["activity_year"] == {2021: 1, 2022: 3}


def test_a_facet_leaves_out_its_own_choice(bodies):
    chosen = scope(values={"organisation": frozenset([bodies["cheshire"]]), "four_p": frozenset(["prevent"])})
    found = facets(chosen, ("organisation", "four_p", "size"))
    assert found["organisation"] == {bodies["cheshire"]: 1, bodies["cumbria"]: 1}
    assert found["four_p"] == {"pursue": 2, "prevent": 1}
    assert found["size"] == {"moderate": 1}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, 4),
        ({"day": date(2023, 7, 12)}, 3),
        ({"day": date(2022, 3, 14)}, 2),
        ({"day": date(2021, 12, 30)}, 0),
        ({"activity_from": date(2022, 1, 1)}, 3),
        ({"activity_to": date(2021, 12, 31)}, 1),
        ({"activity_from": date(2022, 3, 15), "activity_to": date(2022, 3, 15)}, 1),
        ({"activity_from": date(2022, 3, 16), "activity_to": date(2022, 3, 15)}, 0),
        ({"activity_from": date(2021, 12, 31), "activity_to": date(2022, 1, 1)}, 2),
        ({"values": {"crime_type": frozenset([None])}}, 3),
        ({"values": {"organisation": frozenset()}}, 0),
        ({"values": {"activity_year": frozenset([2021, 2030])}}, 1),
    ],
)
def test_totals(bodies, more, expected):
    assert total(scope(**more)) == expected
    assert sum(count_by(scope(**more), "activity_month").values()) == expected


def test_groups_are_named_as_their_fields_are(bodies):
    by = count_by(of(bodies["cheshire"]), "activity_month", "activity_year", "crime_type", "four_p")
    assert by == {
        (date(2021, 12, 1), 2021, None, "pursue"): 1,
        (date(2022, 1, 1), 2022, make_crime_type().pk, "pursue"): 1,
        (date(2022, 3, 1), 2022, None, "prevent"): 1,
    }


def test_nothing_on_record_has_no_groups(db):
    assert count_by(scope(latest=None), "four_p") == {}
    assert facets(scope(latest=None), DIMENSIONS) == {name: {} for name in DIMENSIONS}
    assert total(scope(latest=None)) == 0


def test_many_rows_are_counted_up_to_a_limit(bodies):
    rows = scope(rows=Disruption.objects.filter(reference__startswith="DIS"))
    assert [total_up_to(rows, limit) for limit in (1, 3, 4, 9)] == [2, 4, 4, 4]
    assert total_up_to(scope(), 1) == 4  # cells tell at once


SINGLE, SINGLE_KNOWN = set(range(1, 8)), set(range(8, 15))
"""The numbers of the levels that count by one dimension, as the record stands now and as at any day."""
REPORTED, COMPARED, YEARLY, MONTHLY, FULL, ASSESSED = range(15, 21)


def levels_read(query: dict[str, str]) -> set[int]:
    return {int(number) for number in re.findall(r"level = (\d+)", query["sql"])}


@pytest.mark.parametrize(
    ("asked", "levels", "tables"),
    [
        ({}, SINGLE - {7}, {"cell"}),
        ({"values": {"four_p": frozenset(["pursue"])}}, SINGLE - {7}, {"cell"}),
        ({"values": {"organisation": frozenset([1])}}, {1, REPORTED, YEARLY}, {"cell"}),
        (
            {"values": {"organisation": frozenset([1]), "activity_year": frozenset([2022])}},
            {1, REPORTED, YEARLY},
            {"cell"},
        ),
        ({"activity_from": date(2022, 1, 1)}, SINGLE - {7}, {"cell"}),
        ({"activity_from": date(2022, 2, 1)}, {7, MONTHLY, FULL}, {"cell"}),
        ({"activity_from": date(2022, 2, 2)}, {7, MONTHLY, FULL}, {"cell", "disruption"}),
        ({"day": date(2023, 1, 31)}, SINGLE_KNOWN - {14}, {"cell"}),
        ({"day": date(2023, 1, 4)}, SINGLE_KNOWN - {14}, {"cell", "disruption"}),
        ({"day": date(2023, 1, 31), "values": {"size": frozenset(["minor"])}}, {9, ASSESSED, COMPARED, FULL}, {"cell"}),
    ],
)
def test_facets_take_one_query_to_the_fewest_cells(bodies, asked, levels, tables):
    with CaptureQueriesContext(connection) as queries:
        facets(scope(**asked), DIMENSIONS)
    [query] = queries
    assert levels_read(query) == levels
    assert set(re.findall(r"FROM \W*disruptions_([a-z]+)", query["sql"])) - {"pending"} == tables


@pytest.mark.parametrize(
    ("asked", "by", "level"),
    [
        ({}, ("four_p", "activity_year"), 3),
        ({"day": date(2023, 1, 31)}, ("four_p",), 10),
        ({}, ("activity_month", "four_p"), 7),
        ({"day": date(2023, 1, 31)}, ("activity_month", "four_p"), 14),
        ({}, ("organisation", "activity_year"), 1),
        ({}, ("organisation", "size", "activity_year"), REPORTED),
        ({"activity_to": date(2022, 12, 31)}, ("organisation", "four_p", "size"), REPORTED),
        ({}, ("organisation", "crime_type"), YEARLY),
        ({}, ("organisation", "activity_month"), MONTHLY),
        ({}, ("threat_type", "activity_month"), FULL),
    ],
)
def test_groups_are_read_from_the_fewest_cells(bodies, asked, by, level):
    with CaptureQueriesContext(connection) as queries:
        assert sum(count_by(scope(**asked), *by).values()) == total(scope(**asked))
    assert levels_read(queries[0]) == {level}


@pytest.mark.parametrize("day", [date(2023, 1, 4), date(2023, 1, 31)])
def test_comparisons_are_read_from_months(bodies, day):
    with CaptureQueriesContext(connection) as queries:
        year = scope(day, activity_from=date(2022, 1, 1), activity_to=date(2022, 12, 31))
        count_by(year, "organisation", "four_p", "size")
    [query] = queries
    assert "disruptions_cell" in query["sql"]
    assert f"level = {FULL}" not in query["sql"]


# What is kept


def test_a_correction_that_moves_no_count_adds_no_cell(bodies):
    row = Disruption.objects.get(reference="DIS-1")
    before = Cell.objects.count()
    said = {"by": make_author(), "reason": "Clearer.", "expected_version": 1}
    correct_disruption(row, {"summary": "Two arrested."}, on=date(2022, 6, 1), **said)
    assert Cell.objects.count() == before


def test_correcting_a_word_of_a_summary_takes_few_statements(bodies):
    extract = make_extract(as_at=date(2022, 5, 1))
    row = make_disruption("DIS-9", activity_date=date(2022, 5, 5), extract=extract, extract_line=7)
    Disruption.history.filter(id=row.pk).delete()  # as of a row that an extract brought
    write = {"by": make_author(), "reason": "Clearer.", "expected_version": 1}
    with CaptureQueriesContext(connection) as queries:
        correct_disruption(row, {"summary": "Two arrested."}, on=date(2022, 6, 1), **write)
    assert len(queries) <= 13, [query["sql"] for query in queries]  # one of them is its entry on the trail
    assert not [query for query in queries if "disruptions_cell" in query["sql"]]
    assert Disruption.history.filter(id=row.pk).count() == 2


def test_units_support_and_are_counted_apart(bodies):
    unit = make_organisation("North West ROCU", OrganisationKind.ROCU)
    make_disruption("DIS-5", unit, involvement="support", activity_date=date(2022, 5, 5))
    assert count_by(of(unit.pk), "involvement") == {("support",): 1}


def test_the_command_mends_what_was_lost(bodies, capsys):
    Cell.objects.all().delete()
    assert total(scope()) == 0
    call_command("rebuild_counts")
    assert total(scope()) == 4
    assert f"{Cell.objects.count():,} cells" in capsys.readouterr().out


@pytest.mark.parametrize("asked", [{}, {"day": date(2023, 1, 31)}, {"values": {"four_p": frozenset(["pursue"])}}])
def test_what_is_lead_and_assessed_is_read_from_few_cells(bodies, asked):
    with CaptureQueriesContext(connection) as queries:
        counts = facets(scope(**asked), [HOW])[HOW]
    assert levels_read(queries[0]) == {ASSESSED}
    assert counts == {how: number for (how,), number in count_by(scope(**asked), HOW).items()}
    apart = lead_and_support(scope(**asked))
    assert sum(counts.values()) == total(scope(**asked))
    assert apart.lead == total(scope(**asked).lead)


def test_a_record_from_before_gets_these_cells_from_those_that_it_has(bodies):
    """What the migration makes of them is what counting the rows makes."""
    cells = Cell.objects.filter(level=ASSESSED)
    sums = cells.order_by().values_list("activity", "known", "four_p", "size", "involvement").annotate(Sum("n"))
    counted = sorted(row for row in sums if row[-1])
    migration = import_module("disruptions.migrations.0020_lead_and_assessed")
    migration.remove(apps, connection.schema_editor())
    assert not cells.exists()
    migration.add(apps, connection.schema_editor())
    assert counted
    assert sorted(sums.all()) == counted
