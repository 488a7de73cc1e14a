"""How a user is reminded of what is due: by e-mail, as often as they choose, and in their own calendar.

The calendar is an iCalendar file (RFC 5545, RFC 7986) of all-day events, which every calendar shows. As Google and
Outlook read it: an event of a class other than PUBLIC, which is the default, is shown without its title; how often to
ask again has to be a duration; the address of an event is read in its description alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import rules
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe

from disruptions.choices import DataKind
from inspections.requirements.models import Step
from plans4p.choices import Every, Lasting
from plans4p.due.pages import note, title
from plans4p.due.queries import CALENDAR, Item, get_due, get_required
from plans4p.plans.models import Plan
from plans4p.plans.queries import get_last_written
from plans4p.reminders.models import Reminders
from plans4p.reminders.queries import Digest, get_digest
from plans4p.reminders.services import choose, keep_calendar, new_calendar_key, revoke_calendar
from soc_tracker.core.access.models import NOTHING, sight_of
from soc_tracker.core.access.permissions import OPEN, needs
from soc_tracker.core.records.history import Change
from soc_tracker.core.records.pages import trail
from soc_tracker.core.records.states import name_of
from soc_tracker.core.reports.report import PUBLISHED, listing
from soc_tracker.core.text.days import in_words


class RemindersForm(forms.Form):
    every = forms.TypedChoiceField(
        label="How often do you want an e-mail?",
        help_text="None comes on a day when there is nothing to say.",
        choices=Every.choices,
        coerce=lambda value: Every(int(value)),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often, or never."},
    )


class CalendarForm(forms.Form):
    lasting = forms.TypedChoiceField(
        label="For how long should the address work?",
        help_text="Counted from today. You can make it longer at any time.",
        choices=Lasting.choices,
        coerce=lambda value: Lasting(int(value)),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how long."},
    )


NAME = "4P plans"
AGAIN = timedelta(hours=12)
NOBODY_KNOWS = datetime(1970, 1, 1, tzinfo=UTC)  # when a record without history was written; a stamp is required
MADE_UP = "Illustrative: made up, to show how the site works."


def calendar_of(items: Iterable[Item], written: Mapping[Any, datetime], *, site: str, domain: str) -> bytes:
    """The same bytes for the same dates: an event is stamped with when its record was last written.

    ``site`` begins the links; ``domain`` ends the identities of the events, and stays as it is by whatever address
    the site is reached, so that a calendar moves an event instead of adding another.
    """
    from icalendar import Calendar, vDuration  # here: the server starts without it

    calendar = Calendar()
    calendar.add("prodid", "-//SOC Tracker//4P plans//EN")
    calendar.add("version", "2.0")
    calendar.add("name", NAME)
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(AGAIN))
    for item in items:
        calendar.add_component(_event(item, written.get(item.record, NOBODY_KNOWS), site, domain))
    return bytes(calendar.to_ical())


def _event(item: Item, written: datetime, site: str, domain: str) -> Any:
    from icalendar import Event  # here: the server starts without it

    is_made_up = item.kind_of_data == DataKind.ILLUSTRATIVE
    line = f"{'Illustrative – ' if is_made_up else ''}{item.what.label}: {title(item)}"
    # a calendar may not hold line breaks and control characters, or shows them as they are
    line = "".join(letter if letter.isprintable() else " " for letter in line)
    values: dict[str, Any] = {
        "uid": f"{item.what.value}-{item.record.pk}@{domain}",
        "dtstamp": written,
        "last-modified": written,
        "sequence": item.record.version - 1,
        "dtstart": item.on,
        "dtend": item.on + timedelta(days=1),
        "summary": " ".join(line.split()),
        "description": "\n".join([*([MADE_UP] if is_made_up else []), site + item.url]),
        "url": site + item.url,
        "transp": "TRANSPARENT",
    }
    event = Event()
    for name, value in values.items():
        event.add(name, value)
    return event


@dataclass(frozen=True)
class DigestLine:
    """One row. ``url`` is its address on the site, "" for what has been removed."""

    day: str
    text: str
    note: str
    url: str


@dataclass(frozen=True)
class DigestList:
    """A list with its heading. ``is_cut`` says that there are more rows than stand here."""

    heading: str
    lines: list[DigestLine]
    is_cut: bool


def subject(digest: Digest) -> str:
    of_plans = f"{'Illustrative – ' if digest.is_made_up else ''}4P plans"
    about = [of_plans] if digest.says_of_plans or not digest.says_of_requirements else []
    about += ["what must change"] if digest.says_of_requirements else []
    return f"{capfirst(listing(about))}: what is due on {in_words(digest.today)}"


def list_lines(digest: Digest) -> list[DigestList]:
    """What there is to say, most pressing first; lists without a row are left out.

    The same for the e-mail, as text and as HTML, and for its preview on a page.
    """
    due = digest.due
    lists_due = {
        "Actions overdue": due.actions_overdue,
        "Aims not reached in time": due.aims_missed,
        "Reviews overdue": due.reviews_overdue,
        "Actions due soon": due.actions_due,
        "Aims due soon": due.aims_near,
        "Reviews due soon": due.reviews_due,
        "Subjects to be released from custody": due.releases,
        "Orders that end": due.orders_ending,
        "Sharing agreements that end": due.agreements,
    }
    requests = []
    for request in digest.to_sign.rows:
        by = f"asked by {name_of(request.by)}{f': {request.note}' if request.note else ''}"
        day = in_words(request.on)
        requests.append(DigestLine(day, str(request.plan), by, request.get_absolute_url()))
    lists = [DigestList("To sign", requests, digest.to_sign.is_cut)]
    for heading, rows in lists_due.items():
        lines = [DigestLine(in_words(item.on), title(item), note(item), item.url) for item in rows.rows]
        lists.append(DigestList(heading, lines, rows.is_cut))
    since = in_words(digest.since)
    changes = [_change_line(change) for change in digest.changes.rows]
    lists.append(DigestList(f"Changed by others since {since}", changes, digest.changes.is_cut))
    return [each for each in [*lists, *_lists_required(digest)] if each.lines]


def _lists_required(digest: Digest) -> list[DigestList]:
    """What inspections ask for, of which nothing is made up."""
    lists = []
    for heading, part in zip(("What must change: overdue", "What must change: due soon"), digest.required, strict=True):
        lines = [DigestLine(item.record.due, title(item), note(item), item.url) for item in part.rows]
        lists.append(DigestList(heading, lines, part.is_cut))
    lines = []
    for change in digest.required_changes.rows:
        if isinstance(change, Step):
            day, what = change.day, f"{change.status.label}{f': {change.note}' if change.note else ''}"
        else:  # a date that was moved, with why
            day, what = in_words(change.on), f"due date moved from {change.old} to {change.new}: {change.reason}"
        about = f"{change.requirement.text} ({change.requirement.addressee.name})"
        lines.append(DigestLine(day, about, what, change.requirement.get_absolute_url()))
    heading = f"What must change: steps and dates since {in_words(digest.since)}"
    return [*lists, DigestList(heading, lines, digest.required_changes.is_cut)]


def _change_line(change: Change) -> DigestLine:
    """What was changed, and on which plan where that is still known and its title does not say it."""
    what = f"{change.kind.label.lower()} by {change.who}: {change.reason}"
    record, about = change.record, change.title
    plan = record.plan if record and not isinstance(record, Plan) else None
    if plan and plan.reference not in change.title:
        about = f"{capfirst(record._meta.verbose_name)}: {change.title} ({plan.reference})"
    return DigestLine(in_words(localtime(change.when).date()), about, what, change.url)


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def letter(reminders: Reminders, digest: Digest, site: str) -> Letter:
    """``site`` is the address of the site, without a slash at its end: links in an e-mail need it."""
    context: dict[str, Any] = {
        "name": name_of(reminders.user),
        "subject": subject(digest),
        "lists": list_lines(digest),
        "is_made_up": digest.is_made_up and digest.says_of_plans,
        "every": Every(reminders.every).label.lower(),
        "site": site,
        "plans_url": site + reverse("plans4p:my_plans"),
        "settings_url": site + reverse("plans4p:reminders"),
    }
    return Letter(
        context["subject"],
        render_to_string("plans4p/email/digest.txt", context),
        render_to_string("plans4p/email/digest.html", context),
    )


@needs("plans4p.be_reminded")
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """What is chosen, what the next e-mail would say, and the address of the calendar."""
    stored = Reminders.objects.visible_to(request.user).first()
    if request.method != "POST":
        return _page(request, stored)
    form = RemindersForm(request.POST)
    if not form.is_valid():
        return _page(request, stored, form=form, status=400)
    every = form.cleaned_data["every"]
    choose(request.user, every)
    messages.success(request, "Saved." if every else "Saved. No e-mail will come.")
    return redirect("plans4p:reminders")


@needs("plans4p.be_reminded")
@require_POST
def calendar_new(request: HttpRequest) -> HttpResponse:
    """Give the calendar a new address, or keep its present one for longer."""
    form = CalendarForm(request.POST)
    stored = Reminders.objects.visible_to(request.user).first()
    if not form.is_valid():
        return _page(request, stored, calendar_form=form, status=400)
    until = localdate() + timedelta(days=form.cleaned_data["lasting"])
    if "keep" not in request.POST:
        new_calendar_key(request.user, until)
        words = "Your calendar has a new address. Subscribe to it; any earlier address leads nowhere now."
        messages.success(request, words)
        return redirect("plans4p:reminders")
    try:
        keep_calendar(request.user, until)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Your calendar’s address works up to {in_words(until)}.")
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
def calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """Due dates for the user whose key it is, for programs that cannot sign in: who knows the address reads it, until
    its last day, or until the user may no longer come here.
    """
    calendars = Reminders.objects.filter(calendar_until__gte=localdate(), user__is_active=True).select_related("user")
    user = get_object_or_404(calendars, calendar_key=key).user
    if not rules.has_perm("plans4p.be_reminded", user) or sight_of(user) == NOTHING:
        raise Http404("The account to which this calendar belonged has no role, or no reach, any more.")
    required = get_required(user, localdate(), CALENDAR)
    items = [*get_due(user, localdate(), CALENDAR).items, *(item for part in required for item in part.rows)]
    site = request.build_absolute_uri("/").rstrip("/")
    domain = urlsplit(settings.SITE_URL).hostname or ""
    written = get_last_written(item.record for item in items)
    body = calendar_of(items, written, site=site, domain=domain)
    headers = {"Referrer-Policy": "no-referrer", "Content-Disposition": 'inline; filename="4p-plans.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _page(
    request: HttpRequest,
    stored: Reminders | None,
    *,
    form: RemindersForm | None = None,
    calendar_form: CalendarForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form that was sent comes back; the others say what is chosen."""
    today, every = localdate(), stored.every if stored else Every.NEVER
    digest = get_digest(request.user, stored, today)
    key, until = (stored.calendar_key, stored.calendar_until) if stored else (None, None)
    context: dict[str, Any] = {
        "form": form or RemindersForm(initial={"every": every}),
        "calendar_form": calendar_form or CalendarForm(initial={"lasting": Lasting.YEAR}),
        "calendar_until": until,
        "calendar_has_ended": until is not None and until < today,
        "last_sent_on": stored.last_sent_on if stored else None,
        "subject": subject(digest),
        "lists": list_lines(digest),
        "kind": digest.kind_of_data if digest.says_of_plans else PUBLISHED,
        "calendar_url": request.build_absolute_uri(reverse("plans4p:calendar", args=[key])) if key else "",
        "breadcrumbs": trail(),
    }
    return render(request, "plans4p/reminders.html", context, status=status)
