"""Makes one account per role for the demo: it has no password, and only demo mode lets anyone sign in to it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from soc_tracker.roles import Role


class Command(BaseCommand):
    help = "Make one demo account per role, without a password. Refused outside demo mode."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Demo accounts exist only in demo mode: set DEMO_MODE=1 and DEBUG=1.")
        accounts = [demo_account(role) for role in Role]
        if options["verbosity"]:
            self.stdout.write(f"Demo accounts: {', '.join(account.username for account in accounts)}")


@transaction.atomic
def demo_account(role: Role) -> User:
    """The demo account of a role, made where it is missing. Its user name is the role's value."""
    account, is_new = User.objects.get_or_create(
        username=role.value, defaults={"first_name": "Demo", "last_name": role.label.lower()}
    )
    if is_new:
        account.set_unusable_password()
        account.save()
        account.groups.add(Group.objects.get(name=role.label))
    return account
