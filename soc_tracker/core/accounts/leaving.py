"""Who somebody was is kept for a while after their account was closed; that an account wrote this or that, for good."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef

from soc_tracker.core.accounts.models import AccountChange
from soc_tracker.core.accounts.services import end_sessions, keep, lock

GONE = "not kept any more"
PERSONAL = {"Username", "First name", "Last name", "E-mail address", "E-mail address that waits to be confirmed"}
REASON = "The account had been closed for as long as names and addresses are kept."


def forget_closed_accounts(moment: datetime) -> int:
    """Take the names, addresses and secrets from accounts that have been out of use, and unchanged, for as long as
    ``CLOSED_ACCOUNT_DAYS`` says; how many.

    Their records say who wrote them by the account's number, "former account 12". The trail has its own time.
    """
    since = moment - timedelta(days=settings.CLOSED_ACCOUNT_DAYS)
    later = AccountChange.objects.filter(account=OuterRef("pk"), at__gte=since)
    closed = User.objects.filter(~Exists(later), is_active=False, date_joined__lt=since)
    accounts = list(closed.exclude(username__startswith="former-").order_by("pk"))
    for account in accounts:
        forget(account)
    return len(accounts)


def forget(account: User) -> None:
    with transaction.atomic():
        stored = lock(account)
        end_sessions(stored, REASON)
        EmailAddress.objects.filter(user=stored).delete()
        Authenticator.objects.filter(user=stored).delete()
        stored.username, stored.email = f"former-{stored.pk}", ""
        stored.first_name, stored.last_name = "Former", f"account {stored.pk}"
        stored.last_login = None
        stored.set_unusable_password()
        stored.save()
        for change in stored.changes.all():
            change.differences = [
                [what, *(GONE if what in PERSONAL and value != "none" else value for value in values)]
                for what, *values in change.differences
            ]
            change.save(update_fields=["differences"])
        keep(stored, [("Names, address and secrets", "kept", GONE)], by=None, reason=REASON)
