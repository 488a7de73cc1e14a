"""Clear, Hold, Build sites with their phases."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from disruptions.choices import DataKind
from disruptions.standpoint.models import KindQuerySet
from plans4p.directory.queries import User
from plans4p.partners.models import Partner
from plans4p.plans.queries import changes_with_parts
from plans4p.sites.models import Site, SitePhase
from soc_tracker.core.lists.paging import Bounded, bounded, paged
from soc_tracker.core.records.history import Change

SITES, PARTNERS = 25, 50


def list_sites(user: User) -> KindQuerySet:
    """Those that the user may see, with what a list or the page of one reads."""
    sites: KindQuerySet = Site.objects.visible_to(user)
    return sites.select_related("organisation").prefetch_related("phases", "partners")


def list_sites_of(user: User, organisations: Iterable[int], *, kind: DataKind, url: str = "") -> Bounded:
    """The sites of bodies (by key), of one kind of data, for ``plans4p.sites.charts.phase_bars``.

    ``url`` is the address of the list that has them all.
    """
    sites = list_sites(user).of_kind(kind).filter(organisation__in=list(organisations))
    return bounded(sites.order_by("organisation__name", "place", "pk"), SITES, url)


@dataclass(frozen=True)
class SiteFacts:
    """Everything on a site's page beside the site itself."""

    phases: list[SitePhase]
    partners: Bounded[Partner]
    changes: Bounded[Change]


def get_site_facts(user: User, site: Site, *, params: QueryDict) -> SiteFacts:
    """``params`` say where among its partners the page is opened."""
    return SiteFacts(
        phases=list(site.phases.all()),
        partners=paged(site.partners.visible_to(user), ("name",), PARTNERS, name="partners", params=params),
        changes=changes_with_parts(user, site, SitePhase, "site"),
    )
