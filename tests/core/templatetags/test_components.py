"""Tags that draw a component: tables, lists, charts, forms, the map."""

import json
import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.safestring import mark_safe

from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.paging import KeysetPage
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import Series, bars
from soc_tracker.core.templatetags.soc import ROWS_ON_A_PHONE

COLUMNS = (
    Column("name", "Body", lambda row: row["name"], link=lambda row: row["url"]),
    Column("grade", "Grade", lambda row: row["grade"], tag=lambda row: "teal"),
    Column("threats", "Threats", lambda row: row["threats"], numeric=True, wide_only=True),
)
ROWS = (
    {"name": "Cheshire <b>", "url": "/forces/cheshire/", "grade": "Adequate", "threats": 1118},
    {"name": "Cumbria", "url": "", "grade": None, "threats": 0},
)
CHART = Report(
    slug="threats",
    title="Threats by body",
    sentence="Cheshire has the most.",
    kind_of_data="published",
    columns=COLUMNS,
    rows=ROWS,
    figure=bars(ROWS, lambda row: row["name"], Series("Threats", lambda row: row["threats"]), axis="Threats"),
)


def test_table(draw):
    drawn = draw("{% data_table columns rows 'Bodies' %}", columns=COLUMNS, rows=ROWS)
    assert '<a class="govuk-link" href="/forces/cheshire/">Cheshire &lt;b&gt;</a></th>' in drawn
    assert '<strong class="govuk-tag govuk-tag--teal">Adequate</strong>' in drawn
    assert 'data-heading="Threats"' in drawn
    assert 'class="govuk-table__cell govuk-table__cell--numeric soc-wide-only">1,118</td>' in drawn
    assert re.findall(r'<caption class="govuk-visually-hidden">(.*?)</caption>', drawn) == ["Bodies"]
    assert drawn.count("<tr") == 1 + len(ROWS)


def test_table_tells_missing_from_zero(draw):
    drawn = draw("{% data_table columns rows 'Bodies' %}", columns=COLUMNS, rows=ROWS[1:])
    assert ">0</td>" in drawn
    assert ">not stated</" in drawn


def test_table_reads_rows_that_can_be_read_once(draw):
    assert draw("{% data_table columns rows 'Bodies' %}", columns=COLUMNS, rows=iter(ROWS)).count("<tr") == 3


def test_table_without_rows_says_so(draw):
    drawn = draw("{% data_table columns rows 'Bodies' 'No body matches.' %}", columns=COLUMNS, rows=[])
    assert "<table" not in drawn
    assert "No body matches." in drawn


def test_a_long_table_of_folded_rows_offers_the_others_on_a_phone(draw):
    table = "{% data_table columns rows 'Bodies' folded=True %}"
    assert "soc-further" not in draw(table, columns=COLUMNS, rows=[ROWS[0]] * ROWS_ON_A_PHONE)
    assert "2 more rows of this page" in draw(table, columns=COLUMNS, rows=[ROWS[0]] * (ROWS_ON_A_PHONE + 2))
    whole = draw("{% data_table columns rows 'Bodies' %}", columns=COLUMNS, rows=[ROWS[0]] * 60)
    assert "soc-further" not in whole


def test_styles_fold_the_same_number_of_rows():
    styles = (settings.BASE_DIR / "static" / "src" / "_tables.scss").read_text()
    assert f".govuk-table__row:nth-child(n + {ROWS_ON_A_PHONE + 1})" in styles


def test_summary_list(draw):
    rows = [("Region", "North <West>", "/regions/nw/"), ("Officers", 2345), ("Since", date(2012, 1, 1)), ("Note", None)]
    drawn = draw("{% summary_list rows %}", rows=[*rows, ("Grade", mark_safe("<b>Good</b>"))])
    assert '<a class="govuk-link" href="/regions/nw/">North &lt;West&gt;</a>' in drawn
    assert "2,345" in drawn
    assert "1 January 2012" in drawn
    assert '<span class="soc-missing">not stated</span>' in drawn
    assert "<b>Good</b>" in drawn


def test_timeline(draw):
    events = [
        SimpleNamespace(when=date(2023, 11, 1), title="Adequate", text="Five grades", url="/gradings/1/"),
        SimpleNamespace(when="2017", title="Good", text="", url=""),
    ]
    drawn = draw("{% include 'components/timeline.html' %}", events=events)
    assert "1 November 2023" in drawn
    assert '<a class="govuk-link" href="/gradings/1/">Adequate</a>' in drawn
    assert drawn.count("<a ") == 1
    assert drawn.count("soc-timeline__text") == 1


def test_source_ref(draw):
    source = SimpleNamespace(
        title="A report", get_absolute_url=lambda: "/sources/report/", address="https://x.example/"
    )
    other = SimpleNamespace(title="A letter", get_absolute_url=lambda: "/sources/letter/")
    citation = SimpleNamespace(
        source=other, locator="Page 2", wording="“nearly 40”", tag="red", get_stance_display=lambda: "Says otherwise"
    )
    further = SimpleNamespace(select_related=lambda *names: [citation])
    drawn = draw(
        "{% source_ref fact %}",
        fact=SimpleNamespace(source=source, locator="Cheshire › paragraph 3", citations=further),
    )
    assert 'Source: <a class="govuk-link" href="/sources/report/">A report</a>, Cheshire › paragraph 3' in drawn
    assert '<a class="govuk-link" href="https://x.example/">the document itself</a>' in drawn
    assert '<a class="govuk-link" href="/sources/letter/">A letter</a>, Page 2: “nearly 40”' in drawn
    assert "Says otherwise" in drawn


