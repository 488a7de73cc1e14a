"""With the demo records loaded, every page, file and API answer that has any of them says that they are made up."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from disruptions.choices import DataKind
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.threats.models import Threat
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from plans4p.sites.models import Site
from soc_tracker.core.access.roles import Role

pytestmark = pytest.mark.usefixtures("demo", "reference")
MADE_UP = "These records are made up"
BADGE = "soc-kind--illustrative"


@pytest.fixture
def reader(sign_in) -> Client:
    return sign_in(Role.INSPECTOR)


def first(model: type) -> str:
    """The address of one of the model's rows."""
    return model.objects.of_kind(DataKind.ILLUSTRATIVE).earliest("pk").get_absolute_url()


PAGES = {
    "directory": lambda: reverse("directory"),
    "region": lambda: reverse("region", args=["north-west"]),
    "record of a region": lambda: reverse("region_record", args=["north-west"]),
    "plans of a region": lambda: reverse("region_plans", args=["north-west"]),
    "force": lambda: reverse("force", args=["cheshire"]),
    "record of a force": lambda: reverse("force_record", args=["cheshire"]),
    "plans of a force": lambda: reverse("force_plans", args=["cheshire"]),
    "unit": lambda: reverse("rocu", args=["nwrocu"]),
    "comparison": lambda: reverse("compare") + "?region=north-west",
    "threats": lambda: reverse("disruptions:threat_list"),
    "threat": lambda: first(Threat),
    "priorities": lambda: reverse("disruptions:priority_list"),
    "disruptions": lambda: reverse("disruptions:disruption_list"),
    "charts": lambda: reverse("disruptions:disruption_charts"),
    "disruption": lambda: first(Disruption),
    "extracts": lambda: reverse("disruptions:extract_list"),
    "extract": lambda: first(Extract),
    "data quality": lambda: reverse("disruptions:data_quality"),
    "plans": lambda: reverse("plans4p:plan_list"),
    "plan": lambda: first(Plan),
    "sheet of a plan": lambda: first(Plan) + "print/",
    "history of a plan": lambda: first(Plan) + "history/",
    "partners": lambda: reverse("plans4p:partner_list"),
    "partner": lambda: first(Partner),
    "orders": lambda: reverse("plans4p:order_list"),
    "order": lambda: first(AncillaryOrder),
    "officers": lambda: reverse("plans4p:officer_list"),
    "officer": lambda: first(LeadOfficer),
    "sites": lambda: reverse("plans4p:site_list"),
    "site": lambda: first(Site),
}
WITHOUT_CHOICE = (
    "directory",
    "region",
    "force",
    "unit",
    "comparison",
    "threat",
    "disruption",
    "extract",
    "plan",
    "partner",
    "order",
    "officer",
    "site",
    "sheet of a plan",
    "history of a plan",
)  # the page itself says which kind of data it has
FILES = {
    "threats": lambda: reverse("disruptions:threat_list"),
    "disruptions": lambda: reverse("disruptions:disruption_list"),
    "extracts": lambda: reverse("disruptions:extract_list"),
    "priorities": lambda: reverse("disruptions:priority_list"),
    **{
        name: lambda name=name: reverse(f"plans4p:{name}_list")
        for name in ("plan", "partner", "order", "officer", "site")
    },
}
API = ("threats", "disruptions", "measures", "extracts", "plans", "partners", "orders", "lead-officers", "sites")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_so(name, reader):
    answer = reader.get(PAGES[name]())
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert MADE_UP in shown
    assert BADGE in shown


@pytest.mark.parametrize("role", [Role.ANALYST, Role.LEAD_RESPONSIBLE_OFFICER])
def test_the_first_page_says_so_to_those_to_whom_it_shows_some(role, sign_in):
    assert MADE_UP in sign_in(role).get(reverse("home")).content.decode()


@pytest.mark.parametrize("name", [name for name in PAGES if name not in WITHOUT_CHOICE])
def test_a_page_does_not_say_so_of_what_is_recorded(name, reader):
    answer = reader.get(PAGES[name](), {"data": "recorded"})
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert MADE_UP not in shown
    assert BADGE not in shown


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_so_before_its_rows(name, reader):
    answer = reader.get(FILES[name](), {"format": "csv"})
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    told = dict(line[:2] for line in lines[:8] if len(line) > 1)
    assert "Illustrative" in told.values() or "illustrative" in told.values()


@pytest.mark.parametrize("name", API)
def test_an_answer_of_the_api_says_so(name, reader):
    answer = reader.get(f"/api/v1/{name}/")
    assert answer.status_code == 200
    assert answer.json()["kind_of_data"] == DataKind.ILLUSTRATIVE
