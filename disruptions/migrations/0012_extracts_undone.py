import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disruptions', '0011_months_of_a_body'),
    ]

    operations = [
        migrations.AddField(
            model_name='crimetype',
            name='extract',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='crime_types', to='disruptions.extract'),
        ),
        migrations.AddField(
            model_name='extract',
            name='is_complete',
            field=models.BooleanField(db_default=False, default=False, verbose_name='holds all records of its bodies and days'),
        ),
        migrations.AddField(
            model_name='extract',
            name='part_of',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mended_parts', to='disruptions.extract'),
        ),
        migrations.AddField(
            model_name='extract',
            name='rows_withdrawn',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='extract',
            name='undone_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='undone'),
        ),
        migrations.AddField(
            model_name='extract',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalcrimetype',
            name='extract',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='disruptions.extract'),
        ),
        migrations.AddField(
            model_name='historicalextract',
            name='is_complete',
            field=models.BooleanField(db_default=False, default=False, verbose_name='holds all records of its bodies and days'),
        ),
        migrations.AddField(
            model_name='historicalextract',
            name='part_of',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='disruptions.extract'),
        ),
        migrations.AddField(
            model_name='historicalextract',
            name='rows_withdrawn',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='historicalextract',
            name='undone_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='undone'),
        ),
        migrations.AddField(
            model_name='historicalextract',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalupload',
            name='is_complete',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='historicalupload',
            name='part_of',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='disruptions.extract'),
        ),
        migrations.AddField(
            model_name='upload',
            name='is_complete',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='upload',
            name='part_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uploads_of_mended_rows', to='disruptions.extract'),
        ),
    ]
