"""Clear, Hold, Build sites, and each on a page of its own."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from plans4p.choices import Phase
from plans4p.exports.sites import site_columns
from plans4p.filters.sites import SiteFilter
from plans4p.models import Site
from plans4p.presenters import sites as present
from plans4p.selectors.sites import for_list, of_site
from plans4p.views.directory import DirectoryList, DirectoryPage
from soc_tracker.lib.pagination import Page
from soc_tracker.lib.tables import Column


class SiteList(DirectoryList):
    title = "Clear, Hold, Build sites"
    edited = "site"
    template_name = "plans4p/site_list.html"
    filterset_class = SiteFilter
    on_page = ("place", "organisation", "running", "began_on", "evaluated", "partners")
    order = ("place",)
    sorts: ClassVar = {"organisation": ("organisation__name", "place")}

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return for_list(Site.objects.visible_to(user))

    @property
    def columns(self) -> tuple[Column, ...]:
        return site_columns(self.today)

    def extra_context(self) -> dict[str, Any]:
        return super().extra_context() | {"phases": list(Phase)}

    def _context(self, page: Page) -> dict[str, Any]:
        return super()._context(page) | {"timeline": present.phase_bars(page.rows, self.today)}


class SitePage(DirectoryPage):
    model = Site
    edited = "site"
    listed = ("Clear, Hold, Build", "plans4p:site_list")
    template_name = "plans4p/site_detail.html"

    def get_queryset(self) -> QuerySet:
        return for_list(Site.objects.visible_to(self.request.user))

    def facts(self) -> dict[str, Any]:
        return {
            "facts": of_site(self.request.user, self.object),
            "timeline": present.phase_bars([self.object], self.today),
            "phases": list(Phase),
            "partner_columns": present.PARTNER_COLUMNS,
        }
