"""What is proposed from a report is reviewed: what is accepted goes into a draft, and nothing of its text gets out."""

import pytest
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from inspections.figures.models import Measure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.reader.desk.choices import Decision
from inspections.reader.desk.models import ReportFile
from inspections.reader.review.queries import reviewed
from inspections.recommendations.models import Recommendation
from inspections.work.queries import list_gaps
from soc_tracker.core.trail.models import Entry
from tests.forms import press
from tests.inspections.reader.reports import content_of, proposal, sent_report, short_report, text_of

pytestmark = pytest.mark.django_db
OWN = {"title": "Threat owners lack time", "summary": "Most owners also lead a shift, and few were trained."}


def test_a_finding_is_accepted_in_own_words_and_the_next_is_shown(report: ReportFile, inspector: Client) -> None:
    fact = proposal(report, "finding", finding_kind="area_for_improvement", organisation="ashdale")
    page = inspector.get(fact.get_absolute_url())
    assert "Owners of threats told us" in text_of(page)
    answer = press(inspector, page, "Accept", **OWN)
    finding = Finding.objects.get(inspection=report.inspection)
    assert (finding.title, finding.kind_id, finding.section_id) == (OWN["title"], "area_for_improvement", "resources")
    assert finding.organisation is not None
    assert finding.organisation.slug == "ashdale"
    assert "Resources and skills" in finding.locator
    fact.refresh_from_db()
    assert (fact.decision, fact.record_key) == (Decision.ACCEPTED, finding.pk)
    assert answer.url != fact.get_absolute_url()
    assert "is proposed" in text_of(inspector.get(answer.url))


def test_what_copies_the_report_is_refused_and_stays_in_the_form(report: ReportFile, inspector: Client) -> None:
    fact = proposal(report, "finding", finding_kind="area_for_improvement", organisation="ashdale")
    copied = "Here owners of threats told us that they had little time for this work, it says."
    answer = press(inspector, inspector.get(fact.get_absolute_url()), "Accept", **{**OWN, "summary": copied})
    page = text_of(answer)
    assert answer.status_code == 400
    assert "Say it in your own words" in page
    assert copied in page
    assert not Finding.objects.filter(inspection=report.inspection).exists()


def test_a_recommendation_waits_for_its_cause_of_concern(report: ReportFile, inspector: Client) -> None:
    concern = proposal(report, "finding", finding_kind="cause_of_concern")
    fact = proposal(report, "recommendation", number=2)
    own = {"text": "Renew the plans and look at each monthly."}
    answer = press(inspector, inspector.get(fact.get_absolute_url()), "Accept", **own)
    assert answer.status_code == 400
    press(inspector, inspector.get(concern.get_absolute_url()), "Accept", **OWN)
    press(inspector, inspector.get(fact.get_absolute_url()), "Accept", **own)
    stored = Recommendation.objects.get(finding__inspection=report.inspection)
    assert (stored.number, str(stored.due_on), stored.addressed_to.slug) == (2, "2026-03-01", "carrowmoor")


def test_all_that_is_certain_and_needs_no_words_is_accepted_at_once(report: ReportFile, inspector: Client) -> None:
    concern = proposal(report, "finding", finding_kind="cause_of_concern")
    press(inspector, inspector.get(concern.get_absolute_url()), "Accept", **OWN)
    review = inspector.get(reverse("inspections:report_review", args=[report.token]))
    with zeal_ignore():  # each record is checked and written by itself
        answer = press(inspector, review, "Accept all certain recommendations (4)")
    page = text_of(inspector.get(answer.url))
    assert "Accepted: 1 recommendation. 3 recommendations still need words of your own, or a choice." in page
    [stored] = Recommendation.objects.filter(finding__inspection=report.inspection)
    assert (stored.text, str(stored.due_on)) == ("Train all threat owners", "2026-03-01")


def test_a_grade_is_accepted_with_the_question_of_the_programme_that_is_put_in_its_words(
    report: ReportFile, inspector: Client
) -> None:
    fact = proposal(report, "grading", organisation="carrowmoor")
    assert fact.values["question_words"] == "tackling serious and organised crime"
    press(inspector, inspector.get(fact.get_absolute_url()), "Accept")
    grading = Grading.objects.get(inspection=report.inspection)
    assert (grading.organisation.slug, grading.grade_id) == ("carrowmoor", "inadequate")
    assert grading.question.slug == "peel-2022-23-soc"


def test_what_was_asked_may_be_said_in_words_where_no_question_is_on_record(
    report: ReportFile, inspector: Client
) -> None:
    fact = proposal(report, "grading", organisation="carrowmoor")
    asked = {"question": "", "question_words": "How well does the force tackle it?"}
    press(inspector, inspector.get(fact.get_absolute_url()), "Accept", **asked)
    grading = Grading.objects.get(inspection=report.inspection)
    assert grading.question.text == asked["question_words"]


