"""One example of every page, as it is once the reference data is loaded.

Sweeps over all pages (permission, query counts, the browser's) read it, and a
test refuses a URL name that is neither here nor among the exceptions. A new
page is one line more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse

from disruptions.citations.models import Citation
from disruptions.extracts.models import Extract, Upload
from disruptions.record.models import Disruption
from disruptions.saved_views.models import SavedView
from disruptions.services import cite, save_view
from disruptions.threats.models import Threat
from disruptions.threats.services import ASSESSMENTS
from forces.choices import OrganisationKind
from forces.models import Organisation
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
from tests.inspections.reader.reports import sent_report, short_report
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
    make_site,
    make_threat,
)
from tests.plans4p.importing import checked_file
from tests.reference.fact_files import checked_file as checked_facts


def _citation() -> Mapping[str, Any]:
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


def _view_of_the_analyst() -> Mapping[str, Any]:
    owner = demo_account(Role.ANALYST)
    stored = SavedView.objects.filter(owner=owner).first()
    values = {"name": "Threats of ours", "page": "disruptions:threat_list", "query": "list=master", "owner": owner}
    return {"pk": (stored or save_view(values, by=owner, reason="Wanted again.")).pk}


def _entry() -> Mapping[str, Any]:
    entry = record_event(
        Kind.CHANGE, subject="An example", before={"note": "before"}, after={"note": "after"}, why="Why"
    )
    return {"pk": entry.pk if entry else 0}


@dataclass(frozen=True)
class Page:
    """A URL name with what it takes; ``find`` looks up a key that only the database knows, such as ``pk``."""

    name: str
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    chart: bool = False
    find: Callable[[], Mapping[str, Any]] | None = None

    def __str__(self) -> str:
        return self.name + (f"?{self.query}" if self.query else "")

    @property
    def url(self) -> str:
        kwargs = self.find() if self.find else self.kwargs
        return reverse(self.name, kwargs=dict(kwargs)) + (f"?{self.query}" if self.query else "")


def _grading() -> dict[str, int]:
    key = {"inspection__slug": "north-west-soc-2022-23", "organisation__slug": "cheshire"}
    return {"pk": Grading.objects.get(**key, question__slug="peel-2022-23-soc").pk}


def _requirement() -> dict[str, int]:
    return {"pk": Requirement.objects.earliest("pk").pk}


def _recommendation() -> dict[str, int]:
    return {"pk": Recommendation.objects.earliest("pk").pk}


def _requirement() -> dict[str, int]:
    return {"pk": Requirement.objects.filter(organisation__slug="west-mercia").earliest("pk").pk}


def _response() -> dict[str, int]:
    return {"pk": Response.objects.earliest("pk").pk}


def _other() -> dict[str, str]:
    """A body that is neither force nor unit: the reference data has none."""
    key = {"slug": "national-crime-agency"}
    named = {"name": "National Crime Agency", "short_name": "NCA", "kind": OrganisationKind.OTHER}
    Organisation.objects.get_or_create(**key, defaults=named)
    return key


def _threat() -> dict[str, str]:
    """A threat that was scored twice and disrupted once, so that its page has charts."""
    if not (threat := Threat.objects.filter(reference="OCG-0009001").first()):
        threat = make_threat("OCG-0009001", Organisation.objects.get(slug="cheshire"), name="Fenland")
        for month, total in ((1, 40), (6, 55)):
            values = {"assessed_on": date(2022, month, 1), "total": total}
            ASSESSMENTS.create(values, threat=threat, by=make_author(), reason="As published.")
        make_disruption("DIS-2022-0009001", threat.organisation, threat=threat, summary="Two people arrested.")
    return {"reference": threat.reference}


def _threat_chart() -> dict[str, str]:
    return {**_threat(), "report": "scores"}


def _extract() -> dict[str, int]:
    return {"pk": (Extract.objects.first() or make_extract()).pk}


def _upload() -> dict[str, UUID]:
    """An upload that has been checked, and has rows that were refused."""
    upload = Upload.objects.exclude(errors="").first() or checked(bad_file())
    return {"token": upload.token}


def _disruption() -> dict[str, str]:
    """Of the record the reference data has nothing."""
    key = {"reference": "DIS-2022-0000001"}
    if not Disruption.objects.filter(**key).exists():
        make_disruption(**key)
    return key


def _calendar() -> dict[str, UUID]:
    return {"key": new_calendar_key(demo_account(Role.INSPECTOR), date(2100, 1, 1)).calendar_key}


def _own_officer() -> LeadOfficer:
    """The officer of Cheshire whose account the demonstration's lead responsible officer has."""
    account = demo_account(Role.LEAD_RESPONSIBLE_OFFICER)
    stored = LeadOfficer.objects.filter(user=account).first()
    return stored or make_officer(Organisation.objects.get(slug="cheshire"), "Ada Lowe", user=account)


