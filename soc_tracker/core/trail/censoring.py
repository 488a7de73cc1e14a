"""Takes out of texts and values what must stand neither on the trail nor in a log: passwords, keys, tokens, and
addresses that open something for whoever knows them.
"""

import re
from collections.abc import Mapping, MutableMapping
from datetime import date, datetime
from typing import Any

from django.db import models

CENSORED = "(left out)"
SECRET_NAME = re.compile(
    r"passw|passphrase|secret|token|otp|authoriz|cookie|csrf|recovery|credential|(api|private|session|signing|secret|calendar)_?key|sessionid",
    re.IGNORECASE,
)
"""Names of fields and details whose values are never kept."""
TELLS_NOTHING = (None, "", True, False, "set", "set anew", "none")
SECRETS = [
    (re.compile(r"\b(bearer|basic|token)\s+[\w.~+/=-]{8,}", re.IGNORECASE), rf"\1 {CENSORED}"),
    (re.compile(r"(://[^/\s:@]+:)[^/\s@]+@"), rf"\1{CENSORED}@"),
    (
        re.compile(
            r"\b((?:sessionid|csrftoken|csrfmiddlewaretoken|password|secret|token|key|code)=)[^\s&;,\"']+",
            re.IGNORECASE,
        ),
        rf"\1{CENSORED}",
    ),
    (re.compile(r"\bsoc_[\w-]{20,}"), CENSORED),
    # Where an address ends in what nobody could guess, that is what lets its reader in.
    (
        re.compile(r"(/(?:reset/key|confirm-email|feeds?|calendars?|shared|invitations?|invite)/)[^/\s?#\"']+"),
        rf"\1{CENSORED}",
    ),
]


def censor_text(text: str) -> str:
    for pattern, replacement in SECRETS:
        text = pattern.sub(replacement, text)
    return text


def plain(value: Any) -> Any:
    """A value as JSON that both databases give back as it was: texts, whole numbers, yes and no, lists, mappings."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return censor_text(str(value)).replace("\x00", "")
        case Mapping():
            return {
                str(name): CENSORED if SECRET_NAME.search(str(name)) and one not in TELLS_NOTHING else plain(one)
                for name, one in value.items()
            }
        case models.Model():
            return plain(getattr(value, "slug", value.pk))
        case set() | frozenset():
            return sorted(map(plain, value), key=str)
        case list() | tuple() | models.QuerySet():
            return [plain(one) for one in value]
        case datetime() | date():
            return value.isoformat()
        case _:
            return plain(str(value))


def censor_line(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The last step of every line of the log, those of Django and of packages too."""
    for name, value in list(line.items()):
        if isinstance(value, str):
            line[name] = CENSORED if SECRET_NAME.search(name) else censor_text(value)
        elif isinstance(value, Mapping | list | tuple):
            line[name] = plain(value)
    return line
