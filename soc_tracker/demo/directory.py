"""What stands around the demo plans, from a file each, by the loader of facts: partners, officers, orders, sites."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import IntegerField

from disruptions.choices import DataKind
from plans4p import models
from soc_tracker.demo.files import rows_of
from soc_tracker.reference.kinds import Kind
from soc_tracker.reference.loader import load_rows
from soc_tracker.reference.rows import Outcome, Result, Row

REASON = "Demo record: "
"""Begins the reason of each write, in its history; the name of the file follows."""


class NotReadyError(Exception):
    """The demo plans cannot be loaded yet: what they are about, or who writes them, is missing."""


def made_up(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind_of_data": DataKind.ILLUSTRATIVE}


AROUND = (
    Kind("partners", models.Partner, derive=made_up),
    Kind("offers", models.Offer, key=("partner", "kind", "description")),
    Kind("officers", models.LeadOfficer, key=("organisation", "name"), derive=made_up),
    Kind("trainings", models.Training, key=("officer", "subject")),
    Kind("tactics", models.Tactic),
    Kind("orders", models.AncillaryOrder, key=("reference",), derive=made_up),
    Kind("terms", models.OrderTerm, key=("order", "kind")),
    Kind("sites", models.Site, derive=made_up),
    Kind("phases", models.SitePhase, key=("site", "phase")),
)
CONSULTED = (Kind("consultations", models.Consultation, key=("plan", "partner")),)
"""In the order in which they load. Each file is named after its kind; its headings are the fields of the model."""


def load_files(kinds: Sequence[Kind], today: date, by: User) -> None:
    """Write what is missing of each kind. Raises NotReadyError where a file names what is not on record."""
    rows = [
        Row(kind.name, f"{kind.name}.csv", number, data_of(kind, cells))
        for kind in kinds
        for number, cells in enumerate(rows_of(kind.name, today), start=2)
    ]
    outcome = Outcome()
    load_rows(rows, kinds, outcome, origin="demo", by=by, reason=REASON)
    for line in outcome.of(Result.REFUSED):
        raise NotReadyError(f"{line.place}: {line.problems[0]}.")


def data_of(kind: Kind, cells: Mapping[str, str]) -> dict[str, Any]:
    """The cells of a row as its fields take them: lists with semicolons between their parts; an empty cell is none."""
    data: dict[str, Any] = {}
    for name, cell in cells.items():
        if cell and kind.fields[name].many_to_many:
            data[name] = cell.split("; ")
        elif cell:
            data[name] = int(cell) if isinstance(kind.fields[name], IntegerField) else cell
    return data
