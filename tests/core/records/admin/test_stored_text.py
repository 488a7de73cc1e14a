"""Whatever text comes to a service, the rows that it stores hold it clean, and so do their histories."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

import disruptions.services
import forces.services
import inspections.services
import plans4p.services
from soc_tracker.core.records.services import Service
from tests.makers import make_author
from tests.stored_text import UNSEEN, text_fields, unclean

pytestmark = pytest.mark.django_db
SERVICES = {
    service.model: service
    for module in (forces.services, inspections.services, disruptions.services, plans4p.services)
    for service in vars(module).values()
    if isinstance(service, Service)
}


def test_every_service_stores_clean_text(world):
    written = set()
    for model, service in SERVICES.items():
        for record in world.records(model):
            for field in text_fields(model):
                record.refresh_from_db()
                if field.name in service.fixed_fields(record) or not field.editable:
                    continue
                values = {field.name: UNSEEN.format(getattr(record, field.name))}
                with suppress(ValidationError), transaction.atomic():  # refusing it is as good
                    service.change(record, values, by=make_author(), reason=UNSEEN, expected_version=record.version)
                    written.add(model)
    assert len(written) > 20
    assert list(unclean()) == []
