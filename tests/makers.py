"""Records for tests, each by one call, with only what a test cares about to say."""

from typing import Any

from django.contrib.auth.models import User
from django.utils.text import slugify
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Organisation, Region
from forces.services import MEMBERSHIPS, ORGANISATIONS
from inspections.choices import FindingKind, GradeScale
from inspections.models import Finding, Grading, Inspection, Programme, Question, Recommendation
from inspections.services import record_finding, record_grading, record_recommendation

REASON = "As published."


def make_author(username: str = "priya", first_name: str = "Priya", last_name: str = "Shah") -> User:
    return User.objects.get_or_create(username=username, defaults={"first_name": first_name, "last_name": last_name})[0]


def make_organisation(
    name: str = "Cheshire Constabulary", kind: OrganisationKind = OrganisationKind.FORCE, **more: Any
) -> Organisation:
    values = {"short_name": name.split()[0], "slug": slugify(name.split()[0]), "kind": kind} | more
    return ORGANISATIONS.create(values, name=name, by=make_author(), reason=REASON)


def make_member(region: Region, name: str = "Cheshire Constabulary", **more: Any) -> Organisation:
    """An organisation that is in the region, now and always."""
    organisation = make_organisation(name, **more)
    MEMBERSHIPS.create(organisation=organisation, region=region, by=make_author(), reason=REASON)
    return organisation


def make_programme(scale: GradeScale = GradeScale.FIVE, name: str = "PEEL 2022/23", year: int = 2022) -> Programme:
    return baker.make(Programme, name=name, slug=slugify(name), scale=scale, year=year)


def make_inspection(of: Region | Organisation, programme: Programme | None = None) -> Inspection:
    about = {"region": of} if isinstance(of, Region) else {"organisation": of}
    programme = programme or make_programme()
    title = f"{of}, {programme}"
    return baker.make(Inspection, programme=programme, title=title, slug=slugify(title), locator="opening", **about)


def make_grading(inspection: Inspection, organisation: Organisation, grade: str = "adequate", **more: Any) -> Grading:
    question = more.pop("question", None) or baker.make(
        Question, programme=inspection.programme, theme="soc", text="Tackling serious and organised crime"
    )
    values = {"summary": "", "source": inspection.source, "locator": "paragraph 1"} | more
    return record_grading(
        values,
        inspection=inspection,
        organisation=organisation,
        question=question,
        grade=grade,
        by=make_author(),
        reason=REASON,
    )


def make_finding(
    inspection: Inspection, kind: FindingKind = FindingKind.AREA_FOR_IMPROVEMENT, title: str = "4P plans", **more: Any
) -> Finding:
    about = {"organisation": inspection.organisation, "region": inspection.region}
    values = {"slug": slugify(title), "summary": title, "tone": "shortcoming", "section": "resources"} | about | more
    return record_finding(
        {"source": inspection.source, "locator": "paragraph 2", **values},
        inspection=inspection,
        kind=kind,
        title=title,
        by=make_author(),
        reason=REASON,
    )


def make_recommendation(finding: Finding, addressed_to: Organisation, number: int = 1, **more: Any) -> Recommendation:
    values = {"due_precision": "none", "status": "open", "source": finding.source, "locator": "paragraph 3"} | more
    return record_recommendation(
        values,
        finding=finding,
        number=number,
        text="Improve the plans.",
        addressed_to=addressed_to,
        by=make_author(),
        reason=REASON,
    )
