"""The short pages of a force, a regional unit or another body: six under one head, each with its own address."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from forces.choices import OrganisationKind
from forces.models import Organisation
from inspections.figures.models import PublishedFigure
from inspections.repeats.pages import CHAINS
from inspections.repeats.queries import list_chains
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.lists.columns import on
from soc_tracker.core.lists.paging import sections_of
from soc_tracker.core.records.pages import Crumb
from soc_tracker.dashboards.about.pages import about_context
from soc_tracker.dashboards.areas.charts import locator
from soc_tracker.dashboards.areas.queries import where_body_is
from soc_tracker.dashboards.bodies.queries import (
    Head,
    get_head,
    list_body_findings,
    list_body_gradings,
    list_body_recommendations,
    list_figures,
    list_monitoring,
)
from soc_tracker.dashboards.glance.pages import Glance, OverviewPart, PartPage, Parts
from soc_tracker.dashboards.gradings import pages as grading_pages
from soc_tracker.dashboards.gradings.queries import grade_changes
from soc_tracker.dashboards.plans.pages import PlansPart
from soc_tracker.dashboards.published import pages as published_pages
from soc_tracker.dashboards.record.pages import RecordPart
from soc_tracker.dashboards.words import page_of

PARTS: Parts = (
    ("", "Overview", ()),
    ("inspections", "Inspections", ("findings", "recommendations", "monitoring", "latest")),
    ("figures", "Figures", ("figures",)),
    ("record", "Record", ("record", "published-against-recorded")),
    ("plans", "Plans", ("plans",)),
    ("about", "About", ("areas", "neighbours")),
)
"""Each page with the anchors of the one long page that there was: what they led to stands on it now."""


class BodyPage(PartPage):
    """A page of a body; at an address of another kind it leads to the body's own."""

    parts = PARTS
    owner: Organisation

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        try:
            self.head: Head = get_head(request.user, kwargs["slug"], self.today)
        except Organisation.DoesNotExist as missing:
            raise Http404(f"There is no body called “{kwargs['slug']}”.") from missing
        self.owner, self.title = self.head.body, self.head.body.name
        self.glance = Glance(request.user, self.bodies, None, self.today)

    @property
    def bodies(self) -> Sequence[Organisation]:
        """Itself, and those from which it came: what was published of them stands beside its own, as theirs."""
        return self.head.bodies

    def breadcrumbs(self) -> list[Crumb]:
        """Home, the list of its kind, and its region today where it has one."""
        kind = OrganisationKind(self.head.body.kind)
        region = self.head.region
        regions = [(region[0], reverse("region", args=[region[1]]))] if region else []
        return [*super().breadcrumbs(), (kind.plural, reverse(f"forces:{kind.page}_list")), *regions]

    def get(self, request: HttpRequest, *args: Any, owner_page: str = "", **kwargs: Any) -> HttpResponseBase:
        if owner_page and OrganisationKind(self.head.body.kind).page != owner_page:
            return redirect(page_of(self.head.body, self.part))
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return super().context() | {"head": self.head, "compare_query": f"organisation={self.head.body.slug}"}


class BodyOverview(OverviewPart, BodyPage):
    """What must change, practice worth copying, key figures, what is on record, and what changed."""

    template_name = "dashboards/bodies/overview.html"
    files = "body_chart_csv"

    def context(self) -> dict[str, Any]:
        user, body, region = self.request.user, self.head.body, self.head.region
        at_a_glance = self.glance.context(page_of(body, "inspections"))
        has_changes = any(grading.version > 1 for grading in at_a_glance["gradings"])
        changes = grade_changes(user, body) if has_changes else ()
        where = where_body_is(user, body, self.head.lineage, region[1] if region else None, self.today)
        return (
            super().context()
            | at_a_glance
            | {
                "key_figures": published_pages.key_figures(
                    list_figures(user, *self.bodies).rows, named=self.head.before
                ),
                "locator": locator(where, body.name),
                "changes": grading_pages.change_rows(changes, at_a_glance["gradings"]),
                "change_columns": grading_pages.CHANGES,
            }
        )


class BodyInspections(BodyPage):
    """Grades over time, findings by section, recommendations, and how closely it was watched."""

    part, template_name = "inspections", "dashboards/bodies/inspections.html"

    def context(self) -> dict[str, Any]:
        user, bodies, several = self.request.user, self.bodies, bool(self.head.before)
        gradings, findings = list_body_gradings(user, *bodies), list_body_findings(user, *bodies)
        recommendations = list_body_recommendations(user, *bodies)
        on_soc, on_other_questions = grading_pages.by_question(gradings.rows)
        to_whom = published_pages.RECOMMENDATIONS_TO_BODIES if several else published_pages.RECOMMENDATIONS
        whose = grading_pages.WHOSE if several else ()
        return super().context() | {
            "gradings": on_soc,
            "latest": on_soc[0] if on_soc else None,
            "grading_columns": (*whose, *grading_pages.GRADINGS),
            "other_gradings": on_other_questions,
            "other_grading_columns": (*whose, *grading_pages.OTHER_GRADINGS),
            "more_gradings": gradings.is_cut,
            "scales": grading_pages.scales(gradings.rows),
            "inspections": published_pages.findings_in_order(findings.rows, named=self.head.before),
            "more_findings": findings.is_cut,
            "recommendations": recommendations.rows,
            "more_recommendations": recommendations.is_cut,
            "recommendation_columns": on(to_whom, self.today),
            "chains": list_chains(user, Q(organisation__in=bodies)),
            "chain_columns": CHAINS,
            "monitoring": list_monitoring(user, *bodies).rows,
            "monitoring_columns": (*whose, *published_pages.MONITORING),
        }


class BodyFigures(BodyPage):
    """The published figures about it, in their groups."""

    part, template_name = "figures", "dashboards/bodies/figures.html"

    def context(self) -> dict[str, Any]:
        figures = list_figures(self.request.user, *self.bodies)
        groups: dict[str, list[PublishedFigure]] = {}  # in the order of their first figure
        for figure in figures.rows:
            groups.setdefault(figure.measure.group, []).append(figure)
        columns = published_pages.FIGURES_OF_BODIES if self.head.before else published_pages.FIGURES_OF_ONE_BODY
        return super().context() | {
            "figures": figures.rows,
            "more_figures": figures.is_cut,
            "figure_groups": list(groups.items()),
            "figure_columns": columns,
        }


class BodyRecord(RecordPart, BodyPage):
    """What the record holds of it, beside the published figures."""

    part, template_name = "record", "dashboards/bodies/record.html"
    files = "body_record_csv"

    @property
    def into(self) -> Mapping[int, Organisation]:  # type: ignore[override]
        return self.head.into

    def list_figures(self) -> Sequence[PublishedFigure]:
        return list_figures(self.request.user, *self.bodies).rows


class BodyPlans(PlansPart, BodyPage):
    """How many plans it has, which of the inspectors' questions they answer, and the gaps."""

    part, template_name = "plans", "dashboards/bodies/plans.html"
    files, one_body = "body_plans_csv", True

    @property
    def bodies(self) -> Sequence[Organisation]:
        """Itself alone: the plans of the bodies before it stand on their pages."""
        return (self.head.body,)


class BodyAbout(BodyPage):
    """Key facts, areas and their profiles, and the bodies around it."""

    marking = UNMARKED.label
    part, template_name = "about", "dashboards/bodies/about.html"
    parameters = sections_of("areas", "sizes")

    def context(self) -> dict[str, Any]:
        return super().context() | about_context(self.request.user, self.head, self.request.GET) | {"kinds": []}
