"""How a user is reminded of what is due: by e-mail, as often as they choose, and in their own calendar."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans4p.choices import Every
from plans4p.forms.reminders import RemindersForm
from plans4p.models import Reminders
from plans4p.presenters.calendar import calendar_of
from plans4p.presenters.digest import parts, subject
from plans4p.selectors.changes import last_written
from plans4p.selectors.due import CALENDAR, due
from plans4p.selectors.reminders import digest, reminders_of
from plans4p.services import choose, new_calendar_key, revoke_calendar
from soc_tracker.lib.access import OPEN, needs


@needs("plans4p.be_reminded")
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """What is chosen, what the next e-mail would say, and the address of the calendar."""
    stored = reminders_of(request.user)
    if request.method != "POST":
        return _page(request, stored, RemindersForm(initial={"every": stored.every if stored else Every.NEVER}))
    form = RemindersForm(request.POST)
    if not form.is_valid():
        return _page(request, stored, form, status=400)
    every = form.cleaned_data["every"]
    choose(request.user, every)
    messages.success(request, "Saved." if every else "Saved. No e-mail will come.")
    return redirect("plans4p:reminders")


@needs("plans4p.be_reminded")
@require_POST
def calendar_new(request: HttpRequest) -> HttpResponse:
    new_calendar_key(request.user)
    messages.success(
        request, "Your calendar has a new address. Subscribe to it; any earlier address leads nowhere now."
    )
    return redirect("plans4p:reminders")


@needs("plans4p.be_reminded")
@require_POST
def calendar_stop(request: HttpRequest) -> HttpResponse:
    revoke_calendar(request.user)
    messages.success(request, "The address of your calendar leads nowhere now.")
    return redirect("plans4p:reminders")


@needs(OPEN)
@require_safe
@cache_control(private=True)
def calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """Due dates for the user whose key it is, for programs that cannot sign in: who knows the address reads it."""
    found = Reminders.objects.filter(user__is_active=True).select_related("user")
    user = get_object_or_404(found, calendar_key=key).user
    items = due(user, localdate(), CALENDAR).items
    site = request.build_absolute_uri("/").rstrip("/")
    domain = urlsplit(settings.SITE_URL).hostname or ""
    written = last_written(item.record for item in items)
    body = calendar_of(items, written, site=site, domain=domain)
    headers = {"Referrer-Policy": "no-referrer", "Content-Disposition": 'inline; filename="4p-plans.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _page(request: HttpRequest, stored: Reminders | None, form: RemindersForm, status: int = 200) -> HttpResponse:
    found = digest(request.user, stored, localdate())
    key = stored.calendar_key if stored else None
    context: dict[str, Any] = {
        "form": form,
        "last_sent_on": stored.last_sent_on if stored else None,
        "subject": subject(found),
        "parts": parts(found),
        "kind": found.kind_of_data,
        "calendar_url": request.build_absolute_uri(reverse("plans4p:calendar", args=[key])) if key else "",
        "breadcrumbs": [("Home", reverse("home"))],
    }
    return render(request, "plans4p/reminders.html", context, status=status)
