"""What every template may read."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.urls import resolve, reverse

from soc_tracker.core.access.permissions import may, permission_of
from soc_tracker.core.access.roles import has_any_role, is_administrator

NAVIGATION = (
    ("Home", "home"),
    ("Regions", "forces:region_list"),
    ("Forces", "forces:force_list"),
    ("ROCUs", "forces:rocu_list"),
    ("Compare", "compare"),
    ("Threats", "disruptions:threat_list"),
    ("Disruptions", "disruptions:disruption_list"),
    ("Extracts", "disruptions:extract_list"),
    ("Saved views", "disruptions:saved_view_list"),
    ("4P plans", "plans4p:plan_list"),
    ("Partners", "plans4p:partner_list"),
    ("Orders", "plans4p:order_list"),
    ("LRO network", "plans4p:officer_list"),
    ("Clear, Hold, Build", "plans4p:site_list"),
    ("Inspections", "inspections:inspection_list"),
    ("Findings", "inspections:finding_list"),
    ("Recommendations", "inspections:recommendation_list"),
    ("Figures", "inspections:figure_list"),
    ("Sources", "inspections:source_list"),
    ("Methods", "methods"),
)


@dataclass(frozen=True)
class NavigationLink:
    text: str
    url: str
    current: str  # the value of aria-current: "page", "true" for a page below it, or empty


def site(request: HttpRequest) -> dict[str, object]:
    """Whether this site runs in demo mode, the main sections that the reader may open, and whom to ask for more."""
    user = getattr(request, "user", None) or AnonymousUser()  # a request refused before it was looked at has none
    return {
        "demo_mode": settings.DEMO_MODE,
        "contact": settings.CONTACT,
        "has_role": has_any_role(user),
        "may_administer": is_administrator(user),
        "navigation": navigation(user, request.path),
    }


def navigation(user: AbstractBaseUser | AnonymousUser, path: str) -> list[NavigationLink]:
    """The main sections that the user may open, in order, as seen from a path."""
    return [NavigationLink(text, url, _current(path, url)) for text, url, needed in addresses() if may(user, needed)]


@cache
def addresses() -> list[tuple[str, str, str | None]]:
    """The main sections, home first, with what each needs; they stay where they are while the server runs."""
    urls = [(text, reverse(name)) for text, name in NAVIGATION]
    return [(text, url, permission_of(resolve(url).func, "GET", {})) for text, url in urls]


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    home = addresses()[0][1]
    return "true" if url != home and path.startswith(url) else ""
