"""The words of rows as searching compares them: see ``soc_tracker.core.text.normal``."""

from django.db import migrations

from soc_tracker.core.text.normal import FoldedText
from soc_tracker.core.text.normal import fill

MODELS = (
    "finding",
    "inspection",
    "measure",
    "programme",
    "publishedfigure",
    "recommendation",
    "sourcedocument",
    "topic",
)


def fold_what_is_stored(apps, schema_editor):
    for name in MODELS:
        fill(apps.get_model("inspections", name)._base_manager.using(schema_editor.connection.alias))


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="folded",
            field=FoldedText("title", "summary", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="inspection",
            name="folded",
            field=FoldedText("title", "note", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="measure",
            name="folded",
            field=FoldedText("name", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="programme",
            name="folded",
            field=FoldedText("name", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="programme",
            name="folded_note",
            field=FoldedText("note", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="publishedfigure",
            name="folded",
            field=FoldedText("note", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="folded",
            field=FoldedText("text", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="sourcedocument",
            name="folded",
            field=FoldedText("title", "publisher", "note", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="topic",
            name="folded",
            field=FoldedText("name", "description", blank=True, db_default="", default="", editable=False),
        ),
        migrations.RunPython(fold_what_is_stored, migrations.RunPython.noop, elidable=True),
    ]
