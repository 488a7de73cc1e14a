"""The words of rows as searching compares them: see ``soc_tracker.core.text.normal``."""

from django.db import migrations

from soc_tracker.core.text.normal import FoldedText
from soc_tracker.core.text.normal import fill

MODELS = ("alias", "organisation", "region")


def fold_what_is_stored(apps, schema_editor):
    for name in MODELS:
        fill(apps.get_model("forces", name)._base_manager.using(schema_editor.connection.alias))


class Migration(migrations.Migration):
    dependencies = [
        ("forces", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="alias",
            name="folded",
            field=FoldedText("name", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="organisation",
            name="folded",
            field=FoldedText("name", "short_name", "ons_code", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="region",
            name="folded",
            field=FoldedText("name", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="region",
            name="folded_note",
            field=FoldedText("note", blank=True, db_default="", default="", editable=False),
        ),
        migrations.RunPython(fold_what_is_stored, migrations.RunPython.noop, elidable=True),
    ]
