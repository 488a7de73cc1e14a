"""What pages show of how closely bodies are watched."""

from inspections.pages import LOCATOR, address_of
from soc_tracker.core.lists.columns import Column

MONITORING_COLUMNS = (
    Column("organisation", "Organisation", lambda row: row.organisation.name, lambda row: address_of(row.organisation)),
    Column("stage", "Stage", lambda period: period.stage.label),
    Column("started", "Since", lambda period: period.started),
    Column("ended", "Until", lambda period: period.ended),
    Column("reason", "Why", lambda period: period.reason, wide_only=True),
    LOCATOR,
)
