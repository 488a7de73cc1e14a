"""Three queries: the rows, and the counts from the cells, as few cells as will do."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from disruptions.choices import DataKind, FourP
from disruptions.counts.models import LEVELS, YEARLY, Cell
from disruptions.record.models import Disruption
from forces.models import Organisation
from soc_tracker.core.requests import healthz
from soc_tracker.core.text.days import year_sql

PAGE = 50
COLUMNS = {
    "organisation": "organisation_id",
    "four_p": "four_p",
    "size": "size",
    "involvement": "involvement",
    "threat_type": "threat_type",
    "crime_type": "crime_type_id",
    "extract": "extract_id",
    "year": "activity",
}
CELLS = Cell._meta.db_table
OF_DIMENSION = {
    level.dimensions[-1]: level.number for level in reversed(LEVELS) if not level.known and not level.monthly
}
LEVEL_OF = OF_DIMENSION | dict.fromkeys(("four_p", "year"), OF_DIMENSION["involvement"])
"""Where the fewest cells of each dimension are, as the record stands now."""
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
    both = f"SELECT * FROM {CELLS} WHERE level = {YEARLY.number}"
    both += " AND kind_of_data = %s AND organisation_id = %s AND activity = %s"
    inner = [name for name in COLUMNS if name not in ("organisation", "year")]
    parts = [_part(name, "chosen") for name in inner]
    margin = f"FROM {CELLS} WHERE level = {OF_DIMENSION['organisation']} AND kind_of_data = %s"
    body = "CAST(organisation_id AS varchar(20))"
    parts.append(f"SELECT 'organisation', {body}, SUM(n) {margin} AND activity = %s GROUP BY organisation_id")
    years = f"CAST({year_sql('activity')} AS varchar(20))"  # cells by year have its first day
    parts.append(f"SELECT 'year', {years}, SUM(n) {margin} AND organisation_id = %s GROUP BY activity")
    kind, first = DataKind.RECORDED.value, f"{year}-01-01"
    query = f"WITH chosen AS ({both}) {' UNION ALL '.join(parts)}"
    return _counted(query, [kind, organisation, first, kind, first, kind, organisation])


def unfiltered_facets() -> Counts:
    """Every dimension by its own level; years and the 4Ps are those of any one of them."""
    kind = DataKind.RECORDED.value
    parts = [_part(name, f"{CELLS} WHERE level = {number} AND kind_of_data = %s") for name, number in LEVEL_OF.items()]
    return _counted(" UNION ALL ".join(parts), [kind] * len(parts))


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


# One list of disruptions, by body and year or with no filter.


def disruption_list(request: HttpRequest) -> HttpResponse:
    """``organisation`` (a slug) and ``year``, both or neither."""
    slug, year = request.GET.get("organisation"), request.GET.get("year")
    if slug and year:
        organisation = Organisation.objects.get(slug=slug).pk
        rows, counts = newest(organisation, int(year)), facets(organisation, int(year))
    else:
        rows, counts = newest(), unfiltered_facets()
    tabs = [(label, counts["four_p"].get(value, 0)) for value, label in FourP.choices]
    context = {"rows": rows, "total": sum(number for _, number in tabs), "tabs": tabs, "facets": counts}
    return render(request, "disruption_list.html", context)


urlpatterns = [path("floor/", disruption_list), path("healthz", healthz)]
