"""Inspections that are made here: their stage, team, report and figures."""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import soc_tracker.core.records.words
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0026_published_stage'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalpublishedfigure',
            name='inspection',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The inspection that published it, where one did: that of its finding.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.inspection'),
        ),
        migrations.AddField(
            model_name='historicalsourcedocument',
            name='made_here',
            field=models.BooleanField(db_default=False, default=False, help_text='The report of an inspection that is made here.'),
        ),
        migrations.AddField(
            model_name='publishedfigure',
            name='inspection',
            field=models.ForeignKey(blank=True, help_text='The inspection that published it, where one did: that of its finding.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='inspections.inspection'),
        ),
        migrations.AddField(
            model_name='sourcedocument',
            name='made_here',
            field=models.BooleanField(db_default=False, default=False, help_text='The report of an inspection that is made here.'),
        ),
        migrations.CreateModel(
            name='HistoricalTeamMember',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('is_lead', models.BooleanField(default=False, help_text='Answers for the inspection.', verbose_name='lead')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('account', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('inspection', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.inspection')),
            ],
            options={
                'verbose_name': 'historical team member',
                'verbose_name_plural': 'historical team members',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalStageMove',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('inspection', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.inspection')),
                ('before', soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.inspectionstage', to_field='slug')),
                ('stage', soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.inspectionstage', to_field='slug')),
            ],
            options={
                'verbose_name': 'historical stage move',
                'verbose_name_plural': 'historical stage moves',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='historicalinspection',
            name='stage',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_default='published', db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.inspectionstage', to_field='slug'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='stage',
            field=soc_tracker.core.records.words.WordField(db_default='published', db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.inspectionstage', to_field='slug'),
        ),
        migrations.CreateModel(
            name='StageMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.TextField(blank=True)),
                ('before', soc_tracker.core.records.words.WordField(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspectionstage', to_field='slug')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='inspections.inspection')),
                ('stage', soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.inspectionstage', to_field='slug')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('is_lead', models.BooleanField(default=False, help_text='Answers for the inspection.', verbose_name='lead')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='inspections.inspection')),
            ],
            options={
                'ordering': ['-is_lead', 'account__last_name', 'account__username', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('inspection', 'account'), name='team_member_once', violation_error_message='This account is in the team already.'), models.UniqueConstraint(condition=models.Q(('is_lead', True)), fields=('inspection',), name='team_lead_one', violation_error_message='The team has a lead already.')],
            },
        ),
    ]
