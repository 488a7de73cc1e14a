"""The kinds of row that files hold, in the order in which they load: a row comes after what it refers to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Field, ForeignKey, Model

from forces import models as forces
from forces import services as forces_services
from forces.models import normalise
from inspections import models as inspections
from inspections import services as inspections_services
from plans4p import services as plans4p_services
from soc_tracker.core.records.models import Tracked
from soc_tracker.core.records.services import Service

Values = Mapping[str, Any]
SERVICES = forces_services.SERVICES | inspections_services.SERVICES | plans4p_services.SERVICES


@dataclass(frozen=True)
class Kind:
    """One kind of row.

    ``key`` names the fields that tell one record from another, ``shown`` the
    fields that name a row to a reader where that differs. ``derive`` computes
    what no row states.
    """

    name: str
    model: type[Tracked]
    key: tuple[str, ...] = ("slug",)
    shown: tuple[str, ...] = ()
    derive: Callable[[Values], dict[str, Any]] = lambda values: {}

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
        return {field.name: field for field in plain + many}

    @cached_property
    def key_columns(self) -> tuple[str, ...]:
        fields: list[Any] = [self.model._meta.get_field(name) for name in self.key]
        return tuple(field.attname for field in fields)

    @cached_property
    def refers_to_itself(self) -> str:
        """The field in which a row names another row of its kind, or nothing."""
        own = [n for n, f in self.fields.items() if isinstance(f, ForeignKey) and f.related_model is self.model]
        return own[0] if own else ""

    def label(self, data: Values) -> str:
        """The words by which a reader finds the row."""
        return " / ".join(str(data.get(name, "no " + name)) for name in self.shown or self.key)


def name_field(model: type[Model]) -> str:
    """The field by which rows refer to a record of the model, such as its slug; "" where they cannot."""
    names = {field.name for field in model._meta.fields}
    return next((name for name in ("slug", "reference", "username", "name") if name in names), "")


def _normalised(values: Values) -> dict[str, Any]:
    return {"normalised": normalise(values["name"])}


KINDS = (
    Kind("regions", forces.Region),
    Kind("organisations", forces.Organisation),
    Kind("aliases", forces.Alias, key=("normalised",), shown=("organisation", "name"), derive=_normalised),
    Kind("memberships", forces.Membership, key=("organisation",), shown=("organisation", "region")),
    Kind("successions", forces.Succession, key=("predecessor", "successor")),
    Kind("qualifiers", inspections.Qualifier),
    Kind("units", inspections.Unit),
    Kind("sources", inspections.SourceDocument),
    Kind("sizes", forces.BodySize, key=("organisation", "measure", "as_at")),
    Kind("programmes", inspections.Programme),
    Kind("questions", inspections.Question),
    Kind("topics", inspections.Topic),
    Kind("measures", inspections.Measure),
    Kind("inspections", inspections.Inspection),
    Kind("gradings", inspections.Grading, key=("inspection", "organisation", "question")),
    Kind("findings", inspections.Finding),
    Kind("recommendations", inspections.Recommendation, key=("finding", "number")),
    Kind("figures", inspections.PublishedFigure),
    Kind("monitoring", inspections.MonitoringPeriod, key=("organisation", "stage", "started_on")),
)
BY_NAME = {kind.name: kind for kind in KINDS}
