"""Who may load extracts and change disruptions."""

import pytest

from soc_tracker.core.access.roles import Role

MAY = {Role.ANALYST, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", ["disruptions.load_extract", "disruptions.change_disruption"])
def test_analysts_and_administrators_keep_the_record(make_user, role, permission):
    assert make_user(role).has_perm(permission) == (role in MAY)


def test_other_records_are_the_administrators(make_user):
    assert not make_user(Role.ANALYST).has_perm("disruptions.change_threat")
    assert make_user(Role.ADMINISTRATOR).has_perm("disruptions.change_threat")
