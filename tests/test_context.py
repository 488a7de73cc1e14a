"""The navigation knows where the reader is."""

import pytest

from soc_tracker.context import navigation


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", {"Home": "page"}),
        ("/regions/", {"Regions": "page"}),
        ("/regions/north-west/", {"Regions": "true"}),
        ("/threats/priorities/", {"Threats": "true"}),
        ("/search/", {}),
    ],
)
def test_current(path, current):
    assert {link.text: link.current for link in navigation(path) if link.current} == current


def test_every_section_is_there():
    assert [link.text for link in navigation("/")] == [
        *("Home", "Regions", "Forces", "ROCUs", "Compare", "Threats", "Disruptions", "Extracts"),
        *("4P plans", "Partners", "Orders", "LRO network", "Clear, Hold, Build"),
        *("Inspections", "Findings", "Recommendations", "Figures", "Sources", "Methods"),
    ]
