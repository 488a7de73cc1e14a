"""The columns of the network of lead responsible officers."""

from datetime import date
from typing import Any

from plans4p.models import LeadOfficer
from plans4p.presenters.officers import UNTRAINED, latest_training, percent, trainings_in_words
from soc_tracker.lib.tables import Column


def _url(record: Any) -> str:
    return record.get_absolute_url() if record else ""


def _trained_on(officer: LeadOfficer) -> date | None:
    training = latest_training(officer)
    return training.completed_on if training else None


def _training_tag(officer: LeadOfficer) -> str:
    return "red" if trainings_in_words(officer) == UNTRAINED else ""


OFFICER_COLUMNS = (
    Column("name", "Officer", lambda officer: officer.name, _url),
    Column("rank", "Rank or grade", lambda officer: officer.rank),
    Column("organisation", "Organisation", lambda row: row.organisation.name, lambda row: _url(row.organisation)),
    Column("training", "Training", trainings_in_words, tag=_training_tag),
    Column("plans_owned", "Open plans", lambda officer: officer.plans_owned, numeric=True),
    Column("threats_held", "Threats held", lambda officer: officer.threats_held, numeric=True),
    Column("time", "Share of time", lambda officer: percent(officer.share_of_time), numeric=True),
    Column("mentor", "Mentor", lambda row: str(row.mentor) if row.mentor else None, lambda row: _url(row.mentor)),
    Column("trainings", "Trainings", lambda officer: len(officer.trainings.all()), numeric=True),
    Column("trained_on", "Latest training on", _trained_on),
    Column("share_of_time", "Share of time in percent", lambda officer: officer.share_of_time, numeric=True),
    Column("is_active", "In the role now", lambda officer: officer.is_active),
    Column("kind_of_data", "Kind of data", lambda officer: officer.get_kind_of_data_display()),
)
