"""The base of every record's admin, and of the rows edited on the page of the record that they belong to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR, IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import ChangeList
from django.db import models, router
from django.db.models import QuerySet
from django.db.models.deletion import Collector
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path

from soc_tracker.core.records.admin_fields import (
    LARGEST,
    LinkField,
    LinkOfRowField,
    ReadOnly,
    RecordFields,
    RowField,
    is_key,
)
from soc_tracker.core.records.admin_steps import NEWEST, RecordSteps, admin_url, blocking, changes_page, with_links
from soc_tracker.core.records.forms import FormRefusedError, RecordForm, RemovalForm, VersionedForm, refused_by
from soc_tracker.core.records.history import changes_in, changes_of
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.trail.services import record_reading


class RecordFormSet(BaseInlineFormSet):
    """Rows that are written through the service of their records."""

    service: Service[Any]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        key = self._pk_field.name  # type: ignore[attr-defined]  # set by the line before
        form.fields[key] = RowField({row.pk: row for row in self.get_queryset()}, initial=form.fields[key].initial)
        links = [name for name, field in form.fields.items() if type(field) is LinkField]
        for name in links if self.is_bound else ():
            if name not in self.linked:
                sent = {self.data.get(f"{self.add_prefix(row)}-{name}") for row in range(self.total_form_count())}
                records = form.fields[name].queryset.in_bulk([key for key in sent if is_key(key)])
                self.linked[name] = {str(key): record for key, record in records.items()}
            form.fields[name] = LinkOfRowField(self.linked[name], form.fields[name])

    @cached_property
    def linked(self) -> dict[str, dict[str, models.Model]]:
        """The records that the rows sent here link to, by the field that does: looked up once, not row by row."""
        return {}

    def write(self, *, by: By, reason: str) -> None:
        """Write the rows that were added, changed or marked for removal. Raises FormRefusedError of the row's form."""
        forms: list[Any] = self.forms
        for form in forms:
            version = form.cleaned_data.get("expected_version")
            with refused_by(form):
                if self._should_delete_form(form):
                    if form.instance.pk is not None:
                        self.service.remove(form.instance, by=by, reason=reason, expected_version=version)
                elif form.has_changed() and form.instance.pk is not None:
                    self.service.change(form.instance, form.values, by=by, reason=reason, expected_version=version)
                elif form.has_changed():
                    self.service.create({**form.values, self.fk.name: self.instance}, by=by, reason=reason)

    def _should_delete_form(self, form: Any) -> bool:
        """Django asks nothing more of a row that goes; its version must be known all the same."""
        return bool(super()._should_delete_form(form)) and "expected_version" not in form.errors


class RecordInline(RecordFields, admin.TabularInline):
    """Rows of a record, edited with it; they share its reason."""

    service: Service[Any]
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

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.service = self.service
        formset.form.refused = getattr(request, "refused", None)
        return formset


class ReadOnlyInline(ReadOnly, RecordFields, admin.TabularInline):
    """Rows of a record that are written elsewhere; here they are only shown, with the records at their ``links``."""

    links: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related(*self.links) if self.links else rows


REASON = ("Why", {"fields": ("change_reason", "expected_version")})


