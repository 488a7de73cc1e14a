"""What must change: it comes with its fact, goes step by step, and its date moves with reason."""

from contextlib import suppress
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from model_bakery import baker

from inspections.findings.services import FINDINGS
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.requirements.models import Requirement, Step
from inspections.requirements.services import move_deadline, requirement_of, take_step
from inspections.sources.models import SourceDocument
from inspections.vocabularies.models import RequirementStatus, nothing_later
from soc_tracker.core.records.services import StaleRecordError
from tests.makers import make_author, make_finding, make_inspection, make_organisation, make_recommendation

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 1)
SEEN = {"evidence_kind": "visit", "evidence": "Seen at headquarters on 3 March 2024."}


@pytest.fixture
def requirement() -> Requirement:
    inspection = make_inspection(make_organisation(), published_on=date(2023, 11, 1), published_precision="month")
    return own(make_finding(inspection))


def own(fact: Any) -> Requirement:
    requirement = requirement_of(fact)
    assert requirement is not None
    return requirement


def step(requirement: Requirement, status: str, on: date = date(2024, 3, 1), **more: Any) -> Step:
    requirement.refresh_from_db()
    values = {"by": make_author(), "note": "Seen.", "expected_version": requirement.version, "today": TODAY} | more
    return take_step(requirement, status=status, on=on, **values)


def move(requirement: Requirement, new_on: date, **more: Any) -> None:
    requirement.refresh_from_db()
    values = {"by": make_author(), "setter": "body", "reason": "It takes longer.", "on": date(2024, 3, 1)} | more
    move_deadline(requirement, new_on=new_on, expected_version=requirement.version, today=TODAY, **values)
    requirement.refresh_from_db()


def to(requirement: Requirement, *statuses: str) -> None:
    for status in statuses:
        step(requirement, status, evidence=SEEN)
    requirement.refresh_from_db()


class TestItsFact:
    def test_an_area_for_improvement_and_each_recommendation_have_one(self, requirement):
        finding = requirement.finding
        recommendation = make_recommendation(
            finding, finding.organisation, due_on=date(2024, 11, 1), due_precision="day"
        )
        followed = own(recommendation)
        assert (followed.finding, followed.recommendation, followed.addressee) == (
            finding, recommendation, finding.organisation,
        )  # fmt: skip
        assert (followed.first_due, followed.due) == ("1 November 2024", "1 November 2024")
        assert {each.status_id for each in Requirement.objects.all()} == {"not_stated"}
        assert own(finding) == requirement

    def test_what_asks_for_nothing_has_none(self, requirement):
        practice = make_finding(requirement.inspection, "promising_practice", "A network")
        assert requirement_of(practice) is None

    def test_it_goes_where_its_finding_turns_out_to_ask_for_nothing(self, requirement):
        finding = requirement.finding
        by = {"by": make_author(), "reason": "Read again."}
        FINDINGS.change(finding, kind="observation", expected_version=finding.version, **by)
        assert not Requirement.objects.exists()

    def test_it_stays_once_it_has_been_followed(self, requirement):
        to(requirement, "awaiting_review")
        finding = requirement.finding
        with pytest.raises(ValidationError, match="followed up already"):
            FINDINGS.change(finding, kind="observation", expected_version=1, by=make_author(), reason="Read again.")

    def test_a_date_that_is_read_again_is_the_first_date_and_not_a_move(self, requirement):
        recommendation = make_recommendation(requirement.finding, requirement.organisation)
        followed = own(recommendation)
        due = {"due_on": date(2024, 11, 1), "due_precision": "day"}
        by = {"by": make_author(), "reason": "Read again."}
        recommendation = RECOMMENDATIONS.change(recommendation, due, expected_version=1, **by)
        followed.refresh_from_db()
        assert (followed.first_due, followed.due, followed.has_moved) == ("1 November 2024", "1 November 2024", False)
        move(followed, date(2025, 2, 1))
        RECOMMENDATIONS.change(recommendation, due_on=date(2024, 12, 1), expected_version=2, **by)
        followed.refresh_from_db()
        assert (followed.first_due, followed.due, followed.has_moved) == ("1 December 2024", "1 February 2025", True)


