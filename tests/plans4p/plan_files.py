"""Files of plans, made up for tests: right rows, faults planted in them, and the record written out as rows."""

import csv
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from disruptions.choices import DataKind
from forces.models import Organisation
from plans4p.aims.models import Action, Aim, Omission
from plans4p.aims.services import TACTICS
from plans4p.files.imports.loading import Loading, PlansOutcome, load
from plans4p.files.imports.sheet import HEADINGS
from plans4p.plans.models import Plan
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.cells import with_guard
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.disruptions.loading.extracts import Planted
from tests.makers import REASON, make_author, make_officer, make_organisation, make_partner, make_threat

Row = dict[str, str]

USUAL = [names[0] for names in HEADINGS.values()]
CHESHIRE, MERSEYSIDE = "Cheshire Constabulary", "Merseyside Police"
PS = ("Pursue", "Prevent", "Protect", "Prepare")
TODAY = date(2023, 1, 5)


def make_around() -> Organisation:
    """All that the rows name: two bodies, an officer each, a threat, a tactic and two partners. Returns Cheshire."""
    cheshire, merseyside = make_organisation(CHESHIRE), make_organisation(MERSEYSIDE)
    make_officer(cheshire, "Sam Okoro")
    make_officer(merseyside, "Jo Hale")
    make_threat("OCG-0000001", cheshire)
    TACTICS.create(name="Cash seizure", slug="cash-seizure", four_p="pursue", by=make_author(), reason=REASON)
    make_partner("Youth Futures Trust")
    make_partner("Harbour Housing")
    return cheshire


def row(**more: str) -> Row:
    """One row that is right; what is given replaces what it says."""
    right = {
        "plan_ref": "CHES-1",
        "title": "County lines in Runcorn",
        "organisation": CHESHIRE,
        "threat_ref": "OCG-0000001",
        "owner": "Sam Okoro",
        "begins_on": "2023-01-01",
        "ends_by": "2023-12-31",
        "review_due": "2023-07-01",
        "intelligence": "Problem profile of 2022",
        "four_p": "Pursue",
        "aim": "The line is closed",
        "measure": "Disruptions of the line",
        "counts": "Disruptions",
        "baseline": "2",
        "target": "6",
        "aim_due": "2023-12-31",
        "action": "Seize the telephone of the line",
        "action_owner": "DS Kaur",
        "action_due": "2023-06-30",
        "action_status": "Under way",
        "tactic": "Cash seizure",
        "partners": "Youth Futures Trust; Harbour Housing",
    }
    return dict.fromkeys(USUAL, "") | right | more


NO_AIM = {
    **dict.fromkeys(("aim", "measure", "counts", "baseline", "target", "aim_due"), ""),
    **dict.fromkeys(("action", "action_owner", "action_due", "action_status", "tactic", "partners"), ""),
}
NO_ACTION = dict.fromkeys(("action", "action_owner", "action_due", "action_status", "tactic", "partners"), "")
NO_PLAN = dict.fromkeys(
    ("title", "organisation", "threat_ref", "theme", "owner", "begins_on", "ends_by", "review_due", "intelligence"), ""
)


def omission(**more: str) -> Row:
    return row(**{**NO_AIM, "four_p": "Prepare", "no_aim_because": "Nobody is at risk yet", **more})


def rows(plans: int, seed: int = 7) -> list[Row]:
    """Plans of several aims and actions, the same for the same seed; every other one repeats the plan's columns."""
    chance = random.Random(seed)  # noqa: S311
    return [each for number in range(1, plans + 1) for each in _plan(number, chance)]


def _plan(number: int, chance: random.Random) -> list[Row]:
    found = [
        row(
            plan_ref=f"CHES-{number}",
            title=f"Plan {number}",
            four_p=four_p,
            aim=f"Change {aim} under {four_p}",
            action=f"Visit place {action}",
            tactic="Cash seizure" if four_p == "Pursue" and chance.random() < 0.5 else "",
            partners=chance.choice(("", "Harbour Housing", "Youth Futures Trust;Harbour Housing")),
        )
        for four_p in PS[:3]
        for aim in range(chance.choice((1, 2)))
        for action in range(chance.choice((2, 3)))
    ]
    found.append(omission(plan_ref=f"CHES-{number}", title=f"Plan {number}"))
    return [found[0], *(each | NO_PLAN for each in found[1:])] if number % 2 else found


