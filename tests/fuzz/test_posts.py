"""Whatever is sent to whichever form by whomever, the site answers: no exception, no 500.

A failure names the role, the address and the entries that it sent.
"""

import pytest
from django.db import transaction
from hypothesis import given

from soc_tracker.core.access.roles import Role
from tests.answers import read
from tests.fuzz.addresses import site
from tests.fuzz.conftest import NOBODY, ROLES
from tests.fuzz.posts import changed, forms_of
from tests.fuzz.running import tries

pytestmark = pytest.mark.django_db
WRITERS = (str(Role.LEAD_RESPONSIBLE_OFFICER), str(Role.ANALYST), str(Role.INSPECTOR))
PARTS = {
    "pages": (("",), ("admin/", "api/", "accounts/"), WRITERS, 1000),
    "admin": (("admin/",), (), (str(Role.ADMINISTRATOR),), 800),
    "accounts": (("accounts/",), (), (NOBODY, str(Role.INSPECTOR)), 200),
}
"""How the addresses of each part begin, how those of others do, who is shown their forms, and how many are tried."""


@pytest.mark.parametrize("part", PARTS)
def test_every_form_answers(record, client_of, part):
    beginnings, others, shown_to, number = PARTS[part]
    forms = forms_of(site(*beginnings, but=others), client_of, shown_to)
    assert len(forms) > 5

    @tries(number)
    @given(changed(forms, ROLES))
    def check(post):
        with transaction.atomic():
            answer = read(post.send(client_of(post.role)))
            transaction.set_rollback(True)
        assert answer.status_code < 500

    check()
