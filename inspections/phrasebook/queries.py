"""The phrasebook of the record: the words by which reports are read, of vocabularies, bodies and phrases."""

from collections import defaultdict
from collections.abc import Iterator

from forces.models import Membership, Organisation, Region
from inspections.choices import QuestionTheme, UnitKind
from inspections.figures.models import Measure, PublishedFigure
from inspections.phrasebook.choices import Part
from inspections.phrasebook.models import Phrase
from inspections.programmes.models import Programme, Question
from inspections.reader.meaning import phrasebook as reading
from inspections.reader.meaning.quantities import Wording
from inspections.vocabularies.models import FindingKind, Grade, Qualifier, Section, Unit, exact
from soc_tracker.core.text.normal import normalise

COLUMNS = {
    "number": Part.COLUMN_NUMBER,
    "owner": Part.COLUMN_OWNER,
    "due": Part.COLUMN_DUE,
    "status": Part.COLUMN_STATUS,
    "text": Part.COLUMN_TEXT,
}
"""The columns of a table in the order in which they are looked for."""


def get_phrasebook() -> reading.Phrasebook:
    """All that is known of how reports are worded, as it is on record now."""
    phrases: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for phrase in Phrase.objects.order_by("pk"):
        phrases[phrase.part].append((phrase.text, phrase.stands_for))
    kinds, grades, sections = FindingKind.rows(), Grade.rows(), Section.rows()
    set_apart = [kind for kind in kinds if kind.is_set_apart]
    return reading.Phrasebook(
        bodies=tuple(_bodies()),
        grades=_words(grades) | dict(phrases[Part.GRADE]),
        not_judgements=frozenset(grade.slug for grade in grades if not grade.is_judgement),
        kinds=_words(set_apart) | dict(phrases[Part.KIND]),
        plural_kinds={kind.plural.casefold(): kind.slug for kind in set_apart} | dict(phrases[Part.KINDS]),
        concerns=frozenset(kind.slug for kind in kinds if kind.is_concern),
        observation=next((kind.slug for kind in kinds if not kind.is_set_apart), ""),
        sections=_words(sections) | dict(phrases[Part.SECTION]),
        region_section=next((section.slug for section in sections if section.of_region), ""),
        opening_section=next((section.slug for section in sections if not section.of_region), ""),
        questions=tuple(
            reading.Question(question.slug, question.text, question.programme.slug, question.theme == QuestionTheme.SOC)
            for question in Question.objects.select_related("programme").order_by("programme__slug", "order", "pk")
        ),
        programmes={programme.name: programme.slug for programme in Programme.objects.order_by("-year", "pk")},
        measures=tuple(_measures(phrases[Part.MEASURE])),
        recommendations=("recommendation", *(words for words, _ in phrases[Part.RECOMMENDATION])),
        recommendation_lists=("recommendations", *(words for words, _ in phrases[Part.RECOMMENDATIONS])),
        earlier=_normalised(phrases[Part.EARLIER]),
        outcomes=frozenset(_normalised(phrases[Part.OUTCOME])),
        background=_normalised(phrases[Part.BACKGROUND]),
        divisions=frozenset(_normalised(phrases[Part.DIVISION])),
        columns={name: _normalised(phrases[part]) for name, part in COLUMNS.items()},
        wording=_wording(phrases),
    )


def _words(rows: list[FindingKind] | list[Grade] | list[Section]) -> dict[str, str]:
    return {row.label.casefold(): row.slug for row in rows}


def _normalised(phrases: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(normalise(words) for words, _ in phrases)


def _bodies() -> Iterator[reading.Body]:
    """Regions, and organisations with all their names, short names of forces aside from those of regions."""
    regions = list(Region.objects.order_by("pk"))
    of_regions: set[str] = set()
    for region in regions:
        name = normalise(region.name)
        names = (name, f"{name} region")
        of_regions.update(names)
        yield reading.Body(region.slug, region.name, names, region.slug, is_region=True)
    regions_of = {row.organisation_id: row.region for row in Membership.objects.select_related("region").order_by("pk")}
    for body in Organisation.objects.prefetch_related("aliases").order_by("pk"):
        aliases = tuple(sorted({alias.normalised for alias in body.aliases.all()} - of_regions))
        place = regions_of.get(body.pk)
        yield reading.Body(body.slug, body.name, aliases, place.slug if place else "")


def _measures(phrases: list[tuple[str, str]]) -> Iterator[reading.Measure]:
    worded: dict[str, list[str]] = defaultdict(list)
    for words, slug in phrases:
        worded[slug].append(words)
    units: dict[int, set[str]] = defaultdict(set)
    for measure_id, unit in PublishedFigure.objects.order_by().values_list("measure", "unit").distinct():
        units[measure_id].add(str(unit))
    for measure in Measure.objects.order_by("order", "pk"):
        own = (measure.name.casefold(), *worded[measure.slug])
        yield reading.Measure(measure.slug, measure.name, frozenset(units[measure.pk]), own)


def _wording(phrases: dict[str, list[tuple[str, str]]]) -> Wording:
    """Units without their number, but for those that numbers carry themselves; qualifiers as they are said."""
    own = (UnitKind.COUNT, UnitKind.PERCENT, UnitKind.CHANGE, UnitKind.MONEY, UnitKind.PLACE, UnitKind.SHARE)
    units = [unit for unit in Unit.rows() if unit.kind not in own]
    written = {words.replace("{}", "").strip(): unit.slug for unit in units for words in (unit.several, unit.one)}
    qualifiers = {word.label.casefold(): word.slug for word in Qualifier.rows() if word.comparison}
    return Wording(
        units={words: slug for words, slug in {**written, **dict(phrases[Part.UNIT])}.items() if words},
        qualifiers=qualifiers | dict(phrases[Part.QUALIFIER]),
        exact=exact() or "",
    )
