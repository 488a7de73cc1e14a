"""How large a body is becomes a row for each day, with its source.

What files had brought they bring again; what somebody had entered by hand is taken over. The columns stay in the table
for servers that still run what came before; nothing reads them any more.
"""

import django.db.models.deletion
import forces.choices
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

BY_FILE = "Reference data: "
REASON = "Entered with the body, before a size had a source of its own"
SOURCE = {
    "slug": "entered-with-the-body",
    "title": "Numbers entered with a body, of which no document is named",
    "publisher": "Not stated",
    "kind": "statistics",
    "licence": "all_rights_reserved",
}


def written(apps, model, **values):
    """A new row with the first line of its history."""
    app, name = model
    row = apps.get_model(app, name).objects.create(**values)
    apps.get_model(app, f"Historical{name}").objects.create(
        id=row.pk, history_date=timezone.now(), history_type="+", history_change_reason=REASON, **values
    )
    return row


def take_over(apps, schema_editor):
    lines = apps.get_model("forces", "HistoricalOrganisation").objects.order_by("history_id")
    by_file = {line.id: line for line in lines.filter(history_change_reason__startswith=BY_FILE)}
    source = None
    for body in apps.get_model("forces", "Organisation").objects.order_by("pk"):
        for measure in ("population", "officers"):
            value, as_at = (getattr(body, name) for name in (measure, f"{measure}_as_at"))
            loaded = by_file.get(body.pk)
            if not value or (loaded and (getattr(loaded, measure), getattr(loaded, f"{measure}_as_at")) == (value, as_at)):
                continue
            source = source or written(apps, ("inspections", "SourceDocument"), **SOURCE)
            written(
                apps,
                ("forces", "BodySize"),
                organisation_id=body.pk,
                measure=measure,
                value=value,
                as_at=as_at,
                source_id=source.pk,
                locator="not stated",
            )


def fields_of_a_size():
    return [
        ("version", models.PositiveIntegerField(default=1, editable=False)),
        ("measure", models.CharField(choices=forces.choices.SizeMeasure.words, max_length=12)),
        ("value", models.DecimalField(decimal_places=2, max_digits=12)),
        ("as_at", models.DateField()),
        (
            "no_rate_because",
            models.CharField(
                "no rate, because",
                max_length=200,
                blank=True,
                help_text="Why nothing is to be divided by it, in a sentence.",
            ),
        ),
        (
            "locator",
            models.CharField(max_length=250, help_text="Where in the document: the table and its row or column."),
        ),
    ]


def link_of_history(to):
    return models.ForeignKey(
        to,
        blank=True,
        null=True,
        db_constraint=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("forces", "0005_code_of_a_day"),
        ("inspections", "0004_undated_sources_last"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BodySize",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                *fields_of_a_size(),
                (
                    "organisation",
                    models.ForeignKey(
                        "forces.organisation", on_delete=django.db.models.deletion.CASCADE, related_name="sizes"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        "inspections.sourcedocument", on_delete=django.db.models.deletion.PROTECT, related_name="sizes"
                    ),
                ),
            ],
            options={
                "ordering": ["organisation__name", "measure", "-as_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=["organisation", "measure", "as_at"], name="size_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(value__gt=0),
                        name="size_is_positive",
                        violation_error_message="A size is more than 0.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalBodySize",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                *fields_of_a_size(),
                ("history_change_reason", models.TextField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                    ),
                ),
                ("organisation", link_of_history("forces.organisation")),
                ("source", link_of_history("inspections.sourcedocument")),
            ],
            options={
                "verbose_name": "historical body size",
                "verbose_name_plural": "historical body sizes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop, elidable=True),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(
                    migrations.RemoveConstraint("organisation", f"organisation_{measure}_dated")
                    for measure in ("population", "officers")
                ),
                *(
                    migrations.RemoveField(model, f"{measure}{suffix}")
                    for model in ("organisation", "historicalorganisation")
                    for measure in ("population", "officers")
                    for suffix in ("", "_as_at")
                ),
            ],
        ),
    ]
