"""Grades: those that stand alone below a heading, in sentences that open a part, and in tables."""

import re
from collections.abc import Iterator
from dataclasses import replace

from inspections.reader.meaning.numbers import either, sentences_of
from inspections.reader.meaning.phrasebook import Body, telling
from inspections.reader.meaning.proposals import Confidence, Proposal, ProposalKind
from inspections.reader.meaning.standing import Report, Standing
from inspections.reader.structure.blocks import Block, BlockKind
from soc_tracker.core.text.normal import normalise

EARLIER = re.compile(r"\bin (?:19|20)\d\d\b|\bsince\b|\bprevious")
BEFORE = re.compile(r"\b(?:last|previous(?:ly)?|earlier|prior|before|former|then)\b", re.IGNORECASE)
NOW = re.compile(r"\b(?:this|current|present|now|latest|new)\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
"""In the headings of columns with grades."""
NO_GRADE = re.compile(
    r"\b(?:we|I) (?:did not|didn['’]t|have not|haven['’]t) "
    r"(?:grade|judge|rate|(?:give|given|make|made) (?:an? )?(?:\w+ )?(?:grade|judge?ment|rating))d?\b"
    r"|\b(?:was|were|has|have) not (?:been )?(?:graded|rated|given an? (?:\w+ )?(?:grade|judge?ment|rating))\b"
    r"|\bno (?:grade|graded judge?ment|rating) (?:was|has been) (?:given|made)\b",
    re.IGNORECASE,
)
UNGRADED = ("not graded", "no grade", "ungraded")
"""How the grade that says so is written, one of which is on record."""
AS_A_WHOLE = re.compile(r"\b(?:as a whole|overall|each|every|these|those|all)\b", re.IGNORECASE)
WE_GRADE = re.compile(
    r"(?:in our judge?ment,? |overall,? )*(?:we|I) (?:have |therefore )?"
    r"(?:grade|judge|rate|assess|consider|find|conclude)d?\b"
    r"|in our judge?ment\b",
    re.IGNORECASE,
)
REACH = 4
"""Blocks after a grade in which a sentence confirms it."""


def gradings(report: Report) -> list[Proposal]:
    """The grades of a report, each body and question once; as certain as the places that agree on it make it."""
    alone = [proposal for block in report.blocks for proposal in _alone(report, block)]
    in_tables = [proposal for block in report.blocks for proposal in _in_table(report, block)]
    in_sentences = [proposal for block in report.blocks for proposal in _in_sentences(report, block)]
    bodies = {proposal.values["body"] for proposal in [*alone, *in_tables]}
    grades: list[Proposal] = []
    for proposal in [*alone, *in_tables, *in_sentences]:
        at = next((at for at, first in enumerate(grades) if _is_same(proposal, first)), None)
        if at is None:
            if proposal not in in_sentences or proposal.values["body"] not in bodies:
                grades.append(proposal)
            continue
        first = grades[at]
        if first.values["grade"] != proposal.values["grade"]:
            why = f"{first.why} But elsewhere the report says “{proposal.passage[:80]}”."
            grades[at] = replace(first, confidence=Confidence.UNSURE, why=why)
        elif first.confidence == Confidence.LIKELY and not set(first.blocks) & set(proposal.blocks):
            why = f"{first.why} Elsewhere the report says the same."
            grades[at] = replace(first, confidence=Confidence.CERTAIN, why=why)
    return [_settled(proposal) for proposal in grades]


def _settled(proposal: Proposal) -> Proposal:
    """A grade, less certain where its body or its question is not on record, or not named."""
    values, reasons = proposal.values, []
    if not values.get("organisation"):
        reasons.append("It is of no body on record." if not values.get("region") else "Regions are not graded.")
    if not values["question"] and values["question_words"]:
        reasons.append(f"What it answers is not on record: “{values['question_words'][:80]}”.")
    elif not values["question"]:
        reasons.append("Which question it answers is not said.")
    if not reasons:
        return proposal
    confidence = Confidence.LIKELY if proposal.confidence == Confidence.CERTAIN else proposal.confidence
    return replace(proposal, confidence=confidence, why=f"{proposal.why} {' '.join(reasons)}")


def _is_same(proposal: Proposal, other: Proposal) -> bool:
    """Whether two grades of a body are of one question, by its words."""
    if proposal.values["body"] != other.values["body"]:
        return False
    words, others = proposal.values["question_words"], other.values["question_words"]
    if (proposal.values["question"] or words) == (other.values["question"] or others):
        return True
    one, two = telling(words), telling(others)
    return bool(one and two) and len(one & two) * 10 >= 6 * min(len(one), len(two))


def _alone(report: Report, block: Block) -> Iterator[Proposal]:
    """A grade that stands alone in its line, below the heading of a body or of a question, or that the heading of a
    body's part ends with.
    """
    standing, (name, behind) = report.standings[block.number], report.phrasebook.grade_behind(block.text)
    if block.kind == BlockKind.HEADING and behind and report.roles.get(block.number) == "body":
        yield _proposal(report, standing, behind, "", [block], Confidence.LIKELY, f"It stands behind “{name}”.")
    grade = report.phrasebook.grade(block.text) if len(block.text) < 60 else None
    if not grade or block.kind in (BlockKind.TABLE, BlockKind.ITEM) or not block.kind.is_body:
        return
    near = [other for other in report.blocks[max(block.number - 1, 0) : block.number + 2] if other is not block]
    is_legend = any(other.kind != BlockKind.HEADING and report.phrasebook.grade(other.text) for other in near)
    if standing.is_background or is_legend:  # grades side by side explain a scale
        return
    above = (other for other in reversed(report.blocks[: block.number]) if other.kind == BlockKind.HEADING)
    heading = next((other for other in above if report.roles.get(other.number) != "day"), None)
    words = heading.text if heading and report.roles.get(heading.number) != "body" else ""
    sentence = _confirming(report, block, grade)
    if sentence is None:
        confidence, why = Confidence.LIKELY, "The grade stands alone below a heading; no sentence repeats it."
    elif sentence[0] == grade:
        confidence, why = Confidence.CERTAIN, f"The grade stands alone, and a sentence repeats it: “{sentence[1]}”"
    else:
        confidence, why = Confidence.UNSURE, f"The grade stands alone, but a sentence says otherwise: “{sentence[1]}”"
    after = report.next_block(block) if sentence else None
    blocks = [other for other in (heading, block, after) if other]
    proposal = _proposal(report, standing, grade, words, blocks, confidence, why)
    if sentence and not (proposal.values["question"] or words):
        proposal = replace(proposal, values={**proposal.values, "question_words": sentence[2]})
    yield proposal


def _sentence_pattern(report: Report) -> re.Pattern[str]:
    """A sentence that gives a grade: "is good at", "was graded as adequate", "requires improvement at"."""
    phrasebook = report.phrasebook
    judgements = [words for words, slug in phrasebook.grades.items() if slug not in phrasebook.not_judgements]
    verbs = [words for words in judgements if " " in words]
    given = (
        r"(?:is|was|are|were|been|as|be)(?: now| currently| still)?"
        r"(?: (?:graded|judged|rated|assessed)(?: as| to be)?)?"
    )
    return re.compile(
        rf"\b{given} (?P<grade>{either(judgements) or 'x^'})(?= (?:at|in|for|overall)\b|[.,;]|$)"
        rf"|\b(?P<verb>{either(verbs) or 'x^'})(?= (?:at|in)\b)",
        re.IGNORECASE,
    )


def _confirming(report: Report, block: Block, grade: str) -> tuple[str, str, str] | None:
    """The grade in the first sentence after it that gives one to the body, with the sentence and what for."""
    pattern = _sentence_pattern(report)
    for other in report.blocks[block.number + 1 : block.number + 1 + REACH]:
        if other.kind == BlockKind.HEADING:
            return None
        for _, sentence in sentences_of(other.text)[:1]:
            if match := pattern.search(sentence[:200]):
                given = report.phrasebook.grades[(match["grade"] or match["verb"]).casefold()]
                return given, sentence[:200], _given_for(sentence, match)
    return None


def _given_for(sentence: str, match: re.Match[str]) -> str:
    """What stands behind a grade in its sentence: "tackling serious and organised crime"."""
    return re.sub(r"^\W*(?:at|in|for)\b", "", sentence[match.end() :]).strip(" .")


def _in_sentences(report: Report, block: Block) -> Iterator[Proposal]:
    """ "Wessex Police is good at tackling …", in the part of a body of which no grade stands alone."""
    standing = report.standings[block.number]
    is_prose = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    if not is_prose or standing.label:
        return
    is_part, grades = bool(standing.body_name) and not standing.is_background, report.phrasebook.grades
    for _, sentence in sentences_of(block.text):
        subject = report.phrasebook.body_at_start(sentence)
        graded = WE_GRADE.match(sentence)
        match = _sentence_pattern(report).search(sentence[:250])
        is_own = subject == standing.body or (graded and standing.body in report.phrasebook.bodies_in(sentence))
        if is_part and match and is_own and standing.body and not EARLIER.search(sentence):
            grade = report.phrasebook.grades[(match["grade"] or match["verb"]).casefold()]
            why = f"A sentence says so: “{sentence[:200]}”"
            yield _proposal(report, standing, grade, _given_for(sentence, match), [block], Confidence.LIKELY, why)
        elif not match and (ungraded := _ungraded(report, standing, sentence)):
            grade = next(grades[words] for words in UNGRADED if words in grades)
            why = f"A sentence says that no grade was given: “{sentence[:200]}”"
            yield _proposal(report, ungraded, grade, "", [block], Confidence.LIKELY, why)


def _ungraded(report: Report, standing: Standing, sentence: str) -> Standing | None:
    """The standing of the body that a sentence says was not graded this time: the one it names, wherever it stands, or
    that of its part.
    """
    match = NO_GRADE.search(sentence)
    is_known = any(words in report.phrasebook.grades for words in UNGRADED)
    if not match or not is_known or AS_A_WHOLE.search(sentence):
        return None
    named = list(dict.fromkeys(report.phrasebook.bodies_in(sentence)))
    own = None if standing.is_background else standing.body
    body = named[0] if len(named) == 1 else None if named else own
    is_earlier = EARLIER.search(sentence[: match.end()].casefold())
    return None if is_earlier or body is None or body.is_region else Standing(body, body.name)


def _in_table(report: Report, block: Block) -> Iterator[Proposal]:
    """A table with a body or a question in a row, and its grade, columns of earlier grades aside; or with a column for
    each grade.
    """
    if block.kind != BlockKind.TABLE or not block.rows:
        return
    is_background = report.standings[block.number].is_background
    if is_background and not any(_is_of_report(report, cell) for row in block.rows for cell in row):
        return
    columns = {at: grade for at, cell in enumerate(block.rows[0]) if (grade := report.phrasebook.grade(cell))}
    if len(columns) > 1:
        for cell, grade in [(row[at], columns[at]) for row in block.rows[1:] for at in columns if at < len(row)]:
            for words in re.split(r"\s*[•;\n]\s*", cell) if cell.strip(" -–") else []:
                yield _of_row(report, block, words, grade)
        return
    is_earlier = _earlier_columns(block.rows[0])
    for place, row in [*((block, row) for row in block.rows[1:]), *_cut_off(report, block)]:
        cells = [(at, grade) for at, cell in enumerate(row) if (grade := report.phrasebook.grade(cell))]
        grades = [grade for at, grade in cells if at not in is_earlier]
        words = next((cell for cell in row if cell and not report.phrasebook.grade(cell)), "")
        if len(grades) == 1 and words:
            yield _of_row(report, place, words, grades[0])


def _cut_off(report: Report, block: Block) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """The last row of a table that a page cuts off: a paragraph with the words of a heading, and grades alone."""
    texts = (other for other in report.blocks[block.number + 1 :] if other.kind.is_body)
    after = next((other for other in texts if other.kind != BlockKind.FOOTNOTE), None)
    if after is None or after.kind != BlockKind.PARAGRAPH or after.page == block.page:
        return
    grade = re.compile(rf" ({either(report.phrasebook.grades) or 'x^'})(?= |$)", re.IGNORECASE)
    words = re.sub(rf"(?:{grade.pattern})+$", "", after.text, flags=re.IGNORECASE)
    row = (words, *grade.findall(after.text[len(words) :]))
    if len(row) == len(block.rows[0]) and _is_of_report(report, words):
        yield after, row


def _is_of_report(report: Report, words: str) -> bool:
    """Whether a cell names a body, or a part of the report: a table of the scale of grades does neither."""
    plain = normalise(words)
    headings = (block.text for block in report.blocks if block.kind == BlockKind.HEADING)
    is_part = bool(plain) and any(normalise(heading) == plain for heading in headings)
    return is_part or report.phrasebook.body_of_heading(words) is not None


def _earlier_columns(head: tuple[str, ...]) -> set[int]:
    """The columns of what was said before: "Last time", "Previous grade"; of several years all but the latest."""
    years = {at: max(map(int, YEAR.findall(cell))) for at, cell in enumerate(head) if YEAR.search(cell)}
    by_year = {at for at, year in years.items() if year < max(years.values())}
    by_word = {at for at, cell in enumerate(head) if BEFORE.search(cell)}
    now = {at for at, cell in enumerate(head) if NOW.search(cell)}
    of_one_year = set(years) if len(years) == 1 and now - set(years) else set()
    return (by_year | by_word | of_one_year) - (now - by_year)


def _of_row(report: Report, block: Block, words: str, grade: str) -> Proposal:
    """The grade of the body or of the question that a cell names."""
    standing = report.standings[block.number]
    body: Body | None = report.phrasebook.body_of_heading(words)
    if body:
        standing, words = Standing(body, body.name), ""
    elif not standing.body_name:
        standing, words = Standing(None, words), ""
    return _proposal(report, standing, grade, words, [block], Confidence.LIKELY, "A table gives the grade.")


def _proposal(
    report: Report,
    standing: Standing,
    grade: str,
    words: str,
    blocks: list[Block],
    confidence: Confidence,
    why: str,
) -> Proposal:
    phrasebook = report.phrasebook
    of_programme = [question for question in phrasebook.questions if question.programme == report.programme]
    question = phrasebook.question(words, report.programme) if words else None
    if not words and len(of_programme) == 1:
        question = of_programme[0]
    elif not question and len(of_programme) > 1 and report.programme:
        above = [block.text for block in report.blocks[: blocks[0].number] if block.kind == BlockKind.HEADING]
        question = phrasebook.question(f"{words} {above[-1] if above else ''}", report.programme)
    values = {"grade": grade, "question": question.slug if question else "", "question_words": words}
    values |= {"programme": report.programme, **report.place_of(standing)}
    passage, numbers = "\n".join(block.text for block in blocks), tuple(block.number for block in blocks)
    return Proposal(ProposalKind.GRADING, values, confidence, why, passage, numbers, blocks[0].page, blocks[0].line)
