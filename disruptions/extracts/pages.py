"""The list of extracts, the page of one, and the file of what it added and changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

import rules
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from disruptions.choices import ExtractContents, ThreatType
from disruptions.extracts.forms import ExtractFilter
from disruptions.extracts.models import Extract
from disruptions.extracts.queries import changes_made, columns_added, rows_added
from disruptions.standpoint.pages import RecordList
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.records.history import Change, Difference, changes_of
from soc_tracker.core.records.pages import DetailPage
from soc_tracker.core.records.states import name_of
from soc_tracker.core.reports import Makers, Report, ReportPage

COMMAND_LINE = "the command line"
PROVENANCE = ("Extract", "Extract line")
"""Fields of a record that say where its values come from: every change by an extract moves them."""


def loaded_by(extract: Extract) -> str:
    """Who loaded it; extracts loaded by a command of the server have no account behind them."""
    user = extract.loaded_by
    return name_of(user) if user else COMMAND_LINE


EXTRACT_COLUMNS = (
    Column(
        "file_name",
        "File",
        lambda extract: extract.file_name,
        lambda extract: extract.get_absolute_url(),
        sort=("file_name",),
    ),
    Column("contents", "Contents", lambda extract: extract.get_contents_display()),
    Column("as_at", "As at", lambda extract: extract.as_at),
    Column("loaded_at", "Loaded", lambda extract: extract.loaded_at, wide_only=True, sort=("-loaded_at",)),
    Column("loaded_by", "By", loaded_by, wide_only=True, api=()),
    Column("added", "Added", lambda extract: extract.rows_added, numeric=True, api=("rows_added",)),
    Column("changed", "Changed", lambda extract: extract.rows_changed, numeric=True, api=("rows_changed",)),
    Column("unchanged", "Unchanged", lambda extract: extract.rows_unchanged, numeric=True, api=("rows_unchanged",)),
    Column("refused", "Refused", lambda extract: extract.rows_refused, numeric=True, api=("rows_refused",)),
    Column("missing", "Missing from it", lambda extract: extract.rows_missing, numeric=True, api=("rows_missing",)),
    Column("id", "Number", lambda extract: extract.pk, numeric=True),
    Column("sha256", "SHA-256", lambda extract: extract.sha256),
)


def extract_summary(extract: Extract) -> list[tuple]:
    return [
        ("Contents", extract.get_contents_display()),
        ("As at", extract.as_at),
        ("Loaded", extract.loaded_at),
        ("By", loaded_by(extract)),
        ("Rows added", extract.rows_added),
        ("Rows changed", extract.rows_changed),
        ("Rows unchanged", extract.rows_unchanged),
        ("Rows refused", extract.rows_refused),
        ("Rows missing from it", extract.rows_missing),
        ("SHA-256 of the file", extract.sha256),
    ]


def rows_url(extract: Extract) -> str:
    """The list of what the record now has from the extract."""
    name = "threat_list" if extract.contents == ExtractContents.THREATS else "disruption_list"
    query = urlencode({"data": extract.kind_of_data, "extract": extract.pk})
    return f"{reverse(f'disruptions:{name}')}?{query}"


@dataclass(frozen=True)
class Effect:
    """One field that an extract changed on one record; ``change`` says on which, and by which row of the file."""

    change: Change
    difference: Difference


def effects(changes: Iterable[Change]) -> Iterator[Effect]:
    """Field by field, without those that only say where the values come from."""
    for change in changes:
        for difference in change.differences:
            if difference.field not in PROVENANCE:
                yield Effect(change, difference)


CHANGE_COLUMNS = (
    Column("record", "Record", lambda effect: effect.change.title, lambda effect: effect.change.url),
    Column("kind", "Added or changed", lambda effect: str(effect.change.kind.label), wide_only=True),
    Column("field", "Field", lambda effect: effect.difference.field),
    Column("before", "Before", lambda effect: effect.difference.before),
    Column("after", "After", lambda effect: effect.difference.after),
    Column("from", "Read from", lambda effect: effect.change.reason, wide_only=True),
)


def added_columns(contents: str) -> tuple[Column, ...]:
    """The columns of the rows that an extract added, as they were then."""
    columns = [Column("extract_line", "Row of the file", itemgetter("extract_line"))]
    columns += (
        Column(each.path, each.heading, lambda row, each=each: each.word(row[each.path]))
        for each in columns_added(contents)
    )
    if contents == ExtractContents.THREATS:
        types = dict(ThreatType.words())
        columns.append(Column("first_type", "Type when first named", lambda row: types.get(row["first_type"])))
    return tuple(columns)


# Extracts of the national database: what was loaded, when, and by whom.


FIRST_EFFECTS = 20
"""So much of what an extract changed is shown on its page; its file holds all."""


class ExtractList(RecordList):
    title = "Extracts"
    template_name = "disruptions/extract_list.html"
    filterset_class = ExtractFilter
    columns = EXTRACT_COLUMNS
    on_page = ("file_name", "contents", "as_at", "loaded_at", "loaded_by", "added", "changed", "refused", "missing")
    order = ("-as_at", "-pk")

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        return Extract.objects.visible_to(user).select_related("loaded_by")

    def context(self) -> dict[str, Any]:
        return super().context() | {"may_load": rules.has_perm("disruptions.load_extract", self.request.user)}


class ExtractPage(DetailPage):
    permission = "disruptions.read_record"
    template_name = "disruptions/extract_detail.html"
    context_object_name = "extract"
    parents = (("Extracts", "disruptions:extract_list"),)

    def get_queryset(self) -> QuerySet:
        return Extract.objects.visible_to(self.request.user).select_related("loaded_by")

    def facts(self) -> dict[str, Any]:
        return {
            "summary": extract_summary(self.object),
            "rows_url": rows_url(self.object),
            "changes": changes_of(self.object),
            "effects": list(islice(effects(changes_made(self.object)), FIRST_EFFECTS)),
            "effect_columns": CHANGE_COLUMNS,
            "first_effects": FIRST_EFFECTS,
        }


class ExtractFile(ReportPage):
    """What an extract did to the record, all of it, as a file."""

    permission = "disruptions.read_record"

    @cached_property
    def extract(self) -> Extract:
        return get_object_or_404(Extract.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def list_reports(self) -> Makers:
        extract = self.extract

        def report(effect: str, columns: tuple[Column, ...], rows: Iterable[Any]) -> Report:
            return Report(
                slug=effect,
                filename=f"extract-{extract.pk}-{effect}",
                title=f"{effect.capitalize()} by {extract.file_name}",
                filter=f"Extract {extract.pk}",
                kind_of_data=extract.kind_of_data,
                as_at=extract.as_at.isoformat(),
                columns=columns,
                rows=rows,
            )

        return {
            "added": lambda: report("added", added_columns(extract.contents), rows_added(extract)),
            "changed": lambda: report("changed", CHANGE_COLUMNS, effects(changes_made(extract))),
        }
