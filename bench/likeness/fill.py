"""``python -m bench.likeness.fill PLANS``: fills the database of DATABASE_URL with made-up plans to be compared."""

import sys
from datetime import date
from itertools import count

import django
from django.utils.text import slugify

django.setup()

from bench.likeness.texts import actions  # noqa: E402 - after the set-up
from bench.likeness.words import BODIES, PLACES, TACTICS  # noqa: E402
from disruptions.choices import DataKind  # noqa: E402
from forces.areas.models import LocalPolicingArea  # noqa: E402
from forces.models import Organisation  # noqa: E402
from plans4p.aims.models import Action, Aim, Tactic  # noqa: E402
from plans4p.partners.models import Partner  # noqa: E402
from plans4p.plans.models import Plan  # noqa: E402

ILLUSTRATIVE = DataKind.ILLUSTRATIVE
FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
at = Organisation.objects.order_by("pk").first()
LocalPolicingArea.objects.bulk_create(LocalPolicingArea(organisation=at, name=name) for name in PLACES)
Partner.objects.bulk_create(
    Partner(name=name, slug=slugify(name), sector="statutory", kind_of_data=ILLUSTRATIVE) for name in BODIES
)
Tactic.objects.bulk_create(Tactic(name=name, slug=slugify(name), four_p="pursue") for name in TACTICS)

texts = list(actions(int(sys.argv[1])))
plans = Plan.objects.bulk_create(
    Plan(
        reference=f"4P-{number:05}",
        title="Made up",
        theme="Made up",
        organisation=at,
        kind_of_data=ILLUSTRATIVE,
        starts_on=FIRST,
    )
    for number, _ in zip(count(1), texts, strict=False)
)
aims = Aim.objects.bulk_create(
    Aim(plan=plan, four_p="pursue", change="Made up", measure="Made up", counts="other", target=1, due_on=LAST)
    for plan in plans
)
Action.objects.bulk_create(
    (Action(aim=aim, description=text) for aim, own in zip(aims, texts, strict=True) for text in own), batch_size=5_000
)
print(f"{len(plans)} plans")
