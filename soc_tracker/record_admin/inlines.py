"""Records edited, or only shown, on the page of the record that they belong to."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from soc_tracker.lib.record_forms import VersionedForm, refused_by
from soc_tracker.lib.services import Service
from soc_tracker.record_admin.fields import RecordFields, RowField


class RecordFormSet(BaseInlineFormSet):
    """Rows that are written through the service of their records."""

    service: Service

    def add_fields(self, form: VersionedForm, index: int | None) -> None:
        super().add_fields(form, index)
        key = self._pk_field.name
        form.fields[key] = RowField({row.pk: row for row in self.get_queryset()}, initial=form.fields[key].initial)

    def write(self, *, by: AbstractBaseUser, reason: str) -> None:
        """Write the rows that were added, changed or marked for removal. Raises RefusedError of the row's form."""
        for form in self.forms:
            with refused_by(form):
                self._write_row(form, by=by, reason=reason)

    def _write_row(self, form: VersionedForm, *, by: AbstractBaseUser, reason: str) -> None:
        stored = form.instance.pk is not None
        if self._should_delete_form(form):
            if stored:
                version = form.cleaned_data["expected_version"]
                self.service.remove(form.instance, by=by, reason=reason, expected_version=version)
        elif stored and form.has_changed():
            version = form.cleaned_data["expected_version"]
            self.service.change(form.instance, form.values, by=by, reason=reason, expected_version=version)
        elif form.has_changed():
            self.service.create({**form.values, self.fk.name: self.instance}, by=by, reason=reason)

    def _should_delete_form(self, form: VersionedForm) -> bool:
        """Django asks nothing more of a row that goes; its version must be known all the same."""
        return super()._should_delete_form(form) and "expected_version" not in form.errors


class RecordInline(RecordFields, admin.TabularInline):
    """Rows of a record, edited with it; they share its reason."""

    service: Service
    form = VersionedForm
    formset = RecordFormSet
    extra = 0

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[str | None, dict[str, Any]]]:
        """Those of the subclass, and what every row must bring back: the fields that the form itself declares."""
        sets = super().get_fieldsets(request, obj)
        missing = [name for name in self.form.declared_fields if name not in flatten_fieldsets(sets)]
        return [*sets, (None, {"fields": missing})]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the record that the rows belong to, whose name theirs may hold."""
        return super().get_queryset(request).select_related()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        formset = super().get_formset(request, obj, **kwargs)
        formset.service = self.service
        formset.form.refused = getattr(request, "refused", None)
        return formset


class ReadOnlyInline(RecordFields, admin.TabularInline):
    """Rows of a record that are written elsewhere; here they are only shown."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
