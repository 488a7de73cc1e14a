"""What differs between the databases when rows are loaded, in the same words for both."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.loading.queries import (
    FAULTS,
    Staging,
    day_in_words,
    list_refusals,
    refuse,
    rows,
    run,
    temporary,
    value,
)
from disruptions.loading.services import tidy
from disruptions.record.models import Disruption
from soc_tracker.core.imports.outcome import Refusal
from soc_tracker.core.text.days import Precision, in_words
from tests.makers import make_disruption, make_organisation

pytestmark = pytest.mark.django_db

TABLE = Staging("loading_trial", {"line": "integer", "word": "text", "empty": "text", "day": "date", "key": "bigint"})
TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"))


@pytest.fixture
def table():
    with temporary(TABLE):
        yield TABLE


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXT, st.none() | TEXT), min_size=1, max_size=6))
def test_any_text_is_copied_as_it_is(table, pairs):
    run(f"DELETE FROM {table.name}")
    words, others = (list(column) for column in zip(*pairs, strict=True))
    table.add({"line": range(len(pairs)), "word": words, "empty": others})
    assert rows(f"SELECT word, empty FROM {table.name} ORDER BY line") == list(pairs)


@pytest.mark.parametrize("text", ["\\N", "\\.", "a\tb\nc\r\\d", '"quoted"', "NULL", "", " ", "{}", "%s", "£😀"])
def test_text_that_means_something_to_a_database(table, text):
    table.add({"line": [1], "word": [text]})
    assert value(f"SELECT word FROM {table.name}") == text


def test_days_and_keys_come_as_text(table):
    table.add({"line": [1, 2], "day": ["2023-01-04", None], "key": ["7", None]})
    (day, key), empty = rows(f"SELECT day, key + 1 FROM {table.name} ORDER BY line")
    assert (str(day), key, empty) == ("2023-01-04", 8, (None, None))


def test_a_temporary_table_goes_with_the_loading():
    with temporary(TABLE):
        assert value(f"SELECT COUNT(*) FROM {TABLE.name}") == 0
    assert TABLE.name not in connection.introspection.table_names()


def test_one_that_was_left_over_is_made_anew(table):
    table.add({"line": [1]})
    with temporary(TABLE):
        assert value(f"SELECT COUNT(*) FROM {TABLE.name}") == 0


@pytest.mark.parametrize("month", range(1, 13))
def test_days_in_words(table, month):
    day = date(2023, month, month)
    table.add({"line": [1], "day": [day.isoformat()]})
    assert value(f"SELECT {day_in_words('day')} FROM {table.name}") == in_words(day, Precision.DAY)


def test_refusals_come_back_by_line():
    told = [Refusal(line, f"DIS-{line}", "four_p", "x" * line * 30, "one of the 4Ps") for line in (9, 2, 5)]
    with temporary(FAULTS):
        refuse([])
        refuse(told)
        assert [fault.line for fault in list_refusals(between=(2, 5))] == [2, 5]
        assert [fault.line for fault in list_refusals(most=2)] == [2, 5]
        (last,) = list_refusals(between=(6, 99))
        assert last == told[0]._replace(value="x" * 200)


def test_columns_of_unequal_length_are_a_mistake(table):
    with pytest.raises(ValueError, match="shorter"):
        table.add({"line": [1, 2], "word": ["a"]})


def test_the_planner_is_told_how_many_rows_share_a_body():
    """Of more rows than a sample has: from a sample, SQLite took a body to be no rarer than the kind of data."""
    bodies = [make_organisation(name) for name in ("Cheshire Constabulary", "Lancashire Constabulary")]
    made = [make_disruption(f"DIS-{number}", bodies[number % 2]) for number in range(2)]
    copies = [Disruption(**_copy(made[number % 2], number)) for number in range(3_000)]
    Disruption.objects.bulk_create(copies)
    tidy([Disruption._meta.db_table])
    assert _rows_a_body() == pytest.approx(1_501, abs=2)


def _copy(row: Disruption, number: int) -> dict:
    values = {field.attname: getattr(row, field.attname) for field in Disruption._meta.concrete_fields}
    return values | {"id": None, "reference": f"DIS-X-{number}"}


def _rows_a_body() -> float:
    """How many rows of one body the planner expects."""
    if connection.vendor == "postgresql":
        share = "SELECT 1 / n_distinct * (SELECT reltuples FROM pg_class WHERE relname = tablename) FROM pg_stats"
        return value(f"{share} WHERE tablename = 'disruptions_disruption' AND attname = 'organisation_id'")
    stat = value("SELECT stat FROM sqlite_stat1 WHERE idx = 'disruption_of_body'")
    return int(stat.split()[1])
