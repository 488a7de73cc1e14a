"""Names in files and the records that they stand for: bodies, crime types, areas. Read once, so that no row asks.

A name of nobody is one problem however many rows have it: the nearest names are offered, and the rows are refused until
somebody has chosen. A new word of a vocabulary needs a yes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.text import slugify

from disruptions.choices import EARLIEST
from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS, Kind
from disruptions.threats.models import CrimeType
from forces.areas.models import LocalPolicingArea
from forces.choices import OrganisationKind
from forces.models import Alias, Organisation
from forces.queries import Lineage, get_lineage
from soc_tracker.core.imports.cells import Cell, as_text
from soc_tracker.core.imports.days import day_columns
from soc_tracker.core.imports.parsers import (
    RefusedCellError,
    is_failed,
    parse_number,
    parse_text,
    parse_yes_no,
    stands_for_nothing,
    without_notes,
)
from soc_tracker.core.imports.questions import NO_ANSWERS, Answers, Question, ask
from soc_tracker.core.reports.report import several
from soc_tracker.core.text.normal import normalise

Understood = tuple[Callable[[Cell], Any], str]
"""A parser, and what it understands in words."""
MOST_NEW_CRIME_TYPES = 100
"""Of one file; a column with more of them holds something else."""
MOST_LOOKED_AT, MOST_QUESTIONS, MOST_NEAR = 200, 20, 3
"""Names for which others are looked up, that are asked about, and that are offered for each."""
ALIKE, ALIKE_WHOLE = 70, 82
"""Of 100: from here on one name may be meant by another; whole names share the words that every force has."""
LONGEST_CRIME_TYPE = int(CrimeType._meta.get_field("name").max_length or 0)
HIGHEST_SCORE = Decimal("9999999.99")
OF_EVERY_FORCE = {"police", "constabulary", "heddlu", "the", "force", "service"}
"""Words of the names of forces that do not tell one from another."""


def nearest(name: str, names: Mapping[str, Any], alike: int) -> list[tuple[float, Any]]:
    """What those names stand for that are spelt most like one, each with its likeness of 100."""
    from rapidfuzz import fuzz, process  # here: few files need it

    near = process.extract(name, list(names), scorer=fuzz.token_sort_ratio, score_cutoff=alike, limit=4 * MOST_NEAR)
    return [(likeness, names[each]) for each, likeness, _ in near if names[each]]


def likeliest(near: Iterable[tuple[float, Any]]) -> list[Any]:
    """The few most alike, each once."""
    return list(dict.fromkeys(key for _, key in sorted(near, key=lambda each: -each[0])))[:MOST_NEAR]


def quoted(names: Iterable[str]) -> str:
    return " or ".join(f"“{name}”" for name in names)


class Organisations:
    """Every name by which an organisation is known. Keys are texts, as they go to the database.

    Behind a name, the marks of notes are passed over, and "Police" or "Constabulary" is what every force is.
    """

    expected = "the name of a police force, regional unit or agency on record"

    def __init__(self, answers: Answers = NO_ANSWERS) -> None:
        aliases = list(Alias.objects.values_list("normalised", "organisation", "organisation__name"))
        self.answers = answers
        self.keys = {name: str(pk) for name, pk, _ in aliases}
        self.names = {str(pk): name for _, pk, name in aliases}
        self.cores: dict[str, str] = {}
        for name, key in self.keys.items():
            if self.cores.setdefault(core(name), key) != key:
                self.cores[core(name)] = ""  # of several
        self.read_as: dict[str, str] = {}
        self.unknown: dict[str, tuple[str, list[str]]] = {}
        forces = Organisation.objects.filter(kind=OrganisationKind.FORCE)
        self.forces = {str(pk) for pk in forces.values_list("pk", flat=True)}

    @cached_property
    def of_days(self) -> "BodiesOfDays":
        return BodiesOfDays(get_lineage())

    def key(self, value: Cell) -> str:
        """Raises ValueError for a name of nobody."""
        text = as_text(value).strip()
        name = normalise(text)
        if name in self.keys:
            return self.keys[name]
        plain = normalise(without_notes(text))
        key = self.keys.get(plain) or self.cores.get(core(plain))
        if not key:
            if not name or stands_for_nothing(text) or len(self.unknown) >= MOST_LOOKED_AT:
                raise ValueError(value)
            alike = nearest(core(plain), self.cores, ALIKE) + nearest(plain, self.keys, ALIKE_WHOLE)
            near = likeliest(alike)
            self.unknown[name] = text, near
            key = self.keys.get(self.answers.get(question_of(name), ""))
        if key:
            self.read_as[text] = key
            return key
        such = f", such as {quoted(self.names[key] for key in near)}" if near else ""
        raise RefusedCellError(such, adds=True)

    def questions(self, heading: str, refused: Counter[str]) -> Iterator[Question]:
        """Of each name of nobody that is like others, once however many rows have it, which of them it is."""
        rows: Counter[str] = Counter()
        for text, count in refused.items():
            rows[normalise(text)] += count
        for name, (text, near) in sorted(self.unknown.items(), key=lambda one: -rows[one[0]])[:MOST_QUESTIONS]:
            if near:
                where = f"{heading} ({several(rows[name], 'row')})" if rows[name] else heading
                yield ask(
                    self.answers,
                    key=question_of(name),
                    text=f"“{text}” in {where} is the name of nobody on record. Who is it?",
                    choices=[(normalise(self.names[key]), self.names[key]) for key in near],
                    by_itself="None of these: the rows stay refused",
                    keeps_out=bool(rows[name]),
                )

    def notes(self, heading: str) -> list[str]:
        """Which names were read as another."""
        return [f"{heading}: “{text}” is read as {self.names[key]}." for text, key in sorted(self.read_as.items())]


def core(name: str) -> str:
    """A normalised name without what every force is."""
    return " ".join(word for word in name.split() if word not in OF_EVERY_FORCE) or name


def question_of(name: str) -> str:
    return f"body:{slugify(name)}"


class BodiesOfDays:
    """Which body a name stands for on the day of a row: one that was or became another leads to it."""

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage
        ends = [body for link in lineage.links for body in (link.predecessor, link.successor)]
        self.linked = {str(body.pk): body for body in ends}
        self.known: dict[tuple[str, str], str | None] = {}

    def on_day(self, key: str, day: str) -> str | None:
        """None where it was several by then."""
        if key not in self.linked:
            return key
        if (key, day) not in self.known:
            body = self.lineage.on_day(self.linked[key], date.fromisoformat(day))
            self.known[key, day] = str(body.pk) if body else None
        return self.known[key, day]

    def on_days(self, keys: list[Any], days: list[Any]) -> list[Any]:
        """As they are, where no body ever became another."""
        if not self.linked:
            return keys
        return [self.on_day(key, day) if key else key for key, day in zip(keys, days, strict=True)]


class CrimeTypes:
    """Crime types by name. A new one that somebody has said yes to gets a number below 0, by which its rows know it
    until it is on record. While none is on record there is nothing that a new one could be meant for: none is asked.
    """

    expected = f"a crime type of at most {LONGEST_CRIME_TYPE} characters that is on record"

    def __init__(self, answers: Answers = NO_ANSWERS) -> None:
        rows = list(CrimeType.objects.values_list("slug", "pk", "name"))
        self.answers = answers
        self.keys = {slug: str(pk) for slug, pk, _ in rows}
        self.names = {slug: name for slug, _, name in rows}
        self.in_doubt = NEW if not rows else ""
        self.new: dict[int, str] = {}
        self.unknown: dict[str, str] = {}

    def key(self, value: Cell) -> str | None:
        """None for nothing. Raises ValueError for what cannot be a crime type, or is a new one without a yes."""
        name = " ".join(as_text(value).split())
        if not name:
            return None
        slug = slugify(name)
        if slug in self.keys:
            return self.keys[slug]
        if not slug or len(name) > LONGEST_CRIME_TYPE or stands_for_nothing(name) or is_failed(name):
            raise ValueError(name)
        if len(self.unknown) < MOST_LOOKED_AT:
            self.unknown.setdefault(slug, name)
        answer = self.answers.get(f"crime_type:{slug}") or self.answers.get("crime_types", self.in_doubt)
        if answer in self.names:
            return self.keys[answer]
        if answer != NEW or len(self.new) >= MOST_NEW_CRIME_TYPES:
            near = self.near(slug)
            such = f", such as {quoted(self.names[each] for each in near)}" if near else ""
            raise RefusedCellError(f"{such}; a new one needs a yes", adds=True)
        number = -1 - len(self.new)
        self.new[number] = name
        self.keys[slug] = str(number)
        return self.keys[slug]

    def near(self, slug: str) -> list[str]:
        return likeliest(nearest(slug.replace("-", " "), {each.replace("-", " "): each for each in self.names}, ALIKE))

    def keys_of(self, value: Cell) -> str:
        """The keys of several names with semicolons between them. Raises ValueError as ``key`` does."""
        keys = {self.key(name) for name in as_text(value).split(";")}
        return ",".join(sorted(key for key in keys if key))

    def notes(self, heading: str) -> list[str]:
        """Which words were read as another."""
        answered = {name: self.answers.get(f"crime_type:{slug}", "") for slug, name in self.unknown.items()}
        return [
            f"{heading}: “{name}” is read as {self.names[slug]}."
            for name, slug in answered.items()
            if slug in self.names
        ]

    def questions(self, heading: str, refused: Counter[str]) -> Iterator[Question]:
        """Of each crime type that is not on record, whether it is new or which it is; of many, first of all of them."""
        if self.in_doubt == NEW:
            return
        if len(self.unknown) > 1:
            named = ", ".join(list(self.unknown.values())[:MOST_QUESTIONS])
            yield ask(
                self.answers,
                key="crime_types",
                text=f"{len(self.unknown)} crime types in {heading} are not on record: {named}. Are they new?",
                choices=[(NEW, "Yes, all of them, but for those that are answered otherwise below")],
                by_itself="No: each as it is answered below",
                keeps_out=bool(refused),
            )
        for slug, name in list(self.unknown.items())[:MOST_QUESTIONS]:
            count = sum(rows for cell, rows in refused.items() if slug in map(slugify, cell.split(";")))
            near = [(each, f"It is “{self.names[each]}”") for each in self.near(slug)]
            where = f"{heading} ({several(count, 'row')})" if count else heading
            yield ask(
                self.answers,
                key=f"crime_type:{slug}",
                text=f"“{name}” in {where} is no crime type on record. Which is it?",
                choices=[*near, (NEW, "It is a new crime type: add it")],
                by_itself="Neither: the rows stay refused" if count else "As is answered above",
                keeps_out=bool(count),
            )


NEW = "new"
"""The answer that a word is a new one."""


class Names:
    """Names in files and the records they stand for, read once so that no row asks the database.

    ``areas`` are the keys of areas by their organisation and name. ``readers`` say how the cells of a kind of column
    are understood, whatever the column; ``days`` reads those of each column, up to the ``last``.
    """

    def __init__(self, last: date, answers: Answers = NO_ANSWERS) -> None:
        self.last = last
        days = [column.name for column in (*DISRUPTION_COLUMNS, *THREAT_COLUMNS) if column.kind is Kind.DAY]
        self.days = day_columns(days, answers, first=EARLIEST, last=last)
        self.organisations, self.crime_types = Organisations(answers), CrimeTypes(answers)
        areas = LocalPolicingArea.objects.values_list("organisation", "name", "pk")
        self.areas = {(str(body), normalise(name)): str(pk) for body, name, pk in areas}
        score = parse_number(0, HIGHEST_SCORE, places=2)
        several = f"names with semicolons between them, each {self.crime_types.expected}"
        self.readers: dict[Kind, Understood] = {
            Kind.AREA: (parse_text(None, required=False), "text"),
            Kind.CRIME_TYPE: (self.crime_types.key, self.crime_types.expected),
            Kind.CRIME_TYPES: (self.crime_types.keys_of, several),
            Kind.FLAG: (lambda cell: "1" if parse_yes_no(cell) else "0", "yes or no"),
            Kind.BODY: (self.organisations.key, self.organisations.expected),
            Kind.SCORE: (lambda cell: str(score(cell)), "a number with at most two decimals"),
        }