def _with_officer(**kwargs: Any) -> dict[str, Any]:
    """Of pages on which officers of a body write something new."""
    _own_officer()
    return kwargs


def _plan_to_sign(**more: Any) -> dict[str, Any]:
    """A plan of another officer, which that account is asked to sign."""
    own = _own_officer()
    if not (plan := Plan.objects.filter(reference="4P-09002").first()):
        plan = make_plan(own.organisation, "4P-09002", owner=make_officer(own.organisation, "Lee Moss"))
        ask_to_sign(plan, own, by=make_author(), today=date(2023, 3, 1))
    return {"reference": plan.reference, **more}


def _stored_plan() -> Plan:
    """A draft of that officer with an aim, an action and a disruption that waits to be linked."""
    if not (plan := Plan.objects.filter(reference="4P-09001").first()):
        threat = Threat.objects.get(**_threat())
        days = {"starts_on": date(2022, 1, 1)}
        plan = make_plan(threat.organisation, "4P-09001", threat=threat, title="Fenland", owner=_own_officer(), **days)
        make_action(make_aim(plan))
    return plan


def _plan(**more: Any) -> dict[str, Any]:
    return {"reference": _stored_plan().reference, **more}


def _new_aim() -> dict[str, Any]:
    return {"kind": "aim", "parent": _stored_plan().pk}


def _action() -> dict[str, Any]:
    return {"kind": "action", "pk": Action.objects.filter(aim__plan=_stored_plan()).earliest("pk").pk}


def _open_action() -> dict[str, Any]:
    return {"pk": _action()["pk"]}


def _waiting_file() -> dict[str, Any]:
    """A file of plans that a lead responsible officer has sent, with a row that is refused."""
    return _with_officer(token=(PlanFile.objects.exclude(errors="").first() or checked_file()).token)


def _waiting_facts() -> dict[str, Any]:
    """A file of facts that an inspector has sent, with a row that is refused."""
    return {"token": (FactFile.objects.exclude(errors="").first() or checked_facts()).token}


def _report_begun() -> Mapping[str, Any]:
    """A report of an inspector whose draft is begun."""
    begun = ReportFile.objects.filter(inspection__isnull=False).first()
    return {"token": (begun or short_report(is_begun=True)).token}


def _proposal() -> Mapping[str, Any]:
    token = _report_begun()["token"]
    facts = ProposedFact.objects.filter(report__token=token, kind="finding", decision="waiting")
    return {"token": token, "number": facts.order_by("number")[0].number}


def _report_read() -> Mapping[str, Any]:
    """A report of an inspector that was read and waits for its draft."""
    waiting = ReportFile.objects.filter(stage=UploadStage.CHECKED).first()
    return {"token": (waiting or short_report(is_begun=False)).token}


def _report_refused() -> Mapping[str, Any]:
    """A file of an inspector that is no report."""
    failed = ReportFile.objects.filter(stage=UploadStage.FAILED).first()
    return {"token": (failed or sent_report("empty.txt", b" ")).token}


