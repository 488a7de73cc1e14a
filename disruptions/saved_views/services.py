"""Saved views of lists."""

from disruptions.saved_views.models import SavedView
from soc_tracker.core.records.services import Service

SAVED_VIEWS = Service(SavedView, fixed=("owner",))
save_view = SAVED_VIEWS.create
