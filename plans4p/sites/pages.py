"""Clear, Hold, Build sites: their list with its columns and filters, and the page of each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from disruptions.standpoint.forms import OrganisationsFilter, RegionsFilter
from plans4p.choices import Phase, PhaseState
from plans4p.directory.pages import DirectoryList, DirectoryPage, KindSet
from plans4p.partners.models import Partner
from plans4p.sites.charts import phase_bars
from plans4p.sites.models import Site, SitePhase
from plans4p.sites.queries import get_site_facts, list_sites
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter, SlugsFilter, WordsFilter


def running(site: Site, today: date) -> str:
    """The phases that run on the day, in the order of their names in Clear, Hold, Build."""
    here = {phase.phase for phase in site.phases.all() if phase.state_on(today) == PhaseState.UNDER_WAY}
    return ", ".join(phase.label for phase in Phase if phase in here) or "None"


SITES_IN_SHORT = (
    Column("place", "Site", lambda site: site.place, lambda site: site.get_absolute_url()),
    Column("organisation", "Organisation", lambda site: site.organisation.name),
)
PARTNERS_OF_A_SITE = (
    Column("name", "Partner", lambda partner: partner.name, lambda partner: partner.get_absolute_url()),
    Column("sector", "Sector", lambda partner: partner.get_sector_display()),
    Column("contact_route", "How to reach it", lambda partner: partner.contact_route),
)


def phases_in_words(site: Site) -> str:
    """With ISO dates, as files have them: "Clear 2023-01-01 to 2023-06-30; Hold 2023-05-01 to"."""
    return "; ".join(
        f"{phase.get_phase_display()} {phase.starts_on} to {phase.ends_on or ''}".strip() for phase in site.phases.all()
    )


SITE_COLUMNS = (
    Column("place", "Place", lambda site: site.place, lambda site: site.get_absolute_url()),
    Column(
        "organisation",
        "Organisation",
        lambda site: site.organisation.name,
        lambda site: site.organisation.get_absolute_url(),
        sort=("organisation__name", "place"),
    ),
    Column("running", "Phase today", running, dated=True, api=()),
    Column(
        "began_on", "Began", lambda site: min((phase.starts_on for phase in site.phases.all()), default=None), api=()
    ),
    Column("evaluated", "Evaluated", lambda site: bool(site.evaluation), wide_only=True, api=()),
    Column(
        "partners", "Partners", lambda site: "; ".join(partner.name for partner in site.partners.all()), wide_only=True
    ),
    Column("phases", "Phases", phases_in_words),
    Column("measures", "How success is measured", lambda site: site.measures),
    Column("evaluation", "Evaluation", lambda site: site.evaluation),
    Column("slug", "Slug", lambda site: site.slug),
    Column("kind_of_data", "Kind of data", lambda site: site.get_kind_of_data_display()),
)


NO_PHASE = "none"


class SiteFilter(KindSet):
    """Sites of one kind of data."""

    q = WordsFilter(label="Words")
    region = RegionsFilter()
    organisation = OrganisationsFilter()
    phase = ChoicesFilter(
        "phases", choices=[*Phase.choices, (NO_PHASE, "None")], label="Phase that runs today", method="in_phase"
    )
    partner = SlugsFilter(
        "partners__slug",
        records=Partner.objects.visible_to,
        label="Partner",
        hidden=True,
        method=lambda sites, name, slugs: sites.filter(  # by subquery: a join would list a site once a partner
            pk__in=Site.partners.through.objects.filter(partner__slug__in=slugs).values("site")
        ),
    )

    class Meta:
        model = Site
        fields = ()

    def in_phase(self, queryset: QuerySet, name: str, phases: Sequence[str]) -> QuerySet:
        """``NO_PHASE`` among them stands for sites at which none runs."""
        running = SitePhase.objects.visible_to(self.user).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=self.today))
        here = running.filter(starts_on__lte=self.today, site=OuterRef("pk"))
        in_one = Q(Exists(here.filter(phase__in=[phase for phase in phases if phase != NO_PHASE])))
        return queryset.filter(in_one | ~Q(Exists(here)) if NO_PHASE in phases else in_one)


class SiteList(DirectoryList):
    title = "Clear, Hold, Build sites"
    edited = "site"
    template_name = "plans4p/site_list.html"
    filterset_class = SiteFilter
    columns = SITE_COLUMNS
    on_page = ("place", "organisation", "running", "began_on", "evaluated", "partners")
    order = ("place",)
    rows_for = staticmethod(list_sites)

    def context(self) -> dict[str, Any]:
        return super().context() | {"phases": list(Phase), "timeline": phase_bars(self.page.rows, self.today)}


class SitePage(DirectoryPage):
    model = Site
    edited = "site"
    parents = (("Clear, Hold, Build", "plans4p:site_list"),)
    template_name = "plans4p/site_detail.html"
    rows_for = staticmethod(list_sites)

    def facts(self) -> dict[str, Any]:
        return {
            "facts": get_site_facts(self.request.user, self.object, params=self.request.GET),
            "timeline": phase_bars([self.object], self.today),
            "phases": list(Phase),
            "partner_columns": PARTNERS_OF_A_SITE,
        }
