"""What the selectors of the directories share: counts beside rows, and the history of a record with its parts."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, IntegerField, Model, QuerySet, Subquery
from django.db.models.functions import Coalesce

from soc_tracker.lib.history import Change, changes_in, changes_of, newest

User = AbstractBaseUser | AnonymousUser
CHANGES = 50


def number_of(what: str, rows: QuerySet, by: str) -> Coalesce:
    """How many different ``what`` rows name that all have one ``by``, as an annotation; 0 where there is no row."""
    counted = rows.order_by().values(by).annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def changes_with_parts(record: Model, part: type[Model], field: str) -> list[Change]:
    """The newest writes of a record and of its parts, which name it in ``field``, newest first."""
    named: dict[str, Any] = {field: record}
    return newest(changes_of(record) + changes_in(part, limit=CHANGES, **named), CHANGES)
