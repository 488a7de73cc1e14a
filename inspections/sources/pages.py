"""The list of sources and the page of one."""

from typing import Any

from django.db.models import QuerySet

from inspections.choices import Licence
from inspections.escalation.pages import MONITORING_COLUMNS
from inspections.figures.pages import FIGURES_ON_PAGES
from inspections.findings.pages import FINDINGS_ON_PAGES
from inspections.gradings.pages import GRADING_COLUMNS
from inspections.pages import LOCATOR, PublishedList, address_of, stated
from inspections.programmes.pages import INSPECTION_COLUMNS
from inspections.queries import get_source_facts, list_sources
from inspections.recommendations.pages import recommendations_on_pages
from inspections.sources.models import SourceDocument, SourceKind
from soc_tracker.core.lists.columns import Column, as_given, pick
from soc_tracker.core.lists.filter_fields import ChoicesFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.lists.paging import Bounded
from soc_tracker.core.records.pages import DetailPage
from soc_tracker.core.text.days import in_words

SOURCE_COLUMNS = (
    Column("title", "Document", lambda source: source.title, address_of, sort=("title",)),
    Column("publisher", "Publisher", lambda source: source.publisher, sort=("publisher", "title")),
    Column("kind", "Kind", lambda source: source.kind.label),
    Column("published", "Published", lambda source: source.published),
    Column("licence", "Licence", lambda source: source.get_licence_display(), wide_only=True),
    Column("published_on", "Published (first day of the span known)", lambda source: source.published_on),
    Column("published_precision", "Precision", lambda source: source.get_published_precision_display()),
    Column("address", "Address", lambda source: source.address, lambda source: source.address),
    Column("archived", "Archived copy", lambda source: source.archived, lambda source: source.archived),
    Column("seen_on", "Seen on", lambda source: source.seen_on),
    Column("note", "Note", lambda source: source.note),
    Column("slug", "Slug", lambda source: source.slug),
)


SIZE_COLUMNS = (
    Column("organisation", "Body", lambda size: size.organisation.name, lambda size: address_of(size.organisation)),
    Column("measure", "Size", lambda size: size.get_measure_display()),
    Column("value", "Number", lambda size: as_given(size.value), numeric=True),
    Column("as_at", "As at", lambda size: size.as_at),
    LOCATOR,
)


CITATION_COLUMNS = (
    Column(
        "fact",
        "Of",
        lambda citation: str(citation.fact),
        lambda citation: address_of(fact if hasattr(fact := citation.fact, "get_absolute_url") else fact.organisation),
    ),
    Column("stance", "What it says", lambda citation: citation.get_stance_display(), tag=lambda citation: citation.tag),
    Column("wording", "As it puts it", lambda citation: citation.wording),
    LOCATOR,
)


class SourceFilter(StrictFilterSet):
    q = WordsFilter(label="Words")
    kind = ChoicesFilter(choices=SourceKind.words, label="Kind of document")
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


class SourcePage(DetailPage):
    permission = "inspections.read_published"
    model = SourceDocument
    parents = (("Sources", "inspections:source_list"),)
    template_name = "inspections/source_detail.html"
    context_object_name = "source"

    def get_queryset(self) -> QuerySet:
        return list_sources(self.request.user)

    def facts(self) -> dict[str, Any]:
        """``parts``: heading, rows and columns of each kind of fact that the document gave."""
        source, facts = self.object, get_source_facts(self.request.user, self.object, params=self.request.GET)
        inspections = pick(INSPECTION_COLUMNS, "title", "about", "published", "locator")
        gradings = pick(GRADING_COLUMNS, "question", "organisation", "grade", "locator")
        parts: list[tuple[str, Bounded, tuple[Column, ...]]] = [
            ("Inspections", facts.inspections, inspections),
            ("Gradings", facts.gradings, gradings),
            ("Findings", facts.findings, (*FINDINGS_ON_PAGES, LOCATOR)),
            ("Recommendations", facts.recommendations, (*recommendations_on_pages(self.today), LOCATOR)),
            ("Figures", facts.figures, (*FIGURES_ON_PAGES, LOCATOR)),
            ("Monitoring", facts.monitoring, MONITORING_COLUMNS),
            ("Sizes of bodies", facts.sizes, SIZE_COLUMNS),
            ("What it says of facts that were taken from other documents", facts.citations, CITATION_COLUMNS),
        ]
        return {
            "summary": [
                ("Publisher", source.publisher),
                ("Kind", source.kind.label),
                ("Published", source.published),
                ("Licence", source.get_licence_display()),
                ("Address", source.address, source.address),
                *([("Archived copy", source.archived, source.archived)] if source.archived else []),
                *([("Seen on", in_words(source.seen_on))] if source.seen_on else []),
                *stated("Note", source.note),
            ],
            "parts": [part for part in parts if part[1].rows],
        }
