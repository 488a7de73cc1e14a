"""Plan on a page: what a body means to do under each P, with how far it is, on one page."""

from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from disruptions.views.record import AskedView
from forces.choices import OrganisationKind
from forces.models import Organisation
from plans4p.filters.on_a_page import OnAPageFilter
from plans4p.models import Plan
from plans4p.presenters import on_a_page as present
from plans4p.selectors.on_a_page import sheet, units_of

NO_FORCE = "No force is in its region today."
NO_AREA = "No threat of these plans has a local policing area on record."


class OnAPage(AskedView):
    permission = "plans4p.read_plan"

    @property
    def title(self) -> str:
        return f"Plan on a page: {self.organisation.name}"

    @cached_property
    def organisation(self) -> Organisation:
        return get_object_or_404(Organisation.objects.visible_to(self.request.user), slug=self.kwargs["slug"])

    @cached_property
    def asked(self) -> OnAPageFilter:
        plans = Plan.objects.visible_to(self.request.user).open().filter(organisation=self.organisation)
        return OnAPageFilter(self.request.GET, queryset=plans, request=self.request, today=localdate(), reserved=())

    @property
    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [
            ("Home", reverse("home")),
            ("4P plans", reverse("plans4p:plan_list")),
            (self.organisation.name, self.organisation.get_absolute_url()),
        ]

    def answer(self) -> HttpResponse:
        today, kind, body = self.asked.today, self.asked.kind, self.organisation
        found = sheet(self.asked.qs, today)
        own = self.asked.queryset.of_kind(kind)
        of_forces = body.kind == OrganisationKind.ROCU
        units = units_of(self.request.user, body, own, kind, today)
        context = {
            "title": self.title,
            "breadcrumbs": self.breadcrumbs,
            "organisation": body,
            "kind": kind,
            "today": today,
            "filter": self.asked,
            "narrowed": bool({"status", "owner", "area"} & {name for name, value in self.asked.given.items() if value}),
            "columns": present.columns(found, today),
            "density": present.density(found, units),
            "plans": found.plans,
            "units": units,
            "of_forces": of_forces,
            "unit_columns": present.unit_columns(kind, body.slug, of_forces=of_forces),
            "units_none": NO_FORCE if of_forces else NO_AREA,
            "list_url": self._list_url(kind),
        }
        return render(self.request, "plans4p/on_a_page.html", context)

    def _list_url(self, kind: str) -> str:
        return f"{reverse('plans4p:plan_list')}?{urlencode({'organisation': self.organisation.slug, 'data': kind})}"
