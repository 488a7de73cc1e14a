"""Stored references get their keys, and no two of them the same."""

from django.db import migrations, models

from soc_tracker.core.records.unlocked import AddConstraintUnlocked
from soc_tracker.core.text.normal import fill_keys


def fill(apps, schema_editor):
    for name in ("plan", "ancillaryorder"):
        fill_keys(apps.get_model("plans4p", name)._base_manager.using(schema_editor.connection.alias))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("plans4p", "0009_keys_of_references"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        AddConstraintUnlocked(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=["reference_key"],
                name="plan_key_once",
                violation_error_message="Another plan has this reference.",
            ),
        ),
        AddConstraintUnlocked(
            model_name="ancillaryorder",
            constraint=models.UniqueConstraint(
                fields=["reference_key"],
                name="order_key_once",
                violation_error_message="Another order has this reference.",
            ),
        ),
    ]
