"""The building blocks of pages: each tag draws one component of ``templates/components/``.

Load with ``{% load soc %}``.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.contrib.auth.models import User
from django.db.models import Model
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from soc_tracker.core.access.roles import Role, is_administrator
from soc_tracker.core.accounts.reaches import reach_in_words, with_reaches
from soc_tracker.core.accounts.services import NONE
from soc_tracker.core.accounts.signin import FORCE_ANALYST, SECOND_OFFICER
from soc_tracker.core.lists.columns import Column, escape, html_of_rows, in_page_words, tag_html
from soc_tracker.core.lists.filters import JUMP, PAGE_TOKENS, StrictFilterSet, address
from soc_tracker.core.lists.lookups import Lookups
from soc_tracker.core.lists.paging import KeysetPage
from soc_tracker.core.lists.tables import DATA_ONLY
from soc_tracker.core.reports import Report
from soc_tracker.core.text.days import Precision, in_words

register = template.Library()

KINDS_OF_DATA = {
    "published": "Published",
    "recorded": "Recorded",
    "illustrative": "Illustrative",
}
ROWS_ON_A_PHONE = 20
"""The same number stands in the styles of tables."""
# More choices than this fold into a disclosure, so that a panel or form stays short.
CHOICES_SHOWN = 6


@register.filter
def uk_date(value: date | datetime | str | None, precision: str = Precision.DAY) -> str:
    """4 January 2023, with the time where there is one; text is passed through, None is "not stated"."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return in_words(value, precision)
    return in_page_words(value)


thousands = register.filter("thousands", in_page_words)
"""1,234 or 1,234.5; None is "not stated", never 0."""
tag = register.simple_tag(tag_html, name="tag")
"""A GOV.UK tag in one of its colours (green, teal, blue, purple, magenta, red, orange, yellow, grey)."""


@register.simple_tag
def marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """A text in pieces, with those marked that were searched for: see lib/folding."""
    texts = ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in pieces)
    return format_html_join("", "{}", texts)


@register.inclusion_tag("components/kind_of_data.html")
def kind_of_data(kind: str) -> dict[str, Any]:
    """A badge for one of the kinds of data: published, recorded or illustrative."""
    return {"kind": kind, "text": KINDS_OF_DATA.get(kind, str(kind).capitalize())}


@register.inclusion_tag("components/data_table.html")
def data_table(
    columns: Sequence[Column], rows: Iterable[Any], caption: str, none: str = "None.", folded: bool = False
) -> dict[str, Any]:
    """A table of the columns of lib/tables that turns into cards on a phone; ``none`` stands where there is no row.

    The first column heads its row. The caption is for screen readers: put a heading above. ``folded`` rows show four
    lines at most on a phone, and the rest at a touch; so do all rows after the first ``ROWS_ON_A_PHONE``.
    """
    every = list(rows)
    return {
        "columns": columns,
        "body": html_of_rows(columns, every, folded=folded),
        "further": max(0, len(every) - ROWS_ON_A_PHONE) if folded else 0,
        "caption": caption,
        "none": none,
    }


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[tuple]) -> dict[str, Any]:
    """Pairs (label, value) or (label, value, url); a value of None or "" is shown as "not stated"."""
    lines = []
    for label, value, *url in rows:
        missing = value is None or value == ""
        words = value if isinstance(value, SafeString) else in_page_words(value)
        lines.append({"label": label, "value": words, "url": "" if missing else "".join(url), "missing": missing})
    return {"rows": lines}


@register.inclusion_tag("components/source_ref.html")
def source_ref(fact: Any) -> dict[str, Any]:
    """Where a fact comes from: anything with ``source`` (a document) and ``locator`` (the place in it).

    Below it, its ``citations``: further documents that speak of it, each with what it says and how it puts it.
    """
    return {"source": fact.source, "locator": fact.locator, "citations": fact.citations.select_related("source")}


@register.simple_tag
def demo_roles() -> list[dict[str, str]]:
    """The accounts that a demonstration lets anyone sign in as, with what each does, and whose record it sees."""
    signs = "Of the same force as the first: signs the plans that the first has written, and the other way round."
    counts = "Does what the analyst does, for one force: shows what is seen of others, and what is not."
    roles = [
        *((role.value, role.label, role.does) for role in Role),
        (SECOND_OFFICER, "Second lead responsible officer", signs),
        (FORCE_ANALYST, "Analyst of one force", counts),
    ]
    accounts: dict[str, Any] = {each.username: each for each in with_reaches(User.objects.prefetch_related("groups"))}
    reaches = {name: reach_in_words(account, account.reaches_now) for name, account in accounts.items()}
    return [
        {"value": name, "label": label, "does": does, "reach": reaches.get(name, NONE)} for name, label, does in roles
    ]


@register.simple_tag
def roles_in_words() -> str:
    """The roles that an account may be given."""
    *first, last = [role.label.lower() for role in Role]
    return f"{', '.join(first)} and {last}"


@register.simple_tag
def nothing(text: str) -> SafeString:
    """A line that says there is nothing to show. (Not named "empty": a loop takes that for its own.)"""
    return format_html('<p class="govuk-body soc-nothing">{}</p>', text)


