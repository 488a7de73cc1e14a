"""Records for tests, each by one call, with only what a test cares about to say."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils.text import slugify
from model_bakery import baker

from disruptions.choices import DataKind
from disruptions.extracts.models import Extract
from disruptions.extracts.services import EXTRACTS
from disruptions.record.models import Disruption
from disruptions.record.services import record_disruption
from disruptions.threats.models import CrimeType, Threat, ThreatState
from disruptions.threats.services import CRIME_TYPES, STATES, THREATS
from forces.choices import OrganisationKind
from forces.models import BodySize, Organisation, Region
from forces.services import MEMBERSHIPS, ORGANISATIONS, SIZES
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Inspection, Programme, Question
from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.requirements.models import DeadlineMove, Requirement, Step
from inspections.requirements.services import DEADLINES, STEPS
from inspections.sources.models import SourceDocument
from plans4p.aims.models import Action, Aim
from plans4p.aims.services import ACTIONS, AIMS
from plans4p.directory.services import OFFICERS, ORDERS, PARTNERS, SITES
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from plans4p.sites.models import Site
from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.core.records.services import Service
from soc_tracker.core.records.words import Word

REASON = "As published."


def any_word(related_model: type[Word]) -> str:
    """For baker, where a test does not care which: the first of the vocabulary."""
    return next(slug for slug, _ in related_model.words())


any_word.required = ["related_model"]


def make_author(username: str = "priya", first_name: str = "Priya", last_name: str = "Shah") -> User:
    """Somebody who writes; they may read too, of the whole country."""
    names = {"first_name": first_name, "last_name": last_name}
    author, is_new = User.objects.get_or_create(username=username, defaults=names)
    if is_new:
        Reach.objects.create(account=author, is_national=True, valid_from=date(1990, 1, 1), reason="For a test.")
        author.groups.add(Group.objects.get(name=Role.ANALYST.label))
    return author


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


def make_size(organisation: Organisation, measure: str, value: int | str, as_at: date, **more: Any) -> BodySize:
    """How large the organisation is on a day, by a document of its own unless one is given."""
    values = {"source": more.pop("source", None) or baker.make(SourceDocument), "locator": "table 1"} | more
    return SIZES.create(
        values, organisation=organisation, measure=measure, value=value, as_at=as_at, by=make_author(), reason=REASON
    )


def make_programme(scale: str = "five", name: str = "PEEL 2022/23", year: int = 2022) -> Programme:
    return baker.make(Programme, name=name, slug=slugify(name), scale=scale, year=year)


def make_inspection(of: Region | Organisation, programme: Programme | None = None, **more: Any) -> Inspection:
    about = {"region": of} if isinstance(of, Region) else {"organisation": of}
    programme = programme or make_programme()
    title = f"{of}, {programme}"
    values = {"locator": "opening"} | about | more
    return baker.make(Inspection, programme=programme, title=title, slug=slugify(title), **values)


def make_grading(inspection: Inspection, organisation: Organisation, grade: str = "adequate", **more: Any) -> Grading:
    question = more.pop("question", None) or baker.make(
        Question, programme=inspection.programme, theme="soc", text="Tackling serious and organised crime"
    )
    values = {"summary": "", "source": inspection.source, "locator": "paragraph 1"} | more
    return GRADINGS.create(
        values,
        inspection=inspection,
        organisation=organisation,
        question=question,
        grade=grade,
        by=make_author(),
        reason=REASON,
    )


def make_finding(
    inspection: Inspection, kind: str = "area_for_improvement", title: str = "4P plans", **more: Any
) -> Finding:
    about = {"organisation": inspection.organisation, "region": inspection.region}
    values = {"slug": slugify(title), "summary": title, "tone": "shortcoming", "section": "resources"} | about | more
    status = values.pop("status", None)
    finding = FINDINGS.create(
        {"source": inspection.source, "locator": "paragraph 2", **values},
        inspection=inspection,
        kind=kind,
        title=title,
        by=make_author(),
        reason=REASON,
    )
    if status:
        make_step(finding.requirement, status)
    return finding


def make_recommendation(finding: Finding, addressed_to: Organisation, number: int = 1, **more: Any) -> Recommendation:
    values = {"due_precision": "none", "source": finding.source, "locator": "paragraph 3"} | more
    status = values.pop("status", None)
    recommendation = RECOMMENDATIONS.create(
        values,
        finding=finding,
        number=number,
        text="Improve the plans.",
        addressed_to=addressed_to,
        by=make_author(),
        reason=REASON,
    )
    if status:
        make_step(recommendation.requirement, status)
    return recommendation


def make_step(requirement: Requirement, status: str, on: date | None = None, **more: Any) -> Step:
    """A step whatever came before it: published, unless a day is given on which somebody recorded it."""
    is_published = on is None
    source = {"source": requirement.fact.source, "locator": "paragraph 4"} if is_published else {}
    line = {"requirement": requirement, "status": status, "on": on, "note": "Seen."} | source | more
    step = STEPS.create(line, by=make_author(), reason=REASON)
    requirement.refresh_from_db()
    return step


def make_move(requirement: Requirement, new_on: date, **more: Any) -> DeadlineMove:
    values = {"setter": "body", "reason": "It takes longer.", "on": date(2024, 1, 1)} | more
    move = DEADLINES.create(values, requirement=requirement, new_on=new_on, by=make_author(), reason=REASON)
    requirement.refresh_from_db()
    return move


def make_crime_type(name: str = "Drugs supply") -> CrimeType:
    """The crime type of this name: made once."""
    stored = CrimeType.objects.filter(name=name).first()
    return stored or CRIME_TYPES.create(name=name, slug=slugify(name), by=make_author(), reason=REASON)


def make_extract(
    contents: str = "disruptions", as_at: date = date(2023, 1, 4), kind: str = DataKind.RECORDED, **more: Any
) -> Extract:
    values = {
        "file_name": "extract.csv",
        "sha256": sha256(f"{contents} {as_at} {kind}".encode()).hexdigest(),
        "loaded_at": datetime(as_at.year, as_at.month, as_at.day, 12, tzinfo=UTC),
        "loaded_by": make_author(),
    }
    return EXTRACTS.create(
        values | more, contents=contents, as_at=as_at, kind_of_data=kind, by=make_author(), reason=REASON
    )


def make_threat(
    reference: str = "OCG-0000001",
    organisation: Organisation | None = None,
    state: bool | dict[str, Any] = True,
    kind: str = DataKind.RECORDED,
    **more: Any,
) -> Threat:
    """A threat whose type is the beginning of its reference; its state (unless False) is one of the master list."""
    first_type = reference[:3].lower().strip("-")
    threat = THREATS.create(
        {"first_type": first_type} | more,
        reference=reference,
        organisation=organisation,
        kind_of_data=kind,
        by=make_author(),
        reason=REASON,
    )
    if state is not False:
        make_state(threat, **({} if state is True else state))
    return threat


def make_state(threat: Threat, valid_from: date = date(2019, 1, 1), **more: Any) -> ThreatState:
    values = {"type": threat.first_type, "tier": 2, "phase": "Active"}
    values |= {"assessment_type": "tactical", "moderation": "moderated", "is_soc": True}
    return STATES.create(values | more, threat=threat, valid_from=valid_from, by=make_author(), reason=REASON)


def make_disruption(
    reference: str = "DIS-2022-0000001",
    organisation: Organisation | None = None,
    four_p: str = "pursue",
    size: str = "moderate",
    activity_date: date = date(2022, 3, 15),
    added_date: date | None = None,
    involvement: str = "lead",
    threat: Threat | None = None,
    kind: str = DataKind.RECORDED,
    **more: Any,
) -> Disruption:
    """A disruption that became known on its added date: the day of the activity, unless another is given.

    Without an organisation it is Cheshire's; without a threat, it is of one that all such disruptions share.
    """
    return record_disruption(
        more,
        reference=reference,
        organisation=organisation or Organisation.objects.filter(slug="cheshire").first() or make_organisation(),
        four_p=four_p,
        size=size,
        activity_date=activity_date,
        added_date=added_date or activity_date,
        involvement=involvement,
        threat=threat or _shared_threat(kind),
        kind_of_data=kind,
        by=make_author(),
        reason=REASON,
    )


def _shared_threat(kind: str) -> Threat:
    reference = "OCG-0000001" if kind == DataKind.RECORDED else "OCG-0000002"
    return Threat.objects.filter(reference=reference).first() or make_threat(reference, kind=kind)


def make_officer(organisation: Organisation, name: str = "Sam Okoro", **more: Any) -> LeadOfficer:
    return OFFICERS.create(
        {"rank": "Chief Inspector"} | more, name=name, organisation=organisation, by=make_author(), reason=REASON
    )


def make_account_of(organisation: Organisation, username: str = "signer", **more: Any) -> User:
    """The account of a lead responsible officer of the body, made once."""
    account = make_author(username, username.capitalize(), "Lowe")
    account.groups.add(Group.objects.get(name=Role.LEAD_RESPONSIBLE_OFFICER.label))
    if not LeadOfficer.objects.filter(user=account).exists():
        make_officer(organisation, account.get_full_name(), user=account, **more)
    return User.objects.get(pk=account.pk)  # without what was read of it so far


def make_plan(
    organisation: Organisation | None = None, reference: str = "4P-00001", status: str = "draft", **more: Any
) -> Plan:
    """A strategic plan of 2023 with an owner; beyond a draft, approved and due for review in 2024."""
    organisation = organisation or Organisation.objects.first() or make_organisation()
    values: dict[str, Any] = {"title": "County lines", "starts_on": date(2023, 1, 1)}
    if "threat" not in more:
        values["theme"] = "County lines"
    if "owner" not in more:
        values["owner"] = organisation.lead_officers.first() or make_officer(organisation, **_kind(more))
    if status != "draft":
        values |= {"review_due_on": date(2024, 1, 1), "approved_on": date(2023, 1, 2), "approved_by": make_author()}
    values |= _kind(more) | more
    at_any_stage = Service(Plan)  # the site's own begins with drafts
    given = {"organisation": organisation, "reference": reference, "status": status}
    return at_any_stage.create(values | given, by=make_author(), reason=REASON)


def _kind(more: dict[str, Any]) -> dict[str, Any]:
    """The kind of data that is asked for, or that of the threat."""
    named = {"kind_of_data": more["threat"].kind_of_data} if more.get("threat") else {}
    return {name: value for name, value in (named | more).items() if name == "kind_of_data"}


def make_aim(plan: Plan, four_p: str = "pursue", target: int = 4, counts: str = "disruptions", **more: Any) -> Aim:
    values = {"change": "The line is closed", "measure": "Disruptions of the line", "due_on": date(2023, 12, 31)}
    return AIMS.create(
        values | more, plan=plan, four_p=four_p, target=target, counts=counts, by=make_author(), reason=REASON
    )


def make_action(aim: Aim, description: str = "Seize the telephone of the line", **more: Any) -> Action:
    values = {"owner": "DS Kaur", "due_on": date(2023, 6, 30)}
    return ACTIONS.create(values | more, aim=aim, description=description, by=make_author(), reason=REASON)


def make_partner(name: str = "Youth Futures Trust", serves: Iterable[Organisation] = (), **more: Any) -> Partner:
    values = {"slug": slugify(name), "sector": "third", "serves": list(serves)}
    return PARTNERS.create(values | more, name=name, by=make_author(), reason=REASON)


def make_order(organisation: Organisation, reference: str = "SCPO-0001", **more: Any) -> AncillaryOrder:
    values = {"kind": "scpo", "subject": "SUB-0001", "made_on": date(2022, 5, 1), "in_force_from": date(2022, 5, 1)}
    values |= {"expires_on": date(2027, 4, 30), "setting": "community", "manager": "PS Reid"}
    return ORDERS.create(values | more, reference=reference, organisation=organisation, by=make_author(), reason=REASON)


def make_site(organisation: Organisation, place: str = "Murdishaw", **more: Any) -> Site:
    return SITES.create(
        {"slug": slugify(place)} | more, place=place, organisation=organisation, by=make_author(), reason=REASON
    )
