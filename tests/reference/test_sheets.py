"""Facts in spreadsheets: what is understood, and what becomes of it."""

import csv
import io
from pathlib import Path

import pytest

from forces.models import Organisation, Region
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding, Topic
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection
from inspections.recommendations.models import Recommendation
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.reference.imports import load_file
from soc_tracker.reference.kinds import BY_NAME, KINDS
from soc_tracker.reference.pages import template_headings
from soc_tracker.reference.sheets import data_of, known, read_facts
from tests.reference.open_document import open_document
from tests.reference.regions import COAST, ISLES, MIDLANDS, SHEETS, csv_of, workbook_of


def load(path: Path, name: str = "", errors: Path | None = None, decision: Decision = Decision.ALL):
    return load_file(path, name or path.name, decision, by=None, errors=errors, accepted="", finish=lambda: None)


def told(outcome):
    return (outcome.added, outcome.changed, outcome.unchanged, outcome.refused, outcome.left_alone)


@pytest.fixture
def known_record(load_rows, rows):
    """One region with a body, a programme with its question, topics, a source."""
    load_rows(rows, "fixtures")


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_region_with_all_that_was_published_of_it_loads_from_one_workbook(db, tmp_path, form):
    path = tmp_path / f"midlands.{form}"
    (workbook_of if form == "xlsx" else open_document)(path, MIDLANDS)
    outcome = load(path)
    assert outcome.refusals == ()
    assert outcome.form == form.upper()
    region = Region.objects.get(name="Inland")
    assert region.organisations.count() == 2
    assert dict(Grading.objects.values_list("organisation__short_name", "grade")) == {
        "Alder": "outstanding",
        "Birch": "ungraded",
    }
    finding = Finding.objects.get(title="Plans say too little")
    assert (finding.organisation.short_name, finding.inspection.title) == ("Birch", "Organised crime inland")
    assert set(finding.topics.values_list("name", flat=True)) == {"4P plans", "Analysts"}
    recommendation = Recommendation.objects.get()
    assert str(recommendation.due_on) == "2027-11-01"
    assert recommendation.requirement.status_id == "being_progressed"
    assert [(line.day, line.status_id, line.note) for line in recommendation.requirement.steps.latest_first()] == [
        ("November 2027", "being_progressed", ""),
        ("day not known", "awaiting_review", "Sent in."),
    ]
    assert PublishedFigure.objects.get(region=region).value == 20_000
    assert (str(Inspection.objects.get().published_on), Inspection.objects.get().published_precision) == (
        "2026-11-01",
        "month",
    )


def test_the_same_file_again_changes_nothing(db, tmp_path):
    path = workbook_of(tmp_path / "midlands.xlsx", MIDLANDS)
    added = load(path).added
    assert told(load(path)) == (0, 0, added, 0, 0)


def test_a_check_writes_nothing_and_shows_what_loading_does(db, tmp_path):
    path = workbook_of(tmp_path / "midlands.xlsx", MIDLANDS)
    check = load(path, decision=Decision.CHECK)
    assert not Region.objects.exists()
    assert (load(path).fingerprint, check.written) == (check.fingerprint, False)


@pytest.mark.usefixtures("known_record")
@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Force", "cheshire  POLICE"),
        ("Force or ROCU", "Cheshire Constabulary"),
        ("organisation", "cheshire"),
        ("body", "Cheshire"),
    ],
)
def test_a_body_is_found_by_any_of_its_names(tmp_path, column, cell):
    head, row = f"{column},Inspection,Question,Grade,Source,Locator", f"{cell},nw,soc,Outstanding,A report,Page 9"
    assert told(load(csv_of(tmp_path / "gradings.csv", head, row))) == (0, 1, 0, 0, 0)
    assert Grading.objects.get().grade_id == "outstanding"


