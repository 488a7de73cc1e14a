"""A report's chart as a file of its own that can be explored without the site: made with Plotly, loaded only then.

A downloaded page is not under the site's content security policy, so it may carry its script with it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from soc_tracker.core.lists.columns import Column, html_of_rows
from soc_tracker.core.lists.exports import Preamble

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


def html_response(
    filename: str,
    columns: Sequence[Column],
    rows: Sequence[Any],
    preamble: Preamble,
    *,
    figure: dict[str, Any],
    sentence: str,
) -> HttpResponse:
    """The chart, its sentence, its numbers and what a file says of itself; ValueError for what Plotly refuses."""
    import plotly.graph_objects

    plot = plotly.graph_objects.Figure(figure).to_html(full_html=False, include_plotlyjs=True)
    page = format_html(
        PAGE,
        title=preamble.title,
        style=STYLE,
        sentence=sentence,
        plot=mark_safe(plot),  # Plotly's own: it escapes what may end a script
        headings=format_html_join("", '<th scope="col">{}</th>', ((column.heading,) for column in columns)),
        rows=html_of_rows([replace(column, link=None) for column in columns], rows),
        about=format_html_join("", "<dt>{}</dt><dd>{}</dd>", preamble.lines()),
    )
    headers = {"Content-Disposition": f'attachment; filename="{filename}.html"'}
    return HttpResponse(page, content_type="text/html; charset=utf-8", headers=headers)
