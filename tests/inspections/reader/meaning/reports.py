"""Small reports of made-up bodies, and the words that they are read by."""

from pathlib import Path

from inspections.reader.meaning.phrasebook import Body, Measure, Phrasebook, Question
from inspections.reader.meaning.proposals import ProposalKind, Reading
from inspections.reader.meaning.quantities import Wording
from inspections.reader.meaning.reading import read
from inspections.reader.structure.html import read_html
from inspections.reader.structure.text import read_text

WORDING = Wording(
    units={"tonnes": "tonnes"},
    qualifiers={
        "over": "over",
        "more than": "over",
        "nearly": "nearly",
        "about": "about",
        "up to": "limit",
        "more than a third": "more_than_a_third",
        "more than double": "more_than_double",
    },
)
PHRASEBOOK = Phrasebook(
    bodies=(
        Body("far-west", "Far West", ("far west", "far west region"), "far-west", is_region=True),
        Body("wessex", "Wessex Police", ("wessex", "wessex police"), "far-west"),
        Body("mercia", "Mercia Constabulary", ("mercia", "mercia constabulary"), "far-west"),
        Body(
            "fwrocu",
            "Far West Regional Organised Crime Unit",
            ("far west regional organised crime unit", "fwrocu"),
            "far-west",
        ),
    ),
    grades={
        **{word: word for word in ("outstanding", "good", "adequate", "inadequate", "ungraded")},
        "requires improvement": "requires_improvement",
    },
    not_judgements=frozenset({"ungraded"}),
    kinds={
        "area for improvement": "area_for_improvement",
        "afi": "area_for_improvement",
        "cause of concern": "cause_of_concern",
        "innovative practice": "innovative_practice",
    },
    plural_kinds={"areas for improvement": "area_for_improvement", "causes of concern": "cause_of_concern"},
    concerns=frozenset({"cause_of_concern"}),
    sections={"regional findings": "regional", "resources and skills": "resources", "overview of the body": "overview"},
    region_section="regional",
    opening_section="overview",
    questions=(
        Question("soc-2022", "Tackling serious and organised crime", "round-2022"),
        Question("vulnerable-2017", "Protecting vulnerable people and supporting victims", "round-2017"),
        Question("soc-2017", "Tackling serious and organised crime", "round-2017"),
    ),
    programmes={"Round 2022": "round-2022", "Round 2017": "round-2017"},
    measures=(
        Measure("arrests", "Arrests", phrases=("arrest*",)),
        Measure("schools", "Schools reached", phrases=("schools",)),
        Measure("threats", "Threats recorded", phrases=("threats recorded", "threats")),
        Measure("pursue-share", "Share of disruptions, pursue", units=frozenset({"percent"}), phrases=("pursue",)),
    ),
    outcomes=frozenset({"met", "not met", "complete"}),
    earlier=("previous", "progress on"),
    divisions=frozenset({"main findings", "what we found"}),
    columns={
        "number": ("no", "ref", "reference"),
        "owner": ("who", "owner", "responsible", "responsible officer"),
        "due": ("when", "by when", "target date"),
        "status": ("status",),
        "text": ("recommendation", "agreed action", "action", "what"),
    },
    background=("introduction", "appendix", "annex", "glossary", "about this report"),
    wording=WORDING,
)


def reading_of(text: str, folder: Path) -> Reading:
    """What is read of a text, which is written to the folder."""
    path = folder / "report.txt"
    path.write_text(text.strip() + "\n", encoding="utf-8")
    return read(read_text(path, path.name, labels=PHRASEBOOK.grades), PHRASEBOOK)


def reading_of_page(content: str, folder: Path) -> Reading:
    """What is read of a web page, which is written to the folder."""
    path = folder / "report.html"
    path.write_text(content, encoding="utf-8")
    return read(read_html(path, path.name, labels=PHRASEBOOK.grades), PHRASEBOOK)


def values(reading: Reading, kind: ProposalKind, *names: str) -> list[tuple[object, ...]]:
    """Of each proposal of the kind the values with these names, in order."""
    return [tuple(proposal.values.get(name) for name in names) for proposal in reading.of(kind)]


def recommendations(text: str, folder: Path, *names: str) -> list[tuple[object, ...]]:
    """Of each recommendation that is read of a text these values, or what it says, to whom and by when."""
    names = names or ("text", "label", "addressee", "addressed_to", "due_on")
    return values(reading_of(text, folder), ProposalKind.RECOMMENDATION, *names)
