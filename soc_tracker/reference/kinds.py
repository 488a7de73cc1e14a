"""The kinds of row that files hold, in the order in which they load: a row comes after what it refers to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.text import capfirst

from forces import models as forces
from forces import services as forces_services
from inspections import models as inspections
from inspections import services as inspections_services
from inspections.sources.models import FACTS
from plans4p import services as plans4p_services
from soc_tracker.core.imports.cells import plain
from soc_tracker.core.records.models import Tracked
from soc_tracker.core.records.services import Service
from soc_tracker.core.text.normal import normalise

Values = Mapping[str, Any]
SERVICES = forces_services.SERVICES | inspections_services.SERVICES | plans4p_services.SERVICES


@dataclass(frozen=True)
class Kind:
    """One kind of row.

    ``key`` names the fields that tell one record from another, ``label_fields`` the
    fields that name a row to a reader where that differs. ``derive`` computes
    what no row states. ``named_by`` are the fields that tell a record whose row gives no slug from others: of them its
    slug is made. ``titles`` are what a sheet of such rows may be called, ``others`` what a column may be called besides
    its field's names. ``apart`` are fields that no row says. ``found_by`` tells of a link in which columns a row names
    the other record by fields of it, where it has no name of its own: the first column that it has tells which link
    of several is meant.
    """

    name: str
    model: type[Tracked]
    key: tuple[str, ...] = ("slug",)
    label_fields: tuple[str, ...] = ()
    derive: Callable[[Values], dict[str, Any]] = lambda values: {}
    named_by: tuple[str, ...] = ("name",)
    titles: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart: tuple[str, ...] = ()
    found_by: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def service(self) -> Service[Any]:
        """What writes its records, and knows the rules that they obey."""
        return SERVICES[self.model]

    @cached_property
    def fields(self) -> dict[str, Field]:
        """What a row may say, by name: all that a person may edit, but for links with a model of their own."""
        plain: list[Any] = [field for field in self.model._meta.fields if field.editable and not field.primary_key]
        links: list[Any] = list(self.model._meta.many_to_many)
        many = [field for field in links if field.remote_field.through._meta.auto_created]
        return {field.name: field for field in plain + many if field.name not in {*self.apart, *self.found_by}}

    @cached_property
    def columns(self) -> dict[str, Field]:
        """What a sheet of such rows has columns for: the fields, and those by which other records are found."""
        columns: dict[str, Any] = dict(self.fields)
        for link, names in self.found_by.items():
            model: Any = self.model._meta.get_field(link).related_model
            for name, of_other in {**names, **({link: ""} if name_field(model) else {})}.items():
                columns.setdefault(name, (model if of_other else self.model)._meta.get_field(of_other or link))
        return columns

    @cached_property
    def is_about_one(self) -> bool:
        """Whether a record speaks of a region or of a body, which ``ABOUT`` names, whichever it is."""
        return all(name in self.columns and self.columns[name].null for name in ("organisation", "region"))

    @cached_property
    def headings(self) -> dict[str, str]:
        """The field that each heading of a sheet stands for, in plain words."""
        names: dict[str, str] = {}
        for name in [*self.columns, *(self.others.keys() - self.columns.keys())]:
            verbose = str(self.columns[name].verbose_name) if name in self.columns else name
            first_day = f"{name.removesuffix('_on')} {FIRST_DAY}"
            for words in (name, verbose, first_day, *COLUMNS.get(name, ()), *self.others.get(name, ())):
                names.setdefault(plain(words), name)
        if self.is_about_one:
            names |= {plain(words): ABOUT for words in (ABOUT, "region or organisation")}
        return names

    def heading(self, name: str) -> str:
        """What a template calls the column of a field of its own, or of one by which another record is found."""
        is_own = name in self.fields
        return capfirst(str(self.fields[name].verbose_name) if is_own else self.others.get(name, (name,))[-1])

    @cached_property
    def key_columns(self) -> tuple[str, ...]:
        fields: list[Any] = [self.model._meta.get_field(name) for name in self.key]
        return tuple(field.attname for field in fields)

    @cached_property
    def refers_to_itself(self) -> str:
        """The field in which a row names another row of its kind, or nothing."""
        own = [n for n, f in self.fields.items() if isinstance(f, ForeignKey) and f.related_model is self.model]
        return own[0] if own else ""

    @cached_property
    def lists_of_its_own(self) -> tuple[str, ...]:
        """The fields in which a row names others of its kind, which may name it in turn."""
        return tuple(n for n, f in self.fields.items() if f.many_to_many and f.related_model is self.model)

    def label(self, data: Values) -> str:
        """The words by which a reader finds the row."""
        names = self.label_fields or self.key
        if names == ("slug",) and not data.get("slug"):
            names = self.named_by[-1:] if data.get(self.named_by[-1]) else self.named_by
        return " / ".join(str(data.get(name, "no " + name)) for name in names)


def name_field(model: type[Model]) -> str:
    """The field by which rows refer to a record of the model, such as its slug; "" where they cannot."""
    names = {field.name for field in model._meta.fields}
    return next((name for name in ("slug", "reference", "username", "name") if name in names), "")


def alike(*names: str) -> dict[str, str]:
    """Columns that are called as the fields that they hold."""
    return {name: name for name in names}


def _response(values: Values) -> dict[str, Any]:
    """The one response in which an answer to what must change can stand."""
    requirement = values.get("requirement")
    if requirement is None:
        return {}
    responses = inspections.Response.objects.filter(organisation=requirement.organisation_id)
    return {"response": responses.filter(inspection__findings=requirement.finding_id).first()}


ABOUT = "about"
"""In place of a field: the region or the body that a row is about."""
FIRST_DAY = "(first day of the span known)"
"""Ends the heading of a day in a list, beside that of the day in words."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "locator": ("place in the source", "page", "paragraph", "where"),
    "source": ("document", "report"),
    "published_on": ("published", "publication date", "date published"),
    "published_precision": ("precision",),
    "due_precision": ("precision",),
    "fieldwork_on": ("fieldwork", "fieldwork date"),
    "valid_from": ("exists from",),
    "valid_to": ("exists until",),
    "note": ("notes",),
    "period_from": ("from",),
    "period_to": ("to",),
    "topics": ("topic",),
    "organisation": ("body", "force", "force or ROCU", "police force", "about"),
}
"""What columns are called, in lists of this site and elsewhere."""

