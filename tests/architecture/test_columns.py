"""What files and the API hold of each list, in the order of its columns: a change here changes what others read.

A list's columns are described once, beside its page; this is the only other place that names them.
"""

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse

from soc_tracker.core.lists.directory import list_pages
from soc_tracker.core.lists.pages import ListPage
from soc_tracker.dashboards.api import router

pytestmark = pytest.mark.django_db
FILES = {
    "trail": (
        "at who kind subject why address who_key subject_kind subject_key before after details "
        "request_id session number"
    ),
    "forces:region_list": "name forces rocus note place slug",
    "forces:force_list": (
        "name region population population_as_at officers officers_as_at ons_code valid_from valid_to short_name slug"
    ),
    "inspections:inspection_list": (
        "title programme about fieldwork published published_on published_precision scale taken_in note source "
        "locator sources_differ citations slug"
    ),
    "inspections:grading_list": (
        "organisation grade question programme scale not_comparable_with published inspection summary source locator "
        "sources_differ citations"
    ),
    "inspections:finding_list": (
        "title kind about about_kind tone section topics status known status_kind status_on since since_on programme "
        "inspection letter summary measure source locator sources_differ citations slug"
    ),
    "inspections:recommendation_list": (
        "text addressed_to due status known status_kind status_on due_on due_now due_precision number finding "
        "since since_on programme source locator sources_differ citations"
    ),
    "inspections:requirement_list": (
        "text kind addressee status known due timeliness first_timeliness first_due_on due_on due_precision closed_on "
        "acceptance implementation priority owner inspector open_because since since_on finding programme"
    ),
    "inspections:response_list": (
        "organisation inspection answering due due_from due_to published published_on published_precision timeliness "
        "comments is_whole kind_of_data source locator"
    ),
    "inspections:beside_list": (
        "text organisation status own_status differs implementation own_implementation own_on own_note kind_of_data "
        "programme"
    ),
    "inspections:rung_list": "name region rung since why skipped next days before kind_of_data since_on slug",
    "inspections:figure_list": (
        "measure figure about about_kind national period said_by group qualifier value value_to value_on "
        "value_precision unit step period_from period_to as_at note source locator sources_differ citations slug"
    ),
    "inspections:source_list": (
        "title publisher kind published licence published_on published_precision address archived seen_on note slug"
    ),
    "disruptions:disruption_list": (
        "reference activity_date added_date organisation region four_p size involvement "
        "supported threat threat_type crime_type summary known_from extract extract_line "
        "kind_of_data"
    ),
    "disruptions:threat_list": (
        "reference name type tier phase organisation score scored_on last_disruption "
        "lead_responsible_officer marking crime_types area assessment_type moderation soc "
        "since first_type"
    ),
    "disruptions:priority_list": (
        "reference rank name score scored_on type tier organisation lead_responsible_officer last_disruption last_size"
    ),
    "plans4p:priority_list": (
        "reference rank name score scored_on type tier organisation "
        "lead_responsible_officer plan last_disruption last_size"
    ),
    "disruptions:extract_list": (
        "file_name contents as_at loaded_at loaded_by added changed unchanged refused missing is_complete "
        "undone_at id sha256"
    ),
    "plans4p:plan_list": (
        "reference title organisation purpose owner status review review_due_on starts_on "
        "ends_on threat theme author signature approved_by approved_on changed_since "
        "closed_on result marking intelligence kind_of_data"
    ),
    "plans4p:partner_list": (
        "name sector offers serves agreement used plans last_used bodies areas "
        "contact_route sharing_agreement agreement_expires_on note kind_of_data"
    ),
    "plans4p:order_list": (
        "reference kind subject organisation standing setting ends release manager "
        "managing_unit made_on expires_on release_on in_force_from threat release_plan "
        "kind_of_data"
    ),
    "plans4p:officer_list": (
        "name rank organisation training plans_owned threats_held time mentor trainings "
        "trained_on share_of_time is_active kind_of_data"
    ),
    "plans4p:site_list": (
        "place organisation running began_on evaluated partners phases measures evaluation slug kind_of_data"
    ),
}
SAME = {
    "forces:rocu_list": "forces:force_list",
    "forces:other_list": "forces:force_list",
    "plans4p:unplanned_list": "disruptions:threat_list",
    "plans4p:unforeseen_list": "disruptions:disruption_list",
}
"""Lists that have the columns of another."""
WITHOUT_A_FILE_OF_THEIR_OWN = {"disruptions:saved_view_list", "disruptions:citation_list"}
API = {
    "regions": "slug name note place",
    "organisations": (
        "slug name short_name kind ons_code aliases memberships valid_from valid_to "
        "population population_as_at officers officers_as_at sizes"
    ),
    "programmes": "slug name scale year note",
    "inspections": (
        "slug title programme region organisation fieldwork_on fieldwork_precision "
        "published_on published_precision taken_in note kind_of_data source locator sources_differ citations"
    ),
    "gradings": (
        "id inspection programme organisation question scale not_comparable_with grade summary kind_of_data source "
        "locator sources_differ citations"
    ),
    "findings": (
        "slug title kind tone organisation region inspection section topics status status_kind status_on "
        "status_precision since since_precision repeats is_accelerated letter_on letter_precision summary measure "
        "kind_of_data source locator sources_differ "
        "citations programme"
    ),
    "recommendations": (
        "id finding number text addressed_to due_on due_precision due_as_published due_now_on due_now_precision status "
        "status_kind status_on status_precision since since_precision kind_of_data source locator sources_differ "
        "citations programme"
    ),
    "requirements": (
        "text kind organisation region status timeliness first_timeliness first_due_on first_due_precision due_on "
        "due_precision closed_on acceptance implementation is_priority owner inspector open_because since "
        "since_precision finding programme id recommendation steps moves kind_of_data"
    ),
    "rungs": (
        "id organisation stage started_on started_precision ended_on ended_precision reason skipped source locator "
        "kind_of_data days_least days_most"
    ),
    "own-records": "id requirement organisation on status implementation note source locator kind_of_data",
    "responses": (
        "id organisation inspection responder due_from due_to is_published published_on published_precision timeliness "
        "comments is_whole answers kind_of_data source locator"
    ),
    "revisits": "id finding inspection outcome summary kind_of_data source locator",
    "characteristics": "id scale grade text source locator kind_of_data",
    "pairings": "id first second is_one_problem on kind_of_data",
    "uptakes": "id practice organisation state on note kind_of_data",
    "figures": (
        "slug measure organisation region national qualifier value value_to value_on value_precision unit "
        "step period_from period_to period_words as_at said_by finding note kind_of_data source locator "
        "sources_differ citations"
    ),
    "threats": (
        "reference name first_type organisation crime_types area lead_responsible_officer marking "
        "type tier phase assessment_type moderation soc since score scored_on "
        "last_disruption extract extract_line kind_of_data as_at"
    ),
    "disruptions": (
        "reference threat threat_type organisation involvement supported four_p size "
        "crime_type activity_date added_date summary known_from extract extract_line "
        "kind_of_data as_at"
    ),
    "extracts": (
        "id contents kind_of_data file_name sha256 as_at loaded_at rows_added rows_changed "
        "rows_unchanged rows_refused rows_missing is_complete part_of rows_withdrawn undone_at"
    ),
    "partners": (
        "slug name sector serves areas offers contact_route sharing_agreement "
        "agreement_expires_on note last_used plans kind_of_data"
    ),
    "orders": (
        "reference kind subject organisation threat made_on in_force_from expires_on "
        "setting release_on managing_unit manager release_plan terms kind_of_data"
    ),
    "lead-officers": (
        "id name rank organisation trainings plans_owned threats_held share_of_time mentor is_active kind_of_data"
    ),
    "sites": "slug place organisation phases partners measures evaluation kind_of_data",
    "plans": (
        "reference title organisation threat theme owner status starts_on ends_on "
        "review_due_on approved_on closed_on result marking learning intelligence signature aims "
        "omissions kind_of_data"
    ),
}
COUNTED = {"measures"}
"""Of the API: what is no row of a list."""


