"""The short pages of a region: its unit and forces beside one another, each page with its own address."""

from collections.abc import Mapping, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse

from forces.models import Organisation, Region
from forces.queries import Lineage, get_lineage
from inspections.figures.models import PublishedFigure
from inspections.repeats.pages import CHAINS_OF_BODIES
from inspections.repeats.queries import list_chains
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.reports import Makers
from soc_tracker.dashboards.areas.charts import locator
from soc_tracker.dashboards.areas.queries import whereabouts
from soc_tracker.dashboards.glance.pages import Glance, OverviewPart, PartPage, Parts
from soc_tracker.dashboards.gradings.pages import LATEST, columns_by_programme
from soc_tracker.dashboards.plans.pages import PlansPart
from soc_tracker.dashboards.published import pages as published_pages
from soc_tracker.dashboards.published.queries import newest_programmes
from soc_tracker.dashboards.record.pages import RecordPart
from soc_tracker.dashboards.record.queries import regional_sum
from soc_tracker.dashboards.regions.charts import findings_by_kind, soc_threats
from soc_tracker.dashboards.regions.queries import (
    RegionHead,
    get_region_head,
    list_inspections,
    list_region_figures,
    list_region_findings,
)
from soc_tracker.dashboards.shares.charts import COLUMNS as SHARE_COLUMNS
from soc_tracker.dashboards.shares.charts import pursue_shares
from soc_tracker.dashboards.shares.queries import extracts
from soc_tracker.dashboards.words import page_of

PARTS: Parts = (
    ("", "Overview", ()),
    ("findings", "Findings", ("region-findings", "inspections")),
    ("figures", "Figures", ("threats", "four-ps")),
    ("record", "Record", ("record", "published-against-recorded")),
    ("plans", "Plans", ("plans", "sites")),
)
"""Each page with the anchors of the one long page that there was: what they led to stands on it now."""
THREATS_AND_DISRUPTIONS = "Threats and disruptions"
ALL_ITEMS = 50


class RegionPage(PartPage):
    """A page of a region, with its bodies of today and, where it is of what was published, those that were in it."""

    parents = (("Regions", "forces:region_list"),)
    parts = PARTS
    files = "region_chart_csv"
    owner: Region

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        try:
            self.head: RegionHead = get_region_head(request.user, kwargs["slug"], self.today)
        except Region.DoesNotExist as missing:
            raise Http404(f"There is no region called “{kwargs['slug']}”.") from missing
        self.owner, self.title = self.head.region, self.head.region.name
        self.bodies_over_time: Sequence[Organisation] = (*self.head.bodies, *self.head.former)
        self.glance = Glance(request.user, self.bodies_over_time, self.owner, self.today, self.head.former)

    @property
    def bodies(self) -> Sequence[Organisation]:
        return self.head.bodies

    @property
    def filter_words(self) -> str:
        return f"Region: {self.owner.name}"

    def context(self) -> dict[str, Any]:
        return super().context() | {"head": self.head, "compare_query": f"region={self.head.region.slug}"}


class RegionOverview(OverviewPart, RegionPage):
    """The grades of its bodies, what must change, practice, the problems they share, and what is on record."""

    template_name = "dashboards/regions/overview.html"

    def context(self) -> dict[str, Any]:
        return (
            super().context()
            | self.glance.context(page_of(self.owner, "findings"))
            | {
                "key_figures": published_pages.key_figures(list_region_figures(self.request.user, self.head.region)),
                "locator": locator(
                    whereabouts(self.head.bodies, get_lineage(self.request.user), self.today), self.head.region.name
                ),
            }
        )


