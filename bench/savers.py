"""``python -m bench.savers NUMBER``: makes analysts, each with a disruption of their own.

Prints, as JSON, a pair of cookie and address of each. They sign in with ``bench.accounts.PASSWORD``.
"""

import json
import sys
from datetime import date

import django

from bench.accounts import cookie_of, make_account

if __name__ == "__main__":
    django.setup()

    from disruptions.record.services import record_disruption
    from disruptions.services import THREATS
    from forces.models import Organisation

    made = []
    for number in range(int(sys.argv[1])):
        user = make_account(f"saver{number}")
        write = {"by": user, "reason": "Made to be saved"}
        body = Organisation.objects.filter(kind="force").order_by("pk")[number]
        threat = THREATS.create(reference=f"OCG-SAVED-{number}", first_type="ocg", organisation=body, **write)
        disruption = record_disruption(
            reference=f"SAVED-{number}",
            organisation=body,
            threat=threat,
            involvement="lead",
            four_p="pursue",
            size="minor",
            activity_date=date(2020, 1, 2),
            added_date=date(2020, 1, 3),
            **write,
        )
        made.append((cookie_of(user), disruption.get_absolute_url()))
    print(json.dumps(made))
