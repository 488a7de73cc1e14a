"""Rows that break a rule: all named at once, with place, field, value and what was expected."""

import pytest

from forces.models import Region
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection
from soc_tracker.reference.loader import load
from soc_tracker.reference.rows import Result
from tests.reference.conftest import finding


def refusals(outcome):
    """The refused rows: place, and the name of each field that is wrong."""
    return {line.place: [problem.field for problem in line.problems] for line in outcome.of(Result.REFUSED)}


def why(outcome):
    return [str(problem) for line in outcome.of(Result.REFUSED) for problem in line.problems]


@pytest.mark.parametrize(
    ("kind", "change", "expected"),
    [
        ("findings", {"colour": "red"}, "colour is 'red'; expected one of the fields source, locator, inspection,"),
        (
            "findings",
            {"inspection": "nowhere"},
            "inspection is 'nowhere'; expected the name or slug of a known inspection",
        ),
        (
            "findings",
            {"topics": ["analysts", "nothing"]},
            "topics is 'nothing'; expected the name or slug of a known topic",
        ),
        ("findings", {"topics": "analysts"}, "topics is 'analysts'; expected a list of slugs"),
        ("findings", {"source": None}, "source is missing; expected the name or slug of a known source document"),
        ("findings", {"locator": ""}, "locator is missing; expected text"),
        (
            "findings",
            {"kind": "opinion"},
            "kind is 'opinion'; expected one of accelerated_cause_of_concern, cause_of_concern,",
        ),
        ("findings", {"order": "7"}, "order is '7'; expected a whole number without quotation marks"),
        ("findings", {"order": True}, "order is True; expected a whole number without quotation marks"),
        ("findings", {"title": 7}, "title is 7; expected text"),
        ("findings", {"region": "north-west"}, "Choose a region or an organisation, not both."),
        ("findings", {"repeats": "few-analysts"}, "expected the name or slug of a known finding"),
        ("gradings", {"grade": "adequate"}, "PEEL 2017 has no Adequate"),
        ("inspections", {"published_on": "March"}, "published_on is 'March'; expected a date such as 2023-01-04"),
        ("sizes", {"value": "many"}, "value is 'many'; expected a number without quotation marks"),
        ("organisations", {"region": "Atlantis"}, "region is 'Atlantis'; expected the name or slug of a known region"),
    ],
)
def test_what_is_refused(load_rows, rows, kind, change, expected):
    rows[kind][0] |= change
    outcome = load_rows(rows)
    assert expected in " ".join(why(outcome))
    assert not outcome.written
    assert not Region.objects.exists()


def test_missing_fields_are_named_together(load_rows, rows):
    for name in ("source", "locator", "kind"):
        del rows["findings"][0][name]
    assert refusals(load_rows(rows)) == {"findings.json, row 1": ["source", "locator", "kind"]}


def test_all_refusals_come_at_once(load_rows, rows):
    rows["findings"] = [finding("one", tone="angry"), finding("two"), finding("three", section="appendix")]
    rows["gradings"][0]["grade"] = "adequate"
    assert refusals(load_rows(rows)) == {
        "gradings.json, row 1": ["grade"],
        "findings.json, row 1": ["tone"],
        "findings.json, row 3": ["section"],
    }


def test_nothing_is_half_written(load_rows, rows):
    load_rows(rows)
    rows["findings"] = [finding("few-analysts", title="Changed"), finding("new"), finding("bad", tone="angry")]
    outcome = load_rows(rows)
    assert not outcome.written
    assert list(Finding.objects.values_list("slug", "title")) == [("few-analysts", "Few analysts")]


def test_good_rows_are_written_when_accepted(load_rows, rows):
    rows["findings"] += [finding("bad", tone="angry"), finding("good")]
    outcome = load_rows(rows, accept_good=True)
    assert outcome.written
    assert refusals(outcome) == {"findings.json, row 2": ["tone"]}
    assert set(Finding.objects.values_list("slug", flat=True)) == {"few-analysts", "good"}


def test_what_refers_to_a_refused_row_is_refused_and_says_so(load_rows, rows):
    rows["inspections"][0]["title"] = ""
    outcome = load_rows(rows, accept_good=True)
    assert "expected the name or slug of a known inspection whose own row is not refused" in " ".join(why(outcome))
    assert not Inspection.objects.exists()
    assert not Grading.objects.exists()


def test_a_key_that_comes_twice_is_refused_the_second_time(load_rows, rows):
    rows["findings"] += [finding("few-analysts", title="Again"), finding("next", repeats="few-analysts")]
    outcome = load_rows(rows)
    assert refusals(outcome) == {"findings.json, row 2": ["slug"]}
    assert "findings.json, row 1 has this one" in why(outcome)[0]


def test_two_organisations_cannot_have_one_name(load_rows, rows):
    other = {"slug": "chester", "kind": "force", "name": "Chester Police", "short_name": "Chester"}
    rows["organisations"].append(other | {"aliases": ["cheshire police"]})
    assert refusals(load_rows(rows)) == {"organisations.json, row 2": ["organisation and name"]}


def test_findings_that_repeat_each_other_are_refused(load_rows, rows):
    rows["findings"] = [finding("one", repeats="two"), finding("two", repeats="one"), finding("three")]
    assert refusals(load_rows(rows)) == {"findings.json, row 1": ["repeats"], "findings.json, row 2": ["repeats"]}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("findings.json", "[{", "Expecting property name"),
        ("findings.json", '{"slug": "one"}', "expected a list of objects"),
        ("findings.json", '["one"]', "expected a list of objects"),
        ("regions.json", '[{"slug": "a", "slug": "b"}]', "one object says “slug” twice, the second time 'b'"),
        ("organisations.json", '[{"slug": "a", "aliases": "A"}]', "row 1: aliases is 'A'; expected a list of names"),
        ("finding.json", "[]", "a file is named after the kind of its rows: one of regions, organisations,"),
    ],
)
@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(tmp_path, name, text, expected):
    (tmp_path / name).write_text(text)
    (line,) = load(tmp_path).of(Result.REFUSED)
    assert line.place == name
    assert expected in line.why


@pytest.mark.django_db
def test_a_folder_without_files_is_refused(tmp_path):
    (line,) = load(tmp_path).of(Result.REFUSED)
    assert line.why == "it holds no JSON file"


def test_a_refused_kind_says_nothing_of_rows_that_left_the_files(load_rows, rows):
    load_rows(rows)
    rows["findings"] = [finding("few-analysts", tone="angry")]
    assert not load_rows(rows).of(Result.NO_LONGER_IN_FILES)
