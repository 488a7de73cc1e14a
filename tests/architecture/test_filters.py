"""Every field of a listed model can be filtered on, or it is said here why not."""

import pytest
from django.db.models import Model

import disruptions.extracts.forms
import disruptions.measures.api
import disruptions.record_list.forms
import disruptions.saved_views.pages
import disruptions.threats.forms
import forces.pages
import inspections.escalation.pages
import inspections.figures.pages
import inspections.findings.pages
import inspections.following.forms
import inspections.gradings.pages
import inspections.positions.pages
import inspections.programmes.pages
import inspections.recommendations.pages
import inspections.responses.pages
import inspections.sources.pages
import plans4p.gaps.pages
import plans4p.officers.pages
import plans4p.orders.pages
import plans4p.partners.pages
import plans4p.plans.pages
import plans4p.sites.pages
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.text.normal import folded_fields

FILTER_SETS = [
    found
    for module in (
        forces.pages,
        inspections.escalation.pages,
        inspections.figures.pages,
        inspections.findings.pages,
        inspections.following.forms,
        inspections.gradings.pages,
        inspections.positions.pages,
        inspections.programmes.pages,
        inspections.recommendations.pages,
        inspections.responses.pages,
        inspections.sources.pages,
        disruptions.record_list.forms,
        disruptions.extracts.forms,
        disruptions.measures.api,
        disruptions.saved_views.pages,
        disruptions.threats.forms,
        plans4p.gaps.pages,
        plans4p.officers.pages,
        plans4p.orders.pages,
        plans4p.partners.pages,
        plans4p.plans.pages,
        plans4p.sites.pages,
    )
    for found in vars(module).values()
    if isinstance(found, type)
    and issubclass(found, StrictFilterSet)
    and found._meta.model
    and found.__module__ == module.__name__
]
# Of every model.
TECHNICAL = {
    "id": "rows are asked for by their address",
    "slug": "rows are asked for by their address",
    "version": "guards against lost updates; says nothing about the subject",
    "locator": "places the fact in its document, which has a filter",
    "order": "a place in a list, not a property",
    "folded": "the words of other fields, as searching compares them",
    "folded_note": "as folded",
    "reference_key": "the reference, as it is compared",
    "of_every_body": "says who may see the record, not what it is about",
    "bodies": "as of_every_body",
}
BODY = {
    "valid_from": "lists show the bodies of today",
    "valid_to": "lists show the bodies of today",
}
COUNTED = {
    f"rows_{what}": "a number to read, not to look for"
    for what in ("added", "changed", "unchanged", "refused", "missing")
}
DISRUPTION = {
    "known_to": "the day of the list, which has a filter, says which state is shown",
    "state_of": "as known_to",
    "organisation_kind": "a copy for a constraint; the region and the body have filters",
    "supported": "known for few support disruptions; exports and the API carry it",
    "extract_line": "a place within its extract, which has a filter",
}
WITHOUT_FILTER = {
    "BodyFilter": BODY | {"kind": "each list is of one kind"},
    "OrganisationFilter": BODY,
    "BesideFilter": {
        "requirement": "the list has a line for each",
        "on": "the list can be sorted by it",
        "status": "what differs has a filter",
        "implementation": "as status",
        "note": "told beside the words of what must change, which have a filter",
        "source": "few bodies publish their own record",
        "by": "an account, not a property",
    },
    "RungFilter": BODY | {"kind": "forces and units stand together, the highest rung first"},
    "RegionFilter": {"place": "where it is drawn, not what it is"},
    "ProgrammeFilter": {
        "year": "a programme's name says its year; there is one a year at most",
        "response_days": "the list of responses, which follows from it, has its own filter",
    },
    "ResponseFilter": {
        "due_from": "the list is in order of it; where a response stands has a filter",
        "due_to": "as due_from",
        "in_time": "where a response stands has a filter",
        "published_on": "as due_from",
        "published_precision": "goes with its date",
        "is_whole": "says what of a response is held, not what it is about",
        "responder": "the force that it answers for has a filter",
        "by": "an account, not a property",
    },
    "InspectionFilter": {
        "fieldwork_on": "known to the month or year at best; the programme narrows it down",
        "fieldwork_precision": "goes with its date",
        "published_on": "the list is in order of it; the programme narrows it down",
        "published_precision": "goes with its date",
        "is_illustrative": "of a draft, which no list holds",
        "out_at": "tells which changes are corrections, not what an inspection is about",
        "stage": "the list holds what is published; what is not is listed by stage for its team",
    },
    "GradingFilter": {"summary": "gradings are asked for by what they judge; findings by their words"},
    "FindingFilter": {
        "repeats": "a link between two findings, shown on both",
        "is_accelerated": "of few causes of concern, each of which says so",
        "letter_on": "as is_accelerated",
        "letter_precision": "goes with its date",
    },
    "RecommendationFilter": {
        "due_as_published": "the words of the due date, which has filters",
        "due_precision": "goes with its date; both filters on dates heed it",
        "number": "a place within its finding",
    },
    "RequirementFilter": {
        "due_precision": "goes with its date, which timeliness heeds",
        "first_due_on": "timeliness can be asked by the first date, and whether it was moved",
        "first_due_precision": "as first_due_on",
        "is_recorded": "stands beside the status, which has a filter",
        "number": "a place within its finding",
        "open_because": "read in the list and in the pack; how long it has been open has a filter",
        "status_on": "the day of a status, which has a filter",
        "status_precision": "goes with its date",
    },
    "FigureFilter": {
        "as_at": "published with few figures; shown beside each that has it",
        "period_from": "few periods are published; each inspection, which has a filter, has its own",
        "period_to": "as period_from",
        "period_words": "as period_from",
        "qualifier": "part of how a number reads, not of what it is about",
        "step": "how exact the number is, for showing it",
        "value": "reached by words: FigureWordsFilter looks for numbers",
        "value_to": "the other end of a range; as value",
        "value_on": "in place of a number in few figures; as value",
        "value_precision": "goes with its date",
    },
    "DisruptionFilter": DISRUPTION,
    "MeasureFilter": DISRUPTION,
    "ThreatFilter": {
        "first_type": "what it was called first; its type on the day has a filter",
        "extract_line": "a place within its extract, which has a filter",
    },
    "UnplannedFilter": {
        "first_type": "what it was called first; its type on the day has a filter",
        "extract": "the list of all threats has it",
        "extract_line": "as extract",
    },
    "UnforeseenFilter": DISRUPTION,
    "PriorityFilter": {
        **dict.fromkeys(
            ("reference", "name", "area", "first_type"), "a short list in order of score; the list of threats has it"
        ),
        "lead_responsible_officer": "as reference",
        "extract": "as reference",
        "extract_line": "as reference",
    },
    "ExtractFilter": COUNTED
    | {
        "loaded_at": "the list can be sorted by it",
        "loaded_by": "few people load extracts; exports carry it",
        "sha256": "loading the same file again says which extract it was",
        "is_complete": "read on the extract; what it lacks is counted in the list",
        "part_of": "as is_complete",
        "after_key": "says where its rows are stored",
        "withdrawn_at": "as is_complete",
        "put_back_at": "as is_complete",
        "rows_withdrawn": "as is_complete",
        "answers": "how the file was read stands on the page of its upload",
    },
    "PlanFilter": {
        "starts_on": "the list is in order of the writing of plans; when it is next reviewed has filters",
        "ends_on": "as starts_on; what is late has a filter",
        "author": "who answers for a plan is its owner, who has a filter",
        "deputies": "as author",
        "approved_by": "as author",
        "approved_on": "the status says whether it was",
        "closed_on": "the status says whether it was; its result has a filter",
        "learning": "read on the plan; exports of the API carry it",
        "profiles": "whether a plan uses evidence is one of the questions, which have a filter",
    },
    "PartnerFilter": {
        "contact_route": "a way to reach it, not to look for",
        "sharing_agreement": "whether there is one, and in force, has a filter",
    },
    "OrderFilter": {"release_on": "days that matter have filters: “when”, and “release” for those not planned for"},
    "OfficerFilter": {"user": "an account, which says nothing about the officer"},
    "CitationFilter": dict.fromkeys(
        [
            *("title", "filter", "sentence", "kind_of_data", "as_at", "known"),
            *("page", "report", "value", "code", "cited_by", "cited_at"),
        ],
        "a short list of one's own, the newest first",
    ),
    "SavedViewFilter": {"query": "the address that a view is; its list has a filter"},
    "SourceFilter": {
        "address": "where a document is read, not what it is",
        "archived": "as address",
        "seen_on": "as address",
        "published_on": "there are few documents, in order of it",
        "published_precision": "goes with its date",
        "made_here": "the inspection names its report",
    },
}


def test_there_are_filter_sets():
    assert len(FILTER_SETS) > 5


@pytest.mark.parametrize("filter_set", FILTER_SETS, ids=lambda found: found.__name__)
def test_every_field_has_a_filter_or_a_reason(filter_set):
    model = filter_set._meta.model
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    reasons = WITHOUT_FILTER.get(filter_set.__name__, {})
    filtered = paths(filter_set)
    assert fields - filtered - set(reasons) - set(TECHNICAL) == set(), "give each a filter, or a reason here"
    assert set(reasons) <= fields - filtered, "a reason is no longer needed"


def paths(filter_set: type[StrictFilterSet]) -> set[str]:
    """The model's own fields that the filters reach, by the first step of each path."""
    reached = set()
    for name, each in filter_set.base_filters.items():
        declared = (name, each.field_name, *getattr(each, "fields", ()), getattr(each, "organisation", ""))
        steps = {path.split("__")[0] for path in declared if path}
        reached |= steps | {source for step in steps for source in folded_from(filter_set._meta.model, step)}
    return reached


def folded_from(model: type[Model], name: str) -> tuple[str, ...]:
    """The fields whose words a folded field of the model holds."""
    found = [field for field in folded_fields(model) if field.name == name]
    return found[0].sources if found else ()
