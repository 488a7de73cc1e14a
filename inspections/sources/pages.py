"""Sources."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from inspections.choices import DocumentKind, Licence
from inspections.figures.pages import FIGURES
from inspections.findings.pages import FINDINGS
from inspections.gradings.pages import GRADING_COLUMNS
from inspections.pages import LOCATOR, PublishedList, Rows, _stated, _url
from inspections.programmes.pages import INSPECTION_COLUMNS
from inspections.queries import SourceFacts, of_source
from inspections.recommendations.pages import MONITORING_COLUMNS, short_recommendation_columns
from inspections.sources.models import SourceDocument
from soc_tracker.core.lists.columns import Column, pick
from soc_tracker.core.lists.filter_fields import ChoicesFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.records.pages import DetailPage


def source_summary(source: SourceDocument) -> Rows:
    return [
        ("Publisher", source.publisher),
        ("Kind", source.get_kind_display()),
        ("Published", source.published),
        ("Licence", source.get_licence_display()),
        *_stated("Note", source.note),
    ]


# Sources.


SOURCE_COLUMNS = (
    Column("title", "Document", lambda source: source.title, _url, sort=("title",)),
    Column("publisher", "Publisher", lambda source: source.publisher, sort=("publisher", "title")),
    Column("kind", "Kind", lambda source: source.get_kind_display()),
    Column("published", "Published", lambda source: source.published),
    Column("licence", "Licence", lambda source: source.get_licence_display(), wide_only=True),
    Column("published_on", "Published (first day of the span known)", lambda source: source.published_on),
    Column("published_precision", "Precision", lambda source: source.get_published_precision_display()),
    Column("note", "Note", lambda source: source.note),
    Column("slug", "Slug", lambda source: source.slug),
)


# Sources.


class SourceFilter(StrictFilterSet):
    q = WordsFilter(label="Words")
    kind = ChoicesFilter(choices=DocumentKind.choices, label="Kind of document")
    licence = ChoicesFilter(choices=Licence.choices, label="Licence")

    class Meta:
        model = SourceDocument
        fields = ()


# Sources.


class SourceList(PublishedList):
    title = "Sources"
    template_name = "inspections/source_list.html"
    filterset_class = SourceFilter
    columns = SOURCE_COLUMNS
    on_page = ("title", "publisher", "kind", "published", "licence")
    order = ("-published_on", "title")

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return SourceDocument.objects.visible_to(user)


# Sources.


class SourcePage(DetailPage):
    permission = "inspections.read_published"
    model = SourceDocument
    parents = (("Sources", "inspections:source_list"),)
    template_name = "inspections/source_detail.html"
    context_object_name = "source"

    def get_queryset(self) -> QuerySet:
        return SourceDocument.objects.visible_to(self.request.user)

    def facts(self) -> dict[str, Any]:
        facts = of_source(self.request.user, self.object)
        return {"summary": source_summary(self.object), "parts": _parts(facts)}


def _parts(facts: SourceFacts) -> list[tuple[str, Any, tuple[Column, ...]]]:
    """Heading, rows and columns of each kind of fact that the document gave."""
    inspections = pick(INSPECTION_COLUMNS, "title", "about", "published", "locator")
    parts = [
        ("Inspections", facts.inspections, inspections),
        ("Gradings", facts.gradings, pick(GRADING_COLUMNS, "question", "organisation", "grade", "locator")),
        ("Findings", facts.findings, (*FINDINGS, LOCATOR)),
        ("Recommendations", facts.recommendations, (*short_recommendation_columns(), LOCATOR)),
        ("Figures", facts.figures, (*FIGURES, LOCATOR)),
        ("Monitoring", facts.monitoring, MONITORING_COLUMNS),
    ]
    return [part for part in parts if part[1].rows]
