"""Published figures in words: nothing is added to what was printed, nothing is lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from model_bakery import baker

from inspections.figures.models import Measure, PublishedFigure, figure_in_words, period_in_words
from inspections.figures.services import FIGURES
from inspections.sources.models import SourceDocument
from soc_tracker.reference.loader import load
from tests.makers import REASON, make_author, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vocabularies() -> None:
    """Every unit and qualifier of the reference data."""
    load(settings.BASE_DIR / "fixtures" / "reference", only=("units", "qualifiers"))


def figure(value: str | None, step: str | None, unit: str, qualifier: str = "exactly") -> PublishedFigure:
    return PublishedFigure(
        value=None if value is None else Decimal(value),
        step=None if step is None else Decimal(step),
        unit=unit,
        qualifier=qualifier,
    )


@pytest.mark.parametrize(
    ("value", "step", "unit", "words"),
    [
        ("0", "1", "count", "0"),
        ("118", "1", "count", "118"),
        ("118.00", "1.00", "count", "118"),
        ("84", "1", "percent", "84 percent"),
        ("84.5", "0.1", "percent", "84.5 percent"),
        ("13700000", "100000", "pounds", "£13.7 million"),
        ("2000000.00", "1000000.00", "pounds", "£2 million"),
        ("16000000", "1000000", "pounds", "£16 million"),
        ("1000000000", "1000000", "pounds", "£1,000 million"),
        ("350000", "10000", "pounds", "£350,000"),
        ("1234567", "1", "pounds", "£1,234,567"),
        ("12.5", "0.01", "pounds", "£12.50"),
        ("255", "1", "tonnes", "255 tonnes"),
        ("1", "1", "tonnes", "1 tonne"),
        ("2", "1", "years", "2 years"),
        ("1", "1", "years", "1 year"),
        ("1", "1", "rank", "1st"),
        ("2", "1", "rank", "2nd"),
        ("5", "1", "rank", "5th"),
        ("11", "1", "rank", "11th"),
        ("23", "1", "rank", "23rd"),
        ("2015", "1", "year", "2015"),
        ("12.3", "0.1", "per_100000_people", "12.3 per 100,000 people"),
        ("12", "1", "percent_change", "up 12 percent"),
        ("-4.5", "0.1", "percent_change", "down 4.5 percent"),
    ],
)
def test_an_exact_figure_says_value_and_unit(value: str, step: str, unit: str, words: str) -> None:
    assert figure_in_words(figure(value, step, unit)) == words


@pytest.mark.parametrize(
    ("value", "step", "unit", "qualifier", "words"),
    [
        ("3000", "1000", "count", "over", "over 3,000"),
        ("600", "100", "count", "nearly", "nearly 600"),
        ("600", "100", "count", "up_to", "as many as 600"),
        ("2000000", "1000000", "pounds", "about", "about £2 million"),
        (None, None, "share", "more_than_a_third", "more than a third"),
        (None, None, "share", "more_than_double", "more than double"),
    ],
)
def test_the_qualifier_stands_before_it(
    value: str | None, step: str | None, unit: str, qualifier: str, words: str
) -> None:
    assert figure_in_words(figure(value, step, unit, qualifier)) == words


@given(units=st.integers(1, 10**8), exponent=st.integers(-2, 6))
def test_the_words_hold_the_printed_value_whatever_the_step(units: int, exponent: int) -> None:
    step = Decimal(10) ** exponent
    value = units * step
    words = figure_in_words(figure(str(value), str(step), "pounds"))
    number = Decimal(words.removeprefix("£").removesuffix(" million").replace(",", ""))
    assert number * (1_000_000 if words.endswith("million") else 1) == value


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "period not stated"),
        ({"as_at": date(2023, 1, 4)}, "as at 4 January 2023"),
        ({"period_words": "last year"}, "last year"),
        (
            {"period_from": date(2022, 1, 1), "period_to": date(2022, 12, 31), "as_at": date(2023, 7, 13)},
            "1 January 2022 to 31 December 2022, as at 13 July 2023",
        ),
        ({"period_from": date(2022, 1, 1), "period_words": "since January 2022"}, "since January 2022"),
    ],
)
def test_a_period_is_given_with_its_as_at_day(fields: dict, words: str) -> None:
    assert period_in_words(PublishedFigure(**fields)) == words


@pytest.mark.parametrize(
    ("value", "value_to", "unit", "qualifier", "words"),
    [
        ("10", "15", "percent", "exactly", "10 to 15 percent"),
        ("120", "1500", "count", "about", "about 120 to 1,500"),
        ("1000000", "2000000", "pounds", "exactly", "£1 million to £2 million"),
        ("2015", "2017", "year", "exactly", "2015 to 2017"),
    ],
)
def test_a_range_says_both_ends_and_its_unit_once(value, value_to, unit, qualifier, words):
    step = "1000000" if unit == "pounds" else "1"
    ranged = figure(value, step, unit, qualifier)
    ranged.value_to = Decimal(value_to)
    assert figure_in_words(ranged) == words


@pytest.mark.parametrize(("precision", "words"), [("day", "4 March 2019"), ("month", "March 2019"), ("year", "2019")])
def test_a_date_says_no_more_than_is_known(precision, words):
    dated = figure(None, None, "date")
    dated.value_on, dated.value_precision = date(2019, 3, 4), precision
    assert figure_in_words(dated) == words


@pytest.mark.parametrize(
    ("unit", "qualifier", "words"),
    [
        ("count", "under", "under 600"),
        ("count", "at_most", "at most 600"),
        ("count", "limit", "up to 600"),
        ("percent_change", "over", "up over 600 percent"),
    ],
)
def test_a_bound_stands_before_the_number(unit, qualifier, words):
    assert figure_in_words(figure("600", "1", unit, qualifier)) == words


def test_sources_that_disagree_leave_no_number():
    assert figure_in_words(figure(None, None, "count", "disputed")) == "disputed between sources"


class TestStored:
    """What the service and the database take."""

    def make(self, **values):
        given = {"slug": "a", "unit": "count", "qualifier": "exactly", "said_by": "body", "locator": "page 1"} | values
        if "national" not in given:
            given["organisation"] = make_organisation()
        source, measure = baker.make(SourceDocument), baker.make(Measure)
        return FIGURES.create(given, source=source, measure=measure, by=make_author(), reason=REASON)

    @pytest.mark.parametrize(("value", "step"), [("118", "1"), ("3000", "1"), ("84.50", "0.1"), ("0.25", "0.01")])
    def test_a_value_without_a_step_is_as_precise_as_it_was_entered(self, value, step):
        stored = self.make(value=Decimal(value))
        assert stored.step == Decimal(step)
        assert figure_in_words(stored) == f"{Decimal(value).normalize():,f}"

    @pytest.mark.parametrize(
        "broken",
        [
            {"step": None},
            {"value": None},
            {"value_to": Decimal(3)},
            {"value_on": date(2020, 1, 1)},
            {"national": True},
        ],
    )
    def test_the_database_refuses_what_says_nothing_or_two_things(self, broken):
        stored = self.make(value=Decimal(5))
        with pytest.raises(IntegrityError), transaction.atomic():
            PublishedFigure.objects.filter(pk=stored.pk).update(**broken)

    @pytest.mark.parametrize(
        "broken",
        [
            {},
            {"unit": "date", "value": Decimal(2015)},
            {"unit": "count", "value_on": date(2020, 1, 1)},
            {"unit": "percent", "value": Decimal(90), "value_to": Decimal(101)},
            {"unit": "year", "value": Decimal("2015.5")},
            {"qualifier": "disputed", "value": Decimal(5)},
            {"value": Decimal(5), "value_to": Decimal(4)},
        ],
    )
    def test_the_service_refuses_it_in_words(self, broken):
        with pytest.raises(ValidationError):
            self.make(**broken)

    def test_a_national_figure_leads_to_those_of_the_country(self, inspector):
        stored = self.make(national=True, value=Decimal(43))
        assert (str(stored.about), str(stored)) == ("England and Wales", f"{stored.measure}: England and Wales")
        page = inspector.get(stored.about.get_absolute_url()).content.decode()
        assert stored.get_absolute_url() in page
        assert "England and Wales" in inspector.get(stored.get_absolute_url()).content.decode()

    def test_a_date_and_a_range_stand_in_files_and_api(self, inspector):
        self.make(unit="date", value_on=date(2019, 3, 4), value_precision="month")
        (row,) = inspector.get("/api/v1/figures/").json()["results"]
        assert (row["value"], row["value_on"], row["value_precision"], row["national"]) == (
            None,
            "2019-03-01",
            "month",
            False,
        )
        line = b"".join(inspector.get("/figures/?format=csv")).decode().splitlines()[-1]
        assert "March 2019" in line
        assert "2019-03-01" in line