class RecordAdmin(RecordSteps, RecordFields, admin.ModelAdmin):
    """Lists, edits and removes records through their service.

    ``given`` are the values that make a record one of this admin's: those of a
    proxy's kind. ``computed`` are fields that a service fills.
    """

    service: Service[Any]
    given: Mapping[str, Any] = {}
    computed: tuple[str, ...] = ()
    form = RecordForm
    list_per_page = 50
    change_form_template = "admin/record_change_form.html"
    change_list_template = "admin/record_change_list.html"
    delete_confirmation_template = "admin/record_delete_confirmation.html"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Rows that are neither written by a service nor shown only would be saved past both."""
        super().__init_subclass__(**kwargs)
        strays = [inline for inline in cls.inlines if not issubclass(inline, RecordInline | ReadOnlyInline)]
        if strays:
            raise TypeError(f"The inlines of {cls.__name__} must be of RecordInline or ReadOnlyInline: {strays}.")

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_changes"
        return [path("changes/", self.admin_site.admin_view(self.changes_view), name=name), *super().get_urls()]

    # The list

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Django's list; a filter that it does not understand leads to the whole list, which says so."""
        numbers = (part.strip().lstrip("+-") for value in request.GET.values() for part in str(value).split(","))
        try:
            # A number beyond what a database holds.
            if any(part.isdecimal() and (len(part) > 40 or int(part) > LARGEST) for part in numbers):
                raise IncorrectLookupParameters
            try:
                return super().get_changelist_instance(request)
            except (OverflowError, ValueError) as error:  # a year that is none, or the last that there is
                raise IncorrectLookupParameters(error) from error
        except IncorrectLookupParameters:
            words = "The address asks for something that this list cannot be filtered by: all of it is shown."
            self.message_user(request, words, messages.ERROR)
            raise

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """Django's, with what the rows' names hold: where a record is looked up for a link, nobody else reads it."""
        return super().get_search_results(request, with_links(self, queryset), search_term)

    # The form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address fills in; never the version, which the page itself must know."""
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if name != "expected_version"}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refused = getattr(request, "refused", None)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        sets: Any = self.fieldsets or [(None, {"fields": self.fields or ()})]
        hidden = () if obj else self.computed
        visible = [
            (name, {**options, "fields": [field for field in options["fields"] if field not in hidden]})
            for name, options in sets
        ]
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [*visible, REASON] if may_write else visible

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = self.service.fixed_fields(obj) if obj else ()
        return (*super().get_readonly_fields(request, obj), *self.computed, *fixed)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def changeform_view(
        self,
        request: Any,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's view; what a service refuses is shown in the form, which keeps what was entered."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except FormRefusedError as refused:
            request.refused = refused
            again = {**(extra_context or {}), "conflict": refused.conflict}
            if refused.conflict:
                again["subtitle"] = refused.conflict.title
            response = super().changeform_view(request, object_id, form_url, again)
            if refused.conflict and response.status_code == 200:
                response.status_code = 409
            return response

    # Writing

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        reason = form.cleaned_data["change_reason"]
        with refused_by(form):
            if change:
                version = form.cleaned_data["expected_version"]
                saved = self.service.change(obj, form.values, by=request.user, reason=reason, expected_version=version)
            else:
                saved = self.service.create({**form.values, **self.given}, by=request.user, reason=reason)
        vars(obj).update(vars(saved))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the inlines only: links to many are values of the record, which its service has saved."""
        for formset in formsets:
            if isinstance(formset, RecordFormSet):
                formset.write(by=request.user, reason=form.cleaned_data["change_reason"])

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return form.cleaned_data["change_reason"]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        """Django's answer. In a small window that closes by itself it is no redirect, though all is done."""
        response: Any = super().response_add(request, obj, post_url_continue)
        if IS_POPUP_VAR in request.POST:
            response.done_at = admin_url(self.opts, "change", obj.pk)
        return response

    # Removing

    def delete_view(self, request: Any, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's view, with the question for the reason; what a service refuses is shown in its form."""
        record = self.get_object(request, unquote(object_id))
        form = RemovalForm(request.POST or None, initial={"expected_version": record.version if record else None})
        delete = partial(super().delete_view, request, object_id)
        if form.is_valid():
            request.removal = form.cleaned_data
            if form.submit(partial(delete, extra_context)):
                return form.result
        # Django's view takes every POST for a yes: let it ask instead.
        request.POST = QueryDict()
        response = delete({**(extra_context or {}), "removal": form})
        if response.status_code == 200:
            response.status_code = form.status
        return response

    def get_deleted_objects(self, objs: Sequence[models.Model], request: HttpRequest) -> Any:
        """What goes with the record, as counts: naming each would read them one by one. Or what keeps it."""
        kept = [kind for record in objs for kind in blocking(record, self.admin_site)]
        if kept:
            return [], {}, set(), kept
        collector = Collector(using=router.db_for_write(self.model), origin=objs[0])
        collector.collect(list(objs))
        going = Counter(type(row) for rows in collector.data.values() for row in rows if row not in objs)
        counts = [
            f"{count} {kind._meta.verbose_name if count == 1 else kind._meta.verbose_name_plural}"
            for kind, count in going.items()
        ]
        return counts, {}, set(), []

    def delete_model(self, request: Any, obj: models.Model) -> None:
        reason, version = request.removal["change_reason"], request.removal["expected_version"]
        self.service.remove(obj, by=request.user, reason=reason, expected_version=version)

    # History

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if request.method == "GET" and (record := context.get("original")):
            record_reading(record)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change of one record, also of one that has been removed."""
        key = unquote(object_id)
        record = self.get_object(request, key)
        if record is not None:
            record_reading(record)
            changes = changes_of(record)[:NEWEST]
        else:
            changes = changes_in(self.model, id=key, limit=NEWEST) if is_key(key) else []
        if not changes and record is None:
            missing: HttpResponse = self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
            return missing
        title = f"History of {record or changes[0].title}"
        may_restore = self.has_change_permission(request, record) and self.has_add_permission(request)
        return changes_page(self, request, changes, title=title, record=record, may_restore=may_restore)

    def changes_view(self, request: HttpRequest) -> HttpResponse:
        """The newest changes of all records of the list, removals among them."""
        links = self.list_select_related if isinstance(self.list_select_related, tuple) else ()
        changes = changes_in(self.model, limit=NEWEST, named_by=links, **self.given)
        title = f"Latest changes of {self.opts.verbose_name_plural}"
        may_restore = self.has_change_permission(request) and self.has_add_permission(request)
        return changes_page(self, request, changes, title=title, may_restore=may_restore)


class ReadOnlyAdmin(ReadOnly, RecordAdmin):
    """Records that are written elsewhere; here they can only be read, also what is worked out of their fields."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(flatten_fieldsets(self.get_fieldsets(request, obj)))
