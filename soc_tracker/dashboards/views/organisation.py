"""The page of a force, a regional organised crime unit or another body."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from forces.choices import OrganisationKind
from forces.models import Organisation
from soc_tracker.dashboards.presenters import columns, figures, profiles, recommendations
from soc_tracker.dashboards.presenters import organisation as present
from soc_tracker.dashboards.presenters.region import scales
from soc_tracker.dashboards.selectors.links import Relation
from soc_tracker.dashboards.selectors.organisation import OrganisationPage, organisation_page
from soc_tracker.dashboards.views.plans import plans_context, plans_csv
from soc_tracker.dashboards.views.record import Subject, period_filter, record_context, record_csv
from soc_tracker.lib.access import needs
from soc_tracker.lib.not_understood import not_understood

LISTS = {
    OrganisationKind.FORCE: ("Forces", "forces:force_list"),
    OrganisationKind.ROCU: ("ROCUs", "forces:rocu_list"),
    OrganisationKind.OTHER: ("Other bodies", "forces:other_list"),
}


@needs("forces.read_body")
@require_safe
def organisation(request: HttpRequest, slug: str, kind: OrganisationKind) -> HttpResponse:
    """Everything published of the body; an address of another kind leads to its own."""
    page = _page(request, slug)
    if page.organisation.kind != kind:
        return redirect(page.organisation, permanent=False)
    asked = period_filter(request)
    if asked.problems:
        return not_understood(request, page.organisation.name, asked.problems, _breadcrumbs(page))
    context = _context(page) | record_context(request, asked, _subject(page))
    context |= plans_context(request, asked, _subject(page))
    return render(request, "dashboards/organisation.html", context)


@needs("disruptions.read_record")
@require_safe
def body_record_csv(request: HttpRequest, slug: str, table: str) -> HttpResponseBase:
    """One table of what the record holds of the body, whatever its kind."""
    page, asked = _page(request, slug), period_filter(request)
    if asked.problems:
        return not_understood(request, page.organisation.name, asked.problems, _breadcrumbs(page))
    return record_csv(request, asked, _subject(page), table)


@needs("plans4p.read_plan")
@require_safe
def body_plans_csv(request: HttpRequest, slug: str, table: str) -> HttpResponseBase:
    """One table of its 4P plans."""
    page, asked = _page(request, slug), period_filter(request)
    if asked.problems:
        return not_understood(request, page.organisation.name, asked.problems, _breadcrumbs(page))
    return plans_csv(request, asked, _subject(page), table)


def _page(request: HttpRequest, slug: str) -> OrganisationPage:
    try:
        return organisation_page(request.user, slug, localdate())
    except Organisation.DoesNotExist as missing:
        raise Http404(f"There is no body called “{slug}”.") from missing


def _subject(page: OrganisationPage) -> Subject:
    return Subject(
        name=page.organisation.name,
        bodies=(page.organisation,),
        figures=page.figures.rows,
        one_body=True,
        csv_url=lambda table: reverse("body_record_csv", args=[page.organisation.slug, table]),
        plans_csv_url=lambda table: reverse("body_plans_csv", args=[page.organisation.slug, table]),
    )


def _context(page: OrganisationPage) -> dict[str, object]:
    on_soc = present.on_soc(page.gradings.rows)
    return {
        "page": page,
        "breadcrumbs": _breadcrumbs(page),
        "kind": page.organisation.get_kind_display(),
        "ended": present.ended(page),
        "latest": on_soc[0] if on_soc else None,
        "gradings": on_soc,
        "grading_columns": present.GRADINGS,
        "other_gradings": present.on_other_questions(page.gradings.rows),
        "other_grading_columns": present.OTHER_GRADINGS,
        "scales": scales(page.gradings.rows),
        "changes": present.changes(page),
        "change_columns": present.CHANGES,
        "inspections": present.findings_in_order(page.findings.rows),
        "recommendation_columns": recommendations.columns(page.today, with_body=False),
        "monitoring_columns": present.MONITORING,
        "figure_groups": figures.by_group(page.figures.rows),
        "figure_columns": columns.FIGURES_OF_ONE_BODY,
        "shows_areas": page.organisation.kind == OrganisationKind.FORCE or page.areas.rows,
        "area_columns": profiles.columns(page.today),
        "key_facts": present.key_facts(page),
        "neighbours": page.linked(Relation.NEIGHBOUR),
        "compare_query": f"organisation={page.organisation.slug}",
    }


def _breadcrumbs(page: OrganisationPage) -> list[tuple[str, str]]:
    """Home, the list of its kind, and its region today where it has one."""
    listed = LISTS.get(OrganisationKind(page.organisation.kind))
    regions = [(link.name, link.url) for link in page.linked(Relation.REGION) if link.covers(page.today)]
    return [("Home", reverse("home")), *([(listed[0], reverse(listed[1]))] if listed else []), *regions]
