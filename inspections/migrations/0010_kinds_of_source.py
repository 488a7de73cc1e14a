"""The kinds of source are rows. Those that stood in the code, and some more; their history says that files brought them."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

KINDS = [
    ("report", "Inspection report", "What an inspectorate found, as it published it."),
    ("web_page", "Inspectorate's web page", "A page of the inspectorate's site, such as one on a force."),
    ("register", "Register of recommendations", "Where recommendations are followed, with their state and days."),
    ("response", "Commissioner's response", "What a local policing body says of a report."),
    ("committee", "Committee paper", "A paper before a panel, a board or a committee."),
    ("statistics", "Official statistics", "Tables of a statistical office or a department."),
    ("news", "News article", "What the press says, often passing on another document."),
]


def store_kinds(apps, schema_editor):
    for place, (slug, label, meaning) in enumerate(KINDS, start=1):
        values = {"slug": slug, "label": label, "order": 10 * place, "meaning": meaning, "first_hand": slug == "report"}
        kind = apps.get_model("inspections", "SourceKind").objects.create(**values)
        apps.get_model("inspections", "HistoricalSourceKind").objects.create(
            **values, id=kind.pk, history_type="+", history_date=timezone.now(), history_change_reason="Reference data: words"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0009_what_is_taken_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SourceKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('slug', models.SlugField(help_text='By which files, addresses and the API name it.', max_length=40, unique=True)),
                ('label', models.CharField(max_length=80, unique=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('meaning', models.CharField(blank=True, max_length=250)),
                ('first_hand', models.BooleanField(default=False, help_text='Its figures come before those of documents that repeat them.')),
            ],
            options={
                'ordering': ['order', 'label', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalSourceKind',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('slug', models.SlugField(help_text='By which files, addresses and the API name it.', max_length=40)),
                ('label', models.CharField(db_index=True, max_length=80)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('meaning', models.CharField(blank=True, max_length=250)),
                ('first_hand', models.BooleanField(default=False, help_text='Its figures come before those of documents that repeat them.')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical source kind',
                'verbose_name_plural': 'historical source kinds',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(store_kinds, migrations.RunPython.noop),
    ]
