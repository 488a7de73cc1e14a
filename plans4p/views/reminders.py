"""How a user is reminded of what is due: by e-mail, as often as they choose, and in their own calendar."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import rules
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe

from plans4p.choices import Every, Lasting
from plans4p.forms.reminders import CalendarForm, RemindersForm
from plans4p.models import Reminders
from plans4p.presenters.calendar import calendar_of
from plans4p.presenters.digest import parts, subject
from plans4p.selectors.changes import last_written
from plans4p.selectors.due import CALENDAR, due
from plans4p.selectors.reminders import digest, reminders_of
from plans4p.services import choose, keep_calendar, new_calendar_key, revoke_calendar
from soc_tracker.lib.access import OPEN, needs
from soc_tracker.lib.periods import Precision, in_words


@needs("plans4p.be_reminded")
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """What is chosen, what the next e-mail would say, and the address of the calendar."""
    stored = reminders_of(request.user)
    if request.method != "POST":
        return _page(request, stored, _chosen(stored), CalendarForm(initial={"lasting": Lasting.YEAR}))
    form = RemindersForm(request.POST)
    if not form.is_valid():
        return _page(request, stored, form, CalendarForm(initial={"lasting": Lasting.YEAR}), status=400)
    every = form.cleaned_data["every"]
    choose(request.user, every)
    messages.success(request, "Saved." if every else "Saved. No e-mail will come.")
    return redirect("plans4p:reminders")


@needs("plans4p.be_reminded")
@require_POST
def calendar_new(request: HttpRequest) -> HttpResponse:
    """Give the calendar a new address, or keep its present one for longer."""
    form = CalendarForm(request.POST)
    stored = reminders_of(request.user)
    if not form.is_valid():
        return _page(request, stored, _chosen(stored), form, status=400)
    until = localdate() + timedelta(days=form.cleaned_data["lasting"])
    if "keep" not in request.POST:
        new_calendar_key(request.user, until)
        said = "Your calendar has a new address. Subscribe to it; any earlier address leads nowhere now."
        messages.success(request, said)
        return redirect("plans4p:reminders")
    try:
        keep_calendar(request.user, until)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Your calendar’s address works up to {in_words(until, Precision.DAY)}.")
    return redirect("plans4p:reminders")


@needs("plans4p.be_reminded")
@require_POST
def calendar_stop(request: HttpRequest) -> HttpResponse:
    revoke_calendar(request.user)
    messages.success(request, "The address of your calendar leads nowhere now.")
    return redirect("plans4p:reminders")


@needs(OPEN)
@require_safe
@conditional_page
@cache_control(private=True)
def calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """Due dates for the user whose key it is, for programs that cannot sign in: who knows the address reads it, until
    its last day, or until the user may no longer come here.
    """
    found = Reminders.objects.open_calendars(localdate()).select_related("user")
    user = get_object_or_404(found, calendar_key=key).user
    if not rules.has_perm("plans4p.be_reminded", user):
        raise Http404("The account to which this calendar belonged has no role any more.")
    items = due(user, localdate(), CALENDAR).items
    site = request.build_absolute_uri("/").rstrip("/")
    domain = urlsplit(settings.SITE_URL).hostname or ""
    written = last_written(item.record for item in items)
    body = calendar_of(items, written, site=site, domain=domain)
    headers = {"Referrer-Policy": "no-referrer", "Content-Disposition": 'inline; filename="4p-plans.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _chosen(stored: Reminders | None) -> RemindersForm:
    return RemindersForm(initial={"every": stored.every if stored else Every.NEVER})


def _page(
    request: HttpRequest, stored: Reminders | None, form: RemindersForm, calendar_form: CalendarForm, status: int = 200
) -> HttpResponse:
    today = localdate()
    found = digest(request.user, stored, today)
    key, until = (stored.calendar_key, stored.calendar_until) if stored else (None, None)
    context: dict[str, Any] = {
        "form": form,
        "calendar_form": calendar_form,
        "calendar_until": until,
        "calendar_has_ended": until is not None and until < today,
        "last_sent_on": stored.last_sent_on if stored else None,
        "subject": subject(found),
        "parts": parts(found),
        "kind": found.kind_of_data,
        "calendar_url": request.build_absolute_uri(reverse("plans4p:calendar", args=[key])) if key else "",
        "breadcrumbs": [("Home", reverse("home"))],
    }
    return render(request, "plans4p/reminders.html", context, status=status)
