"""The demo plans, their steps and results, and what stands around them: partners, officers, orders, sites."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import IntegerField

from disruptions.choices import DataKind
from disruptions.record.models import Disruption
from plans4p import models
from plans4p.aims.models import Aim
from plans4p.aims.services import ACTIONS, CONTRIBUTIONS, link_disruption
from plans4p.choices import ReviewKind
from plans4p.files.imports.loading import Loading, load
from plans4p.likeness.services import compare_all
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import Plan
from plans4p.plans.services import begin_review, change_owner, close_plan, review_plan
from plans4p.signatures.services import approve, ask_to_sign
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import end_reach, give_reach
from soc_tracker.core.accounts.signin import SECOND_OFFICER
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.trail.services import one_load
from soc_tracker.demo.files import rows_of, text_of
from soc_tracker.demo.management.commands.create_demo_accounts import demo_user, force_analyst
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
    Kind("sites", models.Site, derive=made_up, named_by=("place",)),
    Kind("phases", models.SitePhase, key=("site", "phase")),
)
CONSULTED = (Kind("consultations", models.Consultation, key=("plan", "partner")),)
"""In the order in which they load. Each file is named after its kind; its headings are the fields of the model."""


def load_files(kinds: Sequence[Kind], today: date, by: User) -> None:
    """Write what is missing of each kind. Raises NotReadyError where a file names what is not on record."""
    rows = []
    for kind in kinds:
        for number, cells in enumerate(rows_of(kind.name, today), start=2):
            data: dict[str, Any] = {}  # an empty cell is none; lists have semicolons between their parts
            for name, cell in cells.items():
                if cell and kind.fields[name].many_to_many:
                    data[name] = cell.split("; ")
                elif cell:
                    data[name] = int(cell) if isinstance(kind.fields[name], IntegerField) else cell
            rows.append(Row(kind.name, f"{kind.name}.csv", number, data))
    outcome = Outcome()
    load_rows(rows, kinds, outcome, origin="demo", by=by, reason=REASON)
    for line in outcome.of(Result.REFUSED):
        raise NotReadyError(f"{line.place}: {line.problems[0]}.")


# The demo 4P plans: read from a plan file as any other, then led step by step to where they stand.


PLANS = "plans"
REASON_FOR_REACH = "Works for this force in the demonstration."


def are_loaded() -> bool:
    """Whether the plans are in; all of them come in one transaction."""
    return Plan.objects.filter(reference__in=[row["plan_ref"] for row in rows_of(PLANS)]).exists()


def load_demo_plans(today: date) -> int:
    """Write the plans with what stands around them, and say how many plans there are.

    Raises NotReadyError without the demo accounts or the demo records.
    """
    names = {role.value: role.label.lower() for role in Role} | {SECOND_OFFICER: "second lead responsible officer"}
    accounts = {user.username: user for user in User.objects.filter(username__in=names)}
    if missing := [words for name, words in names.items() if name not in accounts]:
        raise NotReadyError(f"There is no demo account of: {', '.join(missing)}.")
    administrator = accounts[Role.ADMINISTRATOR.value]
    for row in rows_of("officers"):
        if row["user"]:
            first_name, last_name = row["name"].split()
            demo_user(row["user"], first_name, last_name, Role.LEAD_RESPONSIBLE_OFFICER)
    with transaction.atomic(), one_load("The plans of the demonstration", by=administrator):
        load_files(AROUND, today, administrator)
        number = load_plan_file(today, administrator)
        load_files(CONSULTED, today, administrator)
        count_results(today)
        for row in rows_of("steps", today):
            take_step(row)
        narrow_reaches()
    compare_all()
    return number


def narrow_reaches() -> None:
    """Lead responsible officers, and the analyst of one force, see their own force alone."""
    officers = LeadOfficer.objects.filter(user__isnull=False).select_related("user", "organisation").order_by("pk")
    forces: list[tuple[Any, Any]] = [(officer.user, officer.organisation) for officer in officers]
    own = next(force for account, force in forces if account.username == Role.LEAD_RESPONSIBLE_OFFICER.value)
    for account, force in [*forces, (force_analyst(), own)]:
        for reach in account.reaches.filter(is_national=True, ended_at=None):
            end_reach(reach, by=None, reason=REASON_FOR_REACH)
        give_reach(account, organisation=force, by=None, reason=REASON_FOR_REACH)


def load_plan_file(today: date, by: User) -> int:
    """Load the plan file as drafts, by the importer of plan files; how many plans it has."""
    with TemporaryDirectory(prefix="soc-tracker-demo-") as folder:
        path = Path(folder) / f"{PLANS}.csv"
        path.write_text(text_of(PLANS, today), "utf-8")
        outcome = load(Loading(path, path.name, DataKind.ILLUSTRATIVE, today, by), Decision.ALL)
    for refusal in outcome.refusals:
        raise NotReadyError(f"{path.name}, row {refusal.line}: {refusal.column} is {refusal.value!r}.")
    return len({row["plan_ref"] for row in rows_of(PLANS)})


def count_results(today: date) -> None:
    """Count towards the aims what their owners have counted: disruptions of the plan's threat, and other results."""
    for row in rows_of("results", today):
        aim = Aim.objects.select_related("plan__owner__user").get(plan__reference=row["plan"], change=row["aim"])
        writer, reason = writer_of(aim.plan), f"{REASON}results.csv"
        if row["disruption"]:
            disruption = Disruption.objects.current().get(reference=row["disruption"])
            link_disruption(aim, disruption, by=writer, reason=reason)
        else:
            values = {name: row[name] for name in ("kind", "on", "amount", "note")}
            CONTRIBUTIONS.create(values, aim=aim, by=writer, reason=reason)


def take_step(row: Mapping[str, str]) -> None:
    """Do with a plan what its owner, a reader or a signer did on a day, by the services and under their rules.

    What a row is about, its words and what more it says are as its step needs them.
    """
    plan = Plan.objects.select_related("owner__user").get(reference=row["plan"])
    by = User.objects.get(username=row["by"]) if row["by"] else writer_of(plan)
    on, next_on = date.fromisoformat(row["on"]), date.fromisoformat(row["next_on"]) if row["next_on"] else None
    about, words, more, reason = row["about"], row["words"], row["more"], f"{REASON}steps.csv"
    now: dict[str, Any] = {"by": by, "expected_version": plan.version}
    match row["step"]:
        case "action added":
            aim = plan.aims.get(change=about)
            ACTIONS.create(aim=aim, description=words, owner=more, due_on=next_on, by=by, reason=reason)
        case "to be signed":
            ask_to_sign(plan, officer_of(plan, about), by=by, today=on, note=words)
        case "signed":
            approve(plan, today=on, **now)
        case "reviewed":
            kind = ReviewKind(about)
            review_plan(plan, kind=kind, on=on, checked=words, changes=more, next_due=next_on, **now)
        case "passed on":
            change_owner(plan, officer_of(plan, about), on=on, reason=words, **now)
        case "taken under review":
            begin_review(plan, reason=words, **now)
        case "closed":
            close_plan(plan, result=more, learning=words, on=on, reason=reason, **now)
        case other:
            raise ValueError(f"No step is called {other!r}.")


def officer_of(plan: Plan, name: str) -> LeadOfficer:
    return LeadOfficer.objects.get(organisation=plan.organisation, name=name)


def writer_of(plan: Plan) -> Any:
    """Who keeps the plan: its owner, where they have an account, else who wrote it."""
    return (plan.owner and plan.owner.user) or plan.author
