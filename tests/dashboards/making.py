"""Records that the tests of these pages make beside those of tests.makers."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from model_bakery import baker

from forces.models import Organisation, Region
from inspections.figures.models import Measure, PublishedFigure
from inspections.sources.models import SourceDocument
from soc_tracker.core.lists.filters import Problem
from tests.makers import make_disruption

TODAY = date(2026, 11, 22)


def make_region(name: str = "North West", slug: str = "north-west") -> Region:
    return baker.make(Region, name=name, slug=slug)


def make_source(title: str = "A report", kind: str = "report") -> SourceDocument:
    return baker.make(SourceDocument, title=title, kind=kind, publisher="HMICFRS")


def make_figure(about: Region | Organisation, measure: str, value: int | None, **more: Any) -> PublishedFigure:
    """A figure, by default an exact count of 2022 as at 13 July 2023."""
    found = Measure.objects.filter(slug=measure).first()
    group = "Threats and disruptions"
    body = {"region": about} if isinstance(about, Region) else {"organisation": about}
    values = {
        "measure": found or baker.make(Measure, slug=measure, name=measure, group=group),
        "value": None if value is None else Decimal(value),
        "step": None if value is None else Decimal(1),
        "unit": "percent" if measure.endswith("-share") else "count",
        "period_from": date(2022, 1, 1),
        "period_to": date(2022, 12, 31),
        "as_at": date(2023, 7, 13),
        "said_by": "database",
        "slug": f"{measure}-{PublishedFigure.objects.count()}",
        "locator": "paragraph 1",
    }
    if "source" not in more:
        values["source"] = SourceDocument.objects.first() or make_source()
    return baker.make(PublishedFigure, **(values | body | more))


def page_of_force(client: Client, part: str = "", **query: Any) -> HttpResponse:
    """A page of Cheshire."""
    return client.get(reverse(f"force_{part}" if part else "force", args=["cheshire"]), query)


def named(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.parameter, problem.value) for problem in problems]


def make_lead(organisation: Organisation, *, start: int = 0, size: str = "moderate", **numbers: Any) -> None:
    """So many lead disruptions of 2022 of each P (``pursue=2``); other names are values of all of them."""
    four_ps = {name: numbers.pop(name) for name in ("pursue", "prevent", "protect", "prepare") if name in numbers}
    place = start
    for four_p, number in four_ps.items():
        for _ in range(number):
            make_disruption(f"DIS-{organisation.slug}-{place}", organisation, four_p, size, **numbers)
            place += 1


def read_csv(response: Any) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The head of a file by its labels, and its rows by their headings."""
    assert response.status_code == 200
    lines = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    above = lines.index([])
    head, (names, *rows) = dict(lines[:above]), lines[above + 1 :]
    return head, [dict(zip(names, row, strict=True)) for row in rows]


def text_of(response: Any) -> str:
    """The words of a page, without its tags and with single spaces."""
    html = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


OPEN_LINK = re.compile(r'<a [^>]*href="(/must-change/[?][^"]*timeliness=[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def counts_of(page: str) -> list[tuple[str, int]]:
    """The links of a page to what stands so, each with the last number before its end."""
    found = []
    for link in OPEN_LINK.finditer(page):
        words = re.sub("<[^>]*>", " ", page[max(0, link.start() - 120) : link.end()]).replace("The one thing", "1")
        number = re.findall(r"[0-9][0-9,]*", words)[-1]
        found.append((unescape(link[1]), int(number.replace(",", ""))))
    return found
