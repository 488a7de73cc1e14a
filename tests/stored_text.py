"""Stored texts that are not as text is kept."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from soc_tracker.core.text.normal import cleaner_of

APPS = ("forces", "inspections", "disruptions", "plans4p")
UNSEEN = "\u202e{}\x00 Mo\u0302n\r\nx\u200b\u2067\u200e"
"""Put around a text: what nobody sees, line ends and accents of another kind."""


def text_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if cleaner_of(field)]


def unclean() -> Iterator[str]:
    """Every stored text, histories included, that cleaning would change."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            fields = text_fields(model)
            for row in model._base_manager.values("pk", *(field.name for field in fields)):
                for field in fields:
                    text = row[field.name]
                    if text and cleaner_of(field)(text) != text:
                        yield f"{model.__name__} {row['pk']}, {field.name}: {text!r}"
