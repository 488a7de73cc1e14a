"""Lead responsible officers in words."""

from typing import Any

from plans4p.models import LeadOfficer, Training
from soc_tracker.lib.tables import Column

UNTRAINED = "None on record"


def latest_training(officer: LeadOfficer) -> Training | None:
    """Of the trainings, which are read latest first."""
    return next(iter(officer.trainings.all()), None)


def trainings_in_words(officer: LeadOfficer) -> str:
    """Such as "2, latest: Leading 4P plans"."""
    found = list(officer.trainings.all())
    if not found:
        return UNTRAINED
    return found[0].subject if len(found) == 1 else f"{len(found)}, latest: {found[0].subject}"


def percent(share: int | None) -> str | None:
    return None if share is None else f"{share}%"


def summary(officer: LeadOfficer) -> list[tuple[Any, ...]]:
    """What the head of an officer's page lists."""
    mentor = (str(officer.mentor), officer.mentor.get_absolute_url()) if officer.mentor else ("None on record",)
    return [
        ("Rank or grade", officer.rank),
        ("Organisation", officer.organisation.name, officer.organisation.get_absolute_url()),
        ("Share of time for this role", percent(officer.share_of_time)),
        ("Open plans owned", officer.plans_owned),
        ("Threats held", officer.threats_held),
        ("Mentor", *mentor),
        ("Account on this site", "yes" if officer.user_id else "none"),
    ]


TRAINING_COLUMNS = (
    Column("subject", "Trained in", lambda training: training.subject),
    Column("completed_on", "On", lambda training: training.completed_on),
)
THREAT_COLUMNS = (
    Column("reference", "Threat", lambda threat: threat.reference, lambda threat: threat.get_absolute_url()),
    Column("name", "Name", lambda threat: threat.name),
    Column("organisation", "Owner", lambda threat: threat.organisation.name if threat.organisation else None),
)
