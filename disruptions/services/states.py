"""The states of a disruption: what may follow what, and what is kept of the one before."""

from datetime import date

from django.core.exceptions import ValidationError

from disruptions.models import Disruption
from soc_tracker.lib.periods import Precision, in_words


def refuse_known_later(stored: Disruption, on: date) -> None:
    """Refuse to write of a day when the record already knows of a later one. Raises ValidationError."""
    extract = stored.extract.as_at if stored.extract else date.min
    latest = max(stored.known_from, stored.known_to or date.min, extract)
    if on < latest:
        raise ValidationError(f"It is known as it was on {_words(latest)}: choose that day or a later one.")


def refuse_withdrawn(current: Disruption) -> None:
    """Refuse to write what is no longer on the record. Raises ValidationError."""
    if current.known_to:
        raise ValidationError(f"It was withdrawn on {_words(current.known_to)}: put it back on the record first.")


def keep_state(before: Disruption, after: Disruption) -> list[Disruption]:
    """Store what the row said before it became what it is after; nothing when that lasted not one day."""
    end = before.known_to or after.known_from
    if end == before.known_from:
        return []
    columns = {field.attname: getattr(before, field.attname) for field in Disruption._meta.concrete_fields}
    earlier = Disruption(**columns | {"id": None, "known_to": end, "state_of_id": after.pk})
    return Disruption.objects.bulk_create([earlier])  # no save(): an earlier state has no history of its own


def write_first_history(stored: Disruption) -> None:
    """Tell how a row that came with an extract began: loading leaves that to its first change."""
    if stored.extract is None or Disruption.history.filter(id=stored.pk, version__lte=stored.version).exists():
        return
    columns = {field.attname: getattr(stored, field.attname) for field in Disruption.history.model.tracked_fields}
    Disruption.history.create(
        **columns,
        history_type="+",
        history_date=stored.extract.loaded_at,
        history_user=stored.extract.loaded_by,
        history_change_reason=f"Loaded from {stored.extract.file_name}, row {stored.extract_line}",
    )


def _words(day: date) -> str:
    return in_words(day, Precision.DAY)
