"""What the list of plans can be narrowed to."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import HiddenInput

from disruptions.choices import FourP, ThreatType
from disruptions.filters.fields import ThreatReferenceFilter
from disruptions.filters.record import OrganisationsFilter, RegionsFilter
from disruptions.filters.threats import KeysFilter
from plans4p.choices import PlanResult, PlanStatus
from plans4p.filters.kinds import KindSet
from plans4p.models import Action, Aim, LeadOfficer, Plan
from plans4p.querysets import review_is_late
from plans4p.selectors.bodies import MONTHS_IDLE
from plans4p.selectors.gaps import has_empty_aim, is_idle
from plans4p.selectors.quality import WORDS, failing
from soc_tracker.lib.filter_fields import ChoicesFilter, DayFilter, OneChoiceFilter, WordsFilter

LATE = (("actions", "An action"), ("review", "Its review"), ("any", "Either"))


class PlanFilter(KindSet):
    """Plans of one kind of data."""

    q = WordsFilter(fields=("folded", "threat__folded"), label="Words")
    region = RegionsFilter()
    organisation = OrganisationsFilter()
    status = ChoicesFilter(choices=PlanStatus.choices, label="Status")
    threat_type = ChoicesFilter("threat__first_type", choices=ThreatType.choices, label="Threat type")
    sort_of_plan = OneChoiceFilter(
        field_name="threat",
        choices=[("tactical", "Tactical: for a threat"), ("strategic", "Strategic: for a theme")],
        label="What it is for",
        method="for_threat_or_theme",
    )
    four_p = ChoicesFilter(choices=FourP.choices, label="Has an aim under", method="with_aim_under")
    overdue = OneChoiceFilter(field_name="review_due_on", choices=LATE, label="Overdue", method="that_are_late")
    question = ChoicesFilter(
        choices=[(key.value, words) for key, words in WORDS.items()],
        label="Does not answer",
        method="that_fail",
    )
    idle = OneChoiceFilter(
        field_name="status",
        choices=[(str(months), f"{months} months or more") for months in MONTHS_IDLE],
        label="No disruption counted for",
        method="without_disruption_for",
    )
    aims = OneChoiceFilter(
        field_name="status",
        choices=[("empty", "An aim towards which nothing counts yet")],
        label="Aims",
        method="with_empty_aim",
    )
    result = ChoicesFilter(choices=PlanResult.choices, label="Result, once closed")
    review_from = DayFilter(field_name="review_due_on", lookup_expr="gte", label="Review due from")
    review_to = DayFilter(field_name="review_due_on", lookup_expr="lte", label="Review due to")
    threat = ThreatReferenceFilter(field_name="threat", label="Threat", widget=HiddenInput)
    owner = KeysFilter("owner", records=LeadOfficer.objects.visible_to, label="Owner")

    class Meta:
        model = Plan
        fields = ()

    def for_threat_or_theme(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(threat__isnull=value == "strategic")

    def with_aim_under(self, queryset: QuerySet, name: str, value: Sequence[str]) -> QuerySet:
        return queryset.filter(Exists(Aim.objects.filter(plan=OuterRef("pk"), four_p__in=value))) if value else queryset

    def that_are_late(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(LATE_BY[value](self.today))

    def that_fail(self, queryset: QuerySet, name: str, value: Sequence[str]) -> QuerySet:
        """Answers are computed, not stored: those of the plans that the rest of the filter leaves are read at once."""
        return queryset.filter(pk__in=failing(queryset.select_related(None), value, self.today)) if value else queryset

    def without_disruption_for(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_idle(int(value), self.today))

    def with_empty_aim(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(has_empty_aim())


def _late_actions(today: date) -> Q:
    return Q(Exists(Action.objects.overdue(today).filter(aim__plan=OuterRef("pk"))))


LATE_BY: dict[str, Callable[[date], Q]] = {
    "actions": _late_actions,
    "review": review_is_late,
    "any": lambda today: _late_actions(today) | review_is_late(today),
}
