"""Records edited on the page of the record that they belong to; they share its reason."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from soc_tracker.lib.record_forms import VersionedForm, refused_by
from soc_tracker.lib.services import Service
from soc_tracker.record_admin.fields import WithoutRemovalButtons


class RecordInline(WithoutRemovalButtons, admin.TabularInline):
    service: Service
    form = VersionedForm
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the record that the rows belong to, whose name theirs may hold."""
        return super().get_queryset(request).select_related()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        formset = super().get_formset(request, obj, **kwargs)
        formset.service = self.service
        formset.form.refused = getattr(request, "refused", None)
        return formset


def save_rows(formset: BaseInlineFormSet, *, by: AbstractBaseUser, reason: str) -> None:
    """Write the rows that were added, changed or marked for removal. Raises RefusedError of the row's form."""
    for form in formset.forms:
        with refused_by(form):
            _save_row(formset, form, by=by, reason=reason)


def _save_row(formset: BaseInlineFormSet, form: VersionedForm, *, by: AbstractBaseUser, reason: str) -> None:
    service: Service = formset.service
    stored = form.instance.pk is not None
    if formset._should_delete_form(form):
        if stored:
            version = form.cleaned_data["expected_version"]
            service.remove(form.instance, by=by, reason=reason, expected_version=version)
    elif stored and form.has_changed():
        version = form.cleaned_data["expected_version"]
        service.change(form.instance, form.values, by=by, reason=reason, expected_version=version)
    elif form.has_changed():
        service.create({**form.values, formset.fk.name: formset.instance}, by=by, reason=reason)
