"""From which days the demo plans look back and ahead."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Days:
    """``counted`` is the day of the last demo extract, when the last disruptions of the demo are known.

    ``today`` is the day on which the demo is looked at: what has ended lies before the one,
    what is still to come after the other. Where nobody says otherwise, both are the same.
    """

    counted: date
    today: date

    def ago(self, days: int) -> date:
        """So many days before the last extract."""
        return self.counted - timedelta(days=days)

    def ahead(self, days: int) -> date:
        """So many days after the day on which the demo is looked at, or before it where negative."""
        return self.today + timedelta(days=days)
