"""The list of responses with their clocks, and the page of one."""

from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from inspections.pages import (
    LOCATOR,
    InspectionsFilter,
    OrganisationsFilter,
    ProgrammesFilter,
    PublishedList,
    RegionsFilter,
    SourcesFilter,
    address_of,
    stated,
)
from inspections.queries import list_changes
from inspections.responses.choices import Timeliness
from inspections.responses.forms import ResponseForm
from inspections.responses.models import Response
from inspections.responses.queries import can_speak_for, list_replies
from inspections.responses.services import give_response
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.records.pages import Crumb, DetailPage, FormPage, Trail

NOBODY = "not recorded here"
NONE_HELD = "none held here"


def standing_in_words(response: Response, today: date) -> str:
    """Where it stands, with the days by which it was late where both days are known."""
    timeliness = response.timeliness(today)
    if timeliness == Timeliness.LATE and response.published_on and response.due_to:
        days = (response.published_on - response.due_to).days
        least = "" if response.due_from == response.due_to and response.published_precision == "day" else "at least "
        return f"{timeliness.label}, by {least}{days} day{'' if days == 1 else 's'}"
    return str(timeliness.label)


RESPONSE_COLUMNS = (
    Column(
        "organisation",
        "Response on",
        lambda response: response.organisation.name,
        address_of,
        sort=("organisation__name", "due_to"),
    ),
    Column(
        "inspection",
        "Report",
        lambda response: response.inspection.title,
        lambda response: address_of(response.inspection),
        sort=("inspection__title", "organisation__name"),
    ),
    Column(
        "answering",
        "Local policing body",
        lambda response: body.name if (body := response.answering) else NOBODY,
        api=("responder",),
    ),
    Column("due", "Due", lambda response: response.due, sort=("due_to", "organisation__name"), api=()),
    Column("due_from", "Due (first day that it may be)", lambda response: response.due_from),
    Column("due_to", "Due (last day that it may be)", lambda response: response.due_to),
    Column("published", "Published", lambda response: response.published or NONE_HELD, api=("is_published",)),
    Column("published_on", "Published (first day of the span known)", lambda response: response.published_on),
    Column("published_precision", "Precision", lambda response: response.get_published_precision_display()),
    Column(
        "timeliness",
        "Where it stands",
        standing_in_words,
        tag=lambda response, today: response.timeliness(today).tag,
        dated=True,
    ),
    Column("comments", "Comments on the report", lambda response: response.comments),
    Column("is_whole", "Held whole", lambda response: response.is_whole if response.is_published else None),
    Column("kind_of_data", "Kind of data", lambda response: response.kind_of_data),
    Column("source", "Source", lambda response: response.source.title if response.source else "", wide_only=True),
    LOCATOR,
)


class ResponseFilter(StrictFilterSet):
    q = WordsFilter(fields=("folded", "organisation__folded", "inspection__folded"), label="Words")
    timeliness = ChoicesFilter(
        field_name="is_published", choices=Timeliness.choices, label="Where it stands", method="standing"
    )
    organisation = OrganisationsFilter()
    region = RegionsFilter(region="", label="Region")
    programme = ProgrammesFilter()
    inspection = InspectionsFilter()
    source = SourcesFilter()

    class Meta:
        model = Response
        fields = ()

    def standing(self, queryset: QuerySet, name: str, values: list[str]) -> QuerySet:
        each = [Response.objects.published().standing(value, self.today).values("pk") for value in values]
        wanted = Q(pk__in=())
        for keys in each:
            wanted |= Q(pk__in=keys)
        return queryset.filter(wanted)


class ResponseList(PublishedList):
    title = "Responses"
    template_name = "inspections/response_list.html"
    filterset_class = ResponseFilter
    columns = RESPONSE_COLUMNS
    on_page = ("organisation", "timeliness", "due", "inspection", "answering", "published")
    order = ("-due_to", "organisation__name")


ANSWER_COLUMNS = (
    Column("text", "What must change", lambda each: each.requirement.text, lambda each: address_of(each.requirement)),
    Column("kind", "Kind", lambda each: each.requirement.kind),
    Column("says", "Response", lambda each: each.words, tag=lambda each: each.tag),
    Column(
        "acceptance",
        "Accepted",
        lambda each: each.answer.get_acceptance_display() if each.answer else "",
        wide_only=True,
    ),
    Column("words", "In what words", lambda each: each.answer.text if each.answer else ""),
    Column("due_on", "By when", lambda each: each.answer.due_on if each.answer else None),
)
OWN_RECORD = Column(
    "own_record",
    "Own record",
    lambda each: "Say where the body sees it",
    lambda each: reverse("inspections:position_new", args=[each.requirement.pk]),
)


class ResponsePage(DetailPage):
    """One response: whose, by when, when it came, and what it says."""

    permission = "inspections.read_published"
    model = Response
    parents = (("Responses", "inspections:response_list"),)
    template_name = "inspections/response_detail.html"

    def facts(self) -> dict[str, Any]:
        response, today = self.object, self.today
        inspection, answering = response.inspection, response.answering
        timeliness = response.timeliness(today)
        days = inspection.programme.response_days
        rule = f"{days} days after the report ({inspection.published})" if days else "This programme sets no days."
        may_respond = can_speak_for(self.request.user, response.organisation_id)
        by = (answering.name, address_of(answering)) if answering else (NOBODY,)
        return {
            "summary": [
                ("On", response.organisation.name, address_of(response.organisation)),
                ("Report", inspection.title, address_of(inspection)),
                ("Local policing body", *by),
                ("Due", f"{response.due}: {rule}" if days else rule),
                *stated("Published", response.published),
                *stated("On the report as a whole", response.comments),
                *stated("Held here", "" if response.is_whole else "In part: what else it says is not taken in."),
            ],
            "standing": standing_in_words(response, today),
            "tag": timeliness.tag,
            "replies": list_replies(self.request.user, response),
            "answer_columns": (*ANSWER_COLUMNS, OWN_RECORD) if may_respond else ANSWER_COLUMNS,
            "may_respond": may_respond,
            "may_read": self.request.user.has_perm("inspections.read_report"),
            "changes": list_changes(response),
        }


class OfResponse(Trail):
    """A page below that of a response, for those who may give it."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def response(self) -> Response:
        """Raises PermissionDenied where the user speaks for another body."""
        rows = Response.objects.visible_to(self.request.user).for_list()
        response: Response = get_object_or_404(rows, pk=self.kwargs["pk"])
        if not can_speak_for(self.request.user, response.organisation_id):
            raise PermissionDenied
        return response

    def breadcrumbs(self) -> list[Crumb]:
        return [*super().breadcrumbs(), (f"On {self.response.organisation}", address_of(self.response))]


class ResponseEdit(OfResponse, FormPage):
    """The response is given, or amended: by those who speak for the force, or by an inspector from a document."""

    permission = "inspections.respond"
    template_name = "inspections/response_form.html"
    parents = (("Responses", "inspections:response_list"),)
    shows = ("response",)
    saved = "Saved: the response on {0.organisation}."

    def form(self, data: Any = None) -> ResponseForm:
        return ResponseForm(data, response=self.response, replies=list_replies(self.request.user, self.response))

    def write(self, form: ResponseForm) -> Response:
        source = form.values["source"]
        given = f"As {source} says." if source else "Given here."
        return give_response(
            self.response,
            form.values,
            form.answers,
            by=self.request.user,
            reason=form.cleaned_data.get("change_reason") or given,
            expected_version=form.cleaned_data["expected_version"],
            today=self.today,
        )
