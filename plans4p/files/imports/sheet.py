"""The columns of a file of plans, each described once: its names, what a cell holds, and the field that it fills.

One row is one action of one aim of one plan. An empty cell says nothing: what another row says of the same plan or
aim holds for it too, and what is on record stays as it is.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Choices

from disruptions.choices import EARLIEST, FourP
from disruptions.loading.files.imports import value_of
from disruptions.loading.names.imports import Organisations, Understood
from disruptions.threats.models import Threat
from plans4p.aims.models import Action, Aim
from plans4p.choices import NO_OWNER, ActionStatus, ResultKind
from plans4p.plans.models import Plan
from plans4p.plans.services import is_addressable
from soc_tracker.core.access.markings import Marking
from soc_tracker.core.imports.cells import Cell, Field, Judge, in_message
from soc_tracker.core.imports.days import EXPECTED_DAY, day_columns, parse_day
from soc_tracker.core.imports.parsers import ReferenceParser, one_of, optional, parse_number, parse_text
from soc_tracker.core.imports.questions import NO_ANSWERS, Answers
from soc_tracker.core.text import days as day_words

LONGEST_REFERENCE = Plan._meta.get_field("reference").max_length
HIGHEST = Decimal("9999999999.99")
STATUSES = {
    "open": ActionStatus.TO_DO,
    "in progress": ActionStatus.UNDER_WAY,
    "ongoing": ActionStatus.UNDER_WAY,
    "complete": ActionStatus.DONE,
    "completed": ActionStatus.DONE,
    "closed": ActionStatus.DONE,
    "cancelled": ActionStatus.DROPPED,
    "withdrawn": ActionStatus.DROPPED,
    "transferred": ActionStatus.PASSED_ON,
    "handed over": ActionStatus.PASSED_ON,
}


class PlanReferenceParser(ReferenceParser):
    """None that could not stand in the address of the plan's page."""

    def __call__(self, cell: Cell) -> str:
        text = super().__call__(cell)
        if not is_addressable(text):
            raise ValueError(text)
        return text


def text_of(model: Any, field: str) -> Understood:
    longest = model._meta.get_field(field).max_length
    return parse_text(longest, is_prose=True), f"text of at most {longest} characters"


def word_of(choices: type[Choices], synonyms: dict[str, Any] | None = None) -> Understood:
    return value_of(choices, synonyms), one_of(choices)


def parse_owner(cell: Cell) -> str | None:
    """None where a list of this site says that there is none."""
    text: str = parse_text(None)(cell)
    return None if text.casefold() == NO_OWNER else text


OWNER: Understood = (parse_owner, "text")
DAY: Understood = (parse_day, EXPECTED_DAY)
TEXT: Understood = (parse_text(None), "text")
PROSE: Understood = (parse_text(None, is_prose=True), "text")
THREAT: Understood = (ReferenceParser(None), "a reference")
REFERENCE: Understood = (
    PlanReferenceParser(LONGEST_REFERENCE),
    f"a reference of at most {LONGEST_REFERENCE} characters on one line, without “/”",
)
BASELINE: Understood = (
    parse_number(Decimal(0), HIGHEST, places=2),
    "a number of 0 or more with at most two decimals",
)
TARGET: Understood = (
    parse_number(Decimal("0.01"), HIGHEST, places=2),
    "a number above 0 with at most two decimals",
)


@dataclass(frozen=True)
class PlanColumn:
    """``names`` are what it may be called, the usual one first; ``cell`` is how a cell is read, and what was expected.

    It fills a field of the ``parts``, which is called as its key is unless ``field`` says otherwise; a new one of these
    cannot be without what ``is_needed``. ``of`` is the key of another column, without which its heading means something
    else: in a list of plans, "status" is that of the plan.
    """

    key: str
    names: tuple[str, ...]
    parts: tuple[str, ...]
    cell: Understood
    field: str = ""
    is_needed: bool = False
    choices: type[Choices] | None = None
    of: str = ""


