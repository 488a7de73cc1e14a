"""What an inspection says is changed by its team: as it is drafted, and afterwards with a reason. A draft may go."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from forces.models import Organisation
from inspections.amending.forms import (
    EditForm,
    FigureEditForm,
    FindingEditForm,
    GradingEditForm,
    RecommendationEditForm,
)
from inspections.entering.queries import list_bodies
from inspections.figures.services import FIGURES
from inspections.findings.services import FINDINGS
from inspections.gradings.queries import list_beside, list_meanings
from inspections.gradings.services import GRADINGS
from inspections.pages import ENTER
from inspections.programmes.models import Inspection
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.sources.models import inspections_of
from soc_tracker.core.records.forms import RemovalForm
from soc_tracker.core.records.pages import FormPage
from soc_tracker.core.records.services import Service


class OwnRecord(FormPage):
    """A form about one record of an inspection, for its team alone; others get the 404 of what does not exist.

    ``path`` leads from the record to its inspection.
    """

    permission = ENTER
    within = ("inspection", "record")
    service: Service
    path = "inspection"

    @cached_property
    def record(self) -> Any:
        model: Any = self.service.model
        rows = model.objects.open_to(self.request.user).for_list()
        own = rows.filter(**{f"{self.path}__team__account": self.request.user.pk})
        return get_object_or_404(own, **self.kwargs)

    @cached_property
    def inspection(self) -> Inspection:
        inspection: Inspection = inspections_of(self.record)[0]
        return inspection


class RecordEdit(OwnRecord):
    """The record as it was entered, to be changed. ``bounds`` name what bounds the choices of its form."""

    template_name = "inspections/record_edit.html"
    form_class: type[EditForm]
    bounds: ClassVar[Sequence[str]] = ("inspection", "bodies")
    saved = "Saved: {}."

    @property
    def bodies(self) -> list[Organisation]:
        return list_bodies(self.request.user, self.inspection)

    def form(self, data: Any = None) -> EditForm:
        bounds = {name: getattr(self, name) for name in self.bounds}
        return self.form_class(data, instance=self.record, user=self.request.user, **bounds)

    def write(self, form: Any) -> Any:
        version, by = form.cleaned_data["expected_version"], self.request.user
        reason = form.cleaned_data["change_reason"] or "Drafted anew."
        return self.service.change(self.record, form.values, by=by, reason=reason, expected_version=version)


class FindingEdit(RecordEdit):
    service = FINDINGS
    form_class = FindingEditForm


class RecommendationEdit(RecordEdit):
    service = RECOMMENDATIONS
    form_class = RecommendationEditForm
    path = "finding__inspection"
    bounds = ("bodies",)


class FigureEdit(RecordEdit):
    service = FIGURES
    form_class = FigureEditForm


class GradingEdit(RecordEdit):
    """A grade is changed, beside what the words of its scale mean and the grades of the body and its region."""

    service = GRADINGS
    form_class = GradingEditForm
    bounds = ()

    def context(self) -> dict[str, Any]:
        user, grading = self.request.user, self.record
        beside = list_beside(user, grading.inspection, [grading.organisation], grading.question)
        return super().context() | {
            "scale": grading.scale,
            "meanings": list_meanings(user, grading.scale),
            "beside": beside[grading.organisation_id],
        }


class RecordRemove(OwnRecord):
    """The last question before a draft is removed. What was published stays, and is corrected."""

    template_name = "inspections/record_remove.html"

    def form(self, data: Any = None) -> RemovalForm:
        return RemovalForm(data, initial={"expected_version": self.record.version})

    def write(self, form: RemovalForm) -> None:
        if self.inspection.stage.is_published:
            raise ValidationError("It is published, and stays. Correct it instead: readers see what it said before.")
        reason, version = form.cleaned_data["change_reason"], form.cleaned_data["expected_version"]
        try:
            self.service.remove(self.record, by=self.request.user, reason=reason, expected_version=version)
        except ProtectedError as error:
            names = "; ".join(sorted({str(each) for each in error.protected_objects})[:5])
            raise ValidationError(f"It stays for as long as others belong to it: {names}.") from error

    def done(self, record: None) -> HttpResponse:
        messages.success(self.request, "Removed.")
        return redirect("inspections:work", self.inspection.slug)


class FindingRemove(RecordRemove):
    service = FINDINGS


class RecommendationRemove(RecordRemove):
    service = RECOMMENDATIONS
    path = "finding__inspection"


class FigureRemove(RecordRemove):
    service = FIGURES


class GradingRemove(RecordRemove):
    service = GRADINGS