def test_a_proposal_is_dropped_and_taken_back(report: ReportFile, inspector: Client) -> None:
    fact = proposal(report, "finding")
    press(inspector, inspector.get(fact.get_absolute_url()), "Drop")
    fact.refresh_from_db()
    assert fact.decision == Decision.DROPPED
    page = inspector.get(fact.get_absolute_url())
    assert "Dropped by" in text_of(page)
    press(inspector, page, "Take back the decision")
    fact.refresh_from_db()
    assert fact.decision == Decision.WAITING


def test_what_was_accepted_goes_with_its_decision(report: ReportFile, inspector: Client) -> None:
    fact = proposal(report, "finding", finding_kind="area_for_improvement")
    press(inspector, inspector.get(fact.get_absolute_url()), "Accept", **OWN)
    press(inspector, inspector.get(fact.get_absolute_url()), "Take back the decision")
    assert not Finding.objects.filter(inspection=report.inspection).exists()
    assert proposal(report, "finding", finding_kind="area_for_improvement").decision == Decision.WAITING


def test_of_two_who_decide_at_once_the_second_is_told(report: ReportFile, inspector: Client, colleague: Client) -> None:
    fact = proposal(report, "finding", finding_kind="area_for_improvement")
    first, second = inspector.get(fact.get_absolute_url()), colleague.get(fact.get_absolute_url())
    press(inspector, first, "Drop")
    answer = press(colleague, second, "Accept", **OWN)
    assert answer.status_code == 400
    assert "has decided on it in the meantime: it is dropped now" in text_of(answer)
    assert not Finding.objects.filter(inspection=report.inspection).exists()


def test_passages_are_on_no_trail(report: ReportFile, inspector: Client) -> None:
    fact = proposal(report, "finding", finding_kind="area_for_improvement", organisation="ashdale")
    press(inspector, inspector.get(fact.get_absolute_url()), "Accept", **OWN)
    kept = [f"{entry.before} {entry.after} {entry.details} {entry.why}" for entry in Entry.objects.all()]
    assert kept
    assert [line for line in kept if "Owners of threats told us" in line] == []


def test_of_a_later_edition_only_what_differs_waits(report: ReportFile, inspector: Client) -> None:
    fact = proposal(report, "finding", finding_kind="area_for_improvement", organisation="ashdale")
    press(inspector, inspector.get(fact.get_absolute_url()), "Accept", **OWN)
    press(
        inspector,
        inspector.get(proposal(report, "finding", finding_kind="promising_practice").get_absolute_url()),
        "Drop",
    )
    text = content_of("south-mere.txt").replace(b"By 1 March 2026", b"By 1 June 2026")
    later = sent_report("second.txt", text)
    page = inspector.get(reverse("inspections:report_edition", args=[later.token]))
    answer = press(inspector, page, "Compare the two", earlier=report.pk)
    later.refresh_from_db()
    assert (later.earlier, later.inspection) == (report, report.inspection)
    decisions = set(later.proposals.exclude(decision=Decision.WAITING).values_list("decision", "record_key"))
    finding = Finding.objects.get(inspection=report.inspection)
    assert decisions == {(Decision.ACCEPTED, finding.pk), (Decision.DROPPED, None)}
    page = text_of(inspector.get(answer.url))
    assert "due_on was 2026-03-01, is 2026-06-01" in page
    assert "New:" not in page
    assert "No longer in it:" not in page


def test_once_all_is_decided_the_report_may_count_as_held_whole(reference: None, inspector: Client) -> None:
    report = short_report(is_begun=True)
    words = "All that the report says is held here"
    overview = reverse("inspections:report_review", args=[report.token])
    assert words not in text_of(inspector.get(overview))
    inspector.post(reverse("inspections:report_whole", args=[report.token]), {"version": report.inspection.version})
    report.inspection.refresh_from_db()
    assert report.inspection.taken_in == "part"
    for fact in reviewed(report):
        press(inspector, inspector.get(fact.get_absolute_url()), "Drop")
    press(inspector, inspector.get(overview), words)
    report.inspection.refresh_from_db()
    assert report.inspection.taken_in == "everything"
    assert words not in text_of(inspector.get(overview))


def test_a_figure_of_a_published_report_may_have_no_period(report: ReportFile, inspector: Client) -> None:
    """Of a report that is being written, it must have one before it is published."""
    fact = report.proposals.filter(kind="figure", values__measure="").order_by("number")[0]
    measure = Measure.objects.order_by("pk")[0].pk
    empty = dict.fromkeys(("period_from", "period_to", "period_words", "as_at"), "")
    press(inspector, inspector.get(fact.get_absolute_url()), "Accept", measure=measure, **empty)
    written, inspection = "says neither its period nor its day", report.inspection
    assert written in " ".join(list_gaps(inspection))
    inspection.published_on = "2025-05-14"
    inspection.save_without_historical_record()
    assert written not in " ".join(list_gaps(inspection))
