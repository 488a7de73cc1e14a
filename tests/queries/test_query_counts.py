"""No page needs more queries than its baseline says, nor more for thirty rows than for three."""

import pytest

from soc_tracker.core.records.models import VisibleQuerySet
from tests.pages import DOWNLOADS, PAGES
from tests.queries.counting import MORE, MOST, REWRITE, queries_of, read_baseline, write_baseline

pytestmark = pytest.mark.django_db
LISTS = [page for page in PAGES if page.name.endswith("_list") and not page.query]


def test_every_page_keeps_to_its_baseline(reference, inspector):
    counts = {str(page): len(queries_of(inspector, page.url)) for page in (*PAGES, *DOWNLOADS)}
    if REWRITE:
        write_baseline(counts)
    assert counts == read_baseline(), "See tests/queries/counting.py on how to write the baseline anew."
    assert {name: count for name, count in counts.items() if count > MORE.get(name, MOST)} == {}


@pytest.mark.parametrize("page", LISTS, ids=str)
def test_count_does_not_grow_with_rows(page, reference, inspector, monkeypatch):
    counts = {}
    for rows in (3, 30):
        monkeypatch.setattr(VisibleQuerySet, "visible_to", first(rows))
        counts[rows] = queries_of(inspector, page.url)
    assert len(counts[30]) <= len(counts[3]), "\n".join(counts[30])


def first(rows: int):
    """A stand-in for ``visible_to`` that shows only so many rows of each model."""

    def visible_to(self, user):
        return self.filter(pk__in=self.model._base_manager.order_by("pk").values("pk")[:rows])

    return visible_to