def page_of(name: str) -> ListPage:
    request = RequestFactory().get(reverse(name))
    request.user = User.objects.create_superuser("ada")
    page = list_pages()[name]()
    page.setup(request)
    return page


@pytest.mark.parametrize("name", [*FILES, *SAME])
def test_files_hold_the_columns_of_their_list_in_its_order(name: str) -> None:
    assert " ".join(column.key for column in page_of(name).columns) == FILES[SAME.get(name, name)]


@pytest.mark.parametrize("name", [*FILES, *SAME])
def test_pages_show_columns_that_there_are_each_under_a_heading_of_its_own(name: str) -> None:
    page = page_of(name)
    headings = [column.heading for column in page.columns]
    assert set(page.on_page) <= {column.key for column in page.columns}
    assert len(set(headings)) == len(headings)


def test_every_list_is_named_here() -> None:
    assert {*FILES, *SAME} | WITHOUT_A_FILE_OF_THEIR_OWN == set(list_pages())


def test_the_api_answers_the_columns_of_its_list_and_what_has_no_column() -> None:
    fields = {prefix: set(view.serializer_class().fields) for prefix, view, _ in router.registry}
    assert {prefix: fields[prefix] for prefix in API} == {prefix: set(names.split()) for prefix, names in API.items()}
    assert set(fields) == set(API) | COUNTED
