"""Clear, Hold, Build sites in words, and their phases as bars over one span of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from disruptions.standpoint.forms import OrganisationsFilter, RegionsFilter
from plans4p.choices import Phase
from plans4p.directory.pages import DirectoryList, DirectoryPage, KindSet
from plans4p.partners.models import Partner
from plans4p.sites.models import Site, SitePhase
from plans4p.sites.queries import NO_PHASE, for_list, get_site_facts, in_phases
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter, SlugsFilter, WordsFilter
from soc_tracker.core.text.days import month_after, months_between, to_words

NO_PHASE_RUNS = "None"
UNDER_WAY, OVER, TO_COME = "under way", "ended", "to come"
MOST_TICKS = 5
MONTHS_A_YEAR = 12
STEPS = (1, 3, 6, 12, 24, 60, 120)
"""Months from one tick of the axis to the next: the first of these by which there is room for all."""
THINNEST, LABEL = 0.8, 17
"""In percent of the axis: the shortest bar that can be seen, and the room that a month in words takes on a phone."""


@dataclass(frozen=True)
class Tick:
    """A month at its place on the axis, in percent of its width; near its end there is no room for words ("")."""

    at: float
    words: str


@dataclass(frozen=True)
class Bar:
    """One phase: what the table says of it, and where its bar begins and how long it is in percent of the axis."""

    phase: str
    words: str
    when: str
    state: str
    left: float
    width: float


@dataclass(frozen=True)
class SiteBars:
    site: Site
    bars: list[Bar]


@dataclass(frozen=True)
class PhaseBars:
    """Sites with the bars of their phases over one axis. ``today`` is its place on the axis in percent."""

    rows: list[SiteBars]
    ticks: list[Tick]
    today: float


@dataclass(frozen=True)
class _Axis:
    """From the first day of a month to the last day of another."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """The beginning of the day, in percent; a day beyond either end is at that end."""
        days = (self.last - self.first).days + 1
        return round(100 * min(max((day - self.first).days, 0), days) / days, 3)


def phase_bars(sites: Iterable[Site], today: date) -> PhaseBars:
    """The phases of each site, earliest first, with today on the axis. Sites come with their phases already read."""
    found = [(site, list(site.phases.all())) for site in sites]
    axis = _axis([phase for _, phases in found for phase in phases], today)
    rows = [SiteBars(site, [_bar(phase, axis, today) for phase in phases]) for site, phases in found]
    return PhaseBars(rows, _ticks(axis), axis.at(today))


def running(site: Site, today: date) -> str:
    """The phases that run on the day, in the order of their names in Clear, Hold, Build."""
    here = {phase.phase for phase in site.phases.all() if _state(phase, today) == UNDER_WAY}
    return ", ".join(phase.label for phase in Phase if phase in here) or NO_PHASE_RUNS


def began_on(site: Site) -> date | None:
    return min((phase.starts_on for phase in site.phases.all()), default=None)


def _state(phase: SitePhase, today: date) -> str:
    if phase.starts_on > today:
        return TO_COME
    return OVER if phase.ends_on and phase.ends_on < today else UNDER_WAY


def _axis(phases: Sequence[SitePhase], today: date) -> _Axis:
    days = [day for phase in phases for day in (phase.starts_on, phase.ends_on) if day]
    first, last = min([today, *days]), max([today, *days])
    return _Axis(month_after(first, 0), month_after(last) - timedelta(days=1))


def _bar(phase: SitePhase, axis: _Axis, today: date) -> Bar:
    """One that has not ended is drawn until today; one to come without an end, to the end of the axis."""
    state = _state(phase, today)
    last = phase.ends_on or (axis.last if state == TO_COME else today)
    left = min(axis.at(phase.starts_on), 100 - THINNEST)
    width = round(min(max(axis.at(last + timedelta(days=1)) - left, THINNEST), 100 - left), 3)
    words = Phase(phase.phase).label
    return Bar(phase.phase, words, to_words(phase.starts_on, phase.ends_on), state, left, width)


def _ticks(axis: _Axis) -> list[Tick]:
    months = months_between(axis.first, axis.last) + 1
    step = next((step for step in STEPS if months <= step * MOST_TICKS), STEPS[-1])
    begun = [month_after(axis.first, number) for number in range(months)]
    marked = [month for month in begun if (month.year * 12 + month.month - 1) % step == 0]
    form = "%Y" if step >= MONTHS_A_YEAR else "%b %Y"
    places = [(axis.at(month), month.strftime(form)) for month in marked]
    return [Tick(at, words if at <= 100 - LABEL else "") for at, words in places]


SITE_COLUMNS = (
    Column("place", "Site", lambda site: site.place, lambda site: site.get_absolute_url()),
    Column("organisation", "Organisation", lambda site: site.organisation.name),
)
PARTNER_COLUMNS = (
    Column("name", "Partner", lambda partner: partner.name, lambda partner: partner.get_absolute_url()),
    Column("sector", "Sector", lambda partner: partner.get_sector_display()),
    Column("contact_route", "How to reach it", lambda partner: partner.contact_route),
)


# The columns of the list of Clear, Hold, Build sites.


def _partners(site: Site) -> str:
    return "; ".join(partner.name for partner in site.partners.all())


def _phases(site: Site) -> str:
    """With ISO dates, as files have them: "Clear 2023-01-01 to 2023-06-30; Hold 2023-05-01 to"."""
    return "; ".join(
        f"{phase.get_phase_display()} {phase.starts_on} to {phase.ends_on or ''}".strip() for phase in site.phases.all()
    )


LIST_COLUMNS = (
    Column("place", "Place", lambda site: site.place, lambda site: site.get_absolute_url()),
    Column(
        "organisation",
        "Organisation",
        lambda site: site.organisation.name,
        lambda site: site.organisation.get_absolute_url(),
        sort=("organisation__name", "place"),
    ),
    Column("running", "Phase today", running, dated=True, api=()),
    Column("began_on", "Began", began_on, api=()),
    Column("evaluated", "Evaluated", lambda site: bool(site.evaluation), wide_only=True, api=()),
    Column("partners", "Partners", _partners, wide_only=True),
    Column("phases", "Phases", _phases),
    Column("measures", "How success is measured", lambda site: site.measures),
    Column("evaluation", "Evaluation", lambda site: site.evaluation),
    Column("slug", "Slug", lambda site: site.slug),
    Column("kind_of_data", "Kind of data", lambda site: site.get_kind_of_data_display()),
)


# What the list of Clear, Hold, Build sites can be narrowed to.


class SiteFilter(KindSet):
    """Sites of one kind of data."""

    q = WordsFilter(label="Words")
    region = RegionsFilter()
    organisation = OrganisationsFilter()
    phase = ChoicesFilter(
        "phases",
        choices=[*Phase.choices, (NO_PHASE, "None")],
        label="Phase that runs today",
        method="in_phase",
    )
    partner = SlugsFilter(
        "partners__slug", records=Partner.objects.visible_to, label="Partner", hidden=True, method="with_partner"
    )

    class Meta:
        model = Site
        fields = ()

    def in_phase(self, queryset: QuerySet, name: str, phases: Sequence[str]) -> QuerySet:
        return in_phases(queryset, phases, self.today) if phases else queryset

    def with_partner(self, queryset: QuerySet, name: str, slugs: Sequence[str]) -> QuerySet:
        """By subquery: a join would list a site once a partner."""
        links = Site.partners.through.objects.filter(partner__slug__in=slugs)
        return queryset.filter(pk__in=links.values("site")) if slugs else queryset


# Clear, Hold, Build sites, and each on a page of its own.


class SiteList(DirectoryList):
    title = "Clear, Hold, Build sites"
    edited = "site"
    template_name = "plans4p/site_list.html"
    filterset_class = SiteFilter
    columns = LIST_COLUMNS
    on_page = ("place", "organisation", "running", "began_on", "evaluated", "partners")
    order = ("place",)

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return for_list(Site.objects.visible_to(user))

    def context(self) -> dict[str, Any]:
        return super().context() | {"phases": list(Phase), "timeline": phase_bars(self.page.rows, self.today)}


class SitePage(DirectoryPage):
    model = Site
    edited = "site"
    parents = (("Clear, Hold, Build", "plans4p:site_list"),)
    template_name = "plans4p/site_detail.html"

    def get_queryset(self) -> QuerySet:
        return for_list(Site.objects.visible_to(self.request.user))

    def facts(self) -> dict[str, Any]:
        return {
            "facts": get_site_facts(self.request.user, self.object),
            "timeline": phase_bars([self.object], self.today),
            "phases": list(Phase),
            "partner_columns": PARTNER_COLUMNS,
        }
