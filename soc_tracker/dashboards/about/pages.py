"""What a body is: key facts, and the SOC local profiles of its areas with what is overdue."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from forces.areas.models import LocalPolicingArea, LocalProfile
from forces.choices import OrganisationKind, SuccessionKind
from forces.models import BodySize, Organisation
from soc_tracker.core.lists.columns import Column, as_given
from soc_tracker.core.lists.paging import Bounded
from soc_tracker.core.text.days import Days, in_words, to_words
from soc_tracker.dashboards.about.queries import Link, Relation, links_of, list_areas, list_other_names, list_sizes
from soc_tracker.dashboards.bodies.queries import Head, User

NO_PROFILE = "no profile recorded"
LINKED = {
    Relation.REGION: "Region",
    Relation.RESPONDER: "Local policing body",
    Relation.ANSWERS_FOR: "Answers for",
}
"""What is linked for a time, which stands beside it where that is not now."""


def about_context(user: User, head: Head, params: QueryDict) -> dict[str, object]:
    """All that the page shows of a body beside its head. ``params`` say where among its areas or sizes it is opened."""
    links = links_of(user, head.body, head.today)
    areas: Bounded[Any] = list_areas(user, head.body, params=params)
    sizes = list_sizes(user, head.body, params=params)
    latest = list_sizes(user, head.body, params=QueryDict()) if sizes.newer_url else sizes
    return {
        "key_facts": key_facts(head.body, links, latest.rows, list_other_names(user, head.body), head.today),
        "sizes": sizes,
        "size_columns": SIZE_COLUMNS + (NO_RATE if any(size.no_rate_because for size in sizes.rows) else ()),
        "shows_areas": head.body.kind == OrganisationKind.FORCE or areas.rows,
        "areas": replace(areas, rows=[area_row(area, head.today) for area in areas.rows]),
        "area_columns": AREA_COLUMNS,
        "neighbours": [link for link in links if link.relation == Relation.NEIGHBOUR],
    }


def key_facts(
    body: Organisation, links: Iterable[Link], sizes: Iterable[BodySize], other_names: Iterable[str], today: date
) -> list[tuple[str, ...]]:
    """Label, value and address of what the body is; the newest of its sizes stand with the day to which they belong."""
    facts: list[tuple[str, ...]] = []
    for link in (link for link in links if link.relation != Relation.NEIGHBOUR):
        if label := LINKED.get(link.relation):
            label += "" if today in Days(link.first, link.last) else f" {to_words(link.first, link.last)}"
            facts.append((label, link.name, link.url))
        else:  # what it was, or what it became
            kind, before = SuccessionKind(link.word), link.relation == Relation.PREDECESSOR
            on_day = f"{link.name}, {in_words(link.first)}" if link.first else link.name
            facts.append((kind.before if before else str(kind.label), on_day, link.url))
    if existed := to_words(body.valid_from, body.valid_to):
        facts.append(("Existed", existed))
    newest: dict[str, BodySize] = {}
    for size in sizes:
        newest.setdefault(size.measure, size)
    facts += [
        (str(size.get_measure_display()), f"{as_given(size.value):,} as at {in_words(size.as_at)}")
        for size in newest.values()
    ]
    if names := "; ".join(other_names):
        facts.append(("Also known as", names))
    if body.ons_code:
        facts.append(("ONS code", body.ons_code))
    return facts


SIZE_COLUMNS = (
    Column("measure", "Size", lambda size: size.get_measure_display()),
    Column("value", "Number", lambda size: as_given(size.value), numeric=True),
    Column("as_at", "As at", lambda size: size.as_at),
    Column("source", "Source", lambda size: size.source.title, lambda size: size.source.get_absolute_url()),
    Column("locator", "Place in the source", lambda size: size.locator, wide_only=True),
)
NO_RATE = (Column("no_rate_because", "No rate is worked out, because", lambda size: size.no_rate_because),)


@dataclass(frozen=True)
class AreaRow:
    """A local policing area, and how current its SOC local profile is, in words."""

    name: str
    refreshed: str
    reviewed: str
    partners: str | None


AREA_COLUMNS = (
    Column("name", "Local policing area", lambda row: row.name),
    Column("refreshed", "Profile refreshed", lambda row: row.refreshed),
    Column("reviewed", "Fully reviewed", lambda row: row.reviewed),
    Column("partners", "Partners whose data is in it", lambda row: row.partners),
)


def area_row(area: LocalPolicingArea, today: date) -> AreaRow:
    """The day on which each was done; the next is overdue from the day after it was due. Causes no query where the area
    was selected with its profile.
    """
    profile: LocalProfile | None = getattr(area, "profile", None)
    if profile is None:
        return AreaRow(area.name, NO_PROFILE, NO_PROFILE, None)

    def state(done: date, due: date) -> str:
        return f"{in_words(done)} (next overdue since {in_words(due)})" if due < today else in_words(done)

    reviewed = "no full review recorded"
    if profile.fully_reviewed_on and profile.full_review_due_on:
        reviewed = state(profile.fully_reviewed_on, profile.full_review_due_on)
    refreshed = state(profile.refreshed_on, profile.refresh_due_on)
    return AreaRow(area.name, refreshed, reviewed, "; ".join(profile.partners.splitlines()))
