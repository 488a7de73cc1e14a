"""Figures of a report: their body, their days, who says them and what they may measure."""

from datetime import date

import pytest

from inspections.reader.meaning.proposals import Confidence, ProposalKind
from tests.inspections.reader.meaning.reports import reading_of, values

FIGURE = ProposalKind.FIGURE
REPORT = """
Round 2022

An inspection of the Far West region

Regional findings

The region has work to do

The region had identified 938 threats on 4 January 2023. This is more than double the number in any other region.

Wessex Police and Mercia Constabulary are respectively the second and fifth largest forces in England and Wales.

Wessex Police

Good

The force arrests people

For the year ending 31 December 2022, the force recorded 373 disruptions, of which 312 (84 percent) were for pursue.
Since January 2021 it has made over 1,500 arrests. It told us that it visited 44 schools.

It works with children aged 9–11 in 13 schools. Mercia Constabulary has nine schools of its own.

  • 12 of them are new.

Appendix 1: The data

Disruption data was extracted from the database on 4 January 2023.
A further extraction of disruption data was carried out on 13 July 2023.
"""


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    return reading_of(REPORT, tmp_path_factory.mktemp("report"))


def figure(reading, value, **more):
    return next(
        proposal
        for proposal in reading.of(FIGURE)
        if proposal.values["value"] == value and more.items() <= proposal.values.items()
    )


def test_figures_are_of_the_body_of_their_part_or_of_the_one_they_name(reading):
    assert figure(reading, 938).values["region"] == "far-west"
    assert figure(reading, 2, unit="rank").values["organisation"] == "wessex"
    assert figure(reading, 5, unit="rank").values["organisation"] == "mercia"
    assert figure(reading, 44).values["organisation"] == "wessex"
    doubtful = figure(reading, 9, unit="count")
    assert doubtful.confidence == Confidence.UNSURE
    assert "Mercia Constabulary" in doubtful.why


def test_figures_have_the_days_of_their_sentence(reading):
    recorded = figure(reading, 373).values
    assert (recorded["period_from"], recorded["period_to"]) == (date(2022, 1, 1), date(2022, 12, 31))
    assert recorded["as_at"] == date(2023, 7, 13)
    assert figure(reading, 938).values["as_at"] == date(2023, 1, 4)
    share = next(each for each in reading.of(FIGURE) if each.values["unit"] == "share").values
    assert (share["qualifier"], share["as_at"], share["value"]) == ("more_than_double", date(2023, 1, 4), None)
    since = figure(reading, 1500).values
    assert (since["period_from"], since["period_to"], since["period_words"]) == (
        date(2021, 1, 1),
        None,
        "since January 2021",
    )


def test_figures_say_whose_they_are(reading):
    assert [figure(reading, value).values["said_by"] for value in (373, 44, 1500)] == [
        "database",
        "body",
        "inspectorate",
    ]


def test_figures_have_the_measure_whose_words_are_nearest(reading):
    measures = {value: figure(reading, value).values["measure"] for value in (938, 1500, 44, 84)}
    assert measures == {938: "threats", 1500: "arrests", 44: "schools", 84: "pursue-share"}


def test_a_unit_that_no_figure_of_the_measure_shows_makes_it_less_certain(tmp_path):
    """Of all who were arrested a share is another measure, until one of this was published so."""
    said = "It made 40 arrests. Arrests rose to 30 percent of cases."
    text = f"Round 2022\n\nWessex Police\n\nThe force arrests people\n\n{said}"
    count, share = reading_of(text, tmp_path).of(FIGURE)
    assert (count.values["measure"], count.confidence) == ("arrests", Confidence.CERTAIN)
    assert (share.values["measure"], share.confidence) == ("arrests", Confidence.LIKELY)
    assert "which would show its unit" in share.why


def test_both_ends_of_an_age_are_figures(reading):
    assert [each.values["noun"] for each in reading.of(FIGURE) if each.values["unit"] == "years"] == [
        "age from",
        "age to",
    ]


def test_figures_belong_to_the_finding_that_they_stand_in(reading):
    heads = {proposal.number: proposal.values["title"] for proposal in reading.of(ProposalKind.FINDING)}
    assert heads[figure(reading, 373).part_of] == "The force arrests people"


def test_numbers_of_recommendations_are_no_figures(tmp_path):
    reading = reading_of(
        "Wessex Police\n\nRecommendations\n\nWessex Police should train 40 officers within 3 months.", tmp_path
    )
    assert reading.of(FIGURE) == []
    assert values(reading, ProposalKind.RECOMMENDATION, "addressed_to") == [("wessex",)]


def test_it_is_the_body_that_the_sentence_before_is_on(tmp_path):
    said = "Wessex Police opens an enquiry at once. In two years it has closed 46 cases. Dogs found 12 of them."
    text = f"Harbours\n\nIn the ports\n\n{said}"
    assert values(reading_of(text, tmp_path), FIGURE, "value", "body") == [(46, "Wessex Police"), (12, "")]


def test_a_number_in_another_clause_is_not_what_should_be(tmp_path):
    said = "Owners should register boats; 212 have. It asks them to raise sales, which stood at 67 percent."
    text = f"Wessex Police\n\nBoats are counted\n\n{said} It should buy 4 boats."
    assert values(reading_of(text, tmp_path), FIGURE, "value") == [(212,), (67,)]
