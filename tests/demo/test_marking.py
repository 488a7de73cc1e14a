"""With the demo records loaded, every page, file and API answer that has any of them says that they are made up."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from disruptions.choices import DataKind
from disruptions.models import Disruption, Extract, Threat
from soc_tracker.roles import Role

pytestmark = pytest.mark.usefixtures("demo_records", "reference")
MADE_UP = "These records are made up"
BADGE = "soc-kind--illustrative"


@pytest.fixture
def reader(sign_in) -> Client:
    return sign_in(Role.INSPECTOR)


def first(model: type) -> str:
    """The address of one of the model's rows."""
    return model.objects.of_kind(DataKind.ILLUSTRATIVE).earliest("pk").get_absolute_url()


PAGES = {
    "home": lambda: reverse("home"),
    "region": lambda: reverse("region", args=["north-west"]),
    "force": lambda: reverse("force", args=["cheshire"]),
    "unit": lambda: reverse("rocu", args=["nwrocu"]),
    "comparison": lambda: reverse("compare"),
    "threats": lambda: reverse("disruptions:threat_list"),
    "threat": lambda: first(Threat),
    "priorities": lambda: reverse("disruptions:priority_list"),
    "disruptions": lambda: reverse("disruptions:disruption_list"),
    "charts": lambda: reverse("disruptions:disruption_charts"),
    "disruption": lambda: first(Disruption),
    "extracts": lambda: reverse("disruptions:extract_list"),
    "extract": lambda: first(Extract),
    "data quality": lambda: reverse("disruptions:data_quality"),
}
WITHOUT_CHOICE = ("home", "threat", "disruption", "extract")  # the page itself says which kind of data it has
FILES = {
    "threats": lambda: reverse("disruptions:threat_list"),
    "disruptions": lambda: reverse("disruptions:disruption_list"),
    "extracts": lambda: reverse("disruptions:extract_list"),
    "priorities": lambda: reverse("disruptions:priority_list"),
}
API = ("threats", "disruptions", "measures", "extracts")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_so(name, reader):
    answer = reader.get(PAGES[name]())
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert MADE_UP in shown
    assert BADGE in shown


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