class TestSteps:
    def test_it_goes_from_review_to_completion(self, requirement):
        to(requirement, "awaiting_review", "being_progressed", "awaiting_sign_off")
        step(requirement, "complete", by=make_author("oduya"))
        requirement.refresh_from_db()
        assert (requirement.status.label, requirement.status.is_open) == ("Complete", False)
        to(requirement, "reopened", "being_progressed")
        assert requirement.status.is_open

    @pytest.mark.parametrize(
        ("before", "status", "complaint"),
        [
            ([], "complete", "After “No later information” comes “Awaiting review” or “Superseded”, not “Complete”."),
            (["awaiting_review"], "awaiting_sign_off", "After “Awaiting review” comes “Being progressed”"),
            (["awaiting_review", "being_progressed"], "complete", "not “Complete”"),
        ],
    )
    def test_no_step_is_skipped(self, requirement, before, status, complaint):
        to(requirement, *before)
        with pytest.raises(ValidationError, match=complaint):
            step(requirement, status, evidence=SEEN, by=make_author("oduya"))
        assert requirement.steps.count() == len(before)

    def test_completion_needs_evidence_and_a_second_person(self, requirement):
        to(requirement, "awaiting_review", "being_progressed")
        with pytest.raises(ValidationError, match="“Awaiting sign-off” needs evidence"):
            step(requirement, "awaiting_sign_off")
        to(requirement, "awaiting_sign_off")
        with pytest.raises(ValidationError, match="for somebody else to say than Priya Shah"):
            step(requirement, "complete")

    def test_what_a_document_says_is_bound_by_no_order(self, requirement):
        register = baker.make(SourceDocument, title="Register", published_on=date(2024, 5, 1))
        step(requirement, "complete", on=None, note="", source=register, locator="Row 7")
        requirement.refresh_from_db()
        assert (requirement.status_id, requirement.steps.get().kind_of_data) == ("complete", "published")

    def test_a_wrong_step_is_corrected_by_one_that_names_it(self, requirement):
        to(requirement, "awaiting_review")
        wrong = step(requirement, "being_progressed", on=date(2024, 4, 1))
        step(requirement, "superseded", on=date(2024, 4, 2), corrects=wrong)
        requirement.refresh_from_db()
        assert requirement.status_id == "superseded"
        assert [each.status_id for each in requirement.steps.standing().latest_first()] == [
            "superseded",
            "awaiting_review",
        ]

    def test_a_correction_of_an_earlier_step_of_the_same_day_stands_in_its_place(self, requirement):
        wrong = step(requirement, "awaiting_review")
        step(requirement, "being_progressed")
        step(requirement, "awaiting_review", note="It was a letter.", corrects=wrong)
        requirement.refresh_from_db()
        assert requirement.status_id == "being_progressed"

    def test_a_correction_that_breaks_what_came_after_is_refused(self, requirement):
        wrong = step(requirement, "awaiting_review")
        step(requirement, "being_progressed", on=date(2024, 4, 1))
        with pytest.raises(ValidationError, match="“Being progressed” of 1 April 2024 cannot follow “Superseded”"):
            step(requirement, "superseded", corrects=wrong)

    def test_a_day_before_publication_needs_a_yes(self, requirement):
        with pytest.raises(ValidationError, match="2 May 2023 is before the report was published \\(November 2023\\)"):
            step(requirement, "awaiting_review", on=date(2023, 5, 2))
        assert step(requirement, "awaiting_review", on=date(2023, 5, 2), before_publication=True)

    @pytest.mark.parametrize(
        ("more", "complaint"),
        [
            ({"on": date(2024, 6, 2)}, "Choose a day up to today, 1 June 2024"),
            ({"on": None}, "Give the day on which it happened"),
            ({"note": " "}, "Say what happened"),
            ({"evidence": {"evidence_kind": "link"}}, "Say which: “A link” is the evidence"),
        ],
    )
    def test_what_is_left_unclear_is_asked_for(self, requirement, more, complaint):
        with pytest.raises(ValidationError, match=complaint):
            step(requirement, "awaiting_review", **more)

    def test_of_two_who_write_at_once_the_second_is_refused(self, requirement):
        to(requirement, "awaiting_review")
        with pytest.raises(StaleRecordError):
            step(requirement, "being_progressed", expected_version=1)