FAULTS = (
    ("owner", "Nobody Known"),
    ("four_p", "Persue"),
    ("organisation", "Borsetshire Police"),
    ("aim_due", "31/02/2023"),
    ("target", "0"),
    ("plan_ref", ""),
    ("action_status", "Nearly"),
    ("partners", "Nobody Ltd"),
    ("threat_ref", "OCG-9999999"),
    ("baseline", "-1"),
)


def spoil(rows: Sequence[Row], rate: float, seed: int = 7) -> list[Planted]:
    """Put exactly one fault into a share of the rows that name an action and speak for themselves, and tell where."""
    chance = random.Random(seed)  # noqa: S311
    titles = Counter(each["plan_ref"] for each in rows if each["title"])
    planted = []
    for at, each in enumerate(rows):
        if each["action"] and titles[each["plan_ref"]] > 1 and chance.random() < rate:
            column, value = chance.choice(FAULTS)
            each[column] = value
            planted.append(Planted(at + 2, column, value))
    return planted


def write(path: Path, rows: Iterable[Mapping[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A CSV of the rows, with the headings of the first, guarded as the site's own files are."""
    rows = list(rows)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows({key: with_guard(value) for key, value in each.items()} for each in rows)
    return path


def loaded(
    path: Path,
    rows: Iterable[Mapping[str, str]] | None = None,
    decision: Decision = Decision.ALL,
    *,
    kind: DataKind = DataKind.RECORDED,
    **more: Any,
) -> PlansOutcome:
    """What became of a file that is at the path, or of rows that are written there first."""
    if rows is not None:
        write(path, rows)
    by = demo_account(Role.ADMINISTRATOR)
    return load(Loading(path, path.name, kind, TODAY, by), decision, **more)


def on_record() -> list[Row]:
    """Every plan on record as rows of such a file."""
    found = [_action(each) for each in Action.objects.select_related("aim__plan", "tactic").order_by("pk")]
    found += [_aim(each) for each in Aim.objects.filter(actions__isnull=True)]
    found += [_row(each.plan, each.four_p, no_aim_because=each.reason) for each in Omission.objects.all()]
    return found + [_row(each) for each in Plan.objects.filter(aims__isnull=True, omissions__isnull=True)]


def _row(plan: Plan, four_p: str = "", **more: Any) -> Row:
    said = {
        "plan_ref": plan.reference,
        "title": plan.title,
        "organisation": plan.organisation.name,
        "threat_ref": plan.threat.reference if plan.threat else "",
        "theme": plan.theme,
        "owner": plan.owner.name if plan.owner else "",
        "begins_on": plan.starts_on,
        "ends_by": plan.ends_on,
        "review_due": plan.review_due_on,
        "marking": plan.get_marking_display(),
        "intelligence": plan.intelligence,
        "four_p": four_p,
        **more,
    }
    return dict.fromkeys(USUAL, "") | {key: "" if value is None else str(value) for key, value in said.items()}


def _aim(aim: Aim, **more: Any) -> Row:
    said = {"aim": aim.change, "measure": aim.measure, "counts": aim.counts, "baseline": aim.baseline}
    return _row(aim.plan, aim.four_p, target=aim.target, aim_due=aim.due_on, **said, **more)


def _action(action: Action) -> Row:
    return _aim(
        action.aim,
        action=action.description,
        action_owner=action.owner,
        action_due=action.due_on,
        action_status=action.status,
        outcome=action.outcome,
        tactic=action.tactic.name if action.tactic else "",
        partners="; ".join(action.partners.order_by("pk").values_list("name", flat=True)),
    )
