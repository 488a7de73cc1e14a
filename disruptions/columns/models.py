"""What the rows of the record are made of, each column described once.

Files (headings, how a cell is read), the comparison with the record, previews, what is written, lists, exports, the
API and forms all take it from here. A new column is a field of its model, with a migration, and one entry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from functools import cached_property, partial
from typing import Any

from django.db import models

from disruptions.choices import AssessmentType, FourP, Involvement, Moderation, Size, ThreatType, Tier
from disruptions.record.models import Disruption
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from forces.areas.models import LocalPolicingArea
from forces.models import Organisation
from soc_tracker.core.access.markings import Marking
from soc_tracker.core.lists.columns import as_given
from soc_tracker.core.text.days import in_words


class Kind(Enum):
    """How the values of a column are held, and so how they are read, compared and shown."""

    REFERENCE = auto()
    TEXT = auto()
    DAY = auto()
    CHOICE = auto()
    FLAG = auto()
    SCORE = auto()
    BODY = auto()
    AREA = auto()
    THREAT = auto()
    CRIME_TYPE = auto()
    CRIME_TYPES = auto()


KIND_OF_LINK = {
    Organisation: Kind.BODY,
    LocalPolicingArea: Kind.AREA,
    Threat: Kind.THREAT,
    CrimeType: Kind.CRIME_TYPE,
}
HOLDS = {
    Kind.REFERENCE: "a reference, as text",
    Kind.TEXT: "text",
    Kind.DAY: "a day, such as 2022-07-13, 13/07/2022 or 13 Jul 2022",
    Kind.FLAG: "yes or no",
    Kind.SCORE: "a number with at most two decimals",
    Kind.BODY: "the name of a police force, regional unit or agency",
    Kind.AREA: "the name of a local policing area of that body",
    Kind.THREAT: "the reference of a threat",
    Kind.CRIME_TYPE: "a crime type",
    Kind.CRIME_TYPES: "crime types, with semicolons between them",
}
"""What a cell of a column of a kind holds, for those who fill it in; a choice is one of its words."""
SQL_TYPES = {
    Kind.DAY: "date",
    Kind.BODY: "bigint",
    Kind.AREA: "bigint",
    Kind.CRIME_TYPE: "bigint",
    Kind.FLAG: "integer",
}
"""Of temporary tables; everything else is text."""


@dataclass(frozen=True)
class Described:
    """A column of the record: the field ``name`` of ``model``.

    ``files`` are the headings that files give it, the usual one first; ``required``: a file must have the column.
    Its cells may be empty where the field may, and where ``optional``; an empty cell stands for ``blank``.
    ``synonyms`` are other words for its ``choices``, ``expected`` says what is read where the kind does not.
    ``heading`` is that of lists and exports, ``label`` that of pages and forms, ``api`` the name in the API; each where
    it is another.
    """

    name: str
    files: tuple[str, ...]
    heading: str = ""
    label: str = ""
    model: type[models.Model] = Disruption
    choices: Any = None
    required: bool = True
    optional: bool = False
    blank: Any = None
    synonyms: Mapping[str, Any] = field(default_factory=dict)
    expected: str = ""
    api: str = ""

    @cached_property
    def field(self) -> Any:
        return self.model._meta.get_field(self.name)

    @cached_property
    def kind(self) -> Kind:
        if self.field.many_to_many:
            return Kind.CRIME_TYPES
        if self.field.is_relation:
            return KIND_OF_LINK[self.field.related_model]
        if self.choices:
            return Kind.CHOICE
        if self.name == "reference":
            return Kind.REFERENCE
        kinds = {models.DateField: Kind.DAY, models.BooleanField: Kind.FLAG, models.DecimalField: Kind.SCORE}
        return next((kind for of, kind in kinds.items() if isinstance(self.field, of)), Kind.TEXT)

    @property
    def holds(self) -> str:
        """What a cell holds, for those who fill it in."""
        words = HOLDS.get(self.kind, "")
        if self.kind is Kind.CHOICE:
            *others, last = (str(each.label) for each in self.choices if each is not self.blank)
            words = f"{', '.join(others)} or {last}"
        return f"{words}; may be empty" if self.may_be_empty else words

    @property
    def column(self) -> str:
        """The column of the model's table, and of the temporary table of a file: a key has a name of its own."""
        return str(self.field.name if self.field.many_to_many else self.field.column)

    @property
    def staged(self) -> str:
        """The column of a file's temporary table: threats, which may be new, stand there by their reference."""
        return "threat_reference" if self.kind is Kind.THREAT else self.column

    @property
    def path(self) -> str:
        """Where a row read from the database has what readers know: the name of what it links to, say."""
        names = {Kind.BODY: "__name", Kind.AREA: "__name", Kind.CRIME_TYPE: "__name", Kind.THREAT: "__reference"}
        return f"{self.name}{names.get(self.kind, '')}"

    def word(self, value: Any) -> Any:
        """A stored value as readers know it: a word of a vocabulary by its label."""
        is_word = self.kind is Kind.CHOICE and not isinstance(self.field, models.IntegerField)
        return str(self.choices(value).label) if is_word and value in self.choices else value

    def read(self, record: Any) -> Any:
        """What a record says in the column, as readers know it; None for nothing."""
        value = getattr(record, self.name)
        match self.kind:
            case Kind.CRIME_TYPES:
                return "; ".join(each.name for each in value.all())
            case Kind.BODY | Kind.AREA | Kind.CRIME_TYPE:
                return value.name if value else None
            case Kind.THREAT:
                return str(value)
            case Kind.SCORE:
                return as_given(value)
            case _:
                return self.word(value)

    def stored_words(self, new_crime_types: Mapping[int, str]) -> Callable[[Any], str]:
        """How readers know what the database holds in the column: keys by the names of what they stand for; those of
        crime types that are not on record yet are given.
        """
        names: Mapping[Any, Any] = {}
        match self.kind:
            case Kind.BODY | Kind.AREA:
                names = dict(self.field.related_model.objects.values_list("pk", "name"))
            case Kind.CRIME_TYPE | Kind.CRIME_TYPES:
                names = dict(self.field.related_model.objects.values_list("pk", "name")) | dict(new_crime_types)
            case Kind.CHOICE:
                names = dict(self.choices.choices)
            case Kind.FLAG:
                names = {True: "Yes", False: "No"}
            case Kind.DAY:
                return lambda value: in_words(date.fromisoformat(str(value))) if value else ""
        if self.kind is Kind.CRIME_TYPES:
            return lambda keys: "; ".join(sorted(map(names.__getitem__, keys)))
        return lambda value: "" if value in (None, "") else str(names.get(value, value))

    @property
    def sql_type(self) -> str:
        if self.kind is Kind.CHOICE and isinstance(self.field, models.IntegerField):
            return "integer"
        return SQL_TYPES.get(self.kind, "text")

    @property
    def longest(self) -> int | None:
        """Characters of a text, or of the reference by which files name a record."""
        of_link = self.kind is Kind.THREAT
        text = self.field.related_model._meta.get_field("reference") if of_link else self.field
        return int(text.max_length) if text.max_length else None

    @property
    def may_be_empty(self) -> bool:
        """Whether a row may say nothing: a new one then has no value, or what ``blank`` says."""
        return self.optional or self.field.null or self.field.blank or self.blank is not None


