"""The list of responses with their clocks, and the page of one."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

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
from inspections.queries import User
from inspections.responses.choices import Timeliness
from inspections.responses.models import Response
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.records.history import changes_of
from soc_tracker.core.records.pages import DetailPage

NOBODY = "not recorded here"


def answering_in_words(response: Response) -> str:
    return response.answering.name if response.answering else NOBODY


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
        "On",
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
    Column("answering", "Local policing body", answering_in_words, api=("responder",)),
    Column("due", "Due", lambda response: response.due, sort=("due_to", "organisation__name"), api=()),
    Column("due_from", "Due (first day that it may be)", lambda response: response.due_from),
    Column("due_to", "Due (last day that it may be)", lambda response: response.due_to),
    Column("published", "Published", lambda response: response.published, api=("is_published",)),
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
        each = [Response.objects.standing(value, self.today).values("pk") for value in values]
        wanted = Q(pk__in=())
        for keys in each:
            wanted |= Q(pk__in=keys)
        return queryset.filter(wanted)


class ResponseList(PublishedList):
    title = "Responses"
    template_name = "inspections/response_list.html"
    filterset_class = ResponseFilter
    columns = RESPONSE_COLUMNS
    on_page = ("organisation", "inspection", "answering", "due", "published", "timeliness")
    order = ("-due_to", "organisation__name")

    def rows_for(self, user: User) -> QuerySet:
        return Response.objects.visible_to(user).for_list()


class ResponsePage(DetailPage):
    """One response: whose, by when, when it came, and what it says."""

    permission = "inspections.read_published"
    model = Response
    parents = (("Responses", "inspections:response_list"),)
    template_name = "inspections/response_detail.html"

    def facts(self) -> dict[str, Any]:
        response, today = self.object, localdate()
        inspection, answering = response.inspection, response.answering
        timeliness = response.timeliness(today)
        days = inspection.programme.response_days
        rule = f"{days} days after the report ({inspection.published})" if days else "This programme sets no days."
        by = (answering.name, address_of(answering)) if answering else (NOBODY,)
        return {
            "summary": [
                ("On", response.organisation.name, address_of(response.organisation)),
                ("Report", inspection.title, address_of(inspection)),
                ("Local policing body", *by),
                ("Due", f"{response.due}: {rule}" if days else rule),
                *stated("Published", response.published),
                *stated("On the report as a whole", response.comments),
            ],
            "standing": standing_in_words(response, today),
            "tag": timeliness.tag,
            "changes": changes_of(response),
        }
