"""A report: one table with the sentence that sums it up and, where there is one, the chart that draws it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from soc_tracker.core.lists.columns import html_of_rows, in_files
from soc_tracker.core.lists.tables import FORMATS, Table

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

    def file(self, suffix: str, user: Any, *, form: str = "") -> HttpResponseBase:
        """As of any table; or the chart with its sentence, its numbers and what a file says of itself: ValueError for
        what Plotly refuses.
        """
        if suffix != INTERACTIVE or not self.figure:
            return super().file(suffix, user, form=form)
        import plotly.graph_objects

        self.record_export(suffix, user)
        columns, about = in_files(self.columns), self.preamble(user)
        plot = plotly.graph_objects.Figure(self.figure).to_html(full_html=False, include_plotlyjs=True)
        page = format_html(
            PAGE,
            title=about.title,
            style=STYLE,
            sentence=self.sentence,
            plot=mark_safe(plot),  # Plotly's own: it escapes what may end a script
            headings=format_html_join("", '<th scope="col">{}</th>', ((column.heading,) for column in columns)),
            rows=html_of_rows([replace(column, link=None) for column in columns], tuple(self.rows)),
            about=format_html_join("", "<dt>{}</dt><dd>{}</dd>", about.lines()),
        )
        headers = {"Content-Disposition": f'attachment; filename="{self.filename or self.slug}.html"'}
        return HttpResponse(page, content_type="text/html; charset=utf-8", headers=headers)

    @property
    def is_drawn(self) -> bool:
        """Whether its chart has a number to draw: an axis without any says less than the sentence."""
        traces = self.figure["data"] if self.figure else ()
        values = [value for trace in traces for axis in "xy" for value in trace[axis]]
        return any(value is not None and not isinstance(value, str) for value in values)


# How the sentence of a report names several things.


def listing(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def several(number: int, one: str, many: str = "") -> str:
    """ "1 finding", "2 findings"; ``many`` where the plural is not formed with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


MOST_IN_A_SENTENCE = 3


def first_of(words: list[str], *, where: str = "in the table") -> str:
    """The first few as a listing, and how many more there are to be found."""
    more = len(words) - MOST_IN_A_SENTENCE
    return listing(words if more <= 0 else [*words[:MOST_IN_A_SENTENCE], f"{more:,} more {where}"])


# A chart as a file of its own that can be explored without the site: made with Plotly, loaded only then. A downloaded
# page is not under the site's content security policy, so it may carry its script with it.


STYLE = """body { font-family: system-ui, sans-serif; margin: 2rem; max-width: 70rem }
table { border-collapse: collapse }
caption { text-align: left; font-weight: bold; padding: 1rem 0 .5rem }
th, td { padding: .2rem .8rem .2rem 0; text-align: left; border-bottom: 1px solid #b1b4b6; vertical-align: top }
.govuk-table__cell--numeric { text-align: right }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; color: #484949 }
dd { margin: 0 }"""
PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><main><h1>{title}</h1><p>{sentence}</p><dl>{about}</dl>{plot}
<table><caption>The numbers behind this chart</caption>
<thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table></main></body>
</html>"""
