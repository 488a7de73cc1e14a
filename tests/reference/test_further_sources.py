"""Further documents that speak of a fact, from a spreadsheet or a JSON file; and days of fieldwork of each body."""

import pytest

from inspections.figures.models import PublishedFigure, figure_in_words
from inspections.figures.pages import FIGURE_COLUMNS
from inspections.sources.models import Citation
from soc_tracker.core.imports.cells import plain
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.reference.imports import load_file
from soc_tracker.reference.kinds import BY_NAME
from soc_tracker.reference.pages import template_headings
from soc_tracker.reference.rows import Result
from tests.reference.regions import MIDLANDS, SOURCE, workbook_of

pytestmark = pytest.mark.django_db
PAPER = {"source": "A paper", "locator": "line 3"}
ASKED = "How well is organised crime tackled?"
MORE = {
    **MIDLANDS,
    "sources": [
        *MIDLANDS["sources"],
        ["A paper", "Reporters", "News article", "2027", "All rights reserved; facts only"],
    ],
    "sizes": [
        ["Force", "Measure", "Value", "As at", "Source", "Page"],
        ["Alder", "officers", "1,204", "31 March 2026", *SOURCE],
    ],
    "monitoring": [
        ["Force", "Stage", "Started on", "Reason", "Skipped", "Source", "Page"],
        ["Birch", "Engage (enhanced)", "2026", "Nobody led the work.", "Not told", *SOURCE],
    ],
}
OF_FACTS = {
    "inspection": {"inspection": "Organised crime inland"},
    "grading": {"inspection": "Organised crime inland", "force": "The Alders", "question": ASKED},
    "finding": {"finding": "Plans say too little"},
    "recommendation": {"finding": "Plans say too little", "number": "1"},
    "figure": {"region or organisation": "Inland", "measure": "Officers", "as at": "7 December 2025"},
    "monitoring": {"body": "Birch", "stage": "Engage (enhanced)"},
    "size": {"body": "Alder", "size": "officers", "as at": "31 March 2026"},
}


@pytest.fixture
def load(tmp_path):
    def loaded(sheets, name="facts.xlsx"):
        path = workbook_of(tmp_path / name, sheets)
        return load_file(path, name, Decision.ALL, by=None, errors=None, accepted="", finish=lambda: None)

    return loaded


def sheet(*rows: dict[str, str]) -> dict[str, list[list[str]]]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return {"citations": [names, *([row.get(name, "") for name in names] for row in rows)]}


def test_each_kind_of_fact_takes_further_sources_by_what_names_it(load):
    said = {"what it says": "Says otherwise", "as it puts it": "Another number"}
    rows = [facts | PAPER | said for facts in OF_FACTS.values()]
    outcome = load({**MORE, **sheet(*rows)})
    assert outcome.refusals == ()
    cited = Citation.objects.order_by("pk")
    assert [next(name for name in OF_FACTS if getattr(each, name)) for each in cited] == list(OF_FACTS)
    assert {(each.stance, each.source.title, each.locator, each.wording) for each in cited} == {
        ("contradicts", "A paper", "line 3", "Another number")
    }
    again = load({**MORE, **sheet(*rows)})
    assert (again.added, again.changed, again.left_alone, again.refused) == (0, 0, 0, 0)
    load(sheet({**rows[0], "as it puts it": "Yet another"}))
    assert Citation.objects.earliest("pk").wording == "Yet another"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "columns that name it: measure, organisation, region"),
        ({"finding": "Plans say too much"}, "such as “Plans say too little”"),
        ({"finding": "Plans say too little", "number": "9"}, "the finding and number of a known recommendation"),
        ({"measure": "Officers"}, "what tells which of 2 published figures is meant: measure, organisation, region"),
        ({"measure": "Officers", "region or organisation": "Birch"}, "of a known published figure"),
    ],
)
def test_what_no_fact_or_several_are_named_by_is_refused(load, row, expected):
    figures = [*MORE["figures"], ["Alder", "Officers", "204", "count", "7 December 2025", "The inspectorate", *SOURCE]]
    load({**MORE, "figures": figures})
    (fault,) = load(sheet(row | PAPER)).refusals
    assert expected in fault.expected


def test_a_json_folder_names_facts_by_their_slugs(load_rows, rows):
    rows["sources"].append({**rows["sources"][0], "slug": "paper", "title": "A paper"})
    place = {"source": "paper", "locator": "line 3"}
    rows["citations"] = [
        {"finding": "few-analysts", "stance": "adds", "wording": "Two left.", **place},
        {"inspection": "nw", "organisation": "cheshire", "question": "soc", **place},
    ]
    outcome = load_rows(rows)
    assert outcome.of(Result.REFUSED) == []
    first, second = Citation.objects.order_by("pk")
    assert (first.finding.slug, first.stance, first.wording) == ("few-analysts", "adds", "Two left.")
    assert (second.grading.organisation.slug, second.inspection, second.stance) == ("cheshire", None, "confirms")


def test_the_template_has_a_column_for_all_that_names_a_fact():
    headings = template_headings(BY_NAME["citations"])
    for heading in ("Region or organisation", "Question", "Number", "Size", "Stage", "Wording", "Stance", "Locator"):
        assert heading in headings


@pytest.mark.usefixtures("reference")
def test_the_days_of_fieldwork_of_each_body_load_as_figures(load):
    figures = [
        ["About", "Measure", "Date", "Unit", "Whose figure", "Source", "Page"],
        ["Alder", "Fieldwork", "January 2026", "date", "The inspectorate", *SOURCE],
        ["Birch", "Fieldwork", "3 February 2026", "date", "The inspectorate", *SOURCE],
    ]
    measures = [["Name", "Group"], ["Fieldwork", "Inspection"]]
    assert load({**MIDLANDS, "measures": measures, "figures": figures}).refusals == ()
    stored = PublishedFigure.objects.filter(measure__name="Fieldwork").order_by("organisation__name")
    assert [figure_in_words(figure) for figure in stored] == ["January 2026", "3 February 2026"]
    for key in ("value_on", "value_precision", "value_to"):  # as a list of this site heads them
        (heading,) = (column.heading for column in FIGURE_COLUMNS if column.key == key)
        assert BY_NAME["figures"].headings[plain(heading)] == key
