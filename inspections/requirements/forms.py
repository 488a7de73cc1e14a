"""Forms of the page of a requirement: a step, another date, what came of it."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q

from inspections.choices import EvidenceKind, Setter
from inspections.entering.forms import PublishedChoice
from inspections.evidence.services import BEGINNINGS, KINDS, MOST_IN_WORDS
from inspections.figures.models import PublishedFigure
from inspections.requirements.models import Requirement, Step
from inspections.requirements.services import steps_offered
from inspections.sources.models import SourceDocument
from inspections.vocabularies.models import RequirementStatus
from inspections.work.models import EvidenceNote
from soc_tracker.core.access.roles import Role
from soc_tracker.core.records.forms import RecordForm, ServiceForm, VersionField
from soc_tracker.core.records.states import name_of
from soc_tracker.core.text.days import DayField, Precision
from soc_tracker.core.text.normal import TextField

EVIDENCE = ("evidence_kind", "evidence", "document", "figure", "link", "upload", "evidence_note")
DOCUMENTS = SourceDocument.objects.all()
NONE: dict[str, Any] = {"required": False, "empty_label": "None"}
"""Of a choice that may be left."""


class StepForm(ServiceForm, forms.Form):
    """A step of a requirement: recorded here, or as a document has it; in place of one which it ``corrects``."""

    expected_version = VersionField()
    on = DayField(label="Date", help_text="When it happened, such as 31/1/2023.", required=False)
    status = forms.ChoiceField(  # type: ignore[assignment]  # a form keeps its fields apart from its attributes
        label="Where it stands since then",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it stands since then."},
    )
    note = TextField(label="What happened", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    source = PublishedChoice(DOCUMENTS, label="Document", help_text="Where it was published.", **NONE)
    locator = forms.CharField(label="Place in the document", max_length=250, required=False)
    evidence_kind = forms.ChoiceField(
        label="Evidence",
        required=False,
        choices=[("", "None yet"), *EvidenceKind.words()],
        help_text="What shows that it was done. Without it nothing awaits sign-off, and nothing is complete.",
    )
    evidence = forms.CharField(
        label="What it shows",
        max_length=500,
        required=False,
        help_text="Everybody reads this. Of a visit, also where and when.",
    )
    document = PublishedChoice(DOCUMENTS, label="Document that shows it", **NONE)
    figure = forms.ModelChoiceField(PublishedFigure.objects.none(), label="Figure that shows it", **NONE)
    link = forms.URLField(label="Link to what shows it", max_length=500, required=False, assume_scheme="https")
    upload = forms.FileField(
        label="File that shows it",
        required=False,
        allow_empty_file=True,
        help_text=f"{KINDS}, up to {MOST_IN_WORDS}. Who has an account may download it; others read that it is there.",
        widget=forms.FileInput(attrs={"accept": ",".join(BEGINNINGS)}),
    )
    evidence_note = forms.ModelChoiceField(
        EvidenceNote.objects.none(),
        label="Note that shows it",
        required=False,
        empty_label="None",
        help_text="Of your teams. Readers learn that there is a note, and its team alone reads it.",
    )
    before_publication = forms.BooleanField(
        label="It was before the report was published",
        required=False,
        help_text="Only where the date above is, and that is right.",
    )

    def __init__(
        self,
        requirement: Requirement,
        *args: Any,
        user: Any,
        corrects: Step | None = None,
        published: bool = False,
        **more: Any,
    ) -> None:
        """``published``: a document says it, which may be anything; without a day where it gives none."""
        super().__init__(*args, **more)
        self.corrects = corrects
        fields: dict[str, Any] = self.fields
        offered = RequirementStatus.rows() if published else steps_offered(requirement, corrects=corrects)
        fields["status"].choices = [(each.slug, each.label) for each in offered if each.is_stated]
        figures = PublishedFigure.objects.published().filter(
            organisation=requirement.organisation, region=requirement.region
        )
        fields["figure"].queryset = figures.for_list().order_by("measure__order", "slug")
        about = Q(inspection=requirement.inspection)
        if requirement.organisation:
            about |= Q(organisation=requirement.organisation)
        fields["evidence_note"].queryset = EvidenceNote.objects.visible_to(user).filter(about)
        for name in EVIDENCE if published else ("source", "locator"):
            del fields[name]
        for name in ("source", "locator") if published else ():
            fields[name].required = True

    @property
    def values(self) -> dict[str, Any]:
        """What ``take_step`` takes."""
        evidence = {name: value for name, value in self.cleaned_data.items() if name in EVIDENCE}
        if self.corrects and not evidence.get("upload") and evidence.get("evidence_kind") == EvidenceKind.UPLOAD:
            evidence["upload"] = self.corrects.upload  # the file of the wrong step, where no other is chosen
        rest = {name: value for name, value in self.cleaned_data.items() if name not in EVIDENCE}
        return {**rest, "evidence": evidence, "corrects": self.corrects}


class DeadlineForm(ServiceForm, forms.Form):
    """Another date by which a requirement is due."""

    expected_version = VersionField()
    new_on = DayField(label="Due", help_text="The new date, such as 31/1/2025.")
    new_precision = forms.ChoiceField(
        label="How much of the date is known", choices=Precision.choices, initial=Precision.DAY
    )
    setter = forms.ChoiceField(label="Who set it", choices=Setter.words, widget=forms.RadioSelect)
    on = DayField(label="When it was set", help_text="Such as 31/1/2024.")
    reason = TextField(label="Why it moves", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    source = PublishedChoice(DOCUMENTS, label="Document", help_text="Where it was published, if it was.", **NONE)
    locator = forms.CharField(label="Place in the document", max_length=250, required=False)


class OutcomeForm(RecordForm):
    """What came of a requirement, who answers for it, and why it is still open."""

    inspector = forms.ModelChoiceField(
        get_user_model().objects.none(), required=False, empty_label="Nobody", label="Inspector"
    )

    class Meta:
        model = Requirement
        fields = ("acceptance", "implementation", "is_priority", "owner", "inspector", "open_because")
        widgets = {"open_because": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        inspectors = get_user_model().objects.filter(is_active=True, groups__name=Role.INSPECTOR.label)
        field: Any = self.fields["inspector"]
        field.queryset = inspectors.order_by("last_name", "first_name", "username").distinct()
        field.label_from_instance = name_of
