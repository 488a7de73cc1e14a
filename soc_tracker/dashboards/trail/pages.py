"""The list of what was done on this site, and the page of one entry."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractUser, AnonymousUser, User
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.timezone import localtime, make_aware

from soc_tracker.core.accounts.tokens.models import Token
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter, DayFilter, TextFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.lists.pages import ListPage
from soc_tracker.core.records.models import Tracked
from soc_tracker.core.records.pages import DetailPage
from soc_tracker.core.records.states import NOT_STATED
from soc_tracker.core.trail.models import Entry, Kind

NOBODY = "Nobody signed in"


def kinds_of_record() -> list[tuple[str, str]]:
    """What an entry may be about, by the label of its model, in the order of its words."""
    models = {model for model in apps.get_models() if issubclass(model, Tracked)} | {User, Token}
    return sorted(((model._meta.label_lower, words_of_model(model)) for model in models), key=lambda pair: pair[1])


def words_of_model(model: Any) -> str:
    return "Account" if model is User else str(capfirst(model._meta.verbose_name))


def subject_in_words(entry: Entry) -> str:
    """What the entry is about, with the kind of record that it is."""
    try:
        kind = words_of_model(apps.get_model(entry.subject_kind)) if entry.subject_kind else ""
    except LookupError:
        kind = entry.subject_kind  # of a model that the site no longer has
    return f"{kind}: {entry.subject}" if kind else entry.subject


COLUMNS = (
    Column(
        "at",
        "When",
        lambda entry: entry.at,
        lambda entry: reverse("trail_entry", args=[entry.pk]),
        sort=("at", "pk"),
        whole=True,
    ),
    Column("who", "Who", lambda entry: entry.who or NOBODY),
    Column("kind", "What", lambda entry: entry.get_kind_display()),
    Column("subject", "Of what", subject_in_words),
    Column("why", "Why", lambda entry: entry.why),
    Column("address", "From", lambda entry: entry.address, wide_only=True),
    Column("who_key", "Account", lambda entry: entry.who_key),
    Column("subject_kind", "Kind of record", lambda entry: entry.subject_kind),
    Column("subject_key", "Key of the record", lambda entry: entry.subject_key),
    Column("before", "Before", lambda entry: as_json(entry.before)),
    Column("after", "After", lambda entry: as_json(entry.after)),
    Column("details", "Details", lambda entry: as_json(entry.details)),
    Column("request_id", "Request", lambda entry: entry.request_id),
    Column("session", "Session", lambda entry: entry.session),
    Column("number", "Number", lambda entry: entry.pk),
)


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


class TrailFilter(StrictFilterSet):
    who = TextFilter(label="Who (name or username)", method="by_whom")
    kind = ChoicesFilter(choices=Kind.words, label="What was done")
    about = ChoicesFilter("subject_kind", choices=kinds_of_record, label="Kind of record")
    subject = TextFilter(lookup_expr="icontains", label="Of what (part of its name)")
    key = TextFilter("subject_key", label="Key of the record")
    on_or_after = DayFilter(label="From", method="since")
    on_or_before = DayFilter(label="To", method="until")
    request = TextFilter("request_id", label="Request")

    class Meta:
        model = Entry
        fields = ()

    def by_whom(self, entries: QuerySet, name: str, value: str) -> QuerySet:
        """Accounts are few: who is meant is looked up there first. What has no account is a command."""
        accounts = User.objects.all()
        for word in value.split():
            named = Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
            accounts = accounts.filter(named)
        keys = [str(key) for key in accounts.order_by("pk").values_list("pk", flat=True)]
        return entries.filter(Q(who_key__in=keys) | Q(who_key="", who__icontains=value))

    def since(self, entries: QuerySet, name: str, value: date) -> QuerySet:
        return entries.filter(at__gte=beginning_of(value))

    def until(self, entries: QuerySet, name: str, value: date) -> QuerySet:
        return entries.filter(at__lt=beginning_of(value + timedelta(days=1)))


def beginning_of(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


class TrailList(ListPage):
    permission = "trail.read_trail"
    title = "Trail"
    kind_of_data = ""
    template_name = "dashboards/trail/list.html"
    filterset_class = TrailFilter
    columns = COLUMNS
    on_page = ("at", "who", "kind", "subject", "why", "address")
    order = ("-at", "-pk")

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        return Entry.objects.all()


class EntryPage(DetailPage):
    permission = "trail.read_trail"
    model = Entry
    parents = (("Trail", "trail"),)
    template_name = "dashboards/trail/entry.html"
    context_object_name = "entry"

    def get_queryset(self) -> QuerySet:
        return Entry.objects.all()

    def facts(self) -> dict[str, Any]:
        entry: Entry = self.object
        of_account = list_of(who=entry.who) if entry.who_key else ""
        is_listed = entry.subject_kind in dict(kinds_of_record())
        of_record = list_of(about=entry.subject_kind, key=entry.subject_key) if is_listed else ""
        return {
            "title": str(entry),
            "summary": [
                ("Number", str(entry.pk)),
                ("When", f"{localtime(entry.at):%-d %B %Y, %H:%M:%S}"),
                ("Who", entry.who or NOBODY, of_account),
                ("What", entry.get_kind_display()),
                ("Of what", subject_in_words(entry), of_record),
                ("Why", entry.why),
                ("Address of the client", entry.address),
                ("Request", entry.request_id, list_of(request=entry.request_id) if entry.request_id else ""),
                ("Session (a fingerprint)", entry.session),
            ],
            "changes": list(changes_of(entry)),
            "details": [(capfirst(name.replace("_", " ")), in_words(value)) for name, value in entry.details.items()],
        }


def list_of(**filters: str) -> str:
    return f"{reverse('trail')}?{urlencode(filters)}"


def changes_of(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Each field that was written: what it is called, before and after."""
    try:
        fields = {field.name: field for field in apps.get_model(entry.subject_kind)._meta.get_fields()}
    except (LookupError, ValueError):
        fields = {}
    for name in dict.fromkeys([*entry.before, *entry.after]):
        label = capfirst(str(getattr(fields.get(name), "verbose_name", name)))
        yield label, in_words(entry.before.get(name)), in_words(entry.after.get(name))


def in_words(value: Any) -> str:
    if value in (None, "", [], {}):
        return NOT_STATED
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(in_words, value))
        case dict():
            return ", ".join(f"{name}: {in_words(one)}" for name, one in value.items())
        case _:
            return f"{value:,}" if isinstance(value, int) else str(value)
