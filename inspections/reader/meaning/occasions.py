"""What a report says of itself: programme, region, days of fieldwork and publication; and what it recalls of others."""

import re
from datetime import date
from typing import Any

from inspections.reader.meaning.days import Day, days_in, spans_in
from inspections.reader.meaning.headings import is_day
from inspections.reader.meaning.numbers import sentences_of
from inspections.reader.meaning.proposals import Confidence, Proposal, ProposalKind
from inspections.reader.meaning.standing import Report
from inspections.reader.structure.blocks import Block, BlockKind

PUBLISHED = re.compile(
    r"\b(?:published|publication date|date of publication|issued|released|ordered by[^.]{0,60}printed)\b", re.IGNORECASE
)
IMPRINT = re.compile(r"©|\(c\)|\bcopyright\b|\bISBN\b|\bHC \d", re.IGNORECASE)
UPDATED = re.compile(r"\blast updated\b", re.IGNORECASE)
FIELDWORK = re.compile(
    r"\bfieldwork\b"
    r"|\b(?:inspection|audit|review|site visits?) (?:took place|(?:was|were) carried out|dates?)\b"
    r"|\bcarried out (?:our|the|this) (?:inspection|audit|review)\b|\bdates? of (?:the )?inspection\b",
    re.IGNORECASE,
)
YEAR = r"(?:19|20)\d\d"
WORK = r"(?:inspections?|reports?|audits?|reviews?)"
EARLIER = re.compile(
    rf"\b(?:(?:previous|last|earlier) (?:\w+ ){{0,3}}?{WORK}"
    rf"|(?:in|since) (?:our|its|the|their) (?:\w+ ){{0,2}}?{YEAR}\b"
    rf"|{YEAR}(?:/\d\d)? (?:\w+ ){{0,3}}?{WORK}"
    rf"|(?:in|since) {YEAR},? (?:we|inspectors|the inspectorate)\b"
    rf"|(?:in|since) {YEAR}\b[^.]{{0,80}}\b(?:graded|gave|inspected|judged|rated|reported|recommended)"
    rf"|(?:given|made|raised|issued)[^.]{{0,50}}\bin {YEAR})",
    re.IGNORECASE,
)
PRESENTED = re.compile(r"\b(?:presented to|laid before|submitted to|delivered to)\b[^.]*?(?= on \d)", re.IGNORECASE)
CONTENT = re.compile(
    r"\b(?:will|to|shall|should|may|would) (?:also )?be (?:published|issued|released)\b"
    r"|\b(?:it|they|who|which|force|department|board) (?:\w+ ){0,2}?(?:published|issued|released)\b",
    re.IGNORECASE,
)
"""Of somebody else who published something, or of what will be."""
CLOSE = re.compile(r"\W*(?:(?:on|in|at|as|dated|by)\W*)?")
NEAREST = 12
"""Letters between a word such as "published" and its date."""
PRECISIONS = ("day", "month", "year")
LONGEST_LINE = 100
"""Letters of a line of a title page."""
LONGEST_FIELDWORK = 370
"""Days."""
YEARS = re.compile(r"\b(?P<year>(?:19|20)\d\d)(?P<to>\s?[/–-]\s?\d\d)?\b")


def occasion(report: Report) -> Proposal:
    """The inspection that a report is of: title, programme, region or body, its days."""
    values: dict[str, Any] = {"title": report.title, "programme": report.programme}
    if report.about:
        values["region" if report.about.is_region else "organisation"] = report.about.slug
    blocks, why = [], []
    if (published := publication(report)) is not None:
        day, block, words = published
        values |= {"published_on": day.on, "published_precision": day.precision.value}
        blocks.append(block)
        why.append(words)
    if (fieldwork := _fieldwork(report)) is not None:
        first, last, block = fieldwork
        values |= {"fieldwork_from": first, "fieldwork_to": last}
        blocks.append(block)
        why.append("A sentence on the fieldwork gives its days.")
    is_sure = values.get("published_on") and report.programme and report.about
    headings = [block for block in report.blocks[:12] if block.kind == BlockKind.HEADING and block.text in report.title]
    passage = "\n".join(block.text for block in [*headings, *blocks])
    confidence = Confidence.LIKELY if is_sure else Confidence.UNSURE
    first_block = (headings or blocks or [report.blocks[0]])[0]
    numbers = tuple(sorted({block.number for block in [*headings, *blocks]}))
    words = " ".join(why) or "Nothing says when it was published."
    return Proposal(
        ProposalKind.INSPECTION, values, confidence, words, passage, numbers, first_block.page, first_block.line
    )


