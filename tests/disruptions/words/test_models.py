"""Words are found the same way on both databases: every word, folded, anywhere in reference or summary."""

from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from disruptions.words import models as words_models
from soc_tracker.core.text.normal import fold, words_of
from tests.makers import make_author, make_disruption

pytestmark = pytest.mark.django_db
LETTERS = "abABáÀ '’\"%_-–"
ONE, TWO = "Two nominals arrested; cash seized, value 4,200 GBP.", 'Courier sentenced; operation "Ashdown" closed.'


@pytest.fixture
def rows(db) -> list[Disruption]:
    texts = {"DIS-2022-0000001": ONE, "DIS-2022-0000002": TWO, "DIS-2023-0000003": "", "DIS-2023-0000004": "50% of_it"}
    return [make_disruption(reference, summary=text) for reference, text in texts.items()]


def found(words: str) -> list[int]:
    """The last digits of the references found."""
    return [int(row.reference[-1]) for row in Disruption.objects.mentioning(words).order_by("reference")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("arrested", [1]),
        ("ARRESTED", [1]),
        ("rrest", [1]),  # within a word
        ("arr", [1]),
        ("ed", [1, 2]),  # shorter than a trigram
        ("x", []),
        ("nominals cash", [1]),
        ("cash courier", []),  # not in one row
        ("seized; nominals", []),
        ("seized, no", [1]),
        ("2022", [1, 2]),
        ("dis-2023 0000003", [3]),
        ("0000002 ashdown", [2]),  # one in the reference, one in the summary
        ("0000002Courier", []),
        ('"Ashdown"', [2]),
        ('"', [2]),
        ("4,200", [1]),
        ("50%", [4]),
        ("%", [4]),
        ("of_it", [4]),
        ("ofxit", []),
        ("NOT OR AND", []),
        ("arrested*", []),
        ("(arrested)", []),
        ("", [1, 2, 3, 4]),
        ("   ", [1, 2, 3, 4]),
        ("rested ar", [1]),
        ("arrestedarrested", []),
        ("z" * 5000, []),
        (" ".join(["arrested"] * 300), [1]),
    ],
)
def test_words(rows, words, expected):
    assert found(words) == expected


@pytest.mark.parametrize(("words", "expected"), [("arrested", [1]), ("nominals cash", [1]), ("nowhere", [])])
def test_words_of_more_rows_than_the_index_is_asked_for_are_found_all_the_same(rows, words, expected, monkeypatch):
    monkeypatch.setattr(words_models, "FEW", 0)
    assert found(words) == expected


def test_trigrams_alone_do_not_make_a_word(db):
    make_disruption(summary="abcd bcde")
    assert found("abcde") == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(LETTERS, max_size=12), min_size=1, max_size=4), st.text(LETTERS, max_size=6))
def test_it_finds_what_python_finds(db, texts, words):
    with transaction.atomic():
        for place, text in enumerate(texts):
            make_disruption(f"D{place}", summary=text)
        held = [
            place for place, text in enumerate(texts) if all(w in f"d{place}\n{fold(text)}" for w in words_of(words))
        ]
        assert found(words) == held
        transaction.set_rollback(True)


# Kept with every write


@pytest.fixture
def corrected(db) -> Disruption:
    row = make_disruption(summary=ONE, activity_date=date(2022, 3, 15))
    said = {"by": make_author(), "reason": "Clearer.", "expected_version": 1}
    return correct_disruption(row, {"summary": TWO}, on=date(2022, 6, 1), **said)


def test_each_state_is_found_by_its_own_words(corrected):
    rows = Disruption.objects.mentioning("nominals")
    assert list(rows.as_at(date(2022, 6, 1))) == []
    assert [row.state_of for row in rows.as_at(date(2022, 5, 31))] == [corrected]
    assert list(Disruption.objects.mentioning("courier").current()) == [corrected]


def test_rebuilding_finds_the_same(corrected):
    before = held_by_index("nominals"), held_by_index("courier")
    words_models.drop()
    words_models.create()
    assert (held_by_index("nominals"), held_by_index("courier")) == before
    assert found("courier") == [1]


def test_what_is_stored_again_is_found_by_its_new_words_only(rows):
    first = rows[0]
    key = ("SELECT %s", [first.pk])
    words_models.forget(*key)
    Disruption.objects.filter(pk=first.pk).update(summary="Premises closed.", folded="premises closed.")
    words_models.store(*key)
    assert held_by_index("premises") == [first.pk]
    assert held_by_index("nominals") == []


def held_by_index(word: str) -> list[int]:
    """The rows that the index itself names: SQLite's is asked apart from the rows."""
    rows = Disruption.objects.order_by("pk").values_list("pk", flat=True)
    if connection.vendor != "sqlite":
        return list(rows.mentioning(word))
    with connection.cursor() as cursor:
        trigrams = " ".join(f'"{word[at : at + 3]}"' for at in range(len(word) - 2))
        cursor.execute("SELECT rowid FROM disruptions_text WHERE disruptions_text MATCH %s ORDER BY rowid", [trigrams])
        return [key for (key,) in cursor]


def test_the_index_is_asked(rows):
    plan = explained(Disruption.objects.mentioning("arrested").order_by())
    assert "disruptions_text" in plan, plan


def explained(rows) -> str:
    """How the database would read the rows if reading all of them were out of the question."""
    if connection.vendor == "sqlite":
        return str(rows.query) if "VIRTUAL TABLE" in rows.explain() else ""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    return rows.explain()
