"""Makes the first administrator of a site, who makes the other accounts."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from soc_tracker.core.access.roles import Role, is_administrator
from soc_tracker.core.accounts.invitations.services import invite
from soc_tracker.core.accounts.services import add_account

REASON = "Made by the command make_administrator."


class Command(BaseCommand):
    help = (
        "Make an account with the role of an administrator, and print the link with which its owner sets the password. "
        "Called again for the same name before that, it prints another link, and the first opens nothing any more."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("email", help="where links to set a new password and notices will go")

    def handle(self, *args: Any, username: str, email: str, **options: Any) -> None:
        try:
            with transaction.atomic():
                stored = User.objects.filter(username=username).first()
                if stored and not (is_administrator(stored) and stored.email == email.lower()):
                    raise CommandError(f"There is an account {username} already, which is not this administrator's.")
                values = {"username": username, "email": email}
                account = stored or add_account(values, [Role.ADMINISTRATOR], by=None, reason=REASON)
                invitation, link = invite(account, by=None, reason=REASON)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Hand this link to {username} ({invitation}). It works once:\n{link}")
