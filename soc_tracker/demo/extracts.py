"""The extract files of the demo records, with the headings and words of the national database's."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from disruptions.choices import ExtractContents, Moderation, Size
from soc_tracker.demo import bodies, plans, published
from soc_tracker.demo.disruptions import Disruption, first_extract, second_extract
from soc_tracker.demo.threats import Threat, threats

Columns = Mapping[str, Callable[[Any], object]]
THREAT_COLUMNS: Columns = {
    "threat_ref": lambda threat: threat.reference,
    "name": lambda threat: threat.name,
    "type": lambda threat: threat.type.label,
    "organisation": lambda threat: threat.owner,
    "state_from": lambda threat: threat.state_from,
    "tier": lambda threat: threat.tier,
    "phase": lambda threat: threat.phase,
    "assessment_type": lambda threat: threat.assessment_type.label,
    "moderation": lambda threat: threat.moderation.label,
    "soc": lambda threat: "Yes" if threat.is_soc else "No",
    "crime_types": lambda threat: "; ".join(threat.crime_types),
    "lead_responsible_officer": lambda threat: threat.officer,
    "assessed_on": lambda threat: threat.scores.assessed_on,
    "physical": lambda threat: threat.scores.values[0],
    "psychological": lambda threat: threat.scores.values[1],
    "financial": lambda threat: threat.scores.values[2],
    "community": lambda threat: threat.scores.values[3],
    "geographic_scope": lambda threat: threat.scores.values[4],
    "likelihood": lambda threat: threat.scores.values[5],
    "organisational_position": lambda threat: threat.scores.values[6],
    "confidence": lambda threat: threat.scores.confidence,
    "total": lambda threat: threat.scores.total,
    "assessor": lambda threat: threat.scores.assessor,
    "moderated_on": lambda threat: threat.scores.moderated_on if threat.moderation == Moderation.MODERATED else "",
}
DISRUPTION_COLUMNS: Columns = {
    "disruption_ref": lambda row: row.reference,
    "threat_ref": lambda row: row.threat,
    "organisation": lambda row: row.organisation,
    "involvement": lambda row: row.involvement.label,
    "supported_organisation": lambda row: row.supported,
    "four_p": lambda row: row.four_p.label,
    "assessment": lambda row: "" if row.size == Size.NOT_ASSESSED else row.size.label,
    "activity_date": lambda row: row.activity_date,
    "recorded_date": lambda row: row.added_date,
    "crime_type": lambda row: row.crime_type,
    "summary": lambda row: row.summary,
}


def file_name(contents: ExtractContents, as_at: date) -> str:
    return f"demo-{contents}-{as_at}.csv"


@dataclass(frozen=True)
class DemoExtract:
    """One file to be: its contents as at a day."""

    contents: ExtractContents
    as_at: date
    rows: list[Threat] | list[Disruption]

    @property
    def file_name(self) -> str:
        return file_name(self.contents, self.as_at)

    def write(self, folder: Path) -> Path:
        columns = THREAT_COLUMNS if self.contents == ExtractContents.THREATS else DISRUPTION_COLUMNS
        path = folder / self.file_name
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([list(columns), *_cells(columns, self.rows)])
        return path


def demo_extracts(fixtures: Path) -> list[DemoExtract]:
    """The four extracts in the order in which they are loaded."""
    facts, all_bodies = published.read(fixtures), bodies.read(fixtures)
    first, second = facts.threats_day, facts.disruptions_day
    of_bodies = plans.plans(all_bodies, facts)
    standings = threats(of_bodies, first, second)
    later = second_extract(of_bodies, standings, all_bodies, second)
    in_region = {body.name for body in all_bodies if body.slug in plans.IN_REGION}
    earlier = first_extract(later, first, in_region)
    before = [threat for standing in standings.values() for threat in standing.first]
    after = [threat for standing in standings.values() for threat in standing.second]
    return [
        DemoExtract(ExtractContents.THREATS, first, before),
        DemoExtract(ExtractContents.DISRUPTIONS, first, earlier),
        DemoExtract(ExtractContents.THREATS, second, after),
        DemoExtract(ExtractContents.DISRUPTIONS, second, later),
    ]


def _cells(columns: Columns, rows: Iterable[Any]) -> Iterable[list[object]]:
    return ([cell(row) for cell in columns.values()] for row in rows)