def _draft(**more: Any) -> dict[str, Any]:
    """An inspection of Cheshire that the demonstration's inspector leads, whose facts the body may check."""
    if not (draft := Inspection.objects.filter(title="Cheshire again").first()):
        by = demo_account(Role.INSPECTOR)
        of = {"programme": Programme.objects.earliest("pk"), "organisation": Organisation.objects.get(slug="cheshire")}
        draft = plan_inspection({**of, "region": None, "title": "Cheshire again", "publisher": "HMI"}, by=by)
        while not draft.stage.checked_by_body:
            stage = draft.stage.next_stages[0].slug
            draft = move_on(draft, stage, by=by, note="", expected_version=draft.version)
    return {"slug": draft.slug, **more}


def _facts_to_check() -> dict[str, Any]:
    """Of the body for which the demonstration's lead responsible officer acts."""
    officer, body = demo_account(Role.LEAD_RESPONSIBLE_OFFICER), Organisation.objects.get(slug="cheshire")
    if not officer.reaches.filter(organisation=body).exists():
        give_reach(officer, organisation=body, valid_from=date(1990, 1, 1), by=make_author(), reason="Works there.")
    return _draft(body=body.slug)


def _drafted_finding() -> dict[str, Any]:
    draft = Inspection.objects.get(**_draft())
    return {"slug": (draft.findings.first() or make_finding(draft, title="Drafted")).slug}


def _drafted_grading() -> dict[str, Any]:
    draft = Inspection.objects.get(**_draft())
    question = Question.objects.filter(programme=draft.programme).earliest("pk")
    grade = draft.programme.scale.allowed[0].slug
    made = draft.gradings.first() or make_grading(draft, draft.organisation, grade, question=question)
    return {"pk": made.pk}


def _note() -> dict[str, Any]:
    draft, by = Inspection.objects.get(**_draft()), demo_account(Role.INSPECTOR)
    values = {"inspection": draft, "on": date(2023, 3, 1), "place": "Control room", "what": "No plan.", "by": by}
    note = EvidenceNote.objects.first() or NOTES.create(values, by=by, reason="Noted.")
    return _draft(pk=note.pk)


def _check() -> dict[str, Any]:
    draft, by = Inspection.objects.get(**_draft()), demo_account(Role.LEAD_RESPONSIBLE_OFFICER)
    values = {"inspection": draft, "organisation": draft.organisation, "verdict": "wrong", "text": "Two.", "by": by}
    check = FactCheck.objects.first() or CHECKS.create({**values, "on": date(2023, 3, 1)}, by=by, reason="Checked.")
    return _draft(pk=check.pk)


def _partner() -> dict[str, str]:
    """A partner with an offer."""
    if not (partner := Partner.objects.filter(slug="youth-futures-trust").first()):
        partner = make_partner(serves=[Organisation.objects.get(slug="cumbria")])
        values = {"description": "Mentors", "youngest": 10, "oldest": 17}
        OFFERS.create(values, partner=partner, four_p="prevent", kind="diversion", by=make_author(), reason="New.")
    return {"slug": partner.slug}


def _order() -> dict[str, str]:
    order = AncillaryOrder.objects.first() or make_order(Organisation.objects.get(slug="cheshire"))
    return {"reference": order.reference}


def _officer() -> dict[str, int]:
    return {"pk": (LeadOfficer.objects.first() or make_officer(Organisation.objects.get(slug="cheshire"))).pk}


def _site() -> dict[str, str]:
    """A site with two phases that overlap."""
    if not (site := Site.objects.filter(slug="murdishaw").first()):
        site = make_site(Organisation.objects.get(slug="cheshire"))
        for phase, month in (("clear", 1), ("hold", 3)):
            values = {"starts_on": date(2023, month, 1), "ends_on": date(2023, month + 3, 1)}
            PHASES.create(values, site=site, phase=phase, by=make_author(), reason="New.")
    return {"slug": site.slug}


