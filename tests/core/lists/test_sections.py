"""Sections of pages that show some of their rows: from each of them a link leads to the others."""

import re
import sys
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import resolve
from model_bakery import baker

from inspections.findings.models import Topic
from inspections.sources.models import SourceDocument
from soc_tracker.core.lists import paging
from soc_tracker.core.lists.paging import Bounded, PageTokenError, paged
from tests.makers import make_organisation, make_size
from tests.pages import PAGES

pytestmark = pytest.mark.django_db

ON_PAPER = {"body_summary", "region_summary", "inspection_summary", "plans4p:on_a_page"}
"""One sheet each: it says how many there are in all, and what it sums up has a page with the ways to them."""


@pytest.fixture
def sections(monkeypatch: pytest.MonkeyPatch) -> list[Bounded]:
    """Every section that pages read from now on which has a row and counts them: each says that there is another."""
    cut: list[Bounded] = []

    def bounded(*given: Any, **how: Any) -> Bounded:
        return one_more(paging.bounded(*given, **how))

    def paged(*given: Any, **how: Any) -> Bounded:
        return one_more(paging.paged(*given, **how))

    def one_more(section: Bounded) -> Bounded:
        if section.rows and section.total is not None:
            url = f"?section={section.name}&older=x#{section.name}" if section.name else ""
            section = replace(section, total=section.total + 1, older_url=url)
            cut.append(section)
        return section

    resolve("/")  # loads every page
    for read in (bounded, paged):
        original = getattr(paging, read.__name__)
        for module in list(sys.modules.values()):
            if module is not paging and vars(module).get(read.__name__) is original:
                monkeypatch.setattr(module, read.__name__, read)
    return cut


def test_no_section_ends_without_a_way_to_its_other_rows(reference, inspector: Client, sections) -> None:
    dead_ends, seen = [], 0
    for page in PAGES:
        if page.name.endswith("_list") or page.name in ON_PAPER:
            continue
        sections.clear()
        html = inspector.get(page.url).content.decode()
        links, anchors = (set(map(unescape, re.findall(f'{name}="([^"]*)"', html))) for name in ("href", "id"))
        for section in sections:
            seen += 1
            way = section.older_url or section.url
            if not way or way not in links or section.name not in {"", *anchors}:
                dead_ends.append((str(page), section.name, section.rows[0]))
    assert dead_ends == []
    assert seen > 15


class TestPaged:
    @pytest.fixture
    def topics(self) -> Any:
        for number in range(5):
            baker.make(Topic, name=f"t{number}", slug=f"t{number}", order=number % 2)
        return Topic.objects.all()

    def test_the_first_rows_and_their_number_take_one_query(self, topics, django_assert_num_queries) -> None:
        with django_assert_num_queries(1):
            section = paged(topics, ("-order", "name"), 2, name="topics", params=QueryDict())
        assert [row.name for row in section.rows] == ["t1", "t3"]
        assert (section.total, section.is_cut, section.newer_url) == (5, True, "")

    def test_the_links_lead_to_every_row_and_back(self, topics) -> None:
        def opened(url: str) -> Bounded:
            params = QueryDict(url.partition("#")[0].removeprefix("?"))
            assert params.get("as_at") == "2023-01-31"
            return paged(topics, ("-order", "name"), 2, name="topics", params=params)

        first = section = opened("?as_at=2023-01-31")
        names = [row.name for row in section.rows]
        while section.older_url:
            assert section.older_url.endswith("#topics")
            section = opened(section.older_url)
            names += [row.name for row in section.rows]
        assert names == ["t1", "t3", "t0", "t2", "t4"]
        assert [row.name for row in opened(opened(section.newer_url).newer_url).rows] == [
            row.name for row in first.rows
        ]

    def test_another_section_stays_at_its_first_rows(self, topics) -> None:
        older = paged(topics, ("name",), 2, name="topics", params=QueryDict()).older_url.partition("#")[0]
        other = paged(topics, ("name",), 2, name="others", params=QueryDict(older.removeprefix("?")))
        assert [row.name for row in other.rows] == ["t0", "t1"]

    def test_all_rows_at_once_need_no_link(self, topics) -> None:
        section = paged(topics, ("name",), 5, name="topics", params=QueryDict())
        assert (section.is_cut, section.newer_url, section.older_url) == (False, "", "")

    def test_a_token_of_another_list_is_refused(self, topics) -> None:
        with pytest.raises(PageTokenError):
            paged(topics, ("name",), 2, name="topics", params=QueryDict("section=topics&older=x"))


def test_a_document_shows_all_the_sizes_that_it_gave(inspector: Client) -> None:
    source = baker.make(SourceDocument, slug="report")
    for number in range(30):
        body = make_organisation(f"Force{number:02} Police")
        make_size(body, "population", number + 1, date(2022, 6, 30), source=source)
    first = inspector.get(source.get_absolute_url()).content.decode()
    assert "25 of 30 shown:" in first
    assert "Force24" in first
    assert "Force25" not in first
    older = unescape(re.findall(r'href="(\?section=sizes[^"#]*)#sizes"', first)[0])
    second = inspector.get(source.get_absolute_url() + older).content.decode()
    assert "5 of 30 shown:" in second
    assert "Force29" in second
    refused = inspector.get(f"{source.get_absolute_url()}?section=sizes&older=x")
    assert refused.status_code == 400
    assert "Start again from its first page" in refused.content.decode()