CONTROLS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (forms.RadioSelect, "radios", "govuk-radios__input"),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.Select, "select", "govuk-select"),
    (Lookups, "textarea", "govuk-textarea"),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.Widget, "input", "govuk-input"),
)
"""Kinds of control and their dress, the first that a widget is of."""
[(_, BLANK)] = BLANK_CHOICE_DASH
"""What Django offers for no choice at all: no word, to a reader and to a screen reader."""


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One form field with label, hint, problem and control in GOV.UK dress."""
    widget = bound.field.widget
    kind, css = next((kind, css) for known, kind, css in CONTROLS if isinstance(widget, known))
    widget.attrs["class"] = css
    if kind in ("checkboxes", "radios"):
        items = []  # in one piece: Django would render a template for each
        for choice in bound.subwidgets:
            data = choice.data
            box = f'type="{data["type"]}" name="{escape(data["name"])}" value="{escape(str(data["value"]))}"'
            items.append(
                f'<div class="govuk-{kind}__item"><input {box}{flatatt(data["attrs"])}>'
                f'<label class="govuk-label govuk-{kind}__label" for="{escape(choice.id_for_label)}">'
                f"{escape(str(data['label']))}</label></div>"
            )
        choices = f'<div class="govuk-{kind} govuk-{kind}--small">{"".join(items)}</div>'
        return {"field": bound, "kind": kind, "choices": mark_safe(choices)}  # all texts are escaped
    blank = "Choose" if bound.field.required else "Nothing chosen"
    control = mark_safe(str(bound).replace(f">{BLANK}</option>", f">{blank}</option>"))  # what Django has drawn
    return {"field": bound, "kind": kind, "control": control}


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """What the title of a page begins with when it answers a form that was refused."""
    return "Error: " if _refused_forms(context) else ""


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def page_errors(context: template.Context) -> dict[str, Any]:
    """Everything that is wrong with the forms of a page, each with a link to its field; nothing where all is well."""
    problems = []
    for form in _refused_forms(context):
        for name, messages in form.errors.items():
            # Nobody would see what stands beside a hidden field.
            bound = form[name] if name in form.fields and not form[name].is_hidden else None
            target = (bound.id_for_label or f"{bound.auto_id}_0") if bound else ""
            problems += [{"message": message, "target": target} for message in messages]
    return {"problems": problems}


def _refused_forms(context: template.Context) -> list[forms.BaseForm]:
    """The forms of a page, one by one or in a mapping by name, that were sent and are not right."""
    if context["request"].method != "POST":
        return []
    values: list[Any] = list(context.flatten().values())
    together = [each for value in values for each in (value.values() if isinstance(value, dict) else [value])]
    sent = {id(each): each for each in together if isinstance(each, forms.BaseForm) and each.is_bound}
    return [form for form in sent.values() if form.errors]


@register.inclusion_tag("components/admin_link.html", takes_context=True)
def admin_link(context: template.Context, record: Model) -> dict[str, Any]:
    """Where a record is edited with a reason, for those who may; nothing for everybody else."""
    opts = record._meta
    may_enter = is_administrator(context["request"].user)
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk]) if may_enter else ""
    return {"record": record, "url": url}


@register.inclusion_tag("components/filter_panel.html", takes_context=True)
def filter_panel(context: template.Context, filterset: StrictFilterSet) -> dict[str, Any]:
    """The problems, chips and form of a list's filters. The form sends GET to the present address."""
    request = context["request"]
    offered = []
    for bound in filterset.form.visible_fields():
        control: Any = bound.field
        # Some lists have no record yet to choose from.
        if not isinstance(control, forms.MultipleChoiceField) or control.choices:
            offered.append({"bound": bound, "folded": is_folded(bound), "open": bool(bound.data)})
    return {
        "filter": filterset,
        "fields": offered,
        "action": request.path,
        "sort": request.GET.get("sort", ""),
    }


@register.filter
def is_folded(bound: BoundField) -> bool:
    """Whether a field has so many checkboxes that they fold into a disclosure."""
    control: Any = bound.field
    return isinstance(control.widget, forms.CheckboxSelectMultiple) and len(control.choices) > CHOICES_SHOWN


@register.simple_tag
def count_in_words(page: KeysetPage) -> str:
    """How many rows there are in all, and how many of them are shown."""
    here = len(page.rows)
    return f"{page.total:,} in all" if here == page.total else f"{here:,} shown of {page.total:,}"


@register.inclusion_tag("components/export_links.html", takes_context=True)
def export_links(context: template.Context) -> dict[str, Any]:
    """Links to the CSV and XLSX of exactly the present list, all its pages."""
    query = context["request"].GET
    return {
        f"{kind}{form and '_data'}": address(
            query, without=[*PAGE_TOKENS, JUMP, "form"], format=kind, **({"form": form} if form else {})
        )
        for kind in ("csv", "xlsx")
        for form in ("", DATA_ONLY)
    }


FILES = {"csv": "CSV", "xlsx": "Excel (XLSX)", "html": "Interactive chart (HTML)"}


@register.inclusion_tag("components/report.html")
def report(report: Report, level: int = 3) -> dict[str, Any]:
    """A report: heading, sentence, kind of data, chart, the same numbers as a table, and their files.

    ``level`` is that of the heading. Where there is a chart, the page must also set
    ``{% block scripts %}{% include "components/chart_scripts.html" %}{% endblock %}``.
    """
    return {
        "report": report,
        "files": [(words, report.urls[suffix]) for suffix, words in FILES.items() if suffix in report.urls],
        "data_only": f"{url}{'&' if '?' in url else '?'}form={DATA_ONLY}" if (url := report.urls.get("csv")) else "",
        "level": level,
        "size": "m" if level < 3 or report.is_drawn else "s",
        "place": f"report-{report.slug}",
    }