PAGES = (
    Page("home"),
    Page("own_account"),
    Page("own_tokens"),
    Page("own_token_new"),
    Page("directory"),
    Page("directory", query="map=areas"),
    Page("region", {"slug": "north-west"}),
    Page("region_findings", {"slug": "north-west"}, chart=True),
    Page("region_figures", {"slug": "north-west"}, chart=True),
    Page("region_record", {"slug": "north-west"}, chart=True),
    Page("region_plans", {"slug": "north-west"}),
    *(
        Page(f"{kind}_{part}" if part else kind, {"slug": slug}, chart=part == "record")
        for kind, slug in (("force", "cheshire"), ("rocu", "nwrocu"))
        for part in ("", "inspections", "figures", "record", "plans", "about")
    ),
    *(
        Page(f"other_{part}" if part else "other", find=_other)
        for part in ("", "inspections", "figures", "record", "plans", "about")
    ),
    Page("body_summary", {"slug": "cheshire"}),
    Page("region_summary", {"slug": "north-west"}),
    Page("inspection_summary", {"slug": "north-west-soc-2022-23"}),
    Page("plan_summary", find=_plan),
    Page("did_it_work", {"slug": "nw-2022-cheshire-recording-on-apmis"}),
    Page("practice_exchange"),
    Page("practice_exchange", query="organisation=north-wales"),
    Page("practice", {"slug": "nw-2022-lancashire-lros"}),
    Page("compare"),
    Page("compare", query="region=north-west&four_p=prevent&second_as_at=2023-01-04", chart=True),
    Page("search"),
    Page("search", query="q=cheshire"),
    Page("methods"),
    Page("who_may_do_what"),
    Page("forces:region_list"),
    Page("forces:force_list"),
    Page("forces:rocu_list"),
    Page("forces:other_list"),
    Page("inspections:inspection_list"),
    Page("inspections:inspection", {"slug": "north-west-soc-2022-23"}),
    Page("inspections:grading_list"),
    Page("inspections:grading", find=_grading),
    Page("inspections:finding_list"),
    Page("inspections:finding_list", query="region=north-west&kind=area_for_improvement"),
    Page("inspections:finding_list", query="colour=green"),
    Page("inspections:finding", {"slug": "nw-2022-cheshire-4p-plans"}),
    Page("inspections:problem", {"slug": "nw-2022-cheshire-4p-plans"}),
    Page("inspections:recommendation_list"),
    Page("inspections:requirement_list"),
    Page("inspections:requirement_board"),
    Page("inspections:pack", query="quarter=2023-Q4"),
    Page("inspections:closure", chart=True),
    Page("inspections:topics"),
    Page("inspections:recommendation", find=_recommendation),
    Page("inspections:response_list"),
    Page("inspections:response_list", query="region=north-west&timeliness=none_held"),
    Page("inspections:response", find=_response),
    Page("inspections:beside_list"),
    Page("inspections:rung_list"),
    Page("inspections:rung_list", query="region=north-west&rung=engage"),
    Page("inspections:rungs_of_body", {"slug": "west-mercia"}),
    Page("inspections:finding_followed", {"slug": "nw-2022-cheshire-4p-plans"}),
    Page("inspections:figure_list"),
    Page("inspections:figure", {"slug": "nw-2022-cheshire-disruptions"}),
    Page("inspections:source_list"),
    Page("inspections:source", {"slug": "nw-soc-2023"}),
    Page("disruptions:threat_list"),
    Page("disruptions:threat_list", query="list=master&as_at=2023-01-04"),
    Page("plans4p:threat", find=_threat, chart=True),
    Page("plans4p:priority_list"),
    Page("disruptions:data_quality"),
    Page("disruptions:extract_list"),
    Page("disruptions:extract", find=_extract),
    Page("disruptions:disruption_list"),
    Page("disruptions:disruption_list", query="region=north-west&year=2022&four_p=prevent&as_at=2023-01-04"),
    Page("disruptions:disruption_list", query="colour=green"),
    Page("disruptions:disruption_charts", chart=True),
    Page("disruptions:cross_table"),
    Page("disruptions:cross_table", query="region=north-west&down=activity_quarter&across=size"),
    Page("disruptions:delays"),
    Page("disruptions:disruption", find=_disruption),
    Page("disruptions:saved_view_list"),
    Page("disruptions:saved_view_new"),
    Page("disruptions:citation_list"),
    Page("disruptions:citation", find=_citation),
    Page("cite", query="of=/disruptions/%3Ffour_p%3Dpursue"),
    Page("disruptions:disruption_list", query="known=2023-01-04"),
    Page("plans4p:reminders"),
    Page("plans4p:plan_list"),
    Page("plans4p:plan_list", query="region=north-west&question=tailored&overdue=any"),
    Page("plans4p:my_plans"),
    Page("plans4p:unplanned_list"),
    Page("plans4p:unforeseen_list"),
    Page("plans4p:on_a_page", {"slug": "cheshire"}),
    Page("plans4p:plan", find=_plan),
    Page("plans4p:plan_print", find=_plan),
    Page("plans4p:plan_around", find=_plan),
    Page("plans4p:plan_links", find=_plan),
    Page("plans4p:plan_history", find=_plan),
    Page("plans4p:partner_list"),
    Page("plans4p:partner_list", query="organisation=cumbria&offer=diversion&from_age=10&to_age=17"),
    Page("plans4p:partner", find=_partner),
    Page("plans4p:order_list"),
    Page("plans4p:order_list", query="region=north-west&when=ending"),
    Page("plans4p:order", find=_order),
    Page("plans4p:officer_list"),
    Page("plans4p:officer_list", query="region=north-west"),
    Page("plans4p:officer", find=_officer),
    Page("plans4p:site_list"),
    Page("plans4p:site", find=_site),
    Page("api_docs"),
)

