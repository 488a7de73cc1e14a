"""The keys that pages have in their address, each of a row that is looked up, or made where there is none."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from disruptions.citations.models import Citation
from disruptions.extracts.models import Extract, Upload
from disruptions.record.models import Disruption
from disruptions.saved_views.models import SavedView
from disruptions.services import cite, save_view
from disruptions.threats.models import Threat
from disruptions.threats.services import ASSESSMENTS
from forces.choices import OrganisationKind
from forces.models import Organisation
from inspections.entering.services import enter_figure
from inspections.evidence.models import EvidenceFile
from inspections.evidence.services import kept_file
from inspections.figures.models import Measure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection, Programme, Question
from inspections.reader.desk.models import ProposedFact, ReportFile
from inspections.recommendations.models import Recommendation
from inspections.requirements.models import Requirement
from inspections.responses.models import Response
from inspections.work.models import EvidenceNote, FactCheck
from inspections.work.services import CHECKS, NOTES, move_on, plan_inspection
from plans4p.aims.models import Action
from plans4p.directory.services import OFFERS, PHASES
from plans4p.files.models import PlanFile
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from plans4p.reminders.services import new_calendar_key
from plans4p.signatures.services import ask_to_sign
from plans4p.sites.models import Site
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import give_reach
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from soc_tracker.reference.models import FactFile
from tests.disruptions.extracts.uploading import bad_file, checked
from tests.inspections.reader.reports import sent_report, sent_response, short_report
from tests.makers import (
    make_action,
    make_aim,
    make_author,
    make_disruption,
    make_extract,
    make_finding,
    make_grading,
    make_officer,
    make_order,
    make_partner,
    make_plan,
    make_recommendation,
    make_site,
    make_threat,
)
from tests.plans4p.importing import checked_file
from tests.reference.fact_files import checked_file as checked_facts


def of_citation() -> Mapping[str, Any]:
    owner = demo_account(Role.ANALYST)
    stored = Citation.objects.filter(cited_by=owner).first()
    value = {"headings": ["", "Number"], "rows": [["Disruptions", "3"]]}
    return {
        "code": (
            stored
            or cite(
                page="/disruptions/?data=recorded&as_at=2023-01-04",
                title="Disruptions",
                kind_of_data="recorded",
                as_at=date(2023, 1, 4),
                known=datetime(2023, 1, 5, tzinfo=UTC),
                value=value,
                cited_by=owner,
                cited_at=datetime(2023, 1, 5, tzinfo=UTC),
                by=owner,
                reason="Cited.",
            )
        ).code
    }


def of_view() -> Mapping[str, Any]:
    owner = demo_account(Role.ANALYST)
    stored = SavedView.objects.filter(owner=owner).first()
    values = {"name": "Threats of ours", "page": "disruptions:threat_list", "query": "list=master", "owner": owner}
    return {"pk": (stored or save_view(values, by=owner, reason="Wanted again.")).pk}


def of_entry() -> Mapping[str, Any]:
    entry = record_event(
        Kind.CHANGE, subject="An example", before={"note": "before"}, after={"note": "after"}, why="Why"
    )
    return {"pk": entry.pk if entry else 0}


def of_grading() -> dict[str, int]:
    key = {"inspection__slug": "north-west-soc-2022-23", "organisation__slug": "cheshire"}
    return {"pk": Grading.objects.get(**key, question__slug="peel-2022-23-soc").pk}


def of_recommendation() -> dict[str, int]:
    return {"pk": Recommendation.objects.earliest("pk").pk}


def of_requirement() -> dict[str, int]:
    return {"pk": Requirement.objects.filter(organisation__slug="west-mercia").earliest("pk").pk}


def of_response() -> dict[str, int]:
    return {"pk": Response.objects.earliest("pk").pk}


def of_other() -> dict[str, str]:
    """A body that is neither force nor unit: the reference data has none."""
    key = {"slug": "national-crime-agency"}
    named = {"name": "National Crime Agency", "short_name": "NCA", "kind": OrganisationKind.OTHER}
    Organisation.objects.get_or_create(**key, defaults=named)
    return key


def of_threat() -> dict[str, str]:
    """A threat that was scored twice and disrupted once, so that its page has charts."""
    if not (threat := Threat.objects.filter(reference="OCG-0009001").first()):
        threat = make_threat("OCG-0009001", Organisation.objects.get(slug="cheshire"), name="Fenland")
        for month, total in ((1, 40), (6, 55)):
            values = {"assessed_on": date(2022, month, 1), "total": total}
            ASSESSMENTS.create(values, threat=threat, by=make_author(), reason="As published.")
        make_disruption("DIS-2022-0009001", threat.organisation, threat=threat, summary="Two people arrested.")
    return {"reference": threat.reference}


def of_threat_chart() -> dict[str, str]:
    return {**of_threat(), "report": "scores"}


def of_extract() -> dict[str, int]:
    return {"pk": (Extract.objects.first() or make_extract()).pk}


def of_upload() -> dict[str, UUID]:
    """An upload that has been checked, and has rows that were refused."""
    upload = Upload.objects.exclude(errors="").first() or checked(bad_file())
    return {"token": upload.token}


def of_disruption() -> dict[str, str]:
    """Of the record the reference data has nothing."""
    key = {"reference": "DIS-2022-0000001"}
    if not Disruption.objects.filter(**key).exists():
        make_disruption(**key)
    return key


def of_calendar() -> dict[str, UUID]:
    return {"key": new_calendar_key(demo_account(Role.INSPECTOR), date(2100, 1, 1)).calendar_key}


def _own_officer() -> LeadOfficer:
    """The officer of Cheshire whose account the demonstration's lead responsible officer has."""
    account = demo_account(Role.LEAD_RESPONSIBLE_OFFICER)
    stored = LeadOfficer.objects.filter(user=account).first()
    return stored or make_officer(Organisation.objects.get(slug="cheshire"), "Ada Lowe", user=account)


