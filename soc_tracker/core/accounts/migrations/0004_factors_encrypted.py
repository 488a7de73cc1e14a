"""Encrypts the seeds that were kept as they are: one of Fernet begins otherwise than any of them."""

from django.db import migrations

ENCRYPTED = "gAAAA"
SEEDS = {"totp": "secret", "recovery_codes": "seed"}


def encrypt(apps, schema_editor):
    from soc_tracker.core.accounts.factors import FactorAdapter

    adapter = FactorAdapter()
    for factor in apps.get_model("mfa", "Authenticator").objects.filter(type__in=SEEDS).order_by("pk"):
        name = SEEDS[factor.type]
        if not factor.data.get(name, ENCRYPTED).startswith(ENCRYPTED):
            factor.data[name] = adapter.encrypt(factor.data[name])
            factor.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_tokens"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
