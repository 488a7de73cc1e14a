"""What a page does with the query string: it names what it does not understand and assumes nothing."""

from collections.abc import Mapping

from django.http import QueryDict

from soc_tracker.core.lists.filters import LONGEST_VALUE, Problem


def problems_in(query: QueryDict, known: Mapping[str, tuple[str, ...] | None]) -> list[Problem]:
    """Unknown or repeated parameters, and values outside the allowed ones (None allows any text)."""
    found = [_unknown(name, query[name], tuple(known)) for name in query if name not in known]
    for name, allowed in known.items():
        values = query.getlist(name)
        if len(values) > 1:
            found.append(Problem(name, _short(", ".join(values)), f"“{name}” may be given only once."))
        elif values and (message := _fault(name, values[0], allowed)):
            found.append(Problem(name, _short(values[0]), message, allowed or ()))
    return found


def _unknown(name: str, value: str, known: tuple[str, ...]) -> Problem:
    return Problem(
        _short(name), _short(value), f"“{_short(name)}” is not something that this page can be asked.", known
    )


def _fault(name: str, value: str, allowed: tuple[str, ...] | None) -> str:
    """What is wrong with the value, or ""; an empty one says nothing and is never wrong."""
    if value and allowed is not None and value not in allowed:
        return f"“{_short(value)}” is not a value of “{name}”."
    if "\x00" in value:
        return f"“{name}” holds a character that no text may hold."
    return f"“{name}” is longer than {LONGEST_VALUE} characters." if len(value) > LONGEST_VALUE else ""


def _short(value: str) -> str:
    clean = value.replace("\x00", "�")
    return clean if len(clean) <= LONGEST_VALUE else f"{clean[:40]}…"
