"""Stored references get their keys, and no two of them the same; no activity is recorded of a day that cannot be.

What stands already of such days is not asked about: it can be withdrawn or corrected.
"""

import datetime

from django.db import migrations, models

from soc_tracker.core.records.unlocked import AddConstraintUnlocked
from soc_tracker.core.text.normal import fill_keys


def fill(apps, schema_editor):
    database = schema_editor.connection.alias
    fill_keys(apps.get_model("disruptions", "disruption")._base_manager.using(database), state_of__isnull=True)
    fill_keys(apps.get_model("disruptions", "threat")._base_manager.using(database))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("disruptions", "0016_keys_of_references"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        AddConstraintUnlocked(
            model_name="disruption",
            constraint=models.UniqueConstraint(
                fields=["reference_key"],
                condition=models.Q(("state_of__isnull", True)),
                name="disruption_key_once",
                violation_error_message="Another disruption has this reference.",
            ),
        ),
        AddConstraintUnlocked(
            model_name="threat",
            constraint=models.UniqueConstraint(
                fields=["reference_key"],
                name="threat_key_once",
                violation_error_message="Another threat has this reference.",
            ),
        ),
        AddConstraintUnlocked(
            model_name="disruption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("known_to__isnull", False),
                    models.Q(
                        ("activity_date__gte", datetime.date(1990, 1, 1)),
                        ("added_date__lte", datetime.date(2100, 12, 31)),
                    ),
                    _connector="OR",
                ),
                name="disruption_in_the_years",
                violation_error_message="Choose days from 1 January 1990 on.",
            ),
        ),
        migrations.RemoveConstraint(model_name="disruption", name="disruption_reference_once"),
    ]