KINDS = (
    Kind("regions", forces.Region, others={"name": ("region",), "note": ("how it works together",)}),
    Kind(
        "organisations",
        forces.Organisation,
        titles=("police forces", "regional organised crime units", "other bodies", "forces", "rocus", "bodies"),
        others={
            "aliases": ("aliases", "also known as", "other names"),
            "region": ("region",),
            "region_from": ("region from",),
        },
    ),
    Kind(
        "aliases",
        forces.Alias,
        key=("normalised",),
        label_fields=("organisation", "name"),
        derive=lambda values: {"normalised": normalise(values["name"])},
    ),
    Kind("memberships", forces.Membership, key=("organisation",), label_fields=("organisation", "region")),
    Kind("successions", forces.Succession, key=("predecessor", "successor")),
    Kind(
        "oversights",
        forces.Oversight,
        key=("organisation", "responder"),
        titles=("local policing bodies",),
        others={"responder": ("local policing body", "commissioner", "answered for by"), "source": ("laid down in",)},
    ),
    Kind("grades", inspections.Grade, named_by=("label",)),
    Kind("grade_scales", inspections.GradeScale, named_by=("label",)),
    Kind("finding_kinds", inspections.FindingKind, named_by=("label",)),
    Kind("sections", inspections.Section, named_by=("label",)),
    Kind("requirement_statuses", inspections.RequirementStatus, named_by=("label",)),
    Kind("inspection_stages", inspections.InspectionStage, named_by=("label",)),
    Kind("monitoring_stages", inspections.MonitoringStage, named_by=("label",)),
    Kind("qualifiers", inspections.Qualifier, named_by=("label",)),
    Kind("units", inspections.Unit, named_by=("label",)),
    Kind("source_kinds", inspections.SourceKind, named_by=("label",)),
    Kind(
        "sources",
        inspections.SourceDocument,
        named_by=("title",),
        others={"title": ("document", "source")},
        apart=("made_here",),
    ),
    Kind(
        "characteristics",
        inspections.Characteristic,
        key=("scale", "grade", "source", "locator"),
        label_fields=("scale", "grade"),
        titles=("characteristics of grades",),
        others={"scale": ("grade scale",), "text": ("what it stands for",)},
    ),
    Kind("sizes", forces.BodySize, key=("organisation", "measure", "as_at")),
    Kind("programmes", inspections.Programme, others={"name": ("programme",), "scale": ("grade scale",)}),
    Kind("questions", inspections.Question, named_by=("programme", "text"), others={"text": ("question",)}),
    Kind("topics", inspections.Topic, others={"name": ("topic",)}),
    Kind("measures", inspections.Measure, others={"name": ("measure",), "group": ("group of measures",)}),
    Kind("phrases", inspections.Phrase, key=("part", "text"), titles=("phrases of reports",)),
    Kind(
        "inspections",
        inspections.Inspection,
        named_by=("title",),
        others={"title": ("inspection",)},
        apart=("stage", "out_at", "is_illustrative"),
    ),
    Kind(
        "gradings",
        inspections.Grading,
        key=("inspection", "organisation", "question"),
        titles=("grades", "grading"),
        others={"summary": ("in support",)},
    ),
    Kind(
        "findings",
        inspections.Finding,
        named_by=("inspection", "organisation", "region", "title"),
        others={"title": ("finding",), "section": ("section of the report",)},
    ),
    Kind(
        "revisits",
        inspections.Revisit,
        key=("finding", "inspection"),
        titles=("findings looked at again",),
        others={"summary": ("what it says now",), "inspection": ("later inspection",)},
    ),
    Kind(
        "recommendations",
        inspections.Recommendation,
        key=("finding", "number"),
        others={"text": ("recommendation",), "addressed_to": ("for", "body", "force"), "due_on": ("due", "by when")},
    ),
    Kind(
        "events",
        inspections.Step,
        key=("requirement", "on", "status"),
        label_fields=("finding", "number", "on", "status"),
        titles=("log", "updates", "steps", "history"),
        others={
            "finding": ("finding",),
            "number": ("number",),
            "on": ("date", "day", "when"),
            "on_precision": ("precision",),
            "status": ("state", "where it stands since then"),
            "note": ("comment", "what happened"),
        },
        apart=("by", "corrects", "evidence_kind", "evidence", "document", "figure", "link", "upload", "evidence_note"),
        found_by={"requirement": alike("finding", "number")},
    ),
    Kind(
        "moves",
        inspections.DeadlineMove,
        key=("requirement", "on", "new_on"),
        label_fields=("finding", "number", "on", "new_on"),
        titles=("dates that moved", "deadlines"),
        others={"finding": ("finding",), "number": ("number",), "on": ("set on",), "new_on": ("due", "new date")},
        apart=("by", "old_on", "old_precision"),
        found_by={"requirement": alike("finding", "number")},
    ),
    Kind(
        "responses",
        inspections.Response,
        key=("inspection", "organisation"),
        titles=("responses of local policing bodies",),
        others={
            "responder": ("local policing body", "commissioner"),
            "is_published": ("is published",),
            "comments": ("comments on the report", "on the report as a whole"),
        },
    ),
    Kind(
        "answers",
        inspections.Answer,
        key=("requirement",),
        label_fields=("finding", "number"),
        derive=_response,
        titles=("answers to recommendations",),
        others={"finding": ("finding",), "number": ("number",), "due_on": ("by when",)},
        apart=("response",),
        found_by={"requirement": alike("finding", "number")},
    ),
    Kind(
        "positions",
        inspections.Position,
        key=("requirement", "on"),
        label_fields=("finding", "number", "on"),
        titles=("own records",),
        others={
            "finding": ("finding",),
            "number": ("number",),
            "on": ("day", "when"),
            "status": ("where the body sees it",),
            "implementation": ("how far it was carried out",),
            "note": ("what it says",),
        },
        found_by={"requirement": alike("finding", "number")},
    ),
    Kind(
        "figures",
        inspections.PublishedFigure,
        named_by=("source", "measure", "organisation", "region", "period_from", "period_to", "as_at", "period_words"),
        titles=("published figures",),
        others={
            "said_by": ("whose figure",),
            "step": ("unit of the last digit printed",),
            "note": ("what it covers",),
            "value_to": ("to (of a range)",),
            "value_on": ("date", f"date {FIRST_DAY}"),
            "value_precision": ("precision of the date",),
        },
        apart=("inspection",),
    ),
    Kind("monitoring", inspections.MonitoringPeriod, key=("organisation", "stage", "started_on")),
    Kind(
        "citations",
        inspections.Citation,
        key=(*FACTS, "source", "locator"),
        label_fields=("source", "locator"),
        titles=("further sources",),
        others={
            "stance": ("what it says",),
            "wording": ("as it puts it",),
            "stage": ("stage",),
            "size_measure": ("size",),
            "started_on": ("monitored since",),
        },
        found_by={
            "figure": alike("measure", "organisation", "region", "national", "as_at", "period_from", "period_to"),
            "grading": alike("question", "inspection", "organisation"),
            "recommendation": alike("number", "finding"),
            "monitoring": alike("stage", "organisation", "started_on"),
            "size": {"size_measure": "measure", **alike("organisation", "as_at")},
            "finding": {},
            "inspection": {},
        },
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}
