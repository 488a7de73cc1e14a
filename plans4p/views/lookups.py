"""Officers, partners and orders that fit what stands in a field so far."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans4p.models import AncillaryOrder, LeadOfficer, Partner
from plans4p.selectors.lookups import OFFICERS, ORDERS, PARTNERS
from soc_tracker.lib.access import needs
from soc_tracker.lib.lookups import suggestions


@needs("plans4p.read_plan")
@require_safe
def lookup(request: HttpRequest, what: str) -> HttpResponse:
    match what:
        case "officers":
            officers = LeadOfficer.objects.visible_to(request.user).in_role().select_related("organisation")
            return suggestions(request, OFFICERS, officers)
        case "partners":
            return suggestions(request, PARTNERS, Partner.objects.visible_to(request.user))
        case "orders":
            orders = AncillaryOrder.objects.visible_to(request.user).select_related("organisation")
            return suggestions(request, ORDERS, orders)
        case _:
            raise Http404(f"Nothing called “{what}” is looked up here.")
