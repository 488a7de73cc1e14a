"""The words of the field by which a report is read: bodies, grades, kinds of finding, sections, measures, and how
reports write each. All of it is on record, where an administrator adds to it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from inspections.reader.meaning.numbers import ONES, either
from inspections.reader.meaning.quantities import Wording
from soc_tracker.core.text.normal import normalise

COUNT = (
    rf"(?:{either(list(ONES)[1:13])}"
    r"|(?:no\.? ?)?(?:[a-z]{0,3}/?\d{1,4}(?:[./-]\d{1,4})*(?:[a-z]\b)?|[ivx]{1,5}|[a-h]\b))"
)
TELLING = re.compile(r"[a-z0-9]{2,}")
GRADE_BEHIND = re.compile(r"(?P<name>.+?)\s*(?:[:–—]|\s-|\()\s*(?P<grade>[A-Za-z ]+?)\)?")
SHORT_SECTION = 12
"""Letters of the name of a section that only a heading like it alone names."""
SHORT_NAME = 4
"""Letters up to which a name may be a word too."""
IDLE = {
    *("the", "and", "of", "to", "in", "is", "how", "for", "at", "are", "on", "its", "it", "an", "that", "who", "with"),
    *("force", "forces", "body", "effective", "effectively", "well", "does", "do", "from", "good"),
}


@dataclass(frozen=True)
class Body:
    """A body or region on record, with all its names as ``normalise`` has them, and the region that it is in."""

    slug: str
    name: str
    names: tuple[str, ...]
    region: str = ""
    is_region: bool = False

    @property
    def place(self) -> dict[str, Any]:
        """The body as the values of a proposal name it."""
        return {"body": self.name, ("region" if self.is_region else "organisation"): self.slug}


@dataclass(frozen=True)
class Question:
    slug: str
    text: str
    programme: str
    is_of_soc: bool = False


@dataclass(frozen=True)
class Measure:
    """What figures measure. Each of ``phrases`` is some words, all of which the sentence must hold; "arrest*" stands
    for every word that begins so. ``units`` are those in which it has been published; none means any.
    """

    slug: str
    name: str
    units: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Label:
    """What a text begins with, such as "Area for improvement 2:", and what follows it."""

    word: str
    number: str
    rest: str
    is_plural: bool = False


@dataclass(frozen=True)
class Phrasebook:
    """``kinds``, ``grades``, ``sections`` and ``recommendations`` hold phrases, in small letters, with the slugs of
    their words; ``plural_kinds`` those that head a list. ``background`` are the headings of what is no finding,
    ``divisions`` those that only divide a report; ``earlier`` is what headings say of recommendations made before.
    ``outcomes`` is what became of those. ``columns`` has, for each column of a table of recommendations, how its
    heading begins or ends.
    """

    bodies: tuple[Body, ...] = ()
    grades: Mapping[str, str] = field(default_factory=dict)
    not_judgements: frozenset[str] = frozenset()
    kinds: Mapping[str, str] = field(default_factory=dict)
    plural_kinds: Mapping[str, str] = field(default_factory=dict)
    concerns: frozenset[str] = frozenset()
    observation: str = "observation"
    sections: Mapping[str, str] = field(default_factory=dict)
    region_section: str = ""
    opening_section: str = ""
    questions: tuple[Question, ...] = ()
    programmes: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()
    recommendations: tuple[str, ...] = ("recommendation",)
    recommendation_lists: tuple[str, ...] = ("recommendations",)
    earlier: tuple[str, ...] = ()
    outcomes: frozenset[str] = frozenset()
    background: tuple[str, ...] = ()
    divisions: frozenset[str] = frozenset()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wording: Wording = field(default_factory=Wording)

    @cached_property
    def by_name(self) -> dict[str, Body]:
        return {name: body for body in self.bodies for name in body.names}

    def narrowed(self, text: str) -> "Phrasebook":
        """The phrasebook for a report with this text, as ``normalise`` has it: without bare names of places, such as
        "Wessex" for its police, of bodies that the report never calls by their full names.
        """
        words = f" {text} "
        full = {body.slug for body in self.bodies if f" {normalise(body.name)} " in words}
        regions = {body.region for body in self.bodies if body.slug in full and not body.is_region}
        bodies = []
        for body in self.bodies:
            name = normalise(body.name)
            if body.is_region:
                is_meant = body.slug in regions or f" {name} region" in words
                long_names = [each for each in body.names if each.endswith(" region")]
            else:
                is_meant = body.slug in full
                long_names = [each for each in body.names if each == name or not name.startswith(f"{each} ")]
            bodies.append(body if is_meant else replace(body, names=tuple(long_names)))
        return replace(self, bodies=tuple(bodies))

    def body_of_heading(self, heading: str) -> Body | None:
        """The body that a heading names and nothing else: "3. Wessex Police", "Wessex Police: findings"."""
        plain = normalise(re.sub(r"\([^)]*\)", " ", self.grade_behind(heading)[0]))
        plain = re.sub(r"^(?:(?:part|chapter|section|annex) )?(?:\d+ )*", "", plain)
        plain = re.sub(
            r"^(?:(?:our )?(?:findings|overview|summary|assessment|inspection)(?: for| of| on| in)? )?(?:the )?",
            "",
            plain,
        )
        plain = self._patterns["division ahead"].sub("", plain)
        plain = re.sub(r" (?:findings|overview|summary|assessment|profile|inspection findings)$", "", plain)
        return self.by_name.get(plain) or self.by_name.get(plain.removesuffix(" region"))

    def bodies_in(self, text: str) -> list[Body]:
        """The bodies that a text names, in order, the longest name first where one holds another."""
        names = [match[0] for match in self._patterns["body"].finditer(normalise(text))]
        return [self.by_name[name] for name in names if len(name) > SHORT_NAME or name_in(name, text)]

    def body_at_start(self, text: str) -> Body | None:
        """The body that a sentence is about, where its name begins it."""
        match = self._patterns["body"].match(re.sub(r"^the ", "", normalise(text)))
        is_name = match and (len(match[0]) > SHORT_NAME or name_in(match[0], text))
        return self.by_name[match[0]] if match and is_name else None

    def grade_behind(self, heading: str) -> tuple[str, str | None]:
        """A heading without the grade that it ends with, and its slug: "Wessex Police – good", "Wessex (adequate)"."""
        match = GRADE_BEHIND.fullmatch(heading.strip())
        grade = self.grades.get(match["grade"].casefold()) if match else None
        return (match["name"], grade) if match and grade else (heading, None)

    def grade(self, text: str) -> str | None:
        """The slug of the grade that a text is, and nothing else: "Good", "Grade: good", "Overall – adequate."."""
        plain = re.sub(
            r"^(?:(?:overall|our) )?(?:grade|graded|judge?ment|rating|rated|outcome|overall)(?: is)? ?[:–-]? ?",
            "",
            text.strip().casefold(),
        )
        return self.grades.get(plain.rstrip(". "))

    def kind_label(self, text: str) -> Label | None:
        """The kind of finding that a text begins with: "Area for improvement: …", "AFI 3 – …", "Causes of concern"."""
        patterns = self._patterns
        return _label(text, patterns["kind"], self.kinds) or _label(
            text, patterns["kinds"], self.plural_kinds, is_plural=True
        )

    def recommendation_label(self, text: str) -> Label | None:
        """ "Recommendation 3: …", "Recommendation 3 (to the Home Office)"; "R12 The Home Office should …"."""
        if label := _label(text, self._patterns["recommendation"], {}):
            return label
        match = SHORT.match(text)
        return Label("recommendation", match["number"], match["rest"].strip()) if match else None

    def heads_recommendations(self, heading: str) -> bool:
        """Whether a heading stands over recommendations: "Recommendations", "Summary of recommendations"."""
        plain = normalise(re.sub("[–—]", " ", heading))
        return bool(self._patterns["recommendation heads"].fullmatch(plain)) and not self.is_earlier(heading)

    def is_earlier(self, heading: str) -> bool:
        """Whether a heading stands over recommendations made before: "Progress on previous recommendations"."""
        plain = normalise(heading)
        is_of_before = self._patterns["earlier"].search(plain) or OF_A_YEAR.search(plain)
        return bool(is_of_before and self._patterns["of recommendations"].search(plain))

    def is_outcome(self, text: str) -> bool:
        """Whether a text begins with what became of a recommendation: "Not met.", "Status: complete"."""
        return normalise(re.split(r"[.:;,–—]", BEFORE_OUTCOME.sub("", text), maxsplit=1)[0]) in self.outcomes

    def is_background(self, heading: str) -> bool:
        """Whether what stands below a heading tells of the report itself, not of what it found."""
        text = re.sub(r"^(?:\d+[.)]?\s)+", "", heading)
        plain, before_colon = normalise(text), normalise(re.split(r"\s?[:–—]\s", text, maxsplit=1)[0])
        return before_colon in self.background or bool(self._patterns["background"].fullmatch(plain))

    def is_division(self, heading: str) -> bool:
        """Whether a heading only divides a report: "Main findings", "What we found in Wessex"."""
        return bool(self._patterns["division"].fullmatch(normalise(heading)))

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        """Its phrases as they stand in a text. Of the background several words may go on; one alone, such as "annex",
        with its letter or number.
        """
        lists, divisions = either(self.recommendation_lists), either(self.divisions) or "x^"
        several = either(words for words in self.background if " " in words) or "x^"
        alone = either(words for words in self.background if " " not in words) or "x^"
        of_report = r"(?:used )?(?:in|of|to|for) (?:this|the|our) (?:report|review|inspection|audit|inquiry|document).*"
        numbered = r"(?:(?:chapter|part|section|volume) )?(?:\d+ )*"
        about = "(?:of|for|on|at|in|about|from)"
        return {
            "body": re.compile(rf"\b(?:{either(self.by_name) or 'x^'})\b"),
            "kind": _labelling(self.kinds),
            "kinds": _labelling(self.plural_kinds),
            "recommendation": _labelling(self.recommendations),
            "recommendation heads": re.compile(
                rf"(?:(?:{BEFORE_LIST}|\d+|[a-z]) )*(?:{lists})(?: (?:for|to|of|on|from|and) .*)?"
            ),
            "of recommendations": re.compile(rf"\b(?:{either((*self.recommendation_lists, *self.recommendations))})\b"),
            "earlier": re.compile(rf"\b(?:{either(self.earlier) or 'x^'})\b"),
            "background": re.compile(rf"(?:{several})(?: .*)?|(?:{alone})(?: (?:[a-z]|\d+)\b.*| {of_report})?"),
            "division": re.compile(rf"{numbered}(?:{divisions})(?: {about} .*)?"),
            "division ahead": re.compile(rf"^(?:{divisions}) {about} (?:the )?"),
        }

    def section(self, heading: str) -> str | None:
        """The slug of the section that a heading names."""
        plain = normalise(heading)
        begun = (
            slug for words, slug in self._sections.items() if len(words) > SHORT_SECTION and plain.startswith(words)
        )
        return self._sections.get(plain) or next(begun, None)

    @cached_property
    def _sections(self) -> dict[str, str]:
        return {normalise(words): slug for words, slug in self.sections.items()}

    def question(self, words: str, programme: str) -> Question | None:
        """The question of a programme that some words ask: the one of which most telling words are in them."""
        of_programme = [question for question in self.questions if question.programme == programme]
        wanted = telling(words)
        scores = [
            (len(telling(question.text) & wanted) / (len(telling(question.text)) or 1), question)
            for question in of_programme
        ]
        best = max(scores, key=lambda pair: pair[0], default=(0.0, None))
        return best[1] if best[0] >= 0.5 else None

    def programme(self, text: str) -> str:
        """The slug of the programme that a text names, "" where it names none."""
        plain = normalise(text)
        return next(
            (slug for name, slug in self.programmes.items() if re.search(rf"\b{re.escape(normalise(name))}\b", plain)),
            "",
        )

    def kind_in(self, text: str) -> str:
        """The kind of finding that a sentence speaks of; "" where it speaks of none."""
        plain = text.casefold()
        places = (
            (plain.find(words), slug) for words, slug in {**self.plural_kinds, **self.kinds}.items() if words in plain
        )
        return min(places, default=(0, ""))[1]


def name_in(name: str, text: str) -> bool:
    """Whether a text has a short name as one: in capitals, or with one, which a verb such as "met" has not."""
    return bool(re.search(rf"\b(?:{name.upper()}|(?<!^){name.title()})\b", text))


def telling(text: str) -> set[str]:
    """The stems of the words that tell one question from another."""
    return {word[:6] for word in TELLING.findall(normalise(text)) if word not in IDLE}


BEFORE_LIST = (
    "summary|list|table|full|all|our|key|main|the|of|and|conclusions?|findings?|final|chapter|part|section|annex|appendix"
    "|new|further|additional|priority|urgent|early|interim|strategic|detailed|general|consolidated|proposed|numbered"
    "|volume|overall|specific|national|local|inquiry|inquirys|report|inspection|audit|executive|exhibit|chairs?|panels?"
)
"""What may stand before "recommendations" in the heading of their list."""
BEFORE_LABEL = "new|further|key|repeat|revised|urgent|ongoing|national|safety|main|priority"


def _labelling(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{BEFORE_LABEL}) )?(?P<words>{either(phrases) or 'x^'})\b"
        rf"(?:\s+(?P<number>{COUNT})\b)?(?P<joint>\s*[:–—?-]+\s*|\.\s+|\s+|$)(?P<rest>.*)",
        re.IGNORECASE | re.DOTALL,
    )


def _label(text: str, pattern: re.Pattern[str], slugs: Mapping[str, str], *, is_plural: bool = False) -> Label | None:
    """A label at the start of a text. Without a number it ends in a colon or with the text: else a sentence goes on."""
    match = pattern.match(text)
    if not match:
        return None
    is_marked = match["number"] or match["joint"].strip() in (":", "–", "—", "-") or not match["rest"]
    goes_on = match["joint"].isspace() and re.match(
        r"(?:to|and|of|is|was|are|were|has|have|in|on|which|that|above|below|we|made|from|,|;)\b|[,;]", match["rest"]
    )
    if not is_marked or goes_on:
        return None
    words, number = match["words"].casefold(), match["number"] or ""
    number = str(ONES.get(number.casefold(), number))
    return Label(slugs.get(words, words), number, match["rest"].strip(), is_plural)


BEFORE_OUTCOME = re.compile(
    r"^(?:status|progress|outcome|assessment|position|rating|our (?:view|assessment))\s*[:–-]\s*", re.IGNORECASE
)
OF_A_YEAR = re.compile(
    r"\b(?:19|20)\d\d (?:[a-z]+ ){0,2}(?:inspection|report|audit|review|inquiry|recommendation)s?\b"
    r"|\brecommendations? (?:[a-z]+ ){0,2}?(?:of|from|in|since) (?:the )?(?:19|20)\d\d\b"
)
SHORT = re.compile(
    r"(?P<number>(?:R|SR|REC|Rec)\.? ?\d{1,3}(?:[./]\d{1,4})*[a-z]?|[A-Z]{1,2}R\d{1,3}(?=\s*[:.–—-]))"
    r"(?:\s*[:.–—-]\s*|\s+|$)(?P<rest>.*)",
    re.DOTALL,
)
"""A label such as "R12" or "R/2023/220"."""
