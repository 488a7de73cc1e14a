"""Three queries: the rows, and the counts from the cells, as few cells as will do."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from disruptions.cells.models import MarginCell, YearCell
from disruptions.choices import DataKind
from disruptions.record.models import Disruption

PAGE = 50
COLUMNS = {
    "organisation": "organisation_id",
    "four_p": "four_p",
    "size": "size",
    "involvement": "involvement",
    "threat_type": "threat_type",
    "crime_type": "crime_type_id",
    "extract": "extract_id",
    "year": "activity_year",
}
Counts = Mapping[str, Mapping[str, int]]


def newest(organisation: int | None = None, year: int | None = None) -> QuerySet[Disruption]:
    """The 50 newest, as the record stands now."""
    rows = Disruption.objects.filter(kind_of_data=DataKind.RECORDED, known_to__isnull=True)
    if organisation and year:
        rows = rows.filter(organisation=organisation, activity_date__year=year)
    return rows.select_related("organisation", "threat", "crime_type").order_by("-activity_date", "-pk")[:PAGE]


def facets(organisation: int, year: int) -> Counts:
    """Each dimension counted under the filters of the others, in one query.

    Under both filters stand all but the two that are filtered by, so those come from one pass over few cells;
    the two come from the margins.
    """
    table = YearCell._meta.db_table
    both = f"SELECT * FROM {table} WHERE kind_of_data = %s AND organisation_id = %s AND activity_year = %s"
    inner = [name for name in COLUMNS if name not in ("organisation", "year")]
    parts = [_part(name, "chosen") for name in inner]
    margin = f"FROM {MarginCell._meta.db_table} WHERE kind_of_data = %s AND dimension = 'organisation'"
    parts.append(f"SELECT 'organisation', value, SUM(n) {margin} AND activity_year = %s GROUP BY value")
    parts.append(
        f"SELECT 'year', CAST(activity_year AS varchar(20)), SUM(n) {margin} AND value = %s GROUP BY activity_year"
    )
    kind = DataKind.RECORDED.value
    query = f"WITH chosen AS ({both}) {' UNION ALL '.join(parts)}"
    return _counted(query, [kind, organisation, year, kind, year, kind, str(organisation)])


def unfiltered_facets() -> Counts:
    """Every dimension by its margins; the 4Ps are those of any one of them."""
    table, kind = MarginCell._meta.db_table, DataKind.RECORDED.value
    query = (
        f"SELECT dimension, value, SUM(n) FROM {table} WHERE kind_of_data = %s GROUP BY dimension, value"
        f" UNION ALL SELECT 'four_p', four_p, SUM(n) FROM {table}"
        " WHERE kind_of_data = %s AND dimension = 'involvement' GROUP BY four_p"
    )
    return _counted(query, [kind, kind])


def _part(name: str, table: str) -> str:
    column = COLUMNS[name]
    return f"SELECT '{name}', CAST({column} AS varchar(20)), SUM(n) FROM {table} GROUP BY {column}"


def _counted(query: str, params: list[Any]) -> Counts:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        for name, value, number in cursor.fetchall():
            counts[name][value] = number
    return dict(counts)
