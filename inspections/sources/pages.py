"""The list of sources and the page of one."""

from typing import Any

from django.db.models import QuerySet

from inspections.choices import DocumentKind, Licence
from inspections.figures.pages import FIGURES_ON_PAGES
from inspections.findings.pages import FINDINGS_ON_PAGES
from inspections.gradings.pages import GRADING_COLUMNS
from inspections.pages import LOCATOR, PublishedList, address_of, stated
from inspections.programmes.pages import INSPECTION_COLUMNS
from inspections.queries import User, get_source_facts
from inspections.recommendations.pages import MONITORING_COLUMNS, recommendations_on_pages
from inspections.sources.models import SourceDocument
from soc_tracker.core.lists.columns import Column, pick
from soc_tracker.core.lists.filter_fields import ChoicesFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.lists.paging import Bounded
from soc_tracker.core.records.pages import DetailPage

SOURCE_COLUMNS = (
    Column("title", "Document", lambda source: source.title, address_of, sort=("title",)),
    Column("publisher", "Publisher", lambda source: source.publisher, sort=("publisher", "title")),
    Column("kind", "Kind", lambda source: source.get_kind_display()),
    Column("published", "Published", lambda source: source.published),
    Column("licence", "Licence", lambda source: source.get_licence_display(), wide_only=True),
    Column("published_on", "Published (first day of the span known)", lambda source: source.published_on),
    Column("published_precision", "Precision", lambda source: source.get_published_precision_display()),
    Column("note", "Note", lambda source: source.note),
    Column("slug", "Slug", lambda source: source.slug),
)


class SourceFilter(StrictFilterSet):
    q = WordsFilter(label="Words")
    kind = ChoicesFilter(choices=DocumentKind.choices, label="Kind of document")
    licence = ChoicesFilter(choices=Licence.choices, label="Licence")

    class Meta:
        model = SourceDocument
        fields = ()


class SourceList(PublishedList):
    title = "Sources"
    template_name = "inspections/source_list.html"
    filterset_class = SourceFilter
    columns = SOURCE_COLUMNS
    on_page = ("title", "publisher", "kind", "published", "licence")
    order = ("-published_on", "title")

    def rows_for(self, user: User) -> QuerySet:
        return SourceDocument.objects.visible_to(user)


class SourcePage(DetailPage):
    permission = "inspections.read_published"
    model = SourceDocument
    parents = (("Sources", "inspections:source_list"),)
    template_name = "inspections/source_detail.html"
    context_object_name = "source"

    def get_queryset(self) -> QuerySet:
        return SourceDocument.objects.visible_to(self.request.user)

    def facts(self) -> dict[str, Any]:
        """``parts``: heading, rows and columns of each kind of fact that the document gave."""
        source, facts = self.object, get_source_facts(self.request.user, self.object)
        inspections = pick(INSPECTION_COLUMNS, "title", "about", "published", "locator")
        gradings = pick(GRADING_COLUMNS, "question", "organisation", "grade", "locator")
        parts: list[tuple[str, Bounded, tuple[Column, ...]]] = [
            ("Inspections", facts.inspections, inspections),
            ("Gradings", facts.gradings, gradings),
            ("Findings", facts.findings, (*FINDINGS_ON_PAGES, LOCATOR)),
            ("Recommendations", facts.recommendations, (*recommendations_on_pages(), LOCATOR)),
            ("Figures", facts.figures, (*FIGURES_ON_PAGES, LOCATOR)),
            ("Monitoring", facts.monitoring, MONITORING_COLUMNS),
        ]
        return {
            "summary": [
                ("Publisher", source.publisher),
                ("Kind", source.get_kind_display()),
                ("Published", source.published),
                ("Licence", source.get_licence_display()),
                *stated("Note", source.note),
            ],
            "parts": [part for part in parts if part[1].rows],
        }
