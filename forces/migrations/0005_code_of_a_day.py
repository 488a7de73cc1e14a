# A code is of one body at a time: the service says so, for a renamed body keeps the code of the one before it.

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('forces', '0004_bodies_that_change'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='organisation',
            name='organisation_ons_code_unique',
        ),
    ]
