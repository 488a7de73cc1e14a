"""The form that names the measure a finding is about."""

from inspections.findings.models import Finding
from soc_tracker.core.records.forms import RecordForm


class MeasureForm(RecordForm):
    class Meta:
        model = Finding
        fields = ("measure",)
        labels = {"measure": "Measure that would show it"}
