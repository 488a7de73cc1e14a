"""A table with all that its file says of it: the rows of a list or of a report, as CSV, XLSX or JSON."""

import json
from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now

from soc_tracker.core.access.markings import marking_of_kind
from soc_tracker.core.lists.columns import Column, in_files
from soc_tracker.core.lists.exports import Preamble, csv_response, xlsx_response
from soc_tracker.core.records.states import name_of
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

DATA_ONLY = "data"
FORMS = ("", DATA_ONLY)
"""With what a file says of itself above its rows, or without."""
KIND_OF_DATA = "Kind of data"


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under columns. ``slug`` names its files unless ``filename`` does; ``subject`` is whom it is about.

    ``filter`` says what the rows were narrowed to, ``as_at`` the day, or days, of which they are; ``marking`` is the
    highest that they bear.
    """

    slug: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Any]
    kind_of_data: str
    subject: str = ""
    filter: str = ""
    as_at: str = ""
    marking: str = ""
    filename: str = ""

    def preamble(self, user: Any) -> Preamble:
        """What its files say of it, made by the user now."""
        return Preamble(
            title=f"{self.subject}: {self.title}" if self.subject else self.title,
            filter=self.filter or "No filter",
            kind_of_data=self.kind_of_data,
            as_at=self.as_at,
            made_at=now(),
            made_by=name_of(user),
            marking=self.marking or marking_of_kind(self.kind_of_data),
        )

    def record_export(self, suffix: str, user: Any) -> None:
        """What somebody takes away stands on the trail before they have it."""
        if not user.is_authenticated:
            return
        about, rows = self.preamble(user), self.rows
        record_event(
            Kind.EXPORT,
            by=user,
            subject=about.title,
            rows=rows.count() if isinstance(rows, QuerySet) else len(rows) if isinstance(rows, Sized) else None,
            filter=about.filter,
            kind_of_data=about.kind_of_data,
            as_at=about.as_at,
            format=suffix,
        )

    def file(self, suffix: str, user: Any, *, form: str = "") -> HttpResponseBase:
        """The table as a download, made by the user now.

        In the form ``DATA_ONLY`` a spreadsheet's first row has the headings, for programs; the kind of data, which else
        stands above, is in a column.
        """
        columns, preamble = in_files(self.columns), self.preamble(user)
        self.record_export(suffix, user)
        if form != DATA_ONLY or suffix not in SPREADSHEETS:
            return FORMATS[suffix](self.filename or self.slug, columns, self.rows, preamble)
        if KIND_OF_DATA not in [column.heading for column in columns]:
            columns = (*columns, Column("kind_of_data", KIND_OF_DATA, lambda row: self.kind_of_data))
        return SPREADSHEETS[suffix](self.filename or self.slug, columns, self.rows, None)


def json_response(filename: str, columns: tuple[Column, ...], rows: Iterable[Any], preamble: Preamble) -> HttpResponse:
    """What a program reads: what the table is about, its columns, and each row by their keys; null for what is missing.

    Days are ISO; decimals are texts, so that none loses a digit.
    """
    about = {label.lower().replace(" ", "_"): text for label, text in preamble.lines()}
    table = {
        **about,
        "columns": [{"key": column.key, "heading": column.heading} for column in columns],
        "rows": [{column.key: column.value(row) for column in columns} for row in rows],
    }
    return HttpResponse(json.dumps(table, cls=DjangoJSONEncoder), content_type="application/json")


SPREADSHEETS: dict[str, Callable[..., HttpResponseBase]] = {"csv": csv_response, "xlsx": xlsx_response}
FORMATS: dict[str, Callable[..., HttpResponseBase]] = {**SPREADSHEETS, "json": json_response}
"""By the ending of a file's name."""
