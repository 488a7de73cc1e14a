"""Where things are: five doors, each with its own pages, and only what the reader may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest
from django.urls import resolve, reverse

from soc_tracker.core.access.models import NOTHING
from soc_tracker.core.access.permissions import ACTS, may, permission_of
from soc_tracker.core.access.roles import Role, has_any_role, has_role, is_administrator


@dataclass(frozen=True)
class Entry:
    """A page behind a door; with a ``role`` it is offered to that role alone, with a ``group`` it folds with others."""

    text: str
    name: str
    query: str = ""
    role: Role | None = None
    group: str = ""


DOORS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("Home", (Entry("Home", "home"),)),
    (
        "Bodies",
        (
            Entry("Directory", "directory"),
            Entry("Regions", "forces:region_list"),
            Entry("Forces", "forces:force_list"),
            Entry("ROCUs", "forces:rocu_list"),
            Entry("Other bodies", "forces:other_list"),
            Entry("Compare", "compare"),
        ),
    ),
    (
        "Inspections",
        (
            Entry("Inspections", "inspections:inspection_list"),
            Entry("Gradings", "inspections:grading_list"),
            Entry("Findings", "inspections:finding_list"),
            Entry("What must change", "inspections:requirement_list"),
            Entry("Figures", "inspections:figure_list"),
            Entry("Sources", "inspections:source_list"),
            Entry("Recommendations", "inspections:recommendation_list", group="Following"),
            Entry("Responses", "inspections:response_list", group="Following"),
            Entry("Own records", "inspections:beside_list", group="Following"),
            Entry("Escalation", "inspections:rung_list", group="Following"),
            Entry("Good practice", "practice_exchange", group="Following"),
            Entry("Under way", "inspections:under_way", group="Work"),
            Entry("Facts to check", "inspections:to_check", group="Work"),
            Entry("Load facts", "reference:file_new", group="Work"),
        ),
    ),
    (
        "Threats and disruptions",
        (
            Entry("Disruptions", "disruptions:disruption_list"),
            Entry("Charts", "disruptions:disruption_charts"),
            Entry("Threats", "disruptions:threat_list"),
            Entry("Priority list", "disruptions:priority_list"),
            Entry("Compare", "compare"),
            Entry("Extracts", "disruptions:extract_list"),
            Entry("Load a file", "disruptions:upload_new"),
            Entry("Data quality", "disruptions:data_quality"),
            Entry("Saved views", "disruptions:saved_view_list"),
            Entry("Citations", "disruptions:citation_list"),
        ),
    ),
    (
        "4P plans",
        (
            Entry("Plans", "plans4p:plan_list"),
            Entry("My plans", "plans4p:my_plans", role=Role.LEAD_RESPONSIBLE_OFFICER),
            Entry("LRO network", "plans4p:officer_list"),
            Entry("Partners", "plans4p:partner_list"),
            Entry("Orders", "plans4p:order_list"),
            Entry("Clear, Hold, Build", "plans4p:site_list"),
            Entry("Threats without a plan", "plans4p:unplanned_list"),
            Entry("Reminders", "plans4p:reminders"),
        ),
    ),
    ("Trail", (Entry("Trail", "trail", role=Role.AUDITOR),)),  # to administrators, their own pages offer it
)


@dataclass(frozen=True)
class Link:
    """``current`` is the value of aria-current: "page", "true" for a page below it, or empty."""

    text: str
    url: str
    current: str
    group: str = ""


@dataclass(frozen=True)
class Group:
    """Pages that fold together under a word; ``here`` is the one that the reader is on, or below."""

    text: str
    links: tuple[Link, ...]
    here: Link | None


@dataclass(frozen=True)
class Door:
    """A section of the site as the reader sees it, with the pages behind it."""

    text: str
    url: str
    current: str
    links: tuple[Link, ...]

    @property
    def row(self) -> list[Link | Group]:
        """Its pages in order, those of one group folded; where the reader may open one of a group alone, that page."""
        row: list[Link | Group] = []
        for name, members in groupby(self.links, key=lambda link: link.group):
            links = tuple(members)
            here = next((link for link in links if link.current), None)
            row += [Group(name, links, here)] if name and len(links) > 1 else links
        return row


def site(request: HttpRequest) -> dict[str, object]:
    """Whether this site runs in demo mode, the doors that the reader may open, and whom to ask for more."""
    user = getattr(request, "user", None) or AnonymousUser()  # a request refused before it was looked at has none
    doors = list_doors(user, request.get_full_path())
    return {
        "demo_mode": settings.DEMO_MODE,
        "single_sign_on": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "marking": "",  # unless the page says so
        "contact": settings.CONTACT,
        "has_role": has_any_role(user),
        "lacks_reach": getattr(user, "_sight_cache", None) == NOTHING,  # asked for by what the page reads, and none
        "may_administer": is_administrator(user),
        "doors": doors,
        "section": next((door for door in doors if door.current and len(door.links) > 1), None),
    }


def list_doors(user: AbstractUser | AnonymousUser, address: str) -> list[Door]:
    """The doors that the user may open, in order, as seen from an address (a path, perhaps with its query)."""
    here, path = place_of(address), address.partition("?")[0]
    may_open = cache(partial(may_see, user))  # many pages need the same
    doors = []
    for place, (text, entries) in enumerate(list_addresses()):
        links = tuple(
            Link(
                entry.text,
                url,
                ("page" if url in (address, path) else "true") if (place, number) == here else "",
                entry.group,
            )
            for number, (entry, url, permission) in enumerate(entries)
            if may_open(permission) and (entry.role is None or has_role(user, entry.role))
        )
        if links:
            is_here = bool(here and here[0] == place)
            current = next((link.current for link in links if link.current), "true" if is_here else "")
            doors.append(Door(text, links[0].url, current if len(links) == 1 or not current else "true", links))
    return doors


def may_see(user: AbstractUser | AnonymousUser, permission: str | None) -> bool:
    """Whether the user holds the permission, or it is one of those that a setting opens to everybody."""
    is_public = settings.PUBLIC_PUBLISHED and permission in ACTS and ACTS[permission].published
    return may(user, permission) or (is_public and not user.is_authenticated)


def place_of(address: str) -> tuple[int, int] | None:
    """The door and page to which an address belongs: the very page, else the one that it lies deepest below."""
    path, home = address.partition("?")[0], reverse("home")
    places: dict[str, tuple[int, int]] = {}
    for door, (_, entries) in enumerate(list_addresses()):
        for number, (_, url, _) in enumerate(entries):
            if url == address:
                return door, number
            if "?" not in url and (path == url or (url != home and path.startswith(url))):
                places.setdefault(url, (door, number))
    return places[max(places, key=len)] if places else None


@cache
def list_addresses() -> Sequence[tuple[str, Sequence[tuple[Entry, str, str | None]]]]:
    """Each door's pages with their addresses and what each needs; they stay where they are while the server runs."""
    return [
        (
            text,
            [
                (
                    entry,
                    reverse(entry.name) + (f"?{entry.query}" if entry.query else ""),
                    permission_of(resolve(reverse(entry.name)).func, "GET", {}),
                )
                for entry in entries
            ],
        )
        for text, entries in DOORS
    ]
