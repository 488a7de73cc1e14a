"""The page of a region, and the files of its charts."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from forces.models import Region
from soc_tracker.dashboards import charts
from soc_tracker.dashboards.presenters import columns, shares, topics
from soc_tracker.dashboards.presenters import region as present
from soc_tracker.dashboards.selectors.region import RegionPage, region_page
from soc_tracker.dashboards.selectors.shares import extracts
from soc_tracker.dashboards.views.parameters import problems_in
from soc_tracker.dashboards.views.plans import plans_context, plans_csv, sites_context
from soc_tracker.dashboards.views.record import ChartOnPage, Subject, period_filter, record_context, record_csv
from soc_tracker.lib.access import needs
from soc_tracker.lib.charts import ChartSpec
from soc_tracker.lib.csv_export import Preamble
from soc_tracker.lib.not_understood import not_understood
from soc_tracker.lib.wording import name_of


@needs("forces.read_body")
@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """The comparison of the region's unit and forces."""
    page, asked = _page(request, slug), period_filter(request)
    if asked.problems:
        return not_understood(request, page.region.name, asked.problems, _breadcrumbs())
    context = {"page": page, "breadcrumbs": _breadcrumbs(), **_grades(page), **_findings(page), **_figures(page)}
    context |= record_context(request, asked, _subject(page)) | {"compare_query": f"region={page.region.slug}"}
    context |= plans_context(request, asked, _subject(page))
    context |= sites_context(request, asked, _subject(page), page.region.slug)
    return render(request, "dashboards/region.html", context)


def _subject(page: RegionPage) -> Subject:
    """The region's bodies, and what was published of them and of the region."""
    return Subject(
        name=page.region.name,
        bodies=page.bodies,
        figures=page.figures,
        one_body=False,
        csv_url=lambda table: reverse("region_record_csv", args=[page.region.slug, table]),
        plans_csv_url=lambda table: reverse("region_plans_csv", args=[page.region.slug, table]),
    )


def _grades(page: RegionPage) -> dict[str, object]:
    return {
        "grades": present.grades(page),
        "grade_columns": present.columns_of_newest(page),
        "earlier_columns": present.columns_of_earlier(page),
        "scales": present.scales(page.gradings),
    }


def _findings(page: RegionPage) -> dict[str, object]:
    return {
        "matrix": topics.topic_matrix(page),
        "kinds_chart": _on_page(page, charts.findings_by_kind(page)),
        "region_findings": present.region_findings(page),
        "finding_columns": columns.FINDINGS,
        "inspection_columns": columns.INSPECTIONS,
    }


def _figures(page: RegionPage) -> dict[str, object]:
    everyone = extracts(page.bodies, page.figures)
    return {
        "threats_chart": _on_page(page, charts.soc_threats(page)),
        "threat_figures": present.threats_and_disruptions(page),
        "other_figures": present.other_figures_of_the_region(page),
        "figure_columns": columns.FIGURES_OF_BODIES,
        "region_figure_columns": columns.FIGURES_OF_ONE_BODY,
        "shares_chart": _on_page(page, charts.pursue_shares(page)),
        "shares": [extract for extract in everyone if extract.published],
        "without_shares": [extract.body for extract in everyone if not extract.published],
        "share_columns": shares.COLUMNS,
    }


def _on_page(page: RegionPage, chart: ChartSpec) -> ChartOnPage:
    url = reverse("region_chart_csv", args=[page.region.slug, chart.slug])
    return ChartOnPage(chart, url, charts.has_numbers(chart))


@needs("forces.read_body")
@require_safe
def region_chart_csv(request: HttpRequest, slug: str, chart: str) -> HttpResponseBase:
    """The numbers of one chart of the region's page."""
    if chart not in charts.CHARTS:
        raise Http404(f"A region has no chart called “{chart}”. It has {', '.join(charts.CHARTS)}.")
    page = _page(request, slug)
    if problems := problems_in(request.GET, {}):
        return not_understood(request, page.region.name, problems, _breadcrumbs())
    spec = charts.CHARTS[chart](page)
    preamble = Preamble(
        title=f"{page.region.name}: {spec.title}",
        filter=f"Region: {page.region.name}",
        kind_of_data=spec.kind_of_data,
        as_at=localdate().isoformat(),
        made_at=now(),
        made_by=name_of(request.user),
    )
    return spec.csv(preamble)


@needs("disruptions.read_record")
@require_safe
def region_record_csv(request: HttpRequest, slug: str, table: str) -> HttpResponseBase:
    """One table of what the record holds of the region's bodies."""
    page, asked = _page(request, slug), period_filter(request)
    if asked.problems:
        return not_understood(request, page.region.name, asked.problems, _breadcrumbs())
    return record_csv(request, asked, _subject(page), table)


@needs("plans4p.read_plan")
@require_safe
def region_plans_csv(request: HttpRequest, slug: str, table: str) -> HttpResponseBase:
    """One table of the 4P plans of the region's bodies."""
    page, asked = _page(request, slug), period_filter(request)
    if asked.problems:
        return not_understood(request, page.region.name, asked.problems, _breadcrumbs())
    return plans_csv(request, asked, _subject(page), table)


def _page(request: HttpRequest, slug: str) -> RegionPage:
    try:
        return region_page(request.user, slug, localdate())
    except Region.DoesNotExist as missing:
        raise Http404(f"There is no region called “{slug}”.") from missing


def _breadcrumbs() -> list[tuple[str, str]]:
    return [("Home", reverse("home")), ("Regions", reverse("forces:region_list"))]
