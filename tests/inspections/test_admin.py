"""The admin of inspections: every write through the services, with a reason, and never over somebody else's."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from forces.models import Organisation
from inspections.escalation.models import MonitoringPeriod
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding, Topic
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Inspection, Programme, Question
from inspections.recommendations.models import Recommendation
from inspections.requirements.models import Requirement, Step
from tests.forms import admin_url, entries, errors, form_of, press, save
from tests.makers import make_author, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def grading(reference) -> Grading:
    return Grading.objects.get(organisation__slug="cheshire", inspection__slug="north-west-soc-2022-23")


@pytest.fixture
def form(grading) -> str:
    return admin_url(Grading, "change", grading.pk)


@pytest.fixture
def editor(administrator) -> User:
    return User.objects.get(pk=administrator.session["_auth_user_id"])


# Lists

LISTS = [model for model in admin.site._registry if model._meta.app_label == "inspections"]


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_a_list_reads_its_rows_in_few_queries(model, reference, administrator, django_assert_max_num_queries):
    administrator.get(admin_url(model, "changelist"))  # a server keeps the words of vocabularies
    with django_assert_max_num_queries(13):
        assert administrator.get(admin_url(model, "changelist")).status_code == 200


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_every_list_can_be_searched(model, reference, administrator):
    page = administrator.get(admin_url(model, "changelist"), {"q": "no such words anywhere"})
    assert page.context["cl"].result_count == 0


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"region": "north-west"}, 12),
        ({"region": "london"}, 0),
        ({"inspection__programme__id__exact": "peel-2017"}, 4),
        ({"grade__exact": "ungraded"}, 1),
        ({"region": "north-west", "grade__exact": "inadequate"}, 1),
    ],
)
def test_gradings_by_programme_region_and_grade(filters, expected, reference, administrator):
    if "inspection__programme__id__exact" in filters:
        slug = filters["inspection__programme__id__exact"]
        filters = {"inspection__programme__id__exact": Programme.objects.get(slug=slug).pk}
    assert administrator.get(admin_url(Grading, "changelist"), filters).context["cl"].result_count == expected


def test_gradings_by_organisation_and_question(reference, administrator):
    address = admin_url(Grading, "changelist")
    cheshire = Organisation.objects.get(slug="cheshire")
    question = Question.objects.get(slug="peel-2017-q4-soc")
    page = administrator.get(address, {"organisation__id__exact": cheshire.pk, "question__id__exact": question.pk})
    assert [str(row.question) for row in page.context["cl"].result_list] == [question.text]
    assertContains(page, f"{question.text}, PEEL 2017")


def test_a_regions_findings_are_its_own_and_its_organisations(reference, administrator):
    rows = (
        administrator.get(admin_url(Finding, "changelist"), {"region": "west-midlands", "all": ""})
        .context["cl"]
        .result_list
    )
    assert {str(finding.about) for finding in rows} >= {"West Midlands", "West Mercia Police"}
    assert not {"Cheshire Constabulary", "North West"} & {str(finding.about) for finding in rows}


# Changing


def test_a_change_goes_through_the_service_with_its_reason(grading, form, administrator, editor):
    answer = save(administrator, form, grade="good", change_reason="The report was corrected.")
    assertRedirects(answer, admin_url(Grading, "changelist"))
    line = grading.history.first()
    assert (line.grade_id, line.version, line.history_user) == ("good", 2, editor)
    assert line.history_change_reason == "The report was corrected."
    assert LogEntry.objects.get().change_message == "The report was corrected."


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_change_needs_a_reason(grading, form, administrator, reason):
    answer = save(administrator, form, grade="good", change_reason=reason)
    assert errors(answer) == {"change_reason": ["This field is required."]}
    grading.refresh_from_db()
    assert (grading.grade_id, grading.version) == ("adequate", 1)


def test_what_the_service_refuses_is_said_beside_its_field(reference, administrator):
    old = Grading.objects.filter(inspection__programme__slug="peel-2017").first()
    answer = save(administrator, admin_url(Grading, "change", old.pk), grade="adequate", change_reason="Corrected.")
    assert answer.status_code == 200
    assert "PEEL 2017 has no Adequate. Choose one of: Outstanding, Good" in errors(answer)["grade"][0]
    assert form_of(answer).value("change_reason") == "Corrected."
    assert Grading.objects.get(pk=old.pk).version == 1


def test_a_rule_of_the_model_is_said_in_words(reference, administrator):
    finding = Finding.objects.filter(region__isnull=True).first()
    region = finding.inspection.region or finding.organisation.regions.first()
    answer = save(administrator, admin_url(Finding, "change", finding.pk), region=region.pk, change_reason="Wrong.")
    assert "Choose a region or an organisation, not both." in str(errors(answer))


def test_text_that_was_not_touched_is_no_change(grading, form, administrator):
    GRADINGS.change(grading, by=make_author(), reason="x", expected_version=1, grade="adequate", summary="One.\nTwo.")
    save(administrator, form, summary="One.\r\nTwo.", change_reason="Nothing, really.")
    grading.refresh_from_db()
    assert (grading.version, grading.summary) == (2, "One.\nTwo.")


def test_the_scale_and_the_address_are_shown_not_entered(grading, form, administrator):
    page = administrator.get(form)
    assertContains(page, "Five grades (from 2021/22)")
    assert "scale" not in entries(page)
    programme = admin_url(Programme, "change", grading.inspection.programme.pk)
    assert {"slug", "scale"}.isdisjoint(entries(administrator.get(programme)))
    assert "scale" in administrator.get(admin_url(Programme, "add")).context["adminform"].form.fields


def test_topics_of_a_finding_change_in_one_write(reference, administrator):
    finding = Finding.objects.filter(topics__isnull=False).first()
    topic = Topic.objects.exclude(findings=finding).first()
    lines = finding.history.count()
    save(administrator, admin_url(Finding, "change", finding.pk), topics=[topic.pk], change_reason="Sorted.")
    assert list(finding.topics.all()) == [topic]
    assert finding.history.count() == lines + 1


def test_adding_asks_for_a_reason_too(grading, administrator, editor):
    merseyside = Organisation.objects.get(slug="merseyside")
    inspection = Inspection.objects.get(slug="merseyside-peel-2021-22")
    question = Question.objects.get(slug="peel-2021-22-soc")
    said = {
        "inspection": inspection.pk,
        "organisation": merseyside.pk,
        "question": question.pk,
        "grade": "outstanding",
        "summary": "",
        "source": grading.source.pk,
        "locator": "Merseyside Police › paragraph 1",
    }
    address = admin_url(Grading, "add")
    assert errors(save(administrator, address, **said))["change_reason"]
    assertRedirects(
        save(administrator, address, **said, change_reason="As published."), admin_url(Grading, "changelist")
    )
    added = Grading.objects.get(inspection=inspection, organisation=merseyside)
    assert (added.scale_id, added.history.get().history_user) == ("five", editor)


# Two people at once


def test_the_second_of_two_editors_is_shown_both_versions(grading, form, administrator):
    opened = administrator.get(form)
    rival = make_author("sam", "Sam", "Okafor")
    GRADINGS.change(
        grading, by=rival, reason="Appeal upheld.", expected_version=1, grade="outstanding", summary="New words."
    )
    answer = press(administrator, opened, "Save", grade="good", change_reason="Read it again.")
    assert answer.status_code == 409
    assert Grading.objects.get(pk=grading.pk).grade_id == "outstanding"
    conflict = answer.context["conflict"]
    assert [(row.field, row.stored, row.entered) for row in conflict.rows] == [
        ("Grade", "Outstanding", "Good"),
        ("Summary", "New words.", "left as it was"),
    ]
    assert conflict.rows[0].opened == "Adequate"
    for words in ("Sam Okafor", "Appeal upheld.", "Somebody else was faster", "Nothing was saved"):
        assertContains(answer, words, status_code=409)


def test_the_loser_keeps_their_entries_and_may_decide_again(grading, form, administrator, editor):
    opened = administrator.get(form)
    GRADINGS.change(
        grading, by=make_author(), reason="x", expected_version=1, grade="outstanding", summary="New words."
    )
    refused = press(administrator, opened, "Save", grade="good", change_reason="Read it again.")
    kept = form_of(refused)
    assert (kept.value("grade"), kept.value("change_reason")) == ("good", "Read it again.")
    assert (kept.value("summary"), kept.value("expected_version")) == ("New words.", "2")
    assertRedirects(kept.press(administrator, "Save"), admin_url(Grading, "changelist"))
    grading.refresh_from_db()
    assert (grading.grade_id, grading.summary, grading.version) == ("good", "New words.", 3)


def test_a_third_writer_in_between_is_shown_too(grading, form, administrator):
    opened = administrator.get(form)
    GRADINGS.change(grading, by=make_author(), reason="First.", expected_version=1, grade="outstanding")
    refused = press(administrator, opened, "Save", grade="good", change_reason="Mine.")
    GRADINGS.change(grading, by=make_author(), reason="Second.", expected_version=2, grade="inadequate")
    again = press(administrator, refused, "Save")
    assert again.status_code == 409
    assert [change.reason for change in again.context["conflict"].changes] == ["Second."]
    assert Grading.objects.get(pk=grading.pk).grade_id == "inadequate"


def test_topics_keep_both_versions_apart(reference, administrator):
    finding = Finding.objects.filter(topics__isnull=False).first()
    mine, theirs = Topic.objects.exclude(findings=finding)[:2]
    address = admin_url(Finding, "change", finding.pk)
    opened = administrator.get(address)
    FINDINGS.change(finding, topics=[theirs], by=make_author(), reason="Theirs.", expected_version=1)
    refused = press(administrator, opened, "Save", topics=[mine.pk], change_reason="Mine.")
    assert refused.status_code == 409
    assert [(row.stored, row.entered) for row in refused.context["conflict"].rows] == [(theirs.name, mine.name)]


# Removing


def test_a_removal_needs_a_reason_and_leaves_its_history(grading, administrator, editor):
    address = admin_url(Grading, "delete", grading.pk)
    page = administrator.get(address)
    assertContains(page, "Its history stays")
    refused = press(administrator, page, "Delete")
    assert errors(refused) == {"change_reason": ["This field is required."]}
    assert Grading.objects.filter(pk=grading.pk).exists()
    done = press(administrator, refused, "Delete", change_reason="Entered twice.")
    assertRedirects(done, admin_url(Grading, "changelist"))
    line = Grading.history.filter(id=grading.pk).first()
    assert (line.history_type, line.history_change_reason, line.history_user) == ("-", "Entered twice.", editor)
    history = administrator.get(admin_url(Grading, "history", grading.pk))
    assertContains(history, "Entered twice.")
    assertContains(administrator.get(admin_url(Grading, "changes")), "Entered twice.")


def test_a_stale_removal_is_refused(grading, administrator):
    opened = administrator.get(admin_url(Grading, "delete", grading.pk))
    GRADINGS.change(grading, by=make_author(), reason="Appeal upheld.", expected_version=1, grade="good")
    answer = press(administrator, opened, "Delete", change_reason="Wrong.")
    assertContains(answer, "Appeal upheld.", status_code=409)
    assert Grading.objects.filter(pk=grading.pk).exists()
    assert not LogEntry.objects.exists()


def test_what_the_service_will_not_remove_stays_with_its_reason(reference, administrator):
    finding = Finding.objects.get(slug="nw-2022-north-wales-resources-and-priority")
    first, *others = finding.recommendations.all()
    for recommendation in others:
        page = administrator.get(admin_url(Recommendation, "delete", recommendation.pk))
        press(administrator, page, "Delete", change_reason="Test.")
    page = administrator.get(admin_url(Recommendation, "delete", first.pk))
    answer = press(administrator, page, "Delete", change_reason="x")
    assertContains(answer, "A cause of concern keeps at least one recommendation", status_code=400)
    assert list(finding.recommendations.all()) == [first]


def test_nothing_is_removed_in_bulk(grading, administrator):
    page = administrator.get(admin_url(Grading, "changelist"))
    assert "delete_selected" not in str(page.content)
    administrator.post(
        admin_url(Grading, "changelist"), {"action": "delete_selected", "_selected_action": [grading.pk]}
    )
    assert Grading.objects.filter(pk=grading.pk).exists()


# History


def test_the_history_page_tells_who_why_and_from_what_to_what(grading, form, administrator):
    GRADINGS.change(grading, by=make_author(), reason="Appeal upheld.", expected_version=1, grade="good")
    page = administrator.get(admin_url(Grading, "history", grading.pk))
    for words in ("Priya Shah", "Appeal upheld.", "Grade", "Adequate", "Good", "Loaded from a file"):
        assertContains(page, words)
    assertNotContains(page, '<input type="submit"')


def test_the_history_of_nothing_leads_back(reference, administrator):
    assert administrator.get(admin_url(Grading, "history", 999_999)).status_code == 302


def test_latest_changes_cost_few_queries(grading, administrator, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("soc_tracker.core.records.admin.NEWEST", 100)
    monkeypatch.setattr("soc_tracker.core.records.admin_steps.NEWEST", 100)
    with django_assert_max_num_queries(12):
        page = administrator.get(admin_url(Finding, "changes"))
    assertContains(page, "Only the newest 100 changes are shown")
    assert len(page.context["changes"]) == 100


# What must change


def test_it_is_read_here_with_its_steps_and_written_on_its_own_page(reference, administrator):
    requirement = Requirement.objects.exclude(recommendation=None).earliest("pk")
    step = make_step(requirement, "being_progressed", timezone.localdate(), note="A letter came.")
    assertContains(administrator.get(admin_url(Requirement, "change", requirement.pk)), "A letter came.")
    for model, record in ((Requirement, requirement), (Step, step)):
        assert administrator.get(admin_url(model, "change", record.pk)).status_code == 200
        assert administrator.post(admin_url(model, "change", record.pk), {"note": "x"}).status_code == 403
        assert administrator.get(admin_url(model, "add")).status_code == 403
        assert administrator.post(admin_url(model, "delete", record.pk)).status_code == 403
    assertContains(administrator.get(admin_url(Step, "changelist")), "A letter came.")


# Looking up


@pytest.mark.parametrize(
    ("model", "field", "term", "expected"),
    [
        (Grading, "organisation", "chesh", "Cheshire Constabulary"),
        (Grading, "organisation", "gmp", "Greater Manchester Police"),
        (Finding, "topics", "4p", "4P plans"),
        (PublishedFigure, "measure", "lead disruptions", "Lead disruptions"),
        (MonitoringPeriod, "source", "north-west", "PEEL 2022/23"),
    ],
)
def test_linked_records_are_looked_up(model, field, term, expected, reference, administrator):
    asked = {"app_label": "inspections", "model_name": model._meta.model_name, "field_name": field, "term": term}
    found = administrator.get("/admin/autocomplete/", asked).json()["results"]
    assert any(each["text"].startswith(expected) for each in found)