def publication(report: Report) -> tuple[Day, Block, str] | None:
    """The day on which a report was published, where it says so, and why it is taken for it."""
    rules = (
        (PUBLISHED, "A line says when it was published.", 200),
        (PRESENTED, "A line says to whom it was presented, and when.", 300),
        (IMPRINT, "Its imprint has a date.", 200),
        (UPDATED, "It says when it was last updated.", 120),
    )
    for pattern, why, longest in rules:
        for block in [*report.blocks[:60], *report.blocks[-60:]]:
            match = pattern.search(block.text) if len(block.text) <= longest else None
            day = _best_day(block) if match else None
            if not match or not day or CONTENT.search(block.text):
                continue
            # The date is that of the word before it: in a line of its own, or close behind it in a sentence.
            is_line = len(block.text) <= LONGEST_LINE and len(sentences_of(block.text)) == 1
            between = _whole(block)[len(_whole(block)) - len(block.text) + match.end() : day.start]
            if is_line or (len(between) <= NEAREST and CLOSE.fullmatch(between)):
                return day, block, why
    fallbacks = (
        (report.blocks[:15], _is_dated, "A date stands on its first page."),
        (report.blocks[:8], _ends_dated, "A line of its first page ends with a date."),
        (report.blocks[-8:], _is_dated, "It ends with a date, as a letter does."),
    )
    for blocks, is_dated, why in fallbacks:
        dated = [(day, block) for block in blocks if is_dated(block) and (day := _best_day(block))]
        if dated:
            return *min(dated, key=lambda pair: PRECISIONS.index(pair[0].precision.value)), why
    return None


def _is_dated(block: Block) -> bool:
    """Whether a line is a date, or a part of it that signs set apart: "SESSION 4 | 12 MARCH 2027"."""
    parts = [] if block.kind == BlockKind.TABLE else re.split(r"\s[|•·]\s", _whole(block))[1:]
    return is_day(_whole(block)) or any(is_day(part) for part in parts)


def _ends_dated(block: Block) -> bool:
    """Whether a line that is no sentence ends with a date: "Report to the board, 9 April 2029"."""
    days = days_in(block.text) if len(block.text) < LONGEST_LINE and "," in block.text else ()
    return bool(days) and days[-1].precision in ("day", "month") and days[-1].end == len(block.text)


def _whole(block: Block) -> str:
    """A line with its marker, which may be the day of a month."""
    return f"{block.marker} {block.text}".strip()


def _best_day(block: Block) -> Day | None:
    """The most precise date of a line."""
    days = [day for day in days_in(_whole(block)) if day.on]
    return min(days, key=lambda day: PRECISIONS.index(day.precision.value), default=None)


def _fieldwork(report: Report) -> tuple[date, date | None, Block] | None:
    """The days of fieldwork, where a sentence gives a period of no more than a year for it."""
    for block in report.blocks:
        if not block.kind.is_body or block.kind in (BlockKind.HEADING, BlockKind.FOOTNOTE):
            continue
        for _, sentence in sentences_of(block.text):
            for span in spans_in(sentence) if FIELDWORK.search(sentence) else []:
                if span.first and span.last and (span.last - span.first).days < LONGEST_FIELDWORK:
                    return span.first, span.last, block
    return None


def references(report: Report) -> list[Proposal]:
    """What sentences recall of earlier inspections; the programme is one on record that is called by its year."""
    recalled, phrasebook, prose = [], report.phrasebook, (BlockKind.PARAGRAPH, BlockKind.ITEM)
    for block in report.blocks:
        standing = report.standings[block.number]
        is_read = block.kind in prose and not standing.is_background
        for _, sentence in sentences_of(block.text) if is_read else ():
            if not (match := EARLIER.search(sentence)):
                continue
            year = YEARS.search(sentence, max(match.start() - 5, 0))
            years = (year[0].replace(" ", ""), year["year"]) if year else ()
            programmes = (slug for name, slug in phrasebook.programmes.items() if name.endswith(years))
            named = [body for body in phrasebook.bodies_in(sentence) if not body.is_region]
            values = {
                "year": int(year["year"]) if year else None,
                "words": sentence,
                "programme": next(programmes, ""),
                "finding_kind": phrasebook.kind_in(sentence),
                **(named[0].place if named and standing.body is None else report.place_of(standing)),
            }
            why = "A sentence recalls an earlier inspection." + ("" if year else " It names no year.")
            confidence, numbers = Confidence.LIKELY if year else Confidence.UNSURE, (block.number,)
            kind = ProposalKind.REFERENCE
            recalled.append(Proposal(kind, values, confidence, why, sentence, numbers, block.page, block.line))
    return recalled
