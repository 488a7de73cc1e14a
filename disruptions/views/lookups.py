"""Threats and disruptions that fit what stands in a field so far."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from disruptions.models import Disruption, Threat
from disruptions.selectors.lookups import DISRUPTIONS, THREATS
from soc_tracker.lib.access import needs
from soc_tracker.lib.lookups import suggestions


@needs("disruptions.read_record")
@require_safe
def lookup(request: HttpRequest, what: str) -> HttpResponse:
    match what:
        case "threats":
            threats = Threat.objects.visible_to(request.user).select_related("organisation")
            return suggestions(request, THREATS, threats)
        case "disruptions":
            rows = Disruption.objects.visible_to(request.user).current().select_related("organisation")
            return suggestions(request, DISRUPTIONS, rows)
        case _:
            raise Http404(f"Nothing called “{what}” is looked up here.")
