"""What the tests of these pages share."""

import pytest
from django.contrib.auth.models import User

from forces.models import Region
from soc_tracker.core.access.roles import Role
from tests.dashboards.making import make_region


@pytest.fixture
def user(make_user) -> User:
    return make_user(Role.INSPECTOR)


@pytest.fixture
def north_west(db) -> Region:
    return Region.objects.filter(slug="north-west").first() or make_region()
