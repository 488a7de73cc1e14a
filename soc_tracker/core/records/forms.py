"""A lost race, told so that its loser can decide again: what they opened, what they entered, what is stored now."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import construct_instance
from django.forms.utils import ErrorList

from soc_tracker.core.records.history import Change, changes_of
from soc_tracker.core.records.states import (
    State,
    Wording,
    moved,
    state_of,
    state_of_values,
    states_of_rows,
    told_fields,
)
from soc_tracker.core.records.writing import StaleRecordError
from soc_tracker.core.text.clean import TextField

LEFT_ALONE = "left as it was"


@dataclass(frozen=True)
class ConflictRow:
    """One field on which the versions part, in words."""

    field: str
    opened: str
    stored: str
    entered: str


@dataclass(frozen=True)
class Conflict:
    """``changes`` are those made since the form was opened, ``untouched`` the fields that its user left alone."""

    title: str
    rows: tuple[ConflictRow, ...]
    changes: tuple[Change, ...]
    untouched: tuple[str, ...]


def conflict_of(stale: StaleRecordError) -> Conflict:
    """Both versions of a record whose change was refused."""
    model = type(stale.current)
    stored = state_of(stale.current)
    opened = _opened(stale) or stored
    entered = {**opened, **state_of_values(stale.attempted)}
    touched, changed = moved(opened, entered), moved(opened, stored)
    names = [field.name for field in told_fields(model) if field.name in touched or field.name in changed]
    wording = Wording(model, (opened, entered, stored), names)
    rows = (
        ConflictRow(
            field=wording.label(name),
            opened=wording.value(name, opened),
            stored=wording.value(name, stored),
            entered=wording.value(name, entered) if name in touched else LEFT_ALONE,
        )
        for name in names
    )
    return Conflict(
        title=str(stale.current),
        rows=tuple(rows),
        changes=tuple(changes_of(stale.current, since_version=stale.expected_version)),
        untouched=tuple(name for name in stale.attempted if name not in touched),
    )


def _opened(stale: StaleRecordError) -> State | None:
    model: Any = type(stale.current)
    rows = model.history.filter(id=stale.current.pk, version=stale.expected_version).order_by("-history_id")[:1]
    return next(iter(states_of_rows(rows).values()), None)


# Forms that know which version of a record they edit, why, and what became of a refused attempt.


class RefusedError(Exception):
    """A service refused what a form had found valid. ``prefix`` tells the form from others of its page."""

    def __init__(self, error: StaleRecordError | ValidationError, prefix: str | None) -> None:
        self.error = error
        self.prefix = prefix
        super().__init__(str(error))

    @property
    def messages(self) -> list[str]:
        return self.error.messages if isinstance(self.error, ValidationError) else [str(self.error)]

    @cached_property
    def conflict(self) -> Conflict | None:
        """Both versions, when somebody else was faster."""
        return conflict_of(self.error) if isinstance(self.error, StaleRecordError) else None


@contextmanager
def refused_by(form: forms.BaseForm) -> Iterator[None]:
    """Turn what a service raises into RefusedError of this form."""
    try:
        yield
    except (StaleRecordError, ValidationError) as error:
        raise RefusedError(error, form.prefix) from error


def tell(form: forms.BaseForm, error: StaleRecordError | ValidationError) -> None:
    """Show what a service refused beside the fields that it names, else above the form."""
    if isinstance(error, StaleRecordError):
        form.add_error(None, str(error))
    elif not hasattr(error, "error_dict"):
        form.add_error(None, error)
    else:
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)


LOST_VERSION = "This page has lost which version it shows, so nothing was saved. Open it again to make the change."


class VersionField(forms.IntegerField):
    """The version of the record that the page shows, hidden in its form: a later one is not overwritten."""

    def __init__(self) -> None:
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), LOST_VERSION)
        super().__init__(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput, error_messages=messages)


class HiddenErrors(forms.BaseForm):
    """What is wrong with a hidden field is shown above the form: at its own place nobody would see it."""

    def non_field_errors(self) -> ErrorList:
        errors = super().non_field_errors().copy()
        for bound in self.hidden_fields():
            errors.extend(bound.errors)
        return errors


def reason_field() -> TextField:
    return TextField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Why you make this change. It is kept with the change and shown to readers of the record.",
    )


class VersionedForm(HiddenErrors, forms.ModelForm):
    """Edits the version of a record that its user has seen.

    The admin shows a refused form a second time with ``refused`` set: it then
    goes on from what is stored now, but for the fields that its user changed.
    """

    expected_version = VersionField()
    refused: RefusedError | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_version"].initial = self.instance.version
        self.refusal = self.refused if self.is_bound and self.refused and self.refused.prefix == self.prefix else None
        if self.refusal:
            self._go_on_from_stored(self.refusal.conflict)

    def clean(self) -> dict[str, Any]:
        if self.refusal:
            tell(self, self.refusal.error)
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Put what was entered into the instance, and leave its rules to the service, which has better words."""
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)

    @property
    def values(self) -> dict[str, Any]:
        """What the form says of the record's own fields."""
        names = {field.name for field in told_fields(self._meta.model)}
        return {name: value for name, value in self.cleaned_data.items() if name in names}

    def _go_on_from_stored(self, conflict: Conflict | None) -> None:
        data: Any = copy(self.data)
        # Of a row that is marked for removal, Django would not show why it stays.
        data.pop(self.add_prefix(DELETION_FIELD_NAME), None)
        stored = type(self)(instance=self.instance, prefix=self.prefix)
        for name in ("expected_version", *conflict.untouched) if conflict else ():
            if name in stored.fields:
                value = stored[name].value()
                data.setlist(self.add_prefix(name), value if isinstance(value, list) else [value])
        self.data = data


class RecordForm(VersionedForm):
    """A form of its own page, which asks for the reason."""

    change_reason = reason_field()


class RemovalForm(HiddenErrors, forms.Form):
    """The last question before a record is removed."""

    expected_version = VersionField()
    change_reason = reason_field()
