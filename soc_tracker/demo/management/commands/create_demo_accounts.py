"""Makes the accounts of the demo, one per role, a second officer and an analyst of one force, for demo mode alone."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account, give_reach
from soc_tracker.core.accounts.signin import FORCE_ANALYST, SECOND_OFFICER

REASON = "An account of the demonstration."


class Command(BaseCommand):
    help = (
        "Make one demo account per role, a second officer and an analyst of one force, without a password. Refused "
        "outside demo mode."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Demo accounts exist only in demo mode: set DEMO_MODE=1 and DEBUG=1.")
        accounts = [*map(demo_account, Role), second_officer(), force_analyst()]
        if options["verbosity"]:
            self.stdout.write(f"Demo accounts: {', '.join(account.username for account in accounts)}")


def demo_account(role: Role) -> User:
    """The demo account of a role, made where it is missing. Its user name is the role's value."""
    return demo_user(role.value, "Demo", role.label.lower(), role)


def second_officer() -> User:
    """Another lead responsible officer, of the same force as the first."""
    return demo_user(SECOND_OFFICER, "Demo", "second lead responsible officer", Role.LEAD_RESPONSIBLE_OFFICER)


def force_analyst() -> User:
    """An analyst of the force of these officers, which it is given with their plans."""
    return demo_user(FORCE_ANALYST, "Demo", "analyst of one force", Role.ANALYST)


@transaction.atomic
def demo_user(username: str, first_name: str, last_name: str, role: Role) -> User:
    """An account of a role without a password, made where it is missing."""
    values = {"username": username, "first_name": first_name, "last_name": last_name}
    stored = User.objects.filter(username=username).first()
    if not stored:
        stored = add_account(values, [role], by=None, reason=REASON)
    if role.reads_record and not stored.reaches.exists():
        give_reach(stored, is_national=True, valid_from=date(1990, 1, 1), by=None, reason=REASON)
    return stored
