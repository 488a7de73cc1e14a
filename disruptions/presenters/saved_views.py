"""Saved views in a table."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from disruptions.models import SavedView
from soc_tracker.lib.tables import Column
from soc_tracker.lib.wording import name_of


def saved_view_columns(user: Any, lists: Mapping[str, str]) -> tuple[Column, ...]:
    """``lists`` holds what each list is called, by the name of its address; a user may change their own views."""

    def edit_url(view: SavedView) -> str:
        return reverse("disruptions:saved_view_edit", args=[view.pk]) if view.owner_id == user.pk else ""

    return (
        Column("name", "Name", lambda view: view.name, lambda view: view.get_absolute_url()),
        Column("list", "List", lambda view: lists.get(view.page, view.page)),
        Column("owner", "Saved by", lambda view: name_of(view.owner)),
        Column("shared", "Shared", lambda view: view.shared),
        Column("edit", "Yours", lambda view: "Rename or remove" if edit_url(view) else "no", edit_url),
    )
