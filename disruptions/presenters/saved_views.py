"""Saved views in a table."""

from soc_tracker.lib.tables import Column
from soc_tracker.lib.wording import name_of


def saved_view_columns() -> tuple[Column, ...]:
    return (
        Column("name", "Name", lambda view: view.name, lambda view: view.get_absolute_url()),
        Column("page", "List", lambda view: view.get_page_display()),
        Column("owner", "Saved by", lambda view: name_of(view.owner)),
    )
