"""Due dates as an iCalendar file (RFC 5545, RFC 7986) of all-day events, which every calendar shows.

As Google and Outlook read it: an event of a class other than PUBLIC, which is the default, is shown without its title;
how often to ask again has to be a duration; the address of an event is read in its description alone.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from disruptions.choices import DataKind
from plans4p.presenters.due import LABELS, title
from plans4p.selectors.due import Item

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
    values: dict[str, Any] = {
        "uid": f"{item.what.value}-{item.record.pk}@{domain}",
        "dtstamp": written,
        "last-modified": written,
        "sequence": item.record.version - 1,
        "dtstart": item.on,
        "dtend": item.on + timedelta(days=1),
        "summary": _line(f"{'Illustrative – ' if is_made_up else ''}{LABELS[item.what]}: {title(item)}"),
        "description": "\n".join([*([MADE_UP] if is_made_up else []), site + item.url]),
        "url": site + item.url,
        "transp": "TRANSPARENT",
    }
    event = Event()
    for name, value in values.items():
        event.add(name, value)
    return event


def _line(text: str) -> str:
    """Without line breaks and control characters, which a calendar may not hold or shows as they are."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
