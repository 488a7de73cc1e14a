"""The form of a file of threats."""

from collections.abc import Callable, Sequence
from datetime import date

from disruptions.columns.models import THREAT_COLUMNS, Kind
from disruptions.loading.files.imports import Form, Names, field_of, up_to
from disruptions.loading.staging.queries import staged_threats
from disruptions.threats.models import MorileAssessment
from soc_tracker.core.imports.reader import Rule, Values


def threat_form(names: Names, last: date) -> Form:
    """What a file of threats holds, taken from the national database on the day ``last`` or earlier."""
    areas = names.areas

    def moderated_early(values: Values) -> list[int]:
        days = enumerate(zip(values["assessed_on"], values["moderated_on"], strict=True))
        return [at for at, (assessed, moderated) in days if assessed and moderated and moderated < assessed]

    def elsewhere(values: Values) -> list[int]:
        pairs = enumerate(zip(values["organisation"], values["area"], strict=True))
        return [at for at, (body, area) in pairs if body and area and not areas.key(body, area)]

    def undated(key: str) -> Callable[[Values], list[int]]:
        def broken(values: Values) -> list[int]:
            days = values.get("assessed_on") or [None] * len(values[key])
            pairs = enumerate(zip(values[key], days, strict=True))
            return [at for at, (value, day) in pairs if value and day in (None, "")]

        return broken

    def stage(lines: Sequence[int], values: Values) -> None:
        """Pass good rows on, areas by their keys; what the file has no column for is empty."""
        nothing = [None] * len(lines)
        columns = {column.staged: values.get(column.key, nothing) for column in THREAT_COLUMNS}
        named = zip(values["organisation"], values.get("area", nothing), strict=True)
        columns["area_id"] = [areas.key(body, area) if area else None for body, area in named]
        staged_threats().add({"line": list(lines), **columns})

    assessment = [column.key for column in THREAT_COLUMNS if column.model is MorileAssessment]
    rules = (
        *(up_to(last, column.key) for column in THREAT_COLUMNS if column.kind is Kind.DAY),
        Rule("moderated_on", "a day not before that of the assessment", moderated_early, needs=("assessed_on",)),
        Rule("area", "a local policing area of that organisation on record, or nothing", elsewhere),
        *(
            Rule(key, "nothing, or the day of the assessment in its own column", undated(key))
            for key in assessment
            if key != "assessed_on"
        ),
    )
    return Form([field_of(column, names) for column in THREAT_COLUMNS], rules, stage)
