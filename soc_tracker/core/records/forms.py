"""Forms that have a service write a record: each knows which version it edits, why, and what became of the attempt.

A page asks ``form.is_valid() and form.submit(write)``. What the service refuses is then shown in the form. After a lost
race ``conflict`` holds both versions, and the form goes on from what is stored now: sent again, it counts.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import construct_instance, model_to_dict
from django.forms.utils import ErrorList

from soc_tracker.core.records.history import Change, changes_of
from soc_tracker.core.records.services import StaleRecordError
from soc_tracker.core.records.states import (
    Wording,
    changed_names,
    editable_fields,
    state_of,
    state_of_values,
    states_of_rows,
)
from soc_tracker.core.text.normal import TextField

LEFT_ALONE = "left as it was"
LOST_VERSION = "This page has lost which version it shows, so nothing was saved. Open it again to make the change."


@dataclass(frozen=True)
class ConflictRow:
    """One field on which the versions part, in words."""

    field: str
    opened: str
    stored: str
    entered: str


@dataclass(frozen=True)
class Conflict:
    """A lost race, so that its loser can decide again: ``changes`` are those made since the form was opened,
    ``untouched`` the fields that its user left alone.
    """

    title: str
    rows: tuple[ConflictRow, ...]
    changes: tuple[Change, ...]
    untouched: tuple[str, ...]


def conflict_of(stale: StaleRecordError) -> Conflict:
    """Both versions of a record whose change was refused."""
    model: Any = type(stale.current)
    stored = state_of(stale.current)
    rows = model.history.filter(id=stale.current.pk, version=stale.expected_version).order_by("-history_id")[:1]
    opened = next(iter(states_of_rows(rows).values()), stored)
    entered = {**opened, **state_of_values(stale.attempted)}
    touched, changed = changed_names(opened, entered), changed_names(opened, stored)
    names = [field.name for field in editable_fields(model) if field.name in touched or field.name in changed]
    wording = Wording(model, (opened, entered, stored), names)
    return Conflict(
        title=str(stale.current),
        rows=tuple(
            ConflictRow(
                field=wording.label(name),
                opened=wording.value(name, opened),
                stored=wording.value(name, stored),
                entered=wording.value(name, entered) if name in touched else LEFT_ALONE,
            )
            for name in names
        ),
        changes=tuple(changes_of(stale.current, since_version=stale.expected_version)),
        untouched=tuple(name for name in stale.attempted if name not in touched),
    )


class VersionField(forms.IntegerField):
    """The version of the record that the page shows, hidden in its form: a later one is not overwritten."""

    def __init__(self, *, min_value: int = 1) -> None:
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), LOST_VERSION)
        hidden = forms.HiddenInput
        super().__init__(min_value=min_value, max_value=2**31 - 1, widget=hidden, error_messages=messages)


def reason_field(
    help_text: str = "Why you make this change. It is kept with the change and shown to readers of the record.",
) -> TextField:
    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    return TextField(label="Reason", widget=widget, help_text=help_text)


def add_refusal(form: forms.BaseForm, error: StaleRecordError | ValidationError) -> None:
    """Show what a service refused beside the fields that it names, else above the form."""
    if isinstance(error, StaleRecordError):
        form.add_error(None, str(error))
    elif not hasattr(error, "error_dict"):
        form.add_error(None, error)
    else:
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)


class ServiceForm(forms.BaseForm):
    """A form that has a service write. Errors of hidden fields stand above it: at their own place nobody saw them."""

    made_of: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """The fields of the record by the field of the form that stands for them, where it has another name."""
    conflict: Conflict | None = None
    is_late = False
    result: Any = None

    def non_field_errors(self) -> ErrorList:
        errors = super().non_field_errors().copy()
        for bound in self.hidden_fields():
            errors.extend(bound.errors)
        return errors

    def submit(self, write: Callable[[], Any]) -> bool:
        """Whether the service wrote; ``result`` is what it gave back. Else the form says what was refused."""
        try:
            self.result = write()
        except ValidationError as error:
            add_refusal(self, error)
        except StaleRecordError as error:
            self.is_late = True
            self.conflict = None if error.removed else conflict_of(error)
            self.data = self.data_over(error)
            add_refusal(self, error)
        return not self.errors

    def data_over(self, error: StaleRecordError) -> Any:
        """What was entered, as a change of the version that is stored now, with which fields left alone are filled."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # of a form that was sent
        untouched = set(self.conflict.untouched if self.conflict else ())
        stored = self.entries_of(error.current) if untouched else {}
        for name, field in self.fields.items():
            key = self.add_prefix(name)
            if isinstance(field, VersionField):
                data[key] = str(getattr(error.current, "version", ""))
            elif untouched.issuperset(self.made_of.get(name, (name,))) and name in stored:
                data.setlist(key, stored[name] if isinstance(stored[name], list) else [stored[name]])
        return data

    def entries_of(self, record: Any) -> dict[str, Any]:
        """What the fields of the form hold of a record, as they show it."""
        stored = model_to_dict(record)
        return {name: field.prepare_value(stored[name]) for name, field in self.fields.items() if name in stored}

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows the form: 409 after a lost race."""
        if self.is_late:
            return 409
        return 400 if self.is_bound and self.errors else 200


class FormRefusedError(Exception):
    """A service refused what a form had found valid. ``prefix`` tells the form from others of its page.

    Only for Django's admin, which shows a refused form by making its page anew; other pages ``submit``.
    """

    def __init__(self, error: StaleRecordError | ValidationError, prefix: str | None) -> None:
        self.error = error
        self.prefix = prefix
        super().__init__(str(error))

    @cached_property
    def conflict(self) -> Conflict | None:
        """Both versions, when somebody else was faster."""
        return conflict_of(self.error) if isinstance(self.error, StaleRecordError) else None


@contextmanager
def refused_by(form: forms.BaseForm) -> Iterator[None]:
    """Turn what a service raises into FormRefusedError of this form."""
    try:
        yield
    except (StaleRecordError, ValidationError) as error:
        raise FormRefusedError(error, form.prefix) from error


class VersionedForm(ServiceForm, forms.ModelForm):
    """Edits the version of a record that its user has seen.

    After a lost race it holds what is stored now in the fields that its user left alone, and what was entered in the
    others. The admin shows a refused form a second time with ``refused`` set.
    """

    expected_version = VersionField()
    refused: FormRefusedError | None = None
    made_with: Mapping[str, Any] = {}
    """What the form is made with besides, such as its user."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_version"].initial = self.instance.version
        self.refusal = self.refused if self.is_bound and self.refused and self.refused.prefix == self.prefix else None
        if self.refusal:
            self.conflict = self.refusal.conflict
            error = self.refusal.error
            data: Any = self.data_over(error) if isinstance(error, StaleRecordError) else copy(self.data)
            # Of a row that is marked for removal, Django would not show why it stays.
            data.pop(self.add_prefix(DELETION_FIELD_NAME), None)
            self.data = data

    def clean(self) -> dict[str, Any]:
        if self.refusal:
            add_refusal(self, self.refusal.error)
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Put what was entered into the instance, and leave its rules to the service, which has better words."""
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)

    @property
    def values(self) -> dict[str, Any]:
        """What the form says of the record's own fields."""
        names = {field.name for field in editable_fields(self._meta.model)}
        return {name: value for name, value in self.cleaned_data.items() if name in names}

    def over(self, record: Any) -> Self:
        """The form before anything is entered, over a record."""
        return type(self)(instance=record, prefix=self.prefix, **self.made_with)

    def entries_of(self, record: Any) -> dict[str, Any]:
        stored = self.over(record)
        return {name: stored[name].value() for name in stored.fields}


class RecordForm(VersionedForm):
    """A form of its own page, which asks for the reason."""

    change_reason = reason_field()


class RemovalForm(ServiceForm, forms.Form):
    """The last question before a record is removed."""

    expected_version = VersionField()
    change_reason = reason_field()
