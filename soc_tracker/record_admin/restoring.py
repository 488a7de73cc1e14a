"""Pages that bring back an earlier version of a record, or a record that was removed."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from soc_tracker.lib.conflicts import conflict_of
from soc_tracker.lib.record_forms import RemovalForm, tell
from soc_tracker.lib.records import StaleRecordError
from soc_tracker.lib.restoring import Version, parts_removed_with, restore, version_of
from soc_tracker.lib.services import Service


class Restoring(admin.ModelAdmin):
    """Every version in a record's history can be brought back, with a reason, as a new change."""

    service: Service

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<int:key>/versions/<int:number>/", view, name=name), *super().get_urls()]

    def restore_view(self, request: HttpRequest, key: int, number: int) -> HttpResponse:
        """Asks for the reason, beside what would change, and brings the version back."""
        version = version_of(self.service, key, number)
        if version is None:
            raise Http404(f"There is no version {number} of this {self.opts.verbose_name}.")
        if not self.may_restore(request, version):
            raise PermissionDenied
        start = {"expected_version": version.row.version if version.is_of_removed else version.stored.version}
        form, conflict = RemovalForm(request.POST or None, initial=start), None
        if form.is_valid():
            reason, expected = form.cleaned_data["change_reason"], form.cleaned_data["expected_version"]
            try:
                record = restore(version, self.service_of, by=request.user, reason=reason, expected_version=expected)
            except ValidationError as error:
                tell(form, error)
            except StaleRecordError as error:
                conflict = None if error.removed else conflict_of(error)
                form = RemovalForm(form.data | start)
                tell(form, error)
            else:
                self.log_change(request, record, reason)
                self.message_user(request, f"Brought back: {record}.", messages.SUCCESS)
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", record.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Bring back version {number}" if version.stored else "Bring back what was removed",
            "subtitle": str(version.stored or version.holder.instance),
            "version": version,
            "differences": version.differences(),
            "kept": [str(self.opts.get_field(name).verbose_name) for name in version.kept],
            "parts": [each.holder.instance for each in parts_removed_with(version, self.service_of)],
            "form": form,
            "conflict": conflict,
            "object": version.stored,
            "opts": self.opts,
        }
        template = "admin/record_restore.html"
        return TemplateResponse(request, template, context, status=409 if conflict else 400 if form.errors else 200)

    def may_restore(self, request: HttpRequest, version: Version) -> bool:
        """Whether the user may write what bringing it back writes."""
        if version.is_of_removed:
            return self.has_add_permission(request)
        return self.has_change_permission(request, version.stored)

    def service_of(self, model: type[models.Model]) -> Service | None:
        """The service that writes a model, as its own admin or that of the record that it belongs to says."""
        registry = self.admin_site._registry
        own = getattr(registry.get(model), "service", None)
        inlines = (inline for each in registry.values() for inline in each.inlines if inline.model is model)
        return own or next((inline.service for inline in inlines if hasattr(inline, "service")), None)
