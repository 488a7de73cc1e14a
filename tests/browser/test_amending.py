"""The pages on which a team makes, changes and removes what its inspection says, on a desktop and on a phone."""

import pytest

from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow
from tests.pages import FACTS_ONLY, THEIR_OWN_FACTS_ONLY

pytestmark = pytest.mark.usefixtures("undone")
ENDS = ("_edit", "_remove", ":team", ":work", ":figure_new", ":note_new", ":recommendation_new", ":finding_new")
PAGES = [page for page in (*FACTS_ONLY, *THEIR_OWN_FACTS_ONLY) if page.name.endswith(ENDS)]


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_they_fit_the_screen_and_axe_objects_to_nothing(site, sign_in_as, viewport):
    tab = sign_in_as(Role.INSPECTOR)
    tab.set_viewport_size(VIEWPORTS[viewport])
    lines = listen(tab)
    assert len(PAGES) > 12
    wrong: dict[str, list[str]] = {}
    for page in PAGES:
        assert tab.goto(f"{site}{page.url}").status == 200, page
        wrong[str(page)] = [*overflow(tab), *objections(tab), *lines]
        lines.clear()
    assert {page: found for page, found in wrong.items() if found} == {}
