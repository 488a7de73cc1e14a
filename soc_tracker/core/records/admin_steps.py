"""What the administration does beside a record's form: one field set on several records at once, a version brought
back; and what stands against the removal of a record.
"""

from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, router, transaction
from django.db.models import PROTECT, ProtectedError
from django.db.models.deletion import Collector
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from soc_tracker.core.records.forms import RemovalForm, ServiceForm, reason_field
from soc_tracker.core.records.history import Change
from soc_tracker.core.records.models import Tracked
from soc_tracker.core.records.restoring import get_version, parts_removed_with, restore
from soc_tracker.core.records.services import Service, StaleRecordError

MOST = 200
"""So many records at a time: each is written on its own, and read again on the page that asks."""
ADD, REMOVE, REPLACE = "add", "remove", "replace"
HOW = ((ADD, "Add these to what each has"), (REMOVE, "Take these from what each has"), (REPLACE, "Put these in place"))
NEWEST = 200
"""Changes on one page of history."""
NAMED = 5
"""Records that are named of each kind that stands against a removal."""


def admin_url(opts: Any, step: str, *args: Any) -> str:
    """The address of a page of a model's administration, such as "change"."""
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{step}", args=args)


def step_page(
    page: admin.ModelAdmin,
    request: HttpRequest,
    form: ServiceForm,
    *,
    title: str,
    button: str,
    record: Any = None,
    template: str = "admin/record_step.html",
    **more: Any,
) -> HttpResponse:
    """The page of a step that is taken in the administration beside a record's form: the question, the form, a lost
    race. ``more`` may hold ``about`` (a text), ``here``, ``leave_url``, and what a template of its own takes.
    """
    record_url = admin_url(page.opts, "change", record.pk) if record else admin_url(page.opts, "changelist")
    usual = {"about": "", "here": title, "leave_url": record_url, "subtitle": str(record) if record else None}
    context = {
        **page.admin_site.each_context(request),
        **usual,
        "title": title,
        "button": button,
        "form": form,
        "object": record,
        "media": page.media + form.media,
        "opts": page.opts,
        **more,
    }
    return TemplateResponse(request, template, context, status=form.status)


def changes_page(
    page: admin.ModelAdmin,
    request: HttpRequest,
    changes: Sequence[Change],
    *,
    title: str,
    record: Any = None,
    may_restore: bool = False,
) -> HttpResponse:
    """The history of a record, or the latest changes of a list."""
    context = {
        **page.admin_site.each_context(request),
        "title": title,
        "here": "History" if record else "Latest changes",
        "changes": changes,
        "newest": NEWEST,
        "object": record,
        "opts": page.opts,
        "may_restore": may_restore,
    }
    return TemplateResponse(request, "admin/record_changes.html", context)


