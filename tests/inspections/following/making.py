"""Requirements with histories, for tests."""

from datetime import date
from typing import Any

from model_bakery import baker

from forces.models import Organisation, Region
from inspections.requirements.models import DeadlineMove, Requirement, Step
from inspections.requirements.services import DEADLINES, STEPS, requirement_of
from inspections.sources.models import SourceDocument
from tests.makers import REASON, make_author, make_finding, make_inspection, make_programme, make_recommendation

MADE = date(2023, 11, 10)


def make_requirement(
    of: Organisation | Region, made: date | None = MADE, title: str = "Plans", **more: Any
) -> Requirement:
    """That of an area for improvement of a report of its own, which was published on the day."""
    year = made.year if made else 2010
    programme = make_programme(name=f"Round for {title} at {of}", year=year)
    precision = more.pop("published_precision", "day")
    inspection = make_inspection(of, programme, published_on=made, published_precision=precision)
    requirement = requirement_of(make_finding(inspection, title=f"{title} at {of}", **more))
    assert requirement is not None
    return requirement


def make_required(
    of: Organisation, due_on: date, made: date = MADE, precision: str = "day", **more: Any
) -> Requirement:
    """That of a recommendation which is due on the day."""
    finding = make_requirement(of, made, **more).finding
    requirement = requirement_of(make_recommendation(finding, of, due_on=due_on, due_precision=precision))
    assert requirement is not None
    return requirement


def make_step(requirement: Requirement, status: str, on: date | None, **more: Any) -> Step:
    """As a document says, so that no step before it is asked for."""
    values = {"source": baker.make(SourceDocument, published_on=None), "locator": "page 3"} | more
    return STEPS.create(values, requirement=requirement, status=status, on=on, by=make_author(), reason=REASON)


def make_move(requirement: Requirement, on: date, new_on: date, **more: Any) -> DeadlineMove:
    requirement.refresh_from_db()
    values = {"setter": "body", "reason": "It takes longer."} | more
    return DEADLINES.create(values, requirement=requirement, on=on, new_on=new_on, by=make_author(), reason=REASON)
