"""A region's bodies beside one another: their gradings, then the lists of the page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from forces.models import Organisation, Region
from inspections.choices import NO_DATA, FindingKind, Grade, Tone
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.programmes.models import Programme
from soc_tracker.core.access.permissions import needs
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.exports import Preamble, csv_response
from soc_tracker.core.lists.filters import problems_in
from soc_tracker.core.lists.pages import not_understood
from soc_tracker.core.records.states import name_of
from soc_tracker.core.reports import Report
from soc_tracker.dashboards.plans.pages import plans_context, plans_csv, sites_context
from soc_tracker.dashboards.published import pages as published_pages
from soc_tracker.dashboards.published.pages import SOURCE
from soc_tracker.dashboards.record.pages import ChartOnPage, Subject, period_filter, record_context, record_csv
from soc_tracker.dashboards.regions import charts
from soc_tracker.dashboards.regions.queries import RegionPage, region_page
from soc_tracker.dashboards.shares import charts as shares_charts
from soc_tracker.dashboards.shares.queries import extracts
from soc_tracker.dashboards.topics import pages as topics_pages


@dataclass(frozen=True)
class BodyGrades:
    """One body's gradings on serious and organised crime; programmes without data on it are left out."""

    organisation: Organisation
    gradings: dict[Programme, Grading]


def grades(page: RegionPage) -> tuple[BodyGrades, ...]:
    """Every body of the region with its newest grading under each programme."""
    gradings: dict[int, dict[Programme, Grading]] = {body.pk: {} for body in page.bodies}
    for grading in page.gradings:
        gradings[grading.organisation_id].setdefault(grading.inspection.programme, grading)
    return tuple(BodyGrades(body, gradings[body.pk]) for body in page.bodies)


def columns_of_newest(page: RegionPage) -> tuple[Column, ...]:
    """The grades under the region's newest programme, each with what the inspection says in support."""

    def grading(row: BodyGrades) -> Grading | None:
        return row.gradings.get(page.programme) if page.programme else None

    return (
        BODY,
        _grade_column("Grade", grading),
        Column("summary", "In support, in our words", lambda row: _summary(grading(row)), wide_only=True),
        Column("source", "Source", lambda row: _source(grading(row)), lambda row: _source_url(grading(row))),
    )


def columns_of_earlier(page: RegionPage) -> tuple[Column, ...]:
    """The grades under every other programme that graded one of the bodies, the newest first; () for none."""
    programmes = dict.fromkeys(grading.inspection.programme for grading in page.gradings)
    others = [programme for programme in programmes if programme != page.programme]
    return (BODY, *(_programme_column(programme) for programme in others)) if others else ()


def _programme_column(programme: Programme) -> Column:
    heading = f"{programme.name}: {programme.get_scale_display().lower()}"
    return _grade_column(heading, lambda row: row.gradings.get(programme))


def _grade_column(heading: str, grading: Callable[[BodyGrades], Grading | None]) -> Column:
    """A missing grading is "No data", in words and in a dress of its own."""

    def grade(row: BodyGrades) -> Grade | None:
        found = grading(row)
        return Grade(found.grade) if found else None

    return Column(
        slugify(heading),
        heading,
        lambda row: grade(row).label if grade(row) else NO_DATA,
        tag=lambda row: grade(row).tag if grade(row) else NO_DATA_COLOUR,
    )


def _summary(grading: Grading | None) -> str | None:
    return grading.summary if grading else "no grading is held here"


def _source(grading: Grading | None) -> str:
    return str(SOURCE.value(grading)) if grading else "none"


def _source_url(grading: Grading | None) -> str:
    return grading.source.get_absolute_url() if grading else ""


BODY = Column("body", "Body", lambda row: row.organisation.name, lambda row: row.organisation.get_absolute_url())


def scales(gradings: list[Grading] | tuple[Grading, ...]) -> str:
    """A warning where the gradings shown are on more than one scale, "" where they are on one."""
    return SCALES_DIFFER if len({grading.scale for grading in gradings}) > 1 else ""


NO_DATA_COLOUR = "none"
THREATS_AND_DISRUPTIONS = "Threats and disruptions"
SCALES_DIFFER = (
    "These gradings are on different scales. Up to 2018/19 there were four grades; since 2021/22 there are five, "
    "with adequate between good and requires improvement. They cannot be compared by arithmetic: a body that was "
    "good on four grades and is adequate on five has not for that reason alone become worse."
)


def threats_and_disruptions(page: RegionPage) -> tuple[PublishedFigure, ...]:
    """What was published of threats and disruptions, the region's own figures first."""
    found = [figure for figure in page.figures if figure.measure.group == THREATS_AND_DISRUPTIONS]
    return tuple(sorted(found, key=lambda figure: figure.region_id is None))


def other_figures_of_the_region(page: RegionPage) -> tuple[PublishedFigure, ...]:
    """The region's own figures on everything else."""
    return tuple(
        figure for figure in page.figures if figure.region_id and figure.measure.group != THREATS_AND_DISRUPTIONS
    )


def region_findings(page: RegionPage) -> tuple[Finding, ...]:
    """What was found of the region as a whole: what must improve and what works first, the setting last."""
    kinds, tones = list(FindingKind), [Tone.SHORTCOMING, Tone.MIXED, Tone.STRENGTH, Tone.CONTEXT]
    return tuple(
        sorted(
            page.region_findings,
            key=lambda finding: (kinds.index(FindingKind(finding.kind)), tones.index(Tone(finding.tone))),
        )
    )


# The page of a region, and the files of its charts.


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
        "grades": grades(page),
        "grade_columns": columns_of_newest(page),
        "earlier_columns": columns_of_earlier(page),
        "scales": scales(page.gradings),
    }


def _findings(page: RegionPage) -> dict[str, object]:
    return {
        "matrix": topics_pages.topic_matrix(page),
        "kinds_chart": _on_page(page, charts.findings_by_kind(page)),
        "region_findings": region_findings(page),
        "finding_columns": published_pages.FINDINGS,
        "inspection_columns": published_pages.INSPECTIONS,
    }


def _figures(page: RegionPage) -> dict[str, object]:
    everyone = extracts(page.bodies, page.figures)
    return {
        "threats_chart": _on_page(page, charts.soc_threats(page)),
        "threat_figures": threats_and_disruptions(page),
        "other_figures": other_figures_of_the_region(page),
        "figure_columns": published_pages.FIGURES_OF_BODIES,
        "region_figure_columns": published_pages.FIGURES_OF_ONE_BODY,
        "shares_chart": _on_page(page, shares_charts.pursue_shares(page)),
        "shares": [extract for extract in everyone if extract.published],
        "without_shares": [extract.body for extract in everyone if not extract.published],
        "share_columns": shares_charts.COLUMNS,
    }


def _on_page(page: RegionPage, chart: Report) -> ChartOnPage:
    url = reverse("region_chart_csv", args=[page.region.slug, chart.slug])
    return ChartOnPage(chart, url, chart.is_drawn)


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
    return csv_response(spec.slug, spec.columns, spec.rows, preamble)


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
