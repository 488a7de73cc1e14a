"""Bodies at a glance: one small picture each, on one scale, of the same parts on every page that shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from disruptions.choices import FourP
from disruptions.standpoint.queries import Standpoint
from forces.models import Organisation
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import PUBLISHED
from soc_tracker.core.reports.pictures import Bar, Picture, Pictures, draw, swatch
from soc_tracker.core.text.days import years_after
from soc_tracker.dashboards.glance.queries import Quarter, Standing
from soc_tracker.dashboards.published.queries import OpenItem, by_body
from soc_tracker.dashboards.words import WHOLE_REGION, bodies_in_words, listing, several


def _four_p(four_p: FourP) -> Column:
    return Column(
        four_p.value,
        str(four_p.label),
        lambda row: row.counts.of_four_p(four_p) if row.counts else Standing.NOT_LOADED,
        numeric=True,
    )


QUARTER_COLUMNS = (
    Column("body", "Body", lambda row: row.body.short_name, lambda row: row.body.get_absolute_url()),
    Column("quarter", "Quarter", lambda row: row.name),
    *(_four_p(four_p) for four_p in FourP),
    Column("all", "All", lambda row: row.counts.n if row.counts else Standing.NOT_LOADED, numeric=True),
    Column("standing", "How complete", lambda row: row.standing.value),
)


def quarters_chart(quarters: Sequence[Quarter], standpoint: Standpoint, urls: dict[int, str]) -> Pictures:
    """Lead disruptions by 4P and quarter, one picture a body; ``urls`` lead from each to its record."""
    by_organisation: dict[Organisation, list[Quarter]] = {}
    for quarter in quarters:
        by_organisation.setdefault(quarter.body, []).append(quarter)
    most = max((quarter.counts.n for quarter in quarters if quarter.counts), default=0)
    return Pictures(
        slug="quarters",
        title="Lead disruptions by 4P and quarter",
        sentence=_quarters_in_words(quarters, len(by_organisation)),
        kind_of_data=str(standpoint.kind),
        columns=QUARTER_COLUMNS,
        rows=tuple(quarters),
        pictures=tuple(
            _picture_of_quarters(body, rows, most, urls.get(body.pk, "")) for body, rows in by_organisation.items()
        ),
        key=(
            *((str(four_p.label), swatch(place, key=f"key-{four_p}")) for place, four_p in enumerate(FourP)),
            ("not complete", swatch(0, key="key-incomplete", complete=False)),
            ("not loaded", swatch(None, key="key-unknown")),
        ),
    )


def _picture_of_quarters(body: Organisation, rows: Sequence[Quarter], most: int, url: str) -> Picture:
    known = [row for row in rows if row.counts]
    numbers = listing([f"{row.counts.n:,} in {row.name}" for row in known if row.counts])
    apart = [f"{row.name} {row.standing}" for row in rows if row.standing != Standing.COMPLETE]
    words = f"{body.short_name}: {numbers or 'no records'}{'; ' if apart else ''}{', '.join(apart)}"
    if not any(row.counts.n for row in known if row.counts):
        return Picture(body.short_name, url, None, "No records in these quarters.")
    bars = [
        Bar(
            name=row.name,
            parts=tuple(row.counts.of_four_p(four_p) for four_p in FourP) if row.counts else None,
            complete=row.standing == Standing.COMPLETE,
        )
        for row in rows
    ]
    return Picture(body.short_name, url, draw(bars, key=f"quarters-{body.slug}", most=most, words=words))


def _quarters_in_words(quarters: Sequence[Quarter], number: int) -> str:
    known = [row for row in quarters if row.counts]
    total = sum(row.counts.n for row in known if row.counts)
    if not total:
        return "No lead disruptions are on record here in these quarters. That is not the same as none."
    names = list(dict.fromkeys(row.name for row in quarters))
    apart = dict.fromkeys(f"{row.name} is {row.standing}" for row in quarters if row.standing != Standing.COMPLETE)
    span = f"from {names[0]} to {names[-1]}"
    ending = f" {listing(list(apart))}." if apart else ""
    return f"{several(total, 'lead disruption')} by {bodies_in_words(number)} {span}, on one scale.{ending}"


AGES = ("under 1 year", "1 year", "2 years", "3 years or more", "not stated")
"""Since publication, in full years."""
SHORT_AGES = ("<1", "1", "2", "3+ years", "?")


@dataclass(frozen=True)
class AgeRow:
    """How many open items of one body were published so long ago, and how many of them are overdue."""

    name: str
    url: str
    age: str
    items: int
    overdue: int


AGE_COLUMNS = (
    Column("body", "Body", lambda row: row.name, lambda row: row.url),
    Column("age", "Since publication", lambda row: row.age),
    Column("overdue", "Overdue", lambda row: row.overdue, numeric=True),
    Column("items", "All that is not closed", lambda row: row.items, numeric=True),
)


def open_items_chart(
    items: Iterable[OpenItem], bodies: Sequence[Organisation], urls: dict[int | None, str], today: date
) -> Pictures:
    """What must change and is not closed, by how long ago it was published: one picture a body."""
    grouped = by_body(items)
    subjects: list[tuple[int | None, str, str]] = [(body.pk, body.short_name, body.slug) for body in bodies]
    if None in grouped:
        subjects.insert(0, (None, WHOLE_REGION, "region"))
    counts = {key: _by_age(grouped.get(key, []), today) for key, _, _ in subjects}
    most = max((items for ages in counts.values() for items, _ in ages), default=0)
    total = sum(items for ages in counts.values() for items, _ in ages)
    overdue = sum(late for ages in counts.values() for _, late in ages)
    sentence = f"{several(total, 'item')} not closed: recommendations, areas for improvement and causes of concern."
    return Pictures(
        slug="open-items",
        title="What is not closed, by years since publication",
        sentence=f"{sentence} {overdue:,} of them overdue." if total else "Nothing that must change is open here.",
        kind_of_data=PUBLISHED,
        columns=AGE_COLUMNS,
        rows=tuple(
            AgeRow(name, urls.get(key, ""), age, number, late)
            for key, name, _ in subjects
            for age, (number, late) in zip(AGES, counts[key], strict=True)
            if number
        ),
        pictures=tuple(
            _picture_of_ages(name, slug, counts[key], most, urls.get(key, "")) for key, name, slug in subjects
        ),
        key=(("overdue", swatch(0, key="key-overdue")), ("not known to be overdue", swatch(1, key="key-open"))),
    )


def _by_age(items: Iterable[OpenItem], today: date) -> list[tuple[int, int]]:
    """Of each age how many there are, and how many of these are overdue."""
    ages = [[0, 0] for _ in AGES]
    for item in items:
        place = len(AGES) - 1
        if item.published_on:
            years = sum(years_after(item.published_on, number) <= today for number in (1, 2, 3))
            place = years
        ages[place][0] += 1
        ages[place][1] += item.overdue
    return [(number, late) for number, late in ages]


def _picture_of_ages(name: str, slug: str, ages: Sequence[tuple[int, int]], most: int, url: str) -> Picture:
    parts = [f"{number} {age}" for age, (number, _) in zip(AGES, ages, strict=True) if number]
    overdue = sum(late for _, late in ages)
    if not parts:
        return Picture(name, url, None, "Nothing open.")
    words = f"{name}: {listing(parts)} since publication; {overdue} overdue"
    shown = len(AGES) if ages[-1][0] else len(AGES) - 1
    bars = [
        Bar(name=short, parts=(late, number - late))
        for short, (number, late) in zip(SHORT_AGES[:shown], ages[:shown], strict=True)
    ]
    return Picture(name, url, draw(bars, key=f"open-{slug}", most=most, words=words))
