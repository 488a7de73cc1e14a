"""What the record lacks or contradicts, as at a day: counts, each of exactly what its list shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse

from disruptions.choices import DataKind, Size
from disruptions.counts.queries import Scope, total
from disruptions.record.models import Disruption
from disruptions.standpoint.forms import StandpointSet
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.models import Threat
from disruptions.threats.queries import LACKING, User, named_only, threats_as_at
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filters import address
from soc_tracker.core.lists.pages import Page


@dataclass(frozen=True)
class DataQuality:
    """Numbers of threats and disruptions that somebody should look at.

    ``threats`` and ``disruptions`` are all there are as at the day, the others
    some of them; ``lacking`` are threats by what they lack, as in ``LACKING``.
    """

    threats: int
    named_only: int
    lacking: dict[str, int]
    disruptions: int
    not_assessed: int
    after_closure: int


def data_quality(user: User, standpoint: Standpoint) -> DataQuality:
    threats = threats_as_at(Threat.objects.visible_to(user), standpoint)
    on_record = threats.on_record()
    disruptions = Disruption.objects.visible_to(user).of_kind(standpoint.kind).as_at(standpoint.day)
    return DataQuality(
        threats=on_record.count(),
        named_only=named_only(threats, standpoint).count(),
        lacking={what: on_record.filter(lacks).count() for what, lacks in LACKING.items()},
        disruptions=total(Scope(standpoint=standpoint)),
        not_assessed=total(Scope(standpoint=standpoint, values={"size": frozenset([Size.NOT_ASSESSED])})),
        after_closure=disruptions.after_closure(standpoint.sight).count(),
    )


# What the record lacks, as lines of a page.


THREATS, DISRUPTIONS = "disruptions:threat_list", "disruptions:disruption_list"
LACKS = {
    "owner": ("Threats without an owner", "They count for no body."),
    "officer": ("Threats without a lead responsible officer", "Nobody is named who would own a 4P plan."),
    "score": ("Threats without a MoRiLE score", "They cannot be put in order of priority, and rank nowhere."),
    "tier": ("Threats without a tier", "They are not known to be above tier 5, and so are on no master list."),
}


@dataclass(frozen=True)
class Line:
    """One thing to look at: how many there are, out of how many, why it matters, and the list of exactly those."""

    title: str
    why: str
    n: int
    of: int
    url: str


LINE_COLUMNS = (
    Column("title", "What", lambda line: line.title, lambda line: line.url),
    Column("n", "How many", lambda line: line.n, numeric=True),
    Column("of", "Out of", lambda line: line.of, numeric=True),
    Column("why", "Why it matters", lambda line: line.why),
)


def lines(quality: DataQuality, query: Mapping[str, str]) -> list[Line]:
    """``query`` is what the page itself was asked for, which the lists are to be asked for too."""

    def line(title: str, why: str, n: int, of: int, name: str, **more: str) -> Line:
        return Line(title, why, n, of, f"{reverse(name)}?{urlencode({**query, **more})}")

    return [
        line(
            "Threats that only a disruption names",
            "What they are was never loaded: they are on no master list, and their type is read from their reference.",
            quality.named_only,
            quality.threats + quality.named_only,
            THREATS,
            list="named_only",
        ),
        *(line(*LACKS[what], n, quality.threats, THREATS, lacking=what) for what, n in quality.lacking.items()),
        line(
            "Disruptions not yet assessed",
            "They are no fault, but stay out of every published-style count until somebody assesses them.",
            quality.not_assessed,
            quality.disruptions,
            DISRUPTIONS,
            size=Size.NOT_ASSESSED,
        ),
        line(
            "Disruptions of a threat that had been closed",
            "By the day before they happened, their threat’s phase was closed. Is the threat active again?",
            quality.after_closure,
            quality.disruptions,
            DISRUPTIONS,
            after_closure="yes",
        ),
    ]


# What the record lacks or contradicts, with the list of each.


class QualityPage(Page):
    marking = UNMARKED.label
    permission = "disruptions.read_record"
    title = "Data quality"
    template_name = "disruptions/data_quality.html"
    filterset_class = StandpointSet

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet[Threat]:
        return Threat.objects.none()  # the filter only says from where the record is looked at

    def context(self) -> dict[str, Any]:
        standpoint = self.filter.standpoint
        return super().context() | {
            "standpoint": standpoint,
            "kinds": DataKind.choices,
            "columns": LINE_COLUMNS,
            "delays_url": reverse("disruptions:delays") + address(self.filter.query).rstrip("?"),
            "lines": lines(data_quality(self.request.user, standpoint), self.filter.query.dict()),
        }