class TestDates:
    def test_the_first_date_is_kept_and_each_move_says_by_whom_and_why(self, requirement):
        followed = own(
            make_recommendation(
                requirement.finding, requirement.organisation, due_on=date(2024, 5, 1), due_precision="day"
            )
        )
        assert followed.is_overdue(TODAY)
        move(followed, date(2024, 9, 1), setter="inspectorate")
        assert (followed.first_due, followed.due) == ("1 May 2024", "1 September 2024")
        assert (followed.is_overdue(TODAY), followed.was_due_before(TODAY)) == (False, True)
        [moved] = followed.moves.all()
        assert (moved.old, moved.new, moved.get_setter_display()) == (
            "1 May 2024",
            "1 September 2024",
            "The inspectorate",
        )
        assert (moved.reason, moved.by) == ("It takes longer.", make_author())

    def test_one_without_a_date_is_given_its_first(self, requirement):
        move(requirement, date(2024, 9, 17), new_precision="month")
        assert (requirement.first_due, requirement.due, requirement.has_moved) == ("September 2024",) * 2 + (False,)

    def test_to_the_same_date_it_does_not_move(self, requirement):
        move(requirement, date(2024, 9, 1))
        with pytest.raises(ValidationError, match="due on 1 September 2024 already"):
            move(requirement, date(2024, 9, 1))

    def test_overdue_in_a_query_is_overdue_of_a_row(self, requirement):
        for precision, day in (("day", date(2024, 5, 31)), ("month", date(2024, 5, 1)), ("year", date(2024, 1, 1))):
            move(requirement, day, new_precision=precision)
            assert set(Requirement.objects.overdue(TODAY)) == (
                {requirement} if requirement.is_overdue(TODAY) else set()
            )


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_done_each_status_has_its_step_and_no_step_is_skipped(requirement, seed):
    """Random lives: steps offered and not, corrections, dates that move."""
    random = Random(seed)  # noqa: S311 - nothing secret
    people = [make_author("ali"), make_author("bea")]
    words = [word.slug for word in RequirementStatus.rows()]
    for day in range(1, 16):
        standing = list(requirement.steps.standing())
        corrects = random.choice(standing) if standing and random.random() < 0.2 else None
        on = corrects.on if corrects else date(2024, 3, day)
        evidence = random.choice([SEEN, {}])
        with suppress(ValidationError):
            more = {"corrects": corrects, "evidence": evidence, "by": random.choice(people)}
            step(requirement, random.choice(words), on=on, **more)
        if random.random() < 0.2:
            with suppress(ValidationError):
                move(requirement, date(2025, random.randint(1, 12), 1))
        requirement.refresh_from_db()
        chain = [nothing_later(), *(each.status_id for each in reversed(requirement.steps.standing().latest_first()))]
        assert requirement.status_id == chain[-1]
        for before, after in pairwise(chain):
            assert after in {each.slug for each in RequirementStatus.named(str(before)).allowed}
        moves = list(requirement.moves.order_by("pk"))
        assert requirement.due_on == (moves[-1].new_on if moves else None)
        assert requirement.first_due_on == (moves[0].new_on if moves else None)
