"""The command that loads the demo plans, where it cannot."""

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate
from django_tasks_db.management.commands import db_worker

from plans4p.officers.models import LeadOfficer
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands import load_demo_plans, run_demo_worker
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account, second_officer


@pytest.mark.django_db
def test_without_the_demo_records_it_says_what_to_run_first():
    for role in Role:
        demo_account(role)
    second_officer()
    with pytest.raises(CommandError, match=r"partners.csv, row 2: serves is 'cumbria'; .* load_demo_records first"):
        call_command("load_demo_plans", verbosity=0)
    assert not any(model.objects.exists() for model in (Plan, Partner, LeadOfficer))


def test_both_ways_of_loading_the_demo_count_from_the_same_day(db, monkeypatch):
    """By hand, and by the worker that the server starts."""
    days = []
    monkeypatch.setattr(load_demo_plans, "load_demo_plans", days.append)
    call_command("load_demo_plans", verbosity=0)
    monkeypatch.setattr(run_demo_worker, "end_with", lambda parent: None)
    monkeypatch.setattr(db_worker.Command, "handle", lambda self, **options: None)
    run_demo_worker.Command().handle(parent=0, demo_plans=True)
    assert days == [localdate(), localdate()]


@pytest.mark.django_db
def test_without_the_demo_accounts_it_names_them():
    demo_account(Role.INSPECTOR)
    with pytest.raises(
        CommandError, match="no demo account of: analyst, lead responsible officer, administrator, auditor, second"
    ):
        call_command("load_demo_plans", verbosity=0)


def test_a_day_that_is_none_is_refused():
    with pytest.raises(CommandError, match="invalid fromisoformat value: 'soon'"):
        call_command("load_demo_plans", "--today=soon")
