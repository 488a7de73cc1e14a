"""Findings in the order of their report."""

from collections.abc import Iterable

from inspections.findings.models import Finding
from inspections.vocabularies.models import Section


def by_section(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings under the sections of the report, in the order of ``Section``; sections without any left out."""
    sections: dict[str, list[Finding]] = {section.slug: [] for section in Section.rows()}
    for finding in findings:
        sections[finding.section_id].append(finding)
    return [(rows[0].section.label, rows) for rows in sections.values() if rows]
