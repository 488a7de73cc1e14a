"""What the tests of partners, orders, officers and sites share: two bodies of a region and one beyond it, and lists."""

from datetime import date, timedelta

from django.test import Client
from django.utils.timezone import localdate
from model_bakery import baker

from forces.models import Organisation, Region
from tests.disruptions.threats.records import csv_lines, csv_rows
from tests.makers import make_member, make_organisation

__all__ = ["csv_lines", "csv_rows", "day", "listed", "make_bodies"]


def make_bodies() -> tuple[Organisation, Organisation, Organisation]:
    """Cheshire and Cumbria of the north west, and Kent: those of the file, where its tests share them."""
    if len(stored := Organisation.objects.filter(slug__in=("cheshire", "cumbria", "kent")).order_by("slug")) == 3:
        cheshire, cumbria, kent = stored
        return cheshire, cumbria, kent
    region = baker.make(Region, name="North West", slug="north-west")
    return make_member(region), make_member(region, "Cumbria Constabulary"), make_organisation("Kent Police")


def day(days: int) -> date:
    """So many days from today."""
    return localdate() + timedelta(days=days)


def listed(client: Client, url: str, query: str, name: str) -> str:
    """One attribute of each row of a list, in its order, as one text."""
    page = client.get(f"{url}?{query}")
    assert page.status_code == 200
    return " ".join(str(getattr(row, name)) for row in page.context["rows"])