@pytest.mark.usefixtures("known_record")
def test_a_name_that_is_nearly_known_is_offered(tmp_path):
    head, row = "Body,Inspection,Question,Grade,Source,Locator", "Chesire Constabulary,nw,soc,Good,A report,Page 9"
    (fault,) = load(csv_of(tmp_path / "gradings.csv", head, row)).refusals
    assert fault.value == "Chesire Constabulary"
    assert fault.expected == "the name or slug of a known organisation, such as “Cheshire Constabulary”"


@pytest.mark.usefixtures("known_record")
def test_a_column_about_names_a_body_or_a_region(tmp_path):
    head = "About,Inspection,Kind,Tone,Section,Title,Summary,Source,Locator"
    rest = "nw,Area for improvement,Shortcoming,resources,{},Words.,A report,Page 9"
    path = csv_of(tmp_path / "findings.csv", head, f"North West,{rest.format('A')}", f"Cheshire,{rest.format('B')}")
    assert load(path).refusals == ()
    assert Finding.objects.get(title="A").region.slug == "north-west"
    assert Finding.objects.get(title="B").organisation.slug == "cheshire"


@pytest.mark.usefixtures("known_record")
def test_what_a_file_does_not_name_stays_and_a_mark_takes_away(tmp_path):
    load(csv_of(tmp_path / "organisations.csv", "Name,ONS code", "Cheshire Police,E23000006"))
    load(csv_of(tmp_path / "organisations.csv", "Name,Exists until", "Cheshire Police,31/03/2030"))
    cheshire = Organisation.objects.get()
    assert (cheshire.ons_code, str(cheshire.valid_to)) == ("E23000006", "2030-03-31")
    load(csv_of(tmp_path / "organisations.csv", "Name,ONS code", "Cheshire Police,[clear]"))
    cheshire.refresh_from_db()
    assert (cheshire.ons_code, cheshire.name, str(cheshire.valid_to)) == ("", "Cheshire Constabulary", "2030-03-31")


@pytest.mark.usefixtures("known_record")
def test_causes_come_before_their_consequences(tmp_path):
    rows = ["Inspections", "title,programme,region,source,locator", "Bad,PEEL 1999,North West,A report,Page 1"]
    sheets = {
        "inspections": [rows[1].split(","), rows[2].split(",")],
        "gradings": [
            ["inspection", "body", "question", "grade", "source", "locator"],
            *[["Bad", "Cheshire", "soc", "Good", "A report", f"Page {page}"] for page in range(30)],
            ["nw", "Nowhere", "soc", "Good", "A report", "Page 31"],
        ],
    }
    outcome = load(workbook_of(tmp_path / "facts.xlsx", sheets))
    assert [fault.value for fault in outcome.refusals[:2]] == ["PEEL 1999", "Nowhere"]
    assert outcome.notes == ("30 rows are refused only for referring to what is refused itself, and stand last.",)


@pytest.mark.usefixtures("known_record")
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_refused_rows_come_back_as_they_were_sent(tmp_path, suffix):
    head = ["Body", "Inspection", "Question", "Grade", "Source", "Locator"]
    rows = [
        head,
        ["Cheshire", "nw", "soc", "Good", "A report", "Page 1"],
        ["Kent", "nw", "soc", "=1+1", "A report", "P"],
    ]
    path = tmp_path / f"gradings.{suffix}"
    if suffix == "csv":
        csv_of(path, *[",".join(row) for row in rows])
    else:
        workbook_of(path, {"gradings": rows})
    errors = tmp_path / f"refused.{suffix}"
    assert load(path, errors=errors, decision=Decision.CHECK).refused == 1
    again = load(errors, f"gradings.{suffix}", decision=Decision.CHECK)
    assert again.refused == 1
    assert {fault.value for fault in again.refusals} == {"Kent", "=1+1"}
    assert again.stray == ()


def test_a_file_without_facts_says_how_to_name_its_sheets(db, tmp_path):
    with pytest.raises(UnreadableFileError, match="No sheet of the file says what its rows are"):
        load(csv_of(tmp_path / "letters.csv", "Dear,Sir", "Yours,Truly"))


