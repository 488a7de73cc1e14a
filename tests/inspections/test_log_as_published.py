"""The log of a recommendation: lines with a source are published, a day or a comment may be missing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from model_bakery import baker

from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import UPDATES, log_recommendation
from inspections.sources.models import SourceDocument
from soc_tracker.core.access.roles import Role
from tests.forms import press
from tests.makers import make_author, make_finding, make_inspection, make_organisation, make_recommendation

pytestmark = pytest.mark.django_db
BUTTON = "Add to the log"


@pytest.fixture
def recommendation() -> Recommendation:
    force = make_organisation()
    return make_recommendation(make_finding(make_inspection(force)), force)


@pytest.fixture
def register() -> SourceDocument:
    return baker.make(SourceDocument, title="Register of recommendations", published_on=date(2024, 5, 1))


def test_a_register_closes_it_without_a_day_or_a_comment(inspector, recommendation, register):
    page = inspector.get(recommendation.get_absolute_url())
    words = {"no_day": "on", "status": "closed", "source": str(register.pk), "locator": "Row 7"}
    answer = press(inspector, page, BUTTON, **words)
    assert answer.status_code == 302
    line = recommendation.updates.get()
    assert (line.on, line.note, line.source, line.kind_of_data) == (None, "", register, "published")
    recommendation.refresh_from_db()
    assert recommendation.status_id == "closed"
    assert recommendation.history.first().history_change_reason == "As Register of recommendations says."
    text = inspector.get(recommendation.get_absolute_url()).content.decode()
    assert "day not known" in text
    assert "Row 7" in text


def test_awaiting_review_is_said_and_is_not_closed(inspector, recommendation):
    page = inspector.get(recommendation.get_absolute_url())
    press(inspector, page, BUTTON, on="2024-02-01", status="awaiting_review", note="Sent to the inspectorate.")
    recommendation.refresh_from_db()
    assert recommendation.status.label == "Awaiting review"
    assert Recommendation.objects.not_closed().get() == recommendation
    assert recommendation.updates.get().kind_of_data == "recorded"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"note": "Seen."}, "Give the date on which it happened."),
        ({"on": "2024-02-01", "no_day": "on", "note": "Seen."}, "Give the date, or say that the day is not known"),
        ({"on": "2024-02-01"}, "Say what happened."),
        ({"on": "2024-02-01", "note": "Seen.", "locator": "Row 7"}, "Give a source and the place in it, or neither."),
    ],
)
def test_what_is_left_unclear_is_asked_for(inspector, recommendation, words, complaint):
    answer = press(inspector, inspector.get(recommendation.get_absolute_url()), BUTTON, status="closed", **words)
    assert answer.status_code == 400
    assert complaint in answer.content.decode()
    assert not recommendation.updates.exists()


@pytest.mark.parametrize(("on", "expected"), [(date(2024, 4, 30), "closed"), (date(2024, 5, 2), "open")])
def test_a_line_without_a_day_happened_by_the_day_of_its_source(recommendation, register, on, expected):
    by = make_author()
    line = {"recommendation": recommendation, "status": "closed", "source": register, "locator": "Row 7"}
    UPDATES.create(line, by=by, reason="Loaded.")
    recommendation.refresh_from_db()
    version = recommendation.version
    more = {"status": "open", "note": "Opened again.", "expected_version": version, "today": localdate()}
    log_recommendation(recommendation, by=by, on=on, **more)
    recommendation.refresh_from_db()
    assert recommendation.status_id == expected


def test_only_what_a_month_is_known_of_is_kept_as_its_first_day(recommendation, register):
    line = {"recommendation": recommendation, "status": "open", "source": register, "locator": "Row 7"}
    stored = UPDATES.create(line, on=date(2023, 11, 9), on_precision="month", by=None, reason="Loaded.")
    assert (stored.on, stored.day) == (date(2023, 11, 1), "November 2023")


def test_a_source_comes_with_a_place(recommendation, register):
    line = {"recommendation": recommendation, "status": "open", "source": register}
    with pytest.raises(ValidationError, match="Give a source and the place in it"):
        UPDATES.create(line, by=None, reason="Loaded.")


def test_the_page_of_the_body_says_that_the_day_is_not_known(sign_in, recommendation, register):
    line = {"recommendation": recommendation, "status": "in_progress", "source": register, "locator": "Row 7"}
    UPDATES.create(line, by=None, reason="Loaded.")
    page = sign_in(Role.INSPECTOR).get(recommendation.addressed_to.get_absolute_url())
    assert "In progress since a day not known" in page.content.decode()