# Files and data that an account may fetch, with no page around them.
DOWNLOADS = (
    Page("region_chart_csv", {"slug": "north-west", "report": "pursue-shares"}),
    Page("region_chart_csv", {"slug": "north-west", "report": "quarters"}),
    Page("body_chart_csv", {"slug": "cheshire", "report": "open-items"}),
    Page("region_record_csv", {"slug": "north-west", "report": "shares"}),
    Page("region_plans_csv", {"slug": "north-west", "report": "bodies"}),
    Page("body_plans_csv", {"slug": "cheshire", "report": "gaps"}),
    Page("body_record_csv", {"slug": "cheshire", "report": "published-against-recorded"}),
    Page("compare_csv", {"report": "shares"}),
    Page("body_summary_pdf", {"slug": "cheshire"}),
    Page("region_summary_pdf", {"slug": "north-west"}),
    Page("inspection_summary_pdf", {"slug": "north-west-soc-2022-23"}),
    Page("plan_summary_pdf", find=_plan),
    Page("inspections:requirement_list", query="format=csv"),
    Page("inspections:pack_file", {"report": "movements"}),
    Page("inspections:pack_pdf"),
    Page("inspections:pack_xlsx"),
    Page("inspections:closure_file", {"report": "by-year"}),
    Page("inspections:topics_file", {"report": "over-time"}),
    Page("inspections:finding_list", query="format=csv"),
    Page("inspections:finding_list", query="format=xlsx"),
    Page("inspections:figure_list", query="format=csv"),
    Page("disruptions:threat_list", query="format=csv"),
    Page("plans4p:priority_list", query="format=xlsx"),
    Page("disruptions:threat_chart_csv", find=_threat_chart),
    Page("disruptions:extract_list", query="format=csv"),
    Page("disruptions:extract_added", find=_extract),
    Page("disruptions:extract_changed", find=_extract),
    Page("disruptions:extract_missing", find=_extract),
    Page("disruptions:extract_alike", find=_extract),
    Page("disruptions:disruption_list", query="format=csv"),
    Page("disruptions:disruption_list", query="format=xlsx"),
    Page("disruptions:disruption_chart_csv", {"report": "by-month"}),
    Page("disruptions:cross_table_file", {"report": "disruptions-by-organisation-and-four-p"}),
    Page("disruptions:delays_file", {"report": "delays"}),
    Page("plans4p:plan_list", query="format=csv"),
    Page("plans4p:partner_list", query="format=csv"),
    Page("plans4p:order_list", query="format=xlsx"),
    Page("plans4p:officer_list", query="format=csv"),
    Page("plans4p:site_list", query="format=csv"),
    Page("disruptions:lookup", {"what": "threats"}, query="threat=fenland"),
    Page("plans4p:lookup", {"what": "officers"}, query="owner=okoro"),
    Page("api_schema"),
)

