"""Writes phrases; what one stands for must be on record."""

from django.apps import apps
from django.core.exceptions import ValidationError

from inspections.phrasebook.choices import Part
from inspections.phrasebook.models import Phrase
from soc_tracker.core.records.services import Service


class PhraseService(Service[Phrase]):
    def prepare(self, record: Phrase) -> None:
        record.text = " ".join(record.text.casefold().split())
        part = Part(record.part)
        if not part.names:
            record.stands_for = ""
            return
        rows = apps.get_model(part.names)._default_manager
        if not rows.filter(slug=record.stands_for).exists():
            kind = rows.model._meta.verbose_name
            raise ValidationError(
                {"stands_for": f"“{record.stands_for}” is no {kind} on record. Give the short name (slug) of one."}
            )


PHRASES = PhraseService(Phrase)
