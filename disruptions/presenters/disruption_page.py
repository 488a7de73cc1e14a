"""One disruption in words: what the record says of it, what it said before, and where that comes from."""

from datetime import date, timedelta
from typing import NamedTuple

from disruptions.models import Disruption
from disruptions.selectors.disruption_page import DisruptionFacts, Spell
from disruptions.selectors.record import Standpoint
from soc_tracker.lib.periods import Precision, in_words, to_words


class SpellShown(NamedTuple):
    """One state for the timeline."""

    when: str
    title: str
    differences: tuple
    source: str
    source_url: str


def summary(row: Disruption) -> list[tuple]:
    """A state of a disruption, label by label."""
    source, source_url = provenance(row)
    return [
        ("Organisation", row.organisation.name, row.organisation.get_absolute_url()),
        ("Lead or support", row.get_involvement_display()),
        *_supported(row),
        ("4P", row.get_four_p_display()),
        ("Size", row.get_size_display()),
        ("Activity date", row.activity_date),
        ("Added to the national database", row.added_date),
        ("Threat", str(row.threat), row.threat.get_absolute_url()),
        ("Threat type then", row.get_threat_type_display()),
        ("Crime type", row.crime_type.name if row.crime_type else None),
        ("Summary", row.summary),
        ("Where it comes from", source, source_url),
    ]


def _supported(row: Disruption) -> list[tuple]:
    if not row.supported:
        return [("Supported", None)] if row.involvement == "support" else []
    return [("Supported", row.supported.name, row.supported.get_absolute_url())]


def provenance(row: Disruption) -> tuple[str, str]:
    """The extract and its row that the values came with, and the extract's page."""
    if not row.extract:
        return "Entered on this site", ""
    line = f", row {row.extract_line:,}" if row.extract_line else ""
    day = in_words(row.extract.as_at, Precision.DAY)
    return f"{row.extract.file_name}{line}, as at {day}", row.extract.get_absolute_url()


def standing(disruption: Disruption, facts: DisruptionFacts, standpoint: Standpoint) -> str:
    """Whether the record has it on the day, where that is not plain."""
    withdrawn = disruption.withdrawn_on
    if facts.shown is None and facts.spells[-1].first > standpoint.day:
        first = in_words(facts.spells[-1].first, Precision.DAY)
        return f"Not on record as at {standpoint.words}: it became known on {first}."
    if facts.shown is None:
        since = f" It was withdrawn on {in_words(withdrawn, Precision.DAY)}." if withdrawn else ""
        return f"Not on record as at {standpoint.words}: no figure of that day counts it.{since}"
    if withdrawn:
        return f"Withdrawn on {in_words(withdrawn, Precision.DAY)}: no figure from that day on counts it."
    if facts.shown is not facts.spells[0]:
        last = in_words(_last(facts.shown) or standpoint.day, Precision.DAY)
        return f"This is what the record said until {last}. It has been corrected since."
    return ""


def spells_shown(facts: DisruptionFacts) -> list[SpellShown]:
    """The states, the latest first, each with what it says otherwise than the one before it."""
    return [_shown(spell, is_first=spell is facts.spells[-1]) for spell in facts.spells]


def _shown(spell: Spell, *, is_first: bool) -> SpellShown:
    row = spell.row
    said = f"{row.get_four_p_display()}, {row.get_size_display().lower()}, {row.get_involvement_display().lower()}"
    title = f"{'Added' if is_first else 'Restated'}: {said}"
    return SpellShown(to_words(spell.first, _last(spell)), title, spell.changed, *provenance(row))


def _last(spell: Spell) -> date | None:
    return spell.after - timedelta(days=1) if spell.after else None
