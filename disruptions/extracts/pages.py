"""The list of extracts, the page of one, and the file of what it added and changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

import rules
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View

from disruptions.choices import ExtractContents, ThreatType
from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS
from disruptions.extracts.forms import ExtractFilter, MendedForm, UploadForm
from disruptions.extracts.models import Extract, Upload
from disruptions.extracts.queries import changes_made, columns_added, rows_added
from disruptions.resemblances.queries import list_resemblances
from disruptions.standpoint.pages import RecordList
from disruptions.tasks import WORK
from disruptions.withdrawals.queries import count_to_withdraw, lacking, later_than
from soc_tracker.core.access.models import Sight, sight_of
from soc_tracker.core.imports.uploads import pages as uploads_pages
from soc_tracker.core.imports.uploads.templates import csv_template, workbook_template
from soc_tracker.core.lists.columns import Column, in_page_words
from soc_tracker.core.records.history import Change, Difference, changes_of
from soc_tracker.core.records.pages import DetailPage
from soc_tracker.core.records.states import name_of
from soc_tracker.core.reports import Makers, Report, ReportPage

COMMAND_LINE = "the command line"
HOLDS = {True: "All records of its bodies and days", False: "Only some of the records"}
FIELDS_OF_PROVENANCE = ("Extract", "Extract line")
"""Fields of a record that say where its values come from: every change by an extract moves them."""


def loaded_by(extract: Extract) -> str:
    """Who loaded it; extracts loaded by a command of the server have no account behind them."""
    user = extract.loaded_by
    return name_of(user) if user else COMMAND_LINE


def provenance(extract: Extract | None, line: int | None, sight: Sight) -> tuple[str, str]:
    """The extract, with its row, that values came with, and its page where it is in sight; or that they were entered
    here.
    """
    if not extract:
        return "Entered on this site", ""
    row = f", row {line:,}" if line else ""
    url = extract.get_absolute_url() if sight.everything or not extract.of_every_body else ""
    return f"{extract.file_name}{row}, as at {in_page_words(extract.as_at)}", url


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
    Column(
        "missing",
        "Missing from it",
        lambda extract: extract.rows_missing if extract.is_complete or extract.rows_missing else None,
        numeric=True,
        api=("rows_missing",),
    ),
    Column("is_complete", "What it holds", lambda extract: HOLDS[extract.is_complete]),
    Column("undone_at", "Undone", lambda extract: extract.undone_at),
    Column("id", "Number", lambda extract: extract.pk, numeric=True),
    Column("sha256", "SHA-256", lambda extract: extract.sha256),
)


@dataclass(frozen=True)
class Effect:
    """One field that an extract changed on one record; ``change`` says on which, and by which row of the file."""

    change: Change
    difference: Difference


def effects(changes: Iterable[Change]) -> Iterator[Effect]:
    """Field by field, without those that only say where the values come from."""
    for change in changes:
        for difference in change.differences:
            if difference.field not in FIELDS_OF_PROVENANCE:
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


MISSING_COLUMNS = (
    Column("reference", "Reference", lambda row: row.reference, lambda row: row.get_absolute_url()),
    Column("organisation", "Organisation", lambda row: row.organisation.name),
    Column("threat", "Threat", lambda row: str(row.threat), wide_only=True),
    Column("activity_date", "Date of activity", lambda row: row.activity_date),
    Column("added_date", "Added", lambda row: row.added_date),
    Column("withdrawn", "Withdrawn from", lambda row: row.withdrawn_on or "still on record"),
)
"""Of disruptions that an extract lacks."""

ALIKE_COLUMNS = (
    Column("line", "Row of the file", lambda pair: pair.disruption.extract_line, numeric=True, wide_only=True),
    Column("new", "New", lambda pair: pair.disruption.reference, lambda pair: pair.disruption.get_absolute_url()),
    Column("other", "May be", lambda pair: pair.other.reference, lambda pair: pair.other.get_absolute_url()),
    Column("organisation", "Organisation", lambda pair: pair.disruption.organisation.name, wide_only=True),
    Column("threat", "Threat", lambda pair: pair.disruption.threat.reference),
    Column("activity_date", "Date of activity", lambda pair: pair.disruption.activity_date),
    Column("likeness", "Likeness of summaries (of 100)", lambda pair: pair.likeness, numeric=True),
    Column("summary", "Summary of the new", lambda pair: pair.disruption.summary, wide_only=True),
    Column("of_other", "Summary of the other", lambda pair: pair.other.summary, wide_only=True),
)
"""Of disruptions that may be one under two references."""

# Extracts of the national database: what was loaded, when, and by whom.


FIRST_EFFECTS = 20
"""So much of what an extract changed is shown on its page; its file holds all."""


class ExtractList(RecordList):
    title = "Extracts"
    template_name = "disruptions/extract_list.html"
    filterset_class = ExtractFilter
    columns = EXTRACT_COLUMNS
    on_page = (
        *("file_name", "contents", "as_at", "loaded_at", "loaded_by"),
        *("added", "changed", "refused", "missing", "undone_at"),
    )
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
        return Extract.objects.visible_to(self.request.user).select_related("loaded_by", "part_of")

    def facts(self) -> dict[str, Any]:
        extract = self.object
        summary = [
            (f"Rows {each.heading.lower()}" if each.numeric else each.heading, each.value(extract))
            for each in EXTRACT_COLUMNS
            if each.key not in ("file_name", "id", "undone_at")
        ]
        # The list of what the record now has from the extract.
        name = "threat_list" if extract.contents == ExtractContents.THREATS else "disruption_list"
        query = urlencode({"data": extract.kind_of_data, "extract": extract.pk})
        user, sight = self.request.user, sight_of(self.request.user)
        newest = Extract.objects.visible_to(user).in_force().alike(extract).order_by("-pk").first()
        alike = list(list_resemblances(extract).visible_to(user)) if extract.rows_added else []
        missing = lacking(extract).visible_to(user)[:FIRST_EFFECTS] if extract.rows_missing else ()
        return {
            "summary": summary,
            "newest": newest,
            "alike": alike[:FIRST_EFFECTS],
            "alike_count": len(alike),
            "alike_columns": ALIKE_COLUMNS,
            "missing": missing,
            "missing_columns": MISSING_COLUMNS,
            "to_withdraw": 0 if later_than(extract).exclude(part_of=extract).exists() else count_to_withdraw(extract),
            "may_load": rules.has_perm(MAY_LOAD, user),
            "rows_url": f"{reverse(f'disruptions:{name}')}?{query}",
            "changes": changes_of(extract),
            "effects": list(islice(effects(changes_made(extract, sight)), FIRST_EFFECTS)),
            "effect_columns": CHANGE_COLUMNS,
            "first_effects": FIRST_EFFECTS,
        }


class ExtractFile(ReportPage):
    """What an extract did to the record and what it lacks, all of it, as a file."""

    permission = "disruptions.read_record"

    def list_reports(self) -> Makers:
        user, sight = self.request.user, sight_of(self.request.user)
        extract = get_object_or_404(Extract.objects.visible_to(user), pk=self.kwargs["pk"])

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
            "added": lambda: report("added", added_columns(extract.contents), rows_added(extract, sight)),
            "changed": lambda: report("changed", CHANGE_COLUMNS, effects(changes_made(extract, sight))),
            "alike": lambda: report("alike", ALIKE_COLUMNS, list_resemblances(extract).visible_to(user)),
            "missing": lambda: report(
                "missing", MISSING_COLUMNS, lacking(extract).visible_to(user).iterator(chunk_size=2_000)
            ),
        }


# Extracts on their way into the record: chosen, checked, looked at, accepted or given up.


UPLOAD_COLUMNS = (
    uploads_pages.FILE,
    Column("contents", "Contents", lambda upload: upload.get_contents_display()),
    uploads_pages.STAGE,
    uploads_pages.SENT_BY,
    uploads_pages.SENT_AT,
)


SECTION = (("Extracts", "disruptions:extract_list"),)
MAY_LOAD = "disruptions.load_extract"
READ = "disruptions.read_record"  # the files of others do not exist


COLUMNS_OF = {ExtractContents.DISRUPTIONS: DISRUPTION_COLUMNS, ExtractContents.THREATS: THREAT_COLUMNS}
READ_COLUMNS = (
    Column("heading", "Column", lambda column: column.files[0]),
    Column("others", "Also understood", lambda column: ", ".join(column.files[1:]) or "no other heading"),
    Column("expected", "What a cell holds", lambda column: column.holds),
    Column("required", "Must be there", lambda column: "Yes" if column.required else "No"),
)


class UploadTemplate(View):
    """An empty file with the headings of disruptions or threats, as CSV or as a workbook."""

    permission = MAY_LOAD

    def get(self, request: HttpRequest, contents: str, form: str) -> HttpResponse:
        if contents not in COLUMNS_OF or form not in ("csv", "xlsx"):
            raise Http404("There is no such template.")
        headings = [column.files[0] for column in COLUMNS_OF[ExtractContents(contents)]]
        if form == "csv":
            return csv_template(contents, headings)
        return workbook_template(contents, {contents: headings}, as_text=True)


class UploadNew(uploads_pages.UploadNew):
    work, parents, permission = WORK, SECTION, MAY_LOAD
    form_class = UploadForm
    template_name = "disruptions/upload_form.html"
    columns = UPLOAD_COLUMNS

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": self.today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = [(str(contents.label), contents.value, columns) for contents, columns in COLUMNS_OF.items()]
        return super().get_context_data(**kwargs) | {"read_columns": READ_COLUMNS, "forms_of_files": forms}


class UploadMended(uploads_pages.UploadNew):
    """Takes the refused rows of an upload back."""

    work, parents, permission = WORK, SECTION, MAY_LOAD
    form_class = MendedForm
    template_name = "disruptions/upload_mended.html"
    columns = UPLOAD_COLUMNS

    @cached_property
    def first(self) -> Upload:
        uploads = self.visible().select_related("extract").filter(errors__gt="")
        first: Upload = get_object_or_404(uploads, token=self.kwargs["token"])
        return first

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"first": self.first}


class UploadPage(uploads_pages.UploadPage):
    work, parents, permission = WORK, SECTION, READ

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("extract", "part_of")

    def facts(self) -> dict[str, Any]:
        upload = self.object
        rows: list[tuple[Any, ...]] = [
            ("Contents", upload.get_contents_display()),
            ("As at", upload.as_at or "asked for in the check"),
            ("What it holds", HOLDS[upload.is_complete]),
        ]
        if upload.part_of:
            rows.append(("Mended rows of", upload.part_of.file_name, upload.part_of.get_absolute_url()))
        rows += uploads_pages.summary(upload)
        if upload.extract:
            rows.append(("Extract", f"Number {upload.extract.pk}", upload.extract.get_absolute_url()))
        lines, outcome = [], upload.outcome  # what the reader should know before deciding
        if outcome.get("loaded_before"):
            day = in_page_words(date.fromisoformat(outcome["loaded_before"]))
            lines.append(f"The same file was loaded on {day}.")
        if outcome.get("crime_types"):
            lines.append(f"Crime types that are new: {', '.join(outcome['crime_types'])}.")
        return super().facts() | {
            "mend_url": upload.step_url("mend") if rules.has_perm(MAY_LOAD, self.request.user) else "",
            "caption": f"Upload of {upload.get_contents_display().lower()}",
            "summary": rows,
            "notes": lines,
            "ended": ("See the extract", upload.extract.get_absolute_url()) if upload.extract else (),
        }


class UploadErrors(uploads_pages.UploadErrors):
    work, parents, permission = WORK, SECTION, READ


class UploadStep(uploads_pages.UploadStep):
    work, parents, permission = WORK, SECTION, MAY_LOAD
