"""The network of lead responsible officers, and each on a page of their own."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.urls import reverse

from plans4p.exports.officers import OFFICER_COLUMNS
from plans4p.filters.officers import OfficerFilter
from plans4p.models import LeadOfficer
from plans4p.presenters import officers as present
from plans4p.presenters.directory import PLAN_COLUMNS
from plans4p.selectors.officers import gaps, of_officer, with_load
from plans4p.views.directory import DirectoryList, DirectoryPage

BODIES = ("organisation", "region")


class OfficerList(DirectoryList):
    """The officers of all bodies, or of those in the filter; above them, where the network of these has gaps."""

    title = "Network of lead responsible officers"
    edited = "officer"
    template_name = "plans4p/officer_list.html"
    filterset_class = OfficerFilter
    columns = OFFICER_COLUMNS
    on_page = ("name", "rank", "organisation", "training", "plans_owned", "threats_held", "time", "mentor")
    order = ("organisation__name", "name")
    sorts: ClassVar = {
        "name": ("name",),
        "plans_owned": ("-plans_owned", "name"),
        "threats_held": ("-threats_held", "name"),
    }

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return with_load(LeadOfficer.objects.visible_to(user).for_list())

    def extra_context(self) -> dict[str, Any]:
        return super().extra_context() | self._gaps()

    def _gaps(self) -> dict[str, Any]:
        if self.filter.problems:
            return {"gaps": None}
        kind, given = self.filter.kind, self.filter.given
        chosen = {name: given.get(name) or [] for name in BODIES}
        found = gaps(
            self.request.user,
            kind=kind,
            today=self.today,
            organisations=chosen["organisation"],
            regions=chosen["region"],
        )
        here = {"data": kind.value, **chosen}
        threats = {"list": "master", "lacking": "officer", "as_at": self.today.isoformat(), **here}
        return {
            "gaps": found,
            "untrained_url": _query({"role": "in", "trained": "no", **here}),
            "without_time_url": _query({"role": "in", "time": "none", **here}),
            "unnamed_url": reverse("disruptions:threat_list") + _query(threats),
        }


class OfficerPage(DirectoryPage):
    model = LeadOfficer
    edited = "officer"
    listed = ("LRO network", "plans4p:officer_list")
    template_name = "plans4p/officer_detail.html"
    context_object_name = "officer"

    def get_queryset(self) -> QuerySet:
        return with_load(super().get_queryset())

    def facts(self) -> dict[str, Any]:
        plans_url = f"{reverse('plans4p:plan_list')}?owner={self.object.pk}&data={self.object.kind_of_data}"
        return {
            "facts": of_officer(self.request.user, self.object, plans_url=plans_url),
            "summary": present.summary(self.object),
            "training_columns": self.with_edit(present.TRAINING_COLUMNS, "training"),
            "plan_columns": PLAN_COLUMNS,
            "threat_columns": present.THREAT_COLUMNS,
        }


def _query(asked: dict[str, Any]) -> str:
    return f"?{urlencode(asked, doseq=True)}"