# What only some roles see; tests/browser/test_upload.py and test_plans.py look at these in a browser.
LOADERS_ONLY = (
    Page("disruptions:extract_undo", find=_extract),
    Page("disruptions:extract_withdraw", find=_extract),
    Page("disruptions:extract_put_back", find=_extract),
    Page("disruptions:upload_new"),
    Page("disruptions:upload_template", {"contents": "threats", "form": "xlsx"}),
    Page("disruptions:upload", find=_upload),
    Page("disruptions:upload_errors", find=_upload),
    Page("disruptions:upload_mend", find=_upload),
)
PLAN_WRITERS_ONLY = (
    Page("plans4p:plan_new", find=_with_officer),
    Page("plans4p:import_new", find=_with_officer),
    Page("plans4p:plan_edit", find=_plan),
    *(Page("plans4p:plan_step", find=partial(_plan, step=step)) for step in ("owner", "deputies", "ask", "remove")),
    Page("plans4p:part_new", find=_new_aim),
    Page("plans4p:record_edit", find=_action),
    Page("plans4p:action_outcome", find=_open_action),
    Page("plans4p:record_remove", find=_action),
)
THEIR_OWN_FILE_ONLY = (
    Page("plans4p:import", find=_waiting_file),
    Page("plans4p:import_errors", find=_waiting_file),
)
FACTS_ONLY = (
    Page("inspections:response_edit", find=_response),
    Page("inspections:position_new", find=_requirement),
    Page("inspections:rung_new", {"slug": "west-mercia"}),
    Page("inspections:inspection_new"),
    Page("inspections:under_way"),
    Page("inspections:inspection_plan"),
    Page("inspections:team", find=_draft),
    Page("inspections:grades_new", {"slug": "north-west-soc-2022-23"}),
    Page("inspections:finding_new", {"slug": "north-west-soc-2022-23"}),
    Page("measure_named", {"slug": "nw-2022-cheshire-recording-on-apmis"}),
    Page("inspections:revisit_new", {"slug": "north-wales-2016-learning"}),
    Page("inspections:requirement_date", find=_requirement),
    Page("inspections:requirement_outcome", find=_requirement),
    Page("inspections:recommendation_new", {"slug": "greater-manchester-2021-cause-of-concern"}),
    Page("reference:file_new"),
    Page("inspections:report_new"),
    Page("reference:workbook"),
    Page("reference:template", {"kind": "findings"}),
)
THEIR_OWN_FACTS_ONLY = (
    Page("reference:file", find=_waiting_facts),
    Page("reference:file_errors", find=_waiting_facts),
    Page("inspections:report", find=_report_refused),
    Page("inspections:report_begin", find=_report_read),
    Page("inspections:report_edition", find=_report_read),
    Page("inspections:report_review", find=_report_begun),
    Page("inspections:proposal", find=_proposal),
    Page("inspections:work", find=_draft),
    Page("inspections:note_new", find=_draft),
    Page("inspections:note_edit", find=_note),
    Page("inspections:check_answer", find=_check),
    Page("inspections:finding_edit", find=_drafted_finding),
    Page("inspections:grading_edit", find=_drafted_grading),
)
BODIES_ONLY = (Page("inspections:to_check"),)
THEIR_OWN_FACTS_TO_CHECK = (Page("inspections:check", find=_facts_to_check),)
THEIR_OWN_VIEW_ONLY = (Page("disruptions:saved_view_edit", find=_view_of_the_analyst),)
PLAN_SIGNERS_ONLY = tuple(
    Page("plans4p:plan_step", find=partial(_plan_to_sign, step=step)) for step in ("approve", "decline")
)
PLAN_REVIEWERS_ONLY = (Page("plans4p:plan_step", find=partial(_plan, step="review")),)
DIRECTORY_KEEPERS_ONLY = tuple(
    Page("plans4p:record_new", find=partial(_with_officer, kind=kind))
    for kind in ("partner", "order", "officer", "site")
)
A_MERGER = "kind=merger&on=2099-04-01&before=Cheshire%0D%0ACumbria&new=Border+Police&source=An+order"
ADMINISTRATORS_ONLY = (
    Page("reorganise"),
    Page("reorganise_by_file"),
    Page("reorganise", query=A_MERGER),
    Page("uptake_new", {"slug": "nw-2022-lancashire-lros"}),
)
READERS = tuple(role for role in Role if role.reads_record)
"""The roles that read the record and what was published."""
TRAIL_ONLY = (Page("trail"), Page("trail", query="format=csv"), Page("trail_entry", find=_entry))
FOR_SOME = {
    (Role.AUDITOR, Role.ADMINISTRATOR): TRAIL_ONLY,
    (Role.ADMINISTRATOR,): ADMINISTRATORS_ONLY,
    (Role.ANALYST, Role.ADMINISTRATOR): LOADERS_ONLY,
    (Role.LEAD_RESPONSIBLE_OFFICER, Role.ADMINISTRATOR): (*PLAN_WRITERS_ONLY, *DIRECTORY_KEEPERS_ONLY),
    (Role.ANALYST,): THEIR_OWN_VIEW_ONLY,
    (Role.INSPECTOR, Role.ADMINISTRATOR): FACTS_ONLY,
    (Role.INSPECTOR,): THEIR_OWN_FACTS_ONLY,
    (Role.LEAD_RESPONSIBLE_OFFICER,): (*THEIR_OWN_FILE_ONLY, *PLAN_SIGNERS_ONLY, *THEIR_OWN_FACTS_TO_CHECK),
    (Role.ANALYST, Role.LEAD_RESPONSIBLE_OFFICER): BODIES_ONLY,
    (Role.INSPECTOR, Role.LEAD_RESPONSIBLE_OFFICER, Role.ADMINISTRATOR): PLAN_REVIEWERS_ONLY,
}
"""Pages by the roles that see them; the others get 403, or 404 as of what does not exist."""
SOME_PAGES = tuple(page for pages in FOR_SOME.values() for page in pages)

