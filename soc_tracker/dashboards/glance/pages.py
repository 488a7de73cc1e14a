"""What the pages of bodies and regions share: one head with the short pages under it; and what opens them and any
comparison, the answer first, and the pictures beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from disruptions.standpoint.queries import Standpoint
from disruptions.standpoint.queries import standpoint as get_standpoint
from forces.models import Organisation, Region
from inspections.following.queries import list_url
from inspections.vocabularies.models import FindingKind
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.reports import PUBLISHED, Makers, Report, ReportPage
from soc_tracker.dashboards.glance.charts import open_items_chart, quarters_chart
from soc_tracker.dashboards.glance.queries import list_quarters
from soc_tracker.dashboards.gradings.pages import LATEST, BodyGrades, grades_of, scales, tile
from soc_tracker.dashboards.gradings.queries import User, list_gradings
from soc_tracker.dashboards.published.pages import OPEN_ITEMS, OPEN_ITEMS_OF_ONE_BODY, practice_lines
from soc_tracker.dashboards.published.queries import (
    GAP_OF_ONE,
    FindingRow,
    Held,
    OpenItem,
    gaps_in_words,
    get_coverage,
    list_findings,
    list_open_items,
    list_recommendations,
)
from soc_tracker.dashboards.record.forms import TrendFilter
from soc_tracker.dashboards.topics.charts import TOPIC_COLUMNS, TopicMatrix, topic_facts, topic_matrix
from soc_tracker.dashboards.words import Body, page_of

ITEMS, EARLIER, PRACTICES, TOPICS = 5, 30, 4, 3
NOTHING_OPEN = "Nothing that must change is open in the documents held here."
NO_PRACTICE = "No innovative or promising practice was published of it."


@dataclass(frozen=True)
class Glance:
    """Some bodies, perhaps all of a region, as a user sees them on a day: each part is read once, when it is needed.

    ``former`` are those of the bodies that were in the region once.
    """

    user: User
    bodies: Sequence[Organisation]
    region: Region | None
    today: date
    former: Sequence[Organisation] = ()

    @cached_property
    def findings(self) -> list[FindingRow]:
        return list_findings(self.user, self.bodies, self.region)

    @cached_property
    def grades(self) -> tuple[BodyGrades, ...]:
        return grades_of(self.bodies, list_gradings(self.user, self.bodies), lambda: self.held)

    @cached_property
    def items(self) -> list[OpenItem]:
        recommendations = list_recommendations(self.user, self.bodies)
        return list_open_items(self.findings, recommendations, self.bodies, self.today)

    @cached_property
    def matrix(self) -> TopicMatrix:
        return topic_matrix(self.findings, self.bodies, self.region, held=lambda: self.held)

    @cached_property
    def held(self) -> dict[int | None, Held]:
        return get_coverage(self.user, self.bodies, self.region)

    @cached_property
    def gaps(self) -> dict[Organisation, Held]:
        """The bodies of which no finding is held though some may have been made, each with why. No query where each
        has one.
        """
        seen = {finding.organisation for finding in self.findings}
        without = [body for body in self.bodies if body.pk not in seen]
        return {body: self.held[body.pk] for body in without if self.held[body.pk] != Held.WHOLE}

    def published_reports(self) -> Makers:
        """The latest grades, what must change, how old it is, and the topics."""
        published = partial(Report, kind_of_data=PUBLISHED)
        return {
            "grades": lambda: published(slug="grades", title="Latest grades", columns=LATEST, rows=self.grades),
            "must-change": lambda: published(
                slug="must-change", title="What must change", columns=OPEN_ITEMS, rows=self.items
            ),
            "open-items": self.open_items,
            "topics": lambda: published(
                slug="topics", title="Findings by topic", columns=TOPIC_COLUMNS, rows=topic_facts(self.matrix)
            ),
        }

    def open_items(self) -> Report:
        urls: dict[int | None, str] = {body.pk: page_of(body, "inspections") for body in self.bodies}
        if self.region:
            urls[None] = page_of(self.region, "findings")
        return open_items_chart(self.items, self.bodies, urls, self.today, self.gaps)

    def quarters(self, standpoint: Standpoint) -> Report:
        """What is on record of the bodies quarter by quarter."""
        urls = {body.pk: page_of(body, "record") for body in self.bodies}
        quarters = quarters_chart(list_quarters(standpoint, self.bodies), standpoint, urls)
        return replace(quarters, as_at=standpoint.day.isoformat())

    def context(self, findings_url: str, *, most: int = ITEMS) -> dict[str, Any]:
        """What must change, practice, grades and topics, as the templates take them; topics only where they do."""
        current = [item for item in self.items if not item.earlier]
        earlier = [item for item in self.items if item.earlier]
        practice = practice_lines(self.findings, self.bodies)
        gradings = [grading for row in self.grades for grading in row.gradings.values()]
        latest = [row.latest for row in self.grades if row.latest]
        of_former = [item for item in self.items if item.body in self.former]
        of_one = len(self.bodies) == 1 and not self.region
        where: dict[str, Any] = (
            {"region": [self.region.slug]} if self.region else {"organisation": [each.slug for each in self.bodies]}
        )
        if of_one:
            gaps = [GAP_OF_ONE[held] for held in self.gaps.values()]
        else:
            gaps = gaps_in_words((body.short_name, held) for body, held in self.gaps.items())
        kinds = [kind.slug for kind in FindingKind.rows() if kind.is_practice]
        good = urlencode({"kind": kinds, **where}, doseq=True)
        return {
            "open_items": current[:most],
            "gaps": " ".join(gaps),
            "open_item_columns": OPEN_ITEMS_OF_ONE_BODY if of_one else OPEN_ITEMS,
            "nothing_open": "No open item is held here." if self.gaps else NOTHING_OPEN,
            "no_practice": "No innovative or promising practice is held here." if self.gaps else NO_PRACTICE,
            "earlier_items": earlier[:EARLIER],
            "earlier_number": len(earlier),
            "more_earlier": len(earlier[EARLIER:]),
            "findings_url": findings_url,
            "open_number": len(self.items) - len(of_former),
            "must_change_url": list_url("open", **where),
            "former_number": len(of_former),
            "former_url": list_url(organisation=[body.slug for body in self.former]),
            "pack_url": f"{reverse('inspections:pack')}?{urlencode(where, doseq=True)}",
            "practice": practice[:PRACTICES],
            "more_practice": len(practice[PRACTICES:]),
            "good_practice_url": f"{reverse('inspections:finding_list')}?{good}",
            "strip": [tile(row.organisation, row.head) for row in self.grades],
            "gradings": gradings,
            "scales": scales(gradings if of_one else latest),
            "matrix": lambda: self.matrix,
            "shared_topics": lambda: self.matrix.shared[:TOPICS],
            "more_topics": lambda: len(self.matrix.rows) - len(self.matrix.shared[:TOPICS]),
        }


# The short pages under one head, and what leads from one to the others.


Parts = tuple[tuple[str, str, tuple[str, ...]], ...]
"""Of each page its part of the address, its name, and the anchors of the one long page that there was."""


@dataclass(frozen=True)
class Tab:
    """One of the pages under a head; ``anchors`` are the ids that lead to it from the Overview."""

    slug: str
    text: str
    url: str
    current: bool
    anchors: tuple[str, ...]


class PartPage(ReportPage):
    """One of the short pages of a body or a region: ``part`` of its ``parts``, all under the same head."""

    permission = "forces.read_body"
    for_programs = False  # an Overview shows something of everything
    part: ClassVar[str] = ""
    parts: ClassVar[Parts]
    owner: Body
    """The body or the region."""
    glance: Glance

    @property
    def bodies(self) -> Sequence[Organisation]:
        """The body, or those of the region today."""
        raise NotImplementedError

    @property
    def subject(self) -> str:
        return self.owner.name

    @property
    def filter_words(self) -> str:
        return self.owner.name

    def list_reports(self) -> Makers:
        return {}

    def get(self, request: HttpRequest, *args: Any, report: str = "", **kwargs: Any) -> HttpResponseBase:
        on_record = set(TrendFilter.base_filters)
        if not self.part and not report and request.GET and set(request.GET) <= on_record:
            return redirect(f"{page_of(self.owner, 'record')}?{request.GET.urlencode()}")  # the record stood here once
        return super().get(request, *args, report=report, **kwargs)

    def context(self) -> dict[str, Any]:
        tabs = [
            Tab(slug, text, page_of(self.owner, slug), slug == self.part, () if self.part else anchors)
            for slug, text, anchors in self.parts
        ]
        return (
            {"kinds": [PUBLISHED]}
            | super().context()
            | {
                "tabs": tabs,
                "tab": next(tab for tab in tabs if tab.current),
                "tabs_label": f"Pages of {self.owner.name}",
            }
        )


class OverviewPart(PartPage):
    """What a body or a region opens with: the answers of its ``glance``, and what is on record as at the newest day."""

    marking = UNMARKED.label

    @cached_property
    def standpoint(self) -> Standpoint:
        return get_standpoint(sight=sight_of(self.request.user), today=self.today)

    def list_reports(self) -> Makers:
        return self.glance.published_reports() | {"quarters": lambda: self.glance.quarters(self.standpoint)}

    def context(self) -> dict[str, Any]:
        on_record = self.standpoint.latest is not None
        kinds = [PUBLISHED, self.standpoint.kind] if on_record else [PUBLISHED]
        return super().context() | {"kinds": kinds, "on_record": on_record}
