"""What every template may read."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

NAVIGATION = (
    ("Home", "home"),
    ("Regions", "forces:region_list"),
    ("Forces", "forces:force_list"),
    ("ROCUs", "forces:rocu_list"),
    ("Compare", "compare"),
    ("Threats", "disruptions:threat_list"),
    ("Disruptions", "disruptions:disruption_list"),
    ("Extracts", "disruptions:extract_list"),
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
    """Whether this site runs in demo mode, and its main sections with the one that the reader is in."""
    return {"demo_mode": settings.DEMO_MODE, "navigation": navigation(request.path)}


def navigation(path: str) -> list[NavigationLink]:
    """The main sections in order, as seen from a path."""
    return [NavigationLink(text, url, _current(path, url)) for text, url in addresses()]


@cache
def addresses() -> list[tuple[str, str]]:
    """The main sections, home first; they stay where they are while the server runs."""
    return [(text, reverse(name)) for text, name in NAVIGATION]


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    home = addresses()[0][1]
    return "true" if url != home and path.startswith(url) else ""
