"""What the lists and pages of every subject share: columns, filters, the head of a page.

Every related record that a column reads is loaded by the model's ``for_list()``.
"""

from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from forces.models import Membership, Organisation, Region
from forces.pages import other_names
from inspections.findings.models import Finding, Topic
from inspections.programmes.models import Inspection, Programme
from inspections.sources.models import SourceDocument
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import SlugsFilter
from soc_tracker.core.lists.pages import ListPage

# The head of a page: label and value, or label, value and address.
Rows = list[tuple[str, str] | tuple[str, str, str]]

ENTER = "inspections.enter_inspection"
NOT_COMPARABLE = "Grades of another scale are not comparable with these step by step."
# Whose fact it is: words typed to find a fact often name its body, by whichever of its names.
NAMES, OTHER_NAMES = ("organisation__folded", "region__folded"), (other_names("organisation"),)


def address_of(record: Any) -> str:
    return str(record.get_absolute_url())


def stated(label: str, value: str) -> Rows:
    """A row, or none where the value is empty and its absence says nothing."""
    return [(label, value)] if value else []


SOURCE = Column(
    "source", "Source", lambda fact: fact.source.title, lambda fact: address_of(fact.source), wide_only=True
)
LOCATOR = Column("locator", "Place in the source", lambda fact: fact.locator, wide_only=True)
CITATIONS = Column(
    "citations",
    "Further sources",
    lambda fact: "; ".join(citation.in_words for citation in fact.citations.all()),
    wide_only=True,
)
SOURCES_DIFFER = Column("sources_differ", "Sources differ", lambda fact: fact.sources_differ, wide_only=True)


def marked(column: Column) -> Column:
    """The column with a mark on pages where another document says otherwise; files have a column for that."""
    value = column.value
    mark = " (sources differ)"
    return replace(column, value=lambda fact: f"{value(fact)}{mark if fact.sources_differ else ''}", files=(column,))


PROGRAMME = Column("programme", "Programme", lambda fact: fact.inspection.programme.name)
INSPECTION = Column(
    "inspection",
    "Inspection",
    lambda fact: fact.inspection.title,
    lambda fact: address_of(fact.inspection),
    wide_only=True,
)
ABOUT = Column(
    "about",
    "About",
    lambda fact: fact.about.name,
    lambda fact: address_of(fact.about),
    api=("organisation", "region"),
)
ABOUT_KIND = Column(
    "about_kind",
    "Kind of body",
    lambda fact: fact.organisation.get_kind_display() if fact.organisation else "Region" if fact.region else "Country",
    api=(),
)
SINCE = Column(
    "since",
    "Since (published)",
    lambda finding: finding.inspection.published,
    whole=True,
    sort=("-inspection__published_on", "inspection__title", "order"),
    api=(),
)
SINCE_ON = Column(
    "since_on",
    "Since (first day of the span known)",
    lambda finding: finding.inspection.published_on,
    api=("since", "since_precision"),
)


class OrganisationsFilter(SlugsFilter):
    path, heading = "organisation__slug", "Organisation"
    records = Organisation.objects.visible_to


class RegionsFilter(SlugsFilter):
    """Rows about an organisation that belongs to one of the regions today, or about a region itself.

    ``organisation`` and ``region`` are the paths to them; a row may lack the second.
    """

    def __init__(self, organisation: str = "organisation", region: str = "region", **kwargs: Any) -> None:
        self.organisation, self.region = organisation, region
        super().__init__(f"{organisation}__regions__slug", records=Region.objects.visible_to, **kwargs)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        members = Membership.objects.valid_on(self.parent.today).filter(region__slug__in=value)
        within = Q(**{f"{self.organisation}__in": members.values("organisation")})
        return qs.filter(within | Q(**{f"{self.region}__slug__in": value}) if self.region else within)


class ProgrammesFilter(SlugsFilter):
    path, heading = "inspection__programme__slug", "Programme"
    records = Programme.objects.visible_to


class InspectionsFilter(SlugsFilter):
    """Set by links from an inspection's page."""

    path, heading, words = "inspection__slug", "Inspection", "title"
    records = Inspection.objects.visible_to
    hidden = True


class SourcesFilter(SlugsFilter):
    """Set by links from a source's page, unless shown."""

    path, heading, words = "source__slug", "Source", "title"
    records = SourceDocument.objects.visible_to
    hidden = True


class TopicsFilter(SlugsFilter):
    """Findings on one of the topics, or rows of such: ``finding`` is the path to it. By subquery: a join would list a
    row once a topic.
    """

    def __init__(self, finding: str = "") -> None:
        self.finding = finding or "pk"
        path = f"{finding}__topics__slug" if finding else "topics__slug"
        super().__init__(path, records=Topic.objects.visible_to, label="Topic")

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        about = Finding.topics.through.objects.filter(topic__slug__in=value)
        return qs.filter(**{f"{self.finding}__in": about.values("finding")}) if value else qs


class PublishedList(ListPage):
    """A list of what was published."""

    permission = "inspections.read_published"
    kind_of_data = "published"

    def rows_for(self, user: Any) -> QuerySet | None:
        """Those of its filter's model, with their further sources where they have some and these are shown: in files,
        and where a reader chose that column.
        """
        model: Any = self.filterset_class._meta.model
        facts: QuerySet = model.objects.visible_to(user).for_list()
        is_shown = self.request.GET.get("format") or CITATIONS.key in self.chosen_columns
        return facts.prefetch_related("citations__source") if CITATIONS in self.columns and is_shown else facts
