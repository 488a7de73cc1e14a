"""The rows of a file understood, chunk by chunk and column by column, the good ones passed on to the database.

What is wrong with a row goes to the table of faults at once, so that no list grows with the file.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Any

from django.db.models import TextChoices
from django.utils.text import slugify

from disruptions.loading.staging.queries import refuse
from disruptions.record.models import Disruption
from disruptions.threats.models import CrimeType
from forces.choices import OrganisationKind
from forces.models import Alias, LocalPolicingArea, Organisation, normalise
from soc_tracker.core.imports.cells import Cell, Chunk, Fault, Field, Match, Memo, as_text, match, parse_text, shown
from soc_tracker.core.imports.outcome import Progress, Refusal
from soc_tracker.core.imports.parsers import parse_choice, parse_day
from soc_tracker.core.imports.sheet import Sheet
from soc_tracker.core.text.clean import clean_code
from soc_tracker.core.text.days import Precision, in_words

Values = dict[str, list[Any]]
Located = tuple[int, Fault]  # a row of a chunk, and what is wrong with it


class _Unknown:
    """Stands for a value that was not understood: no rule finds it too early, too late, or the same as another."""

    def __lt__(self, other: object) -> bool:
        return False

    __gt__ = __lt__

    def __bool__(self) -> bool:
        return False


UNKNOWN = _Unknown()
AT_A_TIME, MOST_BYTES = 10_000, 4 << 20
"""Good rows that go to the database together, and how much of the file they may come from."""


@dataclass(frozen=True)
class Rule:
    """What a value must be, given the others of its row. ``broken`` finds the rows of a chunk that break it.

    It is left out where the file lacks the column, or one of those that it ``needs`` besides.
    """

    key: str
    expected: str
    broken: Callable[[Values], Iterable[int]]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """What a kind of file holds: its columns, its rules, and where the values of good rows go."""

    fields: Sequence[Field]
    rules: Sequence[Rule]
    stage: Callable[[Sequence[int], Values], None]


class Reader:
    """Reads a sheet once."""

    def __init__(self, sheet: Sheet, form: Form) -> None:
        """Raises UnreadableFileError when a heading is missing."""
        self.sheet, self.form = sheet, form
        self.match: Match = match(sheet.headings, form.fields)
        self.headings = {key: sheet.headings[place] for key, place in self.match.places.items()}
        self.memos = {
            field.key: Memo(field, self.headings[field.key]) for field in form.fields if field.key in self.headings
        }
        self.lines: list[int] = []
        self.values: Values = defaultdict(list)
        self.passed_on = 0
        self.rules = [rule for rule in form.rules if self.headings.keys() >= {rule.key, *rule.needs}]

    def read(self, progress: Progress) -> None:
        """Pass on the good rows and keep the faults of the others."""
        for chunk in self.sheet.chunks():
            self._take(chunk)
            if len(self.lines) >= AT_A_TIME or self.sheet.position - self.passed_on >= MOST_BYTES:
                self._pass_on()
            progress(self.sheet.position, self.sheet.size)
        self._pass_on()

    def _take(self, chunk: Chunk) -> None:
        places, lines = self.match.places, chunk.lines
        values: Values = {key: memo.column(chunk.columns[places[key]]) for key, memo in self.memos.items()}
        faults = [*self._too_long(chunk), *self._misread(values), *self._against_rules(chunk, values)]
        if faults:
            references = values["reference"]
            refuse([Refusal(lines[at], str(references[at] or ""), *fault) for at, fault in faults])
            bad = {at for at, _ in faults}
            good = [at not in bad for at in range(len(lines))]
            lines = list(compress(lines, good))
            values = {key: list(compress(column, good)) for key, column in values.items()}
        self.lines.extend(lines)
        for key, column in values.items():
            self.values[key].extend(column)

    def _pass_on(self) -> None:
        """Give the database what has come together: few large pieces go quicker than many small ones."""
        if self.lines:
            self.form.stage(self.lines, self.values)
        self.lines, self.values, self.passed_on = [], defaultdict(list), self.sheet.position

    def _too_long(self, chunk: Chunk) -> Iterator[Located]:
        if chunk.faults:
            places = {line: at for at, line in enumerate(chunk.lines)}
            yield from ((places[line], fault) for line, fault in chunk.faults.items())

    def _misread(self, values: Values) -> Iterator[Located]:
        """The values that were not understood; nothing is left in their place."""
        for key, memo in self.memos.items():
            if not memo.faulty:
                continue
            column = values[key]
            for at, value in enumerate(column):
                if type(value) is Fault:
                    column[at] = UNKNOWN
                    yield at, value

    def _against_rules(self, chunk: Chunk, values: Values) -> Iterator[Located]:
        for rule in self.rules:
            for at in rule.broken(values):
                said = shown(chunk.columns[self.match.places[rule.key]][at])
                yield at, Fault(self.headings[rule.key], said, rule.expected)


# Cells as the database takes them: every value is text, so that days compare as they are.


Understood = tuple[Callable[[Cell], Any], str]
"""A parser, and what it understands in words."""

LONGEST_REFERENCE = Disruption._meta.get_field("reference").max_length
REFERENCE: Understood = (
    parse_text(LONGEST_REFERENCE, clean=clean_code),
    f"a reference of at most {LONGEST_REFERENCE} characters",
)


def fields_of(
    headings: Mapping[str, tuple[str, ...]], parsers: Mapping[str, Understood], may_lack: Collection[str]
) -> list[Field]:
    """The columns of a file, from their names (the usual one first) and what their cells hold."""
    return [
        Field(key, heading, tuple(synonyms), *parsers[key], required=key not in may_lack)
        for key, (heading, *synonyms) in headings.items()
    ]


def up_to(last: date, key: str) -> Rule:
    """No day of a column is after the last."""
    end = last.isoformat()
    return Rule(
        key,
        f"a day up to {in_words(last, Precision.DAY)}",
        lambda values: [at for at, day in enumerate(values[key]) if day and day > end],
    )


def iso_day(cell: Cell) -> str:
    return parse_day(cell).isoformat()


def value_of(choices: type[TextChoices], synonyms: Mapping[str, TextChoices] | None = None) -> Callable[[Cell], str]:
    """A parser of one of the choices."""
    parse = parse_choice(choices, synonyms)
    return lambda cell: str(parse(cell).value)


# Names in files and the records they stand for, read once so that no row asks the database.


MOST_NEW_CRIME_TYPES = 100  # of one file; a column with more of them holds something else
LONGEST_CRIME_TYPE = CrimeType._meta.get_field("name").max_length


class Organisations:
    """Every name by which an organisation is known. Keys are texts, as they go to the database."""

    expected = "the name of a police force, regional unit or agency on record"

    def __init__(self) -> None:
        self.keys = {name: str(pk) for name, pk in Alias.objects.values_list("normalised", "organisation")}
        forces = Organisation.objects.filter(kind=OrganisationKind.FORCE)
        self.forces = {str(pk) for pk in forces.values_list("pk", flat=True)}

    def key(self, value: Cell) -> str:
        """Raises ValueError for a name of nobody."""
        try:
            return self.keys[normalise(as_text(value))]
        except KeyError as error:
            raise ValueError(value) from error


class CrimeTypes:
    """Crime types by name. A new name gets a number below 0, by which its rows know it until it is on record."""

    expected = (
        f"a crime type of at most {LONGEST_CRIME_TYPE} characters; the file may bring {MOST_NEW_CRIME_TYPES} new ones"
    )

    def __init__(self) -> None:
        self.keys = {slug: str(pk) for slug, pk in CrimeType.objects.values_list("slug", "pk")}
        self.new: dict[int, str] = {}

    def key(self, value: Cell) -> str | None:
        """None for nothing. Raises ValueError for what cannot be a crime type."""
        name = " ".join(as_text(value).split())
        if not name:
            return None
        slug = slugify(name)
        return self.keys.get(slug) or self._added(name, slug)

    def keys_of(self, value: Cell) -> str:
        """The keys of several names with semicolons between them. Raises ValueError as ``key`` does."""
        keys = {self.key(name) for name in as_text(value).split(";")}
        return ",".join(sorted(key for key in keys if key))

    def _added(self, name: str, slug: str) -> str:
        if not slug or len(name) > LONGEST_CRIME_TYPE or len(self.new) >= MOST_NEW_CRIME_TYPES:
            raise ValueError(name)
        number = -1 - len(self.new)
        self.new[number] = name
        self.keys[slug] = str(number)
        return self.keys[slug]


class Areas:
    """Local policing areas by their organisation and name."""

    def __init__(self) -> None:
        rows = LocalPolicingArea.objects.values_list("organisation", "name", "pk")
        self.keys = {(str(organisation), normalise(name)): str(pk) for organisation, name, pk in rows}

    def key(self, organisation: str, name: str) -> str | None:
        return self.keys.get((organisation, normalise(name)))
