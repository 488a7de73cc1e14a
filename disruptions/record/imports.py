"""The form of a file of disruptions."""

from collections.abc import Iterator, Sequence
from datetime import date

from disruptions.choices import ASSESSED, FourP, Involvement, Size
from disruptions.loading.files.imports import (
    REFERENCE,
    CrimeTypes,
    Form,
    Organisations,
    Rule,
    Understood,
    Values,
    fields_of,
    iso_day,
    up_to,
    value_of,
)
from disruptions.loading.staging.queries import DISRUPTIONS
from soc_tracker.core.imports.cells import parse_text
from soc_tracker.core.imports.parsers import EXPECTED_DAY, one_of, optional
from soc_tracker.core.text.folding import together

HEADINGS = {
    "reference": ("disruption_ref", "disruption reference", "disruption id", "disruption", "reference", "ref"),
    "threat": ("threat_ref", "threat reference", "threat id", "threat"),
    "organisation": ("organisation", "organization", "organisation name", "force", "force or ROCU", "body"),
    "involvement": ("involvement", "lead or support", "disruption involvement", "role"),
    "four_p": ("four_p", "4P", "4 P", "4Ps", "four Ps", "4P category", "4P strand", "strand"),
    "size": ("assessment", "size", "disruption assessment", "impact", "level", "disruption level"),
    "activity_date": ("activity_date", "date of activity", "activity", "disruption date"),
    "added_date": ("recorded_date", "recorded", "date recorded", "added date", "date added", "added", "date created"),
    "crime_type": ("crime_type", "primary crime type", "crime", "SOC type"),
    "summary": ("summary", "description", "details", "narrative"),
    "supported": ("supported_organisation", "supported", "supported force", "organisation supported", "support for"),
}
"""What each column is called, the usual name first."""
MAY_LACK = ("crime_type", "summary", "supported")


def disruption_form(organisations: Organisations, crime_types: CrimeTypes, last: date) -> Form:
    """What a file of disruptions holds, taken from the national database on the day ``last`` or earlier."""
    fields = fields_of(HEADINGS, _parsers(organisations, crime_types), MAY_LACK)
    return Form(fields, _rules(organisations, last), _stage)


def _parsers(organisations: Organisations, crime_types: CrimeTypes) -> dict[str, Understood]:
    not_assessed = Size.NOT_ASSESSED.value
    return {
        "reference": REFERENCE,
        "threat": REFERENCE,
        "organisation": (organisations.key, organisations.expected),
        "involvement": (value_of(Involvement), one_of(Involvement)),
        "four_p": (value_of(FourP), one_of(FourP)),
        "size": (
            optional(value_of(Size, {"not assessed": Size.NOT_ASSESSED}), blank=not_assessed),
            f"{one_of(ASSESSED)}, or nothing where it is not yet assessed",
        ),
        "activity_date": (iso_day, EXPECTED_DAY),
        "added_date": (iso_day, EXPECTED_DAY),
        "crime_type": (crime_types.key, crime_types.expected),
        "summary": (parse_text(None, required=False), "text"),
        "supported": (optional(organisations.key), f"{organisations.expected}, or nothing"),
    }


def _rules(organisations: Organisations, last: date) -> tuple[Rule, ...]:
    forces = organisations.forces

    def supports(values: Values) -> Iterator[int]:
        return (at for at, value in enumerate(values["involvement"]) if value == Involvement.SUPPORT)

    def support_by_force(values: Values) -> list[int]:
        return [at for at in supports(values) if values["organisation"][at] in forces]

    def lead_for_others(values: Values) -> list[int]:
        involvement = values["involvement"]
        return [
            at for at, body in enumerate(values.get("supported", ())) if body and involvement[at] == Involvement.LEAD
        ]

    def added_early(values: Values) -> list[int]:
        days = zip(values["activity_date"], values["added_date"], strict=True)
        return [at for at, (activity, added) in enumerate(days) if added < activity]

    return (
        up_to(last, "activity_date"),
        up_to(last, "added_date"),
        Rule("added_date", "a day not before that of the activity", added_early),
        Rule("involvement", "lead: only regional units and national agencies support", support_by_force),
        Rule("supported", "nothing: a lead disruption is carried out for nobody else", lead_for_others),
    )


def _stage(lines: Sequence[int], values: Values) -> None:
    none = [None] * len(lines)
    summaries = values.get("summary", [""] * len(lines))
    DISRUPTIONS.add(
        {
            "line": lines,
            "reference": values["reference"],
            "threat_reference": values["threat"],
            "organisation_id": values["organisation"],
            "involvement": values["involvement"],
            "supported_id": values.get("supported", none),
            "four_p": values["four_p"],
            "size": values["size"],
            "crime_type_id": values.get("crime_type", none),
            "activity_date": values["activity_date"],
            "added_date": values["added_date"],
            "summary": summaries,
            "folded": [together(texts) for texts in zip(values["reference"], summaries, strict=True)],
        }
    )