def test_rows_that_may_be_of_several_kinds_are_not_guessed(db, tmp_path):
    with pytest.raises(UnreadableFileError, match=r"may be regions or .*topics.*Name the sheet"):
        load(csv_of(tmp_path / "list.csv", "Name,Slug", "Analysts,analysts"))


def test_a_name_of_several_words_says_the_kind(db, tmp_path):
    load(csv_of(tmp_path / "Our topics 2026.csv", "Name,Slug", "Analysts,analysts"))
    assert Topic.objects.get().name == "Analysts"


def test_a_word_of_a_column_that_elsewhere_says_nothing_is_that_word():
    kind = BY_NAME["recommendations"]
    assert data_of(kind, {"due_precision": "none", "locator": "none"}, {}) == ({"due_precision": "none"}, [])


@pytest.mark.usefixtures("known_record")
def test_a_name_that_two_records_go_by_is_refused_and_both_are_named(tmp_path):
    load(csv_of(tmp_path / "topics.csv", "Slug,Name", "leads,Who leads", "leads-too,Who leads!"))
    (fault,) = load(csv_of(tmp_path / "more topics.csv", "Name,Description", "who LEADS,New")).refusals
    assert fault.expected == "one of them by its slug: leads, leads-too"


def test_a_cover_sheet_is_passed_over(db, tmp_path):
    path = workbook_of(tmp_path / "facts.xlsx", {"Cover": [["Facts of the year"]], **SHEETS})
    _, sheets = read_facts(path, "facts.xlsx")
    assert [sheet.kind.name for sheet in sheets] == list(SHEETS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_column_of_a_template_is_understood(kind):
    headings = template_headings(kind)
    assert len(known(kind, headings)) == len(headings)


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    "address",
    [
        *("/inspections/", "/gradings/", "/findings/", "/recommendations/", "/figures/", "/sources/"),
        *("/regions/", "/forces/", "/rocus/"),
    ],
)
def test_the_csv_of_a_list_loads_again_and_says_nothing_new(inspector, tmp_path, address):
    answer = inspector.get(f"{address}?format=csv")
    path = tmp_path / "download.csv"
    path.write_bytes(b"".join(answer.streaming_content))
    number = len(list(csv.reader(io.StringIO(path.read_text("utf-8-sig").partition("\n\n")[2]))))
    outcome = load(path)
    assert outcome.refusals == ()
    assert (outcome.added, outcome.changed, outcome.left_alone) == (0, 0, 0)
    assert outcome.unchanged >= number - 1 > 0


@pytest.mark.usefixtures("known_record")
def test_what_another_file_says_gives_way_where_that_is_decided(tmp_path):
    head, row = "Body,Inspection,Question,Grade,Source,Locator", "Cheshire,nw,soc,{},A report,Page 1"
    load(csv_of(tmp_path / "later gradings.csv", head, row.format("Outstanding")), "gradings.csv")
    file = csv_of(tmp_path / "a.csv", head, row.format("Inadequate"))
    assert told(load(file, "a gradings.csv", decision=Decision.CHECK)) == (0, 0, 0, 0, 1)
    load_file(file, "a.csv", Decision.ALL, by=None, errors=None, accepted="", finish=lambda: None, overrules=True)
    assert Grading.objects.get().grade_id == "inadequate"
    load(tmp_path / "later gradings.csv", "gradings.csv")
    assert Grading.objects.get().grade_id == "inadequate"


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("sheets", [COAST, ISLES], ids=["all of a region", "grades of one without a unit"])
def test_an_inspection_of_another_region_loads_beside_what_is_published(tmp_path, sheets):
    outcome = load(workbook_of(tmp_path / "region.xlsx", sheets))
    assert outcome.refusals == ()
    assert (outcome.changed, outcome.left_alone) == (0, 0)
