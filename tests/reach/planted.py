"""Records of another body, with a word and a number that stand nowhere else; and accounts that do not reach it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

from disruptions.citations.models import Citation
from disruptions.counts.models import Cell
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from disruptions.resemblances.models import Resemblance
from disruptions.services import cite
from disruptions.threats.models import Threat
from disruptions.threats.services import ASSESSMENTS
from disruptions.withdrawals.models import Lack
from forces.models import Organisation
from soc_tracker.core.access.models import Sight
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import give_reach
from tests.makers import make_author, make_disruption, make_extract, make_threat

OWN, OTHER = "cheshire", "kent"
WORD, NUMBER = "zebrafinch", 4_321_987
REFERENCE = "7777777"
DAY = date(2022, 3, 15)


@dataclass(frozen=True)
class Planted:
    """What the other body has; ``nothing`` are addresses' parts of the same form that lead nowhere."""

    threat: Threat
    disruption: Disruption
    extract: Extract
    citation: Citation

    @property
    def marks(self) -> tuple[str, ...]:
        """In small letters: what must stand in no answer to those who do not reach the body."""
        return (WORD, REFERENCE, *numbers(NUMBER), *numbers(NUMBER + 1), *numbers(NUMBER + 2), *numbers(NUMBER + 3))


def numbers(number: int) -> tuple[str, str]:
    return str(number), f"{number:,}"


def plant() -> Planted:
    """One of each kind of record. Its disruption counts for NUMBER."""
    kent = Organisation.objects.get(slug=OTHER)
    threat = make_threat(f"OCG-{REFERENCE}", kent, name=f"{WORD} group", lead_responsible_officer=f"{WORD} smith")
    values = {"assessed_on": DAY, "total": NUMBER, "assessor": WORD}
    ASSESSMENTS.create(values, threat=threat, by=make_author(), reason=f"{WORD} as published.")
    extract = make_extract(file_name=f"{WORD}.csv", rows_added=NUMBER, rows_missing=1)
    before = {row.pk for row in Cell.objects.all()}
    made = [
        make_disruption(f"DIS-{REFERENCE}{place}", kent, threat=threat, summary=f"Against {WORD}.", extract=extract)
        for place in ("", "1")
    ]
    correct_disruption(
        made[0], {"size": "major"}, on=date(2023, 3, 1), by=make_author(), reason=WORD, expected_version=1
    )
    Cell.objects.exclude(pk__in=before).filter(n__gt=0).update(n=NUMBER)
    Resemblance.objects.create(extract=extract, disruption=made[1], other=made[0], likeness=99)
    Lack.objects.create(extract=extract, disruption=made[0])
    citation = cite(
        page="/disruptions/?data=recorded&as_at=2023-01-04",
        title=f"Disruptions of {WORD}",
        kind_of_data="recorded",
        as_at=date(2023, 1, 4),
        known=datetime(2023, 1, 5, tzinfo=UTC),
        value={"headings": ["", "Number"], "rows": [[WORD, str(NUMBER)]]},
        cited_by=make_author(),
        cited_at=datetime(2023, 1, 5, tzinfo=UTC),
        **Sight(bodies=frozenset([kent.pk])).fields,
        by=make_author(),
        reason="Cited.",
    )
    return Planted(threat, Disruption.objects.current().get(pk=made[0].pk), extract, citation)


def plant_own() -> dict[str, Any]:
    """The like of the readers' own body."""
    body = Organisation.objects.get(slug=OWN)
    threat = make_threat("OCG-0005555", body, name="Ownery group")
    return {
        "threat": threat,
        "disruptions": [
            make_disruption(f"DIS-2022-000555{place}", body, threat=threat, summary="Own work.") for place in range(2)
        ],
    }


def account(role: Role, username: str = "", **reach: Any) -> User:
    """An account of the role that reaches what is named and nothing else."""
    user = User.objects.create(username=username or f"only-{role.value}", first_name="Only", last_name=role.value)
    user.set_unusable_password()  # so that files do not ask for it anew
    user.save()
    user.groups.add(Group.objects.get(name=role.label))
    if reach:
        give_reach(user, by=make_author(), reason="Works there.", valid_from=date(2020, 1, 1), **reach)
    return User.objects.get(pk=user.pk)


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
