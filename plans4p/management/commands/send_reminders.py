"""``manage.py send_reminders``: e-mail those whose turn it is what is due on their 4P plans; run it once a day."""

from argparse import ArgumentParser
from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from plans4p.reminders.models import Reminders
from plans4p.reminders.pages import letter
from plans4p.reminders.queries import get_digest
from plans4p.reminders.services import mark_sent

SENT, WOULD_BE_SENT, NOTHING, NO_ADDRESS, FAILED = "sent", "would be sent", "nothing to say", "no address", "failed"


class Command(BaseCommand):
    help = (
        "E-mail what is due, overdue or changed to each user whose turn it is, if there is anything to say. Run once a "
        "day; a second run on the same day sends nothing twice. Exit status: 0, or 1 when an e-mail could not be sent: "
        "that one is tried again at the next run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say who would get an e-mail, and send none")

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_dry_run: bool = options["dry_run"]
        self.failures: list[str] = []
        today, is_verbose = localdate(), options["verbosity"] > 0
        outcomes: Counter[str] = Counter()
        for reminders in Reminders.objects.due(today).filter(user__is_active=True).select_related("user"):
            outcome = self.remind(reminders, today)
            outcomes[outcome] += 1
            if is_verbose or outcome == NO_ADDRESS:
                self.stdout.write(f"{reminders.user.get_username()}: {outcome}")
        if is_verbose:
            counts = ", ".join(f"{outcome} {number:,}" for outcome, number in sorted(outcomes.items()))
            self.stdout.write(counts or "It is nobody’s turn.")
        if self.failures:
            raise CommandError("\n".join(["Not sent, and tried again at the next run:", *self.failures]))

    def remind(self, reminders: Reminders, today: date) -> str:
        """Send one user's e-mail. It is marked after it went out, so that none is lost for a failure."""
        if not reminders.user.email:
            return NO_ADDRESS
        digest = get_digest(reminders.user, reminders, today)
        if not (digest.says_of_plans or digest.says_of_requirements):
            return NOTHING
        if self.is_dry_run:
            return WOULD_BE_SENT
        mail = letter(reminders, digest, settings.SITE_URL)
        message = EmailMultiAlternatives(mail.subject, mail.text, to=[reminders.user.email])
        message.attach_alternative(mail.html, "text/html")
        try:
            message.send()
        except (OSError, ValueError) as error:  # the server's answer or silence; an address that cannot be one
            self.failures.append(f"{reminders.user.get_username()}: {error or type(error).__name__}")
            return FAILED
        mark_sent(reminders, today)
        return SENT
