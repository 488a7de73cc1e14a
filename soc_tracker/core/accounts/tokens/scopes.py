"""What a token may read, by the app of the permission that a view needs."""

from soc_tracker.core.access.permissions import Permission
from soc_tracker.core.text.vocabulary import Vocabulary, word


class Scope(Vocabulary):
    """``apps`` are those whose permissions to read it covers."""

    apps: tuple[str, ...]

    PUBLISHED = word("published", "What is published: bodies, inspections, figures", apps=("forces", "inspections"))
    RECORD = word("record", "The record: threats and disruptions", apps=("disruptions",))
    PLANS = word("plans", "4P plans, orders, partners and officers", apps=("plans4p",))


ANY_SCOPE = "soc_tracker.read"
"""What every token may read, whatever its scopes: where the lists of the API are."""


def scope_of(permission: Permission | None) -> Scope | None:
    """The scope that a token needs; None for what no scope covers."""
    app, _, act = permission.partition(".") if isinstance(permission, str) else ("", "", "")
    return next((scope for scope in Scope if app in scope.apps and act.startswith("read_")), None)
