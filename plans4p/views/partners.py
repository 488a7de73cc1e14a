"""The directory of partners, and each on a page of its own."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.urls import reverse

from plans4p.exports.partners import partner_columns
from plans4p.filters.partners import PartnerFilter
from plans4p.models import Partner
from plans4p.presenters import partners as present
from plans4p.presenters.directory import PLAN_COLUMNS
from plans4p.presenters.sites import SITE_COLUMNS
from plans4p.selectors.partners import of_partner, with_use
from plans4p.views.directory import DirectoryList, DirectoryPage
from soc_tracker.lib.tables import Column


class PartnerList(DirectoryList):
    title = "Partners"
    edited = "partner"
    template_name = "plans4p/partner_list.html"
    filterset_class = PartnerFilter
    on_page = ("name", "sector", "offers", "serves", "agreement", "used", "plans")
    order = ("name",)
    sorts: ClassVar = {"sector": ("sector", "name"), "last_used": ("-last_used", "name")}

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return with_use(Partner.objects.visible_to(user).for_list())

    @property
    def columns(self) -> tuple[Column, ...]:
        return partner_columns(self.today)


class PartnerPage(DirectoryPage):
    model = Partner
    edited = "partner"
    listed = ("Partners", "plans4p:partner_list")
    template_name = "plans4p/partner_detail.html"

    def get_queryset(self) -> QuerySet:
        return with_use(Partner.objects.visible_to(self.request.user))

    def facts(self) -> dict[str, Any]:
        stands = present.agreement_stands(self.object, self.today)
        sites_url = f"{reverse('plans4p:site_list')}?partner={self.object.slug}"
        return {
            "facts": of_partner(self.request.user, self.object, sites_url=sites_url),
            "summary": present.summary(self.object),
            "agreement": (stands, present.AGREEMENT_TAGS[stands]),
            "offer_columns": self.with_edit(present.OFFER_COLUMNS, "offer"),
            "plan_columns": PLAN_COLUMNS,
            "consultation_columns": present.CONSULTATION_COLUMNS,
            "site_columns": SITE_COLUMNS,
        }
