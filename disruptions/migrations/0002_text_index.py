"""The index behind the search for words: see ``disruptions.text_search``."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from disruptions import text_search


def create(apps, schema_editor):
    text_search.create()


def drop(apps, schema_editor):
    text_search.drop()


class Migration(migrations.Migration):
    dependencies = [("disruptions", "0001_initial")]
    operations = [
        TrigramExtension(),  # does nothing elsewhere
        migrations.RunPython(create, drop),
    ]
