"""Reads settings from the environment; an error says what the variable is for."""

import os
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
"""The host names by which a machine calls itself."""
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def read(name: str, convert: Callable[[str], Value], *, purpose: str, default: Value | None = None) -> Value:
    """The converted value of an environment variable, or the default where it is unset.

    Raises ImproperlyConfigured, naming the purpose, when the variable is needed
    but unset, or when its value cannot be converted.
    """
    raw = os.environ.get(name, "")
    if raw == "":
        if default is None:
            raise ImproperlyConfigured(f"Set the environment variable {name}: {purpose}. See .env.example.")
        return default
    try:
        return convert(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={raw!r} is not usable: {error}. It is {purpose}.") from error


def flag(raw: str) -> bool:
    """True or false from a word such as "yes" or "0"."""
    word = raw.strip().lower()
    if word not in TRUE | FALSE:
        raise ValueError("expected one of 1, 0, true, false, yes, no, on, off")
    return word in TRUE


def origin(raw: str) -> str:
    """The beginning of the site's addresses, such as "https://soc.example.org", without a slash at its end."""
    parts = urlsplit(raw.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("expected http:// or https:// and a host name, and nothing after it")
    return f"{parts.scheme}://{parts.netloc}"


def refuse_strangers(*, development: bool, hosts: list[str]) -> None:
    """Raise ImproperlyConfigured where a site that anybody may sign in to, without a password, could be reached."""
    elsewhere = sorted(set(hosts) - LOOPBACK)
    if development and not elsewhere:
        return
    reason = f"ALLOWED_HOSTS names {', '.join(elsewhere)}" if elsewhere else "DEBUG is not set"
    raise ImproperlyConfigured(
        f"DEMO_MODE lets anyone sign in as any role, and {reason}. "
        "Unset DEMO_MODE, or set DEBUG=1 and keep ALLOWED_HOSTS to 127.0.0.1 and localhost."
    )


def words(raw: str) -> list[str]:
    """A list from text with commas."""
    return [word.strip() for word in raw.split(",") if word.strip()]