COLUMNS = (
    PlanColumn("reference", ("plan_ref", "plan reference", "plan id", "plan", "reference", "ref"), (), REFERENCE),
    PlanColumn("title", ("title", "plan title", "plan name"), ("plan",), text_of(Plan, "title"), is_needed=True),
    PlanColumn(
        "organisation",
        ("organisation", "organization", "force", "force or ROCU", "body"),
        ("plan",),
        TEXT,  # of a body, whose names are on record
        is_needed=True,
    ),
    PlanColumn("threat", ("threat_ref", "threat reference", "threat id", "threat"), ("plan",), THREAT),
    PlanColumn("theme", ("theme", "priority theme", "priority"), ("plan",), text_of(Plan, "theme")),
    PlanColumn("owner", ("owner", "plan owner", "lead responsible officer", "LRO"), ("plan",), OWNER),
    PlanColumn("starts_on", ("begins_on", "plan begins", "start date", "starts on", "plan from"), ("plan",), DAY),
    PlanColumn("ends_on", ("ends_by", "plan ends", "end date", "ends on", "plan to"), ("plan",), DAY),
    PlanColumn("review_due_on", ("review_due", "next review due", "next review", "review date"), ("plan",), DAY),
    PlanColumn(
        "marking",
        ("marking", "protective marking", "security classification", "classification"),
        ("plan",),
        word_of(Marking),
        choices=Marking,
    ),
    PlanColumn("intelligence", ("intelligence", "intelligence used", "evidence"), ("plan",), PROSE),
    PlanColumn(
        "four_p",
        ("four_p", "4P", "4 P", "4Ps", "four Ps", "4P category", "4P strand", "strand"),
        ("aim", "omission"),
        word_of(FourP),
        choices=FourP,
    ),
    PlanColumn("change", ("aim", "what should change", "objective", "aim of the plan"), ("aim",), PROSE),
    PlanColumn(
        "measure",
        ("measure", "how it is measured", "success measure"),
        ("aim",),
        text_of(Aim, "measure"),
        is_needed=True,
    ),
    PlanColumn(
        "counts",
        ("counts", "what counts", "what counts towards it", "counted"),
        ("aim",),
        word_of(ResultKind),
        choices=ResultKind,
    ),
    PlanColumn("baseline", ("baseline", "number before the plan"), ("aim",), BASELINE),
    PlanColumn("target", ("target", "target number"), ("aim",), TARGET, is_needed=True),
    PlanColumn(
        "aim_due_on", ("aim_due", "aim by when", "aim by", "aim due on"), ("aim",), DAY, field="due_on", is_needed=True
    ),
    PlanColumn(
        "omission",
        ("no_aim_because", "why there is no aim", "reason for no aim"),
        ("omission",),
        PROSE,
        field="reason",
    ),
    PlanColumn(
        "action", ("action", "what is done", "tailored action", "task"), ("action",), PROSE, field="description"
    ),
    PlanColumn(
        "action_owner",
        ("action_owner", "who does it", "action by", "action lead"),
        ("action",),
        text_of(Action, "owner"),
        field="owner",
    ),
    PlanColumn(
        "action_due_on",
        ("action_due", "action by when", "action due on", "action due date"),
        ("action",),
        DAY,
        field="due_on",
    ),
    PlanColumn(
        "status",
        ("action_status", "status", "action progress"),
        ("action",),
        word_of(ActionStatus, STATUSES),
        choices=ActionStatus,
        of="action",
    ),
    PlanColumn("outcome", ("outcome", "what came of it", "action outcome"), ("action",), PROSE),
    PlanColumn("tactic", ("tactic", "tactic of the menu"), ("action",), TEXT),
    PlanColumn("partners", ("partners", "partner", "action partners", "partner agencies"), ("action",), TEXT),
)
HEADINGS = {column.key: column.names for column in COLUMNS}
CHOICES = {column.key: column.choices for column in COLUMNS if column.choices}


def fields_of_part(part: str) -> dict[str, str]:
    """The field that each column fills of a plan, an aim, a reason for no aim ("omission") or an action, by its key."""
    return {column.key: column.field or column.key for column in COLUMNS if part in column.parts}


PLAN = tuple(fields_of_part("plan"))
AIM = tuple(key for key in fields_of_part("aim") if key not in ("four_p", "change"))
ACTION = tuple(key for key in fields_of_part("action") if key != "action")
"""What rows say of a plan; of an aim and an action besides what names them."""
PARTS = tuple(column.key for column in COLUMNS if column.parts and column.key not in PLAN)


def needed(part: str) -> tuple[str, ...]:
    """What a new plan or aim cannot be without."""
    return tuple(column.key for column in COLUMNS if part in column.parts and column.is_needed)


def plan_fields(organisations: Organisations, answers: Answers = NO_ANSWERS) -> list[Field]:
    """The columns as the engine reads them. All but the reference may be missing, or empty in any row."""
    days = day_columns([column.key for column in COLUMNS if column.cell is DAY], answers, first=EARLIEST)
    fields = []
    for column in COLUMNS:
        (parse, expected), day = column.cell, days.get(column.key)
        judge: Judge | None = day
        if column.key == "organisation":
            parse, expected, judge = (lambda cell: int(organisations.key(cell))), organisations.expected, organisations
        elif day:
            parse, expected = day, day.expected
        heading, *synonyms = column.names
        field = Field(column.key, heading, tuple(synonyms), parse, expected, judge=judge, of=column.of)
        is_free = column.key != "reference"
        fields.append(replace(field, parse=optional(parse), required=False) if is_free else field)
    return fields


def in_words(value: Any) -> str:
    """A value as a preview shows it: "" for nothing; of a text the beginning, on one line."""
    match value:
        case None:
            return ""
        case date():
            return day_words.in_words(value)
        case Decimal():
            return f"{value.normalize():,f}"
        case Threat():
            return str(value.reference)
        case _:
            return in_message(str(value))
