"""What the next reminder of a user would say."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from disruptions.choices import DataKind
from inspections.following.queries import list_own_changes
from plans4p.choices import Every
from plans4p.due.queries import Due, get_due, get_required
from plans4p.officers.models import LeadOfficer
from plans4p.plans.queries import CHANGES, list_changes_by_others
from plans4p.reminders.models import Reminders
from plans4p.signatures.models import SignatureRequest
from plans4p.signatures.queries import list_requests_to
from soc_tracker.core.lists.paging import Bounded, bounded
from soc_tracker.core.records.history import Change

UNTIL_CHOSEN = Every.WEEK
"""How far back changes are looked for while somebody has not chosen to be reminded."""


@dataclass(frozen=True)
class Digest:
    """What is due on a day, what somebody asked to have signed, and what others changed since: of plans, which are of
    one kind of data, and of what inspections ask for, which was published.

    ``changes`` are not counted in all.
    """

    today: date
    since: date
    due: Due
    changes: Bounded[Change]
    required: tuple[Bounded, Bounded]
    required_changes: Bounded[Any]
    kind_of_data: str
    to_sign: Bounded[SignatureRequest]

    @property
    def is_made_up(self) -> bool:
        return self.kind_of_data == DataKind.ILLUSTRATIVE

    @property
    def says_of_plans(self) -> bool:
        return bool(self.changes.rows or self.to_sign.rows or any(part.rows for part in self.due.lists))

    @property
    def says_of_requirements(self) -> bool:
        return any(part.rows for part in (*self.required, self.required_changes))


def get_digest(user: Any, reminders: Reminders | None, today: date) -> Digest:
    """Changes of the day of the last reminder stand in the next as well: some came after it, and none may be lost."""
    since = reminders.last_sent_on if reminders else None
    if since is None:
        since = today - timedelta(days=(reminders.every if reminders else 0) or UNTIL_CHOSEN)
    officer = LeadOfficer.objects.visible_to(user).filter(user=user.pk).first()
    changes = list_changes_by_others(user, since, CHANGES + 1) if officer else []
    kind = officer.kind_of_data if officer else DataKind.RECORDED
    moved = list_own_changes(user, since, today, CHANGES + 1)
    return Digest(
        today=today,
        since=since,
        due=get_due(user, today),
        changes=Bounded(changes[:CHANGES], None, more=len(changes) > CHANGES),
        required=get_required(user, today),
        required_changes=Bounded(moved[:CHANGES], None, more=len(moved) > CHANGES),
        kind_of_data=kind,
        to_sign=bounded(list_requests_to(user).filter(plan__kind_of_data=kind), CHANGES),
    )
