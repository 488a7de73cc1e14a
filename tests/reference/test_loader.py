"""What becomes of rows: added, changed, left alone, refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from forces.models import Alias, Organisation, Region
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from soc_tracker.core.lists.columns import as_given
from soc_tracker.reference.kinds import KINDS
from soc_tracker.reference.rows import CLEAR, Result
from tests.reference.conftest import finding


@pytest.fixture
def editor(db):
    return User.objects.create_user("ada")


def named(outcome, result):
    return [(line.kind, line.key) for line in outcome.of(result)]


def counts(outcome):
    return {result: len(outcome.of(result)) for result in Result if outcome.of(result)}


def edit_grade(editor, grade="outstanding"):
    grading = Grading.objects.get()
    return GRADINGS.change(grading, by=editor, reason="Misread", expected_version=grading.version, grade=grade)


def test_an_empty_database_is_filled(load_rows, rows):
    outcome = load_rows(rows)
    assert counts(outcome) == {Result.ADDED: 15}
    cheshire = Organisation.objects.with_sizes().get()
    assert (as_given(cheshire.officers), cheshire.officers_as_at) == (Decimal("2009.65"), date(2019, 9, 30))
    assert cheshire.regions.get() == Region.objects.get()
    assert Finding.objects.get().topics.get().slug == "analysts"
    assert Grading.objects.get().scale_id == "four"


def test_each_row_says_in_its_history_which_file_it_came_from(load_rows, rows):
    load_rows(rows)
    entry = Grading.objects.get().history.get()
    assert (entry.history_change_reason, entry.history_user) == ("Reference data: gradings.json", None)


def test_loading_twice_changes_nothing(load_rows, rows):
    load_rows(rows)
    before = list(Finding.history.values_list("history_id", flat=True))
    assert counts(load_rows(rows)) == {Result.UNCHANGED: 15}
    assert list(Finding.history.values_list("history_id", flat=True)) == before
    assert Finding.objects.get().version == 1


def test_a_changed_row_changes_its_record(load_rows, rows):
    load_rows(rows)
    rows["findings"][0] |= {"title": "Too few analysts", "topics": ["plans"]}
    (line,) = load_rows(rows).of(Result.CHANGED)
    assert (line.kind, line.key, line.why) == (
        "findings",
        "few-analysts",
        "title: “Few analysts” → “Too few analysts”; topics: “Analysts” → “Plans”",
    )
    changed = Finding.objects.get()
    assert (changed.title, changed.version, changed.topics.get().slug) == ("Too few analysts", 2, "plans")


@pytest.mark.parametrize("absent", [{}, {"note": None}, {"note": ""}], ids=["left out", "null", "empty"])
def test_what_a_row_does_not_state_stays_as_it_is_on_record(load_rows, rows, absent):
    rows["regions"][0]["note"] = "Six forces"
    load_rows(rows)
    rows["regions"] = [{"slug": "north-west", "name": "North West", **absent}]
    assert counts(load_rows(rows)) == {Result.UNCHANGED: 15}
    assert Region.objects.get().note == "Six forces"


def test_an_end_takes_no_number_away(load_rows, rows):
    rows["organisations"][0]["ons_code"] = "E23000006"
    load_rows(rows)
    rows["organisations"] = [{"slug": "cheshire", "valid_to": "2030-03-31"}]
    (line,) = load_rows(rows).of(Result.CHANGED)
    assert line.why == "valid_to: “not stated” → “31 March 2030”"
    assert Organisation.objects.get().ons_code == "E23000006"


def test_a_mark_takes_away_what_is_on_record(load_rows, rows):
    rows["regions"][0]["note"] = "Six forces"
    load_rows(rows)
    rows["regions"][0]["note"] = rows["findings"][0]["topics"] = CLEAR
    assert named(load_rows(rows), Result.CHANGED) == [("regions", "north-west"), ("findings", "few-analysts")]
    assert Region.objects.get().note == ""
    assert not Finding.objects.get().topics.exists()


def test_what_a_record_cannot_be_without_is_not_taken_away(load_rows, rows):
    load_rows(rows)
    rows["findings"][0]["title"] = CLEAR
    (line,) = load_rows(rows).of(Result.REFUSED)
    assert str(line.problems[0]) == "title is '[clear]'; expected a value: a record cannot be without it"


def test_an_edited_row_is_left_alone_and_named(load_rows, rows, editor):
    load_rows(rows)
    edit_grade(editor)
    (line,) = load_rows(rows).of(Result.LEFT_ALONE)
    assert (line.kind, line.key) == ("gradings", "nw / cheshire / soc")
    assert line.why.startswith("grade: “Outstanding” stays, edited by ada on ")
    assert line.why.endswith(", “Misread”; here it is “Good”")
    assert Grading.objects.get().grade_id == "outstanding"


def test_an_edit_that_the_files_follow_is_no_difference(load_rows, rows, editor):
    load_rows(rows)
    edit_grade(editor)
    rows["gradings"][0]["grade"] = "outstanding"
    assert counts(load_rows(rows)) == {Result.UNCHANGED: 15}


def test_a_row_that_the_files_changed_after_an_agreed_edit_is_still_somebodys(load_rows, rows, editor):
    load_rows(rows)
    edit_grade(editor)
    rows["gradings"][0]["grade"] = "inadequate"
    assert named(load_rows(rows), Result.LEFT_ALONE) == [("gradings", "nw / cheshire / soc")]


def test_a_removed_record_does_not_come_back(load_rows, rows, editor):
    load_rows(rows)
    GRADINGS.remove(Grading.objects.get(), by=editor, reason="Withdrawn", expected_version=1)
    (line,) = load_rows(rows).of(Result.LEFT_ALONE)
    assert "removed by ada" in line.why
    assert not Grading.objects.exists()


def test_what_belongs_to_a_removed_record_is_left_out_too(load_rows, rows, editor):
    load_rows(rows)
    FINDINGS.remove(Finding.objects.get(), by=editor, reason="Withdrawn", expected_version=1)
    rows["findings"].append(finding("again", repeats="few-analysts"))
    outcome = load_rows(rows)
    assert named(outcome, Result.LEFT_ALONE) == [("findings", "few-analysts"), ("findings", "again")]
    assert outcome.written


def test_a_record_that_somebody_gave_another_key_is_not_added_again(load_rows, rows, editor):
    load_rows(rows)
    rows["findings"].append(finding("second"))
    load_rows(rows)
    grading = Grading.objects.get()
    other = {"slug": "other", "programme": "peel-2017", "text": "Another"}
    rows["questions"].append(other)
    load_rows(rows)
    question = grading.question.programme.questions.get(slug="other")
    GRADINGS.change(grading, {"question": question}, by=editor, reason="Moved", expected_version=1)
    assert named(load_rows(rows), Result.LEFT_ALONE) == [("gradings", "nw / cheshire / soc")]
    assert Grading.objects.count() == 1


def test_a_row_that_left_the_files_is_named_and_stays(load_rows, rows):
    load_rows(rows)
    rows["findings"] = []
    assert named(load_rows(rows), Result.NO_LONGER_IN_FILES) == [("findings", "few-analysts")]
    assert Finding.objects.exists()


def test_a_record_that_a_person_added_is_not_missed_in_the_files(load_rows, rows, editor):
    load_rows(rows)
    stored = Finding.objects.get()
    values = {name: getattr(stored, name) for name in ("inspection", "organisation", "kind", "tone", "section")}
    values |= {"title": "Own", "summary": "Own", "source": stored.source, "locator": "Page 2", "slug": "own"}
    FINDINGS.create(values, by=editor, reason="Seen on a visit")
    assert counts(load_rows(rows)) == {Result.UNCHANGED: 15}


def test_a_dry_run_says_the_same_and_writes_nothing(load_rows, rows):
    outcome = load_rows(rows, dry_run=True)
    assert counts(outcome) == {Result.ADDED: 15}
    assert not outcome.written
    assert not Region.objects.exists()
    assert not Region.history.exists()


def test_only_some_kinds(load_rows, rows):
    load_rows(rows)
    rows["regions"][0]["note"] = "Six forces"
    rows["topics"][0]["name"] = "Analytical capacity"
    assert counts(load_rows(rows, only=["topics"])) == {Result.CHANGED: 1, Result.UNCHANGED: 1}
    assert Region.objects.get().note == ""


def test_every_name_leads_to_the_organisation(load_rows, rows):
    load_rows(rows)
    for name in ("Cheshire Constabulary", "CHESHIRE", "Cheshire Police", "cheshire  police"):
        assert Organisation.objects.named(name).slug == "cheshire"
    assert Alias.objects.count() == 3


def test_rows_may_refer_to_later_rows_of_their_kind(load_rows, rows):
    rows["findings"] = [finding("third", repeats="second"), finding("second", repeats="first"), finding("first")]
    load_rows(rows)
    assert Finding.objects.get(slug="third").repeats.repeats.slug == "first"


def test_a_second_run_costs_the_same_queries_whatever_the_number_of_rows(
    load_rows, rows, django_assert_max_num_queries
):
    rows["findings"] = [finding(f"finding-{number}") for number in range(30)]
    load_rows(rows)
    with django_assert_max_num_queries(40):
        load_rows(rows)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "slug" in kind.key], ids=lambda kind: kind.name)
def test_a_kind_whose_slugs_are_made_has_the_fields_that_they_are_made_of(kind):
    assert set(kind.named_by) <= kind.fields.keys()
