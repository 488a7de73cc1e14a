"""Every write of threats and disruptions: see ``soc_tracker.core.records.services`` for the three verbs."""

from django.db import models

from disruptions.citations.models import Citation
from disruptions.extracts.services import EXTRACTS
from disruptions.record.services import DISRUPTIONS
from disruptions.saved_views.models import SavedView
from disruptions.threats.services import ASSESSMENTS, CRIME_TYPES, STATES, THREATS
from soc_tracker.core.records.services import Service

SAVED_VIEWS = Service(SavedView, fixed=("owner",))
save_view = SAVED_VIEWS.create
CITATIONS = Service(
    Citation,
    fixed=("code", "page", "report", "title", "filter", "kind_of_data", "as_at", "known", "value", "cited_by"),
)
cite = CITATIONS.create
SERVICES: dict[type[models.Model], Service] = {
    service.model: service
    for service in (CRIME_TYPES, EXTRACTS, THREATS, STATES, ASSESSMENTS, DISRUPTIONS, SAVED_VIEWS, CITATIONS)
}