def with_officer(**kwargs: Any) -> dict[str, Any]:
    """Of pages on which officers of a body write something new."""
    _own_officer()
    return kwargs


def of_plan_to_sign(**more: Any) -> dict[str, Any]:
    """A plan of another officer, which that account is asked to sign."""
    own = _own_officer()
    if not (plan := Plan.objects.filter(reference="4P-09002").first()):
        plan = make_plan(own.organisation, "4P-09002", owner=make_officer(own.organisation, "Lee Moss"))
        ask_to_sign(plan, own, by=make_author(), today=date(2023, 3, 1))
    return {"reference": plan.reference, **more}


def _stored_plan() -> Plan:
    """A draft of that officer with an aim, an action and a disruption that waits to be linked."""
    if not (plan := Plan.objects.filter(reference="4P-09001").first()):
        threat = Threat.objects.get(**of_threat())
        days = {"starts_on": date(2022, 1, 1)}
        plan = make_plan(threat.organisation, "4P-09001", threat=threat, title="Fenland", owner=_own_officer(), **days)
        make_action(make_aim(plan))
    return plan


def of_plan(**more: Any) -> dict[str, Any]:
    return {"reference": _stored_plan().reference, **more}


def of_new_aim() -> dict[str, Any]:
    return {"kind": "aim", "parent": _stored_plan().pk}


def of_action() -> dict[str, Any]:
    return {"kind": "action", "pk": Action.objects.filter(aim__plan=_stored_plan()).earliest("pk").pk}


def of_open_action() -> dict[str, Any]:
    return {"pk": of_action()["pk"]}


def of_waiting_file() -> dict[str, Any]:
    """A file of plans that a lead responsible officer has sent, with a row that is refused."""
    return with_officer(token=(PlanFile.objects.exclude(errors="").first() or checked_file()).token)


def of_waiting_facts() -> dict[str, Any]:
    """A file of facts that an inspector has sent, with a row that is refused."""
    return {"token": (FactFile.objects.exclude(errors="").first() or checked_facts()).token}


def of_report_begun() -> Mapping[str, Any]:
    """A report of an inspector whose draft is begun."""
    begun = ReportFile.objects.filter(inspection__isnull=False).first()
    return {"token": (begun or short_report(is_begun=True)).token}


def of_proposal() -> Mapping[str, Any]:
    token = of_report_begun()["token"]
    facts = ProposedFact.objects.filter(report__token=token, kind="finding", decision="waiting")
    return {"token": token, "number": facts.order_by("number")[0].number}


def of_report_read() -> Mapping[str, Any]:
    """A report of an inspector that was read and waits for its draft."""
    waiting = ReportFile.objects.filter(stage=UploadStage.CHECKED, response=None).first()
    return {"token": (waiting or short_report(is_begun=False)).token}


def of_response_of_findings() -> Mapping[str, Any]:
    """A response to a report that asks several things of its force."""
    response = Response.objects.get(organisation__slug="north-wales", inspection__slug="north-west-soc-2022-23")
    return {"pk": response.pk}


def of_response_file() -> Mapping[str, Any]:
    """What an inspector has uploaded as that response, once it was read."""
    waiting = ReportFile.objects.filter(stage=UploadStage.CHECKED, response__isnull=False).first()
    return {"token": (waiting or sent_response(of_response_of_findings()["pk"])).token}


def of_report_refused() -> Mapping[str, Any]:
    """A file of an inspector that is no report."""
    failed = ReportFile.objects.filter(stage=UploadStage.FAILED).first()
    return {"token": (failed or sent_report("empty.txt", b" ")).token}


