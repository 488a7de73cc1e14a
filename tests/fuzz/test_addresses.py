"""Whatever is asked of whichever address by whomever, the site answers: no exception, no 500.

A failure names the role and the address that it sent.
"""

import pytest
from django.db import transaction
from hypothesis import given

from tests.answers import read
from tests.fuzz.addresses import requests, site
from tests.fuzz.conftest import ROLES
from tests.fuzz.running import tries

pytestmark = pytest.mark.django_db
PARTS = {
    "pages": ("", ("admin/", "api/", "accounts/"), 2200),
    "admin": ("admin/", (), 900),
    "api": ("api/", (), 700),
    "accounts": ("accounts/", (), 200),
}
"""How the addresses of each part begin, how those of others do, and how many are tried."""


@pytest.mark.parametrize("part", PARTS)
def test_every_address_answers(record, client_of, part):
    beginning, others, number = PARTS[part]

    @tries(number)
    @given(requests(site(beginning, but=others), ROLES))
    def check(request):
        with transaction.atomic():
            answer = read(client_of(request.role).get(request.address))
            transaction.set_rollback(True)
        assert answer.status_code < 500

    check()