DISRUPTION_COLUMNS = [
    Described(
        "reference",
        ("disruption_ref", "disruption reference", "disruption id", "disruption", "reference", "ref"),
        heading="Reference",
    ),
    Described(
        "activity_date",
        ("activity_date", "date of activity", "activity", "disruption date"),
        heading="Activity",
        label="Activity date",
    ),
    Described(
        "added_date",
        ("recorded_date", "recorded", "date recorded", "added date", "date added", "added", "date created"),
        heading="Added",
        label="Added to the national database",
    ),
    Described(
        "organisation",
        ("organisation", "organization", "organisation name", "force", "force or ROCU", "body"),
        heading="Organisation",
    ),
    Described(
        "four_p",
        ("four_p", "4P", "4 P", "4Ps", "four Ps", "4P category", "4P strand", "strand"),
        heading="4P",
        choices=FourP,
    ),
    Described(
        "size",
        ("assessment", "size", "disruption assessment", "impact", "level", "disruption level"),
        heading="Size",
        choices=Size,
        blank=Size.NOT_ASSESSED,
        synonyms={"not assessed": Size.NOT_ASSESSED},
    ),
    Described(
        "involvement",
        ("involvement", "lead or support", "disruption involvement", "role"),
        heading="Lead or support",
        choices=Involvement,
    ),
    Described(
        "supported",
        ("supported_organisation", "supported", "supported force", "organisation supported", "support for"),
        heading="Supported",
        required=False,
    ),
    Described("threat", ("threat_ref", "threat reference", "threat id", "threat"), heading="Threat"),
    Described(
        "crime_type",
        ("crime_type", "primary crime type", "crime", "SOC type"),
        heading="Crime type",
        required=False,
    ),
    Described("summary", ("summary", "description", "details", "narrative"), heading="Summary", required=False),
]


