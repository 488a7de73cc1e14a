"""Which passwords are refused, beside the short ones, those of digits, and Django's list of 20,000 common ones."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

ENOUGH = 10
"""A password must take this many guesses (powers of ten): with a stolen hash, which Argon2 makes slow, years."""
SERVICE = "soc tracker serious organised crime police policing constabulary force rocu unit inspector analyst officer"
EASY = (
    "This password would be guessed too soon: it is made of passwords that were breached, names, dates, rows of the "
    "keyboard, or words of this site and of policing, with too little added. Take three or four words that do not "
    "belong together, or let a password manager make one."
)


class GuessesValidator:
    """Refuses what somebody would guess who knows the 30,000 commonest breached passwords, the commonest names and
    words, rows of the keyboard and the usual ways to spell them otherwise; and the words of this site and account.
    """

    def validate(self, password: str, user: Any = None) -> None:
        from zxcvbn import zxcvbn  # its lists take 15 MB, which only a process that checks a password needs

        host = urlsplit(settings.SITE_URL).hostname or ""
        own = [getattr(user, name, "") or "" for name in ("username", "first_name", "last_name", "email")]
        words = {*SERVICE.split(), *re.findall(r"[a-z]{3,}", host), *import_string(settings.PASSWORD_WORDS)()}
        words |= {word for value in own for word in re.findall(r"\w{2,}", value.lower())}
        # Blanks and signs between the words make them no harder to guess.
        spellings = {password[:72], re.sub(r"[\W_]+", "", password)[:72]} - {""}
        if min((zxcvbn(spelling, sorted(words))["guesses_log10"] for spelling in spellings), default=0) < ENOUGH:
            raise ValidationError(EASY, code="password_guessed_too_soon")

    def get_help_text(self) -> str:
        return (
            "Your password can’t be made of breached passwords, names, dates, rows of the keyboard, or words of this "
            "site: three or four words that do not belong together are best."
        )
