"""One field set on several records at once: one reason, and a line of history on each."""

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from soc_tracker.lib.record_forms import reason_field
from soc_tracker.lib.records import StaleRecordError
from soc_tracker.lib.services import Service

MOST = 200
"""So many records at a time: each is written on its own, and read again on the page that asks."""
ADD, REMOVE, REPLACE = "add", "remove", "replace"
HOW = ((ADD, "Add these to what each has"), (REMOVE, "Take these from what each has"), (REPLACE, "Put these in place"))


class SetForm(forms.Form):
    """The new value, the reason, and the records with the version of each that is on the page."""

    rows = forms.CharField(widget=forms.MultipleHiddenInput)
    change_reason = reason_field()

    def __init__(self, data: Any, *, field: forms.Field, is_many: bool, records: list[Any]) -> None:
        super().__init__(data, initial={"rows": [f"{record.pk}:{record.version}" for record in records]})
        how = {"how": forms.ChoiceField(choices=HOW, initial=ADD, widget=forms.RadioSelect, label="How")}
        self.fields = {**(how if is_many else {}), "value": deepcopy(field), **self.fields}

    def clean_rows(self) -> dict[int, int]:
        """The versions by key."""
        try:
            pairs = [row.split(":") for row in self.data.getlist("rows")]
            return {int(key): int(version) for key, version in pairs}
        except ValueError as error:
            raise ValidationError(
                "The page does not say any more which records were chosen: choose them again."
            ) from error


class SettingInBulk(admin.ModelAdmin):
    """Lists whose selected records can be given one value of a field of ``bulk``."""

    service: Service
    bulk: tuple[str, ...] = ()

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Callable[..., Any], str, str]]:
        actions = super().get_actions(request)
        for name in self.bulk if self.has_change_permission(request) else ():
            words = self.opts.get_field(name).verbose_name
            actions[f"set_{name}"] = (partial(_ask, name=name), f"set_{name}", f"Set the {words} of those selected")
        return actions

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_set"
        return [path("set/<slug:name>/", self.admin_site.admin_view(self.set_view), name=name), *super().get_urls()]

    def set_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Asks for the value and the reason, and sets it on all of the records or, where one refuses, on none."""
        if name not in self.bulk:
            raise Http404(f"The {name} of several {self.opts.verbose_name_plural} cannot be set at once.")
        if not self.has_change_permission(request):
            raise PermissionDenied
        keys = [int(key) for key in request.GET.getlist("of") if key.isascii() and key.isdigit() and len(key) < 19]
        rows = self.get_queryset(request).filter(pk__in=keys[:MOST])
        records = list(rows.select_related(*self.list_select_related) if self.list_select_related else rows)
        if not records:
            raise Http404("None of the records that were chosen is there any more.")
        field: Any = self.opts.get_field(name)
        form = SetForm(
            request.POST or None,
            field=self.get_form(request).base_fields[name],
            is_many=field.many_to_many,
            records=records,
        )
        if form.is_valid() and self._set(request, form, name, records):
            self.message_user(request, f"Set on {len(records)} {self._words(records)}.", messages.SUCCESS)
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Set the {field.verbose_name} of {len(records)} {self._words(records)}",
            "form": form,
            "records": records,
            "media": self.media + form.media,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/record_set.html", context, status=400 if form.errors else 200)

    def set_value(
        self, request: HttpRequest, record: Any, name: str, value: Any, *, reason: str, expected_version: int
    ) -> None:
        """Write one record. An admin whose field moves by a step of its own takes that step instead."""
        self.service.change(record, {name: value}, by=request.user, reason=reason, expected_version=expected_version)

    def _set(self, request: HttpRequest, form: SetForm, name: str, records: list[Any]) -> bool:
        """Whether all were written; else none was, and the form says which record stood against it and why."""
        entered = form.cleaned_data
        try:
            with transaction.atomic():
                for record in records:
                    self.set_value(
                        request,
                        record,
                        name,
                        _combined(record, name, entered),
                        reason=entered["change_reason"],
                        expected_version=entered["rows"].get(record.pk, 0),
                    )
                    self.log_change(request, record, entered["change_reason"])
        except ValidationError as error:
            form.add_error(None, [f"“{record}”: {message}" for message in error.messages])
        except StaleRecordError as error:
            form.add_error(None, f"{error} Look at it, then choose the records again.")
        return not form.errors

    def _words(self, records: list[Any]) -> str:
        return str(self.opts.verbose_name if len(records) == 1 else self.opts.verbose_name_plural)


def _ask(
    modeladmin: SettingInBulk, request: HttpRequest, queryset: models.QuerySet, *, name: str
) -> HttpResponse | None:
    """The action of a list: leads the selected records to the page that asks for the value."""
    keys = list(queryset.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        modeladmin.message_user(request, f"Choose at most {MOST} at a time.", messages.ERROR)
        return None
    opts = modeladmin.opts
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_set", args=[name])
    return redirect(f"{address}?{urlencode({'of': keys}, doseq=True)}")


def _combined(record: Any, name: str, entered: dict[str, Any]) -> Any:
    """The value that a record gets; of links to many, what they become of those that it has."""
    if "how" not in entered:
        return entered["value"]
    present, given = set(getattr(record, name).all()), set(entered["value"])
    return list({ADD: present | given, REMOVE: present - given, REPLACE: given}[entered["how"]])
