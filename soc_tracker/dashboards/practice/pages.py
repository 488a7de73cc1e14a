"""The exchange of good practice: for a body what may help it, of a practice whom it may help, and what became of it."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from disruptions.standpoint.queries import THREATS, Standpoint, standpoint
from forces.models import Organisation
from inspections.findings.models import Finding
from inspections.pages import address_of
from inspections.practice.choices import UptakeState
from inspections.practice.forms import UptakeForm
from inspections.practice.models import Uptake
from inspections.practice.queries import list_own_bodies, list_practices
from inspections.practice.services import UPTAKES
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.records.pages import Crumb, FormPage, Trail
from soc_tracker.dashboards.practice.queries import Proposal, list_proposals, practices_with_uptakes

READ, TAKE_UP = "inspections.read_published", "inspections.take_up_practice"
MOST = 100


def practice_address(practice: Finding) -> str:
    return reverse("practice", args=[practice.slug])


def problems_in_words(proposal: Proposal) -> str:
    first, *more = proposal.match.problems
    return f"{first.title} (and {len(more)} more)" if more else first.title


STATE = Column(
    "state",
    "Where it stands",
    lambda row: row.step.get_state_display() if row.step else "Not taken up",
    tag=lambda row: row.step.tag if row.step else "",
)
TOPICS = Column("topics", "Topics of both", lambda row: "; ".join(topic.name for topic in row.match.topics))
NEAR = Column("near", "How near", lambda row: row.how_near)
FOR_BODY = (
    Column("practice", "Practice", lambda row: row.practice.title, lambda row: practice_address(row.practice)),
    Column("of", "Of", lambda row: row.practice.about.name, lambda row: address_of(row.practice.about)),
    Column("problem", "For", problems_in_words, lambda row: address_of(row.match.problems[0])),
    TOPICS,
    NEAR,
    STATE,
)
OF_PRACTICE = (
    Column("body", "Body", lambda row: row.body.name, lambda row: address_of(row.body)),
    TOPICS,
    Column("problem", "For", problems_in_words, lambda row: address_of(row.match.problems[0])),
    NEAR,
    STATE,
)
PRACTICES = (
    Column("practice", "Practice", lambda row: row.practice.title, lambda row: practice_address(row.practice)),
    Column("kind", "Kind", lambda row: row.practice.kind.label, tag=lambda row: row.practice.kind.colour),
    Column("of", "Of", lambda row: row.practice.about.name, lambda row: address_of(row.practice.about)),
    Column("topics", "Topics", lambda row: "; ".join(topic.name for topic in row.practice.topics.all())),
    Column("steps", "Taken up", lambda row: "; ".join(map(str, row.steps)) or "By nobody yet"),
)
UPTAKES_OF = (
    Column("organisation", "Body", lambda step: step.organisation.name, lambda step: address_of(step.organisation)),
    Column("state", "What it has done", lambda step: step.get_state_display(), tag=lambda step: step.tag),
    Column("on", "When", lambda step: step.on),
    Column("note", "With what result", lambda step: step.note),
)


class OfRecord(Trail, View):
    """A page of what was published, on which the mix of threats on record says how near bodies are to each other."""

    permission = READ
    marking = UNMARKED.label
    request: Any

    @cached_property
    def point(self) -> Standpoint:
        return standpoint(sight=sight_of(self.request.user), today=self.today, contents=THREATS)

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        shared = {"breadcrumbs": self.breadcrumbs(), "marking": self.marking, "point": self.point}
        return render(self.request, template, shared | context, status=status)


class Exchange(OfRecord):
    """Every practice with who has taken it up; for a body that is chosen, the practices that may help it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user, slug = request.user, request.GET.get("organisation", "")
        bodies = Organisation.objects.visible_to(user).valid_on(self.today).order_by("name", "pk")
        body = bodies.filter(slug=slug).first() if slug else None
        proposals = list_proposals(user, self.point, self.today, body=body) if body else []
        return self.page(
            "dashboards/practice/exchange.html",
            {
                "bodies": bodies.values_list("slug", "name"),
                "body": body,
                "slug": slug,
                "is_unknown": bool(slug) and body is None,
                "proposals": proposals[:MOST],
                "columns": FOR_BODY,
                "practices": practices_with_uptakes(user) if not slug else [],
                "practice_columns": PRACTICES,
            },
            status=400 if slug and body is None else 200,
        )


class OfPractice(Trail, View):
    parents = (("Good practice", "practice_exchange"),)
    kwargs: dict[str, Any]
    request: Any

    @cached_property
    def practice(self) -> Finding:
        practice: Finding = get_object_or_404(list_practices(self.request.user), slug=self.kwargs["slug"])
        return practice


class Practice(OfPractice, OfRecord):
    """One practice: whom it may help, the nearest first, and every step that a body has taken with it."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        user, practice = request.user, self.practice
        steps = Uptake.objects.visible_to(user).filter(practice=practice).select_related("organisation")
        return self.page(
            "dashboards/practice/practice.html",
            {
                "practice": practice,
                "proposals": list_proposals(user, self.point, self.today, practice=practice)[:MOST],
                "columns": OF_PRACTICE,
                "steps": steps.order_by("-on", "-pk")[:MOST],
                "step_columns": UPTAKES_OF,
                "may_take_up": user.has_perm(TAKE_UP) and list_own_bodies(user).exists(),
            },
        )


class UptakeNew(FormPage, OfPractice):
    """What a body that one acts for has done with the practice."""

    permission = TAKE_UP
    template_name = "dashboards/practice/uptake_form.html"
    shows, saved, leads_to = ("practice",), "Saved: {}.", "practice"

    def breadcrumbs(self) -> list[Crumb]:
        return [*super().breadcrumbs(), (self.practice.title, practice_address(self.practice))]

    def form(self, data: Any = None) -> UptakeForm:
        own = list_own_bodies(self.request.user).exclude(pk=self.practice.organisation_id or 0)
        first = own.first()
        if first is None:
            raise Http404("Your account acts for no body that could take this practice up.")
        initial = {"organisation": first, "state": UptakeState.CONTACTED, "on": self.today}
        return UptakeForm(data, bodies=own, initial=initial)

    def write(self, form: UptakeForm) -> Uptake:
        by = self.request.user
        values = {**form.cleaned_data, "practice": self.practice, "by": by}
        return UPTAKES.create(values, by=by, reason=values["note"])
