"""How somebody is reminded of what is due: their own choice, which nobody else makes."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction

from plans4p.choices import Every
from plans4p.models import Reminders
from soc_tracker.lib.periods import Precision, in_words
from soc_tracker.lib.services import Service

REMINDERS = Service(Reminders, fixed=("user",))


def choose(user: Any, every: Every) -> Reminders:
    """Have an e-mail come so often, or never. That alone opens no calendar address."""
    return _set(user, f"E-mail: {every.label.lower()}.", every=every)


def new_calendar_key(user: Any) -> Reminders:
    """Open a private calendar address; the one before it, if any, leads nowhere from now on."""
    return _set(user, "A new calendar address.", calendar_key=uuid.uuid4())


def revoke_calendar(user: Any) -> Reminders:
    """Close the calendar address without opening another."""
    return _set(user, "The calendar address was stopped.", calendar_key=None)


def mark_sent(reminders: Reminders, day: date) -> Reminders:
    """Keep that a reminder went out on a day, whatever its user has chosen in the meantime."""
    return _set(reminders.user, f"Sent as chosen, on {in_words(day, Precision.DAY)}.", last_sent_on=day)


def _set(user: Any, reason: str, **values: Any) -> Reminders:
    """Two windows of one user that choose at once do so one after the other: the last choice stands."""
    with transaction.atomic():
        stored = Reminders.objects.select_for_update().filter(user=user).first()
        if stored is None:
            return REMINDERS.create({"calendar_key": None} | values, user=user, by=user, reason=reason)
        return REMINDERS.change(stored, values, by=user, reason=reason, expected_version=stored.version)
