"""Columns: every field of a fact is in its file, and reading a row of a list asks the database nothing."""

from datetime import date

import pytest
from model_bakery import baker

from forces.models import Region
from inspections.figures.models import Measure, PublishedFigure
from inspections.figures.pages import FIGURE_COLUMNS
from inspections.figures.services import FIGURES
from inspections.findings.models import Finding
from inspections.findings.pages import FINDING_COLUMNS
from inspections.gradings.models import Grading
from inspections.gradings.pages import GRADING_COLUMNS
from inspections.programmes.models import Inspection
from inspections.programmes.pages import INSPECTION_COLUMNS
from inspections.recommendations.models import Recommendation
from inspections.recommendations.pages import RECOMMENDATION_COLUMNS
from inspections.requirements.models import Requirement
from inspections.sources.models import SourceDocument
from inspections.sources.pages import SOURCE_COLUMNS
from soc_tracker.core.lists.columns import cells, on
from soc_tracker.core.lists.directory import list_pages
from soc_tracker.core.lists.exports import in_file
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_recommendation,
)

pytestmark = pytest.mark.django_db

# What a file need not hold, or holds under another name.
NOT_FILED = {"id", "version", "order", "folded"}
ELSEWHERE = {
    "organisation": "about",
    "region": "about",
    "fieldwork_on": "fieldwork",
    "fieldwork_precision": "fieldwork",
    "due_as_published": "due",
    "period_words": "period",
    "repeats": "slug",
    "finding": "slug",
    "inspection": "slug",
    "stage": "published",  # a file holds what is published
    "made_here": "published",
    "out_at": "published",
    "is_illustrative": "published",
    "is_accelerated": "letter",
    "letter_on": "letter",
    "letter_precision": "letter",
}
COLUMNS = {
    Inspection: INSPECTION_COLUMNS,
    Grading: GRADING_COLUMNS,
    Finding: FINDING_COLUMNS,
    Recommendation: RECOMMENDATION_COLUMNS,
    PublishedFigure: FIGURE_COLUMNS,
    SourceDocument: SOURCE_COLUMNS,
}


@pytest.mark.parametrize(("model", "columns"), COLUMNS.items(), ids=[model.__name__ for model in COLUMNS])
def test_every_field_is_in_the_file(model: type, columns: tuple) -> None:
    keys = {column.key for column in columns}
    fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)} - NOT_FILED
    assert {name for name in fields if name not in keys and ELSEWHERE.get(name) not in keys} == set()


@pytest.mark.parametrize("columns", COLUMNS.values(), ids=[model.__name__ for model in COLUMNS])
def test_keys_and_headings_are_each_used_once(columns: tuple) -> None:
    for names in ([column.key for column in columns], [column.heading for column in on(columns, date(2023, 4, 1))]):
        assert len(set(names)) == len(names)


def test_pages_name_columns_that_there_are() -> None:
    pages = [page for name, page in list_pages().items() if name.startswith("inspections:")]
    assert pages
    for page in pages:
        keys = {column.key for column in page.columns}
        assert set(page.on_page) <= keys


def test_a_row_of_a_list_is_read_without_a_query(django_assert_num_queries) -> None:
    region = baker.make(Region, name="North West", slug="north-west")
    force = make_member(region)
    inspection = make_inspection(region)
    make_grading(inspection, force)
    finding = make_finding(inspection, region=None, organisation=force)
    make_finding(inspection, title="regional")
    make_recommendation(finding, force)
    values = {"unit": "count", "value": 1, "step": 1, "said_by": "body", "source": inspection.source, "locator": "p"}
    measure = baker.make(Measure, slug="m")
    for slug, about in (("a", {"region": region}), ("b", {"organisation": force})):
        FIGURES.create(values | about, slug=slug, measure=measure, by=make_author(), reason=REASON)
    for model, columns in COLUMNS.items():
        queryset = model.objects.for_list() if hasattr(model.objects, "for_list") else model.objects.all()
        rows = list(queryset.prefetch_related("citations__source") if hasattr(model, "citations") else queryset)
        assert rows
        with django_assert_num_queries(0):
            for row in rows:
                assert len(cells(on(columns, date(2023, 4, 1)), row)) == len(
                    [in_file(column.value(row)) for column in on(columns, date(2023, 4, 1))]
                )


def test_an_overdue_recommendation_says_so_on_the_day() -> None:
    due = {"due_on": date(2023, 4, 1), "due_precision": "day"}
    first = {f"first_{name}": value for name, value in due.items()}
    row = Recommendation(requirement=Requirement(status="not_stated", **due, **first), **due)
    for today, words in ((date(2023, 4, 1), "1 April 2023"), (date(2023, 4, 2), "1 April 2023 (overdue)")):
        due = {column.key: column for column in on(RECOMMENDATION_COLUMNS, today)}["due"]
        assert due.value(row) == words
