"""Vocabularies: fixed sets of words, each one line that holds everything pages need to know of it.

A word of a vocabulary is a member of the class, its value is what is stored, and what it carries beside its label is
declared once, in annotations::

    class Size(Vocabulary):
        tag: str
        MAJOR = word("major", "Major", tag="purple")

A field takes ``choices=Size.words``: migrations then name the vocabulary and not its words, so one more needs none.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Self

from django.db.models import TextChoices


def word(value: str, label: str, **attributes: Any) -> tuple[str, Mapping[str, Any], str]:
    """One word of a vocabulary, with a value for each attribute that the vocabulary declares."""
    return value, attributes, label


class Vocabulary(TextChoices):
    def __new__(cls, value: str, attributes: Mapping[str, Any] | None = None) -> Self:
        """Raises TypeError for a word that leaves out one of its attributes or has another."""
        given = attributes or {}
        if set(given) != set(cls.__annotations__):
            raise TypeError(f"{cls.__name__} {value!r} needs {sorted(cls.__annotations__)} and has {sorted(given)}.")
        member = str.__new__(cls, value)
        member._value_ = value
        for name, attribute in given.items():
            setattr(member, name, attribute)
        return member

    @classmethod
    @cache
    def words(cls) -> tuple[tuple[str, str], ...]:
        """Values and labels, as fields take them: put together once, for a page asks again and again."""
        return tuple((member.value, str(member.label)) for member in cls)
