"""The bodies' own records beside the inspectorate's, and the page on which a body adds to its own."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from inspections.choices import Implementation
from inspections.pages import OrganisationsFilter, ProgrammesFilter, PublishedList, RegionsFilter, address_of
from inspections.positions.forms import PositionForm
from inspections.positions.models import Position
from inspections.positions.queries import list_beside, list_positions
from inspections.positions.services import take_position
from inspections.queries import User
from inspections.requirements.models import Requirement
from inspections.responses.queries import can_speak_for
from inspections.vocabularies.models import RequirementStatus
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import OneChoiceFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.records.pages import FormPage


def outcome(value: str) -> str:
    return str(Implementation(value).label) if value else ""


BESIDE_COLUMNS = (
    Column("text", "What must change", lambda row: row.text, address_of),
    Column("organisation", "Body", lambda row: row.organisation.name, sort=("organisation__name", "-own_on")),
    Column(
        "status",
        "Status here",
        lambda row: row.status.label,
        tag=lambda row: row.status.colour,
        sort=("status__order",),
    ),
    Column("own_status", "The body says", lambda row: RequirementStatus.named(row.own_status).label),
    Column("differs", "Differs", lambda row: row.differs, tag=lambda row: "orange" if row.differs else ""),
    Column("implementation", "Carried out", lambda row: outcome(row.implementation), wide_only=True),
    Column("own_implementation", "Carried out, says the body", lambda row: outcome(row.own_implementation)),
    Column("own_on", "As at", lambda row: row.own_on, sort=("-own_on", "organisation__name")),
    Column("own_note", "In what words", lambda row: row.own_note),
    Column("kind_of_data", "Kind of data", lambda row: "published" if row.own_source else "recorded"),
    Column("programme", "Programme", lambda row: row.finding.inspection.programme.name),
)


class BesideFilter(StrictFilterSet):
    q = WordsFilter(fields=("finding__folded", "recommendation__folded", "organisation__folded"), label="Words")
    differs = OneChoiceFilter(
        field_name="differs",
        choices=[("yes", "Only what differs")],
        label="Differs",
        method=lambda rows, name, value: rows.filter(differs=True),
    )
    organisation = OrganisationsFilter()
    region = RegionsFilter(region="", label="Region")
    programme = ProgrammesFilter("finding__inspection__programme__slug")

    class Meta:
        model = Position
        fields = ()


class BesideList(PublishedList):
    """What differs first."""

    title = "What bodies say of themselves"
    template_name = "inspections/beside_list.html"
    filterset_class = BesideFilter
    columns = BESIDE_COLUMNS
    on_page = ("text", "organisation", "status", "own_status", "differs", "own_implementation", "own_on", "own_note")
    order = ("-differs", "-own_on", "organisation__name")
    kind_of_data = "recorded"

    def rows_for(self, user: User) -> QuerySet:
        return list_beside(user)


class PositionNew(FormPage):
    """A body adds to its own record of one thing that it has to change; what it has said before stands below."""

    permission = "inspections.respond"
    template_name = "inspections/position_form.html"
    parents = (("What bodies say of themselves", "inspections:beside_list"),)
    within = ("requirement",)
    saved = "Saved: {}."

    @cached_property
    def requirement(self) -> Requirement:
        """Raises PermissionDenied where the user speaks for another body."""
        rows = Requirement.objects.visible_to(self.request.user).for_list()
        requirement: Requirement = get_object_or_404(rows, pk=self.kwargs["pk"])
        if not can_speak_for(self.request.user, requirement.organisation_id):
            raise PermissionDenied
        return requirement

    def form(self, data: Any = None) -> PositionForm:
        return PositionForm(data, initial={"on": self.today, "status": self.requirement.status_id})

    def context(self) -> dict[str, Any]:
        return super().context() | {"positions": list_positions(self.request.user, self.requirement)}

    def write(self, form: PositionForm) -> Position:
        return take_position(self.requirement, form.cleaned_data, by=self.request.user, today=self.today)
