"""What the list of what must change, its board and its tables can be narrowed to."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from forces.pages import other_names
from inspections.choices import Acceptance, Implementation
from inspections.escalation.models import MonitoringPeriod
from inspections.following.queries import so_timely
from inspections.pages import InspectionsFilter, OrganisationsFilter, ProgrammesFilter, RegionsFilter, TopicsFilter
from inspections.requirements.models import Requirement
from inspections.vocabularies.models import FindingKind, MonitoringStage, RequirementStatus
from soc_tracker.core.lists.filter_fields import (
    ChoicesFilter,
    ConditionFilter,
    OneChoiceFilter,
    TextFilter,
    WordsFilter,
)
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.stats.histories import SOON
from soc_tracker.core.text.days import years_after

RECOMMENDATION = "recommendation"
UNKNOWN = "unknown"
TIMELINESS = (
    ("open", "Not closed"),
    ("overdue", "Overdue"),
    ("overdue_first", "Overdue by its first date"),
    ("to_come", "Due today or later"),
    ("due_soon", f"Due within {SOON} days"),
    ("not_yet_due", "Due later"),
    ("no_date", "Open, without a date"),
    ("moved", "Its date was moved"),
    ("closed_in_time", "Closed in time"),
    ("closed_late", "Closed late"),
)


def open_for(years: int, most: int | None) -> Callable[[date], Q]:
    """Open, and published so many years ago or more, but less than ``most``."""
    published = "finding__inspection__published_on"

    def condition(today: date) -> Q:
        old_enough = Q(**{"status__is_open": True, f"{published}__lte": years_after(today, -years)})
        return old_enough & Q(**{f"{published}__gt": years_after(today, -most)}) if most else old_enough

    return condition


class KindsFilter(ChoicesFilter):
    """Recommendations, and findings of some kinds that must be followed up."""

    def __init__(self) -> None:
        def kinds() -> list[tuple[str, str]]:
            words = [(kind.slug, kind.label) for kind in FindingKind.rows() if kind.must_be_followed_up]
            return [*words, (RECOMMENDATION, "Recommendation")]

        super().__init__(field_name="finding__kind", choices=kinds, label="Kind")

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        of_findings = Q(recommendation__isnull=True, finding__kind__in=value)
        return qs.filter(of_findings | Q(recommendation__isnull=False) if RECOMMENDATION in value else of_findings)


class OutcomeFilter(ChoicesFilter):
    """What the body answered, or how far it was done, with a word for what nobody has said."""

    def __init__(self, field_name: str, words: Any, label: str, unknown: str) -> None:
        super().__init__(field_name=field_name, choices=[*words.choices, (UNKNOWN, unknown)], label=label)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return super().filter(qs, ["" if each == UNKNOWN else each for each in value])


class RungsFilter(ChoicesFilter):
    """Those of bodies that stand on one of the rungs now, as far as the reader sees it."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        there = MonitoringPeriod.objects.visible_to(self.parent.user).filter(
            stage__slug__in=value, ended_on__isnull=True
        )
        return qs.filter(organisation__in=there.values("organisation")) if value else qs


class ScopeFilter(StrictFilterSet):
    """Of whom and of what: what the tables can be narrowed to as well as the list."""

    organisation = OrganisationsFilter()
    region = RegionsFilter(label="Region")
    programme = ProgrammesFilter("finding__inspection__programme__slug")
    kind = KindsFilter()
    topic = TopicsFilter("finding")


class RequirementFilter(StrictFilterSet):
    q = WordsFilter(
        fields=("finding__folded", "recommendation__folded", "organisation__folded", "region__folded"),
        elsewhere=(other_names("organisation"),),
        label="Words",
    )
    status = ChoicesFilter(choices=RequirementStatus.words, label="Status")
    timeliness = OneChoiceFilter(
        field_name="due_on", choices=TIMELINESS, label="Timeliness", method="only_so_timely", empty_label="Any"
    )
    organisation = OrganisationsFilter()
    region = RegionsFilter(label="Region")
    programme = ProgrammesFilter("finding__inspection__programme__slug")
    topic = TopicsFilter("finding")
    kind = KindsFilter()
    age = ConditionFilter(
        ("under-1", "Less than a year", open_for(0, 1)),
        ("1-to-2", "1 to 2 years", open_for(1, 2)),
        ("2-to-4", "2 to 4 years", open_for(2, 4)),
        ("over-4", "4 years or more", open_for(4, None)),
        field_name="finding",
        label="Open for",
        empty_label="Any time, or closed",
    )
    acceptance = OutcomeFilter("acceptance", Acceptance, "What the body answered", "No answer held here")
    implementation = OutcomeFilter("implementation", Implementation, "How far it was done", "Not judged")
    priority = ConditionFilter(
        ("yes", "Only priorities", Q(is_priority=True)), label="Priority", field_name="is_priority"
    )
    owner = TextFilter(field_name="owner", lookup_expr="icontains", label="Owner at the body")
    responsible = OneChoiceFilter(
        field_name="inspector",
        choices=[("me", "Me"), ("nobody", "Nobody")],
        label="Inspector responsible",
        method="only_of_inspector",
        empty_label="Anybody",
    )
    rung = RungsFilter(field_name="organisation", choices=MonitoringStage.words, label="The body is at")
    inspection = InspectionsFilter("finding__inspection__slug")

    class Meta:
        model = Requirement
        fields = ()

    def only_so_timely(self, queryset: Any, name: str, value: str) -> QuerySet:
        return so_timely(queryset, value, self.today)

    def only_of_inspector(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(inspector=self.user.pk) if value == "me" else queryset.filter(inspector__isnull=True)
