"""Plans: their list with its columns and filters, the form of one, and the pages of threats with the plans for them."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

import rules
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import HiddenInput
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from disruptions.choices import FourP, ThreatType
from disruptions.record_list.forms import ThreatReferenceFilter
from disruptions.standpoint.forms import OrganisationsFilter, RegionsFilter
from disruptions.threat_page.pages import ThreatPage
from disruptions.threats.forms import KeysFilter
from disruptions.threats.models import Threat
from disruptions.threats.pages import PriorityList, threat_url
from plans4p.aims.models import Action, Aim
from plans4p.choices import NO_OWNER, OPEN, RUNNING, PlanResult, PlanStatus, QuestionKey
from plans4p.directory.pages import KindList, KindSet
from plans4p.directory.queries import User, outside, url_of
from plans4p.editing.pages import WRITE_PLAN, EditPage, Kind
from plans4p.gaps.queries import HAS_EMPTY_AIM, MONTHS_IDLE, is_idle
from plans4p.officers.models import LeadOfficer
from plans4p.plans.forms import PlanForm
from plans4p.plans.models import Plan, review_is_late
from plans4p.plans.queries import get_plans_of_threats
from plans4p.plans.services import PLANS, write_plan
from plans4p.quality.queries import list_failing
from plans4p.signatures.queries import get_standing
from soc_tracker.core.access.markings import Marking
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter, ConditionFilter, DayFilter, Elsewhere, WordsFilter
from soc_tracker.core.lists.paging import Bounded
from soc_tracker.core.records.models import seen_at
from soc_tracker.core.records.pages import Crumb, trail
from soc_tracker.core.records.states import name_of
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.normal import key_of


def review_in_words(plan: Plan, today: date) -> date | str | None:
    """The day, and that it has passed where it has and matters."""
    due = plan.review_due_on
    if due and due < today and plan.status in RUNNING:
        return f"{in_words(due)}, overdue"
    return due


def purpose(plan: Plan) -> tuple[str, str]:
    """The threat with its address, or the theme. Of plans read ``for_list``: a threat may be outside the reach."""
    if plan.threat:
        return str(plan.threat), plan.threat.get_absolute_url()
    return outside(plan.threat_id) or plan.theme, ""


PLANS_IN_SHORT = (
    Column("reference", "Plan", str, lambda plan: plan.get_absolute_url()),
    Column("organisation", "Organisation", lambda plan: plan.organisation.name),
    Column("status", "Status", lambda plan: plan.get_status_display(), tag=lambda plan: PlanStatus(plan.status).tag),
    Column("review", "Review due", lambda plan: plan.review_due_on),
)


PLAN_COLUMNS = (
    Column("reference", "Plan", lambda plan: plan.reference, url_of, whole=True),
    Column("title", "Title", lambda plan: plan.title, sort=("title", "reference")),
    Column(
        "organisation",
        "Organisation",
        lambda plan: plan.organisation.short_name,
        lambda row: url_of(row.organisation),
        sort=("organisation__name", "reference"),
        files=(Column("organisation", "Organisation", lambda plan: plan.organisation.name),),
    ),
    Column("purpose", "For", lambda plan: purpose(plan)[0], lambda plan: purpose(plan)[1], api=()),
    Column(
        "owner",
        "Owner",
        lambda plan: plan.owner.name if plan.owner else NO_OWNER,
        lambda plan: url_of(plan.owner),
        files=(Column("owner", "Owner", lambda plan: str(plan.owner or NO_OWNER)),),
    ),
    Column(
        "status",
        "Status",
        lambda plan: plan.get_status_display(),
        tag=lambda row: PlanStatus(row.status).tag,
        sort=("status", "reference"),
    ),
    Column(
        "review",
        "Review",
        review_in_words,
        wide_only=True,
        dated=True,
        sort=("review_due_on", "reference"),
        api=(),
    ),
    Column("review_due_on", "Next review due", lambda plan: plan.review_due_on),
    Column("starts_on", "Begins on", lambda plan: plan.starts_on),
    Column("ends_on", "Ends by", lambda plan: plan.ends_on),
    Column("threat", "Threat", lambda plan: plan.threat.reference if plan.threat else outside(plan.threat_id)),
    Column("theme", "Priority theme", lambda plan: plan.theme),
    Column("author", "Written by", lambda plan: name_of(plan.author) if plan.author else None, api=()),
    Column(
        "signature",
        "Signature",
        lambda plan: str(get_standing(plan).state.label),
        tag=lambda plan: get_standing(plan).state.tag,
    ),
    Column("approved_by", "Signed by", lambda plan: name_of(plan.approved_by) if plan.approved_by else None, api=()),
    Column("approved_on", "Signed on", lambda plan: plan.approved_on),
    Column("changed_since", "Changed since signed", lambda plan: get_standing(plan).changes, api=()),
    Column("closed_on", "Closed on", lambda plan: plan.closed_on),
    Column("result", "Result", lambda plan: plan.get_result_display()),
    Column("marking", "Marking", lambda plan: plan.get_marking_display()),
    Column("intelligence", "Intelligence used", lambda plan: plan.intelligence),
    Column("kind_of_data", "Kind of data", lambda plan: plan.get_kind_of_data_display()),
)
"""Of plans that were read ``with_content``."""


def has_late_action(today: date) -> Q:
    return Q(Exists(Action.objects.overdue(today).filter(aim__plan=OuterRef("pk"))))


class PlanFilter(KindSet):
    """Plans of one kind of data."""

    q = WordsFilter(elsewhere=(Elsewhere("Threat", "threat", Threat, "pk"),), label="Words")
    region = RegionsFilter()
    organisation = OrganisationsFilter()
    status = ChoicesFilter(choices=PlanStatus.choices, label="Status")
    threat_type = ChoicesFilter("threat__first_type", choices=ThreatType.choices, label="Threat type", method="of_type")
    sort_of_plan = ConditionFilter(
        ("tactical", "Tactical: for a threat", Q(threat__isnull=False)),
        ("strategic", "Strategic: for a theme", Q(threat__isnull=True)),
        field_name="threat",
        label="What it is for",
    )
    four_p = ChoicesFilter(
        choices=FourP.choices,
        label="Has an aim under",
        method=lambda plans, name, value: plans.filter(
            Exists(Aim.objects.filter(plan=OuterRef("pk"), four_p__in=value))
        ),
    )
    overdue = ConditionFilter(
        ("actions", "An action", has_late_action),
        ("review", "Its review", review_is_late),
        ("any", "Either", lambda today: has_late_action(today) | review_is_late(today)),
        field_name="review_due_on",
        label="Overdue",
    )
    question = ChoicesFilter(choices=QuestionKey.choices, label="Does not answer", method="that_fail")
    idle = ConditionFilter(
        *((str(months), f"{months} months or more", partial(is_idle, months)) for months in MONTHS_IDLE),
        field_name="status",
        label="No disruption counted for",
    )
    aims = ConditionFilter(
        ("empty", "An aim towards which nothing counts yet", HAS_EMPTY_AIM), field_name="status", label="Aims"
    )
    result = ChoicesFilter(choices=PlanResult.choices, label="Result, once closed")
    marking = ChoicesFilter(choices=Marking.words, label="Marking")
    review_from = DayFilter(field_name="review_due_on", lookup_expr="gte", label="Review due from")
    review_to = DayFilter(field_name="review_due_on", lookup_expr="lte", label="Review due to")
    threat = ThreatReferenceFilter(field_name="threat", label="Threat", widget=HiddenInput)
    owner = KeysFilter("owner", records=LeadOfficer.objects.visible_to, label="Owner")

    class Meta:
        model = Plan
        fields = ()

    def of_type(self, queryset: QuerySet, name: str, value: Sequence[str]) -> QuerySet:
        return queryset.filter(seen_at(self.user, "threat", Threat), threat__first_type__in=value)

    def that_fail(self, queryset: QuerySet, name: str, value: Sequence[str]) -> QuerySet:
        """Answers are computed, not stored: those of the plans that the rest of the filter leaves are read at once."""
        plans = queryset.select_related(None).prefetch_related(None)
        return queryset.filter(pk__in=list_failing(self.user, plans, value, self.today))


class PlanList(KindList):
    permission = "plans4p.read_plan"
    title = "4P plans"
    marked_at = "marking"
    template_name = "plans4p/plan_list.html"
    filterset_class = PlanFilter
    columns = PLAN_COLUMNS
    on_page = ("reference", "title", "organisation", "purpose", "owner", "status", "signature", "review")
    order = ("-pk",)

    def rows_for(self, user: User) -> QuerySet:
        return Plan.objects.visible_to(user).for_list(user).with_content()

    def context(self) -> dict[str, Any]:
        bodies = self.filter.given.get("organisation") or []
        one = reverse("plans4p:on_a_page", args=bodies) if len(bodies) == 1 else ""
        return super().context() | {
            "may_write": rules.has_perm(WRITE_PLAN, self.request.user),
            "on_a_page_url": f"{one}?data={self.filter.kind}" if one else "",
        }


class PlanForms(EditPage):
    """Writes a new plan, or changes what a plan says. Status and owner move by steps of their own."""

    permission = WRITE_PLAN
    kind = Kind("4P plan", PLANS, PlanForm, WRITE_PLAN)

    @cached_property
    def record(self) -> Plan:
        if "reference" not in self.kwargs:
            return Plan()
        user = self.request.user
        plans = Plan.objects.visible_to(user).select_related("organisation", "owner").naming(user, "threat")
        return get_object_or_404(plans, reference_key=key_of(self.kwargs["reference"]))

    def breadcrumbs(self) -> list[Crumb]:
        plan = [(self.record.reference, self.home)] if self.record.pk else []
        return trail(("4P plans", "plans4p:plan_list"), *plan)

    def initial_values(self) -> dict[str, Any]:
        """Of a new plan: what the link says, and for whom its writer works."""
        if self.record.pk:
            return {}
        user = self.request.user
        own = LeadOfficer.objects.visible_to(user).filter(user=user.pk).select_related("organisation").first()
        reference = key_of(self.request.GET.get("threat", ""))
        threat = Threat.objects.visible_to(user).filter(reference_key=reference).first()
        about = {"title": threat.name, "organisation": threat.organisation_id} if threat else {}
        own_values = {"owner": own, "organisation": own.organisation_id} if own else {}
        return {"starts_on": self.today, **about, **own_values, **super().initial_values()}

    def write(self, form: Any) -> Plan:
        if self.record.pk:
            changed: Plan = super().write(form)
            return changed
        return write_plan(form.values, by=self.request.user, today=self.today)


PLANS_OF_A_THREAT = 20
NO_PLAN = "No plan on record"
THREAT_PLAN_COLUMNS = (
    Column("reference", "Plan", lambda plan: plan.reference, lambda plan: plan.get_absolute_url(), whole=True),
    Column("title", "Title", lambda plan: plan.title),
    Column("organisation", "Body", lambda plan: plan.organisation.name),
    Column("owner", "Owner", lambda plan: str(plan.owner or NO_OWNER)),
    Column("status", "Status", lambda plan: plan.get_status_display(), tag=lambda plan: PlanStatus(plan.status).tag),
    Column("review_due_on", "Next review", lambda plan: plan.review_due_on if plan.status in OPEN else "closed"),
)


def open_plans(plans: Iterable[Plan], threat_page: str) -> tuple[str, str]:
    """The references of those that are open, with the address of the plan; of several, of their list."""
    still_open = [plan for plan in plans if plan.status in OPEN]
    url = f"{threat_page}#plans" if still_open else ""
    if len(still_open) == 1:
        url = still_open[0].get_absolute_url()
    return ", ".join(plan.reference for plan in still_open) or NO_PLAN, url


class PlannedThreatPage(ThreatPage):
    """The page of a threat, with its plans as they stand today."""

    template_name = "plans4p/threat_detail.html"

    def context(self) -> dict[str, Any]:
        context = super().context()
        plans = get_plans_of_threats(self.request.user, [self.threat.pk]).get(self.threat.pk, [])
        query = urlencode({"threat": self.threat.reference, "data": self.threat.kind_of_data})
        first = Bounded(plans[:PLANS_OF_A_THREAT], len(plans), f"{reverse('plans4p:plan_list')}?{query}")
        after = 1 + [label for label, *_ in context["summary"]].index("Lead responsible officer")
        context["summary"].insert(after, ("4P plan", *open_plans(plans, "")))
        may_write = rules.has_perm(WRITE_PLAN, self.request.user)
        return context | {"plans": first, "plan_columns": THREAT_PLAN_COLUMNS, "may_write_plan": may_write}


class PlannedPriorityList(PriorityList):
    """The threats with the highest scores, each with the plan for it."""

    on_page = (
        *("reference", "rank", "name", "score", "organisation"),
        *("lead_responsible_officer", "plan", "last_disruption", "last_size"),
    )

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        columns = list(super().columns)
        after = 1 + [column.key for column in columns].index("lead_responsible_officer")
        plan = Column("plan", "4P plan", lambda row: self.plan_of(row)[0], lambda row: self.plan_of(row)[1])
        return (*columns[:after], plan, *columns[after:])

    @cached_property
    def plans(self) -> dict[int, list[Plan]]:
        return get_plans_of_threats(self.request.user, [row.threat.pk for row in self.priorities.ranked])

    def plan_of(self, row: Any) -> tuple[str, str]:
        return open_plans(self.plans.get(row.threat.pk, []), threat_url(row.threat, self.standpoint))
