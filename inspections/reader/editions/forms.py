"""Which report another is a later edition of."""

from typing import Any

from django import forms

from inspections.reader.desk.models import ReportFile
from soc_tracker.core.records.forms import ServiceForm, VersionField


class EditionForm(ServiceForm, forms.Form):
    """Which of the reports that were reviewed before this one is a later edition of."""

    earlier = forms.ModelChoiceField(ReportFile.objects.none(), label="It is a later edition of", empty_label="Choose")
    expected_version = VersionField()

    def __init__(self, *args: Any, reports: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["earlier"]
        field.queryset = reports
        field.label_from_instance = lambda report: f"{report.inspection} ({report.file_name})"
