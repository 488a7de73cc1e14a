"""Files of plans in the words of their page."""

from collections.abc import Mapping
from typing import Any

from soc_tracker.lib.load_page import NOTHING_NEW, Choice, is_new, stray
from soc_tracker.lib.tables import Column

RECHECKED = (
    "Nothing was loaded: the record had changed since the check that you saw, so that the file would have done "
    "something else. It has been checked again; decide again."
)
GONE = "That file is no longer here: it was loaded or given up, or it waited for more than a day. Choose it again."
COLUMNS = (
    Column("heading", "Column", lambda names: names[0]),
    Column("others", "Also understood", lambda names: ", ".join(names[1:])),
)
ALL, GOOD, GIVE_UP = "all", "good", "give-up"
"""What may be decided on a file."""


MOST_AT_ONCE = 2_000
"""Rows that a page writes while its reader waits: each is checked and kept with its history, some 40 in a second."""
TOO_MANY = (
    f"More than {MOST_AT_ONCE:,} rows would be added or changed, which is more than this page loads at once. Split the "
    "file into several, each with the headings, or ask an administrator to load it with “manage.py load_plans”."
)


def is_too_much(outcome: Mapping[str, Any]) -> bool:
    return bool(outcome["added"] + outcome["changed"] > MOST_AT_ONCE)


def notes(outcome: Mapping[str, Any]) -> list[str]:
    """What the reader should know before deciding."""
    nothing = [] if is_new(outcome) else [NOTHING_NEW]
    return [*nothing, *([TOO_MANY] if is_too_much(outcome) else []), *stray(outcome)]


def choices(outcome: Mapping[str, Any], url: str) -> list[Choice]:
    """What the reader may decide. Each button sends what was shown, so that nothing else is loaded."""
    shown = {"shown": outcome["fingerprint"]}
    found = []
    if is_new(outcome) and not is_too_much(outcome):
        words, step = ("Load the good rows", GOOD) if outcome["refused"] else ("Load all rows", ALL)
        found.append(Choice(words, url, {**shown, "step": step}))
    return [*found, Choice("Give up and delete the file", url, {**shown, "step": GIVE_UP}, is_secondary=True)]
