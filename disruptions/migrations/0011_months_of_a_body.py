from typing import Any

from django.db import migrations, models

INDEX = models.Index(
    condition=models.Q(('level', 18)),
    fields=['organisation', 'kind_of_data', 'activity'],
    name='cell_of_month_of_body',
)


def unlocked(schema_editor: Any) -> dict[str, bool]:
    """On PostgreSQL the site may go on writing meanwhile."""
    return {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}


def add(apps: Any, schema_editor: Any) -> None:
    schema_editor.add_index(apps.get_model("disruptions", "Cell"), INDEX, **unlocked(schema_editor))


def remove(apps: Any, schema_editor: Any) -> None:
    schema_editor.remove_index(apps.get_model("disruptions", "Cell"), INDEX, **unlocked(schema_editor))


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('disruptions', '0010_kinds_of_bodies'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddIndex(model_name='cell', index=INDEX)],
            database_operations=[migrations.RunPython(add, remove)],
        ),
    ]
