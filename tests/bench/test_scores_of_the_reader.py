"""Proposals against facts: what counts as the same, what as wrong, what as invented."""

from typing import Any

from bench.reader.reports import Fact
from bench.reader.scores import add_up, compare, in_table

TITLE = "Ashdale Constabulary should train its lead responsible officers"
AREA = Fact("finding", {"finding_kind": "area_for_improvement", "body": "ashdale"}, TITLE)
COUNT = Fact("figure", {"value": "5000", "body": "ashdale", "unit": "count"}, "Officers spoke to about 5,000 pupils.")


def proposal(kind: str, passage: str, **values: Any) -> dict[str, Any]:
    return {"kind": kind, "passage": passage, "values": values}


def area(passage: str = f"Area for improvement: {TITLE}", **values: Any) -> dict[str, Any]:
    return proposal("finding", passage, finding_kind="area_for_improvement", organisation="ashdale", **values)


def test_what_is_as_it_stands_is_right() -> None:
    count = compare([AREA], [area()])["finding"]
    assert (count.precision, count.recall, count.right) == (1.0, 1.0, 1)
    assert dict(count.fields) == {"finding_kind": [1, 1], "body": [1, 1]}


def test_what_is_missed_lowers_recall_and_what_is_invented_precision() -> None:
    count = compare([AREA, COUNT], [area(), area("Something quite different is said here")])["finding"]
    assert (count.precision, count.recall) == (0.5, 1.0)
    assert len(count.invented) == 1
    assert compare([AREA], [])["finding"].recall == 0


def test_a_second_proposal_of_one_fact_is_invented() -> None:
    assert compare([AREA], [area(), area()])["finding"].precision == 0.5


def test_another_body_is_a_wrong_field_and_another_kind_another_finding() -> None:
    wrong = area() | {"values": {"finding_kind": "area_for_improvement", "organisation": "ellerby"}}
    count = compare([AREA], [wrong])["finding"]
    assert (count.matched, count.right, count.fields["body"]) == (1, 0, [0, 1])
    assert "body 'ellerby' for 'ashdale'" in count.wrong[0]
    other = area() | {"values": {"finding_kind": "promising_practice", "organisation": "ashdale"}}
    assert compare([AREA], [other])["finding"].matched == 0


def test_a_figure_is_known_by_its_value_however_it_is_written() -> None:
    for value in (5000, "5000", 5000.0):
        read = proposal("figure", "about 5,000 pupils", value=value, organisation="ashdale", unit="count")
        assert compare([COUNT], [read])["figure"].right == 1
    read = proposal("figure", "about 5,000 pupils", value=50, organisation="ashdale", unit="count")
    assert compare([COUNT], [read])["figure"].matched == 0


def test_what_may_be_there_or_not_counts_neither_way() -> None:
    spare = Fact("figure", {"value": "7"}, "Seven of ten plans named an owner.", is_required=False)
    read = proposal("figure", "Seven of ten plans named an owner.", value=7)
    count = compare([spare], [read])["figure"]
    assert (count.expected, count.precision, count.recall) == (0, 1.0, 1.0)


def test_an_addressee_is_right_by_its_slug_or_as_it_is_printed() -> None:
    fact = Fact("recommendation", {"addressee": "ashdale,home_office"}, "Keep one national record of thefts.")
    values = {"addressed_to": "ashdale", "addressee": "Ashdale Constabulary and the Home Office"}
    read = proposal("recommendation", "Keep one national record of thefts.", **values)
    assert compare([fact], [read])["recommendation"].right == 1
    values["addressee"] = "Ashdale Constabulary"
    read = proposal("recommendation", "Keep one national record of thefts.", **values)
    assert compare([fact], [read])["recommendation"].right == 0


def test_of_a_table_that_holds_several_facts_the_text_decides() -> None:
    facts = [Fact("recommendation", {"number": str(n)}, text) for n, text in ((1, "Train officers"), (2, "Buy boats"))]
    table = "No. | What | State\n1 | Train officers | Form changed\n2 | Buy boats | Ordered"
    read = [
        proposal("recommendation", table, text=text, number=n) for n, text in ((1, "Form changed"), (2, "Buy boats"))
    ]
    count = compare(facts, read)["recommendation"]
    assert (count.matched, count.right, len(count.invented), len(count.missed)) == (1, 1, 1, 1)


def test_a_fact_without_a_passage_is_known_by_what_it_says() -> None:
    fact = Fact("finding", {"finding_kind": "area_for_improvement", "body": "ashdale", "section": "resources"}, "")
    assert compare([fact], [area(section="resources")])["finding"].right == 1
    assert compare([fact], [area(section="tackling")])["finding"].matched == 0


def test_observations_are_counted_apart_and_reports_added_up() -> None:
    seen = Fact("observation", {"body": "ashdale"}, "Local profiles are out of date")
    read = proposal("finding", "Local profiles are out of date", finding_kind="observation", organisation="ashdale")
    counts = compare([seen, AREA], [read, area()])
    table = in_table(add_up([counts, counts]))
    assert "| finding | 2 | 2 | 1.00 | 1.00 | 2/2 | body 2/2, finding_kind 2/2 |" in table
    assert "| observation | 2 | 2 | 1.00 | 1.00 | 2/2 | body 2/2 |" in table