def test_a_report_carries_figure_sentence_and_the_same_numbers_as_a_table(draw):
    drawn = draw("{% report report %}", report=replace(CHART, urls={"csv": "/threats.csv", "xlsx": "/threats.xlsx"}))
    figure = re.search(r'<script id="report-threats" type="application/json">(.*?)</script>', drawn)
    assert json.loads(figure[1]) == CHART.figure
    assert 'data-figure="report-threats"' in drawn
    assert "Cheshire has the most." in drawn
    assert "soc-kind--published" in drawn
    assert 'href="/threats.csv"' in drawn
    assert 'href="/threats.xlsx"' in drawn
    assert drawn.count("<tr") == 1 + len(ROWS)


def test_a_report_without_files_or_with_another_level_of_its_heading(draw):
    drawn = draw("{% report report level=2 %}", report=CHART)
    assert "<h2 " in drawn
    assert "soc-exports" not in drawn


def test_a_report_without_a_chart_is_a_table(draw):
    drawn = draw("{% report report %}", report=replace(CHART, figure=None))
    assert "data-figure" not in drawn
    assert "Show 2 rows" in drawn
    assert drawn.count("<tr") == 1 + len(ROWS)


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (replace(CHART, rows=(), figure=None, sentence="", none="No threat is on record."), "No threat is on record."),
        (replace(CHART, rows=(), figure=bars((), str, Series("Threats", len), axis="x")), "Cheshire has the most."),
    ],
)
def test_a_report_of_nothing_is_one_line(draw, report, words):
    drawn = draw("{% report report %}", report=report)
    assert words in drawn
    assert "<table" not in drawn
    assert "data-figure" not in drawn


def test_page_links(draw):
    drawn = draw("{% include 'components/page_links.html' %}", page=KeysetPage([], "?newer=a", "?older=b", 9))
    assert 'href="?newer=a" rel="prev"' in drawn
    assert 'href="?older=b" rel="next"' in drawn
    assert draw("{% include 'components/page_links.html' %}", page=KeysetPage([], "", "", 0)) == ""


def test_export_links_keep_the_filter_and_drop_the_page(draw):
    drawn = draw("{% export_links %}", path="/findings/?kind=a&kind=b&sort=-about&older=token&format=xlsx")
    assert 'href="?kind=a&amp;kind=b&amp;sort=-about&amp;format=csv"' in drawn
    assert 'href="?kind=a&amp;kind=b&amp;sort=-about&amp;format=xlsx"' in drawn


class Form(forms.Form):
    name = forms.CharField(help_text="As in the report.")
    reason = forms.CharField(widget=forms.Textarea)
    size = forms.ChoiceField(choices=[("a", "Major"), ("b", "Minor")], widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(choices=[("a", "Pursue")], widget=forms.CheckboxSelectMultiple)
    status = forms.ChoiceField(choices=[("open", "Open")])
    agreed = forms.BooleanField()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("name", "govuk-input"),
        ("reason", "govuk-textarea"),
        ("size", "govuk-radios__input"),
        ("kinds", "govuk-checkboxes__input"),
        ("status", "govuk-select"),
        ("agreed", "govuk-checkboxes__input"),
    ],
)
def test_field_has_a_label_and_the_dress_of_its_control(draw, name, expected):
    drawn = draw("{% field bound %}", bound=Form()[name])
    assert f'class="{expected}"' in drawn
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', drawn))
    assert labelled == set(re.findall(r' id="(id_\w+?)"', drawn.replace("_helptext", "-helptext")))


def test_a_list_says_in_words_that_nothing_is_chosen(draw):
    class Choices(forms.Form):
        needed = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")])
        other = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")], required=False)

    for name, words in (("needed", "Choose"), ("other", "Nothing chosen")):
        drawn = draw("{% field bound %}", bound=Choices()[name])
        assert re.search(rf'<option value=""[^>]*>{words}</option>', drawn)
        assert "---" not in drawn


def test_the_hint_of_a_checkbox_stands_below_its_label(draw):
    class Box(forms.Form):
        sure = forms.BooleanField(label="It is so", help_text="Only where you have seen it.")

    drawn = draw("{% field bound %}", bound=Box()["sure"])
    assert drawn.index("It is so") < drawn.index("Only where you have seen it.")
    assert 'id="id_sure_helptext"' in drawn


def test_field_says_what_is_wrong_and_where(draw):
    form = Form({})
    text = "{% page_errors %}{% for bound in form %}{% field bound %}{% endfor %}"
    drawn = draw(text, method="POST", form=form)
    targets = re.findall(r'<a href="#([^"]+)">This field is required.</a>', drawn)
    assert targets == ["id_name", "id_reason", "id_size_0", "id_kinds_0", "id_status", "id_agreed"]
    assert all(f'id="{target}"' in drawn for target in targets)
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert all(f'id="{note}"' in drawn for note in re.findall(r"id_name_(?:helptext|error)", drawn))


@pytest.mark.parametrize(
    ("method", "form"),
    [("POST", forms.Form({})), ("POST", Form()), ("GET", Form({}))],
    ids=["right", "not sent", "of a list that was filtered"],
)
def test_a_page_without_a_refused_form_tells_of_no_error(draw, method, form):
    assert draw("{% error_prefix %}{% page_errors %}", method=method, form=form) == ""


@pytest.mark.parametrize("context", [{"form": Form({})}, {"forms": {"correct": Form({}), "withdraw": Form()}}])
def test_the_title_of_a_page_with_a_refused_form_says_so(draw, context):
    assert (
        draw("<title>{% error_prefix %}Findings</title>", method="POST", **context) == "<title>Error: Findings</title>"
    )
