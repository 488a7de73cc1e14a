"""The forms by which a team changes what its inspection says: the fields of its entry, with version and reason."""

from typing import Any, ClassVar

from inspections.entering.forms import (
    AboutForm,
    FigureForm,
    FindingForm,
    NewRecordForm,
    RecommendationForm,
    Values,
    formfield,
    subject_of,
)
from inspections.gradings.models import Grading
from inspections.sources.models import inspections_of
from soc_tracker.core.records.forms import VersionField, reason_field


class EditForm(NewRecordForm):
    """Changes what is stored: of what is published, with a reason that readers see beside the correction."""

    expected_version = VersionField()
    change_reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_version"].initial = self.instance.version
        is_published = any(inspection.stage.is_published for inspection in inspections_of(self.instance))
        self.fields["change_reason"].required = is_published
        if not is_published:
            self.fields["change_reason"].help_text = "May stay empty until the inspection is published."


class AboutEditForm(EditForm, AboutForm):
    """Of a record about a body, a region or the country, which are three fields of it and one of the form."""

    made_of: ClassVar = {"about": ("organisation", "region")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["about"] = subject_of(self.instance)

    def entries_of(self, record: Any) -> Values:
        return super().entries_of(record) | {"about": subject_of(record)}


class FindingEditForm(AboutEditForm, FindingForm):
    class Meta(FindingForm.Meta):
        pass


class FigureEditForm(AboutEditForm, FigureForm):
    class Meta(FigureForm.Meta):
        pass


class RecommendationEditForm(EditForm, RecommendationForm):
    class Meta(RecommendationForm.Meta):
        pass


class GradingEditForm(EditForm):
    class Meta:
        model = Grading
        formfield_callback = formfield
        fields = ("grade", "summary", "locator")
        labels = {"summary": "In support", "locator": "Place in the document"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grade: Any = self.fields["grade"]
        grade.choices = [(each.slug, each.label) for each in self.instance.scale.allowed]
