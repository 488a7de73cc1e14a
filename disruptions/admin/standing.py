"""Whether a disruption stands: the form that withdraws it, or puts it back."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from disruptions.models import Disruption
from disruptions.services import reinstate_disruption, withdraw_disruption
from soc_tracker.lib.record_forms import HiddenErrors, RefusedError, VersionField, reason_field, refused_by, tell


class StandingForm(HiddenErrors, forms.Form):
    expected_version = VersionField()
    change_reason = reason_field()

    def __init__(self, data: Any, disruption: Disruption) -> None:
        self.disruption = disruption
        self.stands = disruption.withdrawn_on is None
        super().__init__(data, initial={"expected_version": disruption.version})

    @property
    def title(self) -> str:
        return "Withdraw" if self.stands else "Put back on the record"

    @property
    def done(self) -> str:
        return "is withdrawn from today" if self.stands else "is back on the record from today"

    def save(self, by: AbstractBaseUser) -> bool:
        """Write it as from today. False, with the reasons among the form's errors, when it is refused."""
        write = withdraw_disruption if self.stands else reinstate_disruption
        said = self.cleaned_data
        try:
            with refused_by(self):
                write(
                    self.disruption,
                    on=timezone.localdate(),
                    by=by,
                    reason=said["change_reason"],
                    expected_version=said["expected_version"],
                )
        except RefusedError as refused:
            tell(self, refused.error)
            self.data = {**self.data.dict(), "expected_version": self.disruption.version}
            return False
        return True
