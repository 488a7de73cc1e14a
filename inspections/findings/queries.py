"""Findings in the order of their report."""

from collections.abc import Iterable

from inspections.choices import Section
from inspections.findings.models import Finding


def by_section(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings under the sections of the report, in the order of ``Section``; sections without any left out."""
    sections: dict[str, list[Finding]] = {section.value: [] for section in Section}
    for finding in findings:
        sections[finding.section].append(finding)
    return [(str(Section(section).label), rows) for section, rows in sections.items() if rows]
