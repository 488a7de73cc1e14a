"""Extracts of the national database: what was loaded, when, and by whom."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, ClassVar

import rules
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.views import View
from django.views.generic import DetailView

from disruptions.filters.extracts import ExtractFilter
from disruptions.models import Extract
from disruptions.presenters.extracts import (
    CHANGE_COLUMNS,
    EXTRACT_COLUMNS,
    added_columns,
    effects,
    extract_summary,
    rows_url,
)
from disruptions.selectors.effects import changes_made, rows_added
from disruptions.views.record import RecordList
from soc_tracker.lib.csv_export import Preamble, csv_response
from soc_tracker.lib.history import changes_of
from soc_tracker.lib.tables import Column
from soc_tracker.lib.wording import name_of

FIRST_EFFECTS = 20
"""So much of what an extract changed is shown on its page; its file holds all."""


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
    permission = "disruptions.read_record"
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
            "effects": list(islice(effects(changes_made(self.object)), FIRST_EFFECTS)),
            "effect_columns": CHANGE_COLUMNS,
            "first_effects": FIRST_EFFECTS,
        }


class ExtractFile(View):
    """What an extract did to the record, all of it, as CSV: by what it did, its columns and its rows."""

    permission = "disruptions.read_record"
    effect: ClassVar[str]
    columns: ClassVar[Callable[[str], tuple[Column, ...]]]
    rows: ClassVar[Callable[[Extract], Iterable[Any]]]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        extract = get_object_or_404(Extract.objects.visible_to(request.user), pk=pk)
        preamble = Preamble(
            title=f"{self.effect.capitalize()} by {extract.file_name}",
            filter=f"Extract {extract.pk}",
            kind_of_data=extract.kind_of_data,
            as_at=extract.as_at.isoformat(),
            made_at=now(),
            made_by=name_of(request.user),
        )
        columns, rows = type(self).columns(extract.contents), type(self).rows(extract)
        return csv_response(f"extract-{extract.pk}-{self.effect}", columns, rows, preamble)


class ExtractAdded(ExtractFile):
    effect = "added"
    columns = added_columns
    rows = rows_added


class ExtractChanged(ExtractFile):
    effect = "changed"
    columns = staticmethod(lambda contents: CHANGE_COLUMNS)
    rows = staticmethod(lambda extract: effects(changes_made(extract)))
