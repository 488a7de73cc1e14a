"""The words of rows as searching compares them: see ``soc_tracker.core.text.normal``."""

from importlib import import_module

from django.db import migrations

from disruptions.words import models as words_models
from soc_tracker.core.text.normal import FoldedText
from soc_tracker.core.text.normal import fill

as_written = import_module("disruptions.migrations.0002_text_index")
MODELS = ("disruption", "extract", "savedview", "threat")


def fold_what_is_stored(apps, schema_editor):
    for name in MODELS:
        fill(apps.get_model("disruptions", name)._base_manager.using(schema_editor.connection.alias))


def index_folded(apps, schema_editor):
    words_models.create()


def forget_folded(apps, schema_editor):
    words_models.drop()


class Migration(migrations.Migration):
    dependencies = [
        ("disruptions", "0004_crime_types_in_history"),
    ]

    operations = [
        migrations.RunPython(as_written.drop, as_written.create, elidable=True),
        migrations.AddField(
            model_name="disruption",
            name="folded",
            field=FoldedText("reference", "summary", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="extract",
            name="folded",
            field=FoldedText("file_name", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="savedview",
            name="folded",
            field=FoldedText("name", blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="threat",
            name="folded",
            field=FoldedText("reference", "name", blank=True, db_default="", default="", editable=False),
        ),
        migrations.RunPython(fold_what_is_stored, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(index_folded, forget_folded),
    ]
