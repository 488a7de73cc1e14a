"""References have a key by which they are compared: see ``soc_tracker.core.text.normal``."""

from django.db import migrations

from soc_tracker.core.text.normal import ReferenceKey


def key():
    return ReferenceKey("reference", blank=True, db_default="", default="", editable=False)


class Migration(migrations.Migration):
    dependencies = [
        ("plans4p", "0008_vocabularies"),
    ]

    operations = [
        migrations.AddField(model_name="plan", name="reference_key", field=key()),
        migrations.AddField(model_name="ancillaryorder", name="reference_key", field=key()),
    ]
