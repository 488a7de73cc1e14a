"""Files of plans on their way into the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from disruptions.choices import DataKind
from plans4p.aims.services import ACTIONS, AIMS, OMISSIONS
from plans4p.files.models import PlanFile
from plans4p.plans.services import PLANS, change_owner, write_plan
from soc_tracker.core.imports.uploads.services import Uploads
from soc_tracker.core.records.services import By, Service, StaleRecordError

MOST_AT_ONCE = 2_000
"""Rows that are written together: others wait to write while each is checked and kept with its history."""
TOO_MANY = (
    f"More than {MOST_AT_ONCE:,} rows would be added or changed, which is more than this page loads at once. Split the "
    "file into several, each with the headings, or ask an administrator to load it with “manage.py load_plans”."
)


class PlanFiles(Uploads[PlanFile]):
    def check_acceptable(self, upload: PlanFile, *, good_rows: bool) -> None:
        super().check_acceptable(upload, good_rows=good_rows)
        if is_too_much(upload):
            raise ValidationError(TOO_MANY)


def is_too_much(upload: PlanFile) -> bool:
    """Whether the check found more to write than is written together."""
    return bool(upload.outcome.get("added", 0) + upload.outcome.get("changed", 0) > MOST_AT_ONCE)


PLAN_FILES = PlanFiles(PlanFile, kept_for=timedelta(days=1))


@dataclass
class Write:
    """One record that a row of the file adds or changes: ``values`` is what it lacks. ``stored`` is None for a new one.

    ``parts`` are the aims of a plan, or the actions of an aim; ``omissions`` the reasons of a plan for having no aim.
    """

    line: int
    stored: Any
    values: dict[str, Any]
    parts: list["Write"] = field(default_factory=list)
    omissions: list["Write"] = field(default_factory=list)


@dataclass(frozen=True)
class Terms:
    """What the rows of a file have in common."""

    file_name: str
    kind: DataKind
    by: By
    today: date

    def trail(self, write: Write) -> dict[str, Any]:
        """Who writes a row, and the reason that its history keeps."""
        return {"by": self.by, "reason": f"Loaded from {self.file_name}, row {write.line}"}


class NotWrittenError(Exception):
    """A row could not be written, so that none was: the record has changed since it was compared with the file."""


def write_plans(plans: Mapping[str, Write], terms: Terms) -> None:
    """Write plans by reference, with their parts; new ones are drafts. Raises NotWrittenError."""
    try:
        with transaction.atomic():
            for reference, write in plans.items():
                trail, values, plan = terms.trail(write), dict(write.values), write.stored
                if plan is None:
                    values |= {"reference": reference, "kind_of_data": terms.kind}
                    plan = write_plan(values, today=terms.today, **trail)
                elif owner := values.pop("owner", None):  # passes on by a step of its own, which keeps the day
                    plan = change_owner(plan, owner, on=terms.today, expected_version=plan.version, **trail)
                if write.stored and values:
                    plan = PLANS.change(plan, values, expected_version=plan.version, **trail)
                for omission in write.omissions:
                    _put(OMISSIONS, omission, terms, plan=plan)
                for part in write.parts:
                    aim = _put(AIMS, part, terms, plan=plan)
                    for action in part.parts:
                        _put(ACTIONS, action, terms, aim=aim)
    except (ValidationError, StaleRecordError, IntegrityError) as error:
        words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise NotWrittenError(f"Nothing was written. {words}") from error


def _put(service: Service, write: Write, terms: Terms, **parent: Any) -> Any:
    trail = terms.trail(write)
    if write.stored is None:
        return service.create({**write.values, **parent}, **trail)
    if not write.values:
        return write.stored
    return service.change(write.stored, write.values, expected_version=write.stored.version, **trail)
