"""The words of rows as searching compares them: see ``soc_tracker.core.text.normal``."""

from django.db import migrations

from soc_tracker.core.text.normal import FoldedText
from soc_tracker.core.text.normal import fill

MODELS = ("ancillaryorder", "leadofficer", "offer", "partner", "plan", "site")


def fold_what_is_stored(apps, schema_editor):
    for name in MODELS:
        fill(apps.get_model("plans4p", name)._base_manager.using(schema_editor.connection.alias))


class Migration(migrations.Migration):
    dependencies = [
        ("plans4p", "0002_plan_ends_on"),
    ]

    operations = [
        migrations.AddField(
            model_name="ancillaryorder",
            name="folded",
            field=FoldedText(
                "reference",
                "subject",
                "managing_unit",
                "manager",
                blank=True,
                db_default="",
                default="",
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="leadofficer",
            name="folded",
            field=FoldedText("name", "rank", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="offer",
            name="folded",
            field=FoldedText("description", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="partner",
            name="folded",
            field=FoldedText("name", "note", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="plan",
            name="folded",
            field=FoldedText(
                "reference", "title", "theme", "intelligence", blank=True, db_default="", default="", editable=False
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="folded",
            field=FoldedText("place", "measures", "evaluation", blank=True, db_default="", default="", editable=False),
        ),
        migrations.RunPython(fold_what_is_stored, migrations.RunPython.noop, elidable=True),
    ]