of_threat = partial(Described, model=Threat, required=False)
of_state = partial(Described, model=ThreatState, required=False)
of_assessment = partial(Described, model=MorileAssessment, required=False)
THREAT_COLUMNS = [
    of_threat(
        "reference",
        ("threat_ref", "threat reference", "threat id", "threat", "reference", "ref"),
        heading="Reference",
        required=True,
    ),
    of_threat("name", ("name", "threat name", "title"), heading="Name"),
    of_state("type", ("type", "threat type"), heading="Type", choices=ThreatType, required=True),
    of_state("tier", ("tier", "threat tier"), heading="Tier", choices=Tier, expected="a tier from 1 to 5"),
    of_state("phase", ("phase", "threat phase"), heading="Phase"),
    of_threat(
        "organisation",
        ("organisation", "organization", "owning organisation", "owner", "force", "force or ROCU", "body"),
        heading="Owner",
        required=True,
    ),
    of_threat("lead_responsible_officer", ("lead_responsible_officer", "LRO"), heading="Lead responsible officer"),
    of_threat(
        "marking",
        ("marking", "protective marking", "security classification", "classification"),
        heading="Marking",
        choices=Marking,
        blank=Marking.OFFICIAL_SENSITIVE,
        synonyms={"official - sensitive": Marking.OFFICIAL_SENSITIVE, "official sensitive": Marking.OFFICIAL_SENSITIVE},
    ),
    of_threat("crime_types", ("crime_types", "crime type", "SOC type"), heading="Crime types"),
    of_threat("area", ("area", "local policing area", "LPA", "BCU"), heading="Local policing area"),
    of_state("assessment_type", ("assessment_type",), heading="Assessment type", choices=AssessmentType),
    of_state(
        "moderation",
        ("moderation", "moderation status", "moderated"),
        heading="Moderation",
        choices=Moderation,
        synonyms={
            "yes": Moderation.MODERATED,
            "no": Moderation.NOT_MODERATED,
            "unmoderated": Moderation.NOT_MODERATED,
        },
    ),
    of_state("is_soc", ("soc", "is SOC", "SOC flag"), heading="SOC", api="soc"),
    of_state(
        "valid_from",
        ("state_from", "state since", "valid from", "from"),
        heading="So since",
        api="since",
        optional=True,
    ),
    of_assessment("assessed_on", ("assessed_on", "date assessed", "assessment date"), "Assessed on", optional=True),
    of_assessment("physical", ("physical", "physical harm"), "Physical"),
    of_assessment("psychological", ("psychological", "psychological harm"), "Psychological"),
    of_assessment("financial", ("financial", "financial harm"), "Financial"),
    of_assessment("community", ("community", "community harm"), "Community"),
    of_assessment("geographic_scope", ("geographic_scope",), "Geographic scope"),
    of_assessment("likelihood", ("likelihood",), "Likelihood"),
    of_assessment("organisational_position", ("organisational_position",), "Position"),
    of_assessment("confidence", ("confidence",), "Confidence"),
    of_assessment("total", ("total", "total score", "MoRiLE score", "score"), "Total"),
    of_assessment("assessor", ("assessor", "assessed by"), "Assessor"),
    of_assessment("moderated_on", ("moderated_on", "date moderated"), "Moderated"),
]
"""Headings of scores are short enough for all to stand beside each other."""
