"""Phrases of reports: what they may stand for, and the phrasebook that is made of them and of the vocabularies."""

import pytest
from django.core.exceptions import ValidationError

from inspections.phrasebook.choices import Part
from inspections.phrasebook.queries import get_phrasebook
from inspections.phrasebook.services import PHRASES

pytestmark = pytest.mark.django_db
WHY = {"by": None, "reason": "Reports write it so."}


def test_a_phrase_stands_for_a_word_on_record(phrase_kind):
    phrase = PHRASES.create(part=Part.KIND, text="  Must  DO better ", stands_for=phrase_kind, **WHY)
    assert phrase.text == "must do better"
    label = get_phrasebook().kind_label("Must do better: the plans")
    assert label
    assert (label.word, label.rest) == (phrase_kind, "the plans")


def test_a_phrase_for_nothing_on_record_is_refused(phrase_kind):
    with pytest.raises(ValidationError, match="no finding kind on record"):
        PHRASES.create(part=Part.KIND, text="must do", stands_for="nothing", **WHY)


def test_what_is_no_word_of_a_vocabulary_stands_for_itself():
    phrase = PHRASES.create(part=Part.RECOMMENDATIONS, text="What we want", stands_for="anything", **WHY)
    assert phrase.stands_for == ""
    assert get_phrasebook().heads_recommendations("What we want")


@pytest.fixture
def phrase_kind():
    from inspections.vocabularies.models import FindingKind

    return FindingKind.rows()[0].slug


def test_the_phrasebook_of_the_reference_data_knows_bodies_grades_and_measures(reference):
    phrasebook = get_phrasebook()
    for name in ("Kent Police", "kent police", "3. Kent Police"):
        assert phrasebook.body_of_heading(name).slug == "kent", name
    assert phrasebook.body_of_heading("Kent Police works with others") is None
    assert phrasebook.grade("Requires Improvement.") == "requires_improvement"
    assert phrasebook.wording.qualifiers["more than"] == "over"
