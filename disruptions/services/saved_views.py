"""Saved views of lists."""

from disruptions.models import SavedView
from soc_tracker.lib.services import Service

SAVED_VIEWS = Service(SavedView, fixed=("owner",))
save_view = SAVED_VIEWS.create
