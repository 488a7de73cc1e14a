"""Each test finds the words of vocabularies kept as they are stored, and sees what it writes itself."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from inspections.vocabularies.models import Section
from soc_tracker.core.records.words import vocabularies
from tests import kept_words

pytestmark = pytest.mark.django_db


def stored() -> dict[type, list[dict[str, object]]]:
    return {model: list(model.objects.order_by(*model._meta.ordering).values()) for model in vocabularies()}


def test_they_are_found_as_stored_without_reading_any_vocabulary():
    with CaptureQueriesContext(connection) as queries:
        found = {model: model.rows() for model in vocabularies()}
    assert len(queries) <= 1  # which looks whether they are still as they were
    columns = {
        model: [{field.attname: getattr(word, field.attname) for field in model._meta.concrete_fields} for word in rows]
        for model, rows in found.items()
    }
    assert columns == stored()
    assert any(found.values())


@pytest.mark.parametrize("number", [1, 2])
def test_what_one_test_changes_in_place_no_other_finds(number: int):
    word = Section.rows()[0]
    assert word.label != "Changed"
    word.label = "Changed"


def test_what_is_written_is_read_and_taken_back_is_forgotten():
    before = [slug for slug, _ in Section.words()]
    with transaction.atomic():
        Section.objects.create(slug="another", label="Another")
        assert "another" in dict(Section.words())
        transaction.set_rollback(True)
    kept_words.begin_anew()
    assert [slug for slug, _ in Section.words()] == before


def test_what_stands_there_before_a_test_asks_is_read():
    Section.objects.bulk_create([Section(slug="another", label="Another")])
    assert "another" in dict(Section.words())
    Section.objects.filter(slug="another").delete()
    Section.rows()[0].delete()
    assert len(Section.rows()) == Section.objects.count()
