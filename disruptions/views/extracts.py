"""Extracts of the national database: what was loaded, when, and by whom."""

from typing import Any, ClassVar

import rules
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.urls import reverse
from django.views.generic import DetailView

from disruptions.filters.extracts import ExtractFilter
from disruptions.models import Extract
from disruptions.presenters.extracts import EXTRACT_COLUMNS, extract_summary, rows_url
from disruptions.views.record import RecordList
from soc_tracker.lib.history import changes_of


class ExtractList(RecordList):
    title = "Extracts"
    template_name = "disruptions/extract_list.html"
    filterset_class = ExtractFilter
    columns = EXTRACT_COLUMNS
    on_page = ("file_name", "contents", "as_at", "loaded_at", "loaded_by", "added", "changed", "refused", "missing")
    order = ("-as_at", "-pk")
    sorts: ClassVar = {"file_name": ("file_name",), "loaded_at": ("-loaded_at",)}

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Extract.objects.visible_to(user).select_related("loaded_by")

    def extra_context(self) -> dict[str, Any]:
        return {
            "standpoint": self.standpoint,
            "may_load": rules.has_perm("disruptions.load_extract", self.request.user),
        }


class ExtractPage(DetailView):
    template_name = "disruptions/extract_detail.html"
    context_object_name = "extract"

    def get_queryset(self) -> QuerySet:
        return Extract.objects.visible_to(self.request.user).select_related("loaded_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "breadcrumbs": [("Home", reverse("home")), ("Extracts", reverse("disruptions:extract_list"))],
            "summary": extract_summary(self.object),
            "rows_url": rows_url(self.object),
            "changes": changes_of(self.object),
        }
