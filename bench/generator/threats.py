"""Writes the extract of threats that belongs to one of disruptions: nearly all that its rows name, and no others."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from bench.generator.draws import FIRST, LAST, quoted
from bench.generator.extract import Tables
from soc_tracker.demo.files import words

HEADINGS = (
    *("threat_ref", "name", "type", "organisation", "state_from", "tier", "phase", "assessment_type", "moderation"),
    *("soc", "crime_types", "lead_responsible_officer", "marking", "assessed_on", "total", "assessor"),
)
UNKNOWN, UNSCORED, WITHOUT_TIER, WITHOUT_OFFICER = 0.02, 0.2, 0.03, 0.05
"""Shares of the threats: those that disruptions alone name, and those of which something was not given."""
TYPES = {"OCG": "Organised crime group", "PI": "Priority individual", "VUL": "Vulnerability"}
TIERS = {"1": 6, "2": 17, "3": 35, "4": 36, "5": 6}
PHASES = {"Active": 45, "Developing": 20, "Monitoring": 12, "Closed": 23}
ASSESSMENTS = {"Tactical": 94, "Strategic": 6}
MODERATIONS = {"Moderated": 90, "Not moderated": 10}
SOC = {"Yes": 95, "No": 5}
MARKINGS = {"OFFICIAL-SENSITIVE": 85, "OFFICIAL": 15}


def write_threats(rows: int, path: Path, seed: int = 7) -> int:
    """Write what the threats of an extract of so many disruptions are: how many."""
    lines = list(_lines(Tables.make(rows, seed), Random(seed)))  # noqa: S311 - repeatable is what is wanted
    path.write_text("".join([f"{','.join(HEADINGS)}\n", *lines]), encoding="utf-8")
    return len(lines)


def _lines(tables: Tables, random: Random) -> Iterator[str]:
    first, last, officers = words("first name of a threat"), words("last name of a threat"), words("officer")
    assessors, days = words("assessor"), (LAST - FIRST).days

    def drawn(weights: dict[str, float]) -> str:
        return random.choices(list(weights), list(weights.values()))[0]

    for reference, owner, crime_type in tables.threats:
        if random.random() < UNKNOWN:
            continue
        since = FIRST + timedelta(random.randrange(days))
        is_scored = random.random() >= UNSCORED
        cells = (
            reference,
            f"{drawn(first)} {drawn(last)}",
            TYPES[reference.partition("-")[0]],
            tables.names[owner],
            since.isoformat(),
            "" if random.random() < WITHOUT_TIER else drawn(TIERS),
            drawn(PHASES),
            drawn(ASSESSMENTS),
            drawn(MODERATIONS),
            drawn(SOC),
            quoted(crime_type),
            "" if random.random() < WITHOUT_OFFICER else quoted(drawn(officers)),
            drawn(MARKINGS),
            (since + timedelta(random.randrange(30))).isoformat() if is_scored else "",
            str(random.randrange(5, 980)) if is_scored else "",
            quoted(drawn(assessors)) if is_scored else "",
        )
        yield f"{','.join(cells)}\n"
