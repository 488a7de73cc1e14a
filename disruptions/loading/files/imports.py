"""The rows of a file understood, chunk by chunk and column by column, the good ones passed on to the database.

What is wrong with a row goes to the table of faults at once, so that no list grows with the file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import lt
from typing import Any

from django.db.models import Choices

from disruptions.choices import Involvement
from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS, Described, Kind
from disruptions.loading.disruptions.queries import staged_disruptions
from disruptions.loading.names.imports import BodiesOfDays, Names, Understood
from disruptions.loading.queries import note_numbers, refuse
from disruptions.loading.threats.queries import staged_threats
from disruptions.record.models import Disruption
from disruptions.threats.models import MorileAssessment
from soc_tracker.core.imports.cells import Cell, Field, Judge
from soc_tracker.core.imports.parsers import ReferenceParser, one_of, optional, parse_choice, parse_text
from soc_tracker.core.imports.reader import Progress, Reader, Rule, Values
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.normal import BETWEEN, fold_all, keys_of, normalise

FOLDED = Disruption._meta.get_field("folded").sources
UNDERSTAND_NOTHING = (Kind.AREA, Kind.CRIME_TYPE, Kind.CRIME_TYPES)
"""Kinds whose readers take empty cells as they are."""


def understood(column: Described, names: Names) -> Understood:
    """How a cell of the column becomes what the database takes: texts, so that days compare as they are."""
    if column.kind in (Kind.REFERENCE, Kind.THREAT):
        return ReferenceParser(column.longest), f"a reference of at most {column.longest} characters"
    if column.kind is Kind.TEXT:
        expected = f"text of at most {column.longest} characters" if column.longest else "text"
        return parse_text(column.longest, required=not column.may_be_empty), expected
    if column.kind is Kind.CHOICE:
        words = one_of(choice for choice in column.choices if choice is not column.blank)
        parse, expected = value_of(column.choices, column.synonyms), column.expected or words
    elif column.kind is Kind.DAY:
        parse, expected = names.days[column.name].iso, names.days[column.name].expected
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
    """The columns as files have them, each with what judges it as a whole."""
    fields = []
    judges: Mapping[Kind, Judge] = {
        Kind.BODY: names.organisations,
        Kind.CRIME_TYPE: names.crime_types,
        Kind.CRIME_TYPES: names.crime_types,
    }
    for column in columns:
        usual, *others = column.files
        judge = names.days.get(column.name) or judges.get(column.kind)
        read = understood(column, names)
        fields.append(Field(column.name, usual, tuple(others), *read, required=column.required, judge=judge))
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


def disruption_form(names: Names) -> Form:
    """What a file of disruptions holds, as the national database had them on the last day of ``names``, or earlier."""
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

    def several(key: str, values: Values) -> list[int]:
        bodies = of_days.on_days(values[key], values["activity_date"])
        return [at for at, body in enumerate(bodies) if body is None and values[key][at]]

    rules = (
        *(up_to(names.last, column.name) for column in DISRUPTION_COLUMNS if column.kind is Kind.DAY),
        *(
            Rule(
                key, "a body of that day: this one had become several", partial(several, key), needs=("activity_date",)
            )
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
    texts = zip(*(fold_all(columns[source]) for source in FOLDED), strict=True)
    staged = {column.staged: columns[column.name] for column in DISRUPTION_COLUMNS}
    words = [BETWEEN.join(filter(None, each)) for each in texts]
    keys, threats = keys_of(columns["reference"]), keys_of(columns["threat"])
    note_numbers(lines, columns["reference"], keys)
    more = {"folded": words, "reference_key": keys, "threat_key": threats}
    staged_disruptions().add({"line": lines, **staged, **more})


# The form of a file of threats.


def threat_form(names: Names) -> Form:
    """What a file of threats holds, as the national database had them on the last day of ``names``, or earlier."""
    areas = names.areas

    def moderated_early(values: Values) -> list[int]:
        days = enumerate(zip(values["assessed_on"], values["moderated_on"], strict=True))
        return [at for at, (assessed, moderated) in days if assessed and moderated and moderated < assessed]

    def elsewhere(values: Values) -> list[int]:
        pairs = enumerate(zip(values["organisation"], values["area"], strict=True))
        return [at for at, (body, area) in pairs if body and area and (body, normalise(area)) not in areas]

    def undated(key: str, values: Values) -> list[int]:
        days = values.get("assessed_on") or [None] * len(values[key])
        pairs = enumerate(zip(values[key], days, strict=True))
        return [at for at, (value, day) in pairs if value and day in (None, "")]

    def stage(lines: Sequence[int], values: Values) -> None:
        """Pass good rows on, areas by their keys; what the file has no column for is empty."""
        nothing = [None] * len(lines)
        columns = {column.staged: values.get(column.name, nothing) for column in THREAT_COLUMNS}
        named = zip(values["organisation"], values.get("area", nothing), strict=True)
        columns["area_id"] = [areas.get((body, normalise(area))) if area else None for body, area in named]
        keys = keys_of(values["reference"])
        note_numbers(lines, values["reference"], keys)
        staged_threats().add({"line": list(lines), **columns, "reference_key": keys})

    assessment = [column.name for column in THREAT_COLUMNS if column.model is MorileAssessment]
    rules = (
        *(up_to(names.last, column.name) for column in THREAT_COLUMNS if column.kind is Kind.DAY),
        Rule("moderated_on", "a day not before that of the assessment", moderated_early, needs=("assessed_on",)),
        Rule("area", "a local policing area of that organisation on record, or nothing", elsewhere),
        *(
            Rule(key, "nothing, or the day of the assessment in its own column", partial(undated, key))
            for key in assessment
            if key != "assessed_on"
        ),
    )
    return Form(fields_of(THREAT_COLUMNS, names), rules, stage)
