"""The filter panel: form, chips, and problems that name what was not understood."""

import re

import pytest
from django.contrib.auth.models import Group
from django.http import QueryDict

from soc_tracker.core.lists.filter_fields import ChoicesFilter, DayFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.templatetags.soc import CHOICES_SHOWN

pytestmark = pytest.mark.django_db


class GroupFilter(StrictFilterSet):
    q = WordsFilter(label="Words", fields=("name",))
    kind = ChoicesFilter(label="Kind", field_name="name", choices=[("a", "Pursue"), ("b", "Prevent")])
    body = ChoicesFilter(
        label="Body", field_name="name", choices=[(f"b{i}", f"Body {i}") for i in range(CHOICES_SHOWN + 1)]
    )
    since = DayFilter(label="Since", field_name="name")

    class Meta:
        model = Group
        fields = []


@pytest.fixture
def panel(draw):
    def drawn(query: str) -> str:
        filterset = GroupFilter(QueryDict(query), Group.objects.all())
        return draw("{% filter_panel filter %}", path=f"/groups/?{query}", filter=filterset)

    return drawn


def test_form_asks_the_present_address(panel):
    drawn = panel("")
    assert 'method="get" action="/groups/"' in drawn
    assert 'hx-get="/groups/"' in drawn
    assert "soc-chip" not in drawn
    assert "govuk-error-summary" not in drawn


def test_chips_remove_one_value_each(panel):
    drawn = panel("kind=a&kind=b&sort=name")
    assert re.findall(r'class="soc-chip" href="([^"]+)"', drawn) == ["?kind=b&amp;sort=name", "?kind=a&amp;sort=name"]
    assert "Kind: Pursue</a>" in drawn


def test_the_form_keeps_the_order_but_not_the_page(panel):
    drawn = panel("sort=name&older=token")
    assert '<input type="hidden" name="sort" value="name">' in drawn
    assert "token" not in drawn


def test_long_choices_are_folded_unless_one_is_chosen(panel):
    folded = '<details class="govuk-details soc-filter__group">'
    assert panel("").count(folded) == 1
    assert panel("body=b1").count(folded) == 0


def test_problems_name_the_parameter_and_what_is_allowed(panel):
    drawn = panel("colour=<green>&kind=c&since=soon")
    assert "“colour” is not a filter of this list." in drawn
    assert "Allowed: q, kind, body, since." in drawn
    assert "Allowed: a, b." in drawn
    assert "Nothing is shown until this is mended." in drawn
    assert "<green>" not in drawn
    assert 'id="filters" hx-preserve open' in drawn
