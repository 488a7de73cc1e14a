"""The rows of a file understood, chunk by chunk and column by column, the good ones passed on to the database.

What is wrong with a row goes to the table of faults at once, so that no list grows with the file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from operator import lt
from typing import Any

from django.db.models import Choices
from django.utils.text import slugify

from disruptions.choices import Involvement
from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS, Described, Kind
from disruptions.loading.queries import refuse, staged_disruptions, staged_threats
from disruptions.record.models import Disruption
from disruptions.threats.models import CrimeType, MorileAssessment
from forces.choices import OrganisationKind
from forces.models import Alias, LocalPolicingArea, Organisation, normalise
from forces.queries import Lineage, get_lineage
from soc_tracker.core.imports.cells import Cell, Field, as_text, parse_text
from soc_tracker.core.imports.outcome import Progress
from soc_tracker.core.imports.parsers import (
    EXPECTED_DAY,
    one_of,
    optional,
    parse_choice,
    parse_day,
    parse_number,
    parse_yes_no,
)
from soc_tracker.core.imports.reader import Reader, Rule, Values
from soc_tracker.core.text.clean import clean_code
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.folding import BETWEEN, fold_all, folded_fields

Understood = tuple[Callable[[Cell], Any], str]
"""A parser, and what it understands in words."""
MOST_NEW_CRIME_TYPES = 100  # of one file; a column with more of them holds something else
LONGEST_CRIME_TYPE = int(CrimeType._meta.get_field("name").max_length or 0)
HIGHEST_SCORE = Decimal("9999999.99")
UNDERSTAND_NOTHING = (Kind.AREA, Kind.CRIME_TYPE, Kind.CRIME_TYPES)
"""Kinds whose readers take empty cells as they are."""


class Organisations:
    """Every name by which an organisation is known. Keys are texts, as they go to the database."""

    expected = "the name of a police force, regional unit or agency on record"

    def __init__(self) -> None:
        self.keys = {name: str(pk) for name, pk in Alias.objects.values_list("normalised", "organisation")}
        forces = Organisation.objects.filter(kind=OrganisationKind.FORCE)
        self.forces = {str(pk) for pk in forces.values_list("pk", flat=True)}

    @cached_property
    def of_days(self) -> "BodiesOfDays":
        return BodiesOfDays(get_lineage())

    def key(self, value: Cell) -> str:
        """Raises ValueError for a name of nobody."""
        try:
            return self.keys[normalise(as_text(value))]
        except KeyError as error:
            raise ValueError(value) from error


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
        if slug not in self.keys:
            if not slug or len(name) > LONGEST_CRIME_TYPE or len(self.new) >= MOST_NEW_CRIME_TYPES:
                raise ValueError(name)
            number = -1 - len(self.new)
            self.new[number] = name
            self.keys[slug] = str(number)
        return self.keys[slug]

    def keys_of(self, value: Cell) -> str:
        """The keys of several names with semicolons between them. Raises ValueError as ``key`` does."""
        keys = {self.key(name) for name in as_text(value).split(";")}
        return ",".join(sorted(key for key in keys if key))


class Names:
    """Names in files and the records they stand for, read once so that no row asks the database.

    ``areas`` are the keys of areas by their organisation and name. ``readers`` say how the cells of a kind of column
    are understood, whatever the column.
    """

    def __init__(self) -> None:
        self.organisations, self.crime_types = Organisations(), CrimeTypes()
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
            Kind.DAY: (lambda cell: parse_day(cell).isoformat(), EXPECTED_DAY),
            Kind.SCORE: (lambda cell: str(score(cell)), "a number with at most two decimals"),
        }


def understood(column: Described, names: Names) -> Understood:
    """How a cell of the column becomes what the database takes: texts, so that days compare as they are."""
    if column.kind in (Kind.REFERENCE, Kind.THREAT):
        return parse_text(column.longest, clean=clean_code), f"a reference of at most {column.longest} characters"
    if column.kind is Kind.TEXT:
        expected = f"text of at most {column.longest} characters" if column.longest else "text"
        return parse_text(column.longest, required=not column.may_be_empty), expected
    if column.kind is Kind.CHOICE:
        words = one_of(choice for choice in column.choices if choice is not column.blank)
        parse, expected = value_of(column.choices, column.synonyms), column.expected or words
    else:
        parse, expected = names.readers[column.kind]
    if not column.may_be_empty or column.kind in UNDERSTAND_NOTHING:
        return parse, expected
    if column.blank is None:
        return optional(parse), f"{expected}, or nothing"
    blank = str(column.blank.value)
    return optional(parse, blank=blank), f"{expected}, or nothing where it is {column.blank.label.lower()}"


def value_of(choices: type[Choices], synonyms: Mapping[str, Any] | None = None) -> Callable[[Cell], str]:
    """A parser of one of the choices."""
    parse = parse_choice(choices, synonyms)
    return lambda cell: str(parse(cell).value)


def fields_of(columns: Iterable[Described], names: Names) -> list[Field]:
    """The columns as files have them."""
    fields = []
    for column in columns:
        usual, *others = column.files
        fields.append(Field(column.name, usual, tuple(others), *understood(column, names), required=column.required))
    return fields


def up_to(last: date, key: str) -> Rule:
    """No day of a column is after the last."""
    end = last.isoformat()

    def broken(values: Values) -> list[int]:
        column = values[key]
        if max(filter(None, column), default="") <= end:
            return []
        return [at for at, day in enumerate(column) if day and day > end]

    return Rule(key, f"a day up to {in_words(last)}", broken)


@dataclass(frozen=True)
class Form:
    """What a kind of file holds: its columns, its rules, and where the values of good rows go."""

    fields: Sequence[Field]
    rules: Sequence[Rule]
    stage: Callable[[Sequence[int], Values], None]


AT_A_TIME, MOST_BYTES = 10_000, 4 << 20
"""Good rows that go to the database together, and how much of the file they may come from."""


def stage_rows(reader: Reader, form: Form, progress: Progress) -> None:
    """Pass on the good rows of a file, many at a time, and keep the faults of the others."""
    lines: list[int] = []
    values: Values = defaultdict(list)
    staged_until = 0
    for piece in reader.pieces(progress):
        refuse(piece.refusals())
        good, columns = piece.good()
        lines.extend(good)
        for key, column in columns.items():
            values[key].extend(column)
        if len(lines) >= AT_A_TIME or reader.sheet.position - staged_until >= MOST_BYTES:
            form.stage(lines, values)
            lines, values, staged_until = [], defaultdict(list), reader.sheet.position
    if lines:
        form.stage(lines, values)


# The form of a file of disruptions.


def disruption_form(names: Names, last: date) -> Form:
    """What a file of disruptions holds, taken from the national database on the day ``last`` or earlier."""
    forces = names.organisations.forces

    def support_by_force(values: Values) -> list[int]:
        pairs = enumerate(zip(values["involvement"], values["organisation"], strict=True))
        return [at for at, (how, body) in pairs if how == Involvement.SUPPORT and body in forces]

    def lead_for_others(values: Values) -> list[int]:
        pairs = enumerate(zip(values["involvement"], values["supported"], strict=True))
        return [at for at, (how, body) in pairs if body and how == Involvement.LEAD]

    def added_early(values: Values) -> list[int]:
        early = list(map(lt, values["added_date"], values["activity_date"]))
        return [at for at, is_early in enumerate(early) if is_early] if True in early else []

    of_days = names.organisations.of_days

    def several(key: str) -> Callable[[Values], list[int]]:
        def broken(values: Values) -> list[int]:
            bodies = of_days.on_days(values[key], values["activity_date"])
            return [at for at, body in enumerate(bodies) if body is None and values[key][at]]

        return broken

    rules = (
        *(up_to(last, column.name) for column in DISRUPTION_COLUMNS if column.kind is Kind.DAY),
        *(
            Rule(key, "a body of that day: this one had become several", several(key), needs=("activity_date",))
            for key in ("organisation", "supported")
        ),
        Rule("added_date", "a day not before that of the activity", added_early),
        Rule("involvement", "lead: only regional units and national agencies support", support_by_force),
        Rule("supported", "nothing: a lead disruption is carried out for nobody else", lead_for_others),
    )
    return Form(fields_of(DISRUPTION_COLUMNS, names), rules, partial(stage, of_days))


def stage(of_days: BodiesOfDays, lines: Sequence[int], values: Values) -> None:
    """Pass good rows on, with the bodies of their days; what the file has no column for is empty."""
    bodies: dict[str, list[Any]] = {
        key: of_days.on_days(values[key], values["activity_date"])
        for key in ("organisation", "supported")
        if key in values
    }
    values = {**values, **bodies}
    nothing = {kind: [""] * len(lines) if kind is Kind.TEXT else [None] * len(lines) for kind in Kind}
    columns = {column.name: values.get(column.name, nothing[column.kind]) for column in DISRUPTION_COLUMNS}
    [folded] = folded_fields(Disruption)
    texts = zip(*(fold_all(columns[source]) for source in folded.sources), strict=True)
    staged = {column.staged: columns[column.name] for column in DISRUPTION_COLUMNS}
    words = [BETWEEN.join(filter(None, each)) for each in texts]
    staged_disruptions().add({"line": lines, **staged, "folded": words})


# The form of a file of threats.


def threat_form(names: Names, last: date) -> Form:
    """What a file of threats holds, taken from the national database on the day ``last`` or earlier."""
    areas = names.areas

    def moderated_early(values: Values) -> list[int]:
        days = enumerate(zip(values["assessed_on"], values["moderated_on"], strict=True))
        return [at for at, (assessed, moderated) in days if assessed and moderated and moderated < assessed]

    def elsewhere(values: Values) -> list[int]:
        pairs = enumerate(zip(values["organisation"], values["area"], strict=True))
        return [at for at, (body, area) in pairs if body and area and (body, normalise(area)) not in areas]

    def undated(key: str) -> Callable[[Values], list[int]]:
        def broken(values: Values) -> list[int]:
            days = values.get("assessed_on") or [None] * len(values[key])
            pairs = enumerate(zip(values[key], days, strict=True))
            return [at for at, (value, day) in pairs if value and day in (None, "")]

        return broken

    def stage(lines: Sequence[int], values: Values) -> None:
        """Pass good rows on, areas by their keys; what the file has no column for is empty."""
        nothing = [None] * len(lines)
        columns = {column.staged: values.get(column.name, nothing) for column in THREAT_COLUMNS}
        named = zip(values["organisation"], values.get("area", nothing), strict=True)
        columns["area_id"] = [areas.get((body, normalise(area))) if area else None for body, area in named]
        staged_threats().add({"line": list(lines), **columns})

    assessment = [column.name for column in THREAT_COLUMNS if column.model is MorileAssessment]
    rules = (
        *(up_to(last, column.name) for column in THREAT_COLUMNS if column.kind is Kind.DAY),
        Rule("moderated_on", "a day not before that of the assessment", moderated_early, needs=("assessed_on",)),
        Rule("area", "a local policing area of that organisation on record, or nothing", elsewhere),
        *(
            Rule(key, "nothing, or the day of the assessment in its own column", undated(key))
            for key in assessment
            if key != "assessed_on"
        ),
    )
    return Form(fields_of(THREAT_COLUMNS, names), rules, stage)
