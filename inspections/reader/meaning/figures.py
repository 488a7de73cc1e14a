"""Figures in sentences: each quantity with its body, its period or day, who says it, and what it may measure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from inspections.choices import SaidBy
from inspections.reader.meaning.asking import MODAL
from inspections.reader.meaning.days import RATE, Span, spans_in
from inspections.reader.meaning.measures import measure_of
from inspections.reader.meaning.numbers import sentences_of
from inspections.reader.meaning.phrasebook import Body
from inspections.reader.meaning.proposals import Confidence, Proposal, ProposalKind
from inspections.reader.meaning.quantities import Quantity, quantities_in
from inspections.reader.meaning.standing import Report
from inspections.reader.structure.blocks import Block, BlockKind

COUNTRY = re.compile(
    r"\b(?:England and Wales|United Kingdom|Great Britain|nationally)\b|\bthroughout (?:England|the country)\b"
)
EVERY_ONE = re.compile(r"(?:each|every|all) (?!of\b)", re.IGNORECASE)
DATABASE = re.compile(
    r"\b(?:database|data base|master list|data (?:taken|extracted|from)|extracted|analysis of [\w ]*data)\b",
    re.IGNORECASE,
)
RECORDED = re.compile(r"\brecord(?:ed|s)? (?:\w+ ){0,6}?(?:disruptions?|threats?|vulnerabilities)\b", re.IGNORECASE)
BODY_SAYS = re.compile(
    r"\b(?:told us|(?:it|force|constabulary|unit|service|\w*rocu) reports|reports that|reported|informed us|say that"
    r"|attributes|assesse[sd] that|estimates|acknowledges|according to|explained|we were (?:told|shown)"
    r"|shared [\w ]*data)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r";\s|, which (?:is|was|are|were|stood|stands|had|has|have)\b")
ITS = re.compile(
    r"^(?:(?:in|over|since|during|by|at|on) [^,.]{1,40}?,? )?"
    r"(?:it|its|they|the (?:force|constabulary|unit|service|rocu|organisation|team)(?:[’']s)?)\b",
    re.IGNORECASE,
)
"""Begins a sentence on the body that the one before it is on."""
GOES_ON = re.compile(
    r"^(?:however, |but |and |in addition, )?"
    r"(?:of (?:these|those|them|which)|most|some|none|this (?:is|was)|these|those|all|almost|nearly|more than|over"
    r"|about|only|a further|the (?:remaining|rest|others?)|it (?:had|has) recorded)\b",
    re.IGNORECASE,
)
"""Begins a sentence that is about what the one before it counts."""
ADDED = re.compile(r"\bwho\b|(?<!of )\bwhich\b")
EXTRACTED = re.compile(r"\b(?:extract\w*|downloaded|taken from)\b", re.IGNORECASE)
COUNTED_THERE = ("disruption", "threat", "assessment")
"""What the national database counts."""
PLAIN_UNITS = ("count", "pounds")
"""Units in which most is counted: any other must be known of a measure."""
BEFORE_SUBJECT = re.compile(r"^(?:as (?:at|of)|on|in|for|since|between|by)\b[^,]*, ", re.IGNORECASE)


def figures(report: Report, taken: Iterable[Proposal]) -> list[Proposal]:
    """The figures of a report, but for numbers in recommendations; ``taken`` are the proposals read so far."""
    apart: set[int] = set()
    findings: dict[int, int] = {}
    for proposal in taken:
        if proposal.kind == ProposalKind.RECOMMENDATION:
            apart.update(proposal.blocks)
        elif proposal.kind == ProposalKind.FINDING:
            findings.update(dict.fromkeys(proposal.blocks, proposal.blocks[0]))
    read = [
        replace(proposal, part_of=findings.get(block.number))
        for block in report.blocks
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and block.number not in apart
        for proposal in _of_block(report, block)
    ]
    proposals, seen = [], set()
    for proposal in _as_extracted(report, read):
        names = ("value", "value_to", "unit", "body", "national")
        key = (*(proposal.values.get(name) for name in names), proposal.values["noun"].casefold())
        # A part about the report itself only repeats what stands elsewhere.
        if proposal.confidence != Confidence.UNSURE or key not in seen:
            proposals.append(proposal)
        seen.add(key)
    return proposals


def _of_block(report: Report, block: Block) -> Iterator[Proposal]:
    """The figures of a paragraph, sentence by sentence: when they hold, who says them and of whom may be as before."""
    spans: tuple[Span, ...] = ()
    is_recorded = False
    spoken_of: Body | None = None
    lead = report.blocks[block.lead].text if block.lead is not None else ""
    for _, sentence in sentences_of(block.text):
        # The one body that the sentences are on, until one begins with another subject.
        named = list(dict.fromkeys(report.phrasebook.bodies_in(sentence)))
        is_on_one = len(named) == 1 and not named[0].is_region
        spoken_of = named[0] if is_on_one else spoken_of if not named and ITS.match(sentence) else None
        own = spans_in(sentence)
        goes_on = bool(GOES_ON.match(sentence)) and not any(span.as_at or span.first for span in own)
        spans = (*(replace(span, start=0, end=0) for span in spans if goes_on), *own)
        is_recorded = bool(DATABASE.search(sentence) or RECORDED.search(sentence)) or (goes_on and is_recorded)
        is_of_body = BODY_SAYS.search(f"{lead} {sentence}")
        said_by = SaidBy.DATABASE if is_recorded else SaidBy.BODY if is_of_body else SaidBy.INSPECTORATE
        quantities = [
            part for quantity in quantities_in(sentence, report.phrasebook.wording) for part in _ends(quantity)
        ]
        ranks = [quantity for quantity in quantities if quantity.unit == "rank"]
        for quantity in quantities:
            if _is_no_figure(report, lead, sentence, quantity):
                continue
            place, doubt = _place(report, block, sentence, quantity, ranks)
            if spoken_of and ITS.match(sentence) and not place.get("organisation"):
                place, doubt = spoken_of.place, f"The sentence before it is on {spoken_of.name}."
            measure = measure_of(report.phrasebook.measures, sentence, quantity, quantities)
            more = {"said_by": said_by.value, "measure": measure.slug if measure else ""}
            yield _figure(report, block, sentence, quantity, _when(spans, quantity, sentence) | place | more, doubt)


def _when(spans: tuple[Span, ...], quantity: Quantity, sentence: str) -> dict[str, Any]:
    """The period that stands nearest before a quantity, else after it; and the day of a state, if one is told.

    One in the middle of the sentence is of what stands there, not of what a "who" or "and" adds.
    """
    is_rate = {span: bool(RATE.fullmatch(span.words)) for span in spans}
    periods = [span for span in spans if not span.as_at and not (is_rate[span] and span.start < quantity.end)]
    periods = [] if quantity.is_age else periods
    before = [span for span in periods if span.start <= quantity.start]
    before = [span for span in before if not span.start or not ADDED.search(sentence[span.end : quantity.start])]
    after = [span for span in periods if span.start > quantity.start]
    span = next(iter([*before[::-1], *after]), None)
    values: dict[str, Any] = {"as_at": next((span.as_at for span in spans if span.as_at), None)}
    if span:
        values |= {"period_from": span.first, "period_to": span.last, "period_words": span.words}
    return values


def _is_no_figure(report: Report, lead: str, sentence: str, quantity: Quantity) -> bool:
    """Whether it is of what should be, if no other clause says what is ("…; 212 have", "…, which is 4"), or counts what
    inspectors gave: "two areas for improvement", "seven recommendations".
    """
    before, after = sentence[: quantity.start], sentence[quantity.end : quantity.end + 40]
    clauses = CLAUSE.split(before)
    is_demanded = MODAL.search(clauses[-1] if len(clauses) > 1 else f"{lead} {before}")
    given = report.phrasebook.kind_in(after) or any(words in after for words in report.phrasebook.recommendations)
    return bool(is_demanded or (quantity.unit == "count" and given))


def _ends(quantity: Quantity) -> list[Quantity]:
    """Of a range of ages both ends, as figures of their own; any other quantity itself."""
    if not quantity.is_age:
        return [quantity]
    if quantity.value_to is None:
        return [replace(quantity, noun=f"age {quantity.words}".strip())]
    lowest, highest = replace(quantity, value_to=None, noun="age from"), replace(quantity, value_to=None, noun="age to")
    return [lowest, replace(highest, value=quantity.value_to)]


def _place(
    report: Report, block: Block, sentence: str, quantity: Quantity, ranks: list[Quantity]
) -> tuple[dict[str, Any], str]:
    """Whose figure it is, and why that is doubtful, if it is."""
    standing = report.standings[block.number]
    before = [body for body in report.phrasebook.bodies_in(sentence[: quantity.start]) if not body.is_region]
    if quantity in ranks and len(before) == len(ranks) > 1 and "respectively" in sentence:
        return before[ranks.index(quantity)].place, ""
    country = {"national": True, "body": ""}
    if EVERY_ONE.match(sentence) and standing.is_background and quantity.unit == "count" and not before:
        return country, "It speaks of every such body, in a part that tells of the report itself."
    subject = report.phrasebook.body_at_start(BEFORE_SUBJECT.sub("", sentence))
    is_of_region = standing.body is None or standing.body.is_region
    if COUNTRY.search(sentence) and quantity.unit == "count" and is_of_region and not before:
        return country, ""
    if subject and not subject.is_region and (is_of_region or subject == standing.body):
        return subject.place, ""
    if is_of_region and len(set(before)) == 1 and quantity.unit != "rank":
        return before[0].place, "A sentence of the region's part names the body."
    if subject and standing.body and subject != standing.body and not is_of_region:
        return report.place_of(standing), f"The sentence begins with {subject.name}."
    if standing.body_name:
        return report.place_of(standing), ""
    return {"body": ""}, "Nothing says of which body it speaks."


def _figure(
    report: Report, block: Block, sentence: str, quantity: Quantity, more: dict[str, Any], doubt: str
) -> Proposal:
    values: dict[str, Any] = {"value": quantity.value, "value_to": quantity.value_to, "unit": quantity.unit}
    values |= {"qualifier": quantity.qualifier, "step": quantity.step}
    values |= {"noun": quantity.noun, "words": sentence[quantity.start : quantity.end], "of": quantity.of, **more}
    doubts = [words for words in (doubt, quantity.is_unsure) if words]
    if report.standings[block.number].is_background:
        doubts.append("It stands in a part that tells of the report itself.")
    measure = next((each for each in report.phrasebook.measures if each.slug == values["measure"]), None)
    unclear = [] if measure else ["What it measures is not on record, or not clear."]
    if measure and not measure.units and quantity.unit not in PLAIN_UNITS:
        unclear.append("No figure of that measure is on record yet, which would show its unit.")
    confidence = Confidence.UNSURE if doubts else Confidence.LIKELY if unclear else Confidence.CERTAIN
    why = " ".join([*doubts, *unclear]) or f"“{values['words']}” with what it counts, in a sentence about the body."
    kind = ProposalKind.FIGURE
    return Proposal(kind, values, confidence, why, sentence, (block.number,), block.page, block.line)


def _as_extracted(report: Report, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The figures; those of the database that name no day are as at the last day on which the parts about the report
    itself say that such data was extracted.
    """
    extracted: list[tuple[frozenset[str], date]] = []
    for block in report.blocks:
        if not report.standings[block.number].is_background or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        for _, sentence in sentences_of(block.text):
            names = frozenset(word for word in COUNTED_THERE if word in sentence.casefold())
            days = [span.as_at for span in spans_in(sentence) if span.as_at] if EXTRACTED.search(sentence) else []
            if names and days:
                extracted.append((names, days[-1]))
    for proposal in proposals:
        values, words = proposal.values, f"{proposal.passage} {proposal.values['noun']}".casefold()
        days = [day for names, day in extracted if any(name in words for name in names)]
        if values["said_by"] != SaidBy.DATABASE or values.get("as_at") or not days:
            yield proposal
            continue
        why = f"{proposal.why} As at the day on which it says that the data was extracted."
        yield replace(proposal, values={**values, "as_at": days[-1]}, why=why)