# What anybody may see without an account.
OPEN = (
    Page("account_login"),
    Page("healthz"),
    Page("plans4p:calendar", find=_calendar),  # whose address is the secret
)

# Swept by a rule of their own: the admin's by its registry, the API's by its router.
SWEPT_ELSEWHERE = ("admin:", "api:", "account_", "mfa_")
# Pages of the record that plans4p shows at the same address, with the plans.
WITH_PLANS = ("disruptions:threat", "disruptions:priority_list")
# Answers to a form, never opened on their own; each has its own test.
POST_ONLY = (
    "demo_sign_in",
    "own_sessions_end",
    "own_tokens_end",
    "disruptions:saved_view_delete",
    "disruptions:upload_accept",
    "disruptions:upload_answer",
    "disruptions:upload_give_up",
    "disruptions:upload_start_again",
    "plans4p:import_accept",
    "plans4p:import_answer",
    "plans4p:import_give_up",
    "plans4p:import_start_again",
    "inspections:report_give_up",
    "inspections:report_start_again",
    "inspections:report_certain",
    "reference:file_accept",
    "reference:file_answer",
    "reference:file_give_up",
    "reference:file_start_again",
    "plans4p:calendar_new",
    "plans4p:calendar_stop",
)
# Leads to another page; has its own test.
REDIRECTS = ("disruptions:saved_view", "no_role", "sso_start", "sso_done")
