"""One example of every page, as it is once the reference data is loaded.

Sweeps over all pages (permission, query counts, the browser's) read it, and a
test refuses a URL name that is neither here nor among the exceptions. A new
page is one line more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from forces.choices import OrganisationKind
from forces.models import Organisation
from inspections.models import Grading, Recommendation


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


def _grading() -> dict[str, int]:
    key = ("north-west-soc-2022-23", "cheshire", "peel-2022-23-soc")
    return {"pk": Grading.objects.get_by_natural_key(*key).pk}


def _recommendation() -> dict[str, int]:
    return {"pk": Recommendation.objects.earliest("pk").pk}


def _other() -> dict[str, str]:
    """A body that is neither force nor unit: the reference data has none."""
    key = {"slug": "national-crime-agency"}
    named = {"name": "National Crime Agency", "short_name": "NCA", "kind": OrganisationKind.OTHER}
    Organisation.objects.get_or_create(**key, defaults=named)
    return key


PAGES = (
    Page("home"),
    Page("region", {"slug": "north-west"}, chart=True),
    Page("force", {"slug": "cheshire"}),
    Page("rocu", {"slug": "nwrocu"}),
    Page("other", find=_other),
    Page("search"),
    Page("search", query="q=cheshire"),
    Page("methods"),
    Page("forces:region_list"),
    Page("forces:force_list"),
    Page("forces:rocu_list"),
    Page("inspections:inspection_list"),
    Page("inspections:inspection", {"slug": "north-west-soc-2022-23"}),
    Page("inspections:grading_list"),
    Page("inspections:grading", find=_grading),
    Page("inspections:finding_list"),
    Page("inspections:finding_list", query="region=north-west&kind=area_for_improvement"),
    Page("inspections:finding_list", query="colour=green"),
    Page("inspections:finding", {"slug": "nw-2022-cheshire-4p-plans"}),
    Page("inspections:recommendation_list"),
    Page("inspections:recommendation", find=_recommendation),
    Page("inspections:figure_list"),
    Page("inspections:figure", {"slug": "nw-2022-cheshire-disruptions"}),
    Page("inspections:source_list"),
    Page("inspections:source", {"slug": "nw-soc-2023"}),
    Page("api_docs"),
)

# Files and data that an account may fetch, with no page around them.
DOWNLOADS = (
    Page("region_chart_csv", {"slug": "north-west", "chart": "pursue-shares"}),
    Page("inspections:finding_list", query="format=csv"),
    Page("inspections:finding_list", query="format=xlsx"),
    Page("inspections:figure_list", query="format=csv"),
    Page("api_schema"),
)

# What anybody may see without an account.
OPEN = (Page("account_login"), Page("healthz"))

# Swept by a rule of their own: the admin's by its registry, the API's by its router.
SWEPT_ELSEWHERE = ("admin:", "api:", "account_", "mfa_")
# Answers to a form, never opened on their own; each has its own test.
POST_ONLY = ("demo_sign_in",)
