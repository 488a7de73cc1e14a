"""One example of every page, as it is once the reference data is loaded.

Sweeps over all pages (permission, query counts, the browser's) read it, and a
test refuses a URL name that is neither here nor among the exceptions. A new
page is one line more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.urls import reverse

from soc_tracker.core.access.roles import Role
from tests import keys


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
        Page(f"other_{part}" if part else "other", find=keys.of_other)
        for part in ("", "inspections", "figures", "record", "plans", "about")
    ),
    Page("body_summary", {"slug": "cheshire"}),
    Page("region_summary", {"slug": "north-west"}),
    Page("inspection_summary", {"slug": "north-west-soc-2022-23"}),
    Page("plan_summary", find=keys.of_plan),
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
    Page("inspections:consistency", {"slug": "north-west-soc-2022-23"}),
    Page("inspections:grading_list"),
    Page("inspections:grading", find=keys.of_grading),
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
    Page("inspections:recommendation", find=keys.of_recommendation),
    Page("inspections:response_list"),
    Page("inspections:response_list", query="region=north-west&timeliness=none_held"),
    Page("inspections:response", find=keys.of_response),
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
    Page("plans4p:threat", find=keys.of_threat, chart=True),
    Page("plans4p:priority_list"),
    Page("disruptions:data_quality"),
    Page("disruptions:extract_list"),
    Page("disruptions:extract", find=keys.of_extract),
    Page("disruptions:disruption_list"),
    Page("disruptions:disruption_list", query="region=north-west&year=2022&four_p=prevent&as_at=2023-01-04"),
    Page("disruptions:disruption_list", query="colour=green"),
    Page("disruptions:disruption_charts", chart=True),
    Page("disruptions:cross_table"),
    Page("disruptions:cross_table", query="region=north-west&down=activity_quarter&across=size"),
    Page("disruptions:delays"),
    Page("disruptions:disruption", find=keys.of_disruption),
    Page("disruptions:saved_view_list"),
    Page("disruptions:saved_view_new"),
    Page("disruptions:citation_list"),
    Page("disruptions:citation", find=keys.of_citation),
    Page("cite", query="of=/disruptions/%3Ffour_p%3Dpursue"),
    Page("disruptions:disruption_list", query="known=2023-01-04"),
    Page("plans4p:reminders"),
    Page("plans4p:plan_list"),
    Page("plans4p:plan_list", query="region=north-west&question=tailored&overdue=any"),
    Page("plans4p:my_plans"),
    Page("plans4p:unplanned_list"),
    Page("plans4p:unforeseen_list"),
    Page("plans4p:on_a_page", {"slug": "cheshire"}),
    Page("plans4p:plan", find=keys.of_plan),
    Page("plans4p:plan_print", find=keys.of_plan),
    Page("plans4p:plan_around", find=keys.of_plan),
    Page("plans4p:plan_links", find=keys.of_plan),
    Page("plans4p:plan_history", find=keys.of_plan),
    Page("plans4p:partner_list"),
    Page("plans4p:partner_list", query="organisation=cumbria&offer=diversion&from_age=10&to_age=17"),
    Page("plans4p:partner", find=keys.of_partner),
    Page("plans4p:order_list"),
    Page("plans4p:order_list", query="region=north-west&when=ending"),
    Page("plans4p:order", find=keys.of_order),
    Page("plans4p:officer_list"),
    Page("plans4p:officer_list", query="region=north-west"),
    Page("plans4p:officer", find=keys.of_officer),
    Page("plans4p:site_list"),
    Page("plans4p:site", find=keys.of_site),
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
    Page("plan_summary_pdf", find=keys.of_plan),
    Page("inspections:requirement_list", query="format=csv"),
    Page("inspections:evidence_download", find=keys.of_evidence),
    Page("inspections:pack_file", {"report": "movements"}),
    Page("inspections:pack_pdf"),
    Page("inspections:pack_xlsx"),
    Page("inspections:closure_file", {"report": "by-year"}),
    Page("inspections:topics_file", {"report": "over-time"}),
    Page("inspections:rungs_of_body_file", {"slug": "west-mercia", "report": "rungs"}),
    Page("inspections:consistency_file", {"slug": "north-west-soc-2022-23", "report": "topics"}),
    Page("inspections:finding_list", query="format=csv"),
    Page("inspections:finding_list", query="format=xlsx"),
    Page("inspections:figure_list", query="format=csv"),
    Page("disruptions:threat_list", query="format=csv"),
    Page("plans4p:priority_list", query="format=xlsx"),
    Page("disruptions:threat_chart_csv", find=keys.of_threat_chart),
    Page("disruptions:extract_list", query="format=csv"),
    Page("disruptions:extract_added", find=keys.of_extract),
    Page("disruptions:extract_changed", find=keys.of_extract),
    Page("disruptions:extract_missing", find=keys.of_extract),
    Page("disruptions:extract_alike", find=keys.of_extract),
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
    Page("disruptions:extract_undo", find=keys.of_extract),
    Page("disruptions:extract_withdraw", find=keys.of_extract),
    Page("disruptions:extract_put_back", find=keys.of_extract),
    Page("disruptions:upload_new"),
    Page("disruptions:upload_template", {"contents": "threats", "form": "xlsx"}),
    Page("disruptions:upload", find=keys.of_upload),
    Page("disruptions:upload_errors", find=keys.of_upload),
    Page("disruptions:upload_mend", find=keys.of_upload),
)
PLAN_WRITERS_ONLY = (
    Page("plans4p:plan_new", find=keys.with_officer),
    Page("plans4p:import_new", find=keys.with_officer),
    Page("plans4p:plan_edit", find=keys.of_plan),
    *(
        Page("plans4p:plan_step", find=partial(keys.of_plan, step=step))
        for step in ("owner", "deputies", "ask", "remove")
    ),
    Page("plans4p:part_new", find=keys.of_new_aim),
    Page("plans4p:record_edit", find=keys.of_action),
    Page("plans4p:action_outcome", find=keys.of_open_action),
    Page("plans4p:record_remove", find=keys.of_action),
)
THEIR_OWN_FILE_ONLY = (
    Page("plans4p:import", find=keys.of_waiting_file),
    Page("plans4p:import_errors", find=keys.of_waiting_file),
)
FACTS_ONLY = (
    Page("inspections:response_edit", find=keys.of_response),
    Page("inspections:response_read", find=keys.of_response_of_findings),
    Page("inspections:position_new", find=keys.of_requirement),
    Page("inspections:rung_new", {"slug": "west-mercia"}),
    Page("inspections:inspection_new"),
    Page("inspections:under_way"),
    Page("inspections:inspection_plan"),
    Page("inspections:team", find=keys.of_draft),
    Page("inspections:grades_new", {"slug": "north-west-soc-2022-23"}),
    Page("inspections:finding_new", {"slug": "north-west-soc-2022-23"}),
    Page("inspections:figure_new", {"slug": "north-west-soc-2022-23"}),
    Page("measure_named", {"slug": "nw-2022-cheshire-recording-on-apmis"}),
    Page("inspections:revisit_new", {"slug": "north-wales-2016-learning"}),
    Page("inspections:requirement_date", find=keys.of_requirement),
    Page("inspections:requirement_outcome", find=keys.of_requirement),
    Page("inspections:recommendation_new", {"slug": "greater-manchester-2021-cause-of-concern"}),
    Page("reference:file_new"),
    Page("inspections:report_new"),
    Page("reference:workbook"),
    Page("reference:template", {"kind": "findings"}),
)
THEIR_OWN_FACTS_ONLY = (
    Page("reference:file", find=keys.of_waiting_facts),
    Page("reference:file_errors", find=keys.of_waiting_facts),
    Page("inspections:report", find=keys.of_report_refused),
    Page("inspections:report_begin", find=keys.of_report_read),
    Page("inspections:report_edition", find=keys.of_report_read),
    Page("inspections:report_review", find=keys.of_report_begun),
    Page("inspections:proposal", find=keys.of_proposal),
    Page("inspections:answers", find=keys.of_response_file),
    Page("inspections:work", find=keys.of_draft),
    Page("inspections:note_new", find=keys.of_draft),
    Page("inspections:note_edit", find=keys.of_note),
    Page("inspections:check_answer", find=keys.of_check),
    Page("inspections:finding_edit", find=keys.of_drafted_finding),
    Page("inspections:finding_remove", find=keys.of_drafted_finding),
    Page("inspections:grading_edit", find=keys.of_drafted_grading),
    Page("inspections:grading_remove", find=keys.of_drafted_grading),
    Page("inspections:recommendation_edit", find=keys.of_drafted_recommendation),
    Page("inspections:recommendation_remove", find=keys.of_drafted_recommendation),
    Page("inspections:figure_edit", find=keys.of_drafted_figure),
    Page("inspections:figure_remove", find=keys.of_drafted_figure),
)
BODIES_ONLY = (Page("inspections:to_check"),)
THEIR_OWN_FACTS_TO_CHECK = (Page("inspections:check", find=keys.of_facts_to_check),)
THEIR_OWN_VIEW_ONLY = (Page("disruptions:saved_view_edit", find=keys.of_view),)
PLAN_SIGNERS_ONLY = tuple(
    Page("plans4p:plan_step", find=partial(keys.of_plan_to_sign, step=step)) for step in ("approve", "decline")
)
PLAN_REVIEWERS_ONLY = (Page("plans4p:plan_step", find=partial(keys.of_plan, step="review")),)
DIRECTORY_KEEPERS_ONLY = tuple(
    Page("plans4p:record_new", find=partial(keys.with_officer, kind=kind))
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
TRAIL_ONLY = (Page("trail"), Page("trail", query="format=csv"), Page("trail_entry", find=keys.of_entry))
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
    Page("plans4p:calendar", find=keys.of_calendar),  # whose address is the secret
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
    "inspections:report_whole",
    "reference:file_accept",
    "reference:file_answer",
    "reference:file_give_up",
    "reference:file_start_again",
    "plans4p:calendar_new",
    "plans4p:calendar_stop",
)
# Leads to another page; has its own test.
REDIRECTS = ("disruptions:saved_view", "no_role", "sso_start", "sso_done")
