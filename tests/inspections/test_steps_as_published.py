"""Steps that a document tells of: they are published, may come without a day or a comment, and in any order."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from model_bakery import baker

from inspections.requirements.models import Requirement
from inspections.requirements.services import STEPS, take_step
from inspections.sources.models import SourceDocument
from soc_tracker.core.access.roles import Role
from tests.forms import press
from tests.makers import make_author, make_finding, make_inspection, make_organisation, make_recommendation

pytestmark = pytest.mark.django_db
BUTTON = "Add to the history"


@pytest.fixture
def requirement() -> Requirement:
    force = make_organisation()
    return make_recommendation(make_finding(make_inspection(force)), force).requirement


@pytest.fixture
def register() -> SourceDocument:
    return baker.make(SourceDocument, title="Register of recommendations", published_on=date(2024, 5, 1))


def test_a_register_closes_it_without_a_day_or_a_comment(inspector, requirement, register):
    page = inspector.get(f"{requirement.get_absolute_url()}?published=yes")
    answer = press(inspector, page, BUTTON, status="complete", source=str(register.pk), locator="Row 7")
    assert answer.status_code == 302
    step = requirement.steps.get()
    assert (step.on, step.note, step.source, step.kind_of_data) == (None, "", register, "published")
    requirement.refresh_from_db()
    assert (requirement.status_id, requirement.known) == ("complete", "published (day not known)")
    assert requirement.history.first().history_change_reason == "As Register of recommendations says."
    text = inspector.get(requirement.get_absolute_url()).content.decode()
    assert "day not known" in text
    assert "Row 7" in text


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"locator": "Row 7"}, "This field is required."),
        ({"source": "register"}, "This field is required."),
    ],
)
def test_the_document_and_the_place_in_it_are_asked_for(inspector, requirement, register, words, complaint):
    chosen = {name: str(register.pk) if value == "register" else value for name, value in words.items()}
    page = inspector.get(f"{requirement.get_absolute_url()}?published=yes")
    answer = press(inspector, page, BUTTON, status="complete", **chosen)
    assert answer.status_code == 400
    assert complaint in answer.content.decode()
    assert not requirement.steps.exists()


@pytest.mark.parametrize(("on", "expected"), [(date(2024, 4, 30), "complete"), (date(2024, 5, 2), "reopened")])
def test_a_step_without_a_day_happened_by_the_day_of_its_source(requirement, register, on, expected):
    by = make_author()
    step = {"requirement": requirement, "status": "complete", "source": register, "locator": "Row 7"}
    STEPS.create(step, by=by, reason="Loaded.")
    requirement.refresh_from_db()
    letter = baker.make(SourceDocument, title="Letter", published_on=on)
    more = {"status": "reopened", "note": "", "expected_version": requirement.version, "today": localdate()}
    take_step(requirement, by=by, on=on, source=letter, locator="Line 1", **more)
    requirement.refresh_from_db()
    assert requirement.status_id == expected


def test_only_what_a_month_is_known_of_is_kept_as_its_first_day(requirement, register):
    step = {"requirement": requirement, "status": "being_progressed", "source": register, "locator": "Row 7"}
    stored = STEPS.create(step, on=date(2023, 11, 9), on_precision="month", by=None, reason="Loaded.")
    assert (stored.on, stored.day) == (date(2023, 11, 1), "November 2023")


def test_a_source_comes_with_a_place(requirement, register):
    step = {"requirement": requirement, "status": "being_progressed", "source": register}
    with pytest.raises(ValidationError, match="Give a source and the place in it"):
        STEPS.create(step, by=None, reason="Loaded.")


def test_a_step_says_where_it_stands(requirement, register):
    step = {"requirement": requirement, "status": "not_stated", "source": register, "locator": "Row 7"}
    with pytest.raises(ValidationError, match="Say where it stands"):
        STEPS.create(step, by=None, reason="Loaded.")


def test_the_page_of_the_body_says_that_the_day_is_not_known(sign_in, requirement, register):
    step = {"requirement": requirement, "status": "being_progressed", "source": register, "locator": "Row 7"}
    STEPS.create(step, by=None, reason="Loaded.")
    page = sign_in(Role.INSPECTOR).get(requirement.organisation.get_absolute_url())
    assert "Being progressed since a day not known" in page.content.decode()
