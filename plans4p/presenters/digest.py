"""A digest in words: the same parts for the e-mail, as text and as HTML, and for its preview on a page."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.timezone import localtime

from disruptions.choices import DataKind
from plans4p.models import Plan, SignatureRequest
from plans4p.presenters.due import note, title
from plans4p.selectors.due import Due, Item
from plans4p.selectors.reminders import Digest
from soc_tracker.lib.bounded import Bounded
from soc_tracker.lib.history import Change
from soc_tracker.lib.periods import Precision, in_words
from soc_tracker.lib.wording import name_of


@dataclass(frozen=True)
class Line:
    """One row. ``url`` is its address on the site, "" for what has been removed."""

    day: str
    text: str
    note: str
    url: str


@dataclass(frozen=True)
class Part:
    """A list with its heading. ``is_cut`` says that there are more rows than stand here."""

    heading: str
    lines: list[Line]
    is_cut: bool


def subject(digest: Digest) -> str:
    made_up = "Illustrative – " if is_made_up(digest) else ""
    return f"{made_up}4P plans: what is due on {in_words(digest.today, Precision.DAY)}"


def parts(digest: Digest) -> list[Part]:
    """What there is to say, most pressing first; lists without a row are left out."""
    said = [Part("To sign", [_request_line(request) for request in digest.to_sign], is_cut=False)]
    said += [Part(heading, [_line(item) for item in part.rows], part.is_cut) for heading, part in _lists(digest.due)]
    since = in_words(digest.since, Precision.DAY)
    changes = [_change_line(change) for change in digest.changes]
    said.append(Part(f"Changed by others since {since}", changes, digest.more_changes))
    return [part for part in said if part.lines]


def is_made_up(digest: Digest) -> bool:
    return digest.kind_of_data == DataKind.ILLUSTRATIVE


def _lists(due: Due) -> list[tuple[str, Bounded]]:
    return [
        ("Actions overdue", due.actions_overdue),
        ("Aims not reached in time", due.aims_missed),
        ("Reviews overdue", due.reviews_overdue),
        ("Actions due soon", due.actions_due),
        ("Aims due soon", due.aims_near),
        ("Reviews due soon", due.reviews_due),
        ("Subjects to be released from custody", due.releases),
        ("Orders that end", due.orders_ending),
        ("Sharing agreements that end", due.agreements),
    ]


def _line(item: Item) -> Line:
    return Line(in_words(item.on, Precision.DAY), title(item), note(item), item.url)


def _request_line(request: SignatureRequest) -> Line:
    note = f"asked by {name_of(request.by)}{f': {request.note}' if request.note else ''}"
    return Line(in_words(request.on, Precision.DAY), str(request.plan), note, request.get_absolute_url())


def _change_line(change: Change) -> Line:
    what = f"{change.kind.label.lower()} by {change.who}: {change.reason}"
    return Line(in_words(localtime(change.when).date(), Precision.DAY), _about(change), what, change.url)


def _about(change: Change) -> str:
    """What was changed, and on which plan where that is still known and not said already."""
    record = change.record
    plan = record.plan if record and not isinstance(record, Plan) else None
    if plan is None or plan.reference in change.title:
        return change.title
    return f"{capfirst(record._meta.verbose_name)}: {change.title} ({plan.reference})"