def of_draft(**more: Any) -> dict[str, Any]:
    """An inspection of Cheshire that the demonstration's inspector leads, whose facts the body may check."""
    if not (draft := Inspection.objects.filter(title="Cheshire again").first()):
        by = demo_account(Role.INSPECTOR)
        of = {"programme": Programme.objects.earliest("pk"), "organisation": Organisation.objects.get(slug="cheshire")}
        draft = plan_inspection({**of, "region": None, "title": "Cheshire again", "publisher": "HMI"}, by=by)
        while not draft.stage.checked_by_body:
            stage = draft.stage.next_stages[0].slug
            draft = move_on(draft, stage, by=by, note="", expected_version=draft.version)
    return {"slug": draft.slug, **more}


def of_facts_to_check() -> dict[str, Any]:
    """Of the body for which the demonstration's lead responsible officer acts."""
    officer, body = demo_account(Role.LEAD_RESPONSIBLE_OFFICER), Organisation.objects.get(slug="cheshire")
    if not officer.reaches.filter(organisation=body).exists():
        give_reach(officer, organisation=body, valid_from=date(1990, 1, 1), by=make_author(), reason="Works there.")
    return of_draft(body=body.slug)


def of_drafted_finding() -> dict[str, Any]:
    draft = Inspection.objects.get(**of_draft())
    return {"slug": (draft.findings.first() or make_finding(draft, title="Drafted")).slug}


def of_evidence() -> dict[str, int]:
    if not (stored := EvidenceFile.objects.first()):
        by = demo_account(Role.INSPECTOR)
        upload = SimpleUploadedFile("Plan.txt", b"Made-up words.")
        with kept_file(upload, requirement=Requirement.objects.earliest("pk"), by=by) as stored:
            pass
    return {"pk": stored.pk}


def of_drafted_recommendation() -> dict[str, Any]:
    finding = Finding.objects.get(**of_drafted_finding())
    made = finding.recommendations.first() or make_recommendation(finding, Organisation.objects.get(slug="cheshire"))
    return {"pk": made.pk}


def of_drafted_figure() -> dict[str, Any]:
    draft = Inspection.objects.get(**of_draft())
    values = {"organisation": draft.organisation, "region": None, "national": False, "measure": Measure.objects.first()}
    number = {"value": 12, "unit": "count", "said_by": "body", "as_at": date(2023, 3, 1), "locator": "Page 1"}
    made = draft.figures.first() or enter_figure(draft, {**values, **number}, by=demo_account(Role.INSPECTOR))
    return {"slug": made.slug}


def of_drafted_grading() -> dict[str, Any]:
    draft = Inspection.objects.get(**of_draft())
    question = Question.objects.filter(programme=draft.programme).earliest("pk")
    grade = draft.programme.scale.allowed[0].slug
    made = draft.gradings.first() or make_grading(draft, draft.organisation, grade, question=question)
    return {"pk": made.pk}


def of_note() -> dict[str, Any]:
    draft, by = Inspection.objects.get(**of_draft()), demo_account(Role.INSPECTOR)
    values = {"inspection": draft, "on": date(2023, 3, 1), "place": "Control room", "what": "No plan.", "by": by}
    note = EvidenceNote.objects.first() or NOTES.create(values, by=by, reason="Noted.")
    return of_draft(pk=note.pk)


def of_check() -> dict[str, Any]:
    draft, by = Inspection.objects.get(**of_draft()), demo_account(Role.LEAD_RESPONSIBLE_OFFICER)
    values = {"inspection": draft, "organisation": draft.organisation, "verdict": "wrong", "text": "Two.", "by": by}
    check = FactCheck.objects.first() or CHECKS.create({**values, "on": date(2023, 3, 1)}, by=by, reason="Checked.")
    return of_draft(pk=check.pk)


def of_partner() -> dict[str, str]:
    """A partner with an offer."""
    if not (partner := Partner.objects.filter(slug="youth-futures-trust").first()):
        partner = make_partner(serves=[Organisation.objects.get(slug="cumbria")])
        values = {"description": "Mentors", "youngest": 10, "oldest": 17}
        OFFERS.create(values, partner=partner, four_p="prevent", kind="diversion", by=make_author(), reason="New.")
    return {"slug": partner.slug}


def of_order() -> dict[str, str]:
    order = AncillaryOrder.objects.first() or make_order(Organisation.objects.get(slug="cheshire"))
    return {"reference": order.reference}


def of_officer() -> dict[str, int]:
    return {"pk": (LeadOfficer.objects.first() or make_officer(Organisation.objects.get(slug="cheshire"))).pk}


def of_site() -> dict[str, str]:
    """A site with two phases that overlap."""
    if not (site := Site.objects.filter(slug="murdishaw").first()):
        site = make_site(Organisation.objects.get(slug="cheshire"))
        for phase, month in (("clear", 1), ("hold", 3)):
            values = {"starts_on": date(2023, month, 1), "ends_on": date(2023, month + 3, 1)}
            PHASES.create(values, site=site, phase=phase, by=make_author(), reason="New.")
    return {"slug": site.slug}
