"""One example of every page, as it is once the reference data is loaded.

Sweeps over all pages (permission, query counts, the browser's) read it, and a
test refuses a URL name that is neither here nor among the exceptions. A new
page is one line more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from disruptions.models import Disruption, Extract, Threat, Upload
from disruptions.services import ASSESSMENTS
from forces.choices import OrganisationKind
from forces.models import Organisation
from inspections.models import Grading, Recommendation
from tests.disruptions.uploading import bad_file, checked
from tests.makers import make_author, make_disruption, make_extract, make_threat


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


def _threat() -> dict[str, str]:
    """A threat that was scored twice and disrupted once, so that its page has charts."""
    if not (threat := Threat.objects.filter(reference="OCG-0009001").first()):
        threat = make_threat("OCG-0009001", Organisation.objects.get(slug="cheshire"), name="Fenland")
        for month, total in ((1, 40), (6, 55)):
            values = {"assessed_on": date(2022, month, 1), "total": total}
            ASSESSMENTS.create(values, threat=threat, by=make_author(), reason="As published.")
        make_disruption("DIS-2022-0009001", threat.organisation, threat=threat, summary="Two people arrested.")
    return {"reference": threat.reference}


def _threat_chart() -> dict[str, str]:
    return {**_threat(), "chart": "scores"}


def _extract() -> dict[str, int]:
    return {"pk": (Extract.objects.first() or make_extract()).pk}


def _upload() -> dict[str, UUID]:
    """An upload that has been checked, and has rows that were refused."""
    upload = Upload.objects.exclude(errors="").first() or checked(bad_file())
    return {"token": upload.token}


def _disruption() -> dict[str, str]:
    """Of the record the reference data has nothing."""
    key = {"reference": "DIS-2022-0000001"}
    if not Disruption.objects.filter(**key).exists():
        make_disruption(**key)
    return key


PAGES = (
    Page("home"),
    Page("region", {"slug": "north-west"}, chart=True),
    Page("force", {"slug": "cheshire"}, chart=True),
    Page("rocu", {"slug": "nwrocu"}, chart=True),
    Page("other", find=_other),
    Page("compare", chart=True),
    Page("compare", query="region=north-west&four_p=prevent&second_as_at=2023-01-04", chart=True),
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
    Page("disruptions:threat_list"),
    Page("disruptions:threat_list", query="list=master&as_at=2023-01-04"),
    Page("disruptions:threat", find=_threat, chart=True),
    Page("disruptions:priority_list"),
    Page("disruptions:data_quality"),
    Page("disruptions:extract_list"),
    Page("disruptions:extract", find=_extract),
    Page("disruptions:disruption_list"),
    Page("disruptions:disruption_list", query="region=north-west&year=2022&four_p=prevent&as_at=2023-01-04"),
    Page("disruptions:disruption_list", query="colour=green"),
    Page("disruptions:disruption_charts", chart=True),
    Page("disruptions:disruption", find=_disruption),
    Page("disruptions:saved_view_list"),
    Page("disruptions:saved_view_new"),
    Page("api_docs"),
)

# Files and data that an account may fetch, with no page around them.
DOWNLOADS = (
    Page("region_chart_csv", {"slug": "north-west", "chart": "pursue-shares"}),
    Page("region_record_csv", {"slug": "north-west", "table": "shares"}),
    Page("body_record_csv", {"slug": "cheshire", "table": "published-against-recorded"}),
    Page("compare_csv", {"table": "shares"}),
    Page("inspections:finding_list", query="format=csv"),
    Page("inspections:finding_list", query="format=xlsx"),
    Page("inspections:figure_list", query="format=csv"),
    Page("disruptions:threat_list", query="format=csv"),
    Page("disruptions:priority_list", query="format=xlsx"),
    Page("disruptions:threat_chart_csv", find=_threat_chart),
    Page("disruptions:extract_list", query="format=csv"),
    Page("disruptions:disruption_list", query="format=csv"),
    Page("disruptions:disruption_list", query="format=xlsx"),
    Page("disruptions:disruption_chart_csv", {"chart": "by-month"}),
    Page("api_schema"),
)

# What those see who may load extracts, and nobody else; tests/browser/test_upload.py looks at these in a browser.
LOADERS_ONLY = (
    Page("disruptions:upload_new"),
    Page("disruptions:upload", find=_upload),
    Page("disruptions:upload_errors", find=_upload),
)

# What anybody may see without an account.
OPEN = (Page("account_login"), Page("healthz"))

# Swept by a rule of their own: the admin's by its registry, the API's by its router.
SWEPT_ELSEWHERE = ("admin:", "api:", "account_", "mfa_")
# Answers to a form, never opened on their own; each has its own test.
POST_ONLY = (
    "demo_sign_in",
    "disruptions:saved_view_delete",
    "disruptions:upload_accept",
    "disruptions:upload_give_up",
    "disruptions:upload_start_again",
)
# Leads to another page; has its own test.
REDIRECTS = ("disruptions:saved_view",)
