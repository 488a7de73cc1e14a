"""The index behind the search for words, as it began: of the texts as they are written. See ``disruptions.words.models``."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

CREATE = {
    "postgresql": "CREATE INDEX disruptions_text ON disruptions_disruption"
    " USING gin (UPPER(reference::text) gin_trgm_ops, UPPER(summary::text) gin_trgm_ops)",
    "sqlite": "CREATE VIRTUAL TABLE disruptions_text"
    " USING fts5(text, content='', tokenize='trigram', detail='none', columnsize=0)",
}
DROP = {"postgresql": "DROP INDEX disruptions_text", "sqlite": "DROP TABLE disruptions_text"}
TAKE_UP = "INSERT INTO disruptions_text (rowid, text) SELECT id, reference || ' ' || summary FROM disruptions_disruption"


def create(apps, schema_editor):
    schema_editor.execute(CREATE[schema_editor.connection.vendor])
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(TAKE_UP)


def drop(apps, schema_editor):
    schema_editor.execute(DROP[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("disruptions", "0001_initial")]
    operations = [
        TrigramExtension(),  # does nothing elsewhere
        migrations.RunPython(create, drop, elidable=True),
    ]