def with_links(page: Any, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The rows with what their names hold of other records, as the list of their admin reads it."""
    return rows.select_related(*page.list_select_related) if page.list_select_related else rows


class SetForm(ServiceForm, forms.Form):
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
            sent: Any = self.data
            pairs = [row.split(":") for row in sent.getlist("rows")]
            return {int(key): int(version) for key, version in pairs}
        except ValueError as error:
            raise ValidationError(
                "The page does not say any more which records were chosen: choose them again."
            ) from error


class RecordSteps(admin.ModelAdmin):
    """Lists whose selected records can be given one value of a field of ``bulk``; and every version in a record's
    history can be brought back, with a reason, as a new change.
    """

    service: Service[Any]
    bulk: tuple[str, ...] = ()

    def get_actions(self, request: HttpRequest) -> Any:
        actions: Any = super().get_actions(request)
        for name in self.bulk if self.has_change_permission(request) else ():
            words = self.opts.get_field(name).verbose_name  # type: ignore[union-attr]
            actions[f"set_{name}"] = (partial(_ask, name=name), f"set_{name}", f"Set the {words} of those selected")
        return actions

    def get_urls(self) -> list[URLPattern]:
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("set/<slug:name>/", view(self.set_view), name=f"{name}_set"),
            path("<int:key>/versions/<int:number>/", view(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def set_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Asks for the value and the reason, and sets it on all of the records or, where one refuses, on none."""
        if name not in self.bulk:
            raise Http404(f"The {name} of several {self.opts.verbose_name_plural} cannot be set at once.")
        if not self.has_change_permission(request):
            raise PermissionDenied
        keys = [int(key) for key in request.GET.getlist("of") if key.isascii() and key.isdigit() and len(key) < 19]
        records = list(with_links(self, self.get_queryset(request).filter(pk__in=keys[:MOST])))
        if not records:
            raise Http404("None of the records that were chosen is there any more.")
        field: Any = self.opts.get_field(name)
        control, is_many = self.get_form(request).base_fields[name], field.many_to_many
        form = SetForm(request.POST or None, field=control, is_many=is_many, records=records)
        them = f"{len(records)} {self.opts.verbose_name if len(records) == 1 else self.opts.verbose_name_plural}"
        if form.is_valid() and self._set(request, form, name, records):
            self.message_user(request, f"Set on {them}.", messages.SUCCESS)
            return redirect(admin_url(self.opts, "changelist"))
        return step_page(
            self,
            request,
            form,
            title=f"Set the {field.verbose_name} of {them}",
            button="Set it on all",
            template="admin/record_set.html",
            here="Several at once",
            records=records,
        )

    def set_value(
        self, request: HttpRequest, record: Any, name: str, value: Any, *, reason: str, expected_version: int
    ) -> None:
        """Write one record. An admin whose field moves by a step of its own takes that step instead."""
        self.service.change(record, {name: value}, by=request.user, reason=reason, expected_version=expected_version)

    def _set(self, request: HttpRequest, form: SetForm, name: str, records: list[Any]) -> bool:
        """Whether all were written; else none was, and the form says which record stood against it and why."""
        cleaned = form.cleaned_data
        reason, value = cleaned["change_reason"], cleaned["value"]
        try:
            with transaction.atomic():
                for record in records:
                    if "how" in cleaned:
                        present, given = set(getattr(record, name).all()), set(cleaned["value"])
                        outcomes = {ADD: present | given, REMOVE: present - given, REPLACE: given}
                        value = list(outcomes[cleaned["how"]])
                    version = cleaned["rows"].get(record.pk, 0)
                    self.set_value(request, record, name, value, reason=reason, expected_version=version)
                    self.log_change(request, record, reason)
        except ValidationError as error:
            form.add_error(None, [f"“{record}”: {message}" for message in error.messages])
        except StaleRecordError as error:
            form.add_error(None, f"{error} Look at it, then choose the records again.")
        return not form.errors

    def restore_view(self, request: HttpRequest, key: int, number: int) -> HttpResponse:
        """Asks for the reason, beside what would change, and brings the version back."""
        version = get_version(self.service, key, number)
        if version is None:
            raise Http404(f"There is no version {number} of this {self.opts.verbose_name}.")
        is_gone = version.is_of_removed
        is_hidden = not self.model.history.filter(self.model.no_draft(), id=key).exists()
        if is_hidden and not self.get_queryset(request).filter(pk=key).exists():
            raise Http404(f"There is no version {number} of this {self.opts.verbose_name}.")
        if not (self.has_add_permission(request) if is_gone else self.has_change_permission(request, version.stored)):
            raise PermissionDenied
        start = version.row.version if is_gone else version.stored.version
        form = RemovalForm(request.POST or None, initial={"expected_version": start})
        if form.is_valid() and form.submit(
            lambda: restore(
                version,
                self.service_of,
                by=request.user,
                reason=form.cleaned_data["change_reason"],
                expected_version=form.cleaned_data["expected_version"],
            )
        ):
            self.log_change(request, form.result, form.cleaned_data["change_reason"])
            self.message_user(request, f"Brought back: {form.result}.", messages.SUCCESS)
            return redirect(admin_url(self.opts, "change", form.result.pk))
        return step_page(
            self,
            request,
            form,
            title="Bring back what was removed" if is_gone else f"Bring back version {number}",
            button="Bring it back",
            record=version.stored,
            template="admin/record_restore.html",
            subtitle=str(version.stored or version.holder.instance),
            here="Bring back",
            leave_url=admin_url(self.opts, "history", key),
            differences=version.differences(),
            kept=[str(self.opts.get_field(name).verbose_name) for name in version.kept],  # type: ignore[union-attr]
            parts=[each.holder.instance for each in parts_removed_with(version, self.service_of)],
        )

    def service_of(self, model: type[models.Model]) -> Service[Any] | None:
        """The service that writes a model, as its own admin or that of the record that it belongs to says."""
        registry = self.admin_site._registry
        inlines = (inline for each in registry.values() for inline in each.inlines if inline.model is model)
        services = (getattr(each, "service", None) for each in (registry.get(model), *inlines))
        return next(filter(None, services), None)


def _ask(modeladmin: RecordSteps, request: HttpRequest, queryset: models.QuerySet, *, name: str) -> HttpResponse | None:
    """The action of a list: leads the selected records to the page that asks for the value."""
    keys = list(queryset.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        modeladmin.message_user(request, f"Choose at most {MOST} at a time.", messages.ERROR)
        return None
    return redirect(f"{admin_url(modeladmin.opts, 'set', name)}?{urlencode({'of': keys}, doseq=True)}")


@dataclass(frozen=True)
class Blocking:
    """Records of one kind. ``records`` are the first with their addresses, which are empty where none has a page."""

    kind: str
    total: int
    records: list[tuple[str, str]]

    @property
    def others(self) -> int:
        return self.total - len(self.records)


def blocking(record: models.Model, site: AdminSite) -> list[Blocking]:
    """By kind, what leads to the record itself; where nothing does, what leads to what would go with it.

    No row is read that is not shown.
    """
    against: list[models.QuerySet] = []
    for link in record._meta.related_objects:
        if getattr(link, "on_delete", None) is PROTECT and not link.hidden:
            rows = link.related_model._base_manager.filter(**{link.field.name: record.pk})
            against += [rows] if rows.exists() else []
    if not against:
        keys: dict[Any, list[Any]] = defaultdict(list)
        try:
            Collector(using=router.db_for_write(type(record)), origin=record).collect([record])
        except ProtectedError as error:
            for row in error.protected_objects:
                keys[type(row)].append(row.pk)
        against = [model._base_manager.filter(pk__in=pks) for model, pks in keys.items()]
    kinds = []
    for rows in against:
        opts, page = rows.model._meta, site._registry.get(rows.model)
        named = rows.filter(rows.model.no_draft()) if issubclass(rows.model, Tracked) else rows
        total, first = rows.count(), (with_links(page, named) if page else named).order_by("pk")[:NAMED]
        kind = str(opts.verbose_name if total == 1 else opts.verbose_name_plural)
        records = [(str(row), admin_url(opts, "change", row.pk) if page else "") for row in first]
        kinds.append(Blocking(kind, total, records))
    return kinds
