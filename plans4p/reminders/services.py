"""How somebody is reminded of what is due: their own choice, which nobody else makes."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from plans4p.choices import Every
from plans4p.reminders.models import Reminders
from soc_tracker.core.records.services import Service
from soc_tracker.core.text.days import in_words

REMINDERS = Service(Reminders, fixed=("user",))


def choose(user: Any, every: Every) -> Reminders:
    """Have an e-mail come so often, or never. That alone opens no calendar address."""
    return _set(user, f"E-mail: {every.label.lower()}.", every=every)


def new_calendar_key(user: Any, until: date) -> Reminders:
    """Open a private calendar address, up to a day; the one before it, if any, leads nowhere from now on."""
    reason = f"A new calendar address, up to {in_words(until)}."
    return _set(user, reason, calendar_key=uuid.uuid4(), calendar_until=until)


def keep_calendar(user: Any, until: date) -> Reminders:
    """Have the address work up to another day. Raises ValidationError where there is none."""
    stored = Reminders.objects.filter(user=user, calendar_key__isnull=False).first()
    if stored is None:
        raise ValidationError("Your calendar has no address that could be kept. Ask for a new one.")
    return _set(user, f"The calendar address works up to {in_words(until)}.", calendar_until=until)


def revoke_calendar(user: Any) -> Reminders:
    """Close the calendar address without opening another."""
    return _set(user, "The calendar address was stopped.", calendar_key=None, calendar_until=None)


def mark_sent(reminders: Reminders, day: date) -> Reminders:
    """Keep that a reminder went out on a day, whatever its user has chosen in the meantime."""
    return _set(reminders.user, f"Sent as chosen, on {in_words(day)}.", last_sent_on=day)


def _set(user: Any, reason: str, **values: Any) -> Reminders:
    """Two windows of one user that choose at once do so one after the other: the last choice stands."""
    with transaction.atomic():
        stored = Reminders.objects.select_for_update().filter(user=user).first()
        if stored is None:
            return REMINDERS.create(values, user=user, by=user, reason=reason)
        return REMINDERS.change(stored, values, by=user, reason=reason, expected_version=stored.version)
