"""The days that the site keeps and can be asked for. One outside them is a slip of the keys, not a fact."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
YEARS = f"{FIRST_DAY.year} to {LAST_DAY.year}"
OUTSIDE = f"Give a date in the years {YEARS}."


def is_kept(day: date) -> bool:
    return FIRST_DAY <= day <= LAST_DAY


def kept(day: date) -> date:
    """The day itself, or the nearest that the site keeps."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def read_day(text: str) -> date:
    """A day such as 2023-01-31. Raises ValueError for anything else, and for a day outside the years."""
    day = date.fromisoformat(text)
    if day.isoformat() != text or not is_kept(day):
        raise ValueError(f"“{text}” is not a date such as 2023-01-31 in the years {YEARS}.")
    return day


def check_days(record: models.Model) -> None:
    """Raise ValidationError, naming each field, where a day of the row lies outside the years."""
    outside = {}
    for field in record._meta.concrete_fields:
        value = getattr(record, field.attname)
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(field, models.DateField) and isinstance(day, date) and not is_kept(day):
            outside[field.name] = OUTSIDE
    if outside:
        raise ValidationError(outside)


class DayInput(forms.DateInput):
    """What browsers offer for a day, with the years that may be chosen."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        bounds = {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        super().__init__(bounds | (attrs or {}), format="%Y-%m-%d")


class DayField(forms.DateField):
    """The one field for a day, of every form and every filter: as 2023-01-31 or 31/1/2023."""

    widget = DayInput
    input_formats = ("%Y-%m-%d", "%d/%m/%Y")
    default_error_messages = {
        "required": "Give a date.",
        "invalid": "Give a date such as 31/1/2023.",
        "outside": OUTSIDE,
    }

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day is not None and not is_kept(day):
            raise ValidationError(self.error_messages["outside"], code="outside")
        return day
