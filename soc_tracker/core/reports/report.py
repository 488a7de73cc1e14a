"""A report: one table with the sentence that sums it up and, where there is one, the chart that draws it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http.response import HttpResponseBase

from soc_tracker.core.lists.columns import in_files
from soc_tracker.core.lists.tables import FORMATS, Table
from soc_tracker.core.reports.interactive import html_response

INTERACTIVE = "html"
"""The ending of a chart as a file of its own."""
Figure = dict[str, Any]
"""A chart in Plotly's format; the browser draws it, so the server needs no Plotly."""

PUBLISHED = "published"
"""The kind of data of what a named document says; the record has kinds of its own."""


@dataclass(frozen=True, kw_only=True)
class Report(Table):
    """``sentence`` says what the table shows and stands for it where nothing is drawn; ``notes`` follow it.

    ``none`` stands where there is no row. ``urls`` are the addresses of its files by their kind: a page fills them in.
    """

    sentence: str = ""
    figure: Figure | None = None
    notes: tuple[str, ...] = ()
    none: str = "No records. That is not the same as none."
    urls: Mapping[str, str] = field(default_factory=dict)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of its files: a chart is a file too."""
        return (*FORMATS, INTERACTIVE) if self.is_drawn else tuple(FORMATS)

    def file(self, suffix: str, user: Any) -> HttpResponseBase:
        if suffix != INTERACTIVE or not self.figure:
            return super().file(suffix, user)
        return html_response(
            self.filename or self.slug,
            in_files(self.columns),
            tuple(self.rows),
            self.preamble(user),
            figure=self.figure,
            sentence=self.sentence,
        )

    @property
    def is_drawn(self) -> bool:
        """Whether its chart has a number to draw: an axis without any says less than the sentence."""
        traces = self.figure["data"] if self.figure else ()
        values = [value for trace in traces for axis in "xy" for value in trace[axis]]
        return any(value is not None and not isinstance(value, str) for value in values)
