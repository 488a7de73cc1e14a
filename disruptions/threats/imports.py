"""The form of a file of threats."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from disruptions.choices import AssessmentType, Moderation, ThreatType, Tier
from disruptions.loading.files.imports import (
    REFERENCE,
    Areas,
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
from disruptions.loading.staging.queries import SCORES, THREATS
from disruptions.threats.models import MorileAssessment, Threat, ThreatState
from soc_tracker.core.imports.cells import Cell, as_text, parse_text
from soc_tracker.core.imports.parsers import EXPECTED_DAY, one_of, optional, parse_number, parse_yes_no

HEADINGS = {
    "reference": ("threat_ref", "threat reference", "threat id", "threat", "reference", "ref"),
    "type": ("type", "threat type"),
    "organisation": ("organisation", "organization", "owning organisation", "owner", "force", "force or ROCU", "body"),
    "name": ("name", "threat name", "title"),
    "state_from": ("state_from", "state since", "valid from", "from"),
    "tier": ("tier", "threat tier"),
    "phase": ("phase", "threat phase"),
    "assessment_type": ("assessment_type",),
    "moderation": ("moderation", "moderation status", "moderated"),
    "is_soc": ("soc", "is SOC", "SOC flag"),
    "crime_types": ("crime_types", "crime type", "SOC type"),
    "area": ("area", "local policing area", "LPA", "BCU"),
    "lead_responsible_officer": ("lead_responsible_officer", "LRO"),
    "assessed_on": ("assessed_on", "date assessed", "assessment date"),
    "physical": ("physical", "physical harm"),
    "psychological": ("psychological", "psychological harm"),
    "financial": ("financial", "financial harm"),
    "community": ("community", "community harm"),
    "geographic_scope": ("geographic_scope",),
    "likelihood": ("likelihood",),
    "organisational_position": ("organisational_position",),
    "confidence": ("confidence",),
    "total": ("total", "total score", "MoRiLE score", "score"),
    "assessor": ("assessor", "assessed by"),
    "moderated_on": ("moderated_on", "date moderated"),
}
"""What each column is called, the usual name first."""
NEEDED = ("reference", "type", "organisation")
HIGHEST_SCORE = Decimal("9999999.99")


def threat_form(organisations: Organisations, crime_types: CrimeTypes, last: date) -> Form:
    """What a file of threats holds, taken from the national database on the day ``last`` or earlier."""
    areas = Areas()
    fields = fields_of(HEADINGS, _parsers(organisations, crime_types), HEADINGS.keys() - set(NEEDED))
    return Form(fields, _rules(areas, last), lambda lines, values: _stage(areas, lines, values))


def _parsers(organisations: Organisations, crime_types: CrimeTypes) -> dict[str, Understood]:
    day: Understood = (optional(iso_day), f"{EXPECTED_DAY}, or nothing")
    number = optional(parse_number(0, HIGHEST_SCORE, places=2))
    score: Understood = (lambda cell: _text(number(cell)), "a number with at most two decimals, or nothing")
    return {
        "reference": REFERENCE,
        "type": (value_of(ThreatType), one_of(ThreatType)),
        "organisation": (organisations.key, organisations.expected),
        "name": _words(Threat, "name"),
        "state_from": day,
        "tier": (optional(_tier), "a tier from 1 to 5, or nothing"),
        "phase": _words(ThreatState, "phase"),
        "assessment_type": (value_of(AssessmentType), one_of(AssessmentType)),
        "moderation": (
            value_of(
                Moderation,
                {"yes": Moderation.MODERATED, "no": Moderation.NOT_MODERATED, "unmoderated": Moderation.NOT_MODERATED},
            ),
            one_of(Moderation),
        ),
        "is_soc": (lambda cell: "1" if parse_yes_no(cell) else "0", "yes or no"),
        "crime_types": (crime_types.keys_of, f"names with semicolons between them, each {crime_types.expected}"),
        "area": (parse_text(None, required=False), "text"),
        "lead_responsible_officer": _words(Threat, "lead_responsible_officer"),
        "assessed_on": day,
        **dict.fromkeys(SCORES, score),
        "assessor": _words(MorileAssessment, "assessor"),
        "moderated_on": day,
    }


def _words(model: Any, field: str) -> Understood:
    longest = model._meta.get_field(field).max_length
    return parse_text(longest, required=False), f"text of at most {longest} characters"


def _tier(cell: Cell) -> str:
    """Raises ValueError for anything but a tier, be it "2" or "Tier 2"."""
    return _text(Tier(int(as_text(cell).casefold().removeprefix("tier").strip())).value) or ""


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _rules(areas: Areas, last: date) -> tuple[Rule, ...]:
    def moderated_early(values: Values) -> list[int]:
        days = zip(values["assessed_on"], values["moderated_on"], strict=True)
        return [at for at, (assessed, moderated) in enumerate(days) if assessed and moderated and moderated < assessed]

    def elsewhere(values: Values) -> list[int]:
        pairs = zip(values["organisation"], values["area"], strict=True)
        return [at for at, (body, area) in enumerate(pairs) if body and area and not areas.key(body, area)]

    return (
        *(up_to(last, key) for key in ("state_from", "assessed_on", "moderated_on")),
        Rule("moderated_on", "a day not before that of the assessment", moderated_early, needs=("assessed_on",)),
        Rule("area", "a local policing area of that organisation on record, or nothing", elsewhere),
        *(
            Rule(key, "nothing, or the day of the assessment in its own column", _undated(key))
            for key in (*SCORES, "assessor", "moderated_on")
        ),
    )


def _undated(key: str) -> Callable[[Values], list[int]]:
    def broken(values: Values) -> list[int]:
        days = values.get("assessed_on") or [None] * len(values[key])
        return [
            at for at, (value, day) in enumerate(zip(values[key], days, strict=True)) if value and day in (None, "")
        ]

    return broken


def _stage(areas: Areas, lines: Sequence[int], values: Values) -> None:
    none = [None] * len(lines)
    said = {name: values.get(name, none) for name in THREATS.columns if name in HEADINGS}
    bodies = values["organisation"]
    named = zip(bodies, values.get("area", none), strict=True)
    said |= {
        "line": list(lines),
        "organisation_id": bodies,
        "area_id": [areas.key(body, area) if area else None for body, area in named],
    }
    THREATS.add({name: said[name] for name in THREATS.columns})
