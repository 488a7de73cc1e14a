"""The list of disruptions and its charts where nothing is on record."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_list_says_so(analyst):
    text = analyst.get("/disruptions/").content.decode()
    assert "Nothing of this kind is on record yet." in text
    assert "No disruption on record matches this filter." in text
    assert "Download exactly this list" not in text


def test_the_charts_say_so(analyst):
    text = analyst.get("/disruptions/charts/").content.decode()
    assert text.count("No disruption on record matches.") == 2
    assert "No lead disruption on record matches." in text
    assert "data-figure" not in text
