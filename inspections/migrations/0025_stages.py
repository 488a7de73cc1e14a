"""The stages of an inspection that is made here."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0024_answers_and_rungs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InspectionStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('slug', models.SlugField(help_text='By which files, addresses and the API name it.', max_length=40, unique=True)),
                ('label', models.CharField(max_length=80, unique=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('meaning', models.CharField(blank=True, max_length=250)),
                ('is_published', models.BooleanField(default=False, help_text='Everybody sees it.')),
                ('checked_by_body', models.BooleanField(default=False, help_text='The bodies check the facts that are about them.')),
            ],
            options={
                'ordering': ['order', 'label', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalInspectionStage',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('slug', models.SlugField(help_text='By which files, addresses and the API name it.', max_length=40)),
                ('label', models.CharField(db_index=True, max_length=80)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('meaning', models.CharField(blank=True, max_length=250)),
                ('is_published', models.BooleanField(default=False, help_text='Everybody sees it.')),
                ('checked_by_body', models.BooleanField(default=False, help_text='The bodies check the facts that are about them.')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical inspection stage',
                'verbose_name_plural': 'historical inspection stages',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
