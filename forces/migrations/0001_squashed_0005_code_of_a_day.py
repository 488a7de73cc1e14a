"""All tables as they are now, in one step, for a database that has none; an older one takes the migrations replaced."""

import django.db.models.deletion
import forces.choices
import simple_history.models
import soc_tracker.core.text.folding
from django.conf import settings
from django.db import migrations, models
from soc_tracker.core.records.tables import CreateTables


class Migration(migrations.Migration):

    initial = True
    replaces = [("forces", "0001_initial"), ("forces", "0002_folded_words"), ("forces", "0003_vocabularies"), ("forces", "0004_bodies_that_change"), ("forces", "0005_code_of_a_day")]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateTables([
        migrations.CreateModel(
            name='LocalPolicingArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['organisation__name', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=forces.choices.OrganisationKind.words, max_length=10)),
                ('name', models.CharField(max_length=120, unique=True)),
                ('short_name', models.CharField(max_length=60, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('ons_code', models.CharField(blank=True, max_length=9, verbose_name='ONS code')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('population', models.PositiveIntegerField(blank=True, null=True)),
                ('population_as_at', models.DateField(blank=True, null=True)),
                ('officers', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name='officers (full-time equivalent)')),
                ('officers_as_at', models.DateField(blank=True, null=True)),
                ('folded', soc_tracker.core.text.folding.FoldedText('name', 'short_name', 'ons_code', blank=True, db_default='', default='', editable=False)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=60, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('note', models.TextField(blank=True, help_text='How the region works together where it differs from the others.')),
                ('folded', soc_tracker.core.text.folding.FoldedText('name', blank=True, db_default='', default='', editable=False)),
                ('folded_note', soc_tracker.core.text.folding.FoldedText('note', blank=True, db_default='', default='', editable=False)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalOrganisation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('kind', models.CharField(choices=forces.choices.OrganisationKind.words, max_length=10)),
                ('name', models.CharField(db_index=True, max_length=120)),
                ('short_name', models.CharField(db_index=True, max_length=60)),
                ('slug', models.SlugField(max_length=60)),
                ('ons_code', models.CharField(blank=True, max_length=9, verbose_name='ONS code')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('population', models.PositiveIntegerField(blank=True, null=True)),
                ('population_as_at', models.DateField(blank=True, null=True)),
                ('officers', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name='officers (full-time equivalent)')),
                ('officers_as_at', models.DateField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical organisation',
                'verbose_name_plural': 'historical organisations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRegion',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('name', models.CharField(db_index=True, max_length=60)),
                ('slug', models.SlugField(max_length=60)),
                ('note', models.TextField(blank=True, help_text='How the region works together where it differs from the others.')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical region',
                'verbose_name_plural': 'historical regions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalReorganisation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('kind', models.CharField(choices=forces.choices.ReorganisationKind.words, max_length=12)),
                ('on', models.DateField(help_text='On this day the new state of things begins.', verbose_name='first day')),
                ('new_bodies', models.TextField(blank=True, help_text='Bodies that begin on that day, one a line: name; short name; ONS code, where there is one.')),
                ('source', models.CharField(help_text='Where it is laid down, such as an order, or an announcement.', max_length=300)),
                ('note', models.TextField(blank=True)),
                ('steps', models.JSONField(blank=True, default=list, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(blank=True, db_constraint=False, help_text='Where the bodies belong from that day on, where it is not the region that they belonged to.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.region')),
            ],
            options={
                'verbose_name': 'historical reorganisation',
                'verbose_name_plural': 'historical reorganisations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalLocalProfile',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('refreshed_on', models.DateField()),
                ('fully_reviewed_on', models.DateField(blank=True, null=True)),
                ('partners', models.TextField(blank=True, help_text='One a line, such as health or education.', verbose_name='partners whose data is in it')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.localpolicingarea')),
            ],
            options={
                'verbose_name': 'historical local profile',
                'verbose_name_plural': 'historical local profiles',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='forces.organisation')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='forces.region')),
            ],
            options={
                'ordering': ['region__name', 'organisation__name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='localpolicingarea',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='areas', to='forces.organisation'),
        ),
        migrations.CreateModel(
            name='HistoricalSuccession',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('kind', models.CharField(choices=forces.choices.SuccessionKind.words, max_length=10)),
                ('on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('predecessor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.organisation')),
                ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.organisation')),
            ],
            options={
                'verbose_name': 'historical succession',
                'verbose_name_plural': 'historical successions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalOversight',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.organisation')),
                ('responder', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.organisation', verbose_name='local policing body')),
            ],
            options={
                'verbose_name': 'historical oversight',
                'verbose_name_plural': 'historical oversights',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalLocalPolicingArea',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('name', models.CharField(max_length=120)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.organisation')),
            ],
            options={
                'verbose_name': 'historical local policing area',
                'verbose_name_plural': 'historical local policing areas',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAlias',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('name', models.CharField(max_length=120)),
                ('normalised', models.CharField(db_index=True, editable=False, max_length=120)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.organisation')),
            ],
            options={
                'verbose_name': 'historical alias',
                'verbose_name_plural': 'historical aliases',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Alias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('normalised', models.CharField(editable=False, max_length=120, unique=True)),
                ('folded', soc_tracker.core.text.folding.FoldedText('name', blank=True, db_default='', default='', editable=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='forces.organisation')),
            ],
            options={
                'verbose_name_plural': 'aliases',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Force',
            fields=[
            ],
            options={
                'verbose_name': 'force',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('forces.organisation',),
        ),
        migrations.CreateModel(
            name='Rocu',
            fields=[
            ],
            options={
                'verbose_name': 'regional organised crime unit',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('forces.organisation',),
        ),
        migrations.CreateModel(
            name='Oversight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='oversights', to='forces.organisation')),
                ('responder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='oversights_of_others', to='forces.organisation', verbose_name='local policing body')),
            ],
            options={
                'ordering': ['organisation__name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='regions',
            field=models.ManyToManyField(related_name='organisations', through='forces.Membership', to='forces.region'),
        ),
        migrations.CreateModel(
            name='HistoricalMembership',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.organisation')),
                ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.region')),
            ],
            options={
                'verbose_name': 'historical membership',
                'verbose_name_plural': 'historical memberships',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=forces.choices.ReorganisationKind.words, max_length=12)),
                ('on', models.DateField(help_text='On this day the new state of things begins.', verbose_name='first day')),
                ('new_bodies', models.TextField(blank=True, help_text='Bodies that begin on that day, one a line: name; short name; ONS code, where there is one.')),
                ('source', models.CharField(help_text='Where it is laid down, such as an order, or an announcement.', max_length=300)),
                ('note', models.TextField(blank=True)),
                ('steps', models.JSONField(blank=True, default=list, editable=False)),
                ('predecessors', models.ManyToManyField(help_text='As they are until then.', related_name='reorganisations', to='forces.organisation', verbose_name='bodies before')),
                ('region', models.ForeignKey(blank=True, help_text='Where the bodies belong from that day on, where it is not the region that they belonged to.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reorganisations', to='forces.region')),
                ('successors', models.ManyToManyField(blank=True, help_text='Those that exist already; new ones are described below.', related_name='reorganisations_before', to='forces.organisation', verbose_name='bodies after')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalReorganisation_successors',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='forces.historicalreorganisation')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.organisation')),
                ('reorganisation', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.reorganisation')),
            ],
            options={
                'verbose_name': 'HistoricalReorganisation_successors',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalReorganisation_predecessors',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='forces.historicalreorganisation')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.organisation')),
                ('reorganisation', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.reorganisation')),
            ],
            options={
                'verbose_name': 'HistoricalReorganisation_predecessors',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=forces.choices.SuccessionKind.words, max_length=10)),
                ('on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='forces.organisation')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='precessions', to='forces.organisation')),
            ],
            options={
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LocalProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('refreshed_on', models.DateField()),
                ('fully_reviewed_on', models.DateField(blank=True, null=True)),
                ('partners', models.TextField(blank=True, help_text='One a line, such as health or education.', verbose_name='partners whose data is in it')),
                ('area', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to='forces.localpolicingarea')),
            ],
            options={
                'ordering': ['area__organisation__name', 'area__name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('fully_reviewed_on__isnull', True), ('fully_reviewed_on__lte', models.F('refreshed_on')), _connector='OR'), name='profile_review_is_a_refresh', violation_error_message='A full review is a refresh too: the refresh cannot be older.')],
            },
        ),
        migrations.AddConstraint(
            model_name='localpolicingarea',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='area_name_once_per_organisation'),
        ),
        migrations.AddConstraint(
            model_name='localpolicingarea',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='area_validity_in_order', violation_error_message='The last day comes before the first.'),
        ),
        migrations.AddConstraint(
            model_name='oversight',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('organisation',), name='oversight_one_open_per_organisation', violation_error_message='Another local policing body answers for it, with no last day.'),
        ),
        migrations.AddConstraint(
            model_name='oversight',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='oversight_validity_in_order', violation_error_message='The last day comes before the first.'),
        ),
        migrations.AddConstraint(
            model_name='oversight',
            constraint=models.CheckConstraint(condition=models.Q(('organisation', models.F('responder')), _negated=True), name='oversight_of_another', violation_error_message='A body does not answer for itself.'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='organisation_validity_in_order', violation_error_message='The last day comes before the first.'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('population__isnull', True), ('population_as_at__isnull', True)), models.Q(('population__isnull', False), ('population_as_at__isnull', False)), _connector='OR'), name='organisation_population_dated', violation_error_message='Give the population and its date, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('officers__isnull', True), ('officers_as_at__isnull', True)), models.Q(('officers__isnull', False), ('officers_as_at__isnull', False)), _connector='OR'), name='organisation_officers_dated', violation_error_message='Give the number of officers and its date, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('organisation',), name='membership_one_open_per_organisation', violation_error_message='The organisation is already in a region, with no last day.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_validity_in_order', violation_error_message='The last day comes before the first.'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_between_two_organisations', violation_error_message='An organisation cannot come after itself.'),
        ),
    ])]
