"""Bodies at a glance: one small picture each, on one scale, of the same parts on every page that shows them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from disruptions.choices import FourP
from disruptions.measures.queries import together
from disruptions.standpoint.queries import Standpoint
from forces.models import Organisation
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import PUBLISHED
from soc_tracker.core.reports.pictures import Bar, Picture, Pictures, draw, swatch
from soc_tracker.core.reports.report import listing, several
from soc_tracker.core.text.days import years_after
from soc_tracker.dashboards.glance.queries import Quarter, Standing
from soc_tracker.dashboards.published.queries import Held, OpenItem
from soc_tracker.dashboards.words import WHOLE_REGION, bodies_in_words

QUARTER_COLUMNS = (
    Column("body", "Body", lambda row: row.body.short_name, lambda row: row.body.get_absolute_url()),
    Column("quarter", "Quarter", lambda row: row.name),
    *(
        Column(
            four_p.value,
            str(four_p.label),
            lambda row, place=place: row.numbers[place] if row.numbers else row.standing.value,
            numeric=True,
        )
        for place, four_p in enumerate(FourP)
    ),
    Column("all", "All", lambda row: row.n if row.numbers else row.standing.value, numeric=True),
    Column(
        "not_assessed",
        "Not yet assessed, not in All",
        lambda row: row.counts.not_assessed if row.counts else row.standing.value,
        numeric=True,
    ),
    Column("standing", "How complete", lambda row: row.standing.value),
)


def quarters_chart(quarters: Sequence[Quarter], standpoint: Standpoint, urls: dict[int, str]) -> Pictures:
    """Lead disruptions by 4P and quarter, one picture a body; ``urls`` lead from each to its record."""
    by_organisation: dict[Organisation, list[Quarter]] = {}
    for quarter in quarters:
        by_organisation.setdefault(quarter.body, []).append(quarter)
    most = max((quarter.n for quarter in quarters), default=0)
    return Pictures(
        slug="quarters",
        title="Lead disruptions by 4P and quarter",
        sentence=quarters_in_words(quarters, len(by_organisation)),
        kind_of_data=str(standpoint.kind),
        columns=QUARTER_COLUMNS,
        rows=tuple(quarters),
        pictures=tuple(
            picture_of_quarters(body, rows, most, urls.get(body.pk, "")) for body, rows in by_organisation.items()
        ),
        key=(
            *((str(four_p.label), swatch(place, key=f"key-{four_p}")) for place, four_p in enumerate(FourP)),
            ("not complete", swatch(0, key="key-incomplete", complete=False)),
            ("not loaded", swatch(None, key="key-unknown")),
        ),
    )


def picture_of_quarters(body: Organisation, rows: Sequence[Quarter], most: int, url: str) -> Picture:
    """What it draws and what it says are the same."""
    if rows[0].standing == Standing.OUTSIDE:
        return Picture(body.short_name, url, None, "Outside your reach.")
    if not any(row.n for row in rows):
        return Picture(body.short_name, url, None, "No records in these quarters.")
    numbers = listing([f"{row.n:,} in {row.name}" for row in rows if row.numbers])
    apart = ", ".join(f"{row.name} {row.standing}" for row in rows if row.standing != Standing.COMPLETE)
    words = f"{body.short_name}: {numbers}{'; ' if apart else ''}{apart}"
    bars = [Bar(row.name, row.numbers, complete=row.standing == Standing.COMPLETE) for row in rows]
    return Picture(body.short_name, url, draw(bars, key=f"quarters-{body.slug}", most=most, words=words))


WHOLE_OR_OUTSIDE = (Standing.COMPLETE, Standing.OUTSIDE)


def quarters_in_words(quarters: Sequence[Quarter], number: int) -> str:
    seen = {row.body for row in quarters if row.standing != Standing.OUTSIDE}
    outside = f" {bodies_in_words(number - len(seen))} outside your reach." if len(seen) < number else ""
    if quarters and not seen:
        return "What is on record of it is outside your reach."
    total = sum(row.n for row in quarters)
    if not total:
        return f"No lead disruptions are on record here in these quarters. That is not the same as none.{outside}"
    span = f"from {quarters[0].name} to {quarters[-1].name}"
    apart = dict.fromkeys(f"{row.name} is {row.standing}" for row in quarters if row.standing not in WHOLE_OR_OUTSIDE)
    ending = f" {listing(list(apart))}." if apart else ""
    if beside := together(row.counts for row in quarters if row.counts).beside:
        ending = f"{ending} {beside}"
    return f"{several(total, 'lead disruption')} by {bodies_in_words(len(seen))} {span}, on one scale.{ending}{outside}"


# What is not closed, by how long ago it was published.


NOT_STATED = "not stated"
AGES = ("under 1 year", "1 year", "2 years", "3 years or more", NOT_STATED)
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
    items: Iterable[OpenItem],
    bodies: Sequence[Organisation],
    urls: dict[int | None, str],
    today: date,
    gaps: Mapping[Organisation, Held],
) -> Pictures:
    """What must change and is not closed, by how long ago it was published: one picture a body, or why there is none:
    ``gaps`` are those of which no finding is held though some may have been made.
    """
    numbers, late = Counter[tuple[int | None, int]](), Counter[tuple[int | None, int]]()
    for item in items:
        key, day = item.body.pk if item.body else None, item.published_on
        age = sum(years_after(day, years) <= today for years in (1, 2, 3)) if day else AGES.index(NOT_STATED)
        numbers[key, age] += 1
        late[key, age] += item.overdue
    subjects: list[tuple[int | None, str, str]] = [(body.pk, body.short_name, body.slug) for body in bodies]
    if any(key is None for key, _ in numbers):
        subjects.insert(0, (None, WHOLE_REGION, "region"))
    rows = {
        slug: [
            AgeRow(name, urls.get(key, ""), words, numbers[key, age], late[key, age]) for age, words in enumerate(AGES)
        ]
        for key, name, slug in subjects
    }
    every = [row for ages in rows.values() for row in ages]
    total, overdue = sum(row.items for row in every), sum(row.overdue for row in every)
    most = max((row.items for row in every), default=0)
    why = {body.slug: f"{capfirst(held.value)}." for body, held in gaps.items()}
    nothing = "No open item is held here." if gaps else "Nothing that must change is open here."
    sentence = f"{several(total, 'item')} not closed: recommendations, areas for improvement and causes of concern."
    return Pictures(
        slug="open-items",
        title="What is not closed, by years since publication",
        sentence=f"{sentence} {overdue:,} of them overdue." if total else nothing,
        kind_of_data=PUBLISHED,
        columns=AGE_COLUMNS,
        rows=tuple(row for row in every if row.items),
        pictures=tuple(
            picture_of_ages(slug, ages, most, why.get(slug, "Nothing open.")) for slug, ages in rows.items()
        ),
        key=(("overdue", swatch(0, key="key-overdue")), ("not known to be overdue", swatch(1, key="key-open"))),
    )


def picture_of_ages(slug: str, ages: Sequence[AgeRow], most: int, nothing: str) -> Picture:
    """The last column, of items whose day is not stated, is left out where there is none; without any item it says
    ``nothing``.
    """
    name, url = ages[0].name, ages[0].url
    parts = [f"{row.items} {row.age}" for row in ages if row.items]
    if not parts:
        return Picture(name, url, None, nothing)
    words = f"{name}: {listing(parts)} since publication; {sum(row.overdue for row in ages)} overdue"
    drawn = list(zip(SHORT_AGES, ages, strict=True))[: len(AGES) if ages[-1].items else -1]
    bars = [Bar(short, (row.overdue, row.items - row.overdue)) for short, row in drawn]
    return Picture(name, url, draw(bars, key=f"open-{slug}", most=most, words=words))
