"""Findings."""

from collections.abc import Iterable, Mapping

from inspections.choices import (
    FindingKind,
    Section,
)
from inspections.findings.models import Finding


def by_section(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings under the sections of the report, in the order of ``Section``; sections without any left out."""
    sections: dict[str, list[Finding]] = {section.value: [] for section in Section}
    for finding in findings:
        sections[finding.section].append(finding)
    return [(str(Section(section).label), found) for section, found in sections.items() if found]


def highlighted(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that the report sets apart; the others are observations made in passing."""
    return [finding for finding in findings if finding.kind != FindingKind.OBSERVATION]


def observations(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.kind == FindingKind.OBSERVATION]


def kinds_in_words(kinds: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Each kind of finding that there is: value, label and number, in the order of ``FindingKind``."""
    return [(kind.value, str(kind.label), kinds[kind.value]) for kind in FindingKind if kinds.get(kind.value)]