class RegionFindings(RegionPage):
    """All that must change, the topics whole, findings by kind and of the region itself, and the inspections."""

    part, template_name = "findings", "dashboards/regions/findings.html"

    def list_reports(self) -> Makers:
        return self.glance.published_reports() | {
            "findings-by-kind": lambda: findings_by_kind(self.glance.findings, self.bodies_over_time, self.glance.held)
        }

    def context(self) -> dict[str, Any]:
        user, region, glance = self.request.user, self.head.region, self.glance
        newest = newest_programmes(glance.findings).get(None)
        own = list_region_findings(user, region, newest.slug) if newest else ()
        findings_url = f"{reverse('inspections:finding_list')}?region={region.slug}"
        return (
            super().context()
            | glance.context(findings_url, most=ALL_ITEMS)
            | {
                "grades": glance.grades,
                "grade_columns": LATEST,
                "earlier_columns": columns_by_programme(
                    [grading for row in glance.grades for grading in row.gradings.values()]
                ),
                "region_findings": published_pages.by_weight(own),
                "chains": list_chains(user, Q(organisation__in=self.bodies_over_time) | Q(region=region), apart=True),
                "chain_columns": CHAINS_OF_BODIES,
                "finding_columns": published_pages.FINDINGS,
                "inspections": list_inspections(user, region, self.bodies_over_time),
                "inspection_columns": published_pages.INSPECTIONS,
            }
        )


class RegionFigures(RegionPage):
    """What was published in numbers of the region and its bodies."""

    part, template_name = "figures", "dashboards/regions/figures.html"

    @cached_property
    def figures(self) -> Sequence[PublishedFigure]:
        return list_region_figures(self.request.user, self.head.region, self.bodies_over_time)

    def list_reports(self) -> Makers:
        return {
            "pursue-shares": lambda: pursue_shares(self.head.region, self.bodies_over_time, self.figures),
            "soc-threats": lambda: soc_threats(self.head.region, self.bodies_over_time, self.figures),
        }

    def context(self) -> dict[str, Any]:
        shares = extracts(self.bodies_over_time, self.figures)
        on_threats = [figure for figure in self.figures if figure.measure.group == THREATS_AND_DISRUPTIONS]
        return super().context() | {
            "threat_figures": sorted(on_threats, key=lambda figure: figure.region_id is None),
            "other_figures": [figure for figure in self.figures if figure.region_id and figure not in on_threats],
            "figure_columns": published_pages.FIGURES_OF_BODIES,
            "region_figure_columns": published_pages.FIGURES_OF_ONE_BODY,
            "shares": [extract for extract in shares if extract.published],
            "without_shares": [extract.body for extract in shares if not extract.published],
            "share_columns": SHARE_COLUMNS,
        }


class RegionCharts(RegionFigures, RegionFindings, RegionOverview):
    """The files of all that the pages on what was published draw, at one address."""

    def list_reports(self) -> Makers:
        of_pages = (page.list_reports(self) for page in (RegionOverview, RegionFindings, RegionFigures))
        return reduce(or_, of_pages)


class RegionRecord(RecordPart, RegionPage):
    """What the record holds of its bodies, beside the published figures."""

    part, template_name = "record", "dashboards/regions/record.html"
    files = "region_record_csv"

    @cached_property
    def lineage(self) -> Lineage:
        return get_lineage(self.request.user) if self.is_of_now else Lineage(())

    @cached_property
    def divided(self) -> tuple[Sequence[Organisation], Sequence[Organisation]]:  # type: ignore[override]
        return self.lineage.divided(self.head.bodies, self.today)

    @cached_property
    def into(self) -> Mapping[int, Organisation]:  # type: ignore[override]
        """Those before today's bodies that go on in one of them, or in one of which they are the parts."""
        going_on = self.lineage.going_on_in(self.today)
        return {key: body for key, body in going_on.items() if body in (*self.head.bodies, *self.divided[0])}

    @cached_property
    def bodies(self) -> Sequence[Organisation]:
        """On the boundaries of now today's with those that go on in them, alone or together; of then those of the
        end of the period.
        """
        if self.is_of_now:
            return (*self.head.bodies, *self.divided[0], *self.lineage.earlier(self.into))
        return self.head.bodies_in(self.filter.period.first, min(self.filter.period.last, self.today))

    def list_figures(self) -> Sequence[PublishedFigure]:
        return list_region_figures(self.request.user, self.owner, self.bodies)

    def context(self) -> dict[str, Any]:
        sight, region = sight_of(self.request.user), self.head.region
        return super().context() | {"regional_sum": regional_sum(region, self.head.bodies, sight, self.today)}


class RegionPlans(PlansPart, RegionPage):
    """The plans of its bodies side by side, their lead responsible officers, and the sites of the region."""

    part, template_name = "plans", "dashboards/regions/plans.html"
    files = "region_plans_csv"
