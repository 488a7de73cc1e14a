"""What the lists and pages of all facts share."""

from typing import Any

from soc_tracker.lib.tables import Column


def _url(record: Any) -> str:
    return record.get_absolute_url()


SOURCE = Column("source", "Source", lambda fact: fact.source.title, lambda fact: _url(fact.source), wide_only=True)


LOCATOR = Column("locator", "Place in the source", lambda fact: fact.locator, wide_only=True)


PROGRAMME = Column("programme", "Programme", lambda fact: fact.inspection.programme.name)


INSPECTION = Column(
    "inspection", "Inspection", lambda fact: fact.inspection.title, lambda fact: _url(fact.inspection), wide_only=True
)


ABOUT = Column("about", "About", lambda fact: fact.about.name, lambda fact: _url(fact.about))


ABOUT_KIND = Column(
    "about_kind", "Kind of body", lambda fact: fact.organisation.get_kind_display() if fact.organisation else "Region"
)


SINCE = Column("since", "Since (published)", lambda finding: finding.inspection.published, whole=True)


SINCE_ON = Column("since_on", "Since (first day of the span known)", lambda finding: finding.inspection.published_on)
