"""SOC local profiles of a force's areas: when each was refreshed and reviewed, and whether the next is overdue."""

from datetime import date

from forces.models import LocalPolicingArea, LocalProfile
from soc_tracker.lib.periods import Precision, in_words
from soc_tracker.lib.tables import Column

NO_PROFILE = "no profile recorded"


def profile_of(area: LocalPolicingArea) -> LocalProfile | None:
    """The area's profile; reading it causes no query where the areas were selected with it."""
    return getattr(area, "profile", None)


def refresh_in_words(area: LocalPolicingArea, today: date) -> str:
    profile = profile_of(area)
    return _state(profile.refreshed_on, profile.refresh_due_on, today) if profile else NO_PROFILE


def review_in_words(area: LocalPolicingArea, today: date) -> str:
    profile = profile_of(area)
    if profile is None:
        return NO_PROFILE
    if profile.fully_reviewed_on is None or profile.full_review_due_on is None:
        return "no full review recorded"
    return _state(profile.fully_reviewed_on, profile.full_review_due_on, today)


def columns(today: date) -> tuple[Column, ...]:
    return (
        Column("name", "Local policing area", lambda area: area.name),
        Column("refreshed", "Profile refreshed", lambda area: refresh_in_words(area, today)),
        Column("reviewed", "Fully reviewed", lambda area: review_in_words(area, today)),
        Column("partners", "Partners whose data is in it", _partners),
    )


def _state(done: date, due: date, today: date) -> str:
    """The day on which it was done; the next is overdue from the day after it was due."""
    said = in_words(done, Precision.DAY)
    return f"{said} (next overdue since {in_words(due, Precision.DAY)})" if due < today else said


def _partners(area: LocalPolicingArea) -> str | None:
    profile = profile_of(area)
    return "; ".join(profile.partners.splitlines()) if profile else None
