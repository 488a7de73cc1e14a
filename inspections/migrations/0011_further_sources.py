"""A document has an address and names its kind; further documents may speak of a fact."""

import django.db.models.deletion
import inspections.choices
import simple_history.models
import soc_tracker.core.records.words
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forces', '0006_body_sizes'),
        ('inspections', '0010_kinds_of_source'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalsourcedocument',
            name='address',
            field=models.URLField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='historicalsourcedocument',
            name='archived',
            field=models.URLField(blank=True, db_default='', default='', max_length=500, verbose_name='archived copy'),
        ),
        migrations.AddField(
            model_name='historicalsourcedocument',
            name='seen_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sourcedocument',
            name='address',
            field=models.URLField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='sourcedocument',
            name='archived',
            field=models.URLField(blank=True, db_default='', default='', max_length=500, verbose_name='archived copy'),
        ),
        migrations.AddField(
            model_name='sourcedocument',
            name='seen_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='HistoricalCitation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('stance', models.CharField(choices=inspections.choices.Stance.words, default='confirms', max_length=12)),
                ('locator', models.CharField(help_text='Where in the document.', max_length=250)),
                ('wording', models.TextField(blank=True, help_text='How this document puts it, such as another number; in our own words where it is long.')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('figure', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.publishedfigure')),
                ('finding', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.finding')),
                ('grading', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.grading')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('inspection', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.inspection')),
                ('monitoring', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.monitoringperiod')),
                ('recommendation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.recommendation')),
                ('size', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.bodysize')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.sourcedocument')),
            ],
            options={
                'verbose_name': 'historical citation',
                'verbose_name_plural': 'historical citations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AlterField(
            model_name='historicalsourcedocument',
            name='kind',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.sourcekind', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='sourcedocument',
            name='kind',
            field=soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.sourcekind', to_field='slug'),
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('stance', models.CharField(choices=inspections.choices.Stance.words, default='confirms', max_length=12)),
                ('locator', models.CharField(help_text='Where in the document.', max_length=250)),
                ('wording', models.TextField(blank=True, help_text='How this document puts it, such as another number; in our own words where it is long.')),
                ('figure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='inspections.publishedfigure')),
                ('finding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='inspections.finding')),
                ('grading', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='inspections.grading')),
                ('inspection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='inspections.inspection')),
                ('monitoring', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='inspections.monitoringperiod')),
                ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='inspections.recommendation')),
                ('size', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='forces.bodysize')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='inspections.sourcedocument')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('figure__isnull', True), ('finding__isnull', True), ('grading__isnull', True), ('inspection__isnull', False), ('monitoring__isnull', True), ('recommendation__isnull', True), ('size__isnull', True)), models.Q(('figure__isnull', True), ('finding__isnull', True), ('grading__isnull', False), ('inspection__isnull', True), ('monitoring__isnull', True), ('recommendation__isnull', True), ('size__isnull', True)), models.Q(('figure__isnull', True), ('finding__isnull', False), ('grading__isnull', True), ('inspection__isnull', True), ('monitoring__isnull', True), ('recommendation__isnull', True), ('size__isnull', True)), models.Q(('figure__isnull', True), ('finding__isnull', True), ('grading__isnull', True), ('inspection__isnull', True), ('monitoring__isnull', True), ('recommendation__isnull', False), ('size__isnull', True)), models.Q(('figure__isnull', False), ('finding__isnull', True), ('grading__isnull', True), ('inspection__isnull', True), ('monitoring__isnull', True), ('recommendation__isnull', True), ('size__isnull', True)), models.Q(('figure__isnull', True), ('finding__isnull', True), ('grading__isnull', True), ('inspection__isnull', True), ('monitoring__isnull', False), ('recommendation__isnull', True), ('size__isnull', True)), models.Q(('figure__isnull', True), ('finding__isnull', True), ('grading__isnull', True), ('inspection__isnull', True), ('monitoring__isnull', True), ('recommendation__isnull', True), ('size__isnull', False)), _connector='OR'), name='citation_about_one_fact', violation_error_message='A citation is about one fact.')],
            },
        ),
    ]
