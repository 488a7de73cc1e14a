"""The views that were saved of the list that a page shows."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from disruptions.saved_views.models import SavedView
from soc_tracker.core.access.permissions import may
from soc_tracker.core.lists.filters import FILE, JUMP, PAGE_TOKENS, address

register = template.Library()

MOST = 12


@register.inclusion_tag("components/saved_views.html", takes_context=True)
def saved_views(context: dict[str, Any]) -> dict[str, Any]:
    """The user's own views of the list and those that others share, and the way to save the present one."""
    request = context["request"]
    # A page without an address cannot be come back to.
    if request.resolver_match is None or not may(request.user, "disruptions.save_view"):
        return {}
    page = request.resolver_match.view_name
    query = address(request.GET, without=[*PAGE_TOKENS, JUMP, *FILE]).removeprefix("?")
    views = list(SavedView.objects.visible_to(request.user).of_lists([page]).order_by("name", "pk")[: MOST + 1])
    return {
        "views": views[:MOST],
        "more": len(views) > MOST,
        "query": query,
        "user": request.user,
        "all_url": f"{reverse('disruptions:saved_view_list')}?{urlencode({'list': page})}",
        "save_url": f"{reverse('disruptions:saved_view_new')}?{urlencode({'page': page, 'query': query})}",
    }
